"""Answers → their documents: which letters are due, unchanged or held, and what of it is written and recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from aftersales_cli.complaint.answering import Answered
from aftersales_cli.documents.order import Document, Order
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.jobs.answer_items import ANSWERS, Item
from aftersales_cli.jobs.answer_letters import TOLD, Letters, addressee, fingerprint, number_of
from aftersales_cli.jobs.answer_sheet import Sheets
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.plain import plain
from aftersales_cli.jobs.writing_notices import Folder
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import AnswerGiven
from aftersales_cli.records.folding import folded
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Whose
from aftersales_cli.words import Say

INTERNAL = "internal"
"""The folder of what customers do not get."""
NOBODY = Say("nobody says to whom the letter goes; fill in 客户编码, and the customer in customers")
ENDINGS = ("html", "txt", "docx")


class State(StrEnum):
    """What becomes of a complaint's letter."""

    DUE = "written"
    UNCHANGED = "unchanged"
    HELD = "held"
    NONE = "none"


@dataclass(frozen=True)
class Plan:
    """One answer with what is to be written for it. `why` there is no letter; `earlier` is what was recorded before.

    `files` are those of the run, once it is written.
    """

    one: Answered
    state: State
    why: Say | None
    customer: Customer | None
    letter: Item = field(default_factory=dict)
    sheet: Item = field(default_factory=dict)
    earlier: tuple[AnswerGiven, ...] = ()
    despite: Mapping[str, str] = field(default_factory=dict)
    files: tuple[Path, ...] = ()

    @property
    def before(self) -> AnswerGiven | None:
        """The last letter that went out."""
        return next((each for each in reversed(self.earlier) if each.letter is not None), None)

    @property
    def letter_digest(self) -> str | None:
        """What the customer is, or was, told; None where no letter goes out."""
        return fingerprint(self.letter) if self.state in (State.DUE, State.UNCHANGED) else None

    @property
    def sheet_due(self) -> bool:
        """Whether the sheet says anything new: of the decision, or of a letter that goes out with it."""
        known = bool(self.earlier) and self.earlier[-1].sheet == fingerprint(self.sheet)
        return self.state is State.DUE or not known

    @property
    def due(self) -> bool:
        """Whether anything is to be written."""
        return self.sheet_due

    @property
    def caution(self) -> Problem | None:
        """What a person should know: an earlier letter that says otherwise."""
        before = self.before
        if before is None or self.state is State.UNCHANGED or before.answer == self.one.answer.value:
            return None
        message = Say("complaint {number} was answered “{before}” on {day}; now it is “{now}”",
                      number=self.one.complaint.complaint_no, before=_words(before.answer),
                      day=before.answered_at.date(), now=ANSWERS[self.one.answer])  # fmt: skip
        return Problem(message, self.one.complaint.place(), severity=Severity.CAUTION)


def _words(answer: str) -> Say | str:
    return next((say for key, say in ANSWERS.items() if key.value == answer), answer)


@dataclass(frozen=True)
class Planner:
    """Decides what is due; `despite` are the rules that letters are released from, with the reason."""

    letters: Letters
    sheets: Sheets
    customers: Customers
    despite: Mapping[str, str]
    recorded: Mapping[str, tuple[AnswerGiven, ...]]

    def plan(self, one: Answered) -> Plan:
        """What is to be written for one answer."""
        earlier = self.recorded.get(folded(one.complaint.complaint_no), ())
        plan = Plan(one, State.NONE, None, None, sheet=self.sheets.content(one), earlier=earlier)
        if one.answer not in TOLD:
            return replace(plan, why=_no_letter(one))
        customer, owner = addressee(one, self.customers), one.case.pair.owner if one.case.pair else None
        if customer is None or (owner is not None and owner.whose is Whose.HELD):
            return replace(plan, state=State.HELD, why=NOBODY)
        plan = replace(plan, customer=customer, letter=self.letters.content(one, customer))
        if plan.before is not None and plan.before.letter == fingerprint(plan.letter):
            return replace(plan, state=State.UNCHANGED)
        held = [rule for rule in one.forbidden if rule not in self.despite]
        if held:
            why = Say("held by {rules}; release it with --despite RULE --because TEXT", rules=held)
            return replace(plan, state=State.HELD, why=why)
        return replace(plan, state=State.DUE, despite={rule: self.despite[rule] for rule in one.forbidden})


def _no_letter(one: Answered) -> Say:
    if one.definite:
        return Say("ordinary fault handling answers it")
    return Say("a person has to settle it first")


def by_complaint(recorded: Iterable[AnswerGiven]) -> dict[str, tuple[AnswerGiven, ...]]:
    """What was recorded, by folded complaint number, oldest first."""
    found: dict[str, tuple[AnswerGiven, ...]] = {}
    for each in recorded:
        key = folded(each.complaint_no)
        found[key] = (*found.get(key, ()), each)
    return found


@dataclass(frozen=True)
class Writer:
    """Has the documents made and puts them into `folder`."""

    desk: Desk
    folder: Folder
    letters: Letters
    sheets: Sheets

    def write(self, plans: Sequence[Plan], renderers: Renderers) -> Iterator[tuple[Plan, tuple[str, ...]]]:
        """Each plan that is due with the names of its files: the letter first, then the sheet."""
        orders = [(each, order) for each in plans for order in self._orders(each)]
        names: dict[int, list[str]] = {}
        for plan, made in renderers.made(self.desk.template_folders, orders):
            written = [self.folder.write(name, content) for name, content in made.files]
            names.setdefault(id(plan), []).extend(written)
        for plan in plans:
            if plan.sheet_due:
                names.setdefault(id(plan), []).append(self._data(plan))
            yield plan, tuple(names.get(id(plan), ()))

    def _orders(self, plan: Plan) -> Iterator[Order]:
        if plan.state is State.DUE and plan.customer is not None:
            number = number_of(plan.one.complaint.complaint_no, fingerprint(plan.letter))
            view = self.letters.view(plan.letter, number, plan.before)
            stem = "answer.en" if plan.letter["language"] == "en" else "answer"
            own = _part(plan.customer.code)
            documents = [Document(f"{own}/{self._name(plan, 'answer', number, ending)}", _template(stem, ending))
                         for ending in ENDINGS]  # fmt: skip
            yield Order(view, tuple(documents))
        if plan.sheet_due:
            name = f"{INTERNAL}/{self._name(plan, 'decision', fingerprint(plan.sheet)[:8], 'html')}"
            yield Order(self._sheet(plan), (Document(name, "complaint/decision.html.j2"),))

    def _sheet(self, plan: Plan) -> Item:
        return self.sheets.view(
            plan.sheet, letter_words(plan).to(self.sheets.language), dict(plan.despite), plan.earlier
        )

    def _data(self, plan: Plan) -> str:
        data = self.sheets.data(plan.one, self._sheet(plan))
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        name = self._name(plan, "decision", fingerprint(plan.sheet)[:8], "json")
        return self.folder.write(f"{INTERNAL}/{name}", text.encode("utf-8", "backslashreplace"))

    def _name(self, plan: Plan, kind: str, digest: str, ending: str) -> str:
        name = f"{self.desk.as_of:%Y%m%d}-{_part(plan.one.complaint.complaint_no)}-{kind}-{digest}.{ending}"
        return safe_name(name, limit=LONGEST_PART)

    def recorded(self, plan: Plan, names: tuple[str, ...]) -> AnswerGiven:
        """What the ledger keeps of it."""
        one = plan.one
        return AnswerGiven(
            complaint_no=one.complaint.complaint_no,
            answer=one.answer.value,
            primary=one.primary,
            task_no=one.task_no,
            customer_code=plan.customer.code if plan.customer else one.case.customer_code,
            circuit_code=one.complaint.circuit_code,
            answered_at=self.desk.as_of,
            letter=plan.letter_digest,
            sheet=fingerprint(plan.sheet),
            decisions=tuple(plain(one.decisions, None)),
            despite=dict(plan.despite),
            files=names,
        )


def letter_words(plan: Plan) -> Say:
    """What became of the letter, in words."""
    match plan.state:
        case State.DUE:
            return Say("letter written")
        case State.UNCHANGED:
            return Say("letter unchanged; it went out before")
        case State.HELD:
            return Say("letter held: {why}", why=plan.why)
    return Say("no letter: {why}", why=plan.why)


def _template(stem: str, ending: str) -> str:
    return f"complaint/{stem}.docx" if ending == "docx" else f"complaint/{stem}.{ending}.j2"


def _part(code: str) -> str:
    """A number or code as a part of a path."""
    return code.replace("/", "_").replace("\\", "_")
