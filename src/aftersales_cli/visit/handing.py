"""Which visit goes into which week: of visits that are alike each week takes those of one town first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

NOWHERE = -1
"""No week, no town."""


@dataclass(frozen=True, slots=True)
class Share:
    """Visits that are alike, in order, and how many of them each week takes."""

    visits: Sequence[int]
    quota: dict[int, int]


def hand_out(weeks: list[int], shares: Sequence[Share], towns: Sequence[int]) -> None:
    """Fill in the week of every visit of the shares; the first of a town's visits goes into the first week."""
    waiting = [_by_town(share, towns) for share in shares]
    quotas: dict[int, dict[int, int]] = {}
    for n, share in enumerate(shares):
        for week, wanted in share.quota.items():
            quotas.setdefault(week, {})[n] = wanted
    last = NOWHERE
    for week in sorted(quotas):
        quota = quotas[week]
        while quota:
            last = _town(quota, waiting, last)
            for n in list(quota):
                _take(weeks, week, n, quota, waiting, last)


def _take(
    weeks: list[int], week: int, n: int, quota: dict[int, int], waiting: Sequence[dict[int, list[int]]], town: int
) -> None:
    """As many of a share's visits in the town as the week still takes."""
    visits = waiting[n].get(town)
    if visits is None:
        return
    taken = min(quota[n], len(visits))
    for _ in range(taken):
        weeks[visits.pop()] = week
    quota[n] -= taken
    if not visits:
        del waiting[n][town]
    if not quota[n]:
        del quota[n]


def _by_town(share: Share, towns: Sequence[int]) -> dict[int, list[int]]:
    """The visits still to be handed out, the first of each list last."""
    found: dict[int, list[int]] = {}
    for visit in reversed(share.visits):
        found.setdefault(towns[visit], []).append(visit)
    return found


def _town(quota: dict[int, int], waiting: Sequence[dict[int, list[int]]], last: int) -> int:
    """The town that fills most of what the week still takes; the one before where it fills as much, else the first."""
    if len(quota) == 1:
        ((n, wanted),) = quota.items()
        if wanted == 1 or len(waiting[n]) == 1:
            return last if last in waiting[n] else min(waiting[n])
    gain: dict[int, int] = {}
    for n, wanted in quota.items():
        for town, visits in waiting[n].items():
            gain[town] = gain.get(town, 0) + (wanted if wanted < len(visits) else len(visits))
    most = max(gain.values())
    return last if gain.get(last) == most else min(town for town, fills in gain.items() if fills == most)


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
