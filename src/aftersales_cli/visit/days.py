"""The days of a year on which visits can be made, as bits; its weeks; the days a customer must be left in peace."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property

from aftersales_cli.records.values import Window
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True)
class YearDays:
    """The working days of a year from `since` on, in order; bit i of a mask is `days[i]`.

    `provisional`: the year is not published, so these are the weekdays but for the days that rest by law. Of a
    published year only days that are certain count. Its last days wait for the next year's notice (D1): they are left
    out until that is published.
    """

    year: int
    days: tuple[date, ...]
    provisional: bool
    since: date
    _weeks_of: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays of its ISO weeks that have a working day, in order; a mask of weeks has bit i for `weeks[i]`."""
        return tuple(dict.fromkeys(day - DAY * day.weekday() for day in self.days))

    @cached_property
    def in_week(self) -> tuple[int, ...]:
        """The mask of days of each week."""
        return tuple(self.mask(monday, monday + 6 * DAY) for monday in self.weeks)

    @cached_property
    def week_of(self) -> tuple[int, ...]:
        """The number of the week of each day."""
        number = {monday: i for i, monday in enumerate(self.weeks)}
        return tuple(number[day - DAY * day.weekday()] for day in self.days)

    @cached_property
    def index(self) -> dict[date, int]:
        """The bit of each working day."""
        return {day: i for i, day in enumerate(self.days)}

    @cached_property
    def _before(self) -> tuple[int, ...]:
        """How many working days lie before each day of the year, and before the next year."""
        first = date(self.year, 1, 1)
        marks = [0] * ((date(self.year + 1, 1, 1) - first).days + 1)
        for day in self.days:
            marks[(day - first).days + 1] = 1
        return tuple(sum(marks[: i + 1]) for i in range(len(marks)))

    def mask(self, start: date, end: date) -> int:
        """The working days from one day to another, both included."""
        first = date(self.year, 1, 1)
        last = len(self._before) - 1
        a = self._before[min(max((start - first).days, 0), last)]
        b = self._before[min(max((end - first).days + 1, 0), last)]
        return (1 << b) - (1 << a) if b > a else 0

    def weeks_in(self, mask: int) -> int:
        """The mask of the weeks that have one of these days."""
        found = self._weeks_of.get(mask)
        if found is None:
            found = sum(1 << i for i, days in enumerate(self.in_week) if days & mask)
            self._weeks_of[mask] = found
        return found


def days_of(year: int, workdays: Workdays, rests: Collection[date], since: date) -> YearDays:
    """The working days of a year from `since` on; `rests` are those on which nobody works though it be unpublished."""
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    published = year in workdays.published_years
    unsettled = after if year + 1 in workdays.published_years else workdays.unsettled_from.of(year)
    found: list[date] = []
    day = max(first, since)
    while day < after:
        likely = day.weekday() < _SATURDAY and day not in rests and day < unsettled
        worked = workdays.is_workday(day) is True if published else likely
        found += [day] if worked else []
        day += DAY
    return YearDays(year, tuple(found), not published, max(first, since))


@dataclass(frozen=True, slots=True)
class Busy:
    """Days on which a customer is not visited, both included, and why."""

    start: date
    end: date
    why: Say


def assured(start: datetime, end: datetime, why: Say) -> Busy:
    """The days of an assurance period, from its first to its last moment."""
    return Busy(start.date(), max(start, end - timedelta(microseconds=1)).date(), why)


def after_nights(window: Window, begins: int, ends: int, why: Say) -> Iterable[Busy]:
    """The day after each night (from hour `begins` to hour `ends` of the next day) that a window shares time with."""
    night = window.start.date() - DAY
    while night <= window.end.date():
        midnight = datetime.combine(night, time(), window.start.tzinfo)
        if window.overlaps(midnight + timedelta(hours=begins), midnight + timedelta(hours=24 + ends)):
            yield Busy(night + DAY, night + DAY, why)
        night += DAY
