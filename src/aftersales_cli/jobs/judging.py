"""The part that `check` and `notify` share: read, gather, judge, hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.cutover.gathering import Gatherer, History
from aftersales_cli.cutover.holding import Judged, reasons_to_hold
from aftersales_cli.cutover.rules import RULE_IDS
from aftersales_cli.cutover.task import Task
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.places import Known, Problem, Severity
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Source
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import Issued
from aftersales_cli.records.folding import folded
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

TABLES = ("cutovers", "customers", "circuits", "assurances", "departments")


@dataclass(frozen=True)
class Inputs:
    """All that the files said."""

    cutovers: Read[Cutover]
    customers: Read[Customer]
    circuits: Read[Circuit]
    assurances: Read[Assurance]
    departments: Read[Department]

    @property
    def all(self) -> tuple[Read[Cutover] | Read[Customer] | Read[Circuit] | Read[Assurance] | Read[Department], ...]:
        """The reads, in the order of the tables."""
        return (self.cutovers, self.customers, self.circuits, self.assurances, self.departments)

    @property
    def rows(self) -> tuple[Cutover | Broken, ...]:
        """The cutover rows, good and broken, as they stand in the files."""
        rows: list[Cutover | Broken] = [*self.cutovers.records, *self.cutovers.broken]
        files = list(dict.fromkeys(row.source.file for row in rows))
        return tuple(sorted(rows, key=lambda row: _position(row.source, files)))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was wrong in the files."""
        return tuple(problem for read in self.all for problem in read.problems)

    @cached_property
    def every_number_read(self) -> bool:
        """Whether no cutover row lacks a readable task number, so that absence may be believed (D12)."""
        return self.cutovers.complete or (
            not self.cutovers.failed and all("task_no" in row.values for row in self.cutovers.broken)
        )


def _position(source: Source, files: Sequence[str]) -> tuple[int, str, int]:
    return (files.index(source.file), source.sheet or "", source.row or source.line or 0)


def read_inputs(desk: Desk) -> Inputs:
    """Read the five tables in one confined child; `Stop` 65 or 66 where no cutover could be read at all."""
    needed(desk, "cutovers")
    with desk.reader() as confined:
        inputs = _read(desk, confined)
    read = inputs.cutovers
    if read.stop is not None and not read.records and not read.broken:
        raise stopped(read.problems, read.stop)
    return inputs


def _read(desk: Desk, confined: Confined) -> Inputs:
    return Inputs(
        cutovers=desk.read(Cutover.TABLE, confined),
        customers=desk.read(Customer.TABLE, confined),
        circuits=desk.read(Circuit.TABLE, confined),
        assurances=desk.read(Assurance.TABLE, confined),
        departments=desk.read(Department.TABLE, confined),
    )


def stopped(problems: Sequence[Problem], code: Exit) -> Stop:
    """An error that stops the command, made of the first error in the data."""
    first = next(p for p in problems if p.severity is Severity.ERROR)
    message = Say("{place}: {message}", place=str(first.place), message=first.message) if first.place else first.message
    return Stop(message, hint=first.hint, code=code)


def history_of(issued: Sequence[Issued]) -> History:
    """The ledger's notices by (folded task number, customer code), in order."""
    found: dict[tuple[str, str | None], list[Issued]] = {}
    for notice in issued:
        found.setdefault((folded(notice.task_no), notice.customer_code), []).append(notice)
    return found


def gatherer(desk: Desk, inputs: Inputs, history: History) -> Gatherer:
    """What makes tasks of the rows."""
    return Gatherer(
        now=desk.as_of,
        ownership=Ownership(
            MemoryInventory(inputs.circuits.records, complete=inputs.circuits.complete),
            Customers(inputs.customers.records, inputs.customers.broken, complete=inputs.customers.complete),
        ),
        vocabularies=desk.book.vocabularies,
        assurances=Assurances(
            inputs.assurances.records, inputs.assurances.broken, complete=not inputs.assurances.failed
        ),
        history=history,
        tell_not_interrupting=desk.workspace.tell_not_interrupting,
    )


@dataclass(frozen=True)
class Judge:
    """The rules of the desk's province, on one task after the other."""

    desk: Desk
    released: Mapping[str, str]

    def judge(self, task: Task) -> Judged:
        """All decisions on a task, and what they hold."""
        decisions = tuple(self._decide(rule, task) for rule in RULE_IDS)
        return Judged(task, decisions, reasons_to_hold(task, decisions, self.released))

    def _decide(self, rule: str, task: Task) -> Decision:
        decision = self.desk.book.judge(rule, task, self.desk.tools, self.desk.province)
        return replace(decision, cautions=(*decision.cautions, *self._stricter(decision, task)))

    def _stricter(self, decision: Decision, task: Task) -> tuple[Say, ...]:
        """The caution of contract §7: the edition of the 割接省 asks more than the desk's."""
        if decision.judged_on is None or not isinstance(task.province, Known):
            return ()
        more = self.desk.book.stricter(decision.rule, decision.judged_on, self.desk.province, task.province.value)
        return tuple(
            Say(
                "{province} asks more: {value} {unit} ({clause})",
                province=task.province.value,
                value=used.value,
                unit=used.unit,
                clause=used.clause.source,
            )
            for used in more
        )

    def late(self, judged: Judged) -> dict[tuple[str, str | None], bool]:
        """Who is told too late, by (task name, customer code): CUT-04 on each customer alone."""
        task = judged.task
        every_one = judged.decision("CUT-04").verdict is Verdict.BREACHED
        alone = len(task.tellings) == 1
        return {
            (task.name, telling.customer.code if telling.customer else None): every_one
            and (alone or self._decide("CUT-04", replace(task, tellings=(telling,))).verdict is Verdict.BREACHED)
            for telling in task.tellings
        }


def owner_problems(tasks: Sequence[Task]) -> tuple[Problem, ...]:
    """What is wrong with the circuits of tasks: owners that nobody can name, rows that do not agree."""
    found = [pair.owner.problem.holding(*_held(task, pair.owner.whose)) for task in tasks for pair in task.pairs
             if pair.owner.problem is not None]  # fmt: skip
    return (*found, *(problem for task in tasks for problem in task.problems))


def _held(task: Task, whose: str) -> tuple[str, ...]:
    return (f"task {task.name}",) if whose == "held" else ()


def by_number(tasks: Sequence[Task], numbers: Sequence[str]) -> tuple[Task, ...]:
    """The tasks of these numbers, or all where none are named; `Stop` 2 for a number that no row has."""
    wanted = {folded(number): number for number in numbers}
    found = tuple(task for task in tasks if not wanted or folded(task.task_no or "") in wanted)
    missing = set(wanted) - {folded(task.task_no or "") for task in found}
    if missing:
        names = sorted(wanted[key] for key in missing)
        raise Stop(Say("no cutover row has the task number {names}", names=names), code=Exit.USAGE)
    return found
