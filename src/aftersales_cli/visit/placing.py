"""One engineer's visits into weeks: the busiest week as light as can be, and the weeks as even as that leaves room for.

A visit may be made in some of the year's weeks (a bit mask); visits with the same mask are alike. They are put into the
week that is lightest for its working days, tightest masks first; where all weeks of a mask are full, visits already
placed give way along an augmenting path. Where there is no such path, the weeks that were reached are full of visits
that cannot leave them: no placement is lighter, so one visit more a week is allowed, up to the engineer's capacity.
What then finds no place is short, and the weeks that were reached say why (Hall's condition).

Paths are seldom looked for: slots are runs of weeks, and shorter ones lie within longer ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from aftersales_cli.visit.handing import NOWHERE, hand_out
from aftersales_cli.visit.lightest import FULL, costs_of, evenly, nearest


@dataclass(frozen=True, slots=True)
class Shortage:
    """Full weeks (a mask) in which so many visits would have to be made, and how many can be."""

    weeks: int
    needed: int
    room: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The week of each visit, `NOWHERE` where there was none; the most in one week; by visit why it has none."""

    weeks: tuple[int, ...]
    peak: int
    short: dict[int, Shortage] = field(default_factory=dict)


def place(
    masks: Sequence[int],
    days: Sequence[int],
    capacity: int,
    towns: Sequence[int],
    kept: Sequence[int] | None = None,
    taken: Sequence[int] = (),
    turn: int = 0,
) -> Placed:
    """Place all visits of one engineer; the same input gives the same weeks.

    `masks` are the weeks each visit may be made in (one at least), `days` the working days of each week, `towns` a
    number for the town of each visit: visits in one town share weeks where that costs nothing. `kept` are the weeks of
    an earlier plan (`NOWHERE` for none): they are given up only where a visit finds no room within the capacity
    otherwise. `taken` are visits of each week that cannot be moved any more. Engineers with different `turn` begin at
    different weeks, so that not all of them are out in the same ones.
    """
    return _Engineer(masks, list(taken) or [0] * len(days), days, capacity, kept, turn).placed(towns)


@lru_cache(4096)
def _weeks(mask: int) -> tuple[int, ...]:
    return tuple(week for week in range(mask.bit_length()) if mask >> week & 1)


class _Alike:
    """Visits with the same mask; the weeks they `stand` in; `kept` are not moved as long as that is possible."""

    __slots__ = ("kept", "mask", "members", "stand", "weeks")

    def __init__(self, mask: int, members: list[int]) -> None:
        self.mask = mask
        self.weeks = _weeks(mask)
        self.members = members
        self.kept: list[int] = []
        self.stand: list[int] = []


class _Engineer:
    def __init__(
        self,
        masks: Sequence[int],
        load: list[int],
        days: Sequence[int],
        capacity: int,
        kept: Sequence[int] | None,
        turn: int,
    ) -> None:
        self.masks, self.days, self.capacity, self.turn = masks, tuple(days), capacity, turn
        self.load = load
        self.groups = self._grouped()  # tightest first
        self.kept = self._standing(kept or ())
        self.free = not self.kept
        self.short: dict[int, Shortage] = {}
        alike = [-(-len(group.members) // len(group.weeks)) for group in self.groups]
        together = -(-len(masks) // max(len(days), 1))
        self._set_peak(min(capacity, max(together, *alike, *load, 0)))

    def _grouped(self) -> list[_Alike]:
        members: dict[int, list[int]] = {}
        for visit, mask in enumerate(self.masks):
            if mask in members:
                members[mask].append(visit)
            else:
                members[mask] = [visit]
        tightest = sorted(members, key=lambda mask: (mask.bit_count(), mask))
        return [_Alike(mask, members[mask]) for mask in tightest]

    def _standing(self, kept: Sequence[int]) -> dict[int, int]:
        """The visits that stand in their weeks of an earlier plan, and these weeks."""
        found: dict[int, int] = {}
        for visit, week in enumerate(kept):
            if week != NOWHERE and self.masks[visit] >> week & 1 and self.load[week] < self.capacity:
                found[visit] = week
                self.load[week] += 1
        if found:
            for group in self.groups:
                group.kept = [visit for visit in group.members if visit in found]
                group.members = [visit for visit in group.members if visit not in found]
        return found

    def _set_peak(self, peak: int) -> None:
        """Allow so many visits a week."""
        self.peak = peak
        self.costs = costs_of(self.days, peak)
        self.next = bytearray([costs[min(there, peak)] for costs, there in zip(self.costs, self.load, strict=True)])

    def placed(self, towns: Sequence[int]) -> Placed:
        for group in self.groups:
            self._place(group)
        weeks = [NOWHERE] * len(self.masks)
        self._keep(weeks)
        if self.short:
            for group in self.groups:
                group.members = [visit for visit in group.members if visit not in self.short]
        hand_out(weeks, [(group.members, group.stand) for group in self.groups], towns)
        return Placed(tuple(weeks), max(self.load, default=0), self.short)

    def _place(self, group: _Alike) -> None:
        """Each visit of a group into the lightest of its weeks, nearest to an even distance from the group's others."""
        weeks, load, least = group.weeks, self.load, 0
        first, after = weeks[0], weeks[-1] + 1
        wide, whole = len(weeks), len(weeks) == after - first  # without a hole
        for visit, even in zip(group.members, evenly(len(group.members), wide), strict=True):
            ideal = (even + self.turn) % wide
            costs = self.next[first:after] if whole else bytes([self.next[week] for week in weeks])
            if least not in costs:
                least = min(costs)
            if least != FULL:
                week = weeks[ideal if costs[ideal] == least else nearest(costs, least, ideal)]
            else:
                week, least = self._room(group, ideal), 0
                if week == NOWHERE:
                    self.short[visit] = self._shortage(group)
                    continue
            group.stand.append(week)
            there = load[week] = load[week] + 1
            self.next[week] = self.costs[week][there]

    def _room(self, group: _Alike, ideal: int) -> int:
        """A week for one visit more of a group whose weeks are full; `NOWHERE` where it finds no room."""
        while (week := self._by_way_of_others(group)) == NOWHERE:
            if self.peak < self.capacity:
                self._set_peak(self.peak + 1)
                costs = bytes([self.next[week] for week in group.weeks])
                if min(costs) != FULL:
                    return group.weeks[nearest(costs, min(costs), ideal)]
            elif not self.free:
                self._release()
            else:
                return NOWHERE
        return week

    def _change(self, week: int, by: int) -> None:
        self.load[week] += by
        self.next[week] = self.costs[week][self.load[week]]

    def _by_way_of_others(self, group: _Alike) -> int:
        """Make room in one of the group's weeks by the shortest chain of moves; `NOWHERE` where there is none."""
        came: dict[int, tuple[int, _Alike]] = {}
        for week in self._reached(group, came):
            if self.load[week] < self.peak:
                while week in came:
                    before, moved = came[week]
                    moved.stand.remove(before)
                    moved.stand.append(week)
                    self._change(before, -1)
                    self._change(week, 1)
                    week = before
                return week
        return NOWHERE

    def _reached(self, group: _Alike, came: dict[int, tuple[int, _Alike]]) -> Iterator[int]:
        """The weeks into which a visit could go, others moving on, nearest first; `came` tells from where by whom."""
        queue, seen = list(group.weeks), group.mask
        for week in queue:
            yield week
            for other in self.groups:
                if other.mask & ~seen and week in other.stand:
                    for fresh in other.weeks:
                        if not seen >> fresh & 1:
                            came[fresh] = (week, other)
                            queue.append(fresh)
                    seen |= other.mask

    def _release(self) -> None:
        """From now on the visits of the earlier plan may move, too."""
        self.free = True
        for group in self.groups:
            group.stand += [self.kept[visit] for visit in group.kept]

    def _shortage(self, group: _Alike) -> Shortage:
        weeks = sum(1 << week for week in self._reached(group, {}))
        inside = [other for other in self.groups if not other.mask & ~weeks]
        needed = sum(len(other.members) + len(other.kept) for other in inside)
        return Shortage(weeks, needed, self.capacity * weeks.bit_count())

    def _keep(self, weeks: list[int]) -> None:
        """Visits of the earlier plan stand in their weeks; those that had to move get what is left."""
        for group in self.groups:
            for visit in group.kept:
                week = self.kept[visit]
                if not self.free:
                    weeks[visit] = week
                elif week in group.stand:
                    group.stand.remove(week)
                    weeks[visit] = week
                else:
                    group.members.append(visit)
