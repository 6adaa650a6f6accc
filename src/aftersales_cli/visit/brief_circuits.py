"""What a customer bought and how it ran, circuit by circuit: routes, availability, usage since purchase (R33, R34)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.routes import Path
from aftersales_cli.visit.availability import Availability, months, together
from aftersales_cli.visit.charts import dots
from aftersales_cli.visit.history import History, Protection
from aftersales_cli.visit.papers import Paper, View

CIRCUITS, MONTHS, CHARTED = 60, 12, 15
"""How many circuits, months of the grid and circuits of the chart are shown; the rest is counted."""


@dataclass(frozen=True)
class Circuits:
    """The parts of the brief that go circuit by circuit."""

    paper: Paper

    @property
    def _history(self) -> History:
        return self.paper.history

    def rows(self) -> list[View]:
        """The circuits as they were bought and run, the unprotected first (R33)."""
        order = list(Protection)
        rank = {Protection.UNPROTECTED: 0, Protection.UNKNOWN: 1, Protection.PROTECTED: 2}
        assert set(order) == set(rank)
        found = sorted(self._history.circuits, key=lambda c: rank[self._history.protection(c)])
        return [self._row(circuit) for circuit in found[:CIRCUITS]]

    def _row(self, circuit: Circuit) -> View:
        history, figures = self._history, self.paper.figures
        protection = history.protection(circuit)
        return {
            "code": circuit.circuit_code,
            "service": circuit.service_type or circuit.product_name or "",
            "rate": circuit.rate or "",
            "opened": figures.date(circuit.opened_on),
            "contract_end": figures.date(circuit.contract_end),
            "end_user": circuit.end_user or "",
            "protection": figures.protection(protection) if history.has("routes") else "",
            "state": protection.value if history.has("routes") else "unknown",
            "working": figures.listing(history.path(circuit, Path.WORKING), 6),
            "protecting": figures.listing(history.path(circuit, Path.PROTECTING), 6),
        }

    def availability(self) -> View:
        """The grid of interrupted circuits and the last months, the worst first; not `known` where no table tells it.

        `steady` counts the circuits that nothing interrupted: a hundred per cent each, and no row.
        """
        since = self.paper.since
        spans = list(months(since.start, min(since.end, self._history.now)))[-MONTHS:]
        all_of = together(self._over(circuit) for circuit in self._history.circuits)
        return {
            "known": self.known,
            "months": [f"{span.start:%Y-%m}" for span in spans],
            "rows": [
                {"code": c.circuit_code, "all": str(each), "down": self.paper.figures.lasted(each.down),
                 "months": [self._cell(self._history.availability(c, span.start, span.end)) for span in spans]}
                for c, each in self._interrupted[:CIRCUITS]
            ],
            "steady": len(self._history.circuits) - len(self._interrupted),
            "all": str(all_of) if self.known else "",
            "down": self.paper.figures.lasted(all_of.down) if self.known else "",
            "more": max(0, len(self._interrupted) - CIRCUITS),
        }  # fmt: skip

    @property
    def known(self) -> bool:
        """Whether anything can be said of availability."""
        return bool(self._history.circuits) and self._history.has("faults", "complaints")

    def _cell(self, each: Availability) -> View:
        return {"text": str(each).removesuffix("%"), "down": bool(each.down)}

    def _over(self, circuit: Circuit) -> Availability:
        return self._history.availability(circuit, self.paper.since.start, self.paper.since.end)

    @cached_property
    def _interrupted(self) -> list[tuple[Circuit, Availability]]:
        """The circuits that were down in these days, the worst first."""
        found = [(circuit, self._over(circuit)) for circuit in self._history.circuits]
        down = [pair for pair in found if pair[1].down]
        return sorted(down, key=lambda pair: (pair[1].share or 0, pair[0].circuit_code))

    def chart(self) -> View:
        """The worst circuits as dots."""
        shown = [(c.circuit_code, (each.share or 0) * 100, str(each)) for c, each in self._interrupted]
        return {
            "known": self.known and bool(shown),
            "drawing": dots(shown[:CHARTED]),
            "more": max(0, len(shown) - CHARTED),
        }

    def since_purchase(self) -> View:
        """What was used and what was done for it since the first circuit was opened (R34)."""
        history, figures = self._history, self.paper.figures
        opened = [circuit.opened_on for circuit in history.circuits if circuit.opened_on]
        first = min(opened, default=None)
        carried_out = [each for each in history.planned if each.end <= history.now and not each.cancelled]
        reach = history.reaches
        bare = sum(history.protection(c) is Protection.UNPROTECTED for c in history.circuits)
        count = self._known_count
        return {
            "first_opened": figures.date(first),
            "circuits": count("circuits", len(history.circuits)),
            "unprotected": count("routes", bare),
            "faults": count("faults", sum(isinstance(each.row, Fault) for each in history.interruptions)),
            "faults_since": figures.at(reach["faults"])[:10] if "faults" in reach else "",
            "complaints": count("complaints", len(history.complaints)),
            "complaints_since": figures.at(reach["complaints"])[:10] if "complaints" in reach else "",
            "cutovers": count("cutovers", len(carried_out)),
            "inspections": count("inspections", len(history.inspections)),
            "closed": count("inspections", sum(row.closed_on is not None for row in history.inspections)),
            "visits": count("visits", len(history.visits)),
            "since": figures.date(self._reach.date()) if self.known and self._reach else "",
            "rows": [
                {"code": c.circuit_code, "opened": figures.date(c.opened_on), "rate": c.rate or "",
                 "faults": count("faults", history.since_purchase(c)), "availability": self._since_opening(c)}
                for c in list(history.circuits)[:CIRCUITS]
            ],
        }  # fmt: skip

    def _known_count(self, table: str, n: int) -> int | str:
        """A number of rows; nothing where the table was not given: nothing known is not none."""
        return n if self._history.has(table) else ""

    def _since_opening(self, circuit: Circuit) -> str:
        """Since it was opened, but not longer than the tables reach back; nothing where neither is known."""
        reach = self._reach
        if not self.known or reach is None:
            return ""
        return str(self._history.availability(circuit, reach, self._history.now))

    @property
    def _reach(self) -> datetime | None:
        """How far back faults and reports go, of whichever table goes further; None where neither says."""
        reaches = self._history.reaches
        return min((reaches[table] for table in ("faults", "complaints") if table in reaches), default=None)
