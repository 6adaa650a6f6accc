"""A year's plan as values: what is wanted, who goes on which day, what could not be placed, what is past (R19–R21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import OpenVisit, PlannedVisit
from aftersales_cli.visit.days import DAY, YearDays
from aftersales_cli.visit.naming import Named, Person
from aftersales_cli.visit.slots import Slot
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Wanted:
    """One visit to be made: the `number`-th `of` so many, the days it may be made on, and what earlier plans had.

    `before` is the plan before's visit; `former` one that an earlier plan had and the plan before has not, whose day it
    gets where that is free; `left` is what the plan before said where it had no day; `made` is the day on which
    somebody was there in its slot already.
    """

    customer: Customer
    number: int
    of: int
    slot: Slot
    days: int
    before: PlannedVisit | None = None
    former: PlannedVisit | None = None
    left: OpenVisit | None = None
    made: date | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One visit of the plan. `sequence` grows by one whenever a later plan moves it or gives it to somebody else."""

    wanted: Wanted
    day: date
    by: Named
    content: tuple[str, ...]
    filed: bool
    sequence: int = 0

    @property
    def customer(self) -> Customer:
        """Who is visited."""
        return self.wanted.customer

    @property
    def moved_from(self) -> date | None:
        """Its day in the plan before, where that was another."""
        before = self.wanted.before
        return before.day if before and before.day != self.day else None

    @property
    def changed(self) -> bool:
        """Whether the plan before did not have it like this."""
        before = self.wanted.before
        return before is None or (before.day, before.engineer) != (self.day, self.by.person.label)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A visit for which there is no day or nobody, and why."""

    wanted: Wanted
    person: Person | None
    because: Say


@dataclass(frozen=True, slots=True)
class Past:
    """A visit that no plan had and that is not planned now: it was made on a day (`made`), or its slot is over."""

    wanted: Wanted
    made: date | None


@dataclass(frozen=True)
class Plan:
    """The plan of one year, in order of days; `unplaced` and `past` in order of customers.

    `wanted` is the number of visits of each customer, by code: those planned, those left open, and those past.
    `cautions` are for whoever goes by the plan, such as tables that were not read: every document has them.
    """

    days: YearDays
    visits: tuple[Appointment, ...]
    unplaced: tuple[Unplaced, ...]
    wanted: Mapping[str, int]
    past: tuple[Past, ...] = ()
    cautions: tuple[Say, ...] = ()

    @property
    def lost(self) -> tuple[Unplaced, ...]:
        """What cannot be placed any more, though the plan before had a day for it."""
        return tuple(one for one in self.unplaced if one.wanted.before is not None)

    @cached_property
    def loads(self) -> dict[Person, dict[date, int]]:
        """The visits of each engineer by the Monday of the ISO week; engineers by label, only weeks with visits."""
        found: dict[Person, dict[date, int]] = {}
        for visit in self.visits:
            weeks = found.setdefault(visit.by.person, {})
            monday = visit.day - DAY * visit.day.weekday()
            weeks[monday] = weeks.get(monday, 0) + 1
        return {person: found[person] for person in sorted(found, key=lambda person: person.label)}
