"""Makes the letters and workbook of feedback anew: `python -m tests.feedback.make_templates templates/feedback`.

They are committed as office files and meant to be restyled there; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.documents import make_templates as forms
from tests.documents import word_parts as word


@dataclass(frozen=True)
class Words:
    """The words of one letter; `rows` are condition (or nothing), label and value."""

    tongue: word.Tongue
    latin: str
    number: str
    subject: str
    salutation: str
    opening: str
    why: str
    work: str
    rows: Sequence[tuple[str, str, str]]
    help: tuple[str, Sequence[str]]
    contact: str


ZH = Words(
    tongue=word.ZH,
    latin="Microsoft YaHei",
    number="编号 {{ message_id }}",
    subject="关于割接时间安排的说明",
    salutation="尊敬的{{ customer.contact or '客户' }}：",
    opening=(
        "感谢贵单位对我们工作的支持。{{ received }}，我们收到贵单位就割接 {{ work.task_no }} 提出的改期要求"
        "{% if wish %}：“{{ wish|truncate(300, true, '…', 0) }}”{% endif %}。"
        "经与割接发起单位核实，这次割接仍须按原定时间实施，我们深表歉意。现将原因说明如下，恳请谅解。"
    ),
    why="必须按期实施的原因",
    work="割接安排",
    rows=(
        ("", "割接任务号", "{{ work.task_no }}"),
        ("", "时间（北京时间）", "{{ work.window_text }}"),
        ("work.interruption_text", "预计影响", "{{ work.interruption_text }}"),
        (
            "work.circuits",
            "涉及电路",
            (
                '{{ work.circuits[:12]|join("、") }}'
                "{% if work.circuits|length > 12 %}等，共 {{ work.circuits|length }} 条{% endif %}"
            ),
        ),
        ("", "割接省、原因分类", "{{ work.province }}，{{ work.reason }}"),
    ),
    help=(
        "我们会怎样配合",
        (
            "如需在割接期间把重要业务调整到备用路由，请提前告诉我们，我们会协助安排。",
            "若影响超出上述范围，或时段结束后业务仍未恢复，请立即与我们联系，我们会优先处理。",
            "对上述说明有疑问的，客户工程师愿随时当面或电话说明。",
        ),
    ),
    contact='联系我们：{{ [engineer.name, sender.phone, sender.email]|select|join("　") }}',
)
EN = Words(
    tongue=word.EN,
    latin="Arial",
    number="Letter {{ message_id }}",
    subject="Why the work goes on as planned",
    salutation='Dear {{ customer.contact or "customer" }},',
    opening=(
        "Thank you for telling us of your concern. On {{ received }} we received your request to move network work "
        "{{ work.task_no }}{% if wish %}: “{{ wish|truncate(300, true, '…', 0) }}”{% endif %}. We have taken "
        "it up with the unit in charge of the work, and are sorry to say that the work has to take place at the time "
        "announced. The reason is given below, and we ask for your understanding."
    ),
    why="Why it cannot be moved",
    work="The work",
    rows=(
        ("", "Task", "{{ work.task_no }}"),
        ("", "Time", "{{ work.window_text }}"),
        ("work.interruption_text", "Expected impact", "{{ work.interruption_text }}"),
        (
            "work.circuits",
            "Your circuits",
            (
                '{{ work.circuits[:12]|join(", ") }}'
                "{% if work.circuits|length > 12 %} and more, {{ work.circuits|length }} in all{% endif %}"
            ),
        ),
        ("", "Province, reason category", "{{ work.province }}, {{ work.reason }}"),
    ),
    help=(
        "What we can do for you",
        (
            (
                "Should you wish to move important traffic to a standby route during the work, please tell us "
                "beforehand: we will help to arrange it."
            ),
            (
                "Should the effect exceed what is stated, or your service not be restored "
                "when the time is over, please contact us at once; we will give it priority."
            ),
            "Your customer engineer will gladly explain anything of the above, by telephone or in person.",
        ),
    ),
    contact='Contact: {{ [engineer.name, sender.phone, sender.email]|select|join("   ") }}',
)

REQUEST = forms.Form(
    "重保要求转告",
    (
        forms.Column("割接任务号", 20, "task_no"),
        forms.Column("类别", 8, "category"),
        forms.Column("割接时间", 37, "window"),
        forms.Column("预计影响", 18, "interruption_text"),
        forms.Column("电路代号", 24, "circuit_codes"),
        forms.Column("发起单位", 18, "unit", "left"),
        forms.Column("依规则应如何处理", 24, "action", "left"),
        forms.Column("规则", 12, "rules"),
    ),
    (
        ("接收部门", '{{ departments|map(attribute="name")|join("、") }}', "编号", "{{ message_id }}"),
        ("客户", "{{ customer.name }}（{{ customer.code }}，{{ customer_level }}）", "意见编号", "{{ feedback_no }}"),
        ("重保级别", "{{ level }}", "重保时段", "{{ period }}"),
        ("重保电路", '{{ circuits|join("、") or "该客户的全部电路" }}', "收到时间", "{{ received }}"),
        ("转出单位", "{{ sender.unit }}", "负责人", '{{ [engineer.name, sender.phone]|select|join("　") }}'),
    ),
    "请协调处理并反馈安排结果；表中只列该客户的电路，时间均为北京时间。没有列出任务的，表示目前没有已填报的割接涉及。",
    "&L&8{{ sender.unit }}&C&8第 &P 页，共 &N 页&R&8{{ issued_on }}　内部文件",
    right=5,
)


def make(path: Path, words: Words) -> None:
    """Write one letter; the same bytes every time."""
    document = word.blank(words.latin, words.tongue.page)
    word.addressed(document, words)
    word.indented(word.written(document, words.opening), words.tongue)
    word.heading(document, words.why, before=6)
    word.written(document, "{%p for line in reason %}")
    word.indented(word.written(document, "{{ line }}"), words.tongue)
    word.written(document, "{%p endfor %}")
    _work(document, words)
    title, items = words.help
    word.heading(document, title, before=6)
    word.bullets(document, items)
    word.written(document, words.contact, when="engineer.name or sender.phone or sender.email")
    word.closed(document, words.tongue)
    word.save(document, path, words.subject)


def _work(document: Any, words: Words) -> None:
    word.heading(document, words.work, before=6)
    table = word.framed(document, (4.4, 12.2))
    for condition, label, value in words.rows:
        if condition:
            word.row(table, (f"{{%tr if {condition} %}}", ""))
        word.label(word.row(table, (label, value)).cells[0])
        if condition:
            word.row(table, ("{%tr endif %}", ""))
    word.gap(document)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, letter in (("reason.docx", ZH), ("reason.en.docx", EN)):
        make(folder / name, letter)
    forms.make(folder / "request.xlsx", REQUEST)
