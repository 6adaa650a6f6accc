"""The lightest week near a wanted one: what one visit more costs each week is a byte, and bytes are soon searched."""

from __future__ import annotations

from functools import lru_cache

FULL = 255
"""What one visit more costs a week that takes none; every other cost is smaller."""


@lru_cache(256)
def costs_of(days: tuple[int, ...], peak: int) -> tuple[bytes, ...]:
    """For each week, by the visits it has, what one more costs: the rank of their share of its working days."""
    shares = sorted({_share(there, worked) for worked in set(days) for there in range(peak)})
    coarse = -(-len(shares) // FULL)  # 1, unless somebody makes dozens of visits a week
    rank = {share: n // coarse for n, share in enumerate(shares)}
    return tuple(bytes([*(rank[_share(there, worked)] for there in range(peak)), FULL]) for worked in days)


def _share(there: int, worked: int) -> float:
    return (there + 1) / max(worked, 1)


@lru_cache(4096)
def evenly(visits: int, weeks: int) -> tuple[int, ...]:
    """Where so many visits stand in a run of weeks when it is as far from each to the next."""
    return tuple((2 * n + 1) * weeks // (2 * visits) for n in range(visits))


def nearest(costs: bytes | bytearray, cost: int, ideal: int) -> int:
    """Where such a cost, which is among them, is nearest to an index; of two the one before."""
    before, after = costs.rfind(cost, 0, ideal), costs.find(cost, ideal)
    return before if after < 0 or (before >= 0 and ideal - before <= after - ideal) else after
