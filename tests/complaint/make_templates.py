"""Makes the answer letters for Word anew: `python -m tests.complaint.make_templates templates/complaint`.

They are committed as office files and meant to be restyled there; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.documents import word_parts as word

PLANNED = 'answer == "planned_cutover"'
FAULT = 'answer != "planned_cutover"'


@dataclass(frozen=True)
class Words:
    """The words of one letter; a pair is a condition (or nothing) and the paragraph that stands where it holds."""

    tongue: word.Tongue
    latin: str
    number: str
    subject: str
    salutation: str
    opening: Sequence[tuple[str, str]]
    answer: Sequence[tuple[str, str]]
    rest: Sequence[tuple[str, str]]


ZH = Words(
    tongue=word.ZH,
    latin="Microsoft YaHei",
    number="编号 {{ message_id }}",
    subject="关于业务中断申告的答复",
    salutation="尊敬的{{ customer.contact or '客户' }}：",
    opening=(
        (
            "",
            (
                "您好！贵单位于 {{ complaint.reported }} 就电路 {{ complaint.circuit }} 业务中断提出的申告，"
                "我们已经核查，现答复如下。"
            ),
        ),
        (
            "replaces.message_id",
            (
                "本函替代我们于{{ replaces.issued_on }}就同一申告发出的答复（编号 {{ replaces.message_id }}），"
                "请以本函为准。由此带来的不便，敬请谅解。"
            ),
        ),
    ),
    answer=(
        (
            PLANNED,
            (
                "经核查，此次业务中断由事先通知过贵单位的计划割接引起，割接任务号 {{ work.task_no }}。"
                "业务已在通知的割接时间之内恢复。"
            ),
        ),
        (FAULT, "经核查，此次业务中断由我方网络故障造成。"),
    ),
    rest=(
        (PLANNED, "割接是保障网络安全稳定的必要工作，并按要求提前通知。"),
        (
            f"{PLANNED} and work.announced",
            (
                "通知中预计的中断时长为{{ work.announced }}，实际为{{ complaint.lasted }}，比预计的长，"
                "我们为此诚恳致歉。"
            ),
        ),
        (
            PLANNED,
            (
                "对由此给贵单位工作带来的不便，我们深表歉意，并感谢贵单位的理解与支持。"
                "若今后某一时段有重要活动需要通信保障，请尽早告诉我们，以便协调割接安排。"
            ),
        ),
        (
            f'{FAULT} and restored == "no"',
            "截至发函时，我们的记录中业务尚未恢复。我们正在全力处理，恢复后会立即告知贵单位。",
        ),
        (f"{FAULT} and not restored", "若贵单位的业务仍有异常，请立即与我们联系，我们会优先处理。"),
        (
            FAULT,
            "对此次中断给贵单位造成的影响，我们诚恳致歉。我们会认真查找不足、加以改进，避免类似情况再次发生。",
        ),
        (
            "sender.name or sender.phone or sender.email",
            '联系我们：{{ [sender.name, sender.phone, sender.email]|select|join("　") }}',
        ),
        ("", "来电来函时请告知编号 {{ message_id }} 或申告编号 {{ complaint.complaint_no }}，便于我们尽快查到。"),
    ),
)
EN = Words(
    tongue=word.EN,
    latin="Arial",
    number="Letter {{ message_id }}",
    subject="Reply to your report of an interruption",
    salutation='Dear {{ customer.contact or "customer" }},',
    opening=(
        (
            "",
            (
                "You reported on {{ complaint.reported }} (Beijing time) that circuit {{ complaint.circuit }} was "
                "interrupted. We have looked into it; this is our reply."
            ),
        ),
        (
            "replaces.message_id",
            (
                "This letter replaces our reply to the same report of {{ replaces.issued_on }} (letter "
                "{{ replaces.message_id }}). We apologise for the inconvenience of a second letter."
            ),
        ),
    ),
    answer=(
        (
            PLANNED,
            (
                "The interruption was caused by planned network work that we had announced to you, task "
                "{{ work.task_no }}. Your service was restored within the time announced for the work."
            ),
        ),
        (FAULT, "The interruption was caused by a network fault on our side."),
    ),
    rest=(
        (PLANNED, "Such work keeps the network safe and dependable, and is announced in advance."),
        (
            f"{PLANNED} and work.announced",
            (
                "We had announced an interruption of {{ work.announced }}; it lasted {{ complaint.lasted }}, which is "
                "longer than it should have been. We sincerely apologise."
            ),
        ),
        (
            PLANNED,
            (
                "We are sorry for the inconvenience, and thank you for your understanding. Should you have an "
                "important event at some time to come, please tell us early, so that work can be arranged around it."
            ),
        ),
        (
            f'{FAULT} and restored == "no"',
            (
                "By our records your service is not yet restored. We are doing all we can, and will tell you as soon "
                "as it is."
            ),
        ),
        (
            f"{FAULT} and not restored",
            "Should your service still not work as it should, please contact us at once. We will give it priority.",
        ),
        (
            FAULT,
            (
                "We sincerely apologise for the effect this had on you. We will find out what has to be done better, "
                "and do it."
            ),
        ),
        (
            "sender.name or sender.phone or sender.email",
            'Contact: {{ [sender.name, sender.phone, sender.email]|select|join("   ") }}',
        ),
        ("", "When you call or write, please quote letter {{ message_id }} or complaint {{ complaint.complaint_no }}."),
    ),
)


def make(path: Path, words: Words) -> None:
    """Write one letter; the same bytes every time."""
    document = word.blank(words.latin, words.tongue.page)
    word.addressed(document, words, before=12, after=8)
    for condition, text in words.opening:
        word.indented(word.written(document, text, when=condition), words.tongue)
    for condition, text in words.answer:
        word.styled(word.written(document, text, when=condition).runs[0], 11.5, word.INK, bold=True)
    _table(document)
    for condition, text in words.rest:
        word.indented(word.written(document, text, when=condition), words.tongue)
    word.closed(document, words.tongue, before=10)
    word.save(document, path, words.subject)


def _table(document: Any) -> None:
    """A row for each thing that is known of the interruption."""
    table = word.framed(document, (5.2, 11.4))
    (row,) = word.repeated(table, "row in rows", ("{{ row.label }}", "{{ row.value }}"))
    word.label(row.cells[0])
    word.gap(document)


if __name__ == "__main__":
    for name, words in (("answer.docx", ZH), ("answer.en.docx", EN)):
        make(Path(sys.argv[1]) / name, words)
