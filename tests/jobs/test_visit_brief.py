"""R28-R30, R33-R35, R39, R79: the brief and the fault analysis report, from files to papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs import fault_report as fault_job
from aftersales_cli.jobs import visit_brief as job
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.values import BEIJING
from aftersales_cli.workspace import Workspace
from tests.jobs.posted import everything
from tests.jobs.world import Row, SharedDesk, circuit, customer, hop, json, text

AS_OF = "2011-07-01T09:00"
NIGHT = "20110712 00:00:00/20110712 06:00:00"


def fault(number: str, code: str, began: str, restored: str = "", **cells: str) -> Row:
    """A row of faults."""
    return {"故障编号": number, "电路代号": code, "故障开始时间": began, "恢复时间": restored} | cells


R79 = (
    fault("G1", "X1", "2011-05-17 09:00", "2011-05-17 12:00", 速率="155M", 故障原因="单板故障", 处理情况="更换单板"),
    fault("G2", "X1", "2011-06-19 02:05", "2011-06-19 02:30", 速率="155M", 是否自复="是"),
    fault("G3", "Y1", "2011-06-29 13:00", "2011-06-29 18:00", 速率="2M", 故障原因="光缆中断"),
)


@dataclass
class Office:
    """A workspace of the tables a brief reads; a table that is no list is not named, `raw` are bytes in its place."""

    root: Path
    shared: Confined
    tables: dict[str, list[Row] | None] = field(
        default_factory=lambda: {
            "customers": [
                customer("K1", "甲公司", 首席客户工程师="陆示例", 客户经理="顾示例"),
                customer("K2", "乙公司"),
            ],
            "circuits": [circuit("X1", "K1", 业务开通时间="2010-06-01"), circuit("Y1", "K1"), circuit("X2", "K2")],
            "routes": [hop("X1", "甲路"), hop("X1", "乙路", "备用"), hop("Y1", "甲路"), hop("X2", "丙路")],
            "faults": list(R79),
            "complaints": [
                {"申告编号": "S1", "类型": "申告", "电路代号": "X1", "申告时间": "2011-05-17 09:20",
                 "中断开始时间": "2011-05-17 08:50", "恢复时间": "2011-05-17 12:10"}
            ],
            "cutovers": None, "warnings": None, "inspections": None, "visits": None, "crises": None,
        }
    )  # fmt: skip

    def desk(self, as_of: str = AS_OF) -> SharedDesk:
        """The desk, with every table written that is there."""
        there = {table: rows for table, rows in self.tables.items() if rows is not None}
        for table, rows in there.items():
            (self.root / f"{table}.csv").write_text(text(rows), "utf-8")
        workspace = Workspace(root=self.root, output=self.root / "out", inputs={t: (f"{t}.csv",) for t in there},
                              sender={"unit": "网运部", "name": "", "phone": "", "email": ""})  # fmt: skip
        at = datetime.fromisoformat(as_of).replace(tzinfo=BEIJING)
        return SharedDesk(workspace, at, shared=self.shared)

    def brief(self, code: str = "K1", as_of: str = AS_OF, **wishes: Any) -> Report:
        """Make the brief."""
        return job.brief(self.desk(as_of), job.Wishes(code, **wishes))

    def report(self, code: str = "K1", *numbers: str, **wishes: Any) -> Report:
        """Make the fault report."""
        return fault_job.fault_report(self.desk(), fault_job.Wishes(code, numbers=numbers, **wishes))


@pytest.fixture
def office(tmp_path: Path, reader: Confined) -> Office:
    return Office(tmp_path, reader)


def item(report: Report) -> Any:
    (found,) = json(report)["items"]
    return found


def page(report: Report, kind: str) -> str:
    """The text of one page, tags and spaces taken away."""
    (path,) = [path for path in report.files if kind in path.name and path.suffix == ".html"]
    body = path.read_text("utf-8").split("</style>")[1]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body)))


def test_a_brief_is_two_papers_of_each_kind(office: Office) -> None:
    """The brief stays in the house; the sheet of the customer's results is handed over (R35)."""
    kinds = sorted((path.name.split("-")[2], path.suffix) for path in office.brief().files)

    assert kinds == [("brief", ".docx"), ("brief", ".html"), ("results", ".docx"), ("results", ".html")]


def test_a_fault_and_its_report_are_one_interruption(office: Office) -> None:
    """X1 was down 08:50-12:10 and 25 minutes, Y1 five hours: 8 h 45 min."""
    assert "中断合计 8小时45分钟" in page(office.brief(), "brief")


def test_what_is_not_restored_counts_to_as_of_and_says_so(office: Office) -> None:
    office.tables["faults"] = [fault("G9", "Y1", "2011-06-30 09:00", "未恢复"), fault("G8", "X1", "2011-07-01 08:00")]
    report = office.brief(language="en")

    assert "1 d so far" in page(report, "brief")
    assert "not restored" in page(report, "brief")
    assert "not recorded" in page(report, "brief")
    assert [point for point in item(report)["points"] if "no restoration on record" in point] != []


@pytest.mark.parametrize("table", ["faults", "complaints", "circuits", "routes", "inspections", "visits", "warnings"])
def test_a_table_that_was_not_given_is_said_and_is_no_nought(office: Office, table: str) -> None:
    office.tables[table] = None
    report = office.brief(language="en")

    assert item(report)["missing"][table] == "not_given"
    assert f"no {table} file was given" in page(report, "brief")


def test_without_faults_there_is_no_number_of_faults(office: Office) -> None:
    office.tables |= {"faults": None, "complaints": None}
    found = item(office.brief())

    assert (found["faults"], found["complaints"], found["availability"]) == (None, None, None)
    assert "待补充" in page(office.brief(), "results")


def test_an_end_before_the_beginning_is_a_problem_of_its_cell_and_no_figure(office: Office) -> None:
    office.tables |= {"complaints": None, "faults": [fault("G1", "X1", "2011-06-19 02:30", "2011-06-19 02:05")]}
    report = office.brief()

    assert report.exit is Exit.PARTLY
    assert [(p.field, p.place.line if p.place else None, p.held) for p in report.problems] == [
        ("restored_at", 2, ("fault G1",))
    ]
    assert item(report)["availability"] == "100%"


def test_a_cell_that_cannot_be_read_holds_its_row_back_and_is_said(office: Office) -> None:
    assert office.tables["faults"] is not None
    office.tables["faults"].append(fault("G4", "X1", "昨天"))
    report = office.brief(language="en")

    assert report.exit is Exit.PARTLY
    assert item(report)["missing"]["faults"] == "in_part"
    assert "may lack some" in page(report, "brief")


def test_what_is_wrong_in_rows_of_others_is_not_this_customers_problem(office: Office) -> None:
    assert office.tables["faults"] is not None
    office.tables["faults"].append(fault("G4", "X2", "昨天"))
    report = office.brief()

    assert report.problems == ()
    assert "faults" not in item(report)["missing"]


def test_a_fault_of_another_customers_circuit_is_a_problem_and_not_shown(office: Office) -> None:
    """D6: the row names this customer, the inventory another: nobody knows whose it is."""
    office.tables["faults"] = [fault("G4", "X2", "2011-06-01 02:00", "2011-06-01 03:00", 客户编码="K1")]
    report = office.brief()

    assert [(p.field, p.held) for p in report.problems] == [("circuit_code", ("fault G4",))]
    assert "X2" not in page(report, "brief")


def test_the_days_can_be_chosen(office: Office) -> None:
    report = office.brief(start=date(2011, 6, 1), end=date(2011, 6, 20))

    assert (item(report)["from"], item(report)["to"], item(report)["faults"]) == ("2011-06-01", "2011-06-20", 1)


def test_nobody_visits_a_customer_that_is_not_there(office: Office) -> None:
    with pytest.raises(Stop) as stopped:
        office.brief("K9")

    assert stopped.value.code is Exit.USAGE


def test_the_same_input_gives_the_same_bytes(office: Office) -> None:
    first, second = office.brief(), office.brief()

    assert [path.read_bytes() for path in first.files] == [path.read_bytes() for path in second.files]
    assert [path.name for path in first.files] == [path.name for path in second.files]


def test_a_dry_run_writes_nothing(office: Office) -> None:
    report = office.brief(dry_run=True)

    assert (list(report.files), (office.root / "out").exists()) == ([], False)


def test_three_faults_in_two_months_bring_the_account_manager(office: Office) -> None:
    """R79: the crisis visit was made with the account manager (R30)."""
    report = office.brief()

    assert item(report)["account_manager"] is True
    assert "邀请客户经理一起走访" in page(report, "brief")


def test_whether_he_comes_is_open_where_tables_are_missing(office: Office) -> None:
    office.tables |= {"faults": None, "complaints": None}
    report = office.brief()

    assert (item(report)["account_manager"], report.exit) == (None, Exit.RULE)


def test_an_english_brief_has_the_closed_words_in_english(office: Office) -> None:
    """The item keeps the words of the files; what a person wrote stays as it was written."""
    office.tables["visits"] = [
        {"走访编号": "V1", "客户编码": "K1", "走访类型": "例行", "走访日期": "2011-03-15", "走访方式": "电话",
         "下次走访日期": "2011-07-15", "下次走访方式": "上门"}
    ]  # fmt: skip
    office.tables["warnings"] = [
        {"预警编号": "W1", "客户编码": "K1", "预警级别": "橙", "发布时间": "2011-06-30 10:00", "有效期至": "2011-08-31"}
    ]
    report = office.brief(language="en")
    told = page(report, "brief")
    for words in ("On site", "Fault report", "Head of the province", "Faults on record: 3 (records begin 2011-05-17)."):
        assert words in told
    assert "of level Orange is in force" in told
    assert "上门" not in told
    assert "申告" not in told
    assert item(report)["leader"] == "省网运部领导"


def test_cutovers_are_found_by_circuit_and_by_route_and_only_the_own_circuits_are_shown(office: Office) -> None:
    row = {
        "割接时间": NIGHT,
        "中断类型": "中断: 30分钟",
        "割接省": "上海",
        "割接原因分类": "机房整治",
    }
    office.tables["cutovers"] = [
        {"割接任务号": "T1", "电路代号": "Y1", "割接资源": ""} | row,
        {"割接任务号": "T1", "电路代号": "X2", "割接资源": ""} | row,
        {"割接任务号": "T2", "电路代号": "", "割接资源": "乙路"} | row,
        {"割接任务号": "T3", "电路代号": "X2", "割接资源": ""} | row,
    ]
    said = page(office.brief(), "brief")

    assert [name for name in ("T1", "T2", "T3", "X2") if f" {name} " in said] == ["T1", "T2"]
    assert "由路由得出" in said


def test_the_fault_report_tells_the_case_of_the_textbook(office: Office) -> None:
    """R79: circuit, rate, start, restored, duration, cause and handling of each of the three."""
    report = office.report()

    assert [(f["number"], f["rate"], f["duration"], f["cause"]) for f in item(report)["faults"]] == [
        ("G1", "155M", "3小时", "单板故障"),
        ("G2", "155M", "25分钟", ""),
        ("G3", "2M", "5小时", "光缆中断"),
    ]
    assert (item(report)["down"], item(report)["unexplained"]) == ("8小时25分钟", ["G2"])
    assert "更换单板" in page(report, "fault-report")


def test_the_customer_is_not_handed_the_measures_of_a_warning(office: Office) -> None:
    """A warning's measures are written for the carrier: named to the desk, and in no page."""
    office.tables["warnings"] = [
        {
            "预警编号": "W1",
            "客户编码": "K1",
            "预警级别": "红",
            "发布时间": "2011-06-30",
            "责任省市": "上海",
            "措施": "盯紧这个客户",
        }
    ]
    report = office.report()

    assert item(report)["kept_back"] == ["盯紧这个客户"]
    assert "盯紧这个客户" not in page(report, "fault-report")


def test_a_fault_report_can_be_of_one_fault(office: Office) -> None:
    assert [f["number"] for f in item(office.report("K1", "g3"))["faults"]] == ["G3"]


def test_a_fault_of_another_customer_is_not_reported(office: Office) -> None:
    with pytest.raises(Stop) as stopped:
        office.report("K2", "G1")

    assert stopped.value.code is Exit.USAGE


MANY = 8


def own(number: int) -> tuple[str, ...]:
    """What only this customer's papers may hold."""
    return (f"沪京{number:02}N1NP", f"沪京{number:02}N2NP", f"第{number:02}号公司", f"联络{number:02}人",
            f"原因{number:02}", f"预警{number:02}事", f"隐患{number:02}", f"意见{number:02}")  # fmt: skip


@pytest.fixture
def crowd(office: Office) -> Office:
    """Every table speaks of every customer; cutovers name the others in cells that are not for them."""
    office.tables |= {name: [] for name in office.tables if name != "crises"}
    at = {name: rows for name, rows in office.tables.items() if rows is not None}
    gossip = "、".join(word for number in range(MANY) for word in own(number))
    for number in range(MANY):
        code = f"Q{number:02}"
        one, two, name, contact, cause, warning, hazard, opinion = own(number)
        at["customers"].append(customer(code, name, 售后联系人=contact))
        at["circuits"] += [circuit(one, code), circuit(two, code)]
        at["routes"] += [hop(one, "共用"), hop(two, f"自用{number}")]
        at["faults"].append(fault(f"G{number}", one, "2011-06-01 02:00", "2011-06-01 03:00", 故障原因=cause))
        at["complaints"].append(
            {"申告编号": f"S{number}", "电路代号": two, "申告时间": "2011-06-01 02:00", "内容": opinion}
        )
        at["warnings"].append({"预警编号": f"W{number}", "客户编码": code, "预警级别": "红", "发布时间": "2011-06-30",
                               "预警原因": warning})  # fmt: skip
        at["inspections"].append({"巡检编号": f"I{number}", "客户编码": code, "巡检日期": "2011-05-01", "隐患": hazard})
        at["visits"].append({"走访编号": f"V{number}", "客户编码": code, "走访类型": "例行", "走访日期": "2011-05-01",
                             "客户反映问题": opinion})  # fmt: skip
        at["cutovers"].append({"割接任务号": "T1", "割接时间": NIGHT, "中断类型": "中断: 30分钟",
                               "割接省": "上海", "割接原因分类": "机房整治", "电路代号": one,
                               "割接资源": "共用", "影响范围": gossip,
                               "发起单位": own((number + 1) % MANY)[2]})  # fmt: skip
    return office


def papers(crowd: Office) -> Iterator[tuple[int, Path, str]]:
    """Every paper of every customer with all it says."""
    for number in range(0, MANY, 3):
        for report in (crowd.brief(f"Q{number:02}"), crowd.report(f"Q{number:02}")):
            for path in report.files:
                yield number, path, unescape(everything(path.name, path.read_bytes()))


def test_no_paper_holds_anything_of_another_customer(crowd: Office) -> None:
    """R35: what is handed over, and what is laid on the customer's table by mistake, is the customer's alone."""
    whose = {word: number for number in range(MANY) for word in own(number)}
    anyones = re.compile("|".join(map(re.escape, whose)))
    found = list(papers(crowd))
    leaks = {
        (path.name, word) for number, path, said in found for word in anyones.findall(said) if whose[word] != number
    }
    blind = {path.name for number, path, said in found if own(number)[2] not in said}

    assert (leaks, blind, len(found)) == (set(), set(), 18)
