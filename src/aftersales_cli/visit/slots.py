"""The slots of a year: n visits have n equal runs of months, one each (R19)."""

from __future__ import annotations

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
