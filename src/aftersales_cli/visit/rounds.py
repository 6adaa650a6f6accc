"""One engineer's year: each visit into a week that has room, then onto a day of it (R19)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.visit.days import DAY, YearDays
from aftersales_cli.visit.handing import NOWHERE, nearby
from aftersales_cli.visit.naming import Person
from aftersales_cli.visit.placing import place
from aftersales_cli.visit.plan import Wanted
from aftersales_cli.visit.spreading import spread
from aftersales_cli.words import Counted, Say

FULL_WEEK = 5
"""A week with a made-up working day is not to be preferred to the others."""


@dataclass(frozen=True)
class Rounds:
    """Finds the days of one engineer's visits, `wanted`; both results are by their numbers in it.

    `taken` counts the visits that stand already in a week, by its number. `turn` is another for each engineer, so that
    not all of them begin on a Monday.
    """

    days: YearDays
    person: Person
    wanted: Sequence[Wanted]
    taken: Mapping[int, int]
    turn: int

    def found(self) -> tuple[dict[int, date], dict[int, Say]]:
        """The day of each visit, and why one has none."""
        days, wanted = self.days, self.wanted
        towns = {name: i for i, name in enumerate(sorted({each.customer.headquarters for each in wanted}))}
        town = [towns[each.customer.headquarters] for each in wanted]
        kept = [self._kept(each) for each in wanted]
        masks = [days.weeks_in(each.days) for each in wanted]
        weeks = [NOWHERE if day is None else days.week_of[day] for day in kept]
        placed = place(
            masks,
            [min(mask.bit_count(), FULL_WEEK) for mask in days.in_week],
            self.person.capacity,
            town,
            nearby(masks, weeks, [self._former(each) for each in wanted]),
            [self.taken.get(week, 0) for week in range(len(days.weeks))],
            self.turn,
        )
        on = spread(placed.weeks, [each.days for each in wanted], town, days.in_week, self.turn, kept)
        found = {i: days.days[day] for i, day in enumerate(on) if day != NOWHERE}
        return found, {i: self._too_much(one.weeks, one.needed, one.room) for i, one in placed.short.items()}

    def _kept(self, wanted: Wanted) -> int | None:
        """The bit of its day in an earlier plan, where it may still be made on that day."""
        stood = wanted.before or wanted.former
        day = self.days.index.get(stood.day) if stood else None
        return day if day is not None and wanted.days >> day & 1 else None

    def _former(self, wanted: Wanted) -> int:
        """The week of its day in an earlier plan, or the next one that has working days."""
        stood = wanted.before or wanted.former
        if stood is None:
            return NOWHERE
        day = stood.day
        return bisect_left(self.days.weeks, day - DAY * day.weekday())

    def _too_much(self, weeks: int, needed: int, room: int) -> Say:
        if not self.person.capacity:
            return Say("{engineer} makes no visits: 0 a week are possible", engineer=self.person.label)
        spans = [monday for i, monday in enumerate(self.days.weeks) if weeks >> i & 1]
        year = self.days.year
        return Counted(
            "{engineer} has {n} visit to make in {weeks} from {first} to {last}, and can make {room}",
            "{engineer} has {n} visits to make in {weeks} from {first} to {last}, and can make {room}",
            n=needed,
            engineer=self.person.label,
            weeks=Counted("{n} week", "{n} weeks", n=len(spans)),
            first=max(spans[0], date(year, 1, 1)),
            last=min(spans[-1] + 6 * DAY, date(year, 12, 31)),
            room=room,
        )
