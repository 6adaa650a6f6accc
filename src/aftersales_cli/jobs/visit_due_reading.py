"""Reading what `visit due`, `record`, `report`, `issues` and `export` look at: files, each once, and the ledger."""

from __future__ import annotations

from typing import TypeVar

from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import stopped
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.columns import Row, Table
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.departments import Department
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
TABLES = ("customers", "warnings", "crises", "visits", "engineers", "departments")
ASKING = ("warnings", "crises")
"""The tables whose rows ask for visits: where they are missing, nobody knows of what is owed."""


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
    if table.key not in ASKING:
        return Read(problems=(Problem(message, severity=Severity.CAUTION),))
    hint = Say("put it there, or take the line out of aftersales.yaml where there is none")
    return Read(problems=(Problem(message, hint=hint, held=(table.key,)),))
