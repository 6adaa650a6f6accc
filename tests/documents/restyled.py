"""Workbook templates as people restyle them: logo, widths, fonts, conditions; one per program that saves them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Font, PatternFill

HEADINGS = ("割接任务号", "客户名称", "电路代号", "割接时间")
VALUES = tuple(f"{{{{ row.{name} }}}}" for name in ("task_no", "customer_name", "circuit_code", "window"))


def png(red: int, green: int, blue: int) -> bytes:
    """A picture of 8 × 8 points in one colour: a stand-in for a logo."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    line = b"\0" + bytes((red, green, blue)) * 8
    header = struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(line * 8)) + chunk(b"IEND", b"")


def by_xlsxwriter(*, inline: bool = False) -> bytes:
    """All that moves, above and below the repeated row 4; `inline`: texts in the cells, not in the shared part."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"constant_memory": True} if inline else {"in_memory": True})
    sheet = book.add_worksheet("通知 表")
    big = book.add_format({"font_name": "楷体", "font_size": 22, "bold": True, "font_color": "#C00000"})
    body = book.add_format({"font_name": "仿宋", "num_format": "@", "text_wrap": True, "border": 2})
    sheet.set_column(0, 0, 33.5)
    sheet.set_column(1, 3, 38)
    sheet.insert_image("D1", "logo.png", {"image_data": BytesIO(png(200, 0, 0))})
    sheet.insert_image("D7", "stamp.png", {"image_data": BytesIO(png(0, 0, 200))})
    sheet.set_row(1, 41)
    sheet.merge_range("A2:D2", "{{ title }}", big)
    for i, heading in enumerate(HEADINGS):
        sheet.write_string(2, i, heading, big)
    for i, value in enumerate(VALUES):
        sheet.write_string(3, i, value, body)
    sheet.write_formula("A6", "=COUNTA(A4:A4)+ROW(A3)", None, 9)
    sheet.write_string("A7", "发布日期 {{ issued_on }}")
    sheet.merge_range("A8:C8", "{{ sender.unit }}", body)
    sheet.write_url("A9", "internal:'通知 表'!A3", None, "表头")
    sheet.conditional_format("A4:D4", {"type": "formula", "criteria": '=LEFT($B4,2)="中国"', "format": big})
    sheet.conditional_format("A8", {"type": "no_blanks", "format": big})
    sheet.data_validation("C4", {"validate": "length", "criteria": "<", "value": 60})
    sheet.data_validation("A7", {"validate": "list", "source": "=$A$8:$A$9"})
    sheet.print_area("A1:D9")
    sheet.repeat_rows(1, 2)
    sheet.set_h_pagebreaks([6])
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_footer("&L{{ sender.unit }}&C第&P页&R&8{{ issued_on }}")
    book.define_name("notes", "='通知 表'!$A$7:$C$8")
    book.close()
    return buffer.getvalue()


def by_openpyxl() -> bytes:
    """A template saved by openpyxl, with text in two fonts, and a logo put into the package by hand."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "通知"
    sheet.column_dimensions["B"].width = 44
    sheet.append(["{{ title }}"])
    sheet.append(HEADINGS)
    sheet.append(VALUES)
    sheet["A1"].font = Font(name="华文中宋", size=20, color="FF1F3864")
    sheet["A3"].fill = PatternFill("solid", fgColor="FFFFF2CC")
    sheet["B3"].alignment = Alignment(wrap_text=True)
    bold = InlineFont(b=True)
    sheet["A5"] = CellRichText("编号 ", TextBlock(bold, "{{ mess"), "age_id }}", TextBlock(bold, " 请妥存"))
    sheet["B5"] = CellRichText("由", TextBlock(bold, "{{ sender.unit }}"), "发出")
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    header = sheet.oddHeader
    assert header is not None
    header.center.text = "{{ customer.name }}"
    buffer = BytesIO()
    book.save(buffer)
    return _with_logo(buffer.getvalue())


def _with_logo(workbook: bytes) -> bytes:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    anchor = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
        ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:oneCellAnchor>'
        "<xdr:from><xdr:col>3</xdr:col>"
        "<xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
        '<xdr:ext cx="500000" cy="500000"/><xdr:pic>'
        '<xdr:nvPicPr><xdr:cNvPr id="2" name="logo"/><xdr:cNvPicPr/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip xmlns:r="{kinds}" r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></xdr:blipFill>'
        '<xdr:spPr><a:prstGeom prst="rect"/></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor></xdr:wsDr>'
    )
    added = {
        "xl/media/logo.png": png(0, 90, 0),
        "xl/drawings/drawing1.xml": anchor.encode(),
        "xl/drawings/_rels/drawing1.xml.rels": listed.format(
            f'<Relationship Id="rId1" Type="{kinds}/image" Target="../media/logo.png"/>'
        ).encode(),
        "xl/worksheets/_rels/sheet1.xml.rels": listed.format(
            f'<Relationship Id="rId1" Type="{kinds}/drawing" Target="../drawings/drawing1.xml"/>'
        ).encode(),
    }
    types = (
        b'<Default Extension="png" ContentType="image/png"/><Override PartName="/xl/drawings/drawing1.xml"'
        b' ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>'
    )
    drawing = f'<drawing xmlns:r="{kinds}" r:id="rId1"/></worksheet>'.encode()
    changes = {"[Content_Types].xml": (b"</Types>", types), "xl/worksheets/sheet1.xml": (b"</worksheet>", drawing)}
    return repacked(workbook, changes, added)


def repacked(workbook: bytes, changes: dict[str, tuple[bytes, bytes]], added: dict[str, bytes] | None = None) -> bytes:
    """The same package with a text replaced in some parts (which must hold it), and other parts added."""
    buffer = BytesIO()
    with ZipFile(BytesIO(workbook)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            was, becomes = changes.get(name, (b"", b""))
            data = old.read(name)
            assert was in data, name
            new.writestr(name, data.replace(was, becomes, 1) if was else data)
        for name, data in (added or {}).items():
            new.writestr(name, data)
    return buffer.getvalue()


def parts(workbook: bytes) -> dict[str, bytes]:
    """The package's parts by name."""
    with ZipFile(BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}
