"""What a notifying run would judge and tell now, for commands that only look ahead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from aftersales_cli.cutover.absence import Absence
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.notices import Plan
from aftersales_cli.cutover.planning import Planner
from aftersales_cli.cutover.telling import Message, enterprise_department, messages
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inputs import Inputs, read_inputs
from aftersales_cli.jobs.judging import Judge, gatherer
from aftersales_cli.places import Severity
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import CaseEvent, Delivered

BEHIND = ("cutovers", "circuits", "routes")
"""The tables whose files stand behind a notice (D12)."""


@dataclass(frozen=True)
class Foreseen:
    """What a run would judge and tell now; nothing of it is rendered, written or remembered."""

    inputs: Inputs
    made: Gatherer
    plan: Plan
    judged: tuple[Judged, ...]
    messages: tuple[Message, ...]
    case_events: tuple[CaseEvent, ...] = ()
    deliveries: tuple[Delivered, ...] = ()


def foreseen(desk: Desk, *, without: bool = False) -> Foreseen:
    """The same reading, judging and planning as a dry run's, on a snapshot of the ledger; takes no lock.

    `without`: a desk that names no cutovers has none, and is no error.
    """
    inputs, judge = read_inputs(desk, without=without), Judge(desk, {})
    with desk.ledger(write=False) as ledger:
        events, deliveries = ledger.case_events(), ledger.deliveries()
        made = gatherer(desk, inputs, History(ledger.issued()), events)
    tasks = made.tasks(inputs.rows)
    judged = tuple(judge.judge(task) for task in tasks)
    late = {key: is_late for one in judged for key, is_late in judge.late(one).items()}
    absence = Absence(made, whole(desk, inputs), inputs.every_number_read, tasks)
    plan = Planner(made, absence).plan(judged, late)
    told = messages(plan.notices, department(desk, inputs))
    return Foreseen(inputs, made, plan, judged, told, events, deliveries)


def whole(desk: Desk, inputs: Inputs) -> Collection[str]:
    """The cutover, circuit and route files that were read without any error (D12 b)."""
    names = {source.name for table in BEHIND for source in desk.inputs(table)}
    bad = {p.place.file for p in inputs.problems if p.place and p.severity is Severity.ERROR}
    return frozenset(names - bad)


def department(desk: Desk, inputs: Inputs) -> Department | None:
    """Who is told in the place of customers that nobody can reach."""
    roles, province = desk.book.vocabularies["department_roles"], desk.book.named(desk.province)
    return enterprise_department(inputs.departments.records, roles, province)
