"""What the templates are given: plain texts and lists, in the customer's language, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from aftersales_cli.cutover.notices import Notice, interruptions
from aftersales_cli.cutover.task import Pair
from aftersales_cli.cutover.telling import Message
from aftersales_cli.records.events import Change
from aftersales_cli.records.values import Interruption, Interrupts
from aftersales_cli.records.vocabulary import Vocabularies

View = dict[str, object]
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def message_view(message: Message, sender: Mapping[str, str], vocabularies: Vocabularies) -> View:
    """The view of one message: its sender and customer, a form row per circuit, a task per notice.

    Rows of cancelled notices stay in the form with the circuits last told, so that the customer sees which are meant.
    """
    notices = message.to_render
    in_words = _Words(message.language, vocabularies)
    contact = message.customer.contact if message.customer else None
    return {
        "language": message.language,
        "issued_on": in_words.day(notices[0].task.now.date()),
        "title": "计划割接通知表" if message.language == "zh" else "Planned cutover notice",
        "message_id": message.message_id,
        "sender": dict(sender),
        "customer": {"code": message.code or "", "name": message.name, "contact": contact or ""},
        "rows": [row for notice in notices for row in _rows(notice, in_words)],
        "tasks": [_task(notice, in_words) for notice in notices],
        "late": any(notice.late for notice in notices),
        "changes": {c.value: sum(n.change is c for n in notices) for c in (Change.NEW, Change.UPDATE, Change.CANCEL)},
    }


def _rows(notice: Notice, in_words: _Words) -> list[View]:
    if notice.change is Change.CANCEL and notice.last is not None:
        return [
            _row(notice, circuit, notice.last.interruption, None, in_words) for circuit in notice.last.circuit_codes
        ]
    return [
        _row(notice, pair.circuit_code or "", str(pair.interruption.known), pair, in_words) for pair in notice.pairs
    ]


def _row(notice: Notice, circuit: str, interruption: str, pair: Pair | None, in_words: _Words) -> View:
    row = pair.row if pair else notice.task.rows[0]
    named = notice.customer.name if notice.customer else row.fact("customer_name").value
    why = pair.owner.why if pair and pair.owner.why and notice.customer is None else None
    return {
        "task_no": notice.task.name,
        "customer_name": str(named or ""),
        "circuit_code": circuit,
        "window": _window(notice),
        "interruption": in_words.form(pair.interruption.known) if pair else interruption,
        "province": in_words.term("provinces", notice.task.province.known),
        "reason": in_words.term("reasons", notice.task.reason.known),
        "impact_range": str(row.fact("impact_range").value or "、".join(row.fact("resources").value or ()) or ""),
        "why": why.to(in_words.language) if why else "",
    }


def _window(notice: Notice) -> str:
    if notice.change is Change.CANCEL and notice.last is not None:
        return f"{notice.last.window_start:%Y%m%d %H:%M:%S}/{notice.last.window_end:%Y%m%d %H:%M:%S}"
    return str(notice.task.window.known)


def _task(notice: Notice, in_words: _Words) -> View:
    cancelled = notice.last if notice.change is Change.CANCEL else None
    window = notice.task.window.known
    start, end = (cancelled.window_start, cancelled.window_end) if cancelled else (window.start, window.end)
    circuits = list(cancelled.circuit_codes if cancelled else dict.fromkeys(notice.circuits))
    return {
        "task_no": notice.task.name,
        "change": notice.change.value,
        "window": _window(notice),
        "window_text": in_words.span(start, end),
        "interruption": cancelled.interruption if cancelled else interruptions(notice.pairs),
        "interruption_text": in_words.worst([p.interruption.known for p in notice.pairs]),
        "province": in_words.term("provinces", notice.task.province.known),
        "reason": in_words.term("reasons", notice.task.reason.known),
        "circuits": circuits,
        "count": len(circuits),
        "late": notice.late,
        "changed": _changed(notice, in_words) if notice.change is Change.UPDATE else [],
    }


def _changed(notice: Notice, in_words: _Words) -> list[View]:
    last, window = notice.last, notice.task.window.known
    assert last is not None
    zh = in_words.language == "zh"
    pairs = [
        (
            "割接时间" if zh else "Cutover time",
            in_words.span(last.window_start, last.window_end),
            in_words.span(window.start, window.end),
        ),
        ("中断类型" if zh else "Interruption", last.interruption, interruptions(notice.pairs)),
        (
            "电路代号" if zh else "Circuits",
            ("、" if zh else ", ").join(last.circuit_codes),
            ("、" if zh else ", ").join(dict.fromkeys(notice.circuits)),
        ),
        (
            "割接原因分类" if zh else "Reason",
            in_words.term("reasons", last.reason),
            in_words.term("reasons", notice.task.reason.known),
        ),
    ]
    return [{"what": what, "old": old, "new": new} for what, old, new in pairs if old != new]


class _Words:
    """Days, spans and listed words in one language."""

    def __init__(self, language: str, vocabularies: Vocabularies) -> None:
        self.language = language
        self.vocabularies = vocabularies

    def term(self, vocabulary: str, word: str) -> str:
        term = self.vocabularies[vocabulary].term(word)
        return word if term is None or self.language == "zh" else term.english or word

    def day(self, day: date) -> str:
        if self.language == "zh":
            return f"{day.year}年{day.month}月{day.day}日"
        return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"

    def span(self, start: datetime, end: datetime) -> str:
        """`2011年6月8日 00:00 至 06:00`; the second day only where it differs."""
        to = " 至 " if self.language == "zh" else " to "
        until = f"{end:%H:%M}" if start.date() == end.date() else f"{self.day(end.date())} {end:%H:%M}"
        zone = "" if self.language == "zh" else " (Beijing time)"
        return f"{self.day(start.date())} {start:%H:%M}{to}{until}{zone}"

    def form(self, interruption: Interruption) -> str:
        """As the form prints it (R15), in English for an English form."""
        if self.language == "zh":
            return str(interruption)
        kind = {Interrupts.YES: "Interruption", Interrupts.MOMENTARILY: "Momentary", Interrupts.NO: "No interruption"}
        if interruption.minutes is None:
            return kind[interruption.kind]
        below = "less than " if interruption.below else ""
        return f"{kind[interruption.kind]}: {below}{interruption.minutes} minutes"

    def worst(self, found: Sequence[Interruption]) -> str:
        """The longest declared interruption in a sentence's words."""
        order = [Interrupts.NO, Interrupts.MOMENTARILY, Interrupts.YES]
        worst = max(found, key=lambda i: (order.index(i.kind), i.minutes or 0), default=None)
        if worst is None or worst.kind is Interrupts.NO:
            return "不中断业务" if self.language == "zh" else "no interruption"
        return self._sentence(worst)

    def _sentence(self, worst: Interruption) -> str:
        minutes = worst.minutes
        if self.language == "zh":
            if worst.kind is Interrupts.MOMENTARILY:
                return "瞬断" if minutes is None else f"瞬断（{'小于' if worst.below else ''}{minutes}分钟）"
            return f"中断{'小于' if worst.below else '约'}{minutes}分钟"
        if worst.kind is Interrupts.MOMENTARILY:
            return "a momentary interruption" + ("" if minutes is None else f" of less than {minutes} minutes")
        return f"an interruption of {'less than' if worst.below else 'about'} {minutes} minutes"
