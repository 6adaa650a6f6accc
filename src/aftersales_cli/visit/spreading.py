"""One week's visits of an engineer onto its days: even, and those in one town on neighbouring days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_MOST = 512  # more than the days of a year


class Caller(NamedTuple):
    """A visit of the week: its town, the days it may be made on (a mask over the year), the day it keeps, if any."""

    visit: int
    town: int
    days: int
    kept: int | None = None


def spread(callers: Sequence[Caller], week: Sequence[int], number: int) -> dict[int, int]:
    """The day of each visit. `week` are the week's working days by their bits, `number` is which week it is.

    Weeks with few visits begin on different days in turn, so that not all of a year's visits fall on Mondays.
    """
    if len(callers) == 1:
        return {callers[0].visit: _alone(callers[0], week, number)}
    load = dict.fromkeys(week, 0)
    found = {caller.visit: caller.kept for caller in callers if caller.kept is not None}
    for day in found.values():
        load[day] += 1
    others = sorted((c for c in callers if c.kept is None), key=lambda c: (c.town, c.days.bit_count(), c.visit))
    start = number % (len(week) - len(callers) + 1) if len(callers) < len(week) else 0
    rank = {day: (i - start) % len(week) for i, day in enumerate(week)}
    last: dict[int, int] = {}
    for caller in others:
        near = last.get(caller.town)
        prices = [
            ((load[day] * _MOST + (0 if near is None else abs(day - near))) * _MOST + rank[day], day)
            for day in week
            if caller.days >> day & 1
        ]
        _, day = min(prices)
        found[caller.visit] = last[caller.town] = day
        load[day] += 1
    return found


def _alone(caller: Caller, week: Sequence[int], number: int) -> int:
    """The day of the only visit of a week."""
    if caller.kept is not None:
        return caller.kept
    start = number % len(week)
    return next(day for day in (*week[start:], *week[:start]) if caller.days >> day & 1)
