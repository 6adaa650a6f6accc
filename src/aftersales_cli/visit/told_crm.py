"""Which corrections a list for the CRM still has to hold: what it was told last counts, not only the archive (R84)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import Visited
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.corrections import Correction, corrections
from aftersales_cli.visit.memory import last_written, written

Key = tuple[str, str, str]


class History:
    """What the lists have held so far, by the ledger's records in their order."""

    def __init__(self, events: Sequence[Visited]) -> None:
        self._written, self._last = written(events), last_written(events)

    def fresh(self, said: Iterable[Correction], last_said: Mapping[str, Key]) -> tuple[Correction, ...]:
        """Those of a visit's that have to go on a list; `last_said` is what its customer's visits said last."""
        return tuple(each for each in said if self._fresh(each, last_said.get(each.column.key)))

    def _fresh(self, one: Correction, last_said: Key | None) -> bool:
        unheard = not one.settled and one.key not in self._written
        told = self._last.get((folded(one.customer.code), one.column.key))
        if told is None or one.key != last_said:
            return unheard
        number, value = told
        if value != folded(one.new):
            return True  # also where the archive has it: it may be older than the list that told the CRM otherwise
        return unheard and number != folded(one.visit.visit_no)


def latest(visits: Iterable[Visit], customer: Customer) -> dict[str, Key]:
    """The last correction of each field that the customer's visits name, by field: its key."""
    ordered = sorted(visits, key=lambda each: (each.date, each.visit_no))
    return {one.column.key: one.key for visit in ordered for one in corrections(visit, customer).said}
