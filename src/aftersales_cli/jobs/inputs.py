"""What the files of a cutover command say: its tables, read once in one confined child."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any

from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.feedback.checking import foreign
from aftersales_cli.feedback.memory import by_case, completed, remembered
from aftersales_cli.feedback.protecting import Wanted, may_ask, wanted
from aftersales_cli.files.confined import Confined
from aftersales_cli.files.shelf import Arranged, Joined
from aftersales_cli.inventory.duck import Asked, ask
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Source, Table
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import CaseEvent
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.folding import folded
from aftersales_cli.records.routes import Route
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

TABLES = ("cutovers", "customers", "circuits", "routes", "assurances", "feedback", "departments")
ATTRIBUTING = ("customers", "circuits", "routes")
"""Where nothing is found in these, nobody may say 'we do not know whose it is' (D6)."""


@dataclass(frozen=True)
class Inputs:
    """All that the files said; `now` is the moment of the run."""

    now: datetime
    cutovers: Read[Cutover]
    customers: Read[Customer]
    asked: Asked
    assurances: Read[Assurance]
    departments: Read[Department]
    feedback: Read[Feedback]

    @property
    def circuits(self) -> Read[Circuit]:
        """The circuits of this run: of a big file those that matter."""
        return self.asked.circuits

    @property
    def all(self) -> tuple[Read[Any], ...]:
        """The reads, in the order of the tables."""
        inventory = (self.asked.circuits, self.asked.routes)
        return (self.cutovers, self.customers, *inventory, self.assurances, self.departments)

    @cached_property
    def rows(self) -> Sequence[Cutover | Broken]:
        """The cutover rows, good and broken, as they stand in the files."""
        rows: Sequence[Cutover | Broken] = Joined[Cutover | Broken](self.cutovers.records, self.cutovers.broken)
        places = [self.placed(row.source) for row in rows]
        return Arranged(rows, order=sorted(range(len(places)), key=places.__getitem__))

    def placed(self, source: Source) -> tuple[int, str, int]:
        """For sorting rows as they stand in the files."""
        files = self._files
        return files.setdefault(source.file, len(files)), source.sheet or "", source.row or source.line or 0

    @cached_property
    def _files(self) -> dict[str, int]:
        return {}

    @cached_property
    def protections(self) -> Assurances:
        """The assurances, and the requests for protection in the files, as far as they can be used."""
        return self.protected(())

    def protected(self, events: Iterable[CaseEvent]) -> Assurances:
        """The same, with what the ledger's events say of requests: those that no file has, and how others ended."""
        read, asked = self.assurances, self._wanted(events)
        complete = not (read.failed or self.feedback.failed)
        return Assurances.of((*read.records, *asked.rows), (*read.broken, *asked.unusable), complete=complete)

    def opinions(self, events: Iterable[CaseEvent], others: Sequence[Feedback] = ()) -> tuple[Feedback, ...]:
        """The rows of feedback, empty cells filled from the ledger, and after them those that only the ledger has.

        `others` are rows that stand in no file either, such as a calendar's answers; a file's row of the number counts.
        """
        known = {number: row for number, each in by_case(events).items() if (row := remembered(each)) is not None}
        broken = {folded(str(row.value("feedback_no"))) for row in self.feedback.broken}
        written = {folded(row.feedback_no) for row in self.feedback.records} | broken
        rows = [*self.feedback.records, *(row for row in others if folded(row.feedback_no) not in written)]
        rows = [completed(row, known.pop(folded(row.feedback_no), None)) for row in rows]
        return (*rows, *(row for number, row in known.items() if number not in broken))

    def _wanted(self, events: Iterable[CaseEvent]) -> Wanted:
        others = self.ownership
        rows = self.opinions(events)
        return wanted(rows, self.feedback.broken, self.now, lambda row: tuple(foreign(row, others)))

    @cached_property
    def ownership(self) -> Ownership:
        """Whose the circuits of this run are."""
        circuits, customers = self.circuits, self.customers
        return Ownership(
            MemoryInventory(circuits.records, circuits.broken, complete=circuits.complete),
            Customers(
                customers.records, customers.broken, complete=customers.complete, whole_files=not customers.failed
            ),
        )

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was wrong in the files; of the feedback, what keeps a request from being judged by."""
        read = [problem for read in self.all for problem in read.problems]
        other = {problem for row in self.feedback.broken if not may_ask(row) for problem in row.problems.values()}
        asked = [p.holding(f"customer {c}") for p, c in _by_customer(self._wanted(()))]
        requests = [problem for problem in self.feedback.problems if problem not in other]
        return (*read, *requests, *asked, *self.protections.problems)

    @cached_property
    def every_number_read(self) -> bool:
        """Whether no cutover row lacks a readable task number, so that absence may be believed (D12)."""
        return not self.cutovers.failed and all("task_no" in row.values for row in self.cutovers.broken)


def _by_customer(asked: Wanted) -> list[tuple[Problem, object]]:
    """Each problem of a request with the customer whose circuits wait for it."""
    owners = {(row.source.file, row.source.sheet, row.source.row, row.source.line): row.value("customer_code")
              for row in asked.unusable}  # fmt: skip
    places = [(p, p.place) for p in asked.problems]
    return [(p, owners[at.file, at.sheet, at.row, at.line]) for p, at in places if at is not None]


def read_inputs(desk: Desk, *, aside: bool = False, without: bool = False) -> Inputs:
    """Read the tables; `Stop` 65 or 66 where no cutover could be read at all.

    `aside`: what is long is set aside on the disk, for a run that goes through the tasks one after the other.
    `without`: a desk may name no cutovers; then there are none.
    """
    if not without:
        needed(desk, "cutovers")
    with desk.reader() as confined:
        confined.start()  # it imports its readers while the rule book is loaded here
        return inputs_with(desk, confined, aside=aside)


def inputs_with(desk: Desk, confined: Confined, circuits: Sequence[str] = (), *, aside: bool = False) -> Inputs:
    """The same with a reader that is at work; the inventory is asked for these circuits as well."""
    cutovers = desk.read(Cutover.TABLE, confined, aside=aside)
    if cutovers.stop is not None and not cutovers.rows:
        raise stopped(cutovers.problems, cutovers.stop)
    due = cutovers.rows > 0
    feedback = _read(desk, Feedback.TABLE, confined, due=due)
    return Inputs(
        now=desk.as_of,
        cutovers=cutovers,
        customers=_read(desk, Customer.TABLE, confined, due=due, aside=aside),
        asked=_asked(desk, confined, cutovers, feedback, circuits, aside=aside),
        assurances=_read(desk, Assurance.TABLE, confined, due=due),
        departments=_read(desk, Department.TABLE, confined, due=due),
        feedback=feedback,
    )


def _asked(
    desk: Desk,
    confined: Confined,
    cutovers: Read[Cutover],
    feedback: Read[Feedback],
    further: Sequence[str] = (),
    *,
    aside: bool,
) -> Asked:
    """What the inventory says of all circuits and resources that rows name, cancelled ones among them."""
    wished = [*further, *(code for opinion in feedback.records for code in opinion.circuit_codes)]
    rows = Joined[Cutover | Broken](cutovers.records, cutovers.broken)
    asked = ask(
        desk.inputs("circuits"),
        desk.inputs("routes"),
        chain((code for row in rows if (code := row.value("circuit_code"))), wished),
        (resource for row in rows for resource in row.value("resources") or ()),
        confined=confined,
        vocabularies=desk.book.vocabularies,
        limits=desk.limits,
        aside=aside,
    )
    due = cutovers.rows > 0
    circuits = _said(desk, Circuit.TABLE, asked.circuits, due=due)
    return replace(asked, circuits=circuits, routes=_said(desk, Route.TABLE, asked.routes, due=due))


def _read(desk: Desk, table: Table[Any], confined: Confined, *, due: bool, aside: bool = False) -> Read[Any]:
    return _said(desk, table, desk.read(table, confined, aside=aside), due=due)


def _said(desk: Desk, table: Table[Any], read: Read[Any], *, due: bool) -> Read[Any]:
    """Where something is due, a pattern that finds no file is said: a fault where it keeps circuits from customers."""
    if not due or desk.named_nowhere(table.key) or desk.inputs(table.key):
        return read
    patterns = desk.workspace.inputs[table.key]
    message = Say("no file of {table} matches {patterns}", table=table.heading, patterns=patterns)
    if table.key not in ATTRIBUTING:
        return replace(read, problems=(Problem(message, severity=Severity.CAUTION),))
    hint = Say("put it there, or take the line out of aftersales.yaml where there is none")
    return replace(read, problems=(Problem(message, hint=hint, held=(table.key,)),), failed=tuple(patterns))


def stopped(problems: Sequence[Problem], code: Exit) -> Stop:
    """An error that stops the command, made of the first error in the data."""
    first = next(p for p in problems if p.severity is Severity.ERROR)
    message = Say("{place}: {message}", place=str(first.place), message=first.message) if first.place else first.message
    return Stop(message, hint=first.hint, code=code)
