"""Merged cells: people see the first of them; what the others still hold is neither used nor dropped in silence."""

from __future__ import annotations

import pytest
from xlsxwriter import Workbook

from aftersales_cli.places import Severity
from tests.tables.making import HEADINGS, ROWS, TABLE, Reader, code, repacked, replaced, workbook

SHEET = "xl/worksheets/sheet1.xml"


def merged(*areas: str, rows: tuple[tuple[str, ...], ...] = TABLE) -> bytes:
    """A workbook whose cells were merged by a program that left in them what they held: Excel itself empties them."""
    listed = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    marks = f'</sheetData><mergeCells count="{len(areas)}">{listed}</mergeCells>'.encode()
    return repacked(workbook({"割接": rows}), replaced(SHEET, b"</sheetData>", marks))


def test_a_value_below_cells_merged_over_rows_gives_way_and_is_told_with_its_cell(read: Reader) -> None:
    found = read(merged("A2:A3"))

    assert [record.task_no for record in found.records][:2] == [ROWS[0][0], ROWS[0][0]]
    (told,) = found.problems
    assert str(told.place) == "cutovers.xlsx › 割接 › A3 (割接任务号)"
    assert (told.severity, told.found) == (Severity.CAUTION, ROWS[1][0])
    assert "merged into A2" in told.message.to("en")


def test_a_value_beside_the_cell_people_see_is_not_used(read: Reader) -> None:
    """The province stands below the interruption's merged cells: the row has none, as everybody sees."""
    found = read(merged("E3:F3"))

    assert len(found.records) == 3
    assert code(found) == 3
    assert [(str(p.place), p.severity) for p in found.problems] == [
        ("cutovers.xlsx › 割接 › F3 (割接省)", Severity.CAUTION),
        ("cutovers.xlsx › 割接 › F3 (割接省)", Severity.ERROR),
    ]


def test_where_the_cell_people_see_is_empty_so_are_those_below_it(read: Reader) -> None:
    rows = (HEADINGS, ("", *ROWS[0][1:]), *ROWS[1:])
    found = read(merged("A2:A3", rows=rows))

    assert len(found.records) == 2
    assert [str(p.place) for p in found.problems if p.severity is Severity.CAUTION] == [
        "cutovers.xlsx › 割接 › A3 (割接任务号)"
    ]


def test_the_same_value_in_every_cell_is_nothing_to_tell(read: Reader) -> None:
    rows = (HEADINGS, ROWS[0], (ROWS[0][0], *ROWS[1][1:]))
    found = read(merged("A2:A3", rows=rows))

    assert [record.task_no for record in found.records] == [ROWS[0][0]] * 2
    assert found.problems == ()


def test_a_heading_below_another_is_told(read: Reader) -> None:
    found = read(merged("E1:F1"))

    assert found.records == ()
    assert "割接省" in found.problems[0].message.to("en")


@pytest.mark.parametrize(
    ("area", "rows"),
    [
        pytest.param("A2:G3", 3, id="a block over two rows"),
        pytest.param("A2:XFD1048576", 1, id="to the end of the sheet"),
    ],
)
def test_a_row_of_which_nothing_is_seen_is_no_row(read: Reader, area: str, rows: int) -> None:
    assert read(merged(area)).rows == rows


def test_what_is_hidden_above_the_headings_or_beside_the_table_concerns_nobody(read: Reader) -> None:
    title = ("计划割接通知表", "旧标题", "", "", "", "", "", "")
    rows = (title, (*HEADINGS, "备注"), *((*row, "x") for row in ROWS))
    found = read(merged("A1:G1", "H3:H4", rows=rows))

    assert len(found.records) == 4
    assert [p for p in found.problems if "merged" in p.message.to("en")] == []


def test_a_workbook_that_excel_merged_says_nothing(read: Reader) -> None:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].merge_range("A2:A3", ROWS[0][0])

    second = ("", *ROWS[1][1:])
    assert read(workbook({"割接": [HEADINGS, ROWS[0], second]}, touch)).problems == ()
