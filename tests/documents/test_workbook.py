"""Restyled workbook templates keep everything people gave them; values come in as text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.documents.properties import impersonal
from aftersales_cli.documents.workbook import Workbook
from aftersales_cli.errors import Exit, Stop
from tests.documents.restyled import by_openpyxl, by_xlsxwriter, parts, repacked
from tests.documents.views import TEXTBOOK, row, view

LIBREOFFICE = Path(__file__).with_name("saved_by_libreoffice.xlsx")  # by_xlsxwriter(), opened and saved by it
LOOKS = ("font", "fill", "border", "alignment", "number_format")
FIRST_FOUR = [list(line[:4]) for line in TEXTBOOK]


def filled(template: bytes, values: dict[str, Any] | None = None) -> bytes:
    return Workbook(template, "notice.xlsx").fill(values or view())


def cells(workbook: bytes) -> list[list[object]]:
    """What our own reader sees; empty cells are empty texts."""
    sheet = CalamineWorkbook.from_filelike(BytesIO(workbook)).get_sheet_by_index(0)
    return [list(line) for line in sheet.to_python(skip_empty_area=False)]


def sheet_of(workbook: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(workbook)).worksheets[0]


TEMPLATES = [
    pytest.param(by_xlsxwriter(), 3, id="shared texts (Excel's way)"),
    pytest.param(by_xlsxwriter(inline=True), 3, id="texts in the cells"),
    pytest.param(by_openpyxl(), 2, id="saved by openpyxl"),
    pytest.param(LIBREOFFICE.read_bytes(), 3, id="saved by LibreOffice"),
]


@pytest.mark.parametrize(("template", "above"), TEMPLATES)
def test_every_item_is_one_row_for_both_readers(template: bytes, above: int) -> None:
    document = filled(template)
    assert [line[:4] for line in cells(document)[above : above + 4]] == FIRST_FOUR
    rows = sheet_of(document).iter_rows(above + 1, above + 4, max_col=4, values_only=True)
    assert [list(line) for line in rows] == FIRST_FOUR


@pytest.mark.parametrize(("template", "above"), TEMPLATES)
def test_repeated_cells_keep_the_style_of_the_template(template: bytes, above: int) -> None:
    was, now = sheet_of(template), sheet_of(filled(template))
    for line in range(above + 1, above + 5):
        for column in range(1, 5):
            one, other = was.cell(above + 1, column), now.cell(line, column)
            assert [repr(getattr(other, look)) for look in LOOKS] == [repr(getattr(one, look)) for look in LOOKS]


@pytest.mark.parametrize(("template", "above"), TEMPLATES)
def test_what_the_sheet_does_not_say_stays_byte_for_byte(template: bytes, above: int) -> None:
    """Save what the file says of itself and whoever saved it."""
    was, now = impersonal(parts(template), "form.xlsx"), parts(filled(template))
    moved = {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/drawings/drawing1.xml"}
    assert set(now) == set(was)
    assert {n: d for n, d in now.items() if n not in moved} == {n: d for n, d in was.items() if n not in moved}
    assert any(name.startswith("xl/media/") for name in now)


@pytest.mark.parametrize(("template", "above"), TEMPLATES)
def test_widths_and_page_survive(template: bytes, above: int) -> None:
    was, now = sheet_of(template), sheet_of(filled(template))
    assert {k: d.width for k, d in now.column_dimensions.items()} == {
        k: d.width for k, d in was.column_dimensions.items()
    }
    assert (now.page_setup.orientation, int(now.page_setup.paperSize)) == ("landscape", 9)
    assert vars(now.page_margins) == vars(was.page_margins)


@pytest.mark.parametrize(("template", "above"), TEMPLATES)
def test_no_mark_is_left_anywhere_in_the_file(template: bytes, above: int) -> None:
    assert [name for name, data in parts(filled(template)).items() if b"{{" in data] == []


@pytest.mark.parametrize(("template", "above"), TEMPLATES)
def test_same_view_same_bytes(template: bytes, above: int) -> None:
    workbook = Workbook(template)
    assert workbook.fill(view()) == workbook.fill(view()) == Workbook(template).fill(view())


def test_what_stands_below_moves_down_with_its_cells() -> None:
    sheet = sheet_of(filled(by_xlsxwriter()))
    assert sheet["A10"].value == "发布日期 2011年5月27日"
    assert sorted(str(area) for area in sheet.merged_cells.ranges) == ["A11:C11", "A2:D2"]
    assert sheet["A9"].value == "=COUNTA(A4:A7)+ROW(A3)"
    assert sheet["A12"].hyperlink.ref == "A12"
    assert sorted(str(rule.sqref) for rule in sheet.conditional_formatting) == ["A11", "A4:D7"]
    rules = {str(r.sqref): r.rules[0].formula for r in sheet.conditional_formatting}
    assert rules == {"A4:D7": ['LEFT($B4,2)="中国"'], "A11": ["LEN(TRIM(A11))>0"]}
    checks = {str(check.sqref): check.formula1 for check in sheet.data_validations.dataValidation}
    assert checks == {"C4:C7": "60", "A10": "$A$11:$A$12"}
    assert (sheet.print_area, sheet.print_title_rows) == ("'通知 表'!$A$1:$D$12", "$2:$3")
    assert [line.id for line in sheet.row_breaks.brk] == [9]
    assert sheet.dimensions == "A2:D12"
    assert sheet.parent.defined_names["notes"].attr_text == "'通知 表'!$A$10:$C$11"
    assert sheet.row_dimensions[2].height == 41.25


def test_a_picture_below_moves_and_one_above_stays() -> None:
    drawing = etree.fromstring(parts(filled(by_xlsxwriter()))["xl/drawings/drawing1.xml"])
    spreadsheet = {"xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"}
    rows = [row.text for row in drawing.findall(".//xdr:from/xdr:row", spreadsheet)]
    assert rows == ["0", "9"]


def test_one_row_moves_nothing_but_results_of_formulas_are_left_to_the_program() -> None:
    document = filled(by_xlsxwriter(), view(TEXTBOOK[0]))
    assert sheet_of(document)["A6"].value == "=COUNTA(A4:A4)+ROW(A3)"
    assert b"<v>9</v>" not in parts(document)["xl/worksheets/sheet1.xml"]
    assert b'fullCalcOnLoad="1"' in parts(document)["xl/workbook.xml"]


def test_what_a_cell_cannot_hold_whole_is_told_with_its_cell_and_how_much_is_left_out() -> None:
    cut: list[Cut] = []
    rows = [row(TEXTBOOK[0]), row(TEXTBOOK[0], customer_name="长" * 32_800)]
    document = Workbook(by_xlsxwriter()).fill(view() | {"rows": rows}, cut)
    (cell,) = [cell.coordinate for line in sheet_of(document) for cell in line if str(cell.value).endswith("…")]

    assert [(one.cell, one.left_out) for one in cut] == [(cell, 34)]


def test_no_item_takes_the_row_out() -> None:
    sheet = sheet_of(filled(by_xlsxwriter(), view() | {"rows": []}))
    assert sheet["A6"].value == "发布日期 2011年5月27日"
    assert sheet["A3"].value == "割接任务号"
    assert sheet.print_area == "'通知 表'!$A$1:$D$8"
    assert [str(rule.sqref) for rule in sheet.conditional_formatting] == ["A7"]


def test_cells_merged_in_the_repeated_row_are_merged_in_each() -> None:
    merged = (b'<mergeCells count="2">', b'<mergeCells count="3"><mergeCell ref="C4:D4"/>')
    template = repacked(by_xlsxwriter(), {"xl/worksheets/sheet1.xml": merged})
    areas = {str(area) for area in sheet_of(filled(template)).merged_cells.ranges}
    assert areas == {"A2:D2", "A11:C11", "C4:D4", "C5:D5", "C6:D6", "C7:D7"}


def test_headers_and_footers_are_filled_and_keep_their_codes() -> None:
    values = view()
    values["sender"] = {**values["sender"], "unit": "R&D 服务中心"}
    root = etree.fromstring(parts(filled(by_xlsxwriter(), values))["xl/worksheets/sheet1.xml"])
    assert root.findtext(".//{*}oddFooter") == "&LR&&D 服务中心&C第&P页&R&8 2011年5月27日"


def test_fonts_inside_a_cell_survive_and_a_mark_cut_in_two_is_mended() -> None:
    book = openpyxl.load_workbook(BytesIO(filled(by_openpyxl())), rich_text=True)
    sheet = book.worksheets[0]
    assert [str(part) for part in sheet["A8"].value] == ["编号 ", "a1b2c3d4e5f6", " 请妥存"]
    assert [str(part) for part in sheet["B8"].value] == ["由", "上海政企客户网络服务中心", "发出"]
    assert sheet["B8"].value[1].font.b


@pytest.mark.parametrize(
    "text",
    [
        "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "＝1+1", "#N/A", "1e5", "00120", "TRUE", "2011-06-08",
        "<b>&amp;</b>", "{{ title }}", "_x0041_", " 前后有空格 ", "两\n行", "𠮷野家",
    ],
)  # fmt: skip
def test_a_value_is_text_and_comes_back_as_it_went_in(text: str) -> None:
    document = filled(by_xlsxwriter(), view() | {"rows": [row(TEXTBOOK[0], customer_name=text)]})
    assert cells(document)[3][1] == text
    cell = sheet_of(document)["B4"]
    assert cell.data_type == "s"


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    document = Workbook(by_xlsxwriter()).fill(view() | {"rows": [row(TEXTBOOK[0], customer_name=text)]})
    assert cells(document)[3][1] == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("甲\x00\x0b\x1f乙\x85", "甲乙", id="control characters go"),
        pytest.param("甲\ud800乙", "甲乙", id="half characters go"),
        pytest.param("甲\r\n乙\r丙", "甲\n乙\n丙", id="line ends are one kind"),
        pytest.param("长" * 40_000, "长" * 32_766 + "…", id="what a cell cannot hold is visibly cut"),
        pytest.param("𠮷" * 20_000, "𠮷" * 16_383 + "…", id="counted as spreadsheets count"),
    ],
)
def test_what_no_cell_can_hold(text: str, shown: str) -> None:
    document = filled(by_xlsxwriter(), view() | {"rows": [row(TEXTBOOK[0], customer_name=text)]})
    assert sheet_of(document)["B4"].value == shown


def test_a_row_grows_with_its_text_and_never_shrinks_below_its_own_height() -> None:
    long = row(TEXTBOOK[0], customer_name="很长的客户名称" * 12)
    sheet = sheet_of(filled(by_xlsxwriter(), view() | {"rows": [row(TEXTBOOK[0]), long]}))
    assert sheet.row_dimensions[4].height is None
    assert sheet.row_dimensions[5].height > 80
    fixed = repacked(
        by_xlsxwriter(), {"xl/worksheets/sheet1.xml": (b'<row r="4"', b'<row r="4" ht="60" customHeight="1"')}
    )
    heights = sheet_of(filled(fixed, view() | {"rows": [row(TEXTBOOK[0]), long]})).row_dimensions
    assert heights[4].height == 60
    assert heights[5].height > 80


def test_an_automatic_height_measured_for_the_template_is_dropped() -> None:
    template = repacked(by_xlsxwriter(), {"xl/worksheets/sheet1.xml": (b'<row r="4"', b'<row r="4" ht="15.75"')})
    assert sheet_of(filled(template)).row_dimensions[4].height is None


def test_rows_and_cells_without_numbers_are_counted() -> None:
    plain = by_openpyxl()
    sheet = parts(plain)["xl/worksheets/sheet1.xml"]
    root = etree.fromstring(sheet)
    for element in root.iter("{*}row", "{*}c"):
        above = element.getparent()
        if above is not None and "5" not in (above.get("r"), element.get("r")):
            del element.attrib["r"]
    template = repacked(plain, {"xl/worksheets/sheet1.xml": (sheet, etree.tostring(root))})
    assert [line[:4] for line in cells(filled(template))[2:6]] == FIRST_FOUR


def test_a_table_of_the_sheet_grows_and_is_never_left_without_a_row() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.add_table(
        "A1:B2", {"columns": [{"header": "任务"}, {"header": "电路"}], "data": [["{{ row.task_no }}", "-"]]}
    )
    book.close()
    template = buffer.getvalue()
    grown = sheet_of(filled(template)).tables["Table1"]
    assert (grown.ref, grown.autoFilter.ref) == ("A1:B5", "A1:B5")
    assert sheet_of(filled(template, view() | {"rows": []})).tables["Table1"].ref == "A1:B2"


def stopped(template: bytes, values: dict[str, Any] | None = None) -> tuple[str, str]:
    """What the command says when it stops with 78: message and hint."""
    with pytest.raises(Stop) as caught:
        filled(template, values)
    assert caught.value.code == Exit.SETTINGS
    return caught.value.message.to("en"), caught.value.hint.to("en") if caught.value.hint else ""


def edited(was: str, becomes: str) -> bytes:
    template = by_xlsxwriter(inline=True)
    return repacked(template, {"xl/worksheets/sheet1.xml": (was.encode(), becomes.encode())})


@pytest.mark.parametrize(
    ("template", "message", "hint"),
    [
        pytest.param(
            edited("row.customer_name", "row.custmer_name"),
            "notice.xlsx › 通知 表 › B4: there is no value “custmer_name”",
            "did you mean customer_name",
            id="E01: a name the row does not have",
        ),
        pytest.param(
            edited("{{ title }}", "{{ titel }}"),
            "notice.xlsx › 通知 表 › A2: there is no value “titel”",
            "did you mean title?",
            id="E01: a name nobody gave",
        ),
        pytest.param(
            edited("发布日期 {{ issued_on }}", "发布\n日期 {{ isued_on }}"),
            "notice.xlsx › 通知 表 › A7: there is no value “isued_on”",
            "did you mean issued_on?",
            id="E01: below the repeated row, behind a line break",
        ),
        pytest.param(
            edited("{{ title }}", "{{ title"),
            "notice.xlsx › 通知 表 › A2: unexpected end of template",
            "a value is written {{ … }}",
            id="E02: braces not closed",
        ),
        pytest.param(
            edited("{{ title }}", "{% if title %}x"),
            "notice.xlsx › 通知 表 › A2: Unexpected end of template",
            "",
            id="E02: a condition left open does not swallow other cells",
        ),
        pytest.param(
            edited("{{ title }}", "{{ title|shout }}"),
            "notice.xlsx › 通知 表 › A2: No filter named 'shout'.",
            "filters are those of Jinja",
            id="E02: unknown filter",
        ),
        pytest.param(
            edited("{{ title }}", "{{ title.__class__.__mro__ }}"),
            "notice.xlsx › 通知 表 › A2: not allowed in a template",
            "",
            id="E03: a way out of the sandbox",
        ),
        pytest.param(
            edited("{{ title }}", "{{ none }}"),
            "notice.xlsx › 通知 表 › A2: a value that is empty would be printed as “None”",
            "{{ value or '–' }}",
            id="E05: None",
        ),
        pytest.param(
            edited("{{ title }}", "{{ 1 / 0 }}"),
            "notice.xlsx › 通知 表 › A2: ZeroDivisionError",
            "",
            id="E06: any error has its cell",
        ),
        pytest.param(
            edited("第&amp;P页", "{{ page }}"),
            "notice.xlsx › 通知 表 › oddFooter: there is no value “page”",
            "",
            id="E01: in the footer",
        ),
        pytest.param(
            edited("{{ title }}", "{{ row.window }}"),
            "notice.xlsx › 通知 表 › A4: “row” is used outside the row of A2",
            "one row of the workbook is repeated",
            id="two rows to repeat",
        ),
        pytest.param(
            edited('t="inlineStr"><is><t>{{ row.window }}</t></is>', "><f>A1</f>"),
            "notice.xlsx › 通知 表 › D4: a formula stands in the row that is repeated",
            "let the value be filled in instead",
            id="a formula to repeat",
        ),
        pytest.param(
            repacked(by_openpyxl(), {}, {"xl/vbaProject.bin": b"x"}),
            "notice.xlsx contains macros",
            "without macros",
            id="macros",
        ),
        pytest.param(b"PK\x03\x04 cut off", "notice.xlsx is not an .xlsx workbook, or is damaged", "", id="damaged"),
        pytest.param(b"", "notice.xlsx is not an .xlsx workbook, or is damaged", "", id="empty file"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "notice.xlsx is an old .xls workbook or has a password", "", id="xls"
        ),
        pytest.param(
            repacked(by_openpyxl(), {"xl/workbook.xml": (b"schemas.openxmlformats.org", b"purl.oclc.org")}),
            "notice.xlsx is no ordinary .xlsx workbook",
            "Strict Open XML",
            id="strict",
        ),
        pytest.param(
            repacked(by_xlsxwriter(), {"xl/sharedStrings.xml": (b"<si>", b"<si><")}),
            "notice.xlsx is damaged: its part xl/sharedStrings.xml cannot be read",
            "",
            id="a part that is not XML",
        ),
        pytest.param(
            repacked(by_xlsxwriter(), {"xl/sharedStrings.xml": (b"<sst", b'<!DOCTYPE a [<!ENTITY e "x">]><sst')}),
            "notice.xlsx is damaged: its part xl/sharedStrings.xml cannot be read",
            "",
            id="entities",
        ),
    ],
)
def test_a_template_that_does_not_hold_is_named_by_its_cell(template: bytes, message: str, hint: str) -> None:
    said, advice = stopped(template)
    assert said.startswith(message)
    assert hint in advice


def test_a_workbook_without_a_row_to_repeat_is_no_form() -> None:
    book = openpyxl.Workbook()
    buffer = BytesIO()
    book.save(buffer)
    assert stopped(buffer.getvalue())[0] == "notice.xlsx has no row to repeat: none of its cells uses “row”"


def test_only_plain_values_reach_a_template() -> None:
    with pytest.raises(TypeError, match=r"view\.sender is a "):
        filled(by_xlsxwriter(), view() | {"sender": Path()})
