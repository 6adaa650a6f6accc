"""One published year: what the State Council's notice says, and the years that come with the program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Year:
    """The days a notice names: `holidays` rest, `workdays` are made up (调休); all others follow the week.

    Weekend days inside a holiday may be named or not. Days of the December before belong to the notice of this year
    and amend that December. `source` is the file as the user named it, or the package; `notice` what the file calls
    its own source.
    """

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]
    source: str
    notice: str | None = None

    @property
    def before(self) -> tuple[date, ...]:
        """The days of the December before that this year's notice amends, in order."""
        return tuple(sorted(day for day in self.holidays | self.workdays if day.year == self.year - 1))


def shipped_years() -> dict[int, Year]:
    """The years that the package chinesecalendar holds (2004 on); imported here and only when asked."""
    import chinese_calendar
    from chinese_calendar.constants import holidays, workdays

    source = f"chinesecalendar {chinese_calendar.__version__}"
    rests, works = _by_year(holidays), _by_year(workdays)
    return {year: Year(year, rests[year], works.get(year, frozenset()), source) for year in sorted(rests)}


def _by_year(days: Iterable[date]) -> dict[int, frozenset[date]]:
    found: dict[int, set[date]] = {}
    for day in days:
        found.setdefault(day.year, set()).add(day)
    return {year: frozenset(of_year) for year, of_year in found.items()}
