"""What the templates are given: plain texts and lists, in the customer's language, and nothing of anybody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from aftersales_cli.cutover.impact import Impact
from aftersales_cli.cutover.notices import Notice, issued_interruptions, met_by, newly_collides
from aftersales_cli.cutover.phrases import Phrases, declared_impact
from aftersales_cli.cutover.task import Pair
from aftersales_cli.cutover.telling import Message
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.vocabulary import Vocabularies

View = dict[str, object]
TITLES = {"zh": "计划割接通知表", "en": "Planned cutover notice"}
MARKS = {
    Change.UPDATE: {"zh": "变更", "en": "changed"},
    Change.CANCEL: {"zh": "取消", "en": "cancelled"},
}
CHANGED = {
    "window": {"zh": "割接时间", "en": "Cutover time"},
    "interruption": {"zh": "中断类型", "en": "Interruption"},
    "circuits": {"zh": "电路代号", "en": "Circuits"},
    "province": {"zh": "割接省", "en": "Province"},
    "reason": {"zh": "割接原因分类", "en": "Reason"},
    "together": {"zh": "同时进行的割接", "en": "Work at the same time"},
}


def message_view(message: Message, sender: Mapping[str, str], vocabularies: Vocabularies) -> View:
    """The view of one message: its sender and customer, a form row per circuit, a task per notice.

    Rows of cancelled notices stay in the form with the circuits last told, so that the customer sees which are meant.
    """
    notices = message.to_render
    phrases = Phrases(message.language, vocabularies)
    contact = message.customer.contact if message.customer else None
    return {
        "language": message.language,
        "issued_on": phrases.day(notices[0].task.now.date()),
        "title": _title(message),
        "message_id": message.message_id,
        "sender": dict(sender),
        "customer": {"code": message.code or "", "name": message.name, "contact": contact or ""},
        "rows": [row for notice in notices for row in _rows(notice, phrases)],
        "tasks": [_task(notice, phrases) for notice in notices],
        "late": any(notice.late for notice in notices),
        "changes": {c.value: sum(n.change is c for n in notices) for c in (Change.NEW, Change.UPDATE, Change.CANCEL)},
    }


def _title(message: Message) -> str:
    """The form's title; it says so where tasks are changed or cancelled, and which where the form has others too."""
    title, notices = TITLES[message.language], message.to_render
    marks = []
    for change, words in MARKS.items():
        tasks = [notice.task.name for notice in notices if notice.change is change]
        listed = " " + "、".join(tasks) if message.language == "zh" else ": " + ", ".join(tasks)
        named = "" if len(tasks) == len(notices) else listed
        marks += [words[message.language] + named] if tasks else []
    return f"{title}（{'；'.join(marks)}）" if marks and message.language == "zh" else _english(title, marks)


def _english(title: str, marks: list[str]) -> str:
    return f"{title} ({'; '.join(marks)})" if marks else title


@dataclass(frozen=True, slots=True)
class Promise:
    """What a notice says of one task: as the rows have it now, or as the ledger had it last.

    `forms` has (circuit or nothing, declared interruption), a pair for each row of the form.
    """

    start: datetime
    end: datetime
    forms: tuple[tuple[str, str], ...]
    province: str
    reason: str

    @property
    def window(self) -> str:
        """As the form prints it (R15)."""
        return f"{self.start:%Y%m%d %H:%M:%S}/{self.end:%Y%m%d %H:%M:%S}"

    @property
    def circuits(self) -> tuple[str, ...]:
        """Its circuits in order, each once."""
        return tuple(dict.fromkeys(circuit for circuit, _ in self.forms if circuit))


def _now(notice: Notice) -> Promise:
    task, window = notice.task, notice.task.window.known
    forms = tuple(
        (pair.circuit_code or "", str(row.fact("interruption").known)) for pair in notice.pairs for row in _own(pair)
    )
    return Promise(window.start, window.end, forms, task.province.known, task.reason.known)


def _then(last: Issued) -> Promise:
    return Promise(last.window_start, last.window_end, issued_interruptions(last), last.province, last.reason)


def promised(notice: Notice) -> Promise:
    """What this notice is about: a cancel repeats what had been told."""
    return _then(notice.last) if notice.change is Change.CANCEL and notice.last is not None else _now(notice)


def impacts(notice: Notice) -> tuple[tuple[str, Impact], ...]:
    """Each circuit it names, once and in order, with what the work does to it; of a cancel, what it would have done."""
    if notice.change is Change.CANCEL:
        return tuple((circuit, declared_impact(form)) for circuit, form in promised(notice).forms if circuit)
    return tuple((pair.circuit_code, pair.impact) for pair in notice.pairs if pair.circuit_code)


def _own(pair: Pair) -> tuple[Cutover | Broken, ...]:
    """A row of the form per circuit; what names no circuit is shown row by row, for each has its own range."""
    return pair.rows[:1] if pair.circuit_code else pair.rows


def _rows(notice: Notice, phrases: Phrases) -> Iterator[View]:
    said = promised(notice)
    about = [(pair, row) for pair in notice.pairs for row in _own(pair)]
    for number, (circuit, form) in enumerate(said.forms):
        pair, row = about[number] if notice.change is not Change.CANCEL else (None, None)
        yield {
            "task_no": notice.task.name,
            "customer_name": notice.customer.name if notice.customer else _whose(pair, row),
            "circuit_code": circuit,
            "window": said.window,
            "interruption": phrases.form(form),
            "province": phrases.term("provinces", said.province),
            "reason": phrases.term("reasons", said.reason),
            "impact_range": _range(row) if notice.customer is None else "",
            "why": phrases.say(pair.owner.why) if pair and notice.customer is None else "",
        }


def _whose(pair: Pair | None, row: Cutover | Broken | None) -> str:
    """For the department: the customer as far as it is known."""
    if pair is not None and pair.owner.customer is not None:
        return pair.owner.customer.name
    return str(row.fact("customer_name").value or "") if row is not None else ""


def _range(row: Cutover | Broken | None) -> str:
    """For the department only (R3): it may name other customers."""
    if row is None:
        return ""
    said = row.fact("impact_range").value
    return str(said) if said else "、".join(row.fact("resources").value or ())


def _task(notice: Notice, phrases: Phrases) -> View:
    said = promised(notice)
    return {
        "task_no": notice.task.name,
        "change": notice.change.value,
        "window": said.window,
        "window_text": phrases.span(said.start, said.end),
        "interruption": phrases.forms(said.forms),
        "interruption_text": phrases.worst([form for _, form in said.forms], together=bool(_met(notice))),
        "province": phrases.term("provinces", said.province),
        "reason": phrases.term("reasons", said.reason),
        "circuits": list(said.circuits),
        "count": len(said.circuits),
        "late": notice.late,
        "together": phrases.together(_met(notice)),
        "changed": list(_changed(notice, phrases)) if notice.change is Change.UPDATE else [],
    }


def _met(notice: Notice) -> Mapping[str, tuple[str, ...]]:
    """The tasks that cut the other path of a circuit at the same time; a cancel speaks of none."""
    return {} if notice.change is Change.CANCEL else met_by(notice.pairs)


def _changed(notice: Notice, phrases: Phrases) -> Iterator[View]:
    """What the customer finds different from the last notice, each with the old and the new."""
    assert notice.last is not None
    old, new = _then(notice.last), _now(notice)
    if {folded_circuit(c) for c in old.circuits} == {folded_circuit(c) for c in new.circuits}:
        old_circuits = new_circuits = phrases.listed(new.circuits)  # in another order or spelling: the same
    else:
        old_circuits, new_circuits = phrases.listed(old.circuits), phrases.listed(new.circuits)
    found = {
        "window": (phrases.span(old.start, old.end), phrases.span(new.start, new.end)),
        "interruption": (phrases.forms(old.forms), phrases.forms(new.forms)),
        "circuits": (old_circuits, new_circuits),
        "province": (phrases.term("provinces", old.province), phrases.term("provinces", new.province)),
        "reason": (phrases.term("reasons", old.reason), phrases.term("reasons", new.reason)),
    }
    if newly_collides(notice.pairs, notice.last):
        found["together"] = phrases.together(notice.last.collisions), phrases.together(_met(notice))
    for what, (before, after) in found.items():
        if before != after:
            yield {"what": CHANGED[what][phrases.language], "old": before, "new": after}
