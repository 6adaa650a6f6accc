"""One engineer's visits into weeks: the busiest week as light as can be, and the weeks as even as that leaves room for.

A visit may be made in some of the year's weeks (a bit mask); visits with the same mask are alike. They are put into the
week that is lightest for its working days, tightest masks first; where all weeks of a mask are full, visits already
placed give way along an augmenting path. Where there is no such path, the weeks that were reached are full of visits
that cannot leave them: no placement is lighter, so one visit more a week is allowed, up to the engineer's capacity.
What then finds no place is short, and the weeks that were reached say why (Hall's condition).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from aftersales_cli.visit.handing import NOWHERE, Share, hand_out

_EVEN = 840 * 64  # divides by every number of working days a week can have; distances stay below 64
_FULL = 2**60


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


@lru_cache(4096)
def _weeks(mask: int) -> tuple[int, ...]:
    return tuple(week for week in range(mask.bit_length()) if mask >> week & 1)


class _Alike:
    """Visits with the same mask; `count[w]` of them stand in week w. `kept` stay in their weeks as long as possible."""

    __slots__ = ("count", "first", "kept", "mask", "members", "weeks")

    def __init__(self, mask: int, weeks: int) -> None:
        self.mask = mask
        self.weeks = _weeks(mask)
        whole = self.weeks and len(self.weeks) == self.weeks[-1] - self.weeks[0] + 1
        self.first = self.weeks[0] if whole else None  # of weeks without a hole
        self.members: list[int] = []
        self.kept: list[int] = []
        self.count = [0] * weeks


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

    `masks` are the weeks each visit may be made in, `days` the working days of each week, `towns` a number for the town
    of each visit: visits in one town share weeks where that costs nothing. `kept` are the weeks of an earlier plan
    (`NOWHERE` for none): they are given up only where a visit finds no room within the capacity otherwise. `taken` are
    visits of each week that cannot be moved any more. Engineers with different `turn` begin at different weeks, so that
    not all of them are out in the same ones.
    """
    return _Engineer(masks, list(taken) or [0] * len(days), days, capacity, kept, turn).placed(towns)


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
        self.turn = turn
        self.masks, self.capacity = masks, capacity
        self.prices = [_EVEN // max(worked, 1) for worked in days]
        self.load = load
        self.next = [_FULL] * len(days)  # what one visit more would cost each week
        self.kept = kept if kept is not None and max(kept, default=NOWHERE) != NOWHERE else None
        self.free = self.kept is None
        self.short: dict[int, Shortage] = {}
        self.groups = self._grouped(len(days))
        self._set_peak(min(capacity, max(self._at_least(), *self.load, 0)))

    def _set_peak(self, peak: int) -> None:
        self.peak = peak
        for week in range(len(self.load)):
            self._change(week, 0)

    def placed(self, towns: Sequence[int]) -> Placed:
        for group in self.groups:
            for number, member in enumerate(group.members):
                if not self._put(group, number):
                    self.short[member] = self._shortage(group)
        weeks = [NOWHERE] * len(self.masks)
        if self.kept is not None:
            self._keep(weeks)
        hand_out(weeks, [self._share(group) for group in self.groups], towns)
        return Placed(tuple(weeks), max(self.load, default=0), self.short)

    def _share(self, group: _Alike) -> Share:
        visits = [visit for visit in group.members if visit not in self.short]
        return Share(visits, {week: group.count[week] for week in group.weeks if group.count[week]})

    def _grouped(self, weeks: int) -> list[_Alike]:
        found: dict[int, _Alike] = {}
        for visit, mask in enumerate(self.masks):
            group = found.get(mask)
            if group is None:
                group = found[mask] = _Alike(mask, weeks)
            week = NOWHERE if self.kept is None else self.kept[visit]
            if week != NOWHERE and mask >> week & 1 and self.load[week] < self.capacity:
                group.kept.append(visit)
                self.load[week] += 1
            else:
                group.members.append(visit)
        return sorted(found.values(), key=lambda group: (len(group.weeks), group.mask))

    def _at_least(self) -> int:
        """A peak that no placement can be below: of visits that lie between two weeks, the most for one week."""
        spans: dict[tuple[int, int], int] = {}
        for group in self.groups:
            if group.weeks:
                span = group.weeks[0], group.weeks[-1]
                spans[span] = spans.get(span, 0) + len(group.members) + len(group.kept)
        least = 0
        lasts = sorted({last for _, last in spans})
        for first in {first for first, _ in spans}:
            inside = dict.fromkeys(lasts, 0)
            for (start, last), number in spans.items():
                if start >= first:
                    inside[last] += number
            together = 0
            for last in lasts:
                together += inside[last]
                if last >= first:
                    least = max(least, -(-together // (last - first + 1)))
        return least

    def _put(self, group: _Alike, number: int) -> bool:
        """One more visit of a group: into its lightest week, or by way of others; False where it finds no room."""
        while True:
            week = self._lightest(group, number)
            if week == NOWHERE:
                week = self._by_way_of_others(group)
            if week != NOWHERE:
                group.count[week] += 1
                self._change(week, 1)
                return True
            if self.peak < self.capacity:
                self._set_peak(self.peak + 1)
            elif not self.free:
                self._release()
            else:
                return False

    def _lightest(self, group: _Alike, number: int) -> int:
        """The week with the least for its working days, nearest to an even distance from the group's others."""
        first, weeks = group.first, group.weeks
        wide = len(weeks)
        ideal = ((2 * number + 1) * wide // (2 * len(group.members)) + self.turn) % wide
        asked = self.next[first : first + wide] if first is not None else [self.next[week] for week in weeks]
        least = min(asked)
        if least >= _FULL:
            return NOWHERE
        if asked[ideal] == least:
            return weeks[ideal]
        for away in range(1, wide):
            if away <= ideal and asked[ideal - away] == least:
                return weeks[ideal - away]
            if ideal + away < wide and asked[ideal + away] == least:
                return weeks[ideal + away]
        raise AssertionError("the least of a list stands in it")  # pragma: no cover

    def _change(self, week: int, by: int) -> None:
        """One visit more or less in a week."""
        there = self.load[week] = self.load[week] + by
        self.next[week] = (there + 1) * self.prices[week] if there < self.peak else _FULL

    def _by_way_of_others(self, group: _Alike) -> int:
        """Make room in one of the group's weeks by the shortest chain of moves; `NOWHERE` where there is none."""
        came: dict[int, tuple[int, _Alike]] = {}
        for week in self._reached(group, came):
            if self.load[week] < self.peak:
                while week in came:
                    before, moved = came[week]
                    moved.count[before] -= 1
                    moved.count[week] += 1
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
                if other.count[week] and other.mask & ~seen:
                    for fresh in other.weeks:
                        if not seen >> fresh & 1:
                            came[fresh] = (week, other)
                            queue.append(fresh)
                    seen |= other.mask

    def _release(self) -> None:
        """From now on the visits of the earlier plan may move, too."""
        assert self.kept is not None
        self.free = True
        for group in self.groups:
            for visit in group.kept:
                group.count[self.kept[visit]] += 1

    def _shortage(self, group: _Alike) -> Shortage:
        weeks = sum(1 << week for week in self._reached(group, {}))
        inside = [other for other in self.groups if not other.mask & ~weeks]
        needed = sum(len(other.members) + len(other.kept) for other in inside)
        return Shortage(weeks, needed, self.capacity * weeks.bit_count())

    def _keep(self, weeks: list[int]) -> None:
        """Visits of the earlier plan stand in their weeks; those that had to move get what is left."""
        assert self.kept is not None
        for group in self.groups:
            moved = []
            for visit in group.kept:
                week = self.kept[visit]
                if not self.free:
                    weeks[visit] = week
                elif group.count[week]:
                    group.count[week] -= 1
                    weeks[visit] = week
                else:
                    moved.append(visit)
            group.members += moved
