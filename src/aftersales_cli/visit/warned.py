"""Warnings and crises, and the chain of visits that each asks for at each place (R22–R24, D7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from functools import cached_property

from aftersales_cli.places import Known, Place, Unknown
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import BEIJING, Instant, Manner
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.visit.whereabouts import Gazetteer, Whereabouts
from aftersales_cli.words import Say

MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Alarm:
    """One warning or crisis; `level` None for a crisis. `ends` is the first moment at which it is over, None: open."""

    row: CustomerWarning | Crisis
    number: str
    level: str | None
    begun: Known[Instant]
    ends: datetime | None
    measures: tuple[str, ...]
    demanded_rank: str | None = None

    @property
    def customer_code(self) -> str:
        """Whose it is."""
        return self.row.customer_code

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return (self.ends - MOMENT).date() if self.ends else None

    def over(self, now: datetime) -> bool:
        """Whether it was lifted, has expired or was closed."""
        return self.ends is not None and now >= self.ends


def warning_alarm(row: CustomerWarning) -> Alarm:
    """A warning holds to the end of its last day, or until it is lifted, whichever comes first."""
    until = row.valid_until
    ends = [until.latest] if until and until.day.year < MAXYEAR else []  # 9999-12-31 is how some write 'open'
    ends += [row.lifted_at.at] if row.lifted_at else []
    issued = Known("issued_at", row.issued_at, row.place("issued_at"))
    return Alarm(row, row.warning_no, row.level, issued, min(ends, default=None), row.measures)


def crisis_alarm(row: Crisis) -> Alarm:
    """A crisis is announced as it happens (R24, R68) and holds until the day it is closed is over."""
    ends = datetime.combine(row.closed_on + DAY, time(), BEIJING) if row.closed_on else None
    begun = Known("occurred_at", row.occurred_at, row.place("occurred_at"))
    return Alarm(row, row.crisis_no, None, begun, ends, row.measures, row.demanded_rank)


@dataclass(frozen=True, slots=True)
class Unread:
    """A visit that may have been made: its row is held, or it may stand where nothing could be read.

    What is None could not be told: whose it is, its day, its manner.
    """

    unknown: Unknown
    customer_code: str | None = None
    day: date | None = None
    manner: Manner | None = None

    def may_be(self, code: str, first: date, *, on_site: bool = False) -> bool:
        """Whether it may be one to that customer on `first` or later."""
        theirs = self.customer_code is None or folded(self.customer_code) == folded(code)
        in_time = self.day is None or self.day >= first
        return theirs and in_time and (not on_site or self.manner in (None, Manner.ON_SITE))


@dataclass(frozen=True)
class Chain:
    """The visits that one alarm asks for at one place; `visits` are those that count, by day, none after `now`.

    `where` is the headquarters' place or a responsible one; if `joining`, a branch's that a measure calls in (R23).
    `said` is the cell that names it. `unread` are visits that may belong to it: they could not be read, or do not say
    where or how they were made (D3: an empty cell is unknown).
    """

    alarm: Alarm
    customer: Customer
    where: Whereabouts
    said: Place | None
    visits: tuple[Visit, ...]
    now: datetime
    joining: bool = False
    unread: tuple[Unread, ...] = ()

    @property
    def issued_at(self) -> Known[Instant]:
        """When the warning was issued or the crisis happened."""
        return self.alarm.begun

    @property
    def since(self) -> Known[date]:
        """The day from which the next interval counts: the last visit's, else the issue's."""
        if not self.visits:
            return Known(self.alarm.begun.field, self.alarm.begun.value.day, self.alarm.begun.place)
        last = self.visits[-1]
        return Known("date", last.date, last.place("date"))

    @property
    def over(self) -> bool:
        """Whether the alarm is."""
        return self.alarm.over(self.now)

    def unread_after(self, day: date) -> tuple[Unknown, ...]:
        """The visits that may belong to it, of days after that one."""
        return tuple(each.unknown for each in self.unread if each.day is None or each.day > day)

    def outlived(self, day: date) -> bool:
        """Whether the alarm ends before that day: then nothing is due on it any more."""
        last = self.alarm.last_day
        return last is not None and day > last


def month_after(day: date) -> date:
    """The last day of the month after that of `day`."""
    first = day.replace(day=1)
    return (first + 62 * DAY).replace(day=1) - DAY


def next_day(since: date, interval: int) -> date:
    """So many days after `since`, and no later than the end of the following month (D7)."""
    return min(since + interval * DAY, month_after(since))


@dataclass(frozen=True)
class Chains:
    """Makes the chains; `visits` are all that were made, of any customer; `unread` may have been."""

    gazetteer: Gazetteer
    visits: Sequence[Visit]
    now: datetime
    unread: Sequence[Unread] = ()

    @cached_property
    def _by_customer(self) -> Mapping[str, Sequence[Visit]]:
        found: dict[str, list[Visit]] = {}
        for visit in sorted(self.visits, key=lambda each: (each.date, each.visit_no)):
            found.setdefault(folded(visit.customer_code), []).append(visit)
        return found

    def of(self, alarm: Alarm, customer: Customer) -> tuple[Chain, ...]:
        """One chain per place: headquarters, then responsible places; two spellings of one place make one chain."""
        return tuple(
            Chain(
                alarm,
                customer,
                where,
                at,
                tuple(self._made(alarm, where, on_site=True)),
                self.now,
                unread=tuple(self._unread(alarm, where, on_site=True)),
            )
            for where, at in self._places(alarm, customer).items()
        )

    def serves(self, visit: Visit, alarm: Alarm, customer: Customer) -> bool:
        """Whether it counts in a chain of an alarm that was on; so may one that does not say where or how it was made.

        Whatever its kind: VIS-01 and VIS-02 do not ask for it, so VIS-03 does not either (R25).
        """
        if visit.manner not in (None, Manner.ON_SITE):
            return False
        places = self._places(alarm, customer)
        return visit.place_visited is None or any(self._at(visit, where) for where in places)

    def _places(self, alarm: Alarm, customer: Customer) -> Mapping[Whereabouts, Place]:
        """Where an alarm asks for visits, and the cell that names each place."""
        row = alarm.row
        named = [(customer.headquarters, customer.place("headquarters"))]
        named += [(text, row.place("responsible_place")) for text in row.responsible_place]
        found: dict[Whereabouts, Place] = {}
        for text, at in named:
            found.setdefault(self.gazetteer.place(text), at)
        return found

    def joining(self, alarm: Alarm, customer: Customer, asks: Iterable[str]) -> tuple[Chain, ...]:
        """One per further branch that a measure with a word of `asks` names (R23); any manner of visit counts.

        A place where a visit of the headquarters' or a responsible place is one there as well is no further branch.
        """
        own = [chain.where for chain in self.of(alarm, customer)]
        words = tuple(asks)
        named = [where for text in alarm.measures if any(word in text for word in words)
                 for where in self.gazetteer.named_in(text)
                 if not any(place.within(where) for place in own)]  # fmt: skip
        at = alarm.row.place("measures")
        return tuple(
            Chain(
                alarm,
                customer,
                where,
                at,
                tuple(self._made(alarm, where, on_site=False)),
                self.now,
                joining=True,
                unread=tuple(self._unread(alarm, where, on_site=False)),
            )
            for where in dict.fromkeys(named)
        )

    def _unread(self, alarm: Alarm, where: Whereabouts, *, on_site: bool) -> Iterator[Unread]:
        day = alarm.begun.value.day
        yield from (each for each in self.unread if each.may_be(alarm.customer_code, day, on_site=on_site))
        for visit in self._since(alarm):
            there = visit.place_visited is None or (on_site and self._at(visit, where))
            unsaid = _unsaid(visit)
            if there and unsaid is not None and unsaid.may_be(alarm.customer_code, day, on_site=on_site):
                yield unsaid

    def _made(self, alarm: Alarm, where: Whereabouts, *, on_site: bool) -> Iterator[Visit]:
        """The customer's visits at a place from the day of the issue on, by day."""
        for visit in self._since(alarm):
            if self._at(visit, where) and (not on_site or visit.manner is Manner.ON_SITE):
                yield visit

    def _since(self, alarm: Alarm) -> Iterator[Visit]:
        """The customer's visits from the day of the issue on, by day."""
        for visit in self._by_customer.get(folded(alarm.customer_code), ()):
            if alarm.begun.value.day <= visit.date <= self.now.date():
                yield visit

    def _at(self, visit: Visit, where: Whereabouts) -> bool:
        return visit.place_visited is not None and self.gazetteer.place(visit.place_visited).within(where)


def _unsaid(visit: Visit) -> Unread | None:
    """A visit that leaves open where or how it was made; None where it says both."""
    for field in ("place_visited", "manner"):
        if visit.value(field) is None:
            heading, place = Visit.TABLE.column(field).heading, Say(" [{place}]", place=str(visit.place(field)))
            why = Say("visit {no} has no {heading}{place}", no=visit.visit_no, heading=heading, place=place)
            unknown = Unknown("visits", why, visit.place(field))
            return Unread(unknown, visit.customer_code, visit.date, visit.manner)
    return None
