"""Rows of feedback → cases, and what is wrong with rows that are none: their cell, and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.task import Task
from aftersales_cli.feedback.case import Case, engineer, own_pairs
from aftersales_cli.feedback.memory import Events
from aftersales_cli.places import Known, Problem, Severity, Unknown
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import FeedbackKind, Window
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.words import Say

REQUEST = ("level", "start", "end")
"""What a request for protection has to say."""
NO_NAME = Unknown("customer_name", Say("the feedback names no customer"))


def faults(row: Feedback, now: datetime) -> Iterator[Problem]:
    """What is wrong with a row by itself: times that cannot be, and a request that does not say what it asks for."""
    for field in ("received_at", "replied_at"):
        fact = row.fact(field)
        if isinstance(fact, Known) and fact.value.at > now:
            yield _problem(row, field, Say("{when} lies in the future; it is {now}", when=fact.value, now=now))
    if row.replied_at is not None and row.replied_at.latest <= row.received_at.at:
        message = Say("answered {replied}, before it was received {received}",
                      replied=row.replied_at, received=row.received_at)  # fmt: skip
        yield _problem(row, "replied_at", message, Say("mend the one that is wrong"))
    if row.kind is FeedbackKind.ASSURANCE:
        yield from _request(row)
    if row.kind is FeedbackKind.OBJECTION and row.task_no is None:
        yield _problem(row, "task_no", Say("it does not say which work is to be moved"), Say("fill in the task number"))


def _request(row: Feedback) -> Iterator[Problem]:
    for field in REQUEST:
        if getattr(row, field) is None:
            heading = row.TABLE.column(field).heading
            message = Say("a request for protection needs {heading}", heading=heading)
            yield _problem(row, field, message, Say("ask the customer and fill it in"))
    if row.start is not None and row.end is not None and row.end.latest <= row.start.at:
        message = Say("the protection ends {end}, before it starts {start}", end=row.end, start=row.start)
        yield _problem(row, "end", message, Say("mend the one that is wrong"))


def foreign(row: Feedback, ownership: Ownership) -> Iterator[Problem]:
    """Circuits of a request that are another customer's, as far as the inventory knows them."""
    for circuit in row.circuit_codes:
        owner = ownership.of(Known("circuit_code", circuit), NO_NAME)
        if owner.codes and folded(row.customer_code) not in map(folded, owner.codes):
            message = Say("circuit {circuit} is not one of customer {code}", circuit=circuit, code=row.customer_code)
            hint = Say("mend the circuit or the customer code")
            yield _problem(row, "circuit_codes", message, hint, found=circuit)


@dataclass(frozen=True)
class Cases:
    """Makes cases of rows; `tasks` by folded number, `history` what the ledger knows of tasks no row names."""

    now: datetime
    ownership: Ownership
    tasks: Mapping[str, Task]
    history: History
    events: Events
    province: str | None = None

    def made(self, rows: Sequence[Feedback]) -> tuple[tuple[Case, ...], tuple[Problem, ...]]:
        """A case for each row with nothing wrong in it, in order, and all that is wrong in the others."""
        cases, problems = [], []
        for row in rows:
            found = [*faults(row, self.now), *foreign(row, self.ownership), *self._strangers(row)]
            problems += found
            customer = self.ownership.customers.by_code(row.customer_code)
            if customer is not None and not any(each.severity is Severity.ERROR for each in found):
                cases.append(self._case(row, customer))
        return tuple(cases), tuple(problems)

    def _strangers(self, row: Feedback) -> Iterator[Problem]:
        """A customer or a task that nobody knows; a task that does not touch this customer is only said."""
        customer = self.ownership.customers.by_code(row.customer_code)
        if customer is None:
            message = Say("the customers have no code {code}", code=row.customer_code)
            if self.ownership.customers.is_broken(row.customer_code):
                message = Say("customer {code} cannot be read", code=row.customer_code)
            yield _problem(row, "customer_code", message, Say("add the customer, or mend the code"))
        if row.task_no is None:
            return
        task = self.tasks.get(folded(row.task_no))
        if task is None and not self.history.of_task(row.task_no):
            message = Say("nobody knows a task {task}", task=row.task_no)
            yield _problem(row, "task_no", message, Say("mend the number, or bring in the row of that cutover"))
        elif task is not None and customer is not None and not own_pairs(task, customer):
            message = Say("task {task} touches no circuit of customer {code}", task=row.task_no, code=customer.code)
            yield _problem(row, "task_no", message, severity=Severity.CAUTION)

    def _case(self, row: Feedback, customer: Customer) -> Case:
        task = self.tasks.get(folded(row.task_no)) if row.task_no else None
        events = self.events.get(folded(row.feedback_no), ())
        return Case(row, customer, task, self.now, engineer(customer, self.province), events, self._told(row))

    def _told(self, row: Feedback) -> Window | None:
        told = self.history.of(row.task_no, row.customer_code) if row.task_no else ()
        return Window(told[-1].window_start, told[-1].window_end) if told else None


def _problem(
    row: Feedback,
    field: str,
    message: Say,
    hint: Say | None = None,
    *,
    found: str | None = None,
    severity: Severity = Severity.ERROR,
) -> Problem:
    value = getattr(row, field)
    shown = found if found is not None else str(value) if value not in (None, ()) else None
    held = (f"feedback {row.feedback_no}",) if severity is Severity.ERROR else ()
    return Problem(message, row.place(field), field, shown, hint, held, severity)
