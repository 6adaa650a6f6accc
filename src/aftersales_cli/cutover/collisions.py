"""Two tasks at the same time, each harmless enough alone, that together cut both paths of a circuit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.routes import Path
from aftersales_cli.records.values import Window


class Strike(NamedTuple):
    """One task cutting paths of one circuit for a while; `task` is its number."""

    task: str
    circuit_code: str
    window: Window
    cut: frozenset[Path]


class Collision(NamedTuple):
    """Two tasks (in the order in which they begin) that leave the circuit no path while both last."""

    circuit_code: str
    tasks: tuple[str, str]
    window: Window


def collisions(strikes: Iterable[Strike]) -> tuple[Collision, ...]:
    """Every pair whose windows overlap and whose cuts, neither of them both paths, are both paths together.

    Circuits in the order of their first strike. One sweep over the windows of each circuit: what has ended is dropped,
    so that the work grows with the strikes and with what is found, not with the pairs.
    """
    by_circuit: dict[str, list[Strike]] = {}
    for strike in strikes:
        if len(strike.cut) == 1:
            by_circuit.setdefault(folded_circuit(strike.circuit_code), []).append(strike)
    return tuple(found for group in by_circuit.values() if len(group) > 1 for found in _swept(group))


def partners(found: Iterable[Collision]) -> dict[tuple[str, str], tuple[str, ...]]:
    """By (task number, folded circuit): the tasks it collides with on that circuit."""
    made: dict[tuple[str, str], dict[str, None]] = {}
    for circuit, (first, second), _ in found:
        key = folded_circuit(circuit)
        made.setdefault((first, key), {})[second] = None
        made.setdefault((second, key), {})[first] = None
    return {key: tuple(tasks) for key, tasks in made.items()}


def _swept(strikes: list[Strike]) -> Iterator[Collision]:
    running: dict[Path, list[Strike]] = {path: [] for path in Path}
    for strike in sorted(strikes, key=lambda one: (one.window.start, one.window.end, one.task)):
        (path,) = strike.cut
        (other,) = set(Path) - strike.cut
        running[other] = [one for one in running[other] if one.window.end > strike.window.start]
        for one in running[other]:
            if one.task != strike.task:
                both = Window(strike.window.start, min(one.window.end, strike.window.end))
                yield Collision(strike.circuit_code, (one.task, strike.task), both)
        running[path].append(strike)
