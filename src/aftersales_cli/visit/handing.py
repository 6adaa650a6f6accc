"""Which visit goes into which week: of visits that are alike each week takes those of one town first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

NOWHERE = -1
"""No week, no town."""

Share: TypeAlias = tuple[Sequence[int], Sequence[int]]
"""Visits that are alike, in order, and the weeks that are theirs, in any order, one for each visit."""
_Waiting: TypeAlias = dict[int, list[int]]  # a share's visits by town, the first of each list last


def hand_out(weeks: list[int], shares: Iterable[Share], towns: Sequence[int]) -> None:
    """Fill in the week of every visit of the shares; the first of a town's visits goes into the first week."""
    asking: dict[int, list[_Waiting]] = {}  # the shares of each week, once for each visit it takes
    for visits, theirs in shares:
        waiting = _by_town(visits, towns)
        for week in theirs:
            if week in asking:
                asking[week].append(waiting)
            else:
                asking[week] = [waiting]
    town = NOWHERE
    for week in sorted(asking):
        who = asking[week]
        while who:
            town = _town(who, town)
            left = []
            for waiting in who:
                if town in waiting:
                    weeks[_next(waiting, town)] = week
                else:
                    left.append(waiting)
            who = left


def _next(waiting: _Waiting, town: int) -> int:
    """The next visit in a town; it is no longer waiting then."""
    visits = waiting[town]
    visit = visits.pop()
    if not visits:
        del waiting[town]
    return visit


def _town(who: Sequence[_Waiting], last: int) -> int:
    """The town in which most of them have a visit; the one before where it has as many, else the first.

    Most weeks ask one share, or two: there the town is found without counting.
    """
    if len(who) == 1:
        return last if last in who[0] else min(who[0])
    if len(who) == 2 and who[0] is not who[1]:
        one, other = who
        if last in one and last in other:
            return last
        both = one.keys() & other.keys()
        if both:
            return min(both)
        return last if last in one or last in other else min(*one, *other)
    fills: dict[int, int] = {}
    for n, waiting in enumerate(who):
        before = sum(each is waiting for each in who[:n])
        for town, visits in waiting.items():
            if len(visits) > before:
                fills[town] = fills.get(town, 0) + 1
    most = max(fills.values())
    return last if fills.get(last) == most else min(town for town, number in fills.items() if number == most)


def _by_town(visits: Sequence[int], towns: Sequence[int]) -> _Waiting:
    found: _Waiting = {}
    for visit in reversed(visits):
        town = towns[visit]
        if town in found:
            found[town].append(visit)
        else:
            found[town] = [visit]
    return found


def nearby(masks: Sequence[int], kept: Sequence[int], former: Sequence[int]) -> list[int]:
    """The kept weeks, and for visits that lost theirs a week near the `former` one that is no busier than others are.

    `former` has `NOWHERE` for visits that were not planned before. Where no such week is, the visit stays without.
    """
    found = list(kept)
    load: dict[int, int] = {}
    for week in kept:
        load[week] = load.get(week, 0) + 1
    load.pop(NOWHERE, None)
    most = max(load.values(), default=0)
    for visit, (mask, week) in enumerate(zip(masks, former, strict=True)):
        if week == NOWHERE or kept[visit] != NOWHERE:
            continue
        free = [w for w in range(mask.bit_length()) if mask >> w & 1 and load.get(w, 0) < most]
        if free:
            nearest = found[visit] = min(free, key=lambda w: (abs(w - week), w))
            load[nearest] = load.get(nearest, 0) + 1
    return found
