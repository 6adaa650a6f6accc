"""Which assurance periods a task meets (R6–R8, D5): same circuits, same hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from aftersales_cli.cutover.task import Pair, Protection
from aftersales_cli.places import Problem, Unknown
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.register.ownership import Whose
from aftersales_cli.words import Say

FIELD = "assurances"


@dataclass(frozen=True)
class Assurances:
    """The assurances of this run; `complete` is False where a whole file could not be read.

    `backwards` are rows that end before they begin (D9): nobody knows when they hold, so they count as unread.
    """

    rows: Sequence[Assurance] = ()
    broken: Sequence[Broken] = ()
    complete: bool = True
    backwards: Sequence[Assurance] = ()

    @classmethod
    def of(cls, rows: Sequence[Assurance], broken: Sequence[Broken], *, complete: bool) -> Assurances:
        """The same, rows that run backwards set apart."""
        backwards = [row for row in rows if row.end.latest <= row.start.at]
        return cls([row for row in rows if row not in backwards], broken, complete, backwards)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """One for each row that runs backwards."""
        return tuple(
            Problem(
                Say("the assurance ends {end}, before it starts {start}", end=row.end, start=row.start),
                row.place("end"),
                "end",
                str(row.end),
                Say("mend the one that is wrong"),
                (f"customer {row.customer_code}",),
            )
            for row in self.backwards
        )

    def touching(self, pairs: Iterable[Pair], start: datetime, end: datetime) -> tuple[Protection, ...]:
        """The periods that cover circuits of `pairs` at any moment from `start` to `end`."""
        live = [pair for pair in pairs if not pair.cancelled]
        met = ((row, _covered(row, live)) for row in self.rows if overlaps(row, start, end))
        return tuple(Protection(row, circuits) for row, circuits in met if circuits)

    def missing(self, pairs: Iterable[Pair], start: datetime, end: datetime) -> Unknown | None:
        """Why nobody can say that no further assurance touches these pairs, or None; cancelled ones touch nothing."""
        live = [pair for pair in pairs if not pair.cancelled]
        if not live:
            return None
        if not self.complete:
            return Unknown(FIELD, Say("the assurances could not be read completely"), unread=True)
        unusable: list[Broken | Assurance] = [*self.broken, *self.backwards]
        for row in unusable:
            if _may_touch(row, live):
                return Unknown(FIELD, Say("an assurance that may touch it cannot be read"), row.place(), unread=True)
        return self._whose(live, start, end)

    def _whose(self, live: Sequence[Pair], start: datetime, end: datetime) -> Unknown | None:
        """A circuit held because a file broke may belong to a customer all of whose circuits are assured."""
        lost = [pair for pair in live if pair.owner.whose is Whose.HELD and not pair.owner.codes]
        whole = [row for row in self.rows if not row.circuit_codes and overlaps(row, start, end)]
        if not lost or not whole:
            return None
        says = Say("nobody knows whose {circuit} is; an assurance of {customers} may cover it",
                   circuit=lost[0].circuit_code, customers=sorted({row.customer_code for row in whole}))  # fmt: skip
        return Unknown(FIELD, says, lost[0].owner.place, unread=True)


def _covered(row: Assurance, pairs: Iterable[Pair]) -> tuple[str, ...]:
    named = {folded_circuit(code) for code in row.circuit_codes}
    return tuple(
        pair.circuit_code or "–"
        for pair in pairs
        if (pair.circuit_code and folded_circuit(pair.circuit_code) in named)
        or (not named and folded(row.customer_code) in map(folded, pair.owner.codes))
    )


def _may_touch(row: Broken | Assurance, pairs: Sequence[Pair]) -> bool:
    """Whether a row that cannot be used may speak of these circuits: by customer or circuit, or it names neither."""
    code, circuits = row.fact("customer_code").value, row.fact("circuit_codes").value or ()
    named = {folded_circuit(circuit) for circuit in circuits}
    if any(pair.circuit_code and folded_circuit(pair.circuit_code) in named for pair in pairs):
        return True
    owners = {folded(owner) for pair in pairs for owner in pair.owner.codes}
    return code is None or not owners or folded(code) in owners


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
