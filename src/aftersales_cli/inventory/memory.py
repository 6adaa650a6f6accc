"""An inventory small enough to hold in memory: circuits found by folded code."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.folding import folded_circuit


class MemoryInventory:
    """Circuits by code, both spellings of one code being the same (facts.md §1)."""

    def __init__(self, circuits: Iterable[Circuit], *, complete: bool) -> None:
        self.complete = complete
        self._by_code: dict[str, list[Circuit]] = {}
        for circuit in circuits:
            self._by_code.setdefault(folded_circuit(circuit.circuit_code), []).append(circuit)

    def circuits(self, code: str) -> tuple[Circuit, ...]:
        """All rows of one circuit code, in file order."""
        return tuple(self._by_code.get(folded_circuit(code), ()))
