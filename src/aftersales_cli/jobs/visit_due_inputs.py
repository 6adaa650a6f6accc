"""What files and ledger say about visits: customers, warnings, crises, visits made; read once, checked once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import stopped
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.columns import Row, Table
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.departments import Department
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.events import Visited
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.register.customers import Customers
from aftersales_cli.tables.reading import Read
from aftersales_cli.visit.checking import Checking, usable
from aftersales_cli.visit.leading import RANKS
from aftersales_cli.visit.memory import completed, remembered
from aftersales_cli.visit.warned import Alarm, crisis_alarm, warning_alarm
from aftersales_cli.visit.whereabouts import Gazetteer
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
TABLES = ("customers", "warnings", "crises", "visits", "engineers", "departments")


@dataclass(frozen=True)
class VisitInputs:
    """Everything that was read; `recorded` is what the ledger has of visits."""

    desk: Desk
    customer_rows: Read[Customer]
    warning_rows: Read[CustomerWarning]
    crisis_rows: Read[Crisis]
    visit_rows: Read[Visit]
    engineers: Read[Engineer]
    departments: Read[Department]
    recorded: tuple[Visited, ...]

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """The reads, in the order of the tables."""
        return (self.customer_rows, self.warning_rows, self.crisis_rows, self.visit_rows, self.engineers,
                self.departments)  # fmt: skip

    @cached_property
    def customers(self) -> Customers:
        """The customers by code."""
        read = self.customer_rows
        return Customers(read.records, read.broken, complete=read.complete, whole_files=not read.failed)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Which place is of which province, the desk's own tables included."""
        rows: list[Engineer | Department] = [*self.engineers.records, *self.departments.records]
        return Gazetteer.of(self.desk.book.vocabularies["provinces"], rows)

    @cached_property
    def known(self) -> dict[str, Visit]:
        """The ledger's visits by folded number."""
        return remembered(self.recorded)

    @cached_property
    def checking(self) -> Checking:
        """What tells the rows that cannot be true."""
        ranks = self.desk.book.vocabularies[RANKS]
        return Checking(self.desk.as_of, self.customers, ranks, self.gazetteer, self.known)

    @cached_property
    def rows(self) -> tuple[Visit, ...]:
        """The rows of visits that can be true, each completed by what the ledger knows of it."""
        good = _good(self.visit_rows.records, self.checking.visit)
        return tuple(completed(row, self.known.get(folded(row.visit_no))) for row in good)

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """All visits that were made, by day: those of the rows, and those that only the ledger knows."""
        rows = {folded(row.visit_no): row for row in self.rows}
        now = self.desk.as_of.date()
        return tuple(sorted(
            (row for row in {**self.known, **rows}.values() if row.date <= now),
            key=lambda row: (row.date, row.visit_no),
        ))  # fmt: skip

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """The warnings and crises that can be true, in the order of the files."""
        warnings = map(warning_alarm, _good(self.warning_rows.records, self.checking.warning))
        return (*warnings, *map(crisis_alarm, _good(self.crisis_rows.records, self.checking.crisis)))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong in the files."""
        checked = (
            *(problem for row in self.warning_rows.records for problem in self.checking.warning(row)),
            *(problem for row in self.crisis_rows.records for problem in self.checking.crisis(row)),
            *(problem for row in self.visit_rows.records for problem in self.checking.visit(row)),
        )
        return (*(problem for read in self.reads for problem in read.problems), *checked)

    def of_customer(self, code: str) -> tuple[Visit, ...]:
        """The visits to one customer, by day."""
        return self._by_customer.get(folded(code), ())

    @cached_property
    def _by_customer(self) -> dict[str, tuple[Visit, ...]]:
        found: dict[str, list[Visit]] = {}
        for row in self.visits:
            found.setdefault(folded(row.customer_code), []).append(row)
        return {code: tuple(rows) for code, rows in found.items()}


def read_visit_inputs(desk: Desk) -> VisitInputs:
    """Read the tables and the ledger; `Stop` 65 or 66 where no customer could be read at all."""
    needed(desk, "customers")
    with desk.ledger(write=False) as ledger:
        recorded = ledger.visits()
    with desk.reader() as confined:
        confined.start()
        customers = _read(desk, Customer.TABLE, confined)
        if customers.stop is not None and not customers.rows:
            raise stopped(customers.problems, customers.stop)
        return VisitInputs(
            desk,
            customers,
            _read(desk, CustomerWarning.TABLE, confined),
            _read(desk, Crisis.TABLE, confined),
            _read(desk, Visit.TABLE, confined),
            _read(desk, Engineer.TABLE, confined),
            _read(desk, Department.TABLE, confined),
            recorded,
        )


def _read(desk: Desk, table: Table[R], confined: Confined) -> Read[R]:
    """One table; a pattern that finds no file is said, for nobody shall think that nothing is due."""
    if desk.named_nowhere(table.key) or desk.inputs(table.key):
        return desk.read(table, confined)
    patterns = desk.workspace.inputs[table.key]
    message = Say("no file of {table} matches {patterns}", table=table.heading, patterns=patterns)
    if table.key == "customers":
        return Read(problems=(Problem(message, held=(table.key,)),), failed=tuple(patterns), stop=Exit.NO_INPUT)
    return Read(problems=(Problem(message, severity=Severity.CAUTION),))


def _good(rows: Sequence[R], check: Callable[[R], Iterable[Problem]]) -> list[R]:
    return [row for row in rows if usable(tuple(check(row)))]
