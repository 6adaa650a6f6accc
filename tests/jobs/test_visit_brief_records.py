"""R35: the sheet of results counts the days on record only, and says “at least” where records are missing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.report import Report
from tests.jobs.test_visit_brief import Office, fault, page
from tests.jobs.world import Row, customer

LATE = [fault("G9", "X2", "2011-06-20 10:05", "2011-06-20 13:50")]
EARLY = [fault("G9", "X2", "2010-01-01 00:00", "2010-01-01 01:00")]


def report_of(number: str, code: str, at: str, **cells: str) -> Row:
    """A report of a fault."""
    return {"申告编号": number, "电路代号": code, "申告时间": at} | cells


@pytest.fixture
def office(tmp_path: Path, reader: Confined) -> Office:
    return Office(tmp_path, reader)


def word(report: Report) -> str:
    """The text of the sheet in Word, spaces taken away."""
    (path,) = [path for path in report.files if "results" in path.name and path.suffix == ".docx"]
    paper = Document(str(path))
    cells = (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    return re.sub(r"\s+", " ", " ".join([*(each.text for each in paper.paragraphs), *cells]))


def speaking(office: Office, language: str) -> Office:
    office.tables["customers"] = [customer("K1", "甲公司", 首席客户工程师="陆示例", 通知语言=language)]
    return office


def test_months_before_the_first_day_on_record_are_not_called_quiet(office: Office) -> None:
    """Records begin 20 June: of twelve months two are known, and eleven days."""
    office.tables |= {"faults": LATE, "complaints": [report_of("S1", "X2", "2011-06-20 10:08")]}
    report = office.brief()

    assert "2 / 2 无中断／有记录月份" in page(report, "results")
    assert "11天 最长无中断记录" in page(report, "results")
    assert "记录自 2011-06-20 起，以上运行数字不计此前的日子" in page(report, "results")
    assert ["2 / 2" in word(report), "无中断／有记录月份" in word(report), "11天" in word(report)] == [True] * 3
    assert "没有发生中断" not in page(report, "results")


def test_availability_of_the_sheet_counts_from_the_first_day_on_record(office: Office) -> None:
    """Ten days, two circuits, a day down: 95%, not the 99.8% of a year."""
    office.tables |= {"faults": [fault("G1", "X1", "2011-06-21 00:00", "2011-06-22 00:00")]}
    office.tables["complaints"] = [report_of("S1", "X2", "2011-06-21 10:00")]
    report = office.brief(end=date(2011, 6, 30))

    assert "95.000% 现有记录可用率" in page(report, "results")
    assert "自 2011-06-21 有记录起" in page(report, "results")


def test_months_without_records_have_a_dash_and_no_nought_in_the_chart(office: Office) -> None:
    """Of the twelve, May to July are known; the brief draws the same."""
    report = office.brief()
    lines = [tuple(cell.text for cell in row.cells)[:2] for row in _months(report)]

    assert [n for _, n in lines] == ["–"] * 9 + ["1", "2", "0"]
    assert "（“–”为没有记录的月份）" in page(report, "results")
    assert [page(report, kind).count(": –") for kind in ("results", "brief")] == [9, 9]


def _months(report: Report) -> list[Any]:
    (path,) = [path for path in report.files if "results" in path.name and path.suffix == ".docx"]
    return [row for table in Document(str(path)).tables for row in table.rows
            if re.fullmatch(r"\d{4}-\d\d", row.cells[0].text)]  # fmt: skip


@pytest.mark.parametrize("table", ["faults", "complaints"])
@pytest.mark.parametrize(
    ("language", "said"), [pytest.param("zh", "至少发生中断", id="zh"), pytest.param("en", "at least", id="en")]
)
def test_without_one_of_the_tables_the_number_is_the_least(
    office: Office, table: str, language: str, said: str
) -> None:
    speaking(office, language).tables[table] = None
    report = office.brief()

    assert (said in page(report, "results"), said in word(report)) == (True, True)


def test_a_row_that_could_not_be_counted_makes_the_number_the_least(office: Office) -> None:
    """It ends before it begins: no figure counts it, and none may pretend to be whole."""
    assert office.tables["faults"] is not None
    office.tables["faults"].append(fault("G4", "X1", "2011-06-25 02:30", "2011-06-25 02:05"))

    assert "至少发生中断 3 次" in page(office.brief(), "results")


def test_a_row_that_could_not_be_counted_is_no_quiet_network(office: Office) -> None:
    backwards = fault("G4", "X1", "2011-06-25 02:30", "2011-06-25 02:05")
    office.tables |= {"faults": [*EARLY, backwards], "complaints": [report_of("S1", "X2", "2010-01-01 00:20")]}

    assert "没有发生中断" not in page(office.brief(), "results")
    assert "数据不全" in page(office.brief(), "results")


def test_whole_records_that_reach_back_say_it_flatly(office: Office) -> None:
    """All twelve months are known; two of them had an interruption."""
    assert office.tables["faults"] is not None
    office.tables["faults"] += EARLY
    sheet = page(office.brief(), "results")

    assert "这一期间贵单位租用的电路共发生中断 3 次，各电路合计 8小时45分钟" in sheet
    assert "10 / 12 没有中断的月份" in sheet
    assert "至少" not in sheet


def test_days_before_all_records_have_no_figures(office: Office) -> None:
    report = office.brief(start=date(2011, 1, 1), end=date(2011, 3, 31))
    sheet = page(report, "results")

    assert "运行结果待补充。 故障和申告记录自 2011-05-17 起" in sheet
    assert "%" not in sheet
    assert ("待补充" in word(report), "–%" in word(report)) == (True, False)


@pytest.mark.parametrize(("language", "said"), [("zh", "截去尾数，不四舍五入"), ("en", "cut off and not rounded")])
def test_brief_and_sheet_say_that_availability_is_cut_off(office: Office, language: str, said: str) -> None:
    report = speaking(office, language).brief(language=language)

    assert [said in page(report, kind) for kind in ("brief", "results")] == [True, True]
    assert said in word(report)
