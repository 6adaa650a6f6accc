"""The work of `calendar show` and `calendar add`: what a year holds, and the n-th working day from a day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aftersales_cli.errors import Exit
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Counted, Say
from aftersales_cli.workdays import Range, Workdays, of_workspace
from aftersales_cli.workdays.opening import conventions_of
from aftersales_cli.workdays.showing import Run, not_published, runs, with_weekday
from aftersales_cli.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Month:
    """One month of a published year: its working days, its holidays as runs, its made-up working days."""

    number: int
    worked: Range
    holidays: tuple[Run, ...]
    made_up: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class YearView:
    """What people see of a published year."""

    year: int
    months: tuple[Month, ...]
    worked: Range
    source: str
    notice: str | None


def show(workspace: Workspace, as_of: datetime, year: int) -> Report:
    """One year, month by month; an unpublished one needs a person (exit 1, and `view` is a sentence)."""
    days = of_workspace(workspace)
    if year not in days.years:
        item: Mapping[str, object] = {"year": year, "published": False, "unpublished": [year]}
        first, last = str(days.published_years[0]), str(days.published_years[-1])
        notes = [Say("calendars from {first} to {last} are known", first=first, last=last)]
        return Report("calendar show", as_of, exit=Exit.RULE, items=[item], notes=notes, view=not_published([year]))
    view = _view(days, year)
    unsettled = [day for day in _month_days(year, 12) if days.is_workday(day) is None]
    notes = [_may_change(workspace, unsettled)] if unsettled else []
    return Report("calendar show", as_of, items=[_item(days, view, unsettled)], notes=notes, view=view)


def add(workspace: Workspace, as_of: datetime, day: date, n: int) -> Report:
    """The n-th working day after a day, which does not count (D2); before it where n is negative, itself where 0.

    Open (exit 1) where unpublished years decide it; then only one end of the span may be known.
    """
    days = of_workspace(workspace)
    span = days.nth(day, n)
    near = (span.earliest if n > 0 else span.latest) or day  # this end is always known
    years = days.unpublished(*sorted((day, date.fromordinal(near.toordinal() + _beyond(near, n)))))
    item = {
        "date": day,
        "n": n,
        "day": span.day,
        "no_earlier_than": span.earliest,
        "no_later_than": span.latest,
        "unpublished": years if span.day is None else (),
    }
    view = Say("{day}", day=with_weekday(span.day)) if span.day else _open(n, span.earliest, span.latest)
    notes = [not_published(years)] if span.day is None else []
    return Report(
        "calendar add", as_of, exit=Exit.DONE if span.day else Exit.RULE, items=[item], notes=notes, view=view
    )


def _beyond(near: date, n: int) -> int:
    """One day further than the end of the count, so that the end itself lies between; none beyond the calendar."""
    if near in (date.min, date.max):
        return 0
    return 1 if n > 0 else -1


def _open(n: int, earliest: date | None, latest: date | None) -> Say:
    if earliest is not None and latest is not None:
        return Say("between {earliest} and {latest}", earliest=with_weekday(earliest), latest=with_weekday(latest))
    if n > 0:
        return Say("no earlier than {day}", day=with_weekday(earliest or date.max))
    return Say("no later than {day}", day=with_weekday(latest or date.min))


def _view(days: Workdays, year: int) -> YearView:
    months = tuple(_month(days, year, number) for number in range(1, 13))
    worked = Range(sum(month.worked.certain for month in months), sum(month.worked.possible for month in months))
    return YearView(year, months, worked, days.years[year].source, days.years[year].notice)


def _month(days: Workdays, year: int, number: int) -> Month:
    holidays, made_up = days.exceptions(year)
    within = _month_days(year, number)
    known = [days.is_workday(day) for day in within]
    worked = Range(sum(worked is True for worked in known), sum(worked is not False for worked in known))
    return Month(number, worked, runs(holidays.intersection(within), days), tuple(sorted(made_up.intersection(within))))


def _month_days(year: int, number: int) -> list[date]:
    return [date(year, number, day) for day in range(1, monthrange(year, number)[1] + 1)]


def _item(days: Workdays, view: YearView, unsettled: Sequence[date]) -> dict[str, object]:
    holidays, made_up = days.exceptions(view.year)
    return {
        "year": view.year,
        "published": True,
        "working_days": range_of(view.worked),
        "holidays": sorted(holidays),
        "workdays": sorted(made_up),
        "months": [{"month": month.number, "working_days": range_of(month.worked)} for month in view.months],
        "unsettled": unsettled,
        "unpublished": [view.year + 1] if unsettled else [],
        "source": view.source,
        "notice": view.notice,
    }


def range_of(count: Range) -> dict[str, int]:
    """A range as the JSON says it."""
    return {"certain": count.certain, "possible": count.possible}


def _may_change(workspace: Workspace, unsettled: Sequence[date]) -> Say:
    clause = conventions_of(workspace).unsettled_clause
    return Counted(
        "{days} is not settled yet ({source}): {why}",
        "{days} are not settled yet ({source}): {why}",
        n=len(unsettled),
        days=Run(unsettled[0], unsettled[-1]).say(),
        source=clause.source,
        why=not_published([unsettled[0].year + 1]),
    )
