"""What the files of a cutover command say: six tables, read once in one confined child."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.inventory.duck import Asked, ask
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Source, Table
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.records.routes import Route
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

TABLES = ("cutovers", "customers", "circuits", "routes", "assurances", "departments")
ATTRIBUTING = ("customers", "circuits", "routes")
"""Where nothing is found in these, nobody may say 'we do not know whose it is' (D6)."""


@dataclass(frozen=True)
class Inputs:
    """All that the files said."""

    cutovers: Read[Cutover]
    customers: Read[Customer]
    asked: Asked
    assurances: Read[Assurance]
    departments: Read[Department]

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
    def rows(self) -> tuple[Cutover | Broken, ...]:
        """The cutover rows, good and broken, as they stand in the files."""
        rows: list[Cutover | Broken] = [*self.cutovers.records, *self.cutovers.broken]
        files = {file: n for n, file in enumerate(dict.fromkeys(row.source.file for row in rows))}
        return tuple(sorted(rows, key=lambda row: (files[row.source.file], *_position(row.source))))

    @cached_property
    def protections(self) -> Assurances:
        """The assurances, as far as they can be used."""
        read = self.assurances
        return Assurances.of(read.records, read.broken, complete=not read.failed)

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was wrong in the files."""
        return (*(problem for read in self.all for problem in read.problems), *self.protections.problems)

    @cached_property
    def every_number_read(self) -> bool:
        """Whether no cutover row lacks a readable task number, so that absence may be believed (D12)."""
        return not self.cutovers.failed and all("task_no" in row.values for row in self.cutovers.broken)


def _position(source: Source) -> tuple[str, int]:
    return (source.sheet or "", source.row or source.line or 0)


def read_inputs(desk: Desk) -> Inputs:
    """Read the six tables; `Stop` 65 or 66 where no cutover could be read at all."""
    needed(desk, "cutovers")
    with desk.reader() as confined:
        confined.start()  # it imports its readers while the rule book is loaded here
        cutovers = desk.read(Cutover.TABLE, confined)
        if cutovers.stop is not None and not cutovers.rows:
            raise stopped(cutovers.problems, cutovers.stop)
        due = cutovers.rows > 0
        return Inputs(
            cutovers=cutovers,
            customers=_read(desk, Customer.TABLE, confined, due=due),
            asked=_asked(desk, confined, cutovers),
            assurances=_read(desk, Assurance.TABLE, confined, due=due),
            departments=_read(desk, Department.TABLE, confined, due=due),
        )


def _asked(desk: Desk, confined: Confined, cutovers: Read[Cutover]) -> Asked:
    """What the inventory says of all circuits and resources that rows name, cancelled ones among them."""
    rows: list[Cutover | Broken] = [*cutovers.records, *cutovers.broken]
    asked = ask(
        desk.inputs("circuits"),
        desk.inputs("routes"),
        [code for row in rows if (code := row.fact("circuit_code").value)],
        [resource for row in rows for resource in row.fact("resources").value or ()],
        confined=confined,
        vocabularies=desk.book.vocabularies,
        limits=desk.limits,
    )
    due = cutovers.rows > 0
    circuits = _said(desk, Circuit.TABLE, asked.circuits, due=due)
    return replace(asked, circuits=circuits, routes=_said(desk, Route.TABLE, asked.routes, due=due))


def _read(desk: Desk, table: Table[Any], confined: Confined, *, due: bool) -> Read[Any]:
    return _said(desk, table, desk.read(table, confined), due=due)


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
