"""The year's routine plan: every customer's visits in their slots, each with a day and a person (R19–R21)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.days import DAY, Busy, YearDays
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.handing import NOWHERE, nearby
from aftersales_cli.visit.naming import Named, Person, Role, Staff, assign
from aftersales_cli.visit.placing import place
from aftersales_cli.visit.slots import Slot, slots
from aftersales_cli.visit.spreading import Caller, spread
from aftersales_cli.words import Counted, Say

FULL_WEEK = 5
"""A week with a made-up working day is not to be preferred to the others."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One visit to be made: the `number`-th `of` so many, the days it may be made on, and what an earlier plan had."""

    customer: Customer
    number: int
    of: int
    slot: Slot
    days: int
    before: PlannedVisit | None = None


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


@dataclass(frozen=True)
class Plan:
    """The plan of one year, in order of days; `unplaced` in order of customers."""

    days: YearDays
    visits: tuple[Appointment, ...]
    unplaced: tuple[Unplaced, ...]
    wanted: Mapping[str, int]

    @cached_property
    def loads(self) -> dict[Person, dict[date, int]]:
        """The visits of each engineer by the Monday of the ISO week; engineers by label, only weeks with visits."""
        found: dict[Person, dict[date, int]] = {}
        for visit in self.visits:
            weeks = found.setdefault(visit.by.person, {})
            monday = visit.day - DAY * visit.day.weekday()
            weeks[monday] = weeks.get(monday, 0) + 1
        return {person: found[person] for person in sorted(found, key=lambda person: person.label)}


@dataclass(frozen=True)
class Planner:
    """Makes the plan: `busy` are customers' days of peace, `before` an earlier plan of the year, both by code.

    `unread` are the folded names of engineers whose rows could not be read: what they had before stays as it was.
    `standing` are visits of an earlier plan to customers that could not be read; they take up their engineers' weeks.
    """

    days: YearDays
    numbers: Numbered
    staff: Staff
    busy: Mapping[str, Sequence[Busy]]
    before: Mapping[str, Sequence[PlannedVisit]]
    unread: frozenset[str] = frozenset()
    standing: Sequence[PlannedVisit] = ()

    def plan(self, customers: Iterable[Customer]) -> Plan:
        """Who goes where on which day; nothing is left out without a reason."""
        ordered = sorted(customers, key=lambda customer: customer.code)
        often = {c.code: self.numbers.frequency.visits(c.level, c.service_grade, c.control_level) for c in ordered}
        earlier = {code: visits[0].engineer for code, visits in self.before.items() if visits}
        who = assign(((c, often[c.code]) for c in ordered), self.staff, earlier)
        wanted: dict[Person, list[tuple[Wanted, Named]]] = {}
        visits: list[Appointment] = []
        unplaced: list[Unplaced] = []
        for customer in ordered:
            named = who[customer.code]
            for each in self._wanted(customer, often[customer.code]):
                kept, why = self._stays(each, named), self._why_not(each, named)
                if kept is not None:
                    visits.append(kept)
                elif why is not None or named is None:
                    unplaced.append(Unplaced(each, named.person if named else None, why or Say("nobody can go")))
                else:
                    wanted.setdefault(named.person, []).append((each, named))
        past = self._taken(visits)
        for turn, (person, theirs) in enumerate(sorted(wanted.items(), key=lambda each: each[0].label)):
            placed, short = self._placed(person, theirs, past.get(person, {}), turn)
            visits += placed
            unplaced += short
        visits.sort(key=lambda v: (v.day, v.by.person.label, v.customer.code, v.wanted.number))
        unplaced.sort(key=lambda u: (u.wanted.customer.code, u.wanted.number))
        return Plan(self.days, tuple(visits), tuple(unplaced), often)

    def _wanted(self, customer: Customer, visits: int) -> Iterator[Wanted]:
        earlier = sorted(self.before.get(customer.code, ()), key=lambda visit: visit.day)
        busy = 0
        for each in self.busy.get(customer.code, ()):
            busy |= self.days.mask(each.start, each.end)
        for number, slot in enumerate(slots(self.days.year, visits), start=1):
            mask = self.days.mask(slot.start, slot.end) & ~busy
            before = next((visit for visit in earlier if slot.start <= visit.day <= slot.end), None)
            yield Wanted(customer, number, visits, slot, mask, before)

    def _stays(self, wanted: Wanted, named: Named | None) -> Appointment | None:
        """A visit of the earlier plan that stays as it was: its day is over, or its engineer's row could not be read.

        Whether a visit was made is not asked here.
        """
        before = wanted.before
        if before is None or (before.day >= self.days.since and not is_of(before.engineer, self.unread)):
            return None
        if named is None or named.person.label != before.engineer:
            named = Named(self.staff.person(before.engineer, before.place), Role.CHIEF)
        return self._appointed(wanted, before.day, named)

    def _taken(self, visits: Iterable[Appointment]) -> dict[Person, dict[int, int]]:
        """How many visits that stay as they are each engineer has in weeks that are not over."""
        number = {monday: i for i, monday in enumerate(self.days.weeks)}
        found: dict[Person, dict[int, int]] = {}
        stand = [(each.day, self.staff.person(each.engineer, each.place)) for each in self.standing]
        for day, person in [*((visit.day, visit.by.person) for visit in visits), *stand]:
            week = number.get(day - DAY * day.weekday())
            if week is not None:
                weeks = found.setdefault(person, {})
                weeks[week] = weeks.get(week, 0) + 1
        return found

    def _why_not(self, wanted: Wanted, named: Named | None) -> Say | None:
        """Why a visit cannot be made at all, whatever else is planned; None where it can."""
        if named is None:
            return Say("there is no engineer at {place}", place=wanted.customer.headquarters)
        if wanted.days:
            return None
        slot = wanted.slot
        if not self.days.mask(slot.start, slot.end):
            return Say("its slot is over")
        reasons = [each.why for each in self.busy.get(wanted.customer.code, ())
                   if each.start <= slot.end and each.end >= slot.start]  # fmt: skip
        return Say("no working day of its slot is free: {reasons}", reasons=list(dict.fromkeys(reasons)))

    def _placed(
        self, person: Person, wanted: Sequence[tuple[Wanted, Named]], past: Mapping[int, int], turn: int
    ) -> tuple[list[Appointment], list[Unplaced]]:
        days = self.days
        towns = {name: i for i, name in enumerate(sorted({each.customer.headquarters for each, _ in wanted}))}
        town = [towns[each.customer.headquarters] for each, _ in wanted]
        kept = [self._kept(each) for each, _ in wanted]
        masks = [days.weeks_in(each.days) for each, _ in wanted]
        weeks = [NOWHERE if day is None else days.week_of[day] for day in kept]
        found = place(
            masks,
            [min(mask.bit_count(), FULL_WEEK) for mask in days.in_week],
            person.capacity,
            town,
            nearby(masks, weeks, [self._former(each) for each, _ in wanted]),
            [past.get(week, 0) for week in range(len(days.weeks))],
            turn,
        )
        by_week: dict[int, list[Caller]] = {}
        for i, week in enumerate(found.weeks):
            if week != NOWHERE:
                stays = kept[i] if kept[i] is not None and days.week_of[kept[i] or 0] == week else None
                by_week.setdefault(week, []).append(Caller(i, town[i], wanted[i][0].days, stays))
        visits = [
            self._appointed(wanted[i][0], days.days[day], wanted[i][1])
            for week, callers in by_week.items()
            for i, day in spread(callers, _bits(days.in_week[week]), week + turn).items()
        ]
        short = [
            Unplaced(wanted[i][0], person, self._too_much(person, shortage.weeks, shortage.needed, shortage.room))
            for i, shortage in found.short.items()
        ]
        return visits, short

    def _kept(self, wanted: Wanted) -> int | None:
        """The bit of its day in the earlier plan, where it may still be made on that day."""
        day = self.days.index.get(wanted.before.day) if wanted.before else None
        return day if day is not None and wanted.days >> day & 1 else None

    def _former(self, wanted: Wanted) -> int:
        """The week of its day in the earlier plan, or the next one that has working days."""
        if wanted.before is None:
            return NOWHERE
        day = wanted.before.day
        return bisect_left(self.days.weeks, day - DAY * day.weekday())

    def _too_much(self, person: Person, weeks: int, needed: int, room: int) -> Say:
        if not person.capacity:
            return Say("{engineer} makes no visits: 0 a week are possible", engineer=person.label)
        spans = [self.days.weeks[i] for i in range(len(self.days.weeks)) if weeks >> i & 1]
        return Counted(
            "{engineer} has {n} visit to make in {weeks} from {first} to {last}, and can make {room}",
            "{engineer} has {n} visits to make in {weeks} from {first} to {last}, and can make {room}",
            n=needed,
            engineer=person.label,
            weeks=Counted("{n} week", "{n} weeks", n=len(spans)),
            first=spans[0],
            last=spans[-1] + 6 * DAY,
            room=room,
        )

    def _appointed(self, wanted: Wanted, day: date, by: Named) -> Appointment:
        level, before = wanted.customer.level, wanted.before
        numbers = self.numbers
        same = before is not None and (before.day, before.engineer) == (day, by.person.label)
        sequence = 0 if before is None else before.sequence + (not same)
        return Appointment(wanted, day, by, numbers.content(level), numbers.is_filed(level), sequence)


def is_of(label: str, names: frozenset[str]) -> bool:
    """Whether a plan's label is that of one of these folded names: the name, or the name with its place behind it."""
    return bool(names) and (folded(label) in names or folded(label.split("（")[0]) in names)


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
