"""`visit record`, `issues`, `export` and `report`: into the ledger once, and out of it again (R31–R42)."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs import visit_export, visit_issues, visit_record, visit_report
from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.memory import LEDGER, remembered, said
from aftersales_cli.visit.owners import Owner
from tests.jobs.visiting import NOW, Office, crisis, customer, held, visit, warning

COMPLETE = {
    "带队人": "示例甲", "资料核对": "已核对，无误", "业务变更": "无", "业务生存性": "有备用",
    "使用与维护情况展示": "可用率", "下次走访日期": "2026-05-06",
    "下次走访方式": "上门",
    "下次走访途径": "客户经理预约", "下次走访内容": "季度分析", "已录入集团系统": "是",
}  # fmt: skip
FULL = COMPLETE | {
    "带队领导级别": "省公司领导", "我方人员": "示例甲;示例乙", "客户方人员": "示例李", "客户经理参加": "是",
    "提交材料": "整改方案;总结", "客户网管绩效材料": "有", "业务与网络部门矛盾": "无",
    "巡检问题与建议": "无", "客户反映问题": "电路抖动;账单不清", "处理进展": "处理中",
    "优化与整改措施": "更换光模块|示例甲|2026-03-31;扩容|示例乙", "走访类型": "危机",
}  # fmt: skip
HEAD = 3
"""The row of the headings in the list of corrections: title and a note stand above them."""


@pytest.fixture
def office(tmp_path: Path, reader: Confined) -> Office:
    return Office(tmp_path, reader)


def record(office: Office, as_of: str = NOW, given: Given | None = None, **wishes: Any) -> Report:
    return visit_record.record(office.desk(as_of, given), visit_record.Wishes(**wishes))


def changes(report: Report) -> dict[object, object]:
    return {item["visit_no"]: item["change"] for item in report.items}


def lacking(report: Report) -> list[str]:
    """The rules that are not met, of the first visit."""
    return [d.rule for d in report.items[0]["decisions"] if d.verdict != "met"]  # type: ignore[attr-defined]


def ledger(office: Office) -> list[tuple[str, dict[str, Any]]]:
    with office.ledger() as found:
        return [(each.visit_no, dict(each.said)) for each in found.visits()]


def test_a_visit_is_recorded_once(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", **COMPLETE)]
    first, again = record(office), record(office)
    assert (changes(first), changes(again)) == ({"V1": "new"}, {"V1": "unchanged"})
    assert (first.exit, [number for number, _ in ledger(office)]) == (Exit.DONE, ["V1"])


def test_a_dry_run_records_nothing(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06")]
    assert changes(record(office, dry_run=True)) == {"V1": "new"}
    assert not (office.root / "ledger.sqlite3").exists()


def test_what_is_added_later_is_recorded_and_nothing_is_lost_by_an_empty_cell(office: Office) -> None:
    """D3: the ledger only grows; an empty cell takes nothing back."""
    office.visits = [visit("V1", "2026-03-06", 资料核对="已核对")]
    record(office)
    office.visits = [visit("V1", "2026-03-06", 业务变更="无")]
    assert changes(record(office)) == {"V1": "updated"}
    with office.ledger() as found:
        known = remembered(found.visits())["v1"]
    assert (known.data_check, known.usage_changes) == ("已核对", "无")
    assert len(ledger(office)) == 2


def test_every_field_comes_back_from_the_ledger_as_it_went_in(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", **FULL)]
    record(office)
    row = next(iter(office_rows(office)))
    with office.ledger() as found:
        known = remembered(found.visits())["v1"]
    assert said(known) == said(row)
    assert known.source.file == LEDGER


def office_rows(office: Office) -> list[Visit]:
    from aftersales_cli.jobs.visit_due_reading import read_visit_inputs

    return list(read_visit_inputs(office.desk()).visit_rows.records)


def test_visits_are_read_from_yaml_and_workbooks(office: Office) -> None:
    (office.root / "v.yaml").write_text(
        "visits:\n- {visit_no: Y1, customer_code: K1, kind: 例行, date: 2026-03-06, place: 上海, manner: 上门}\n",
        encoding="utf-8",
    )
    report = record(office, given=Given({"visits": (str(office.root / "v.yaml"),)}))
    assert changes(report) == {"Y1": "new"}


def test_a_complete_record_meets_every_rule_that_speaks_of_it(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", **COMPLETE)]
    assert lacking(record(office)) == []


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        pytest.param({"资料核对": ""}, ["VIS-04"], id="data not checked (R31)"),
        pytest.param({"业务变更": "新增网点"}, ["VIS-05"], id="a change without a measure (R32)"),
        pytest.param({"下次走访内容": ""}, ["VIS-07"], id="no agenda agreed (R42)"),
        pytest.param(
            {"走访类型": "危机"}, ["VIS-09", "VIS-03", "VIS-10"], id="a crisis visit without anything (R25, R26)"
        ),
        pytest.param({"客户反映问题": "抖动"}, ["VIS-11"], id="no word since (R41)"),
    ],
)
def test_what_is_missing_is_said_by_its_rule(office: Office, cells: dict[str, str], rules: list[str]) -> None:
    office.visits = [visit("V1", "2026-03-02", **COMPLETE | cells)]
    report = record(office)
    assert (lacking(report), report.exit) == (rules, Exit.RULE)


LED_BY_NOBODY = COMPLETE | {"带队人": "示例丙"}


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        pytest.param({}, "needs_a_person", id="a routine visit"),
        pytest.param({"走访类型": "回访"}, "needs_a_person", id="a follow-up"),
        pytest.param({"走访类型": "回访", "带队领导级别": "省公司领导"}, "met", id="led by the rank"),
        pytest.param({"走访类型": "危机", "带队领导级别": "客户工程师"}, "breached", id="a crisis visit"),
        pytest.param({"走访方式": "电话"}, None, id="by telephone"),
        pytest.param({"走访地": "广东"}, None, id="at a place that is not asked for"),
        pytest.param({"走访日期": "2026-03-01"}, None, id="before the warning"),
    ],
)
def test_a_visit_that_counts_for_a_red_warning_has_to_be_led_by_a_leader_whatever_its_kind(
    office: Office, cells: dict[str, str], verdict: str | None
) -> None:
    """R25: else 例行 in 走访类型 would be a way around VIS-03, while VIS-02 counts the visit."""
    office.warnings = [warning(预警级别="红")]
    office.visits = [visit("V1", "2026-03-03", **LED_BY_NOBODY | cells)]
    found = {d.rule: d for d in record(office, dry_run=True).items[0]["decisions"]}  # type: ignore[attr-defined]
    assert (found["VIS-03"].verdict if "VIS-03" in found else None) == verdict
    if "走访类型" not in cells:
        assert {"VIS-09", "VIS-10"} & set(found) == set(), "R26 is of crisis visits"


def test_a_follow_up_in_a_crisis_is_one_of_its_visits_as_well(office: Office) -> None:
    """R25: the customer demands the group's leaders; the first visit had one, the follow-up does not say."""
    office.crises = [crisis(发生时间="2026-03-02 08:00", 客户要求级别="集团领导")]
    office.visits = [visit("V1", "2026-03-03", 走访类型="危机", 带队领导级别="集团领导"),
                     visit("V2", "2026-03-10", 走访类型="回访")]  # fmt: skip
    (decision,) = [d for d in record(office).items[1]["decisions"] if d.rule == "VIS-03"]  # type: ignore[attr-defined]
    assert (decision.verdict, [unknown.field for unknown in decision.missing]) == ("needs_a_person", ["kind"])
    assert "for C1 have to be led by Leader of the group or higher" in decision.says.to("en")


def test_earlier_issues_have_to_be_answered(office: Office) -> None:
    """R38."""
    office.visits = [
        visit("V1", "2026-03-16", **COMPLETE | {"客户反映问题": "抖动"}),
        visit("V2", "2026-03-18", **COMPLETE),
    ]
    second = record(office).items[1]
    assert [d.rule for d in second["decisions"] if d.verdict != "met"] == ["VIS-06"]  # type: ignore[attr-defined]


def test_a_previous_issue_that_no_visit_raised_is_a_problem_of_its_cell(office: Office) -> None:
    office.visits = [
        visit("V1", "2026-03-16", **COMPLETE | {"上次问题解决情况": "邮箱：已解决"}),
        visit("V2", "2026-03-17"),
    ]
    report = record(office)
    (problem,) = [p for p in report.problems if p.severity == "error"]
    assert (problem.field, problem.place.heading if problem.place else None) == ("previous_issues", "上次问题解决情况")
    assert (report.exit, set(changes(report))) == (Exit.PARTLY, {"V1", "V2"})


def test_a_number_cannot_become_another_customer_s_visit(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06")]
    record(office)
    office.visits = [visit("V1", "2026-03-06", 客户编码="K2"), visit("V2", "2026-03-07", 客户编码="K2")]
    report = record(office)
    assert held(report) == [("customer_code", ("visit V1",))]
    assert changes(report) == {"V2": "new"}


def test_corrections_of_customer_data_come_out_as_a_workbook_once(office: Office) -> None:
    """R31, R84: for a cross-province customer the group's CRM has to change."""
    office.customers = [customer("K1", "甲公司", 是否跨省="是")]
    office.visits = [visit("V1", "2026-03-06", 资料核对="联系电话：021-10000→021-22222")]
    (path,) = record(office).files
    sheet = load_workbook(path).active
    assert sheet is not None
    row = dict(zip([c.value for c in sheet[HEAD]], [c.value for c in sheet[HEAD + 1]], strict=True))
    assert {key: row[key] for key in ("客户编码", "更正系统", "字段", "档案现值", "更正为", "走访编号")} == {
        "客户编码": "K1", "更正系统": "集团CRM", "字段": "联系电话", "档案现值": "021-10000", "更正为": "021-22222",
        "走访编号": "V1",
    }  # fmt: skip
    assert record(office).files == []


def rows_of(report: Report) -> list[str]:
    """What each line of the list of corrections makes of its field."""
    (path,) = report.files
    sheet = load_workbook(path).active
    assert sheet is not None
    return [str(row[6].value) for row in sheet.iter_rows(min_row=HEAD + 1)]


def test_the_list_says_what_it_is_who_made_it_when_and_prints_on_one_page_s_width(office: Office) -> None:
    office.settings = {"sender": {"unit": "示例售后室", "name": "示例甲"}}
    office.visits = [visit("V1", "2026-03-06", 资料核对=f"{WRONG}；客户经理：示例王→示例李")]
    (path,) = record(office).files
    sheet = load_workbook(path).active
    assert sheet is not None
    assert [sheet.cell(row, 1).value for row in (1, 2)] == [
        "客户资料更正单",
        "示例售后室 示例甲 · 编制时间 2026-03-20 09:00 · 更正 2 处，客户 1 家 · 更正后请填写更正人和更正日期",
    ]
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth or 1, page.fitToHeight) == ("landscape", 9, 1, 0)
    fitted = sheet.sheet_properties.pageSetUpPr
    assert (fitted is not None and fitted.fitToPage, sheet.print_title_rows) == (True, "$3:$3")


WRONG = "联系电话：021-10000→021-22222"


def test_a_correction_comes_out_once_even_where_its_record_says_more_later(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    assert rows_of(record(office)) == ["021-22222"]
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG, 业务变更="无")]
    again = record(office)
    assert (changes(again), again.files) == ({"V1": "updated"}, [])
    assert {key: again.summary[key] for key in ("corrections", "corrections_before")} == {
        "corrections": 0, "corrections_before": 1,
    }  # fmt: skip


def test_only_what_is_new_comes_out_beside_an_old_correction(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    record(office)
    office.visits = [visit("V1", "2026-03-06", 资料核对=f"{WRONG}；客户经理：示例王→示例李"),
                     visit("V2", "2026-03-07", 资料核对=WRONG)]  # fmt: skip
    assert rows_of(record(office)) == ["示例李", "021-22222"], "a later visit that finds it still wrong says it anew"


def test_a_correction_whose_value_changes_comes_out_again(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    record(office)
    office.visits = [visit("V1", "2026-03-06", 资料核对="联系电话：021-10000→021-33333")]
    assert rows_of(record(office)) == ["021-33333"]


def test_what_was_settled_when_it_was_recorded_comes_out_once_the_archive_is_wrong_again(office: Office) -> None:
    office.customers = [customer("K1", "甲公司", 联系电话="021-22222")]
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    assert record(office).files == []
    office.customers = [customer("K1", "甲公司")]
    assert rows_of(record(office)) == ["021-22222"]


TO_3 = "联系电话：021-22222→021-33333"
BACK = "联系电话：021-33333→021-22222"


def test_a_correction_that_is_taken_back_at_a_later_visit_comes_out(office: Office) -> None:
    """The archive has had the first one since; the CRM was told 021-33333 last, and has to hear of 021-22222 again."""
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    assert rows_of(record(office)) == ["021-22222"]
    office.customers = [customer("K1", "甲公司", 联系电话="021-22222")]
    office.visits.append(visit("V2", "2026-03-07", 资料核对=TO_3))
    assert rows_of(record(office)) == ["021-33333"]
    office.visits.append(visit("V3", "2026-03-08", 资料核对=BACK))
    report = record(office)
    assert rows_of(report) == ["021-22222"]
    assert [c["listed_before"] for c in report.items[2]["corrections"]] == [False]  # type: ignore[attr-defined]
    assert record(office).files == [], "once"


@pytest.mark.parametrize("archive", ["021-10000", "021-22222"])
def test_a_correction_that_is_taken_back_in_the_same_record_comes_out(office: Office, archive: str) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    record(office)
    office.customers = [customer("K1", "甲公司", 联系电话=archive)]
    office.visits = [visit("V1", "2026-03-06", 资料核对=TO_3)]
    assert rows_of(record(office)) == ["021-33333"]
    office.visits = [visit("V1", "2026-03-06", 资料核对=BACK)]
    assert rows_of(record(office)) == ["021-22222"]
    assert record(office).files == [], "once"


def test_two_visits_that_say_different_things_come_out_once_in_the_order_of_their_days(office: Office) -> None:
    """So that who works through the list ends with what was said last."""
    office.visits = [visit("V2", "2026-03-07", 资料核对=TO_3), visit("V1", "2026-03-06", 资料核对=WRONG)]
    assert rows_of(record(office)) == ["021-22222", "021-33333"]
    assert record(office).files == []


def test_a_correction_of_a_field_nobody_knows_is_a_problem_and_the_visit_is_recorded(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对="电话：021-1→021-2；终端用户地址：x→y")]
    report = record(office)
    assert held(report) == [
        ("data_check", ("correction of 电话 of customer K1",)),
        ("data_check", ("correction of 终端用户地址 of customer K1",)),
    ]
    assert (changes(report), report.exit, report.files) == ({"V1": "new"}, Exit.PARTLY, [])


def test_a_list_that_was_not_written_comes_out_with_the_next_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is lost: what the ledger knows of a run counts once its folder is there."""
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk"):
        patch.setattr(RunFolder, "write", fails)
        record(office)
    again = record(office)
    assert (changes(again), rows_of(again)) == ({"V1": "new"}, ["021-22222"])


def test_a_list_that_was_written_and_not_put_in_its_place_is_brought_there_by_the_next_run(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk"):
        patch.setattr(RunFolder, "publish", fails)
        record(office)
    assert changes(record(office)) == {"V1": "unchanged"}
    assert len(list((office.root / "out").glob("*-visit-record/客户资料更正单.xlsx"))) == 1


def fails(*_arguments: object, **_named: object) -> None:
    raise OSError("the disk is full")


def test_a_report_lists_its_visit_s_corrections_again(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对=WRONG)]
    record(office)
    assert [path.suffix for path in report_on(office, "V1").files] == [".html", ".docx", ".txt", ".xlsx"]


def test_the_ledger_s_visits_count_where_the_file_is_gone(office: Office) -> None:
    office.warnings, office.visits = [warning()], [visit("V1", "2026-03-03")]
    record(office)
    office.visits = []
    assert [str(i["due_by"]) for i in office.due().items] == ["2026-04-03"]


def issues(office: Office, **wishes: Any) -> Report:
    return visit_issues.issues(office.desk(), visit_issues.Wishes(**wishes))


def test_open_issues_have_age_owner_progress_and_a_reminder(office: Office) -> None:
    """R41: ten working days without a word (sample)."""
    office.visits = [
        visit("V1", "2026-02-02", 客户反映问题="电路抖动;账单不清", 优化与整改措施="处理电路抖动|示例乙|2026-04-30"),
        visit("V2", "2026-03-16", 上次问题解决情况="账单不清：已解决;电路抖动：处理中"),
        visit("V3", "2026-01-05", 客户编码="K2", 客户反映问题="端口松动"),
    ]  # fmt: skip
    report = issues(office)
    assert [(i["reference"], i["age_days"], i["owner"], i["owner_named"], bool(i["remind"])) for i in report.items] == [
        ("V3/1", 74, "示例甲", False, True), ("V1/1", 46, "示例乙", True, False),
    ]  # fmt: skip
    assert (report.exit, report.summary["solved"], report.summary["to_remind"]) == (Exit.RULE, 1, 1)
    assert [i["reference"] for i in issues(office, all_=True).items] == ["V3/1", "V1/1", "V1/2"]
    assert [i["reference"] for i in issues(office, customers=("K1",)).items] == ["V1/1"]


def test_issues_of_a_customer_nobody_knows_are_a_wrong_question(office: Office) -> None:
    with pytest.raises(Stop) as stop:
        issues(office, customers=("NOPE",))
    assert stop.value.code is Exit.USAGE


def test_a_measure_that_is_over_is_a_reminder(office: Office) -> None:
    office.visits = [
        visit("V1", "2026-03-16", 客户反映问题="电路抖动", 优化与整改措施="处理电路抖动|示例乙|2026-03-18")
    ]
    (item,) = issues(office).items
    assert item["remind"].to("en") == "its measure was due 2026-03-18: 处理电路抖动"  # type: ignore[attr-defined]


def export(office: Office, as_of: str = NOW, **wishes: Any) -> Report:
    return visit_export.export(office.desk(as_of), visit_export.Wishes(**wishes))


def exported(report: Report) -> list[tuple[object, object]]:
    return [(item["visit_no"], item["change"]) for item in report.items]


@pytest.fixture
def group(office: Office) -> Office:
    """Two customers the group's system has to know of, and one it has not."""
    office.customers = [customer("K1", "甲公司", 客户级别="集团级"), customer("K2", "乙公司", 是否跨省="是"),
                        customer("K3", "丙公司")]  # fmt: skip
    office.visits = [visit("V1", "2026-03-02"), visit("V2", "2026-03-03", 客户编码="K2"),
                     visit("V3", "2026-03-04", 客户编码="K3"),
                     visit("V4", "2026-03-05", 已录入集团系统="是")]  # fmt: skip
    return office


def test_records_of_group_level_and_cross_province_customers_are_exported_once(group: Office) -> None:
    """R40."""
    assert exported(export(group)) == [("V1", "new"), ("V2", "new")]
    assert exported(export(group)) == []


def test_the_upload_workbook_reads_back_as_the_visits_it_holds(group: Office) -> None:
    group.visits[0] |= FULL | {"已录入集团系统": ""}
    (path,) = export(group).files
    again = Given({"visits": (str(path),)})
    rows = {row["visit_no"]: row for row in visit_record.record(group.desk(given=again), visit_record.Wishes()).items}
    assert set(rows) == {"V1", "V2"}
    with group.ledger() as found:
        known = remembered(found.visits())["v1"]
    original = next(row for row in office_rows(group) if row.visit_no == "V1")
    assert said(known) == said(original)


def test_a_record_that_says_more_is_exported_again_as_a_change(group: Office) -> None:
    export(group)
    group.visits[0]["客户反映问题"] = "抖动"
    group.visits[1]["已录入集团系统"] = "是"
    assert exported(export(group)) == [("V1", "update")]


def test_a_dry_export_remembers_nothing(group: Office) -> None:
    assert exported(export(group, dry_run=True)) == exported(export(group))


def report_on(office: Office, *numbers: str, **wishes: Any) -> Report:
    return visit_report.report(office.desk(), visit_report.Wishes(numbers, **wishes))


def test_a_report_has_three_stages_in_html_word_and_text(office: Office) -> None:
    """R27: before, during, after; what the record says stands in each of the three documents."""
    office.crises = [crisis(发生时间="2026-03-05 08:00")]
    office.visits = [visit("V0", "2026-02-02", 客户反映问题="光缆老化"),
                     visit("V1", "2026-03-06", **FULL | {"上次问题解决情况": "光缆老化：已解决"})]  # fmt: skip
    report = report_on(office, "v1")
    texts = {path.suffix: path.read_bytes() for path in report.files}
    document = Document(BytesIO(texts[".docx"]))
    word = "\n".join([*(p.text for p in document.paragraphs),
                      *(c.text for table in document.tables for row in table.rows for c in row.cells)])  # fmt: skip
    for written in (texts[".html"].decode(), texts[".txt"].decode(), word):
        for expected in (
            "走访前",
            "走访中",
            "走访后",
            "更换光模块",
            "光缆老化",
            "季度分析",
            "VIS-10",
            "账单不清",
            "C1",
        ):
            assert expected in written


def test_a_column_is_named_as_the_file_has_it(office: Office) -> None:
    """下次走访 is an alias of 下次走访日期, 日期 one of 走访日期."""
    rows = [visit("V1", "", 下次走访=""), visit("V2", "", 下次走访="2026-05-06")]
    for row, day in zip(rows, ("2026-03-06", "2026-02-30"), strict=True):
        row["日期"] = row.pop("走访日期") or day
    office.visits = rows
    report = record(office)
    (decision,) = [d for d in report.items[0]["decisions"] if d.rule == "VIS-07"]  # type: ignore[attr-defined]
    assert decision.says.to("en").startswith("not agreed yet: 下次走访, ")
    (problem,) = [p for p in report.problems if p.severity == "error"]
    assert str(problem.message) == "“2026-02-30” cannot be read as 日期"


def test_a_cell_that_is_empty_is_said_so_in_the_same_words_in_every_document(office: Office) -> None:
    """已录入集团系统 stands there only where the group's system wants the record (R40)."""
    office.customers = [customer("K1", "甲公司", 客户级别="集团级"), customer("K2", "乙公司", 是否跨省="否")]
    office.visits = [visit("V1", "2026-03-06"), visit("V2", "2026-03-06", 客户编码="K2")]
    report = report_on(office, "V1", "V2")
    texts = {(path.name.split("-")[2], path.suffix): path for path in report.files}
    assert "已录入集团系统：未填" in texts["V1", ".txt"].read_text("utf-8")
    assert "已录入集团系统" not in texts["V2", ".txt"].read_text("utf-8")
    cells = [c.text for t in Document(str(texts["V1", ".docx"])).tables for r in t.rows for c in r.cells]
    assert cells[cells.index("已录入集团系统") + 1] == "未填"
    html = texts["V1", ".html"].read_text("utf-8")
    assert '<span class="none">未填</span>' in html.partition("已录入集团系统")[2][:80]


def texts(report: Report) -> dict[str, str]:
    """What the documents of one report say, by their ending; of Word a line for each paragraph and cell."""
    found = {path.suffix: path for path in report.files}
    word = Document(str(found[".docx"]))
    cells = [c.text for table in word.tables for row in table.rows for c in row.cells]
    return {
        ".html": found[".html"].read_text("utf-8"), ".txt": found[".txt"].read_text("utf-8"),
        ".docx": "\n".join([*(p.text for p in word.paragraphs), *cells]),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_issue_no_measure_names_anybody_for_has_the_owner_its_list_has_and_both_say_so(
    office: Office, language: str
) -> None:
    """R41: the chief engineer answers for 账单不清; for 电路抖动 its measure names somebody."""
    office.customers = [customer("K1", "甲公司", 通知语言=language)]
    raised = {"客户反映问题": "电路抖动;账单不清", "优化与整改措施": "处理电路抖动|示例乙|2026-03-31"}
    office.visits = [visit("V1", "2026-03-16", **COMPLETE | raised)]
    owners = [(item["owner"], item["owner_named"]) for item in issues(office).items]
    assert owners == [("示例乙", True), ("示例甲", False)]
    falls_to = Owner("示例甲", named=False).say().to(language)
    assert falls_to.startswith("示例甲")
    assert falls_to != "示例甲"
    for ending, text in texts(report_on(office, "V1")).items():
        assert falls_to in text, ending


def test_the_alarms_stand_on_a_line_of_their_own(office: Office) -> None:
    office.warnings = [warning(预警级别="橙")]
    office.visits = [visit("V1", "2026-03-06", **COMPLETE)]
    lines = texts(report_on(office, "V1"))[".txt"].splitlines()
    assert (lines[0].endswith("，上海"), lines[1]) == (True, "预警、危机：W1 橙")
    office.warnings, office.customers = [warning()], [customer("K1", "A Ltd", 通知语言="en")]
    lines = texts(report_on(office, "V1"))[".txt"].splitlines()
    assert (lines[0].endswith(", 上海"), lines[1].startswith("Warnings, crises: W1 ")) == (True, True)


def test_a_chinese_report_has_chinese_commas_and_brackets(office: Office) -> None:
    office.visits = [visit("V0", "2026-03-02", 客户反映问题="光缆老化"), visit("V1", "2026-03-06", **FULL | {
        "客户反映问题": "光模块老化", "上次问题解决情况": "光缆老化：已解决"})]  # fmt: skip
    said = texts(report_on(office, "V1"))
    assert "光缆老化（2026年3月2日）" in said[".docx"]
    assert "示例甲，2026年3月31日" in said[".docx"]
    assert "甲公司（K1）" in said[".html"]


def test_what_would_have_fitted_is_mentioned_and_not_missing(office: Office) -> None:
    """R35–R37."""
    office.visits = [visit("V1", "2026-03-06", **COMPLETE)]
    (decision,) = [d for d in record(office).items[0]["decisions"] if d.rule == "VIS-13"]  # type: ignore[attr-defined]
    assert (decision.verdict, [each.to("en") for each in decision.cautions]) == (
        "met", ["where it fits, also: 客户网管绩效材料 (R35), 一户一案手册 (R36), 业务与网络部门矛盾 (R37)"],
    )  # fmt: skip
    text = next(path for path in report_on(office, "V1").files if path.suffix == ".html").read_text("utf-8")
    assert "一户一案手册 (R36)" in text


EDITION = """province: 广东
title: {zh: 广东, en: Guangdong}
editions:
  VIS-13:
  - from: 2026-01-01
    clause: {source: TEST, article: {zh: 一, en: one}, text: {zh: 只问业务生存性。, en: Survivability alone.}}
    asked: [业务生存性]
"""


def test_a_province_may_take_an_aim_out(office: Office) -> None:
    """R34 is not asked for in 广东, by an edition of its own."""
    book = office.root / "rulebook" / "provinces"
    book.mkdir(parents=True)
    (book / "广东.yaml").write_text(EDITION, encoding="utf-8")
    office.settings = {"rulebook": office.root / "rulebook"}
    office.province = "广东"
    office.visits = [visit("V1", "2026-03-06", **COMPLETE | {"使用与维护情况展示": ""})]
    assert "VIS-13" not in lacking(record(office, dry_run=True))


def test_an_english_customer_s_report_is_in_english(office: Office) -> None:
    office.customers = [customer("K1", "A Ltd", 通知语言="en")]
    office.visits = [visit("V1", "2026-03-06")]
    (html, _, text) = report_on(office, "V1").files
    assert "Before the visit" in html.read_text("utf-8")
    assert "Before the visit" in text.read_text("utf-8")


def test_what_a_record_says_is_escaped(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对="<script>alert(1)</script>")]
    html = report_on(office, "V1").files[0].read_text("utf-8")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_report_of_a_visit_nobody_recorded_stops(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06")]
    with pytest.raises(Stop) as stop:
        report_on(office, "V2")
    assert stop.value.code is Exit.USAGE


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        pytest.param({"走访日期": "2026-02-30"}, "走访日期", id="a day that does not exist"),
        pytest.param({"客户编码": "K9"}, "客户编码", id="a customer nobody knows"),
        pytest.param({"走访日期": "2027-03-06"}, "走访日期", id="a day to come"),
        pytest.param({"走访类型": "拜访"}, "走访类型", id="a kind that is none"),
    ],
)
def test_the_report_of_a_visit_whose_row_is_held_says_so_and_why(
    office: Office, cells: dict[str, str], why: str
) -> None:
    """Nothing can be reported: 65. The number stands as it was written, and the cell is named."""
    office.visits = [visit("Zf5", "2026-03-06", **cells)]
    with pytest.raises(Stop) as stop:
        report_on(office, "ZF5")
    said = str(stop.value.message)
    assert (stop.value.code, said.startswith("visit ZF5 is there but held: visits.csv › line 2")) == (65, True)
    assert why in said


def test_a_number_that_stands_twice_is_held_and_said(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06"), visit("V1", "2026-03-07")]
    with pytest.raises(Stop) as stop:
        report_on(office, "V1")
    assert (stop.value.code, "stands in another row as well" in str(stop.value.message)) == (Exit.BAD_INPUT, True)


def test_a_recorded_visit_whose_customer_is_gone_is_said_so(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06")]
    record(office)
    office.customers, office.visits = [customer("K2", "乙公司")], []
    with pytest.raises(Stop) as stop:
        report_on(office, "V1")
    assert (stop.value.code, "no code K1" in str(stop.value.message)) == (Exit.BAD_INPUT, True)


def test_beside_a_held_visit_the_others_are_reported(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06"), visit("V2", "2026-03-06", 客户编码="K9")]
    report = report_on(office, "V1", "V2")
    assert ([item["visit_no"] for item in report.items], report.exit) == (["V1"], Exit.PARTLY)
    assert held(report) == [("customer_code", ("visit V2",))]


def test_an_unknown_number_is_said_as_it_was_written(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06")]
    with pytest.raises(Stop) as stop:
        report_on(office, "ZF99")
    assert str(stop.value.message) == "nobody has recorded a visit ZF99"


def test_a_dry_report_writes_nothing(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06")]
    assert report_on(office, "V1", dry_run=True).files == []
    assert not (office.root / "out").exists()


def test_a_report_brings_its_corrections_along(office: Office) -> None:
    office.visits = [visit("V1", "2026-03-06", 资料核对="客户经理：示例王→示例李")]
    assert [path.suffix for path in report_on(office, "V1").files] == [".html", ".docx", ".txt", ".xlsx"]
