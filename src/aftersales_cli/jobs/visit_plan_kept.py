"""What the ledger keeps of a year's plan (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from aftersales_cli.jobs.visit_plan_standing import Standing
from aftersales_cli.records.events import Kept, OpenVisit, PlannedVisit, YearsPlan
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.earlier import codes_of
from aftersales_cli.visit.plan import Appointment, Plan, Unplaced
from aftersales_cli.words import Say

_ANY = Say("nobody can go")


def kept(plan: Plan, standing: Standing) -> Kept:
    """What is remembered from now on: this plan, and what stands of the one before; in order of days."""
    unread = standing.peace_unread
    codes = codes_of(standing.before)
    visits = [*(_kept(plan, visit, unread, codes) for visit in plan.visits), *standing.visits, *standing.over(plan)]
    open_ = [*(_open(plan, one, unread, codes) for one in plan.unplaced), *standing.open]
    return Kept(
        planned=tuple(sorted(visits, key=lambda v: (v.day, v.engineer, v.customer_code, v.number))),
        open_visits=tuple(sorted(open_, key=lambda o: (o.customer_code, o.slot_from))),
        plans=(plan.days.year,),
    )


def same(before: YearsPlan, now: Kept) -> bool:
    """Whether the ledger has this very plan: the same visits, as provisional as before, and the same ones open.

    Why one is open is not compared: the numbers in the sentence change from week to week.
    """
    visits = _visits([*before.visits, *before.superseded]) == _visits(now.planned)
    return visits and _left(before.open) == _left(now.open_visits)


def _visits(visits: Iterable[PlannedVisit]) -> list[str]:
    return sorted(repr(replace(visit, run="", sequence=0)) for visit in visits)


def _left(left: Iterable[OpenVisit]) -> list[str]:
    return sorted(repr(replace(one, run="", because=_ANY, was=None)) for one in left)


def _open(plan: Plan, one: Unplaced, unread: tuple[str, ...], codes: Mapping[str, str]) -> OpenVisit:
    wanted, was = one.wanted, None
    if wanted.before is not None:
        was = wanted.before.day
    elif wanted.left is not None:
        was = wanted.left.was
    return OpenVisit(
        year=plan.days.year,
        customer_code=codes.get(folded(wanted.customer.code), wanted.customer.code),
        number=wanted.number,
        of=wanted.of,
        place=wanted.customer.headquarters,
        engineer=one.person.label if one.person else None,
        slot_from=wanted.slot.start,
        slot_to=wanted.slot.end,
        because=one.because,
        was=was,
        unread=unread,
    )


def _kept(plan: Plan, visit: Appointment, unread: tuple[str, ...], codes: Mapping[str, str]) -> PlannedVisit:
    wanted = visit.wanted  # the code as it was spelt first: calendars have it in the ids of their entries
    return PlannedVisit(
        year=plan.days.year,
        customer_code=codes.get(folded(visit.customer.code), visit.customer.code),
        number=wanted.number,
        of=wanted.of,
        day=visit.day,
        place=visit.customer.headquarters,
        engineer=visit.by.person.label,
        slot_from=wanted.slot.start,
        slot_to=wanted.slot.end,
        content=visit.content,
        filed=visit.filed,
        provisional=plan.days.provisional,
        sequence=visit.sequence,
        role=visit.by.role.value,
        unread=unread,
    )
