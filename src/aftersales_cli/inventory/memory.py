"""An inventory small enough to hold in memory: circuits found by folded code."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.folding import folded_circuit


class MemoryInventory:
    """Circuits by code, both spellings of one code being the same (facts.md §1); `broken` rows speak of owners only."""

    def __init__(self, circuits: Iterable[Circuit], broken: Iterable[Broken] = (), *, complete: bool) -> None:
        self.complete = complete
        self._by_code: dict[str, list[Circuit]] = {}
        self._claimed: dict[str, list[str]] = {}
        for circuit in circuits:
            self._by_code.setdefault(folded_circuit(circuit.circuit_code), []).append(circuit)
        for row in broken:
            code, owner = row.values.get("circuit_code"), row.values.get("customer_code")
            if code and owner:
                self._claimed.setdefault(folded_circuit(code), []).append(owner)

    def circuits(self, code: str) -> tuple[Circuit, ...]:
        """All rows of one circuit code, in file order."""
        return tuple(self._by_code.get(folded_circuit(code), ()))

    def claimed(self, code: str) -> tuple[str, ...]:
        """The customers' codes in rows of this circuit that cannot be used for another cell's sake."""
        return tuple(self._claimed.get(folded_circuit(code), ())) if self._claimed else ()
