"""What the files say for a year's plan: customers, engineers, and when each customer is left in peace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from aftersales_cli.records.columns import Broken, Table
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Instant, Status, Window
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.tables.reading import Read
from aftersales_cli.visit.days import Busy, after_nights, assured
from aftersales_cli.words import Say

TABLES = ("customers", "engineers", "assurances", "cutovers", "circuits", "routes")
"""The tables a plan stands on; only the first must be there."""
_NO_NAME = Unknown("customer_name", Say("no row names the customer"))


@dataclass(frozen=True)
class PlanInputs:
    """All that was read; `asked` is what the inventory says of the cutovers' circuits, None without cutovers."""

    customers: Read[Customer]
    engineers: Read[Engineer]
    assurances: Read[Assurance]
    cutovers: Read[Cutover]
    asked: Asked | None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong in the files."""
        inventory = (self.asked.circuits, self.asked.routes) if self.asked else ()
        reads: tuple[Read[Any], ...] = (self.customers, self.engineers, self.assurances, self.cutovers, *inventory)
        return tuple(problem for read in reads for problem in read.problems)

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


def read_plan_inputs(desk: Desk) -> PlanInputs:
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
