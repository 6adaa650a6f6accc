"""Whether the routes still have all of a circuit, or may have been cut off before its end: absence proves nothing.

A file that was cut cleanly at the end of a line reads as whole. So a circuit that no route leads to any more has only
been led elsewhere where its rows are on record and nothing can have followed them that is gone now: its file keeps
the rows of each circuit together, and goes on with another circuit after them (D12).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.routes import Route

Place = tuple[str, str | None]
"""A file and a sheet of it."""


def positions(rows: Iterable[Route | Broken]) -> dict[Place, dict[str, set[int]]]:
    """By file the rows (of a text: the lines) of each folded circuit; what has no readable circuit is left out."""
    found: dict[Place, dict[str, set[int]]] = {}
    for row in rows:
        code: str | None = row.value("circuit_code")
        if code:
            at = found.setdefault((row.source.file, row.source.sheet), {})
            at.setdefault(folded_circuit(code), set()).add(row.source.row or row.source.line or 0)
    return found


def ending(circuits: Mapping[str, set[int]]) -> frozenset[str]:
    """The circuits in the last row of a file of which every row is known."""
    end = max(map(max, circuits.values()))
    return frozenset(code for code, found in circuits.items() if end in found)


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What the routes have of some circuits.

    `rows` as `positions` gives them; `last` are the folded circuits of the last row of each file, None where it cannot
    be read; not `complete`: rows of any circuit may be missing.
    """

    rows: Mapping[Place, Mapping[str, set[int]]] = field(default_factory=dict)
    last: Mapping[Place, frozenset[str] | None] = field(default_factory=dict)
    complete: bool = True

    def has_routes(self, code: str) -> bool | None:
        """True: all its routes are on record. False: it has none. None: nobody can say, some may be missing."""
        key = folded_circuit(code)
        places = [place for place, circuits in self.rows.items() if key in circuits]
        if not self.complete:
            return None
        if not places:
            return False
        last = self.last.get(places[0])
        if len(places) > 1 or last is None or key in last or not self._together(places[0]):
            return None
        return True

    def _together(self, place: Place) -> bool:
        """Whether the rows of each circuit stand together in this file, as far as they are known."""
        return all(max(found) - min(found) + 1 == len(found) for found in self.rows[place].values())
