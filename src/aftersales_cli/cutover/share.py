"""One customer's part of a task, and what the customer was told of it before."""

from __future__ import annotations

from dataclasses import dataclass

from aftersales_cli.cutover.history import Told
from aftersales_cli.cutover.notices import names
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded_circuit


@dataclass(frozen=True)
class Share:
    """One customer's part of a task (code None: the department's), and what it was told before.

    `live` has to be told, `off` says 取消, `blocked` are folded circuits of the task that are held.
    """

    task: Task
    code: str | None
    live: tuple[Pair, ...]
    off: tuple[Pair, ...]
    told: Told
    blocked: frozenset[str]

    @property
    def last(self) -> Issued | None:
        """The last notice."""
        return self.told[-1] if self.told else None

    @property
    def standing(self) -> Issued | None:
        """The last notice, where it was no cancel: what the customer reckons with."""
        return self.last if self.last and self.last.change is not Change.CANCEL else None

    @property
    def absent(self) -> frozenset[str]:
        """Folded circuits of the standing notice that no row of the customer names any more."""
        present = {folded_circuit(pair.circuit_code) for pair in (*self.live, *self.off) if pair.circuit_code}
        return frozenset(map(folded_circuit, self.standing.circuit_codes if self.standing else ())) - present

    def ever_told(self, pair: Pair) -> bool:
        """Whether any notice named this circuit to this customer."""
        return any(names(notice, pair) for notice in self.told)
