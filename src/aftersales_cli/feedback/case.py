"""One case of customer feedback: what was said, by whom, about which work, and what has happened since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import CaseEvent, Happened
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import FeedbackKind, Instant, Outcome, Window
from aftersales_cli.words import Say

NOT_DECIDED = Say("nobody has decided yet whether the wish can be met")


class State(StrEnum):
    """How far a case has come."""

    OPEN = "open"
    ANSWERED = "answered"
    CANNOT_BE_MET = "cannot_be_met"
    FORWARDED = "forwarded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Engineer:
    """Who is in charge of a case (R4, R6); `role` is `chief_engineer`, `local_engineer` or `manager`."""

    name: str
    role: str
    contact: str | None = None


def engineer(customer: Customer, province: str | None) -> Engineer | None:
    """The customer's chief engineer, else the one of the desk's province, else the account manager, else nobody."""
    if customer.chief_engineer:
        return Engineer(customer.chief_engineer, "chief_engineer", next(iter(customer.chief_engineer_email), None))
    for place, name in customer.local_engineers:
        if place == province:
            return Engineer(name, "local_engineer")
    if customer.manager:
        contact = customer.manager_phone or next(iter(customer.manager_email), None)
        return Engineer(customer.manager, "manager", contact)
    return None


@dataclass(frozen=True)
class Case:
    """One row of feedback with its customer, the task it speaks of, and the ledger's events about it, oldest first.

    `told` is the window a notice of the ledger gave, where no row of this run has the task any more.
    """

    row: Feedback
    customer: Customer
    task: Task | None
    now: datetime
    owner: Engineer | None = None
    events: tuple[CaseEvent, ...] = ()
    told: Window | None = None

    @property
    def number(self) -> str:
        """Its number."""
        return self.row.feedback_no

    @property
    def kind(self) -> FeedbackKind:
        """Question, objection or request."""
        return self.row.kind

    @property
    def received_at(self) -> Fact[Instant]:
        """When it was received: whose editions judge it."""
        return self.row.fact("received_at")

    @property
    def window(self) -> Fact[Window] | None:
        """The window of the work it speaks of; None where it speaks of none that is known."""
        if self.task is not None:
            return self.task.window
        return Known("window", self.told) if self.told is not None else None

    @property
    def begins(self) -> datetime | None:
        """When that work begins, where that can be read."""
        return self.window.value.start if isinstance(self.window, Known) else None

    @property
    def forwarded(self) -> CaseEvent | None:
        """When it was last handed to the approval departments."""
        return self.last(Happened.FORWARDED)

    @property
    def reason(self) -> Fact[str]:
        """The initiating unit's reason."""
        return self.row.fact("unit_reason")

    @property
    def replied_at(self) -> Fact[Instant]:
        """When the customer was answered."""
        return self.row.fact("replied_at")

    @property
    def outcome(self) -> Fact[Outcome]:
        """What was decided; Unknown as long as nobody has."""
        fact = self.row.fact("outcome")
        if isinstance(fact, Known) and fact.value is Outcome.OPEN:
            return Unknown("outcome", NOT_DECIDED, fact.place)
        return fact

    @property
    def refused(self) -> bool:
        """Whether it was decided that the wish cannot be met."""
        return self.row.outcome is Outcome.NOT_MET

    @property
    def pairs(self) -> tuple[Pair, ...]:
        """The circuits of the task that are this customer's, and of nobody else."""
        return own_pairs(self.task, self.customer) if self.task else ()

    def last(self, event: Happened) -> CaseEvent | None:
        """The last event of this kind."""
        return next((each for each in reversed(self.events) if each.event is event), None)

    def first(self, event: Happened) -> CaseEvent | None:
        """The first event of this kind."""
        return next((each for each in self.events if each.event is event), None)

    @property
    def state(self) -> State:
        """How far it has come; it is closed once it is decided and answered, and nothing is owed that its kind asks."""
        answered, decided = isinstance(self.replied_at, Known), isinstance(self.outcome, Known)
        complete = {
            FeedbackKind.QUESTION: True,
            FeedbackKind.OBJECTION: not self.refused or isinstance(self.reason, Known),
            FeedbackKind.ASSURANCE: True,
        }[self.kind]
        if answered and decided and complete:
            return State.CLOSED
        if self.refused:
            return State.CANNOT_BE_MET
        if self.kind is FeedbackKind.ASSURANCE:
            return State.OPEN if self.forwarded is None else State.FORWARDED
        return State.ANSWERED if answered else State.OPEN


def own_pairs(task: Task, customer: Customer) -> tuple[Pair, ...]:
    """The circuits of a task that go on and are this customer's."""
    return tuple(pair for pair in task.pairs if not pair.cancelled and _is(pair.owner.codes, customer.code))


def _is(codes: Sequence[str], code: str) -> bool:
    return [folded(each) for each in codes] == [folded(code)]
