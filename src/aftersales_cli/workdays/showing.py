"""Days as people read them: with the day of the week, a holiday as one run, unpublished years in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

_WEEK = (Say("Mon"), Say("Tue"), Say("Wed"), Say("Thu"), Say("Fri"), Say("Sat"), Say("Sun"))


@dataclass(frozen=True, slots=True)
class Run:
    """Days of rest in a row, both ends included."""

    first: date
    last: date

    def say(self) -> Say:
        """`10-01…10-07`, or one day; month and day only."""
        first, last = f"{self.first:%m-%d}", f"{self.last:%m-%d}"
        return Say("{day}", day=first) if first == last else Say("{first}…{last}", first=first, last=last)


def weekday(day: date) -> Say:
    """`Sun`."""
    return _WEEK[day.weekday()]


def with_weekday(day: date) -> Say:
    """`2011-05-29 (Sun)`."""
    return Say("{day} ({weekday})", day=day, weekday=weekday(day))


def runs(days: Iterable[date], workdays: Workdays) -> tuple[Run, ...]:
    """Holidays as runs, in order; days of rest between two holidays belong to them, named by the notice or not."""
    found: list[Run] = []
    for day in sorted(days):
        if found and workdays.clear_days_between(found[-1].last, day).possible == 0:
            found[-1] = Run(found[-1].first, day)
        else:
            found.append(Run(day, day))
    return tuple(found)


def not_published(years: Sequence[int]) -> Say:
    """What to do about counts that stay open; more than three years as first and last."""
    if len(years) > 3:
        first, last = str(years[0]), str(years[-1])
        return Say("the calendars of {first} to {last} are not published; import them", first=first, last=last)
    return Say("the calendar of {years} is not published; import it", years=[str(year) for year in years])
