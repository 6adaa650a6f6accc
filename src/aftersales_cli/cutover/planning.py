"""Which notice each customer gets of each task: new, update, cancel, unchanged, or nothing, with the reason (D12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aftersales_cli.cutover.gathering import Gatherer, History
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.notices import Fate, Fated, Notice, Plan, content, issued_content
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Known
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.register.ownership import Whose
from aftersales_cli.words import Say


@dataclass
class Planner:
    """Compares what the tasks say now with what the ledger says was issued.

    `whole` says of a set of input files whether each was read again in this run without problem (D12 b).
    """

    gatherer: Gatherer
    whole: Collection[str] = ()
    every_number_read: bool = True
    _fates: list[Fated] = field(default_factory=list)
    _notices: list[Notice] = field(default_factory=list)
    _cautions: list[Say] = field(default_factory=list)

    def plan(self, judged: Sequence[Judged], late: Mapping[tuple[str, str | None], bool]) -> Plan:
        """The plan of the whole run; `late` tells by (task name, customer code) who is told too late (CUT-04)."""
        for one in judged:
            if one.held:
                self._hold(one.task, one.reasons[0])
            else:
                self._task(one.task, late)
        seen = {folded(one.task.task_no) for one in judged if one.task.task_no}
        return Plan(tuple(self._notices), tuple(self._fates), self._not_seen(seen), tuple(self._cautions))

    @property
    def history(self) -> History:
        """What was issued before."""
        return self.gatherer.history

    def _not_seen(self, seen: Collection[str]) -> tuple[str, ...]:
        live = [
            notices[-1]
            for (task, _), notices in self.history.items()
            if task not in seen and notices[-1].change is not Change.CANCEL
        ]
        return tuple(sorted({n.task_no for n in live if n.window_end > self.gatherer.now}))

    def _hold(self, task: Task, why: Say) -> None:
        self._fates += [Fated(task, pair, Fate.HELD, why) for pair in task.pairs]

    def _fate(self, task: Task, pairs: Sequence[Pair], fate: Fate, why: Say | None = None) -> None:
        self._fates += [Fated(task, pair, fate, why) for pair in pairs]

    def _task(self, task: Task, late: Mapping[tuple[str, str | None], bool]) -> None:
        held = [pair for pair in task.pairs if pair.owner.whose is Whose.HELD]
        for pair in held:
            self._fate(task, [pair], Fate.HELD, pair.owner.why)
        blocked = {folded_circuit(pair.circuit_code) for pair in held if pair.circuit_code}
        for code, pairs in task.by_customer().items():
            self._customer(task, code, pairs, blocked, late=late.get((task.name, code), False))
        self._departed(task, blocked)

    def _customer(
        self, task: Task, code: str | None, pairs: tuple[Pair, ...], blocked: set[str], *, late: bool
    ) -> None:
        last = self._last(task, code)
        live = tuple(pair for pair in pairs if self.gatherer.is_told(pair))
        if not live and last is not None and last.change is not Change.CANCEL:
            live = tuple(
                pair for pair in pairs if not pair.cancelled
            )  # told before of an interruption that is none now
        if not live:
            self._nobody(task, code, pairs, last)
        elif task.begun:
            self._begun(task, code, pairs, live, last)
        else:
            self._exempt(task, [pair for pair in pairs if pair not in live])
            self._told(task, code, live, last, blocked, late=late)

    def _nobody(self, task: Task, code: str | None, pairs: tuple[Pair, ...], last: Issued | None) -> None:
        """Nothing of the task touches this customer: cancelled, or never interrupting."""
        if last is None or task.begun:
            self._exempt(task, pairs)
        elif last.change is Change.CANCEL:
            self._add(task, code, Change.UNCHANGED, pairs, last)
        else:
            self._add(task, code, Change.CANCEL, pairs, last)

    def _exempt(self, task: Task, pairs: Sequence[Pair]) -> None:
        for pair in pairs:
            why = Say("cancelled before notice") if pair.cancelled else Say("declared as not interrupting")
            self._fate(task, [pair], Fate.EXEMPT, why)

    def _begun(
        self, task: Task, code: str | None, pairs: tuple[Pair, ...], live: tuple[Pair, ...], last: Issued | None
    ) -> None:
        named = {folded_circuit(c) for c in last.circuit_codes} if last and last.change is not Change.CANCEL else set()
        told = [p for p in live if p.circuit_code and folded_circuit(p.circuit_code) in named]
        if last is not None and (told or not named):
            self._add(task, code, Change.UNCHANGED, tuple(told), last)
        self._fate(task, [p for p in live if p not in told], Fate.EXEMPT, Say("the window has already begun"))
        self._exempt(task, [p for p in pairs if p not in live])

    def _told(
        self,
        task: Task,
        code: str | None,
        live: tuple[Pair, ...],
        last: Issued | None,
        blocked: set[str],
        *,
        late: bool,
    ) -> None:
        if last is None or last.change is Change.CANCEL:
            self._add(task, code, Change.NEW, live, last, late=late)
            return
        dropped = {folded_circuit(c) for c in last.circuit_codes} - {folded_circuit(p.circuit_code or "") for p in live}
        if dropped and (dropped & blocked or not self._may_drop(last)):
            why = Say("a circuit of the last notice ({circuits}) could not be compared", circuits=last.circuit_codes)
            self._fate(task, live, Fate.HELD, why)
        elif content(live, task) != issued_content(last):
            self._add(task, code, Change.UPDATE, live, last, late=late)
        else:
            self._add(task, code, Change.UNCHANGED, live, last)

    def _departed(self, task: Task, blocked: set[str]) -> None:
        """Customers of earlier notices that the task no longer touches (D12 b)."""
        number = folded(task.task_no or "")
        current = set(task.by_customer())
        touched = {folded_circuit(pair.circuit_code) for pair in task.pairs if pair.circuit_code}
        for (known, code), notices in self.history.items():
            last = notices[-1]
            if known != number or code in current or last.change is Change.CANCEL or task.begun:
                continue
            named = {folded_circuit(circuit) for circuit in last.circuit_codes}
            if code is None and named <= touched:
                continue  # what the department was told of is now told to the customers themselves
            if named & (touched | blocked) or not self._may_drop(last):
                who = last.customer_name or Say("the department")
                self._cautions.append(
                    Say("{task}: the last notice to {who} could not be compared, and stands", task=task.name, who=who)
                )
            else:
                self._add(task, code, Change.CANCEL, (), last)

    def _may_drop(self, last: Issued) -> bool:
        """Whether absence may be believed: every file behind the last notice was read again, every number too."""
        behind = {file for files in last.inputs.values() for file in files}
        return self.every_number_read and behind <= set(self.whole)

    def _last(self, task: Task, code: str | None) -> Issued | None:
        notices = self.history.get((folded(task.task_no or ""), code), ())
        return notices[-1] if notices else None

    def _add(
        self,
        task: Task,
        code: str | None,
        change: Change,
        pairs: tuple[Pair, ...],
        last: Issued | None,
        *,
        late: bool = False,
    ) -> None:
        sequence = last.sequence if last else 0
        if last is not None and change is not Change.UNCHANGED:
            sequence += 1
        at, said = self._publication(task, code)
        customer = self.gatherer.ownership.customers.by_code(code) if code else None
        self._notices.append(Notice(task, customer, change, sequence, pairs, at, said, last, late))
        self._fates += [
            Fated(task, pair, Fate.NOTIFIED if code else Fate.DEPARTMENT, None if code else pair.owner.why)
            for pair in pairs
        ]

    def _publication(self, task: Task, code: str | None) -> tuple[datetime, bool]:
        """The publication a notice acts on (D3): the cell's time, else the moment of the run."""
        for telling in task.tellings:
            if (telling.customer.code if telling.customer else None) == code:
                at = telling.publication.at
                if isinstance(at, Known):
                    return at.value.at, telling.publication.said
        return task.now, False
