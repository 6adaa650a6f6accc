"""What the built-in Word templates are made of: page, head, headings, paragraphs, tables, and the same bytes each time.

The scripts that make the templates (`make_letters` here, those of complaint, feedback and visit) put these together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any, Protocol

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from aftersales_cli.documents.package import Shell
from tests.documents.restyled import parts

INK, GREY = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x5B, 0x64, 0x72)
PALE, LINE = "E4ECF7", "8EA9CC"
MADE = datetime(2011, 5, 27, tzinfo=UTC)
PAGES = {"zh": ("第 ", " 页，共 ", " 页"), "en": ("Page ", " of ", "")}
"""The words around page number and number of pages."""
CUSTOMER = "{{ customer.name }}"


@dataclass(frozen=True)
class Tongue:
    """What the letters in one language have in common: who writes, who signs, the words around the page number."""

    language: str
    issuer: str
    closing: Sequence[str]
    page: tuple[str, str, str]


ZH = Tongue(
    "zh-CN",
    '{{ sender.unit or "售后服务" }}',
    ('{{ sender.unit or "售后服务" }}', "{{ issued_on }}"),
    PAGES["zh"],
)
EN = Tongue(
    "en-GB",
    '{{ sender.unit or "After-sales service" }}',
    ("Yours sincerely,", '{{ sender.unit or "After-sales service" }}', "{{ issued_on }}"),
    PAGES["en"],
)


class Addressed(Protocol):
    """What stands above the text of a letter to a customer."""

    @property
    def tongue(self) -> Tongue: ...  # noqa: D102
    @property
    def number(self) -> str: ...  # noqa: D102
    @property
    def subject(self) -> str: ...  # noqa: D102
    @property
    def salutation(self) -> str: ...  # noqa: D102


def blank(latin: str, page: tuple[str, str, str]) -> Any:
    """An empty document: A4, its fonts, and page numbers in the foot; `page` is one of `PAGES`."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = latin, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "Microsoft YaHei")
    # of Latin letters: as Chinese, numbers would break anywhere
    normal.element.rPr.append(_element("lang", val="en-GB", eastAsia="zh-CN"))
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.2
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, code in zip(page, ("PAGE", "NUMPAGES", None), strict=True):
        styled(foot.add_run(text), 8, GREY)
        if code:
            _field(foot, code)
    return document


def save(document: Any, path: Path, title: str) -> None:
    """Write it; the same bytes every time, with nothing of whoever ran the script."""
    core = document.core_properties
    core.author = core.last_modified_by = "aftersales"
    core.title, core.comments, core.revision = title, "", 1
    core.created = core.modified = MADE
    buffer = BytesIO()
    document.save(buffer)
    path.write_bytes(Shell({}).around(parts(buffer.getvalue())))


def styled(run: Any, size: float, colour: RGBColor | None = None, *, bold: bool = False) -> Any:
    """The run in this size, colour and weight."""
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour
    return run


def written(place: Any, text: str, *, when: str = "", style: str | None = None) -> Any:
    """A paragraph; only where the condition `when` holds, if one is given."""
    if when:
        written(place, f"{{%p if {when} %}}")
    paragraph = place.add_paragraph(style=style) if style else place.add_paragraph()
    paragraph.add_run(text)
    if when:
        written(place, "{%p endif %}")
    return paragraph


def indented(paragraph: Any, tongue: Tongue) -> Any:
    """The first line of a Chinese paragraph begins two characters in."""
    paragraph.paragraph_format.first_line_indent = Pt(21) if tongue is ZH else None
    return paragraph


def heading(document: Any, text: str, size: float = 11, *, before: float | None = None) -> Any:
    """A heading in the text, which stays with what follows; `before` it so many points."""
    paragraph = written(document, text)
    paragraph.paragraph_format.keep_with_next = True
    if before is not None:
        paragraph.paragraph_format.space_before = Pt(before)
    styled(paragraph.runs[0], size, INK, bold=True)
    return paragraph


def head(
    document: Any,
    left: str,
    right: str,
    *,
    widths: tuple[float, float] = (11.6, 5),
    sizes: tuple[float, float] = (12, 9),
) -> Any:
    """The line above everything: who writes on the left, number on the right."""
    table = framed(document, widths, lines=False)
    cells = table.add_row().cells
    for cell, text in zip(cells, (left, right), strict=True):
        cell.paragraphs[0].add_run(text)
    styled(cells[0].paragraphs[0].runs[0], sizes[0], INK, bold=True)
    styled(cells[1].paragraphs[0].runs[0], sizes[1], GREY)
    cells[1].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return table


def title(document: Any, text: str, *, before: float = 8, after: float = 6) -> Any:
    """The title of the document, to be centred or not."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    styled(paragraph.add_run(text), 18, INK, bold=True)
    return paragraph


def addressed(document: Any, words: Addressed, *, before: float = 8, after: float = 6) -> Any:
    """The head of a letter to a customer, down to the salutation; gives the table above the title."""
    table = head(document, words.tongue.issuer, words.number)
    title(document, words.subject, before=before, after=after).alignment = WD_ALIGN_PARAGRAPH.CENTER
    styled(written(document, CUSTOMER).runs[0], 10.5, bold=True)
    written(document, words.salutation)
    return table


def bullets(document: Any, items: Sequence[str]) -> None:
    """A list with bullets, close together."""
    for item in items:
        written(document, item, style="List Bullet").paragraph_format.space_after = Pt(2)


def closed(document: Any, tongue: Tongue, *, before: float | None = None) -> None:
    """Who signs, and the day: kept on one page; on the right in Chinese. `before` it so many points."""
    for number, text in enumerate(tongue.closing):
        paragraph = written(document, text)
        if before is not None:
            paragraph.paragraph_format.space_before = Pt(0 if number else before)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = text is not tongue.closing[-1] or None
        if tongue is ZH:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def gap(document: Any) -> None:
    """An empty line, as after a table."""
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def framed(document: Any, widths: Sequence[float], *, lines: bool = True) -> Any:
    """An empty table of these widths in centimetres, with lines around every cell or only below."""
    table = document.add_table(0, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if lines else ("bottom",)
    borders = OxmlElement("w:tblBorders")
    for side in sides:
        borders.append(_element(side, val="single", sz="6", space="0", color=LINE))
    margins = OxmlElement("w:tblCellMar")
    for side, margin in (("top", "40"), ("left", "100"), ("bottom", "40"), ("right", "100")):
        margins.append(_element(side, w=margin, type="dxa"))
    table._tbl.tblPr.extend((borders, margins))
    return table


def headed(document: Any, widths: Sequence[float], heads: Sequence[str], size: float = 9.5) -> Any:
    """A table with a row of headings that stands again on each page."""
    table = framed(document, widths)
    top = row(table, heads)
    for cell in top.cells:
        label(cell, size)
    top._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return table


def repeated(table: Any, each: str, *rows: Sequence[str]) -> list[Any]:
    """Rows that stand once for each (`task in tasks`); gives them."""
    rest = [""] * (len(table.columns) - 1)
    row(table, (f"{{%tr for {each} %}}", *rest))
    made = [row(table, texts) for texts in rows]
    row(table, ("{%tr endfor %}", *rest))
    return made


def row(table: Any, texts: Sequence[str]) -> Any:
    """A row that is never broken over two pages."""
    added = table.add_row()
    whole(added)
    for cell, text in zip(added.cells, texts, strict=True):
        if text:
            cell.paragraphs[0].add_run(text)
        small(cell.paragraphs[0])
    return added


def label(cell: Any, size: float = 9.5) -> None:
    """The cell as one that says what stands in the others."""
    shade(cell)
    for run in cell.paragraphs[0].runs:
        styled(run, size, INK, bold=True)


def small(paragraph: Any) -> None:
    """The text as it stands in tables."""
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.15
    for run in paragraph.runs:
        run.font.size = Pt(9.5)


def shade(cell: Any) -> None:
    """A pale ground."""
    cell._tc.get_or_add_tcPr().append(_element("shd", val="clear", color="auto", fill=PALE))


def whole(added: Any) -> None:
    """The row is never broken over two pages."""
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def dashed(paragraph: Any) -> None:
    """A dashed line above it, to cut along."""
    borders = OxmlElement("w:pBdr")
    borders.append(_element("top", val="dashed", sz="6", space="4", color="5B6472"))
    paragraph._p.get_or_add_pPr().append(borders)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element


def _field(paragraph: Any, code: str) -> None:
    field = _element("fldSimple", instr=code)
    run = styled(paragraph.add_run("1"), 8, GREY)
    field.append(run._r)
    paragraph._p.append(field)
