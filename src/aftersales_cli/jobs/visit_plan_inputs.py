"""What the files say for a year's plan: customers, engineers, and when each customer is left in peace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from aftersales_cli.cutover.impact import touched
from aftersales_cli.cutover.works import Work, works
from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.inventory.duck import Asked, ask
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import stopped
from aftersales_cli.jobs.routing import routes_of
from aftersales_cli.places import Known, Problem, Severity, Unknown
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Table
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.events import Visited
from aftersales_cli.records.folding import folded
from aftersales_cli.records.routes import Route
from aftersales_cli.records.values import Instant, Status, VisitKind, Window
from aftersales_cli.records.visits import Visit
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.tables.reading import Read
from aftersales_cli.visit.days import Busy, after_nights, assured
from aftersales_cli.visit.memory import remembered
from aftersales_cli.words import Say

TABLES = ("customers", "engineers", "assurances", "cutovers", "circuits", "routes", "visits")
"""The tables a plan stands on; only the first must be there."""
PEACE_TABLES: Mapping[str, Table[Any]] = {
    table.key: table for table in (Assurance.TABLE, Cutover.TABLE, Circuit.TABLE, Route.TABLE)
}
"""The tables that say when a customer is left in peace, by key (PLN-5)."""
_NO_NAME = Unknown("customer_name", Say("no row names the customer"))


@dataclass(frozen=True)
class PlanInputs:
    """All that was read; `asked` is what the inventory says of the cutovers' circuits, None without cutovers.

    `visits` is None before the year begins: then none of its visits can have been made.
    """

    customers: Read[Customer]
    engineers: Read[Engineer]
    assurances: Read[Assurance]
    cutovers: Read[Cutover]
    asked: Asked | None
    visits: Read[Visit] | None = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong in the files."""
        inventory = (self.asked.circuits, self.asked.routes) if self.asked else ()
        visits = (self.visits,) if self.visits else ()
        reads: tuple[Read[Any], ...] = (
            self.customers, self.engineers, self.assurances, self.cutovers, *inventory, *visits,
        )  # fmt: skip
        return tuple(problem for read in reads for problem in read.problems)

    @property
    def gaps(self) -> Iterator[str]:
        """The keys of tables of which nobody knows whether they have a further day of peace: a file could not be read,
        or a row without what tells whom it concerns and when."""
        periods = all(row.value(field) for row in self.assurances.broken for field in ("customer_code", "start", "end"))
        if self.assurances.failed or not periods:
            yield Assurance.TABLE.key
        nights = all(row.value("window") and (row.value("circuit_code") or row.value("resources"))
                     for row in self.cutovers.broken)  # fmt: skip
        if self.cutovers.failed or not nights:
            yield Cutover.TABLE.key
        inventory: tuple[tuple[Table[Any], Read[Any]], ...] = ()
        if self.asked is not None:
            inventory = ((Circuit.TABLE, self.asked.circuits), (Route.TABLE, self.asked.routes))
        for table, read in inventory:
            if read.failed or read.broken:
                yield table.key

    def busy(self, night: tuple[int, int]) -> dict[str, list[Busy]]:
        """The days on which each customer is not visited, by its code as the customers' table has it (PLN-5)."""
        codes = {folded(row.code): row.code for row in self.customers.records}
        found: dict[str, list[Busy]] = {}
        for row, start, end in self._periods():
            why = Say("assurance from {start} to {end}", start=start, end=end)
            found.setdefault(folded(row.value("customer_code")), []).append(assured(start.at, end.latest, why))
        for code, number, window in self._works:
            why = Say("cutover {task} on {window}", task=number, window=str(window.value))
            found.setdefault(folded(code), []).extend(after_nights(window.value, *night, why))
        return {codes[code]: days for code, days in found.items() if code in codes}

    def made(self, recorded: Iterable[Visited], year: int, today: date) -> dict[str, list[date]]:
        """The days of a year's routine visits until today, by folded customer code: of the rows, and of the ledger."""
        rows = {folded(row.visit_no): row for row in self.visits.records} if self.visits else {}
        found: dict[str, list[date]] = {}
        for row in {**remembered(recorded), **rows}.values():
            if row.kind is VisitKind.ROUTINE and row.date.year == year and row.date <= today:
                found.setdefault(folded(row.customer_code), []).append(row.date)
        return found

    def assured(self, code: str) -> Iterator[Known[Window]]:
        """The times in which one customer is protected, each with its cell."""
        for row, start, end in self._periods():
            if folded(row.value("customer_code")) == folded(code):
                yield Known("assurance", Window(start.at, end.latest), row.place("start"))

    def cut_over(self, code: str) -> Iterator[Known[Window]]:
        """The windows of the cutovers that touch one customer's circuits, each with its cell."""
        found = (window for owner, _, window in self._works if folded(owner) == folded(code))
        return iter(dict.fromkeys(found))

    def _periods(self) -> Iterator[tuple[Assurance | Broken, Instant, Instant]]:
        """The assurances with their first and last moment; a row whose level nobody knows is a period all the same."""
        rows: list[Assurance | Broken] = [*self.assurances.records, *self.assurances.broken]
        for row in rows:
            code, start, end = (row.value(field) for field in ("customer_code", "start", "end"))
            if code and start and end:
                yield row, start, end

    @cached_property
    def _works(self) -> tuple[tuple[str, str, Known[Window]], ...]:
        """(customer's code, task number, window) of each cutover that is still to be, through circuits and routes."""
        return tuple(self._touching())

    def _touching(self) -> Iterator[tuple[str, str, Known[Window]]]:
        if self.asked is None:
            return
        circuits, customers, routes = self.asked.circuits, self.customers, routes_of(self.asked)
        ownership = Ownership(
            MemoryInventory(circuits.records, circuits.broken, complete=circuits.complete),
            Customers(customers.records, customers.broken, complete=customers.complete,
                      whole_files=not customers.failed),
        )  # fmt: skip
        for work in works(_rows(self.cutovers)):
            if work.window is None or _cancelled(work):
                continue
            place = next(row.place("window") for row in work.rows if row.value("window") is not None)
            window = Known("cutover", work.window, place)
            for one in touched(work.listed, work.resources, routes):
                owner = ownership.of(Known("circuit_code", one.circuit_code), _NO_NAME)
                if owner.customer_code:
                    yield owner.customer_code, work.task_no or "–", window


def _rows(read: Read[Cutover]) -> list[Cutover | Broken]:
    return [*read.records, *read.broken]


def _cancelled(work: Work) -> bool:
    return any(row.value("status") is Status.CANCELLED for row in work.rows)


def read_plan_inputs(desk: Desk, year: int) -> PlanInputs:
    """Read the tables; `Stop` 65 or 66 where no customer could be read at all."""
    needed(desk, "customers")
    with desk.reader() as confined:
        confined.start()
        customers = desk.read(Customer.TABLE, confined)
        if customers.stop is not None and not customers.rows:
            raise stopped(customers.problems, customers.stop)
        if not desk.inputs("customers"):
            patterns = desk.workspace.inputs["customers"]
            message = Say("no file of {table} matches {patterns}", table=Customer.TABLE.heading, patterns=patterns)
            raise stopped((Problem(message),), Exit.NO_INPUT)
        cutovers = _read(desk, Cutover.TABLE, confined)
        return PlanInputs(
            customers,
            _read(desk, Engineer.TABLE, confined),
            _read(desk, Assurance.TABLE, confined),
            cutovers,
            _asked(desk, confined, cutovers) if cutovers.rows else None,
            _read(desk, Visit.TABLE, confined) if desk.as_of.date() > date(year, 1, 1) else None,
        )


def _asked(desk: Desk, confined: Confined, cutovers: Read[Cutover]) -> Asked:
    rows = _rows(cutovers)
    return ask(
        desk.inputs("circuits"),
        desk.inputs("routes"),
        [code for row in rows if (code := row.fact("circuit_code").value)],
        [resource for row in rows for resource in row.fact("resources").value or ()],
        confined=confined,
        vocabularies=desk.book.vocabularies,
        limits=desk.limits,
    )


def _read(desk: Desk, table: Table[Any], confined: Confined) -> Read[Any]:
    """One table that need not be there; a pattern that finds no file is said."""
    read = desk.read(table, confined)
    if desk.named_nowhere(table.key) or desk.inputs(table.key):
        return read
    patterns = desk.workspace.inputs[table.key]
    message = Say("no file of {table} matches {patterns}", table=table.heading, patterns=patterns)
    return replace(read, problems=(Problem(message, severity=Severity.CAUTION),))
