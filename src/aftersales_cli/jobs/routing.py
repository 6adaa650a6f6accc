"""What the inventory says of routes, as the domain asks for it; and resources that no route knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.impact import Hop, Routes
from aftersales_cli.inventory.duck import Asked, on_record
from aftersales_cli.inventory.whole import OnRecord
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say


def routes_of(asked: Asked) -> Routes:
    """The hops by resource; of a row that cannot be used what can be read: its circuit is touched all the same."""
    riding: dict[str, list[Hop]] = {}
    for hop in asked.routes.records:
        riding.setdefault(folded(hop.resource), []).append(
            Hop(hop.circuit_code, hop.path, hop.resource, hop.place("resource"))
        )
    whole = asked.every_hop_known
    for row in asked.routes.broken:
        circuit, resource = row.fact("circuit_code").value, row.fact("resource").value
        if circuit and resource:
            hop_ = Hop(circuit, row.fact("path").value, resource, row.place("resource"))
            riding.setdefault(folded(resource), []).append(hop_)
        else:
            whole = False
    return Routes(riding, asked.paths, asked.doubtful, complete=whole)


class RoutesOnRecord:
    """Answers `has_routes` for the circuits of notices that stand and had routes behind them (D12, decision 0015).

    Nothing is asked before the first question: most runs have none.
    """

    def __init__(self, desk: Desk, asked: Asked, history: History) -> None:
        self._desk, self._asked, self._history = desk, asked, history

    def has_routes(self, code: str) -> bool | None:
        """As `OnRecord.has_routes`: only True says that a circuit no route leads to has been led elsewhere."""
        return self._record.has_routes(code)

    @cached_property
    def _record(self) -> OnRecord:
        told = (notice for notice in self._history.standing() if notice.inputs.get("routes"))
        codes = [code for notice in told for code in notice.circuit_codes]
        return on_record(self._asked, self._desk.inputs("routes"), codes, vocabularies=self._desk.book.vocabularies)


def nowhere(resources: Mapping[str, Place | None], asked: Asked) -> Iterator[Problem]:
    """A caution for each resource that no route runs over, where routes were read, and all of them."""
    if not asked.routes.rows or not asked.routes.complete:
        return
    over = {folded(hop.resource) for hop in asked.routes.records}
    for resource, place in resources.items():
        if folded(resource) not in over:
            message = Say("no route runs over {resource}", resource=resource)
            yield Problem(message, place, "resources", resource, severity=Severity.CAUTION)
