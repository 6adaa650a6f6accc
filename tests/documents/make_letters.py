"""Makes the built-in Word letters anew: `python -m tests.documents.make_letters templates/cutover`.

They are committed as Word files and meant to be restyled in Word or WPS; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from aftersales_cli.documents.package import Shell
from tests.documents.restyled import parts

INK, GREY = RGBColor(0x1F, 0x38, 0x64), RGBColor(0x5B, 0x64, 0x72)
PALE, LINE = "E4ECF7", "8EA9CC"
ONLY_CANCELLED = "changes.cancel and not changes.new and not changes.update"
ONLY_CHANGED = "changes.update and not changes.new and not changes.cancel"
KIND = ('task.change == "cancel"', 'task.change == "update"')
TOGETHER = '{{ task.together|truncate(400, true, "…", 0) }}'
ALL_TASKS = '{{ tasks|map(attribute="task_no")|join("%s") }}'
CHANGE = '{%% if change.old %%}{{ change.old }} → {%% endif %%}{{ change.new or "%s" }}'


def one_of(conditions: tuple[str, str], words: tuple[str, str, str]) -> str:
    """The first word where the first condition holds, else the second where the second does, else the third."""
    (first, second), (one, two, three) = conditions, words
    return f"{{% if {first} %}}{one}{{% elif {second} %}}{two}{{% else %}}{three}{{% endif %}}"


@dataclass(frozen=True)
class Letter:
    """The words of one letter; a pair is a condition and the paragraph that stands only where it holds."""

    language: str
    latin: str
    issuer: str
    number: str
    subject: str
    salutation: str
    openings: Sequence[tuple[str, str]]
    headings: Sequence[str]
    kinds: tuple[str, str, str]
    off: str
    circuits: str
    together: str
    changed: str
    advice: tuple[str, Sequence[str]]
    contact: str
    closing: Sequence[str]
    slip: tuple[str, str, str]
    rows: Sequence[tuple[str, ...]]
    page: tuple[str, str, str]


ZH = Letter(
    language="zh-CN",
    latin="Arial",
    issuer='{{ sender.unit or "售后服务" }}',
    number="编号 {{ message_id }}",
    subject=one_of((ONLY_CANCELLED, ONLY_CHANGED), ("割接取消通知", "割接变更通知", "割接通知")),
    salutation='尊敬的{{ customer.contact or "客户" }}：',
    openings=(
        (
            "changes.new",
            (
                "您好！感谢贵单位一直以来的信任与支持。为使网络保持安全稳定，我们需要对承载贵单位业务的网络实施割接。"
                "现将时间与影响告知如下，请贵单位提前做好安排。"
            ),
        ),
        (
            "not changes.new and changes.update",
            "您好！先前告知贵单位的割接安排有所调整，现将调整后的内容告知如下，请据此安排。",
        ),
        (ONLY_CANCELLED, "您好！先前告知贵单位的割接已经取消，特此说明。"),
        (
            "late",
            (
                "{% if tasks|rejectattr('late')|list %}"
                "其中{{ tasks|selectattr('late')|map(attribute='task_no')|join('、') }}的通知"
                "{% else %}这份通知{% endif %}发出得比应有的时间晚，留给贵单位准备的时间不够充裕，我们为此诚恳致歉。"
                "贵单位在准备中需要任何协助，我们都会尽力配合。"
            ),
        ),
    ),
    headings=("割接任务号", "时间（北京时间）", "预计影响", "割接省、原因"),
    kinds=("【取消】", "【变更】", ""),
    off="不再实施",
    circuits='涉及电路：{{ task.circuits[:12]|join("、") }}'
    "{% if task.count > 12 %}等，共 {{ task.count }} 条，详见所附通知表{% endif %}",
    together="同时割接：" + TOGETHER,
    changed="此次变更：{{ change.what }}：" + CHANGE % "无",
    advice=(
        "影响与准备",
        (
            "影响发生在所列时段之内，具体时刻视现场进度而定。建议将重要业务提前调整到备用路由，或安排在所列时段之外。",
            "若该时段有重要活动需要通信保障，请尽早告诉我们，我们会与割接发起单位协商调整。",
            "若影响超出所述范围，或时段结束后业务仍未恢复，请立即与我们联系，我们会优先处理。",
        ),
    ),
    contact='联系我们：{{ [sender.name, sender.phone, sender.email]|select|join("　") }}',
    closing=('{{ sender.unit or "售后服务" }}', "{{ issued_on }}"),
    slip=(
        "✂　请填好回执，签字盖章后交回发出单位",
        "回　执",
        "我单位已收到编号 {{ message_id }} 的通知，知悉其中的割接安排。",
    ),
    rows=(
        ("客户", "{{ customer.name }}"),
        ("割接任务号", ALL_TASKS % "　"),
        ("收到时间", "　　　　年　　　月　　　日　　　时　　　分"),
        ("签收人", "", "联系电话", ""),
        ("盖章", ""),
    ),
    page=("第 ", " 页，共 ", " 页"),
)
EN = Letter(
    language="en-GB",
    latin="Arial",
    issuer='{{ sender.unit or "After-sales service" }}',
    number="Notice {{ message_id }}",
    subject=one_of(
        (ONLY_CANCELLED, ONLY_CHANGED),
        ("Cancellation of planned network work", "Change to planned network work", "Notice of planned network work"),
    ),
    salutation='Dear {{ customer.contact or "customer" }},',
    openings=(
        (
            "changes.new",
            (
                "Thank you for relying on our network. To keep it safe and dependable, we need to carry out work on "
                "the part that carries your services. The times and the effects you may notice are given below, so "
                "that you can prepare."
            ),
        ),
        (
            "not changes.new and changes.update",
            (
                "Some of the network work we told you about has been rearranged. The new arrangements are given below; "
                "please plan by them."
            ),
        ),
        (ONLY_CANCELLED, "The network work we told you about has been called off. The details are given below."),
        (
            "late",
            (
                "{% if tasks|rejectattr('late')|list %}"
                "For {{ tasks|selectattr('late')|map(attribute='task_no')|join(', ') }}, this"
                "{% else %}This{% endif %} notice reaches you later than it should have, and leaves you less time to "
                "prepare. We sincerely apologise, and will gladly help with whatever you need to arrange."
            ),
        ),
    ),
    headings=("Task", "Time", "Expected impact", "Province, reason"),
    kinds=("CANCELLED", "CHANGED", ""),
    off="will not take place",
    circuits='Circuits: {{ task.circuits[:12]|join(", ") }}'
    "{% if task.count > 12 %} and more, {{ task.count }} in all; see the attached form{% endif %}",
    together="At the same time: " + TOGETHER,
    changed="Changed: {{ change.what }}: " + CHANGE % "none",
    advice=(
        "What this means for you",
        (
            (
                "The effect falls within the time given; the exact moment depends on how the work proceeds. We suggest "
                "moving important traffic to a standby route, or planning it outside these times."
            ),
            (
                "Should you have an important event at that time, please tell us early: we will try to have the work "
                "rearranged."
            ),
            (
                "Should the effect exceed what is stated, or your service not be restored when the time is over, "
                "please contact us at once. We will give it priority."
            ),
        ),
    ),
    contact='Contact: {{ [sender.name, sender.phone, sender.email]|select|join("   ") }}',
    closing=("Yours sincerely,", '{{ sender.unit or "After-sales service" }}', "{{ issued_on }}"),
    slip=(
        "✂  Please complete, sign and return this slip",
        "Acknowledgement of receipt",
        "We have received notice {{ message_id }} and know of the work it announces.",
    ),
    rows=(
        ("Customer", "{{ customer.name }}"),
        ("Task numbers", ALL_TASKS % ", "),
        ("Received on", "                    at            :"),
        ("Received by", "", "Telephone", ""),
        ("Stamp", ""),
    ),
    page=("Page ", " of ", ""),
)


def make(path: Path, words: Letter) -> None:
    """Write one letter; the same bytes every time."""
    document = Document()
    _page(document, words)
    _head(document, words)
    _tasks(document, words)
    _rest(document, words)
    _slip(document, words)
    core = document.core_properties
    core.author = core.last_modified_by = "aftersales"
    core.title, core.comments, core.revision = words.slip[1].replace("　", ""), "", 1
    core.created = core.modified = datetime(2011, 5, 27, tzinfo=UTC)
    buffer = BytesIO()
    document.save(buffer)
    path.write_bytes(Shell({}).around(parts(buffer.getvalue())))


def _page(document: Any, words: Letter) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin, section.bottom_margin = Cm(2), Cm(1.8)
    section.left_margin = section.right_margin = Cm(2.2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = words.latin, Pt(10.5)
    fonts = normal.element.rPr.rFonts
    fonts.set(qn("w:eastAsia"), "Microsoft YaHei")
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")  # of Latin letters: as Chinese, numbers would break anywhere
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.rPr.append(language)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.2
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in zip(words.page, ("PAGE", "NUMPAGES", None), strict=True):
        _styled(foot.add_run(text), 8, GREY)
        if field:
            _field(foot, field)


def _field(paragraph: Any, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = _styled(paragraph.add_run("1"), 8, GREY)
    field.append(run._r)
    paragraph._p.append(field)


def _styled(run: Any, size: float, colour: RGBColor | None = None, *, bold: bool = False) -> Any:
    run.font.size, run.font.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour
    return run


def _written(place: Any, text: str, *, style: str | None = None) -> Any:
    paragraph = place.add_paragraph(style=style) if style else place.add_paragraph()
    paragraph.add_run(text)
    return paragraph


def _optional(place: Any, condition: str, text: str) -> Any:
    """A paragraph that stands only where the condition holds."""
    _written(place, f"{{%p if {condition} %}}")
    paragraph = _written(place, text)
    _written(place, "{%p endif %}")
    return paragraph


def _head(document: Any, words: Letter) -> None:
    head = _table(document, (11.6, 5), framed=False)
    for cell, text in zip(head.add_row().cells, (words.issuer, words.number), strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
        cell.paragraphs[0].add_run(text)
    _styled(head.cell(0, 0).paragraphs[0].runs[0], 12, INK, bold=True)
    _styled(head.cell(0, 1).paragraphs[0].runs[0], 9, GREY)
    head.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(8), Pt(6)
    _styled(title.add_run(words.subject), 18, INK, bold=True)
    _styled(_written(document, "{{ customer.name }}").runs[0], 10.5, bold=True)
    _written(document, words.salutation)
    for condition, text in words.openings:
        paragraph = _optional(document, condition, text)
        paragraph.paragraph_format.first_line_indent = Pt(21) if words.language == "zh-CN" else None


def _tasks(document: Any, words: Letter) -> None:
    """The table: a heading, and for each task a row; below it its circuits, what collides, and what changed."""
    table = _table(document, (4.4, 5.3, 3.5, 3.4))
    heads = _row(table, words.headings)
    for cell in heads.cells:
        _shade(cell)
        _styled(cell.paragraphs[0].runs[0], 9.5, INK, bold=True)
    _repeated(heads)
    _row(table, ("{%tr for task in tasks %}", "", "", ""))
    impact = one_of(KIND, (words.off, "{{ task.interruption_text }}", "{{ task.interruption_text }}"))
    reason = "{{ task.province }}, {{ task.reason }}"
    if words.language == "zh-CN":
        reason = reason.replace(", ", "，")
    top = _row(table, ("{%p if task.change != 'new' %}", "{{ task.window_text }}", impact, reason))
    for text in (one_of(KIND, words.kinds), "{%p endif %}", "{{ task.task_no }}"):
        _small(_written(top.cells[0], text))
    for paragraph in (paragraph for cell in top.cells for paragraph in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
    below = _row(table, ("", "", "", ""))
    cell = below.cells[0].merge(below.cells[3])
    cell.paragraphs[0].add_run(words.circuits)
    _optional(cell, "task.together", words.together).runs[0].font.bold = True
    _written(cell, "{%p for change in task.changed %}")
    _written(cell, words.changed)
    _written(cell, "{%p endfor %}")
    for paragraph in cell.paragraphs:
        _small(paragraph)
    _row(table, ("{%tr endfor %}", "", "", ""))


def _row(table: Any, texts: Sequence[str]) -> Any:
    row = table.add_row()
    _kept_whole(row)
    for cell, text in zip(row.cells, texts, strict=True):
        if text:
            cell.paragraphs[0].add_run(text)
        _small(cell.paragraphs[0])
    return row


def _small(paragraph: Any) -> None:
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = 1.15
    for run in paragraph.runs:
        run.font.size = Pt(9.5)


def _rest(document: Any, words: Letter) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)
    title, items = words.advice
    _written(document, "{%p if changes.new or changes.update %}")
    heading = _written(document, title)
    heading.paragraph_format.keep_with_next = True
    _styled(heading.runs[0], 11, INK, bold=True)
    for item in items:
        paragraph = _written(document, item, style="List Bullet")
        paragraph.paragraph_format.space_after = Pt(2)
    _written(document, "{%p endif %}")
    _optional(document, "sender.name or sender.phone or sender.email", words.contact)
    for text in words.closing:
        paragraph = _written(document, text)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.keep_with_next = text is not words.closing[-1] or None
        if words.language == "zh-CN":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _slip(document: Any, words: Letter) -> None:
    """The slip to cut off: it never breaks over two pages."""
    cut, title, said = words.slip
    line = _written(document, cut)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(8), Pt(0)
    _styled(line.runs[0], 8.5, GREY)
    _dashed(line)
    heading = _written(document, title)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _styled(heading.runs[0], 14, INK, bold=True)
    said = _written(document, said)
    for paragraph in (line, heading, said):
        paragraph.paragraph_format.keep_with_next = True
    table = _table(document, (3, 5.3, 3, 5.3))
    for place, texts in enumerate(words.rows):
        row = table.add_row()
        _kept_whole(row)
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Cm(1.5 if place == len(words.rows) - 1 else 0.75)
        cells = list(row.cells) if len(texts) == 4 else [row.cells[0], row.cells[1].merge(row.cells[3])]
        for cell, text in zip(cells, texts, strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].add_run(text)
            _small(cell.paragraphs[0])
            cell.paragraphs[0].paragraph_format.keep_with_next = place < len(words.rows) - 1 or None
        for label in cells[::2]:
            _shade(label)


def _table(document: Any, widths: Sequence[float], *, framed: bool = True) -> Any:
    """An empty table of these widths in centimetres, with lines around every cell or only below."""
    table = document.add_table(0, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    if framed:
        _borders(table, LINE, LINE, LINE, LINE, inside=LINE)
    else:
        _borders(table, bottom=LINE)
    return table


def _borders(table: Any, *sides: str, bottom: str = "", inside: str = "") -> None:
    element = OxmlElement("w:tblBorders")
    colours = dict(zip(("top", "left", "bottom", "right"), sides, strict=False)) or {"bottom": bottom}
    if inside:
        colours |= {"insideH": inside, "insideV": inside}
    for side, colour in colours.items():
        border = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "6"), ("space", "0"), ("color", colour)):
            border.set(qn(f"w:{key}"), value)
        element.append(border)
    table._tbl.tblPr.append(element)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", "40"), ("left", "100"), ("bottom", "40"), ("right", "100")):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), width)
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", PALE)):
        shade.set(qn(f"w:{key}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _dashed(paragraph: Any) -> None:
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "dashed"), ("sz", "6"), ("space", "4"), ("color", "5B6472")):
        top.set(qn(f"w:{key}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)


def _kept_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeated(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


if __name__ == "__main__":
    for name, words in (("letter.docx", ZH), ("letter.en.docx", EN)):
        make(Path(sys.argv[1]) / name, words)
