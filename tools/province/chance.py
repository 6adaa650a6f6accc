"""Random numbers of one table: another table's draws do not move them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def chance(seed: int, table: str) -> Random:
    """The random numbers of a table."""
    return Random(f"{seed}/{table}")


def weighted(rng: Random, choices: Sequence[tuple[T, int]]) -> T:
    """One of the choices, each as often as its weight says."""
    return rng.choices([choice for choice, _ in choices], [weight for _, weight in choices])[0]
