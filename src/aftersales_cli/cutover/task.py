"""A cutover task: what its rows say together, the circuits it touches, and whom it must be told to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from aftersales_cli.places import Fact, Known, Place, Problem, Unknown
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.values import Category, Instant, Interruption, Interrupts, Status, Window
from aftersales_cli.register.ownership import Owner
from aftersales_cli.words import Say


class Impact(StrEnum):
    """What a task does to a circuit (contract §5)."""

    OUTAGE = "outage"
    MOMENTARY = "momentary"
    REDUCED_REDUNDANCY = "reduced_redundancy"
    NONE = "none"
    UNKNOWN = "unknown"


_DECLARED = {
    Interrupts.YES: Impact.OUTAGE,
    Interrupts.MOMENTARILY: Impact.MOMENTARY,
    Interrupts.NO: Impact.NONE,
}


@dataclass(frozen=True, slots=True)
class Pair:
    """One circuit of one task, the unit of the accounting; `circuit_code` is None where no circuit is known."""

    circuit_code: str | None
    row: Cutover | Broken
    owner: Owner
    interruption: Fact[Interruption]

    @property
    def impact(self) -> Impact:
        """As declared by the row."""
        return _DECLARED[self.interruption.value.kind] if isinstance(self.interruption, Known) else Impact.UNKNOWN

    @property
    def cancelled(self) -> bool:
        """Whether the row says 取消."""
        return self.row.fact("status").value is Status.CANCELLED


@dataclass(frozen=True, slots=True)
class Publication:
    """When a customer is, or counts as, told (D3).

    `at` is Unknown where nobody knows; `never` where a cell says 未发布 and the window has begun. `as_if` marks the
    run's own instant: the task counts as published now. `said` tells that a cell (not the ledger, not the run) said so.
    """

    at: Fact[Instant]
    never: bool = False
    as_if: bool = False
    said: bool = False
    caution: Say | None = None


@dataclass(frozen=True, slots=True)
class Telling:
    """One customer a task must be told to, and the publication that counts for it; no customer: the department."""

    customer: Customer | None
    publication: Publication


@dataclass(frozen=True, slots=True)
class Protection:
    """An assurance period that covers circuits of a task while it is worked on (D5)."""

    assurance: Assurance
    circuits: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """One cutover task, the subject of the rules.

    `task_no` is None for a row whose number cannot be read. Facts that all rows must agree on come from the first row
    that has them; `problems` are the deviations, which hold the task as a broken row does. `protections` are those
    read; `protections_missing` says that an assurance which may touch the task could not be read.
    """

    task_no: str | None
    rows: tuple[Cutover | Broken, ...]
    now: datetime
    window: Fact[Window]
    province: Fact[str]
    reason: Fact[str]
    category: Fact[Category]
    category_cell: Fact[Category]
    filed: Fact[object]
    published_cell: Fact[object]
    actual_start: Fact[Instant]
    actual_end: Fact[Instant]
    pairs: tuple[Pair, ...] = ()
    tellings: tuple[Telling, ...] = ()
    protections: tuple[Protection, ...] = ()
    protections_missing: Unknown | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """The task number, or the row's place where it has none."""
        return self.task_no or str(self.rows[0].place())

    @property
    def place(self) -> Place:
        """Its first row."""
        return self.rows[0].place()

    @property
    def as_of(self) -> date:
        """The day of the run: whose editions judge the form."""
        return self.now.date()

    @property
    def window_start(self) -> Fact[date]:
        """The day the window begins: whose editions judge the timing."""
        if isinstance(self.window, Unknown):
            return self.window
        return Known("window", self.window.value.start.date(), self.window.place)

    @property
    def begun(self) -> bool:
        """Whether the window has begun at the moment of the run; False where the window cannot be read."""
        return isinstance(self.window, Known) and self.window.value.start <= self.now

    @property
    def start(self) -> datetime:
        """When the work began: the actual start if known, else the window's; raises `Missing` without a window."""
        if isinstance(self.actual_start, Known):
            return self.actual_start.value.at
        return self.window.known.start

    @property
    def end(self) -> datetime:
        """When the work ended: the actual end if known, else the window's; raises `Missing` without a window."""
        if isinstance(self.actual_end, Known):
            return self.actual_end.value.at
        return self.window.known.end

    @property
    def broken(self) -> bool:
        """Whether a row could not be read or deviates: nothing of the task goes out."""
        return bool(self.problems) or any(isinstance(row, Broken) for row in self.rows)

    @property
    def cancelled(self) -> bool:
        """Whether every row says 取消."""
        return all(pair.cancelled for pair in self.pairs)

    def by_customer(self) -> Mapping[str | None, tuple[Pair, ...]]:
        """The pairs of each customer told directly (by code), and under None those told through the department."""
        found: dict[str | None, list[Pair]] = {}
        for pair in self.pairs:
            if pair.owner.whose == "held":
                continue
            found.setdefault(pair.owner.customer_code if pair.owner.whose == "customer" else None, []).append(pair)
        return {code: tuple(pairs) for code, pairs in found.items()}
