"""Workbooks of several sheets: cells keep their kinds, a warning is printed on every page, same values same bytes."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl

from aftersales_cli.documents.sheets import Cell, Column, Section, Sheet, workbook

COLUMNS = (Column("编码", 10), Column("日期", 12, middle=True), Column("次数", 8))
ROWS = (Section("甲"), ("=1+1", date(2026, 3, 12), 2), Section("乙"), ("007", None, 0))


def made(**fields: object) -> openpyxl.Workbook:
    """The workbook, read back."""
    sheet = Sheet("计划", "2026年", COLUMNS, ROWS, **fields)  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(workbook("计划", [sheet])))


def test_text_days_and_numbers_are_what_they_were() -> None:
    rows = [[cell.value for cell in row] for row in made()["计划"].iter_rows()]
    assert rows == [
        ["2026年", None, None],
        ["编码", "日期", "次数"],
        ["甲", None, None],
        ["=1+1", datetime(2026, 3, 12), 2],  # noqa: DTZ001 - a spreadsheet's days have no zone
        ["乙", None, None],
        ["007", None, 0],
    ]
    assert made()["计划"]["A4"].data_type == "s"


def test_a_warning_stands_on_every_printed_page() -> None:
    sheet = made(notes=("编制",), warning="暂定")["计划"]
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["编制", "暂定", "编码"]
    assert sheet.print_title_rows == "$3:$4"


def breaks(*sections: int) -> list[int]:
    """The rows below which a page ends, of sections of so many rows; a title and the headings are the first two."""
    rows: list[Section | tuple[Cell, ...]] = []
    for n in sections:
        rows += [Section("甲"), *[("007", None, n)] * n]
    sheet = Sheet("计划", "2026年", (Column("编码", 60), Column("日期", 40), Column("次数", 30)), rows)
    return [each.id for each in openpyxl.load_workbook(io.BytesIO(workbook("计划", [sheet])))["计划"].row_breaks.brk]


def test_sections_that_fit_on_a_page_stand_on_one() -> None:
    """Some 30 rows go on a page."""
    assert breaks(3, 4, 5) == []


def test_a_section_that_fits_on_one_page_is_not_broken_over_two() -> None:
    assert breaks(20, 20, 3, 20) == [2 + 21, 2 + 21 + 21 + 4]


def test_what_follows_a_section_longer_than_a_page_goes_on_below_it() -> None:
    assert breaks(40, 3, 30) == [2 + 41 + 4]


def test_the_same_values_give_the_same_bytes() -> None:
    sheet = Sheet("计划", "2026年", COLUMNS, ROWS)
    assert workbook("计划", [sheet]) == workbook("计划", [sheet])
