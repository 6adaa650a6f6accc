"""Generated lists: text stays text, the look is constant, and the same rows give the same bytes."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from aftersales_cli.documents import lists
from aftersales_cli.documents.cleaning import cleaned
from aftersales_cli.documents.lists import Column, sheet_name, table_workbook

COLUMNS = (
    Column("割接任务号"),
    Column("客户编码"),
    Column("送达时间", to_fill_in=True),
    Column("送达方式", choices=("邮件", "电话", "当面"), to_fill_in=True),
)
ROWS = (("JT2011SHJH000160", "0012", "", ""), ("BD2011GDJH000473", "=1+1", "2011-06-01 09:00", "邮件"))


def sheet(document: bytes) -> Any:
    """The first sheet as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(document)).worksheets[0]


def test_headings_then_rows() -> None:
    found = [tuple(row) for row in sheet(table_workbook("回执登记表", COLUMNS, ROWS)).values]
    assert found == [
        ("割接任务号", "客户编码", "送达时间", "送达方式"),
        ("JT2011SHJH000160", "0012", None, None),
        ("BD2011GDJH000473", "=1+1", "2011-06-01 09:00", "邮件"),
    ]


HOSTILE = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "#N/A", "0012", "1E5", "http://x.cn", "{=1}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula_a_number_or_a_link(text: str) -> None:
    """O03."""
    cell = sheet(table_workbook("表", COLUMNS[:1], [[text]]))["A2"]
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (text, "s", "@", None)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
@example("_x0041_")
@example(" spaces ")
@example("a\x00\x0b\r\nb")
def test_every_text_reads_back_as_its_clean_self(text: str) -> None:
    document = table_workbook("表", COLUMNS[:2], [["x", text]])
    assert CalamineWorkbook.from_filelike(BytesIO(document)).get_sheet_by_index(0).to_python()[1] == [
        "x",
        cleaned(text),
    ]


def test_a_text_too_long_for_a_cell_is_cut_where_it_shows() -> None:
    value = sheet(table_workbook("表", COLUMNS[:1], [["长" * 40_000]]))["A2"].value
    assert (len(value), value[-2:]) == (32_767, "长…")


def test_the_look_is_constant() -> None:
    found = sheet(table_workbook("回执登记表", COLUMNS, ROWS))
    assert (found.title, found.freeze_panes, found.auto_filter.ref) == ("回执登记表", "A2", "A1:D3")
    assert found["A1"].fill.fgColor.rgb == "FFE4ECF7"
    assert found["C2"].fill.fgColor.rgb == "FFFFF9E8"
    assert {cell.number_format for row in found["A2:D3"] for cell in row} == {"@"}
    assert found.print_title_rows == "$1:$1"


def test_columns_are_as_wide_as_their_longest_text_within_limits() -> None:
    found = sheet(table_workbook("表", [Column("a"), Column("b"), Column("割接任务号")], [["x", "长" * 100, "x"]]))
    widths = [round(found.column_dimensions[letter].width) for letter in "ABC"]
    assert widths[1] > widths[2] > widths[0]
    assert widths[1] < 50


def test_a_drop_down_offers_words_and_warns_about_others() -> None:
    rules = sheet(table_workbook("表", COLUMNS, ROWS)).data_validations.dataValidation
    assert [(rule.formula1, rule.errorStyle) for rule in rules] == [('"邮件,电话,当面"', "warning")]
    assert "D2" in rules[0].sqref
    assert "D100" in rules[0].sqref


def test_a_list_of_words_too_long_for_a_drop_down_is_left_out() -> None:
    document = table_workbook("表", [Column("a", choices=tuple("词" * 20 + str(i) for i in range(20)))], [["x"]])
    assert sheet(document).data_validations.dataValidation == []


def test_there_is_one_sheet_and_none_hidden() -> None:
    book = openpyxl.load_workbook(BytesIO(table_workbook("表", COLUMNS, ROWS)))
    assert [one.sheet_state for one in book.worksheets] == ["visible"]


def test_no_rows_make_an_empty_form() -> None:
    assert sheet(table_workbook("表", COLUMNS, [])).max_row == 1


def test_a_row_of_another_width_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="argument"):
        table_workbook("表", COLUMNS[:2], [["x", "y", "z"]])


def test_same_rows_same_bytes() -> None:
    assert table_workbook("表", COLUMNS, ROWS) == table_workbook("表", tuple(COLUMNS), [list(row) for row in ROWS])


def test_a_long_list_says_the_same_and_is_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is written row by row; what people see of it does not change."""
    short = table_workbook("表", COLUMNS, ROWS * 3)
    monkeypatch.setattr(lists, "_LONG", 5)
    long = table_workbook("表", COLUMNS, ROWS * 3)

    assert long != short
    assert list(sheet(long).values) == list(sheet(short).values)
    assert sheet(long).row_dimensions[1].height == sheet(short).row_dimensions[1].height == 26.25  # in whole pixels
    assert long == table_workbook("表", COLUMNS, ROWS * 3)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        pytest.param("回执登记表", "回执登记表", id="plain"),
        pytest.param("a/b[c]:*?\\d", "a b c d", id="forbidden"),
        pytest.param("'quoted'", "quoted", id="apostrophes"),
        pytest.param("长" * 40, "长" * 30 + "…", id="long"),
        pytest.param("\x00 ", "Sheet1", id="nothing left"),
    ],
)
def test_a_title_becomes_a_name_a_sheet_can_have(title: str, name: str) -> None:
    assert sheet_name(title) == name
    assert sheet(table_workbook(title, COLUMNS, ROWS)).title == name
