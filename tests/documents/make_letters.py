"""Makes the built-in Word letters anew: `python -m tests.documents.make_letters templates/cutover`.

They are committed as Word files and meant to be restyled in Word or WPS; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from tests.documents import word_parts as word

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

    tongue: word.Tongue
    latin: str
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
    slip: tuple[str, str, str]
    rows: Sequence[tuple[str, ...]]


ZH = Letter(
    tongue=word.ZH,
    latin="Arial",
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
)
EN = Letter(
    tongue=word.EN,
    latin="Arial",
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
)


def make(path: Path, words: Letter) -> None:
    """Write one letter; the same bytes every time."""
    document = word.blank(words.latin, words.tongue.page)
    _head(document, words)
    _tasks(document, words)
    _rest(document, words)
    _slip(document, words)
    word.save(document, path, words.slip[1].replace("　", ""))


def _head(document: Any, words: Letter) -> None:
    for cell in word.addressed(document, words).row_cells(0):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM
    for condition, text in words.openings:
        word.indented(word.written(document, text, when=condition), words.tongue)


def _tasks(document: Any, words: Letter) -> None:
    """The table: a heading, and for each task a row; below it its circuits, what collides, and what changed."""
    table = word.headed(document, (4.4, 5.3, 3.5, 3.4), words.headings)
    impact = one_of(KIND, (words.off, "{{ task.interruption_text }}", "{{ task.interruption_text }}"))
    comma = "，" if words.tongue is word.ZH else ", "
    reason = f"{{{{ task.province }}}}{comma}{{{{ task.reason }}}}"
    first = ("{%p if task.change != 'new' %}", "{{ task.window_text }}", impact, reason)
    top, below = word.repeated(table, "task in tasks", first, ("", "", "", ""))
    for text in (one_of(KIND, words.kinds), "{%p endif %}", "{{ task.task_no }}"):
        word.small(word.written(top.cells[0], text))
    for paragraph in (paragraph for cell in top.cells for paragraph in cell.paragraphs):
        paragraph.paragraph_format.keep_with_next = True
    cell = below.cells[0].merge(below.cells[3])
    cell.paragraphs[0].add_run(words.circuits)
    word.written(cell, words.together, when="task.together").runs[0].font.bold = True
    word.written(cell, "{%p for change in task.changed %}")
    word.written(cell, words.changed)
    word.written(cell, "{%p endfor %}")
    for paragraph in cell.paragraphs:
        word.small(paragraph)


def _rest(document: Any, words: Letter) -> None:
    word.gap(document)
    title, items = words.advice
    word.written(document, "{%p if changes.new or changes.update %}")
    word.heading(document, title)
    word.bullets(document, items)
    word.written(document, "{%p endif %}")
    word.written(document, words.contact, when="sender.name or sender.phone or sender.email")
    word.closed(document, words.tongue)


def _slip(document: Any, words: Letter) -> None:
    """The slip to cut off: it never breaks over two pages."""
    cut, title, said = words.slip
    line = word.written(document, cut)
    line.paragraph_format.space_before, line.paragraph_format.space_after = Pt(8), Pt(0)
    word.styled(line.runs[0], 8.5, word.GREY)
    word.dashed(line)
    word.heading(document, title, 14).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for paragraph in (line, word.written(document, said)):
        paragraph.paragraph_format.keep_with_next = True
    table = word.framed(document, (3, 5.3, 3, 5.3))
    for place, texts in enumerate(words.rows):
        last = place == len(words.rows) - 1
        row = table.add_row()
        word.whole(row)
        row.height_rule, row.height = WD_ROW_HEIGHT_RULE.AT_LEAST, Cm(1.5 if last else 0.75)
        cells = list(row.cells) if len(texts) == 4 else [row.cells[0], row.cells[1].merge(row.cells[3])]
        for cell, text in zip(cells, texts, strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            cell.paragraphs[0].add_run(text)
            word.small(cell.paragraphs[0])
            cell.paragraphs[0].paragraph_format.keep_with_next = not last or None
        for label in cells[::2]:
            word.shade(label)


if __name__ == "__main__":
    for name, words in (("letter.docx", ZH), ("letter.en.docx", EN)):
        make(Path(sys.argv[1]) / name, words)
