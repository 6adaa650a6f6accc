"""What a new plan no longer has of the one before: taken out, cancelled in calendars, over and kept (R19, R21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.plan import Plan


def taken_out(before: Iterable[PlannedVisit], plan: Plan) -> Iterator[PlannedVisit]:
    """The visits still to come that the plan has in no form, neither placed nor open: their customer is gone, or goes
    fewer times; in order of days."""
    known = _known(plan)
    yield from _ahead((visit for visit in before if id(visit) not in known), plan)


def cancelled(before: Iterable[PlannedVisit], plan: Plan) -> Iterator[PlannedVisit]:
    """The visits still to come that are in their engineer's calendar and do not belong there now; in order of days."""
    now = {(folded(v.customer.code), v.wanted.number, v.wanted.of, v.by.person.label) for v in plan.visits}
    yield from _ahead((v for v in before if (folded(v.customer_code), v.number, v.of, v.engineer) not in now), plan)


def over(before: Iterable[PlannedVisit], plan: Plan) -> Iterator[PlannedVisit]:
    """The visits of the plan before whose day is over and that the plan does not have: they are kept all the same.

    Of a customer that is still visited they are superseded: another visit stands for their slot.
    """
    known, visited = _known(plan), set(map(folded, plan.wanted))
    for visit in before:
        if visit.day < plan.days.since and id(visit) not in known:
            yield replace(visit, superseded=visit.superseded or folded(visit.customer_code) in visited)


def _known(plan: Plan) -> set[int]:
    """The very visits of the plan before that this one goes on with."""
    wanted = [*(visit.wanted for visit in plan.visits), *(one.wanted for one in plan.unplaced)]
    return {id(each.before) for each in wanted if each.before is not None}


def _ahead(visits: Iterable[PlannedVisit], plan: Plan) -> list[PlannedVisit]:
    ahead = (visit for visit in visits if visit.day >= plan.days.since)
    return sorted(ahead, key=lambda visit: (visit.day, visit.engineer, visit.customer_code))
