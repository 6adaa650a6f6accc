"""`Workdays`: the published years together, and every question about working days (D1, D2)."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

from aftersales_cli.workdays.conventions import MonthDay
from aftersales_cli.workdays.counting import Due, Latest, Range, Span
from aftersales_cli.workdays.year import Year

_NONE_CERTAIN = (0,) * 367
_SATURDAY = 5


class _Tally(NamedTuple):
    """One year counted: `certain[i]`, `possible[i]` working days among its first `i` days; `first` is an ordinal."""

    first: int
    certain: Sequence[int]
    possible: Sequence[int]


@dataclass(frozen=True, eq=False)
class Workdays:
    """Published years by number, and the day from which a December waits for the next year's notice (D1)."""

    years: Mapping[int, Year]
    unsettled_from: MonthDay
    _tallies: dict[int, _Tally] = field(default_factory=dict, init=False, repr=False)

    @property
    def published_years(self) -> tuple[int, ...]:
        """The years whose calendar is known, in order."""
        return tuple(sorted(self.years))

    def is_workday(self, day: date) -> bool | None:
        """None for a day of an unpublished year, and for an unsettled day of the December before one."""
        tally = self._tally(day.year)
        i = day.toordinal() - tally.first
        if tally.certain[i + 1] > tally.certain[i]:
            return True
        return False if tally.possible[i + 1] == tally.possible[i] else None

    def clear_days_between(self, start: date, end: date) -> Range:
        """The working days strictly between two days; neither end counts (D1). None between: 0."""
        if start >= end:
            return Range(0, 0)
        first, last = self._tally(start.year), self._tally(end.year)
        i, j = start.toordinal() - first.first + 1, end.toordinal() - last.first
        certain, possible = last.certain[j] - first.certain[i], last.possible[j] - first.possible[i]
        for year in range(start.year, end.year):
            whole = self._tally(year)
            certain, possible = certain + whole.certain[-1], possible + whole.possible[-1]
        return Range(certain, possible)

    def latest_publication(self, cutover_day: date, needed: int) -> Latest:
        """The latest day with `needed` clear working days before the cutover (D1); 0 needed: the cutover day."""
        if needed <= 0:
            return Latest(cutover_day, cutover_day)
        begins = self.nth(cutover_day, -needed)  # the first of the clear days
        certainly = begins.earliest and _day_before(begins.earliest)
        return Latest(certainly, _day_before(begins.latest or date.min))

    def due(self, issued: date, n: int) -> Due:
        """The n-th working day after the day of issue, which does not count (D2); n ≥ 0."""
        span = self.nth(issued, max(n, 0))
        return Due(span.earliest or date.max, span.latest)

    def nth(self, day: date, n: int) -> Span:
        """The n-th working day after a day, or before it where n is negative; `day` itself does not count; 0 is `day`.

        Beyond the years 1 to 9999 a bound is the last day there is.
        """
        if n == 0:
            return Span(day, day)
        if n > 0:
            return Span(self._after(day, n, certain=False) or date.max, self._after(day, n, certain=True))
        return Span(self._before(day, -n, certain=True), self._before(day, -n, certain=False) or date.min)

    def unpublished(self, start: date, end: date) -> tuple[int, ...]:
        """The years whose calendars would settle the days strictly between two days, in order."""
        if start >= end:
            return ()
        first, last = start + timedelta(days=1), end - timedelta(days=1)
        within = range(first.year, last.year + 1) if first <= last else range(0)
        wanted = set(within)
        wanted |= {year + 1 for year in within if first <= date(year, 12, 31) and self.unsettled_from.of(year) <= last}
        return tuple(sorted(wanted.difference(self.years)))

    def exceptions(self, year: int) -> tuple[frozenset[date], frozenset[date]]:
        """A published year's holidays and made-up working days, as amended by the notice of the year after."""
        own, after = self.years[year], self.years.get(year + 1)
        holidays = {day for day in own.holidays if day.year == year}
        workdays = {day for day in own.workdays if day.year == year}
        if after:
            holidays = holidays - after.workdays | {day for day in after.holidays if day.year == year}
            workdays = workdays - after.holidays | {day for day in after.workdays if day.year == year}
        return frozenset(holidays), frozenset(workdays)

    def fingerprint(self) -> str:
        """SHA-256 of every day that decides a count, whichever file it came from; the same on every machine."""
        digest = hashlib.sha256(f"unsettled {self.unsettled_from}\n".encode())
        for number, year in sorted(self.years.items()):
            days = [f"rest {day}" for day in sorted(year.holidays)] + [f"work {day}" for day in sorted(year.workdays)]
            digest.update(f"{number} {' '.join(days)}\n".encode())
        return digest.hexdigest()

    def _tally(self, year: int) -> _Tally:
        found = self._tallies.get(year)
        if found is None:
            found = self._tallies[year] = self._counted(year)
        return found

    def _counted(self, year: int) -> _Tally:
        first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
        if year not in self.years:
            return _Tally(first, _NONE_CERTAIN[: last - first + 2], range(last - first + 2))
        unsettled = last + 1 if year + 1 in self.years else self.unsettled_from.of(year).toordinal()
        holidays, workdays = self.exceptions(year)
        certain, possible = [0], [0]
        for ordinal in range(first, last + 1):
            day = date.fromordinal(ordinal)
            worked = day in workdays or (day.weekday() < _SATURDAY and day not in holidays)
            certain.append(certain[-1] + (worked and ordinal < unsettled))
            possible.append(possible[-1] + (worked or ordinal >= unsettled))
        return _Tally(first, certain, possible)

    def _after(self, day: date, n: int, *, certain: bool) -> date | None:
        """The day that completes `n` days of one kind after `day`; None where there are not so many."""
        i = day.toordinal() - self._tally(day.year).first + 1
        for year in range(day.year, (max(self.years, default=MINYEAR) if certain else MAXYEAR) + 1):
            tally = self._tally(year)
            counts = tally.certain if certain else tally.possible
            if counts[-1] - counts[i] >= n:
                return date.fromordinal(tally.first + bisect_left(counts, counts[i] + n, i) - 1)
            n, i = n - (counts[-1] - counts[i]), 0
        return None

    def _before(self, day: date, n: int, *, certain: bool) -> date | None:
        """The latest day from which `n` days of one kind lie before `day`; None where there are not so many."""
        i = day.toordinal() - self._tally(day.year).first
        for year in range(day.year, (min(self.years, default=MAXYEAR) if certain else MINYEAR) - 1, -1):
            tally = self._tally(year)
            counts = tally.certain if certain else tally.possible
            if counts[i] >= n:
                return date.fromordinal(tally.first + bisect_right(counts, counts[i] - n) - 1)
            n, i = n - counts[i], -1
        return None


def _day_before(day: date) -> date:
    return day if day == date.min else day - timedelta(days=1)
