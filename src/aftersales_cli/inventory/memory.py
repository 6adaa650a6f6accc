"""An inventory small enough to hold in memory: circuits found by folded code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.folding import folded_circuit


class MemoryInventory:
    """Circuits by code, both spellings of one code being the same (facts.md §1); `broken` rows speak of owners only."""

    def __init__(self, circuits: Sequence[Circuit], broken: Iterable[Broken] = (), *, complete: bool) -> None:
        self.complete = complete
        self._circuits = circuits
        self._first: dict[str, int] = {}
        self._others: dict[str, list[int]] = {}
        self._claimed: dict[str, list[str]] = {}
        for place, circuit in enumerate(circuits):
            key = folded_circuit(circuit.circuit_code)
            if self._first.setdefault(key, place) != place:
                self._others.setdefault(key, []).append(place)
        for row in broken:
            code, owner = row.values.get("circuit_code"), row.values.get("customer_code")
            if code and owner:
                self._claimed.setdefault(folded_circuit(code), []).append(owner)

    def circuits(self, code: str) -> tuple[Circuit, ...]:
        """All rows of one circuit code, in file order."""
        key = folded_circuit(code)
        first = self._first.get(key)
        if first is None:
            return ()
        return (self._circuits[first], *(self._circuits[place] for place in self._others.get(key, ())))

    def claimed(self, code: str) -> tuple[str, ...]:
        """The customers' codes in rows of this circuit that cannot be used for another cell's sake."""
        return tuple(self._claimed.get(folded_circuit(code), ())) if self._claimed else ()
