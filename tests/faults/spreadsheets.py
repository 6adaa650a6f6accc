"""Makers of section A: cutover files that are not what they seem, built when a test asks for them."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import Any

import openpyxl
import xlwt
from odf import opendocument
from odf import table as odf_table
from odf import text as odf_text
from xlsxwriter import Workbook
from xlwt import CompoundDoc

from tests.faults.office import Office
from tests.jobs.world import cut
from tests.tables.making import repacked, replaced, text, without, workbook, xlsx

Maker = Callable[[], bytes]
HEADINGS = tuple(cut())
ROW = tuple(cut("X1").values())
SECOND = tuple(cut("X1", f"{ROW[0][:-1]}2").values())
TABLE = (HEADINGS, ROW)
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LAUGHS = b"<!DOCTYPE a [<!ENTITY a0 'ha'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
)
FILES: dict[str, tuple[str, Maker]] = {}


def file(name: str) -> Callable[[Maker], Maker]:
    """Register a maker of bytes; they stand in the office under that name."""

    def register(make: Maker) -> Maker:
        FILES[make.__name__] = (name, make)
        return make

    return register


def put(office: Office, maker: str) -> None:
    """Put the file of one maker among the cutovers."""
    name, make = FILES[maker]
    office.files[str(PurePosixPath("cutovers", name))] = make()


def quoted(rows: Any) -> list[list[str]]:
    return [[f'="{cell}"' for cell in row] for row in rows]


@file("bad.xls")
def gbk_text_with_tabs() -> bytes:
    return text(TABLE, "\t", "gb18030")


@file("bad.xls")
def gbk_text_with_formula_quotes() -> bytes:
    return text(quoted(TABLE), "\t", "gb18030")


@file("bad.xls")
def html() -> bytes:
    return "<html><table><tr><td>割接任务号</td></tr></table></html>".encode()


@file("bad.xlsx")
def html_called_xlsx() -> bytes:
    return b"\xef\xbb\xbf\r\n<!DOCTYPE html><html><meta charset=utf-8><table></table></html>"


@file("bad.xls")
def html_after_an_xml_line() -> bytes:
    return b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><table/></html>'


@file("bad.xls")
def xml_2003() -> bytes:
    return b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'


@file("bad.xlsx")
def password_xlsx() -> bytes:
    made = io.BytesIO()
    CompoundDoc.XlsDoc().save(made, b"\x09\x08" + bytes(5000))
    return made.getvalue().replace(
        "Workbook".encode("utf-16-le") + bytes(48), "EncryptedPackage".encode("utf-16-le") + bytes(32)
    )


@file("bad.xls")
def password_xls() -> bytes:
    """A BIFF8 stream whose second record says that the rest is encrypted."""
    locked = b"\x2f\x00\x36\x00\x01\x00\x01\x00\x01\x00" + bytes(48)
    book = xlwt.Workbook()
    book.add_sheet("割接").write(0, 0, "x")
    data = book.get_biff_data()
    made = io.BytesIO()
    CompoundDoc.XlsDoc().save(made, data[:20] + locked + data[20:])
    return made.getvalue()


@file("bad.xlsx")
def no_bytes() -> bytes:
    return b""


@file("bad.xlsx")
def truncated_xlsx() -> bytes:
    return xlsx(*TABLE)[:3000]


@file("bad.xls")
def truncated_xls() -> bytes:
    return xls()[:3000]


@file("bad.xlsx")
def zip_magic_only() -> bytes:
    return b"PK\x03\x04"


@file("bad.xlsx")
def half_downloaded() -> bytes:
    """The right length, the second half never arrived."""
    data = xlsx(*TABLE)
    return data[: len(data) // 2] + bytes(len(data) - len(data) // 2)


@file("bad.xlsx")
def without_content_types() -> bytes:
    return repacked(xlsx(*TABLE), without("[Content_Types].xml"))


@file("bad.xlsx")
def without_shared_strings() -> bytes:
    return repacked(xlsx(*TABLE), without(STRINGS))


@file("bad.xlsx")
def without_styles() -> bytes:
    return repacked(xlsx(*TABLE), without("xl/styles.xml"))


@file("bad.xlsx")
def without_sheet() -> bytes:
    return repacked(xlsx(*TABLE), without(SHEET))


@file("bad.xlsx")
def without_relations() -> bytes:
    return repacked(xlsx(*TABLE), without("xl/_rels/workbook.xml.rels"))


@file("bad.xlsx")
def without_book() -> bytes:
    return repacked(xlsx(*TABLE), without(BOOK))


@file("bad.xlsx")
def sheet_cut_off() -> bytes:
    return repacked(xlsx(*TABLE), lambda name, data: data[: len(data) // 2] if name == SHEET else data)


@file("bad.xlsx")
def strict() -> bytes:
    """Strict Open XML: the same parts in ISO's namespaces."""
    old = b"http://schemas.openxmlformats.org/"
    spaces = {
        old + b"spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        old + b"officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }

    def change(_name: str, data: bytes) -> bytes:
        for one, other in spaces.items():
            data = data.replace(one, other)
        return data

    return repacked(xlsx(*TABLE), change)


@file("bad.xlsx")
def headings_only() -> bytes:
    return xlsx(HEADINGS)


def _dimension(said: bytes) -> bytes:
    return repacked(
        xlsx(*TABLE, SECOND), lambda n, d: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + said + b'"', d)
    )


@file("bad.xlsx")
def dimension_of_one_cell() -> bytes:
    return _dimension(b"A1")


@file("bad.xlsx")
def dimension_of_all_cells() -> bytes:
    return _dimension(b"A1:XFD1048576")


@file("bad.xlsx")
def dimension_of_another_place() -> bytes:
    return _dimension(b"C9:D12")


def stray(row: int, column: int) -> bytes:
    return workbook({"割接": TABLE}, lambda book: book.worksheets()[0].write_string(row - 1, column - 1, "x"))


@file("bad.xlsx")
def stray_last_cell() -> bytes:
    return stray(1_048_576, 16_384)


@file("bad.xlsx")
def stray_last_cell_without_numbers() -> bytes:
    """As some exporters write it: the row says its number, the cells do not."""
    return repacked(
        stray(1_048_576, 16_384), lambda n, d: re.sub(rb'<c r="[A-Z]+(?!XFD)\d+"', b"<c", d) if n == SHEET else d
    )


@file("bad.xls")
def stray_last_cell_xls() -> bytes:
    return xls(lambda sheet: sheet.write(65_535, 255, "x"))


@file("bad.ods")
def stray_last_cell_ods() -> bytes:
    """One cell said to be repeated over the whole sheet."""
    return ods(repeated=(1_048_576, 16_384))


@file("bad.xlsx")
def styled_empty_rows() -> bytes:
    """Every row of the sheet has a format, five have something in them."""
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(4, 1_048_577))
    data = xlsx(*TABLE, SECOND)
    return packed(
        data, lambda name, part: part.replace(b"</sheetData>", rows + b"</sheetData>") if name == SHEET else part
    )


def packed(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """As `repacked`, with the fastest packing."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return made.getvalue()


def with_part(part: str, data: bytes) -> bytes:
    made = io.BytesIO(xlsx(*TABLE))
    with zipfile.ZipFile(made, "a", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(part, data)
    return made.getvalue()


@file("bad.xlsx")
def bomb_by_ratio() -> bytes:
    return with_part("xl/media/zeros.bin", bytes(20_000_000))


@file("bad.xlsx")
def bomb_by_size() -> bytes:
    """Says of one part that it inflates to 3 GB."""
    data = bytearray(with_part("xl/media/zeros.bin", b"0" * 1000))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (3_000_000_000).to_bytes(4, "little")
    return bytes(data)


@file("bad.xlsx")
def bomb_by_count() -> bytes:
    made = io.BytesIO(xlsx(*TABLE))
    with zipfile.ZipFile(made, "a") as zipped:
        for n in range(1_200):
            zipped.writestr(f"xl/media/{n}.bin", b"")
    return made.getvalue()


@file("bad.xlsx")
def bomb_that_lies() -> bytes:
    """The shared texts inflate to 1.2 GB; the directory says 1,000 bytes."""
    return lying(STRINGS, b"<sst><si><t>")


@file("bad.xlsx")
def bomb_sheet_that_lies() -> bytes:
    return lying(SHEET, b"<worksheet><sheetData><row r='1'><c r='A1'><v>")


def lying(part: str, start: bytes) -> bytes:
    """The part begins so, goes on with 1.2 GB of spaces, and says it is small. Blocks are packed once and repeated."""
    packer = zlib.compressobj(1, zlib.DEFLATED, -15)
    head = packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    packed = head + block * 1_200 + packer.flush()
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(*TABLE))) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            new.writestr(name, packed if name == part else old.read(name))
    data = bytearray(made.getvalue())
    at = data.rindex(part.encode()) - 46
    head_at = data.index(part.encode()) - 30
    data[at + 10 : at + 12] = data[head_at + 8 : head_at + 10] = (8).to_bytes(2, "little")  # deflated
    data[at + 24 : at + 28] = data[head_at + 22 : head_at + 26] = (1_000).to_bytes(4, "little")
    return bytes(data)


@file("bad.ods")
def bomb_ods() -> bytes:
    """Each of few rows is repeated, and each of its cells."""
    return ods(repeated=(60_000, 1_000))


def _declaring(part: str, before: bytes) -> bytes:
    """The part with a declaration in front of its root."""
    return repacked(
        xlsx(*TABLE),
        lambda name, data: (
            re.sub(rb"^(<\?xml[^>]*\?>\s*)?", lambda m: (m[0] or b"") + before, data, count=1) if name == part else data
        ),
    )


@file("bad.xlsx")
def laughs_in_book() -> bytes:
    return _declaring(BOOK, LAUGHS)


@file("bad.xlsx")
def laughs_in_strings() -> bytes:
    return repacked(_declaring(STRINGS, LAUGHS), replaced(STRINGS, "上海".encode(), b"&a9;"))


@file("bad.xlsx")
def laughs_far_down() -> bytes:
    """A comment of 8 KB stands before the declaration."""
    made = _declaring(BOOK, b"<!--" + b"x" * 8_000 + b"-->" + LAUGHS)
    return repacked(made, lambda name, data: data.replace(b'name="', b'name="&a9;', 1) if name == BOOK else data)


@file("bad.xlsx")
def laughs_in_utf_16() -> bytes:
    return repacked(
        _declaring(BOOK, LAUGHS),
        lambda n, d: re.sub(rb"^<\?xml[^>]*\?>", b"", d).decode().encode("utf-16") if n == BOOK else d,
    )


@file("bad.xlsx")
def outside_entity() -> bytes:
    """Asks for a file of this machine."""
    declared = _declaring(STRINGS, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>')
    return repacked(declared, replaced(STRINGS, "上海".encode(), b"&x;"))


@file("bad.ods")
def laughs_ods() -> bytes:
    return repacked(
        ods(), lambda n, d: re.sub(rb"(<\?xml[^>]*\?>)", rb"\1" + LAUGHS, d, count=1) if n == "content.xml" else d
    )


def xls(touch: Callable[[Any], None] = lambda sheet: None) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("割接")
    for row, cells in enumerate(TABLE):
        for column, cell in enumerate(cells):
            sheet.write(row, column, cell)
    touch(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def ods(repeated: tuple[int, int] | None = None) -> bytes:
    """A sheet of LibreOffice's; `repeated`: below the rows, one cell over so many rows and columns."""
    document = opendocument.OpenDocumentSpreadsheet()
    sheet = odf_table.Table(name="割接")
    for cells in TABLE:
        row = odf_table.TableRow()
        for cell in cells:
            row.addElement(_ods_cell(cell))
        sheet.addElement(row)
    if repeated:
        row = odf_table.TableRow(numberrowsrepeated=repeated[0])
        row.addElement(_ods_cell("x", numbercolumnsrepeated=repeated[1]))
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    written = io.BytesIO()
    document.write(written)
    return written.getvalue()


def _ods_cell(content: str, **options: Any) -> Any:
    cell = odf_table.TableCell(valuetype="string", **options)
    cell.addElement(odf_text.P(text=content))
    return cell


@file("bad.xlsx")
def another_table() -> bytes:
    return xlsx(首页=[["说明"]], 数据=[["a", "b"]])


@file("bad.xlsx")
def two_sheets_fit() -> bytes:
    return xlsx(一月=TABLE, 二月=TABLE)


def _hidden(first: Any) -> bytes:
    def touch(book: Workbook) -> None:
        book.get_worksheet_by_name("旧").hide()

    return workbook({"首页": first, "旧": TABLE}, touch)


@file("bad.xlsx")
def only_the_hidden_sheet_fits() -> bytes:
    return _hidden([["说明"]])


@file("bad.xlsx")
def hidden_sheet_beside() -> bytes:
    return _hidden([HEADINGS, ROW, SECOND])


def preamble(lines: int, *more: Any) -> bytes:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].merge_range(0, 0, 0, 5, "计划割接通知表")

    return workbook({"割接": [*([["导出说明"]] * lines), *TABLE, SECOND, *more]}, touch)


@file("bad.xlsx")
def preamble_of_16() -> bytes:
    return preamble(16, ("合计", "", "", "", "2", ""))


@file("bad.xlsx")
def preamble_of_24() -> bytes:
    return preamble(24, ("", "总计:", "", "", "", ""))


@file("bad.xlsx")
def preamble_of_60() -> bytes:
    return preamble(60)


@file("bad.xlsx")
def some_headings_missing() -> bytes:
    return xlsx(HEADINGS[:3], ROW[:3])


def with_openpyxl(change: Callable[[Any], None]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*TABLE, SECOND):
        sheet.append(row)
    change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@file("bad.xlsx")
def formula_without_result() -> bytes:
    def change(sheet: Any) -> None:
        sheet["C2"] = '="中断: "&30&"分钟"'

    return with_openpyxl(change)


@file("bad.xlsx")
def formula_with_error() -> bytes:
    def touch(book: Workbook) -> None:
        book.worksheets()[0].write_formula("C2", "=VLOOKUP(1,A1,1)", None, "#N/A")

    return workbook({"割接": (*TABLE, SECOND)}, touch)


@file("bad.xlsx")
def error_as_text() -> bytes:
    return xlsx(HEADINGS, (*ROW[:2], "#N/A", *ROW[3:]), SECOND)


def spoilt_workbooks(count: int) -> dict[str, bytes]:
    """Old and new workbooks with bytes changed at random places, the same in every run."""
    chance = random.Random(20260601)
    made = {}
    for number in range(count):
        ending, data = ("xls", bytearray(xls())) if number % 2 else ("xlsx", bytearray(xlsx(*TABLE)))
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if number % 5 == 0:
            del data[chance.randrange(600, len(data)) :]
        made[f"cutovers/spoilt-{number:02}.{ending}"] = bytes(data)
    return made
