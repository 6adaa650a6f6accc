"""What a run issues: notices, the fate of each circuit, and the content by which two notices are compared (D6, D12)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places.quick import quick
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.words import Say


class Fate(StrEnum):
    """What became of one (task, circuit) pair; the accounting adds these up."""

    NOTIFIED = "notified"
    DEPARTMENT = "department"
    EXEMPT = "exempt"
    HELD = "held"


@quick
class Fated:
    """One pair with its fate and, where it is exempt or held or goes to the department, why."""

    task: Task
    pair: Pair
    fate: Fate
    why: Say | None = None


@quick
class Notice:
    """One task for one customer (None: the department) at one sequence; `last` is the notice before it.

    `despite` are the rules that were released to let it go out, with the reason.
    """

    task: Task
    customer: Customer | None
    change: Change
    sequence: int
    pairs: tuple[Pair, ...]
    published_at: datetime
    published_said: bool
    last: Issued | None = None
    late: bool = False
    despite: Mapping[str, str] = field(default_factory=dict)

    @property
    def notice_id(self) -> str:
        """Stays the same over sequences; made of task and customer, never of time, row or file."""
        return notice_id(self.task.name, self.customer.code if self.customer else None)

    @property
    def circuits(self) -> tuple[str, ...]:
        """The circuit codes it names, in the inventory's spelling."""
        return tuple(pair.circuit_code for pair in self.pairs if pair.circuit_code)


def bare(notice: Notice) -> Notice:
    """The notice with no more of its task than documents and ledger say: what else the task touches is not its own."""
    task = notice.task
    alone = replace(task, rows=task.rows[:1], pairs=(), tellings=(), protections=(), problems=())
    return replace(notice, task=alone)


@lru_cache(4096)
def notice_id(task_no: str, customer_code: str | None) -> str:
    """Twelve hexadecimal digits from task number and customer code, both folded."""
    key = "\x1f".join((folded(task_no), folded(customer_code or "")))
    return hashlib.sha256(key.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Standing:
    """A notice issued before that this run could neither confirm nor take back: it stands, and that is said (D12)."""

    task: Task
    last: Issued
    why: Say


@dataclass(frozen=True)
class Plan:
    """All notices of a run, the fate of every pair, what stands as told, and live tasks that no row mentions."""

    notices: tuple[Notice, ...] = ()
    fates: tuple[Fated, ...] = ()
    not_seen: tuple[str, ...] = ()
    standing: tuple[Standing, ...] = ()

    @classmethod
    def of(cls, plans: Sequence[Plan], not_seen: tuple[str, ...] = ()) -> Plan:
        """Plans of single tasks as one."""
        return cls(
            tuple(notice for plan in plans for notice in plan.notices),
            tuple(fated for plan in plans for fated in plan.fates),
            not_seen,
            tuple(standing for plan in plans for standing in plan.standing),
        )

    def accounting(self) -> dict[str, int]:
        """What became of its pairs, counted."""
        return accounting(Counter(fated.fate for fated in self.fates))


def accounting(counts: Counter[Fate]) -> dict[str, int]:
    """Circuits = notified + department + exempt + held, over (task, circuit) pairs."""
    return {"circuits": counts.total(), **{fate.value: counts[fate] for fate in Fate}}


def content(pairs: Sequence[Pair], task: Task) -> tuple[object, ...]:
    """What a customer would notice if it changed: window, interruptions, circuits, reason, province."""
    circuits = frozenset(folded_circuit(pair.circuit_code) for pair in pairs if pair.circuit_code)
    window = task.window.known
    return (window.start, window.end, interruptions(pairs), circuits, task.reason.known, task.province.known)


def issued_content(last: Issued) -> tuple[object, ...]:
    """The same of a notice that was issued."""
    circuits = frozenset(folded_circuit(code) for code in last.circuit_codes)
    return (last.window_start, last.window_end, last.interruption, circuits, last.reason, last.province)


def met_by(pairs: Sequence[Pair]) -> dict[str, tuple[str, ...]]:
    """The tasks that cut the other path of a circuit at the same time, by circuit code."""
    return {pair.circuit_code: pair.collides for pair in pairs if pair.circuit_code and pair.collides}


def newly_collides(pairs: Sequence[Pair], last: Issued) -> bool:
    """Whether a task has come to collide that the last notice did not name.

    One that is gone says nothing: its file may only be missing, and the customer reckons with the worse.
    """
    told = {(folded_circuit(circuit), folded(task)) for circuit, tasks in last.collisions.items() for task in tasks}
    met = {(folded_circuit(circuit), folded(task)) for circuit, tasks in met_by(pairs).items() for task in tasks}
    return not met <= told


def names(issued: Issued | None, pair: Pair) -> bool:
    """Whether a notice speaks of this circuit; the pair without a circuit is the whole of its task."""
    if issued is None:
        return False
    return not pair.circuit_code or folded_circuit(pair.circuit_code) in map(folded_circuit, issued.circuit_codes)


def interruptions(pairs: Sequence[Pair]) -> str:
    """The declared interruption of all pairs as one text: one form if all agree, else by circuit, in circuit order."""
    forms = {(pair.circuit_code or "", str(row.fact("interruption").known)) for pair in pairs for row in pair.rows}
    if len({form for _, form in forms}) == 1:
        return next(iter(forms))[1]
    return "; ".join(f"{circuit} {form}".strip() for circuit, form in sorted(forms))


def issued_interruptions(last: Issued) -> tuple[tuple[str, str], ...]:
    """Each circuit of an issued notice with the form it was told in: what `interruptions` had put together."""
    circuits = last.circuit_codes or ("",)
    parts = last.interruption.split("; ")
    owners = [max((c for c in circuits if part.startswith(f"{c} ")), key=len, default="") for part in parts]
    own = {circuit: part[len(circuit) :].strip() for circuit, part in zip(owners, parts, strict=True) if circuit}
    return tuple((circuit, own.get(circuit, last.interruption)) for circuit in circuits)
