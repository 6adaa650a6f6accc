"""Makes the year's routine plan: every customer's visits in their slots, each with a day and a person (R19–R21)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.days import DAY, Busy, YearDays
from aftersales_cli.visit.earlier import Earlier
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.naming import Named, Person, Role, Staff, assign
from aftersales_cli.visit.plan import Appointment, Past, Plan, Unplaced, Wanted
from aftersales_cli.visit.rounds import Rounds
from aftersales_cli.visit.slots import made_in, slots
from aftersales_cli.words import Say


@dataclass
class _Sorted:
    """The visits of all customers by what becomes of them; `open_` are still to be given a day, by engineer."""

    stay: list[Appointment] = field(default_factory=list)
    past: list[Past] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    open_: dict[Person, list[tuple[Wanted, Named]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Planner:
    """Makes the plan: `busy` are customers' days of peace, by code; `earlier` are the plans of the year before this.

    `unread` are the folded names of engineers whose rows could not be read: what they had before stays as it was.
    `standing` are further visits that take up their engineers' weeks: to customers that could not be read or are gone,
    and of the years beside this one. `made` are the days of the year's routine visits until now, by folded code: what
    no plan had is not planned once more.
    """

    days: YearDays
    numbers: Numbered
    staff: Staff
    busy: Mapping[str, Sequence[Busy]]
    earlier: Earlier
    unread: frozenset[str] = frozenset()
    standing: Sequence[PlannedVisit] = ()
    made: Mapping[str, Sequence[date]] = field(default_factory=dict)

    def plan(self, customers: Iterable[Customer]) -> Plan:
        """Who goes where on which day; nothing is left out without a reason."""
        ordered = sorted(customers, key=lambda customer: customer.code)
        often = {c.code: self.numbers.frequency.visits(c.level, c.service_grade, c.control_level) for c in ordered}
        went = self.earlier.engineers
        before = {c.code: went[folded(c.code)] for c in ordered if folded(c.code) in went}
        who = assign(((c, often[c.code]) for c in ordered), self.staff, before)
        found = _Sorted()
        for customer in ordered:
            self._sort(found, customer, often[customer.code], who[customer.code])
        visits, unplaced = [*found.stay], [*found.unplaced]
        taken = self._taken(found.stay)
        for turn, (person, theirs) in enumerate(sorted(found.open_.items(), key=lambda each: each[0].label)):
            theirs.sort(key=lambda each: each[0].before is None)  # what stands goes before what comes back
            days, short = Rounds(
                self.days, person, [wanted for wanted, _ in theirs], taken.get(person, {}), turn
            ).found()
            visits += (self._appointed(theirs[i][0], day, theirs[i][1]) for i, day in days.items())
            unplaced += (Unplaced(theirs[i][0], person, why) for i, why in short.items())
        visits.sort(key=lambda v: (v.day, v.by.person.label, v.customer.code, v.wanted.number))
        unplaced.sort(key=lambda u: (u.wanted.customer.code, u.wanted.number))
        past = [*found.past, *(Past(one.wanted, one.wanted.made) for one in unplaced if one.wanted.made)]
        past.sort(key=lambda p: (p.wanted.customer.code, p.wanted.number))
        left = tuple(one for one in unplaced if not one.wanted.made)
        return Plan(self.days, tuple(visits), left, often, tuple(past))

    def _sort(self, found: _Sorted, customer: Customer, visits: int, named: Named | None) -> None:
        """What becomes of each visit of one customer."""
        for wanted in self._wanted(customer, visits):
            if (kept := self._stays(wanted, named)) is not None:
                found.stay.append(kept)
            elif wanted.before is None and (wanted.made or (wanted.left is None and not self._left(wanted))):
                found.past.append(Past(wanted, wanted.made))
            elif (why := self._why_not(wanted, named)) is not None or named is None:
                found.unplaced.append(Unplaced(wanted, named.person if named else None, why or Say("nobody can go")))
            else:
                found.open_.setdefault(named.person, []).append((wanted, named))

    def _wanted(self, customer: Customer, visits: int) -> Iterator[Wanted]:
        """Each visit of the year."""
        code, earlier, busy = customer.code, self.earlier, 0
        for each in self.busy.get(code, ()):
            busy |= self.days.mask(each.start, each.end)
        all_slots = slots(self.days.year, visits)
        made = made_in(all_slots, self.made.get(folded(code), ()))
        for number, slot in enumerate(all_slots, start=1):
            mask = self.days.mask(slot.start, slot.end) & ~busy
            on = made.get(slot)
            before, left = earlier.visit_in(code, slot, on), earlier.open_in(code, slot)
            former = None if before else earlier.former_in(code, slot, number, visits)
            yield Wanted(customer, number, visits, slot, mask, before, former, left, on)

    def _left(self, wanted: Wanted) -> int:
        """The working days of its slot that are still to come."""
        return self.days.mask(wanted.slot.start, wanted.slot.end)

    def _stays(self, wanted: Wanted, named: Named | None) -> Appointment | None:
        """A visit of the earlier plan that stays as it was: its day is over, or its engineer's row could not be read.

        Whether a visit was made is not asked here.
        """
        before = wanted.before
        if before is None or (before.day >= self.days.since and not is_of(before.engineer, self.unread)):
            return None
        if named is None or named.person.label != before.engineer:
            named = Named(self.staff.person(before.engineer, before.place), Role.AS_BEFORE)
        role = Role(before.role) if before.role else named.role
        return self._appointed(wanted, before.day, replace(named, role=role))

    def _taken(self, visits: Iterable[Appointment]) -> dict[Person, dict[int, int]]:
        """How many visits that stay as they are each engineer has in weeks that are not over."""
        number = {monday: i for i, monday in enumerate(self.days.weeks)}
        found: dict[Person, dict[int, int]] = {}

        def week_of(day: date) -> int | None:
            return number.get(day - DAY * day.weekday())

        stand = ((week_of(each.day), each) for each in self.standing)
        people = [(week, self.staff.person(each.engineer, each.place)) for week, each in stand if week is not None]
        for week, person in [*((week_of(visit.day), visit.by.person) for visit in visits), *people]:
            if week is not None:
                weeks = found.setdefault(person, {})
                weeks[week] = weeks.get(week, 0) + 1
        return found

    def _why_not(self, wanted: Wanted, named: Named | None) -> Say | None:
        """Why a visit cannot be made at all, whatever else is planned; None where it can."""
        if wanted.left is not None and not self._left(wanted):
            return wanted.left.because
        if named is None:
            return Say("there is no engineer at {place}", place=wanted.customer.headquarters)
        if wanted.days:
            return None
        slot = wanted.slot
        if not self._left(wanted):
            return Say("its slot is over")
        reasons = [each.why for each in self.busy.get(wanted.customer.code, ())
                   if each.start <= slot.end and each.end >= slot.start]  # fmt: skip
        return Say("no working day of its slot is free: {reasons}", reasons=list(dict.fromkeys(reasons)))

    def _appointed(self, wanted: Wanted, day: date, by: Named) -> Appointment:
        level, numbers = wanted.customer.level, self.numbers
        sequence = self._sequence(wanted, day, by.person.label)
        return Appointment(wanted, day, by, numbers.content(level), numbers.is_filed(level), sequence)

    def _sequence(self, wanted: Wanted, day: date, engineer: str) -> int:
        """The number of its entry in calendars: the one it had if nothing is new, else above all it ever had."""
        before = wanted.before
        as_it_was = (day, engineer, wanted.number, wanted.of)
        if before is not None and (before.day, before.engineer, before.number, before.of) == as_it_was:
            return before.sequence
        highest = self.earlier.sequence(wanted.customer.code, wanted.number, wanted.of)
        return 0 if highest is None else highest + 1


def is_of(label: str, names: frozenset[str]) -> bool:
    """Whether a plan's label is that of one of these folded names: the name, or the name with its place behind it."""
    return bool(names) and (folded(label) in names or folded(label).split("(")[0] in names)
