"""Which notice each customer gets of each task: new, update, cancel, unchanged, or nothing, with the reason (D12)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from aftersales_cli.cutover.absence import Absence
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.impact import Impact
from aftersales_cli.cutover.notices import (
    Fate,
    Fated,
    Notice,
    Plan,
    Standing,
    content,
    issued_content,
    names,
    newly_collides,
)
from aftersales_cli.cutover.share import Share
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Known
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.register.customers import usable_contact
from aftersales_cli.register.ownership import Whose
from aftersales_cli.words import Say

BEGUN = Say("the window has already begun")
BEFORE_NOTICE = Say("cancelled before notice")
QUIET = Say("declared as not interrupting")
PROTECTED = Say("only its protecting path is touched")

Late = Mapping[tuple[str, str | None], bool]


@dataclass
class Planner:
    """Compares what the tasks say now with what the ledger says was issued."""

    gatherer: Gatherer
    absence: Absence
    _fates: list[Fated] = field(default_factory=list)
    _notices: list[Notice] = field(default_factory=list)
    _standing: list[Standing] = field(default_factory=list)
    _despite: Mapping[str, str] = field(default_factory=dict)

    def plan(self, judged: Iterable[Judged], late: Late) -> Plan:
        """The plan of all of them; `late` tells by (task name, customer code) who is told too late."""
        seen: set[str] = set()
        plans = []
        for one in judged:
            plans.append(self.of_task(one, late))
            seen.add(folded(one.task.task_no or ""))
        return Plan.of(plans, self.not_seen(seen))

    def of_task(self, one: Judged, late: Late) -> Plan:
        """The plan of one task."""
        self._fates, self._notices, self._standing, self._despite = [], [], [], one.despite
        if one.held:
            self._fate(one.task, one.task.pairs, Fate.HELD, one.reasons[0])
        else:
            self._task(one.task, late)
        return Plan(tuple(self._notices), tuple(self._fates), (), tuple(self._standing))

    def not_seen(self, seen: Collection[str]) -> tuple[str, ...]:
        """The tasks that customers were told of and reckon with, and that are not among these folded numbers."""
        standing = (notice for notice in self.gatherer.history.standing() if folded(notice.task_no) not in seen)
        return tuple(sorted({notice.task_no for notice in standing if notice.window_end > self.gatherer.now}))

    def _fate(self, task: Task, pairs: Iterable[Pair], fate: Fate, why: Say | None = None) -> None:
        self._fates += [Fated(task, pair, fate, why) for pair in pairs]

    def _task(self, task: Task, late: Late) -> None:
        held = [pair for pair in task.pairs if pair.owner.whose is Whose.HELD]
        for pair in held:
            self._fate(task, [pair], Fate.HELD, pair.owner.why)
        blocked = frozenset(folded_circuit(pair.circuit_code) for pair in held if pair.circuit_code)
        for code, pairs in task.by_customer().items():
            doubtful = {pair: why for pair in pairs if (why := self.absence.doubtful(task, code, pair)) is not None}
            for pair, why in doubtful.items():
                self._fate(task, [pair], Fate.HELD, why)
            sure = tuple(pair for pair in pairs if pair not in doubtful)
            if sure:
                self._customer(task, code, sure, blocked, late=late.get((task.name, code), False))
        self._departed(task, blocked)

    def _customer(
        self, task: Task, code: str | None, pairs: tuple[Pair, ...], blocked: frozenset[str], *, late: bool
    ) -> None:
        told = self.gatherer.history.of(task.task_no, code)
        standing = self.gatherer.history.last(task.task_no, code)
        off = tuple(pair for pair in pairs if pair.cancelled)
        # who was told of an interruption hears when there will be none
        live = tuple(p for p in pairs if not p.cancelled and (self.gatherer.is_told(p) or names(standing, p)))
        for pair in pairs:
            if pair not in (*live, *off):
                why = PROTECTED if pair.impact is Impact.REDUCED_REDUNDANCY else QUIET
                self._fate(task, [pair], Fate.EXEMPT, why)
        share = Share(task, code, live, off, told, blocked)
        if task.begun:
            self._begun(share)
        elif live:
            self._told(share, late=late)
        elif off:
            self._cancelled(share)

    def _told(self, share: Share, *, late: bool) -> None:
        standing = share.standing
        if standing is None:
            self._add(share, Change.NEW, share.live, late=late)
        elif not self.absence.comparable(share):
            why = Say(
                "a circuit of the last notice ({circuits}) could not be compared", circuits=standing.circuit_codes
            )
            self._fate(share.task, (*share.live, *share.off), Fate.HELD, why)
            return
        elif content(share.live, share.task) != issued_content(standing) or newly_collides(share.live, standing):
            self._add(share, Change.UPDATE, share.live, late=late)
        else:
            self._add(share, Change.UNCHANGED, share.live)
        self._taken_back(share)

    def _cancelled(self, share: Share) -> None:
        """Every row of this customer says 取消 (D12 a)."""
        if share.standing is not None and not self.absence.comparable(share):
            why = Say("a circuit of the last notice could not be compared")
            self._fate(share.task, share.off, Fate.HELD, why)
            return
        if share.last is not None:
            self._add(share, Change.CANCEL if share.standing else Change.UNCHANGED, ())
        self._taken_back(share)

    def _taken_back(self, share: Share) -> None:
        """Circuits that say 取消: told so by a notice where they were announced, else never announced at all."""
        told = Fate.NOTIFIED if share.code else Fate.DEPARTMENT
        for pair in share.off:
            ever = share.ever_told(pair)
            self._fate(share.task, [pair], told if ever else Fate.EXEMPT, None if ever else BEFORE_NOTICE)

    def _begun(self, share: Share) -> None:
        task, standing = share.task, share.standing
        window = task.window.known
        if share.off and not share.live and task.now < window.end:
            self._cancelled(share)  # late, and better than none
            return
        same = standing is not None and (standing.window_start, standing.window_end) == (window.start, window.end)
        kept = tuple(pair for pair in share.live if same and names(standing, pair))
        if kept:
            self._add(share, Change.UNCHANGED, kept)
        elif standing is not None and share.live and not same:
            self._standing.append(Standing(task, standing, Say("another window was told, and this one has begun")))
        self._fate(task, (pair for pair in share.live if pair not in kept), Fate.EXEMPT, BEGUN)
        for pair in share.off:
            self._fate(task, [pair], Fate.EXEMPT, BEGUN if share.ever_told(pair) else BEFORE_NOTICE)

    def _departed(self, task: Task, blocked: frozenset[str]) -> None:
        """Customers of earlier notices that the task no longer touches (D12 b)."""
        current = {None if code is None else folded(code) for code in task.by_customer()}
        touched = {folded_circuit(pair.circuit_code) for pair in task.pairs if pair.circuit_code}
        for key, told in self.gatherer.history.of_task(task.task_no).items():
            last = told[-1]
            if key in current or last.change is Change.CANCEL or task.begun:
                continue
            named = frozenset(map(folded_circuit, last.circuit_codes))
            if key is None and named <= touched:
                continue  # what the department was told of is now told to the customers themselves
            if named & (touched | blocked) or not self.absence.may_drop(task, last) or not self._reachable(last):
                why = Say("the last notice could not be compared, and stands")
                self._standing.append(Standing(task, last, why))
            else:
                self._add(Share(task, last.customer_code, (), (), told, blocked), Change.CANCEL, ())

    def _reachable(self, last: Issued) -> bool:
        customer = self._on_record(last.customer_code)
        return last.customer_code is None or (customer is not None and usable_contact(customer))

    def _on_record(self, code: str | None) -> Customer | None:
        return self.gatherer.ownership.customers.by_code(code) if code else None

    def _add(self, share: Share, change: Change, pairs: tuple[Pair, ...], *, late: bool = False) -> None:
        task, last = share.task, share.last
        sequence = last.sequence + (change is not Change.UNCHANGED) if last else 0
        ordered = tuple(sorted(pairs, key=lambda pair: pair.circuit_code or ""))
        at, said = _publication(task, share.code)
        customer = self._on_record(share.code)
        self._notices.append(Notice(task, customer, change, sequence, ordered, at, said, last, late, self._despite))
        for pair in ordered:
            self._fate(task, [pair], *((Fate.NOTIFIED, None) if share.code else (Fate.DEPARTMENT, pair.owner.why)))


def _publication(task: Task, code: str | None) -> tuple[datetime, bool]:
    """The publication a notice acts on (D3): the cell's time, else the ledger's, else the moment of the run."""
    counts = [telling.publication for telling in task.tellings if telling.code == code]
    known = [(told.at.value.at, told.said) for told in counts if isinstance(told.at, Known)]
    return max(known, default=(task.now, False))
