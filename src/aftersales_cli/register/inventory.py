"""The questions asked of the circuit inventory; `inventory/` answers them."""

from __future__ import annotations

from typing import Protocol

from aftersales_cli.records.circuits import Circuit


class Inventory(Protocol):
    """The circuits of this run. `complete` is False when a part of the input could not be read."""

    complete: bool

    def circuits(self, code: str) -> tuple[Circuit, ...]:
        """All rows of one circuit code (compared folded), in file order."""
        ...

    def claimed(self, code: str) -> tuple[str, ...]:
        """The customers' codes in rows of this circuit that cannot be used for another cell's sake."""
        ...
