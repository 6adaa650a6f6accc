"""Which assurance periods a task meets (R6–R8, D5): same circuits, same hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aftersales_cli.cutover.task import Pair, Protection
from aftersales_cli.places import Unknown
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Assurances:
    """The assurances of this run; `complete` is False where a whole file could not be read."""

    rows: Sequence[Assurance] = ()
    broken: Sequence[Broken] = ()
    complete: bool = True

    def touching(self, pairs: Iterable[Pair], start: datetime, end: datetime) -> tuple[Protection, ...]:
        """The periods that cover circuits of `pairs` at any moment from `start` to `end`."""
        live = [pair for pair in pairs if not pair.cancelled]
        met = ((row, _covered(row, live)) for row in self.rows if overlaps(row, start, end))
        return tuple(Protection(row, circuits) for row, circuits in met if circuits)

    def missing(self, pairs: Iterable[Pair]) -> Unknown | None:
        """Why nobody can say that no further assurance touches these pairs, or None."""
        if not self.complete:
            return Unknown("assurances", Say("the assurances could not be read completely"), unread=True)
        owners = {folded(pair.owner.customer_code) for pair in pairs if pair.owner.customer_code}
        for row in self.broken:
            code = row.values.get("customer_code")
            if code is None or folded(code) in owners or not owners:
                return Unknown(
                    "assurances", Say("an assurance that may touch it cannot be read"), row.place(), unread=True
                )
        return None


def _covered(row: Assurance, pairs: Iterable[Pair]) -> tuple[str, ...]:
    named = {folded_circuit(code) for code in row.circuit_codes}
    return tuple(
        pair.circuit_code or "–"
        for pair in pairs
        if (pair.circuit_code and folded_circuit(pair.circuit_code) in named)
        or (not named and folded(pair.owner.customer_code or "") == folded(row.customer_code))
    )


def overlaps(assurance: Assurance, start: datetime, end: datetime) -> bool:
    """Whether the period, and where given its daily hours, shares a moment with `start` to `end`.

    A period that ends on a day without a time lasts to the end of that day.
    """
    begins, ends = max(assurance.start.at, start), min(assurance.end.latest, end)
    if begins >= ends:
        return False
    if assurance.daily is None:
        return True
    day = begins.replace(hour=0, minute=0, second=0) - timedelta(days=1)  # yesterday's hours may cross midnight
    while day < ends:
        opens = day + timedelta(minutes=assurance.daily.start)
        closes = day + timedelta(minutes=assurance.daily.end)
        if opens < ends and begins < closes:
            return True
        day += timedelta(days=1)
    return False
