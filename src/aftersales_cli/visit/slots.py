"""The slots of a year: n visits have n equal runs of months, one each (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

MONTHS = 12
DIVIDES = tuple(n for n in range(1, MONTHS + 1) if MONTHS % n == 0)
"""How many visits a year can have: 1, 2, 3, 4, 6, 12."""


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """Whole months; both days belong to it."""

    start: date
    end: date


def slots(year: int, visits: int) -> tuple[Slot, ...]:
    """The slots of so many visits, in order; `visits` is one of `DIVIDES`."""
    length = MONTHS // visits
    firsts = [date(year, 1 + length * n, 1) for n in range(visits)] + [date(year + 1, 1, 1)]
    return tuple(Slot(a, b - timedelta(days=1)) for a, b in pairwise(firsts))


def made_in(slots: Sequence[Slot], days: Iterable[date]) -> Mapping[Slot, date]:
    """Which slots have been visited, by the days of visits, and when.

    A visit makes the slot its day lies in; where that is made already, the earliest that was missed (decision 0018).
    """
    found: dict[Slot, date] = {}
    for day in sorted(days):
        begun = [slot for slot in slots if slot.start <= day and slot not in found]
        done = next((slot for slot in begun if day <= slot.end), next(iter(begun), None))
        if done is not None:
            found[done] = day
    return found
