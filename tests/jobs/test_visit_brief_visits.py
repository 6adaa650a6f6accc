"""R28, R30, R35, R36, R42: what the brief says of visits, owed and made; what the sheet of results says at its top."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs import visit_report
from aftersales_cli.jobs.visit_due import Wishes, due
from tests.jobs.test_visit_brief import AS_OF, Office, fault, item, page
from tests.jobs.world import Row, customer, json

WARNED: Row = {
    "预警编号": "W1", "客户编码": "K1", "预警级别": "橙", "发布时间": "2011-06-27 10:00", "有效期至": "2011-08-31",
}  # fmt: skip


def visit(number: str, day: str, **cells: str) -> Row:
    """A routine visit to K1, on site."""
    return {"走访编号": number, "客户编码": "K1", "走访类型": "例行", "走访日期": day, "走访方式": "上门"} | cells


@pytest.fixture
def office(tmp_path: Path, reader: Confined) -> Office:
    return Office(tmp_path, reader)


def test_the_brief_says_which_visit_is_owed_as_visit_due_has_it(office: Office) -> None:
    """R24: two working days after 27 June nobody has been there; R42: and the customer was promised 15 July."""
    office.tables |= {"warnings": [WARNED], "visits": [visit("V1", "2011-03-15", 下次走访日期="2011-07-15")]}
    report = office.brief(language="en")
    owed = item(report)["obligations"]

    assert [(each["due_by"], each["overdue"]) for each in owed] == [("2011-06-29", True), ("2011-07-15", False)]
    assert owed == [each for each in item_of_due(office) if each["customer_code"] == "K1"]
    assert "2011-06-29 overdue" in page(report, "brief")
    assert "VIS-02 (TB-2.3.4" in page(report, "brief")


def item_of_due(office: Office) -> list[dict[str, object]]:
    return json(due(office.desk(), Wishes()))["items"]  # type: ignore[no-any-return]


def test_nothing_owed_is_said_and_what_others_are_owed_is_not_shown(office: Office) -> None:
    office.tables |= {"warnings": [WARNED | {"客户编码": "K2", "预警编号": "W77"}]}
    report = office.brief(language="en")

    assert item(report)["obligations"] == []
    assert "No visit is due" in page(report, "brief")
    assert "W77" not in page(report, "brief")


@pytest.mark.parametrize(
    ("later", "on"),
    [
        pytest.param([], "2011-07-15", id="promised and still to come"),
        pytest.param([visit("V2", "2011-06-01", 下次走访日期="2011-08-01")], "2011-08-01", id="promised anew"),
        pytest.param([visit("V2", "2011-06-01")], "2011-07-15", id="a visit before the day keeps no promise"),
    ],
)
def test_the_next_visit_is_the_one_that_was_promised_last(office: Office, later: list[Row], on: str) -> None:
    office.tables["visits"] = [visit("V1", "2011-03-15", 下次走访日期="2011-07-15"), *later]

    assert f"时与客户约定的下次走访: {on}" in page(office.brief(), "brief").replace("：", ": ").replace(":  ", ": ")


def test_a_promise_that_was_kept_is_none(office: Office) -> None:
    """The visit of 1 June was made on the day that the one of March promised."""
    office.tables["visits"] = [visit("V1", "2011-03-15", 下次走访日期="2011-06-01"), visit("V2", "2011-06-01")]

    assert "时与客户约定的下次走访" not in page(office.brief(), "brief")


def test_what_was_agreed_without_a_day_is_not_lost(office: Office) -> None:
    office.tables["visits"] = [visit("V1", "2011-03-15", 下次走访内容="备用路由的进展")]

    assert "备用路由的进展" in page(office.brief(), "brief")


def test_what_was_handed_over_at_earlier_visits_is_listed_latest_first(office: Office) -> None:
    """R28: earlier analyses of how the network ran."""
    office.tables["visits"] = [
        visit("V1", "2010-09-15", 提交材料="季度运行报告、故障统计表"), visit("V2", "2011-03-15"),
    ]  # fmt: skip
    said = page(office.brief(language="en"), "brief").split("Earlier visits, and what")[1]

    assert said.index("2011-03-15") < said.index("2010-09-15")
    assert "季度运行报告, 故障统计表" in said


def test_reports_that_lie_in_the_output_folder_are_listed_of_this_customer_alone(office: Office) -> None:
    """R28: a fault report and the report of a visit, each by the name under which it lies there."""
    office.tables["visits"] = [visit("V1", "2011-03-15"), visit("V9", "2011-03-16", 客户编码="K2")]
    office.report("K1")
    (office.root / "out" / "2011-06-30T0900-fault-report-K2").mkdir()
    assert "fault analysis report" in page(office.brief(language="en"), "brief")
    visit_report.report(office.desk(), visit_report.Wishes(["V1", "V9"]))
    said = page(office.brief(language="en"), "brief")

    assert "2011-07-01T0900-fault-report-K1" in said
    assert "2011-07-01T0900-visit-report/20110315-K1-V1-report-" in said
    assert "report of visit V1" in said
    assert "K2" not in said


def test_without_reports_the_brief_says_so(office: Office) -> None:
    assert "holds no visit report or fault analysis report" in page(office.brief(language="en"), "brief")


@pytest.mark.parametrize(
    ("level", "agenda", "reminded"),
    [
        pytest.param("集团级", "", True, id="the book has it for the level"),
        pytest.param("地市级", "", False, id="the book does not have it"),
        pytest.param("地市级", "备用路由；一户一案手册", True, id="it was agreed on"),
    ],
)
def test_the_brief_reminds_of_the_handbook(office: Office, level: str, agenda: str, reminded: bool) -> None:
    """R36."""
    office.tables["customers"] = [customer("K1", "甲公司", 客户级别=level)]
    office.tables["visits"] = [visit("V1", "2011-03-15", 下次走访日期="2011-07-15", 下次走访内容=agenda)]
    report = office.brief()

    assert ("递交一户一案手册" in item(report)["contents"]) is reminded
    assert ("递交一户一案手册" in page(report, "brief")) is reminded


def test_rows_that_count_in_no_figure_are_said_in_the_brief_itself(office: Office) -> None:
    """A cell nobody can read, an end before its beginning, a visit to come: each with its place."""
    office.tables |= {
        "complaints": None,
        "faults": [fault("G4", "X1", "昨天"), fault("G1", "X1", "2011-06-19 02:30", "2011-06-19 02:05")],
        "visits": [visit("V1", "2011-08-15")],
    }
    report = office.brief(language="en")
    said = page(report, "brief").split("settle them before the visit:")[1].split("circuits")[0]

    assert [word in said for word in ("faults.csv", "昨天", "before it began", "visits.csv", "in the future")] == [
        True
    ] * 5
    assert report.exit is Exit.PARTLY
    assert "settle them" not in page(report, "results")


def test_a_fault_before_its_circuit_was_opened_is_said_and_interrupts_nothing(office: Office) -> None:
    """Availability counts no time before the opening; neither does the sheet of results, and the brief says why."""
    office.tables |= {
        "faults": [
            fault("G1", "X1", "2010-05-19 02:30", "2010-05-19 04:30"),
            fault("G2", "X2", "2009-01-01 00:00", "2009-01-01 01:00"),
        ],
        "complaints": [{"申告编号": "S1", "电路代号": "X2", "申告时间": "2009-01-01 00:20"}],
    }
    report = office.brief(start=date(2010, 5, 1), language="en")
    sheet = page(report, "results")

    assert item(report)["availability"] == "100%"
    assert any("before it was opened on 2010-06-01" in point for point in item(report)["points"])
    assert "没有发生中断" in sheet


def test_the_sheet_of_a_customer_with_faults_does_not_speak_of_a_quiet_network(office: Office) -> None:
    """R35: honest first. X1 08:50-12:10 and 25 minutes, Y1 five hours: three interruptions, 8 h 45 min."""
    sheet = page(office.brief(), "results")

    assert "共发生中断 3 次，各电路合计 8小时45分钟" in sheet
    assert "没有发生中断" not in sheet
    assert "平稳" not in sheet


def test_the_sheet_of_a_customer_without_faults_says_so_where_the_records_reach_back(office: Office) -> None:
    office.tables["faults"] = [fault("G9", "X2", "2010-01-01 00:00", "2010-01-01 01:00")]
    office.tables["complaints"] = [{"申告编号": "S1", "电路代号": "X2", "申告时间": "2010-01-01 00:20"}]

    assert "没有发生中断" in page(office.brief(), "results")


@pytest.mark.parametrize("table", ["faults", "complaints"])
def test_where_records_are_missing_the_sheet_praises_nothing(office: Office, table: str) -> None:
    office.tables |= {
        "faults": [fault("G9", "X2", "2010-01-01 00:00", "2010-01-01 01:00")],
        "complaints": [{"申告编号": "S1", "电路代号": "X2", "申告时间": "2010-01-01 00:20"}],
    }
    office.tables[table] = None
    sheet = page(office.brief(), "results")

    assert "没有发生中断" not in sheet
    assert "按现有记录整理如下" in sheet
    assert "数据不全" in sheet


def test_issues_that_were_none_are_not_counted_on_the_sheet(office: Office) -> None:
    """“无” is no issue: brief and sheet say the same number."""
    office.tables["visits"] = [
        visit("V1", "2011-03-15", 客户反映问题="无"),
        visit("V2", "2011-05-15", 客户反映问题="抖动"),
    ]

    assert "提出的问题和建议（项） 1 " in page(office.brief(), "results")


def test_both_availabilities_of_a_circuit_say_of_which_time_they_are(office: Office) -> None:
    """Worked out by hand. X1 was down 08:50-12:10 (200 min: fault and report overlap) and 25 min, both in the days.

    Looked at from 1 June 2011 to 1 July 09:00, 30 days and 9 hours: 43,740 min, of which 25: 99.942 %. Since the data
    begin (17 May, 08:50), 45 days and 10 minutes: 64,810 min, of which 225: 99.652 %.
    """
    said = page(office.brief(start=date(2011, 6, 1)), "brief")

    assert "2011-06-01 至 2011-07-01，整体可用率" in said
    assert "自 2011-05-17（有故障或申告数据起" in said
    assert " 99.942% " in said
    assert " 99.652% " in said


def test_a_brief_of_steady_circuits_lists_none_and_draws_nothing(office: Office) -> None:
    office.tables["faults"] = office.tables["complaints"] = []
    office.tables["faults"] = [fault("G9", "X2", "2010-01-01 00:00", "2010-01-01 01:00")]
    said = page(office.brief(language="en"), "brief")

    assert "No circuit was interrupted (circuits: 2)." in said
    assert "Interruptions per month" not in said


def test_reversed_days_are_named_as_they_were_given(office: Office) -> None:
    with pytest.raises(Stop) as stopped:
        office.report("K1", start=date(2011, 6, 20), end=date(2011, 6, 10))

    assert stopped.value.code is Exit.USAGE
    assert stopped.value.message.to("en") == "--from 2011-06-20 comes after --to 2011-06-10"


def test_days_without_a_fault_are_named_to_the_last(office: Office) -> None:
    with pytest.raises(Stop) as stopped:
        office.report("K1", start=date(2011, 6, 1), end=date(2011, 6, 10))

    assert "from 2011-06-01 to 2011-06-10" in stopped.value.message.to("en")


def test_what_is_said_of_a_fault_report_is_in_the_language_of_the_talk(office: Office) -> None:
    """The paper itself is in the customer's."""
    report = office.report("K1", language="en")

    assert [each["duration"] for each in item(report)["faults"]] == ["3 h", "25 min", "5 h"]
    assert item(report)["down"] == "8 h 25 min"
    assert "8小时25分钟" in page(report, "fault-report")


def test_faults_of_one_circuit_that_overlap_are_down_once(office: Office) -> None:
    """09:00-12:00 and 11:00-13:00 are four hours, the longest time as well; of another circuit they would add up."""
    office.tables["faults"] = [
        fault("G1", "X1", "2011-05-17 09:00", "2011-05-17 12:00"),
        fault("G2", "X1", "2011-05-17 11:00", "2011-05-17 13:00"),
        fault("G3", "Y1", "2011-05-17 11:00", "2011-05-17 12:00"),
    ]  # fmt: skip
    report = office.report()

    assert item(report)["down"] == "5小时"
    assert "中断合计 5小时，最长一次 4小时" in page(report, "fault-report")


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        pytest.param("X1", "1 circuit has no protecting route", id="none of them failed"),
        pytest.param("Y1", "interrupted, and without a protecting route: Y1", id="the one that failed"),
    ],
)
def test_circuits_without_protection_are_more_only_than_some(office: Office, failed: str, said: str) -> None:
    office.tables |= {"complaints": None, "faults": [fault("G1", failed, "2011-06-01 02:00", "2011-06-01 03:00")]}
    points = item(office.brief(language="en"))["points"]

    assert said in points
    assert not any("more circuit" in point for point in points)


def test_the_engineer_is_the_one_whom_visit_due_sends(office: Office) -> None:
    """R19: the local engineer of the place that is visited before the chief."""
    office.tables["customers"] = [
        customer("K1", "甲公司", 首席客户工程师="陆示例", 各省接应客户工程师="上海:何示例", 总部所在地="上海")
    ]
    office.tables["warnings"] = [WARNED]
    report = office.brief(as_of=AS_OF)

    assert item(report)["obligations"][0]["engineer"] == "何示例"
    assert "客户工程师：何示例" in page(report, "brief").replace("： ", "：")
