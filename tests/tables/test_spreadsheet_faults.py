"""Section A of the fault list: spreadsheets that are not what they seem."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
import xlwt
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text
from xlsxwriter import Workbook

from aftersales_cli.files.confined import Confined, Crashed
from aftersales_cli.places import Severity
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.reading import Input, read_table
from aftersales_cli.words import Say
from tests.tables.making import (
    HEADINGS,
    ROWS,
    TABLE,
    WORDS,
    Reader,
    code,
    repacked,
    replaced,
    said,
    text,
    without,
    workbook,
    xlsx,
)  # fmt: skip

SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HTML = "<html><table><tr><td>割接任务号</td></tr></table></html>".encode()
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("割接")
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods() -> bytes:
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="割接")
    for cells in TABLE:
        row = odf_table.TableRow()
        for cell in cells:
            made = odf_table.TableCell(valuetype="string")
            made.addElement(odf_text.P(text=cell))
            row.addElement(made)
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()


def strict() -> bytes:
    """Strict Open XML: the same parts in ISO's namespaces."""

    def change(name: str, data: bytes) -> bytes:
        del name
        return (
            data.replace(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships")
        )  # fmt: skip

    return repacked(xlsx(*TABLE), change)


def stray() -> bytes:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].write_string(1_048_575, 16_383, "x")

    return workbook({"割接": TABLE}, touch)


def hidden_one() -> bytes:
    def touch(book: Workbook) -> None:
        book.get_worksheet_by_name("旧").hide()

    return workbook({"割接": TABLE, "旧": TABLE}, touch)


def only_hidden() -> bytes:
    def touch(book: Workbook) -> None:
        book.get_worksheet_by_name("旧").hide()

    return workbook({"首页": [["说明"]], "旧": TABLE}, touch)


def bomb() -> bytes:
    made = io.BytesIO(xlsx(*TABLE))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/media/zeros.bin", bytes(20_000_000))
    return made.getvalue()


def preamble(lines: int) -> bytes:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].merge_range(0, 0, 0, 6, "计划割接通知表")

    return workbook({"割接": [*([["导出说明"]] * lines), [""], *TABLE]}, touch)


def blank_rows() -> bytes:
    def touch(book: Workbook) -> None:
        grey = book.add_format({"bg_color": "#EEEEEE"})
        for row in range(len(TABLE), 30_000):
            book.worksheets()[0].write_blank(row, 0, None, grey)

    return workbook({"割接": TABLE}, touch)


READ_WHOLE = [
    pytest.param("x.xls", text(mark="\t", encoding="gb18030"), id="A01-xls-that-is-text"),
    pytest.param("x.xls", text([[f'="{c}"' for c in r] for r in TABLE], "\t", "gb18030"), id="A01-formula-quotes"),
    pytest.param("x.xlsx", strict(), id="A06-strict-open-xml"),
    pytest.param(
        "x.xlsx",
        repacked(xlsx(*TABLE), replaced(SHEET, b'<dimension ref="A1:G5"/>', b'<dimension ref="A1"/>')),
        id="A07-wrong-dimension",
    ),
    pytest.param("x.xlsx", blank_rows(), id="A09-formatted-empty-rows"),
    pytest.param("x.xlsx", preamble(24), id="A15-preamble-and-merged-title"),
    pytest.param("x.xlsx", xlsx(*TABLE, ("合计", "", "", "", "4", "", "")), id="A15-total-row"),
    pytest.param("x.xlsx", hidden_one(), id="A14-hidden-sheet-is-not-read"),
    pytest.param("x.xls", xls(), id="xls"),
    pytest.param("x.xls", xlsx(*TABLE), id="xlsx-called-xls"),
    pytest.param("x.csv", xlsx(*TABLE), id="xlsx-called-csv"),
    pytest.param("x.ods", ods(), id="ods"),
]


@pytest.mark.parametrize(("name", "data"), READ_WHOLE)
def test_the_four_rows_are_read_whatever_the_file_calls_itself(read: Reader, name: str, data: bytes) -> None:
    found = read(data, name)
    assert said(found) == "" or all(problem.severity is Severity.CAUTION for problem in found.problems)
    assert code(found) == 0
    assert [tuple(str(getattr(r, f)) for f in ("task_no", "customer_name", "circuit_code", "window", "interruption",
                                               "province", "reason")) for r in found.records] == [*ROWS]  # fmt: skip


REFUSED = [
    pytest.param("x.xls", HTML, 65, "web page (HTML)", id="A02-html"),
    pytest.param("x.xls", XML_2003, 65, "XML Spreadsheet 2003", id="A02-xml-2003"),
    pytest.param("x.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), 65, "password", id="A03-xlsx"),
    pytest.param("x.xlsx", b"", 65, "0 bytes", id="A04-empty"),
    pytest.param("x.xlsx", xlsx(*TABLE)[:3000], 65, "incomplete or damaged (3000 bytes)", id="A04-truncated-xlsx"),
    pytest.param("x.xls", xls()[:3000], 65, "incomplete or damaged (3000 bytes)", id="A04-truncated-xls"),
    pytest.param("x.xlsx", b"PK\x03\x04", 65, "incomplete or damaged (4 bytes)", id="A04-zip-magic-only"),
    pytest.param(
        "x.xlsx",
        repacked(xlsx(*TABLE), without("[Content_Types].xml")),
        65,
        "[Content_Types].xml is missing",
        id="A05-content-types",
    ),
    pytest.param(
        "x.xlsx",
        repacked(xlsx(*TABLE), without("xl/sharedStrings.xml")),
        65,
        "xl/sharedStrings.xml is missing",
        id="A05-shared-strings",
    ),
    pytest.param(
        "x.xlsx", repacked(xlsx(*TABLE), without("xl/styles.xml")), 65, "xl/styles.xml is missing", id="A05-styles"
    ),
    pytest.param(
        "x.xlsx",
        repacked(xlsx(*TABLE), without("xl/workbook.xml")),
        65,
        "xl/workbook.xml is missing",
        id="A05-workbook",
    ),
    pytest.param("x.xlsx", xlsx(HEADINGS), 65, "no rows below them", id="A06-headings-without-rows"),
    pytest.param("x.xlsx", stray(), 65, "row 1048576 has something in it", id="A08-stray-cell"),
    pytest.param("x.xlsx", bomb(), 65, "zip_ratio", id="A10-bomb"),
    pytest.param(
        "x.xlsx",
        repacked(xlsx(*TABLE), replaced("xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook')),
        65,
        "declares entities",
        id="A11-entities",
    ),
    pytest.param(
        "x.xlsx", xlsx(首页=[["说明"]], 数据=[["a", "b"]]), 65, "its sheets are 首页, 数据", id="A14-no-sheet"
    ),
    pytest.param("x.xlsx", xlsx(一月=TABLE, 二月=TABLE), 65, "一月, 二月", id="A14-two-sheets"),
    pytest.param("x.xlsx", only_hidden(), 65, "hidden: 旧", id="A14-only-hidden"),
    pytest.param(
        "x.xlsx", preamble(60), 65, "no sheet has the heading 割接任务号 in its first 50 rows", id="A15-too-late"
    ),
    pytest.param(
        "x.xlsx",
        xlsx(HEADINGS[:4], *ROWS),
        65,
        "missing: 中断类型, 割接省, 割接原因分类; found in row 1",
        id="A15-best-guess",
    ),
]


@pytest.mark.parametrize(("name", "data", "expected", "words"), REFUSED)
def test_a_file_that_is_no_table_is_refused_by_its_true_name(
    read: Reader, name: str, data: bytes, expected: int, words: str
) -> None:
    found = read(data, name)
    assert code(found) == expected
    assert words in said(found)
    assert found.records == ()
    assert found.failed == (name,)
    assert not found.complete
    assert [problem.held for problem in found.problems] == [("cutovers",)]


def test_a_hidden_sheet_is_read_when_named(read: Reader) -> None:
    assert len(read(only_hidden(), sheet="旧").records) == 4


def test_a_missing_file_is_66(read: Reader) -> None:
    found = read(None, "nowhere.xlsx")
    assert (code(found), found.failed) == (66, ("nowhere.xlsx",))


def test_a_text_that_calls_itself_xls_is_said_to_be_one(read: Reader) -> None:
    """A01"""
    found = read(text(mark="\t", encoding="gb18030"), "导出.xls")
    assert "it is read as a text table; " in said(found)


def test_a_total_row_is_passed_over_with_a_note(read: Reader) -> None:
    """A15"""
    found = read(xlsx(*TABLE, ("", "合计", "", "", "", "", "")))
    assert (found.rows, code(found)) == (4, 0)
    assert said(found) == "cutovers.xlsx › 割接 › row 6 the row of totals was passed over;  [caution]"


def test_a_crash_of_the_reader_is_a_problem_of_the_file(read: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """A12"""

    def crash(*_: object) -> None:
        raise Crashed(Say("the reader crashed on it (code {code})", code=-6))

    monkeypatch.setattr(Confined, "call", crash)
    found = read(xlsx(*TABLE))
    assert code(found) == 65
    assert "the reader crashed on it" in said(found)


def with_openpyxl(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in TABLE:
        sheet.append(row)
    change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def bare_formula(sheet: Any) -> None:
    sheet["E3"] = '="中断: "&30&"分钟"'


def error_formula() -> bytes:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].write_formula("E3", "=VLOOKUP(1,A1,1)", None, "#N/A")

    return workbook({"割接": TABLE}, touch)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        pytest.param(
            with_openpyxl(bare_formula),
            "is a formula without a stored result; open the file in Excel",
            id="A16-no-result",
        ),
        pytest.param(error_formula(), "shows the error #N/A", id="A16-error-cell"),
        pytest.param(
            xlsx(TABLE[0], TABLE[1], (*TABLE[2][:4], "#N/A", *TABLE[2][5:]), *TABLE[3:]),
            "shows the error #N/A",
            id="A16-error-as-text",
        ),
    ],
)
def test_a_cell_that_only_looks_empty_is_a_problem_with_its_place(read: Reader, data: bytes, words: str) -> None:
    found = read(data)
    assert code(found) == 3
    assert len(found.records) == 3
    assert words in said(found)
    [problem] = found.problems
    assert str(problem.place).endswith("E3 (中断类型)")
    assert problem.held == ("task BD2011GDJH000473",)


def test_a_formula_with_a_stored_result_is_read(read: Reader) -> None:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].write_formula("E3", '="x"', None, "中断: 80分钟")

    assert code(read(workbook({"割接": TABLE}, touch))) == 0


def test_cells_merged_over_rows_say_the_same_in_each(read: Reader) -> None:
    """One task number beside two circuits."""

    def touch(book: Workbook) -> None:
        book.worksheets()[0].merge_range(1, 0, 2, 0, "JT2011SHJH000160")

    second = ("", *ROWS[0][1:2], "北京上海30N0001NP", *ROWS[0][3:])
    found = read(workbook({"割接": [HEADINGS, ROWS[0], second]}, touch))
    assert [(r.task_no, r.circuit_code) for r in found.records] == [
        ("JT2011SHJH000160", "北京上海30N2332NP"),
        ("JT2011SHJH000160", "北京上海30N0001NP"),
    ]


@pytest.mark.parametrize(
    ("limits", "name"),
    [
        pytest.param(Limits(rows=3), "rows", id="rows"),
        pytest.param(Limits(cells=20), "cells", id="cells"),
        pytest.param(Limits(file_mb=0.001), "file_mb", id="size"),
        pytest.param(Limits(zip_entries=2), "zip_entries", id="entries"),
        pytest.param(Limits(zip_mb=0.001), "zip_mb", id="inflated"),
    ],
)
def test_a_file_over_a_limit_is_refused_by_the_name_of_the_limit(read: Reader, limits: Limits, name: str) -> None:
    found = read(xlsx(*TABLE), limits=limits)
    assert code(found) == 65
    assert name in said(found)


def test_row_numbers_are_those_the_spreadsheet_shows(read: Reader) -> None:
    rows = [[""], ["标题"], [""], HEADINGS, ROWS[0], [""], ROWS[1]]
    found = read(xlsx(*rows))
    assert [record.source.row for record in found.records] == [5, 7]
    assert str(found.records[1].place("window")) == "cutovers.xlsx › 割接 › D7 (割接时间)"


def test_columns_keep_their_letters_when_the_first_ones_are_empty(read: Reader) -> None:
    found = read(xlsx(*(("", "", *row) for row in TABLE)))
    assert str(found.records[0].place("task_no")) == "cutovers.xlsx › 割接 › C2 (割接任务号)"


def test_a_second_reader_sees_as_many_rows(read: Reader) -> None:
    data = xlsx(HEADINGS, *(ROWS * 60))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert sheet is not None
    assert read(data).rows == sheet.max_row - 1 == 240


def test_what_comes_by_stdin_is_read_as_csv(confined: Confined) -> None:
    each = Input("cutovers", "-", data=text(encoding="gb18030"))
    found = read_table([each], Cutover.TABLE, confined=confined, vocabularies=WORDS)
    assert len(found.records) == 4
    assert str(found.records[0].place("task_no")) == "- › line 2 (割接任务号)"
