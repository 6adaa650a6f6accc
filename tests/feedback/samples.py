"""Pieces of feedback, and cases of them, for the tests of this room; made without any file."""

from __future__ import annotations

from typing import Any

from aftersales_cli.cutover.task import Task
from aftersales_cli.feedback.case import Case, engineer
from aftersales_cli.feedback.happening import Next, due, recorded
from aftersales_cli.records.columns import Source
from aftersales_cli.records.events import CaseEvent
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.values import FeedbackKind, Instant
from tests.cutover import samples as cutovers
from tests.cutover.samples import TASK, at, day

NOW = at("2011-05-30T10:00")
"""A Monday, more than a week before the window of every task."""


def row(number: str = "F1", kind: FeedbackKind = FeedbackKind.QUESTION, **given: Any) -> Feedback:
    """K1's question about the task, received an hour ago."""
    facts: dict[str, Any] = {
        "customer_code": "K1",
        "received_at": Instant(at("2011-05-30T09:00")),
        "task_no": None if kind is FeedbackKind.ASSURANCE else TASK,
        "source": Source("feedback.csv", line=2),
    }
    return Feedback(feedback_no=number, kind=kind, **(facts | given))


def request(**given: Any) -> Feedback:
    """A request for protection of level two on the day of the window."""
    asked: dict[str, Any] = {"level": "二级", "start": day("2011-06-08"), "end": day("2011-06-08")}
    return row(kind=FeedbackKind.ASSURANCE, **(asked | given))


def objection(**given: Any) -> Feedback:
    """The wish to have the work moved."""
    return row(kind=FeedbackKind.OBJECTION, **given)


def case(
    said: Feedback | None = None, *events: CaseEvent, task: Task | None = None, now: str = "2011-05-30T10:00"
) -> Case:
    """The case of a piece of feedback about the task."""
    said = said or row()
    about = task or (cutovers.task() if said.task_no else None)
    customer = cutovers.customer(chief_engineer="王一")
    return Case(said, customer, about, at(now), engineer(customer, None), events)


def run(of: Case, *, letters: bool = False, reachable: bool = True) -> tuple[CaseEvent, ...]:
    """All events of a case after a run that recorded what was due."""
    return (*of.events, *(recorded(of, new) for new in new_of(of, letters=letters, reachable=reachable)))


def new_of(of: Case, *, letters: bool = False, reachable: bool = True) -> tuple[Next, ...]:
    """What a run would record."""
    return due(of, letters=letters, reachable=reachable)
