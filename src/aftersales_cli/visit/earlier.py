"""What earlier plans of a year had for each customer: which visit of theirs stands for a slot of the new one (R19)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from aftersales_cli.records.events import OpenVisit, PlannedVisit, YearsPlan
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.naming import Staff
from aftersales_cli.visit.slots import Slot


@dataclass(frozen=True)
class Earlier:
    """The plans of the year before this one, as the ledger knows them; `since` is the first day that is not over.

    Customers are asked for by their codes, however they were spelt then.
    """

    plan: YearsPlan = field(default_factory=YearsPlan)
    since: date = date.min

    def visit_in(self, code: str, slot: Slot, made: date | None) -> PlannedVisit | None:
        """The visit of the plan before that stands for a slot.

        Where the slot has several, for the customer has fewer visits since, it is one still to come; unless somebody
        was there in that slot already (`made`): then it is the one that is over. A superseded one stands where nothing
        else does.
        """
        found = _within(self._visits, code, slot)
        over = [visit for visit in found if visit.day < self.since]
        ahead = [visit for visit in found if visit.day >= self.since]
        if over and (made or not ahead):
            return over[-1]
        if ahead or made or self.open_in(code, slot):
            return next(iter(ahead), None)
        superseded = _within(self._superseded, code, slot)
        return superseded[-1] if superseded else None

    def former_in(self, code: str, slot: Slot, number: int, of: int) -> PlannedVisit | None:
        """A visit that was once planned in a slot, on a day still to come, and then taken out; the same one first."""
        found = [visit for visit in _within(self._former, code, slot) if visit.day >= self.since]
        return min(found, key=lambda visit: ((visit.number, visit.of) != (number, of), visit.day), default=None)

    def open_in(self, code: str, slot: Slot) -> OpenVisit | None:
        """The visit that the plan before had no day for, where its slot ended within this one."""
        return next((left for left in self._open.get(folded(code), ()) if slot.start <= left.slot_to <= slot.end), None)

    def sequence(self, code: str, number: int, of: int) -> int | None:
        """The highest number any calendar has of a visit, its cancellation counted; None for one never planned."""
        return self._sequences.get((folded(code), number, of))

    @cached_property
    def engineers(self) -> Mapping[str, str]:
        """By folded code who goes: the engineer of the first visit still to come, else of the last."""
        found: dict[str, str] = {}
        for visits in (self._former, self._visits):
            for code, theirs in visits.items():
                found[code] = next((v for v in theirs if v.day >= self.since), theirs[-1]).engineer
        return found

    @cached_property
    def _visits(self) -> Mapping[str, Sequence[PlannedVisit]]:
        return _by_code(self.plan.visits)

    @cached_property
    def _superseded(self) -> Mapping[str, Sequence[PlannedVisit]]:
        return _by_code(self.plan.superseded)

    @cached_property
    def _former(self) -> Mapping[str, Sequence[PlannedVisit]]:
        return _by_code(self.plan.former)

    @cached_property
    def _open(self) -> Mapping[str, Sequence[OpenVisit]]:
        found: dict[str, list[OpenVisit]] = {}
        for left in self.plan.open:
            found.setdefault(folded(left.customer_code), []).append(left)
        return found

    @cached_property
    def _sequences(self) -> Mapping[tuple[str, int, int], int]:
        found: dict[tuple[str, int, int], int] = {}
        for visits, more in ((self.plan.former, 1), (self.plan.superseded, 0), (self.plan.visits, 0)):
            for visit in visits:
                key = folded(visit.customer_code), visit.number, visit.of
                found[key] = max(found.get(key, 0), visit.sequence + more)
        return found


def as_called_now(plan: YearsPlan, staff: Staff) -> YearsPlan:
    """Earlier plans with the labels that their engineers have today: a namesake that comes or goes changes nobody."""
    everything: tuple[PlannedVisit | OpenVisit, ...] = (*plan.visits, *plan.superseded, *plan.open, *plan.former)
    now = labels_now(((one.engineer, one.place) for one in everything if one.engineer), staff)

    def called(visits: Iterable[PlannedVisit]) -> tuple[PlannedVisit, ...]:
        return tuple(replace(one, engineer=now.get(one.engineer, one.engineer)) for one in visits)

    left = tuple(replace(one, engineer=now.get(one.engineer or "", one.engineer)) for one in plan.open)
    return YearsPlan(called(plan.visits), called(plan.superseded), left, called(plan.former))


def labels_now(written: Iterable[tuple[str, str]], staff: Staff) -> Mapping[str, str]:
    """By a plan's labels, given with the places of their visits, those of today, where a single person can be meant.

    Of several of one name it is whoever most of the places tell; where they tell two alike, nobody.
    """
    votes: dict[str, Counter[str]] = {}
    for (label, place), times in Counter(written).items():
        found = staff.called(label, place)
        if len(found) == 1:
            votes.setdefault(label, Counter())[found[0].label] += times
    ranked = {label: counted.most_common(2) for label, counted in votes.items()}
    return {label: top[0][0] for label, top in ranked.items() if len(top) == 1 or top[0][1] > top[1][1]}


def codes_of(plan: YearsPlan) -> Mapping[str, str]:
    """By folded code how earlier plans, and with them the calendars, have each code; what stands counts most."""
    everything: tuple[PlannedVisit | OpenVisit, ...] = (*plan.former, *plan.open, *plan.superseded, *plan.visits)
    return {folded(one.customer_code): one.customer_code for one in everything}


def _by_code(visits: Iterable[PlannedVisit]) -> Mapping[str, Sequence[PlannedVisit]]:
    found: dict[str, list[PlannedVisit]] = {}
    for visit in sorted(visits, key=lambda visit: (visit.day, visit.number)):
        found.setdefault(folded(visit.customer_code), []).append(visit)
    return found


def _within(visits: Mapping[str, Sequence[PlannedVisit]], code: str, slot: Slot) -> list[PlannedVisit]:
    return [visit for visit in visits.get(folded(code), ()) if slot.start <= visit.day <= slot.end]
