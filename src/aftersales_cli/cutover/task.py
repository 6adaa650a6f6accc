"""A cutover task: what its rows say together, the circuits it touches, and whom it must be told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from aftersales_cli.cutover.impact import DECLARED, Impact, Touched
from aftersales_cli.places import Fact, Known, Place, Problem, Unknown
from aftersales_cli.places.quick import quick
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.values import Category, Instant, Interruption, Interrupts, Status, Window
from aftersales_cli.register.ownership import Owner, Whose
from aftersales_cli.words import Say


@quick
class Pair:
    """One circuit of one task, the unit of the accounting, with all rows that name it.

    `circuit_code` is None for the one pair that stands for all rows without a circuit (D6). `rows` are those that go
    on; where every row says 取消 they are the cancelled ones. Rows that name a resource under the circuit count where
    no row that goes on names the circuit itself. `touched` is what rows and routes say together; `collides` are the
    numbers of tasks that cut its other path at the same time.
    """

    circuit_code: str | None
    rows: tuple[Cutover | Broken, ...]
    owner: Owner
    touched: Touched | None = None
    collides: tuple[str, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[Cutover | Broken], owner: Owner) -> Pair:
        """The pair of these rows; one that says 取消 says nothing where another goes on."""
        going_on = tuple(row for row in rows if not is_cancelled(row))
        return cls(owner.circuit_code, going_on or tuple(rows), owner)

    @property
    def row(self) -> Cutover | Broken:
        """Its first row."""
        return self.rows[0]

    @property
    def interruption(self) -> Fact[Interruption]:
        """The worst that its rows declare; Unknown where one cannot be read."""
        facts: list[Fact[Interruption]] = [row.fact("interruption") for row in self.rows]
        unknown = [fact for fact in facts if isinstance(fact, Unknown)]
        return unknown[0] if unknown else max(facts, key=lambda fact: severity(fact.known))

    @property
    def impact(self) -> Impact:
        """An outage where two tasks cut both paths; else as rows and routes say together, or as its rows declare."""
        if self.collides:
            return Impact.OUTAGE
        if self.touched is not None:
            return self.touched.impact
        return DECLARED[self.interruption.value.kind] if isinstance(self.interruption, Known) else Impact.UNKNOWN

    @property
    def cancelled(self) -> bool:
        """Whether every row of it says 取消."""
        return is_cancelled(self.rows[0])


def severity(interruption: Interruption) -> tuple[int, int]:
    """The order of declared interruptions: none, momentary, longer and longer."""
    order = (Interrupts.NO, Interrupts.MOMENTARILY, Interrupts.YES)
    return order.index(interruption.kind), interruption.minutes or 0


def is_cancelled(row: Cutover | Broken) -> bool:
    """Whether the row says 取消."""
    return row.value("status") is Status.CANCELLED


@quick
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


@quick
class Telling:
    """One customer a task must be told to, and the publication that counts for it.

    `code` is None where the department is told in its place; `customer` may be known all the same, and its contract
    binds.
    """

    customer: Customer | None
    publication: Publication
    code: str | None = None


@quick
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
        """Whether every row says 取消: nothing of it will be carried out."""
        return bool(self.pairs) and all(pair.cancelled for pair in self.pairs)

    def by_customer(self) -> Mapping[str | None, tuple[Pair, ...]]:
        """The pairs of each customer told directly (by code), and under None those told through the department."""
        found: dict[str | None, list[Pair]] = {}
        for pair in self.pairs:
            if pair.owner.whose is Whose.HELD:
                continue
            code = pair.owner.customer_code if pair.owner.whose is Whose.CUSTOMER else None
            found.setdefault(code, []).append(pair)
        return {code: tuple(pairs) for code, pairs in found.items()}
