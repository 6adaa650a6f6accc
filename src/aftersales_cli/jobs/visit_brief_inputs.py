"""One customer's rows of every table, and nobody else's: what a brief and a fault report are made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.inventory.duck import owned
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import stopped
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Row, Table
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Issued
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.inspections import Inspection
from aftersales_cli.records.routes import Route
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.register.customers import Customers
from aftersales_cli.tables.reading import Read
from aftersales_cli.visit.history import Gap, History
from aftersales_cli.visit.interruptions import began
from aftersales_cli.visit.issue_words import wording_of
from aftersales_cli.visit.issues import Issue, told
from aftersales_cli.visit.memory import completed, remembered
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
OF_CUSTOMERS = (CustomerWarning.TABLE, Crisis.TABLE, Inspection.TABLE, Visit.TABLE)
OF_CIRCUITS = (Fault.TABLE, Complaint.TABLE)


@dataclass
class _Gathered:
    """What has been read so far."""

    desk: Desk
    customer: Customer
    gaps: dict[str, Gap] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    held: list[Problem] = field(default_factory=list)
    stops: list[Exit] = field(default_factory=list)

    def taken(self, table: Table[Any], read: Read[R], ours: Callable[[R | Broken], bool | None]) -> tuple[R, ...]:
        """The customer's rows; of the problems those that may be its own. `ours` is None where nobody can say."""
        if not self.desk.inputs(table.key):
            self.gaps[table.key] = Gap.NOT_GIVEN
        elif not read.rows:
            self.gaps[table.key] = Gap.NOT_READ
        elif read.failed or any(ours(row) is not False for row in read.broken):
            self.gaps[table.key] = Gap.IN_PART
        rows: list[R | Broken] = [*read.records, *read.broken]
        others = {_row(row.place()) for row in rows if ours(row) is False}
        self.problems += [p for p in read.problems if p.place is None or _row(p.place) not in others]
        lost = {_row(row.place()) for row in read.broken if ours(row)}
        self.held += [p for p in read.problems if p.place and p.severity is Severity.ERROR and _row(p.place) in lost]
        self.stops += [read.stop] if read.stop is not None else []
        return tuple(row for row in read.records if ours(row))


def gathered(desk: Desk, code: str) -> tuple[History, tuple[Problem, ...]]:
    """The history of one customer and what was wrong in its rows; `Stop` where there is no such customer."""
    needed(desk, "customers")
    with desk.reader() as confined:
        confined.start()
        customers = desk.read(Customer.TABLE, confined)
        customer = _found(customers, code)
        got = _Gathered(desk, customer)
        history = _history(desk, got, confined)
    got.problems += history.backwards
    return replace(history, held=(*got.held, *history.backwards)), tuple(got.problems)


def _found(read: Read[Customer], code: str) -> Customer:
    known = Customers(read.records, read.broken)
    customer = known.by_code(code)
    if customer is not None:
        return customer
    if read.stop is not None and not read.rows:
        raise stopped(read.problems, read.stop)
    if known.is_broken(code):
        bad = [p for row in read.broken if folded(str(row.values.get("code"))) == folded(code)
               for p in row.problems.values()]  # fmt: skip
        message = Say("the row of customer {code} cannot be used: {why}", code=code,
                      why=[Say("{place}: {message}", place=str(p.place), message=p.message) for p in bad])  # fmt: skip
        raise Stop(message, hint=next((p.hint for p in bad if p.hint), None), code=Exit.BAD_INPUT)
    named = [each.code for each in known.by_name(code)]
    hint = Say("did you mean {codes}?", codes=named) if named else None
    raise Stop(Say("there is no customer {code}", code=code), hint=hint, code=Exit.USAGE)


def _history(desk: Desk, got: _Gathered, confined: Confined) -> History:
    key = folded(got.customer.code)
    books = desk.book.vocabularies
    circuits, routes = owned(desk.inputs("circuits"), desk.inputs("routes"), got.customer.code, confined=confined,
                             vocabularies=books, limits=desk.limits)  # fmt: skip
    of_customer = _of_customer(key)
    bought = got.taken(Circuit.TABLE, circuits, of_customer)
    own = frozenset(folded_circuit(row.circuit_code) for row in bought)
    owners = {folded_circuit(row.circuit_code): folded(row.customer_code) for row in circuits.records}
    of_circuit = _of_circuit(key, own)
    hops = got.taken(Route.TABLE, routes, _riding(own))
    rows: dict[str, tuple[Any, ...]] = {}
    reaches: dict[str, datetime] = {}
    for table in OF_CIRCUITS:
        read = desk.read(table, confined)
        rows[table.key] = _agreeing(got, got.taken(table, read, of_circuit), own, owners, key)
        if read.records:
            reaches[table.key] = min(began(row).at for row in read.records)
    for other in OF_CUSTOMERS:
        rows[other.key] = got.taken(other, desk.read(other, confined), of_customer)
    cutovers = desk.read(Cutover.TABLE, confined)
    rows["cutovers"] = _cutovers(got, cutovers, own, frozenset(folded(hop.resource) for hop in hops))
    issued, known = _of_ledger(desk, key)
    rows["visits"] = _made(rows["visits"], known, desk.as_of)
    if known and got.gaps.get("visits") is Gap.NOT_GIVEN:
        del got.gaps["visits"]  # the ledger is what there is to know
    return History(
        customer=got.customer, now=desk.as_of, circuits=bought, routes=hops, issued=issued,
        issues=_issues(desk, rows["visits"]), gaps=got.gaps, reaches=reaches, **rows,
    )  # fmt: skip


def _of_customer(key: str) -> Callable[[Row | Broken], bool | None]:
    def ours(row: Row | Broken) -> bool | None:
        said = row.value("customer_code")
        return None if not said else folded(str(said)) == key

    return ours


def _riding(own: frozenset[str]) -> Callable[[Row | Broken], bool | None]:
    def ours(row: Row | Broken) -> bool | None:
        code = row.value("circuit_code")
        return None if not code else folded_circuit(str(code)) in own

    return ours


def _of_circuit(key: str, own: frozenset[str]) -> Callable[[Row | Broken], bool | None]:
    """By the row's customer where it names one, else by its circuit's (D6)."""

    def ours(row: Row | Broken) -> bool | None:
        said, code = row.value("customer_code"), row.value("circuit_code")
        if said:
            return folded(str(said)) == key
        return None if not code else folded_circuit(str(code)) in own

    return ours


def _agreeing(
    got: _Gathered, rows: Sequence[Any], own: frozenset[str], owners: dict[str, str], key: str
) -> tuple[Any, ...]:
    """Without the rows that name this customer and another's circuit: whose they are nobody knows (D6)."""
    kept = []
    for row in rows:
        circuit = folded_circuit(row.circuit_code)
        if owners.get(circuit, key) != key and circuit not in own:
            message = Say("circuit {circuit} is not this customer's", circuit=row.circuit_code)
            noun, field_ = row.TABLE.identity
            held = (f"{noun} {row.value(field_)}",)
            hint = Say("correct the customer code or the circuit code")
            found = Problem(message, row.place("circuit_code"), "circuit_code", row.circuit_code, hint, held)
            got.problems.append(found)
            got.held.append(found)
        else:
            kept.append(row)
    return tuple(kept)


def _cutovers(
    got: _Gathered, read: Read[Cutover], own: frozenset[str], resources: frozenset[str]
) -> tuple[Cutover | Broken, ...]:
    """The rows of the customer's circuits, and those of resources that its circuits run over."""

    def ours(row: Row | Broken) -> bool | None:
        code = row.value("circuit_code")
        if code:
            return folded_circuit(str(code)) in own
        worked_on = {folded(resource) for resource in row.value("resources") or ()}
        return None if isinstance(row, Broken) and not worked_on else bool(worked_on & resources)

    good = got.taken(Cutover.TABLE, read, ours)
    return (*good, *(row for row in read.broken if ours(row)))


def _of_ledger(desk: Desk, key: str) -> tuple[tuple[Issued, ...], dict[str, Visit]]:
    """The customer's notices, and its visits by folded number."""
    with desk.ledger(write=False) as ledger:
        issued, visits = ledger.issued(), remembered(ledger.visits())
    notices = tuple(each for each in issued if each.customer_code and folded(each.customer_code) == key)
    return notices, {number: row for number, row in visits.items() if folded(row.customer_code) == key}


def _made(rows: Sequence[Visit], known: Mapping[str, Visit], now: datetime) -> tuple[Visit, ...]:
    """The visits made so far: of the files, empty cells filled from the ledger, and those that only the ledger has."""
    said = {folded(row.visit_no): completed(row, known.get(folded(row.visit_no))) for row in rows}
    return tuple(row for row in {**known, **said}.values() if row.date <= now.date())


def _issues(desk: Desk, visits: Sequence[Visit]) -> tuple[Issue, ...]:
    """What the customer brought up at its visits, by the words of VIS-06 and VIS-11 (R38, R41)."""
    return told(visits, wording_of(desk.book, desk.as_of.date(), desk.province)).issues


def _row(place: Place) -> tuple[str, str | None, int | None, int | None]:
    return (place.file, place.sheet, place.row, place.line)
