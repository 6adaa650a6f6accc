"""Lines of visits that are owed: to warned customers, as planned, as agreed (R19–R25, R42)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.today_line import Line, Urgency, end_of, option
from aftersales_cli.jobs.today_seen import WEEK, Seen
from aftersales_cli.jobs.visit_due import Found, found, reason
from aftersales_cli.records.values import VisitKind
from aftersales_cli.visit.obligations import PLAN, Because, Obligation
from aftersales_cli.words import Say

ABOUT = ("warnings", "crises", "visits")
"""Where none of these is named and no plan was made, nobody keeps track of visits here."""


def visits_of(desk: Desk) -> Found | None:
    """What is owed; None where the desk keeps no record of visits, or names no customers."""
    if desk.named_nowhere("customers"):
        return None
    until = desk.as_of.date() + WEEK
    if any(not desk.named_nowhere(table) for table in ABOUT):
        return found(desk, until)
    with desk.ledger(write=False) as ledger:
        return found(desk, until) if ledger.visits() or ledger.planned_years() else None


def warned(seen: Seen) -> Iterator[Line]:
    """A line for each visit that warnings and crises ask for (R22–R24)."""
    return _lines(seen, lambda kind: kind is VisitKind.CRISIS)


def visits(seen: Seen) -> Iterator[Line]:
    """A line for each other visit that is owed: as agreed, as planned (R19, R42)."""
    return _lines(seen, lambda kind: kind is not VisitKind.CRISIS)


def _lines(seen: Seen, of: Callable[[VisitKind], bool]) -> Iterator[Line]:
    """Another province's is never pressing, for it is not ours to make."""
    owed = seen.visits.obligations if seen.visits else ()
    for one in (each for each in owed if of(each.kind)):
        command = seen.commands.plain("visit", "due", *option("--customer", one.customer.code))
        day = _day(seen, one)
        yield Line(_what(one), reason(_because(one, day)), command, day, _urgency(seen, one, day))


def _day(seen: Seen, one: Obligation) -> date:
    """The day it is planned for, where that is still to come; else the day it is due."""
    return one.meant_for if one.meant_for >= seen.now.date() else one.due_by


def _because(one: Obligation, day: date) -> Because:
    """What the day comes from: the plan where it is the plan's day, else what presses most."""
    planned = (each for each in one.others if each.rule == PLAN and day == one.planned != one.due_by)
    return next(planned, one.because)


def _urgency(seen: Seen, one: Obligation, day: date) -> Urgency:
    if one.theirs is not None:
        return Urgency.COMING
    if one.overdue is None:
        return Urgency.PERSON
    return seen.urgency(end_of(day), otherwise=Urgency.COMING)


def _what(one: Obligation) -> Say:
    values = {"customer": one.customer.name, "place": one.where.text, "who": one.engineer, "province": one.theirs}
    if one.theirs is not None:
        return Say("start a task in the group system: {province} has to visit {customer} in {place}", **values)
    if one.leader is not None:
        return Say("visit {customer} in {place} on site ({who}), led by {rank} or higher", rank=one.leader, **values)
    if one.on_site:
        return Say("visit {customer} in {place} on site ({who})", **values)
    return Say("visit {customer} in {place} ({who})", **values)
