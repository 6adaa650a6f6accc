"""An engineer's visits onto the days of their weeks: even, and those in one town on neighbouring days."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from aftersales_cli.visit.handing import NOWHERE

_MOST = 512  # more than the days of a year


def spread(
    weeks: Sequence[int],
    days: Sequence[int],
    towns: Sequence[int],
    in_week: tuple[int, ...],
    turn: int = 0,
    kept: Sequence[int | None] | None = None,
) -> list[int]:
    """The day of each visit by its bit, `NOWHERE` where it has no week.

    `days` are masks of the days each visit may be made on, `in_week` of the working days of each week. `kept` are days
    of an earlier plan; where they lie in the visit's week they stand. Weeks with few visits begin on different days in
    turn, so that not all of a year's visits fall on Mondays.
    """
    found = [NOWHERE] * len(weeks)
    standing = 0 if kept is None else _stand(found, weeks, in_week, kept)
    order = [town * _MOST + mask.bit_count() for town, mask in zip(towns, days, strict=True)]
    callers: list[list[int]] = [[] for _ in in_week]
    for visit in sorted(range(len(weeks)), key=order.__getitem__):
        if weeks[visit] != NOWHERE:
            callers[weeks[visit]].append(visit)
    for week, (first, length) in enumerate(_spans(in_week)):
        visits = callers[week]
        spare = length - len(visits)
        start = first + (week + turn) % (spare + 1) if spare > 0 else first
        if spare < 0 or standing >> week & 1:
            _one_by_one(found, visits, days, towns, range(first, first + length), start)
            continue
        for day, visit in enumerate(visits, start):  # one after the other, as they come: mostly they may
            if not days[visit] >> day & 1:
                _one_by_one(found, visits, days, towns, range(first, first + length), start)
                break
            found[visit] = day
    return found


@lru_cache(64)
def _spans(in_week: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    """The first day of each week, and how many it has."""
    return tuple(((days & -days).bit_length() - 1, days.bit_count()) for days in in_week)


def _stand(found: list[int], weeks: Sequence[int], in_week: Sequence[int], kept: Sequence[int | None]) -> int:
    """Fill in the kept days; the mask of the weeks that have one."""
    standing = 0
    for visit, (week, day) in enumerate(zip(weeks, kept, strict=True)):
        if day is not None and week != NOWHERE and in_week[week] >> day & 1:
            found[visit] = day
            standing |= 1 << week
    return standing


def _one_by_one(
    found: list[int], visits: Sequence[int], days: Sequence[int], towns: Sequence[int], week: range, start: int
) -> None:
    """Each visit without a day onto its lightest one, nearest to the last one in its town, the soonest from `start`."""
    load = dict.fromkeys(week, 0)
    last: dict[int, int] = {}
    for visit in visits:
        if found[visit] != NOWHERE:
            load[found[visit]] += 1
            last[towns[visit]] = found[visit]
    for visit in visits:
        if found[visit] == NOWHERE:
            mask, near = days[visit], last.get(towns[visit])
            _, _, _, day = min(
                (load[day], 0 if near is None else abs(day - near), day < start, day) for day in week if mask >> day & 1
            )
            found[visit] = last[towns[visit]] = day
            load[day] += 1
