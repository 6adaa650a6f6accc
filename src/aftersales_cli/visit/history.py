"""What files and ledger say of one customer, and its interruptions and cutovers as a visit looks at them (R28, R29)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from aftersales_cli.cutover.impact import Hop, Routes, touched
from aftersales_cli.cutover.works import Work, work, works
from aftersales_cli.places import Problem
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.inspections import Inspection
from aftersales_cli.records.routes import Path, Route
from aftersales_cli.records.values import BEIJING, Status
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.visit.availability import Availability, Outage, available, merged
from aftersales_cli.visit.interruptions import Interruption, backwards, began, midnight, outage
from aftersales_cli.visit.issues import Issue
from aftersales_cli.visit.warned import warning_alarm
from aftersales_cli.words import Say

EVER = datetime.min.replace(tzinfo=BEIJING)
"""Before everything: since when a circuit counts of which nobody says when it was opened."""


class Gap(StrEnum):
    """Why a table says less than it could, or nothing."""

    NOT_GIVEN = "not_given"
    NOT_READ = "not_read"
    IN_PART = "in_part"


class Protection(StrEnum):
    """Whether a circuit goes on when its working path is cut (R33)."""

    PROTECTED = "protected"
    UNPROTECTED = "unprotected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Planned:
    """A cutover that touches the customer's `circuits`; `told_at` is the last notice of it, None where none went out.

    `by_route` marks one that no row ties to the customer, only a resource its circuits run over.
    """

    task_no: str
    start: datetime
    end: datetime
    circuits: tuple[str, ...]
    interruption: str
    province: str
    reason: str
    told_at: datetime | None = None
    cancelled: bool = False
    by_route: bool = False


@dataclass(frozen=True)
class History:
    """One customer's rows of every table, and of nobody else. `gaps` tells of each table what of it is missing.

    `cutovers` holds rows that could not be read whole, too; they may still name a circuit of the customer. `reaches`
    has the earliest moment that a table speaks of, whoever it is about: before that it has nothing to say. `held` is
    what keeps rows that are certainly this customer's out of every figure.
    """

    customer: Customer
    now: datetime
    circuits: Sequence[Circuit] = ()
    routes: Sequence[Route] = ()
    faults: Sequence[Fault] = ()
    complaints: Sequence[Complaint] = ()
    cutovers: Sequence[Cutover | Broken] = ()
    warnings: Sequence[CustomerWarning] = ()
    crises: Sequence[Crisis] = ()
    inspections: Sequence[Inspection] = ()
    visits: Sequence[Visit] = ()
    issued: Sequence[Issued] = ()
    issues: Sequence[Issue] = ()
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    reaches: Mapping[str, datetime] = field(default_factory=dict)
    held: Sequence[Problem] = ()

    def has(self, *tables: str) -> bool:
        """Whether at least one of the tables was given and could be read, at least in part."""
        return any(self.gaps.get(table) in (None, Gap.IN_PART) for table in tables)

    @cached_property
    def interruptions(self) -> tuple[Interruption, ...]:
        """Faults and reported interruptions, by beginning; one that ends before it begins is left out (`backwards`)."""
        rows: list[Fault | Complaint] = [*self.faults, *self.complaints]
        found = (Interruption(row, outage(row, self.now)) for row in rows if row not in self._wrong)
        return tuple(sorted(found, key=lambda each: (began(each.row).at, each.number)))

    @cached_property
    def _wrong(self) -> tuple[Fault | Complaint, ...]:
        rows: list[Fault | Complaint] = [*self.faults, *self.complaints]
        return tuple(row for row in rows if backwards(row))

    @property
    def backwards(self) -> Iterator[Problem]:
        """A problem for each interruption whose end stands before its beginning: no figure counts it."""
        for row in self._wrong:
            name = row.fault_no if isinstance(row, Fault) else row.complaint_no
            held = (Say("fault {name}", name=name) if isinstance(row, Fault) else Say("complaint {name}", name=name),)
            message = Say("restored {end}, before it began {start}", end=row.restored_at, start=began(row))
            hint = Say("correct one of the two; until then no figure counts it")
            yield Problem(message, row.place("restored_at"), "restored_at", str(row.restored_at), hint,
                          tuple(each.to("en") for each in held))  # fmt: skip

    def of_circuit(self, code: str) -> tuple[Outage, ...]:
        """What interrupted one circuit, faults and reports; they may overlap."""
        key = folded_circuit(code)
        return tuple(each.outage for each in self.interruptions if each.outage and each.circuit == key)

    @cached_property
    def stretches(self) -> tuple[Outage, ...]:
        """The interruptions as the customer felt them, by beginning: a fault and the report of it are one.

        What was before a circuit was opened nobody felt, and availability does not count it either.
        """
        found = [
            Outage(max(start, opened), end, any(each.open and each.end == end for each in outages))
            for key in dict.fromkeys(each.circuit for each in self.interruptions)
            for opened, outages in [(self._opened.get(key, EVER), self.of_circuit(key))]
            for start, end in merged(outages)
            if end > opened
        ]
        return tuple(sorted(found, key=lambda each: (each.start, each.end)))

    @cached_property
    def _opened(self) -> Mapping[str, datetime]:
        """When each circuit was opened, by folded code; those of which nobody says are not in it."""
        opened = ((folded_circuit(each.circuit_code), each.opened_on) for each in self.circuits)
        return {key: midnight(day) for key, day in opened if day is not None}

    @property
    def premature(self) -> Iterator[tuple[Interruption, date]]:
        """Each interruption that was over before its circuit was opened, with the day of that: one of them is wrong."""
        for each in self.interruptions:
            opened = self._opened.get(each.circuit)
            if opened is not None and each.outage is not None and each.outage.end <= opened:
                yield each, opened.date()

    def availability(self, circuit: Circuit, start: datetime, end: datetime) -> Availability:
        """Of a circuit between two moments, as far as it was open then and as-of had not come."""
        opened = midnight(circuit.opened_on) if circuit.opened_on else start
        return available(self.of_circuit(circuit.circuit_code), max(start, opened), min(end, self.now))

    def protection(self, circuit: Circuit) -> Protection:
        """By its routes; unknown where none of them names it."""
        paths = {hop.path for hop in self._hops(circuit)}
        if Path.WORKING not in paths:
            return Protection.UNKNOWN
        if Path.PROTECTING in paths:
            return Protection.PROTECTED
        return Protection.UNKNOWN if self.gaps.get("routes") else Protection.UNPROTECTED

    def path(self, circuit: Circuit, path: Path) -> tuple[str, ...]:
        """The resources of one path, in their order."""
        return tuple(hop.resource for hop in sorted(self._hops(circuit), key=_position) if hop.path is path)

    def _hops(self, circuit: Circuit) -> list[Route]:
        key = folded_circuit(circuit.circuit_code)
        return [hop for hop in self.routes if folded_circuit(hop.circuit_code) == key]

    @cached_property
    def planned(self) -> tuple[Planned, ...]:
        """Every cutover that touches the customer, of files and ledger, by beginning; a task once."""
        told = _last_told(self.issued)
        found = {folded(each.task_no): each for each in self._of_files(told)}
        for key, notice in told.items():
            if key not in found:
                found[key] = _of_ledger(notice)
        return tuple(sorted(found.values(), key=lambda each: (each.start, each.task_no)))

    def _of_files(self, told: Mapping[str, Issued]) -> Iterator[Planned]:
        own = {folded_circuit(circuit.circuit_code): circuit.circuit_code for circuit in self.circuits}
        routes = _riding(self.routes)
        for one in (*works(self.cutovers), *_cancelled(self.cutovers)):
            met = [each.circuit_code for each in touched(one.listed, one.resources, routes)]
            codes = [own[folded_circuit(code)] for code in met if folded_circuit(code) in own]
            listed = {folded_circuit(each.circuit_code) for each in one.listed}
            if codes and one.window is not None and one.task_no is not None:
                notice = told.get(folded(one.task_no))
                by_route = not any(folded_circuit(code) in listed for code in codes)
                yield _of_work(one, tuple(codes), notice.issued_at if notice else None, by_route=by_route)

    def since_purchase(self, circuit: Circuit) -> int:
        """How many faults of a circuit the records have."""
        key = folded_circuit(circuit.circuit_code)
        return sum(each.circuit == key and isinstance(each.row, Fault) for each in self.interruptions)


def _position(hop: Route) -> tuple[bool, int, str]:
    """Numbered hops first, in the order of their numbers."""
    seq = hop.seq or ""
    return (not seq.isdecimal(), int(seq) if seq.isdecimal() else 0, seq)


def _riding(routes: Iterable[Route]) -> Routes:
    riding: dict[str, list[Hop]] = {}
    for hop in routes:
        found = Hop(hop.circuit_code, hop.path, hop.resource, hop.place("resource"))
        riding.setdefault(folded(hop.resource), []).append(found)
    return Routes(riding)


def _cancelled(rows: Iterable[Cutover | Broken]) -> tuple[Work, ...]:
    """The tasks whose every row says 取消: shown as such, so that nobody tells the customer of them."""
    groups: dict[str, list[Cutover]] = {}
    for row in rows:
        if isinstance(row, Cutover):
            groups.setdefault(folded(row.task_no), []).append(row)
    off = (group for group in groups.values() if all(row.status is Status.CANCELLED for row in group))
    return tuple(work(group) for group in off)


def _of_work(one: Work, codes: tuple[str, ...], told_at: datetime | None, *, by_route: bool) -> Planned:
    """A task by its rows. Only what is the task's own is taken: an impact range may name other customers."""
    assert one.window is not None and one.task_no is not None
    own = {folded_circuit(code) for code in codes}
    rows = [row for row in one.rows if folded_circuit(row.value("circuit_code") or "") in own] or list(one.rows)
    forms = dict.fromkeys(str(row.value("interruption") or "") for row in rows)
    first = rows[0]
    return Planned(
        one.task_no,
        one.window.start,
        one.window.end,
        codes,
        "、".join(form for form in forms if form),
        first.value("province") or "",
        first.value("reason") or "",
        told_at,
        all(row.value("status") is Status.CANCELLED for row in one.rows),
        by_route,
    )


def _last_told(issued: Iterable[Issued]) -> dict[str, Issued]:
    """The last notice of each folded task number."""
    last: dict[str, Issued] = {}
    for notice in issued:
        last[folded(notice.task_no)] = notice
    return last


def _of_ledger(notice: Issued) -> Planned:
    return Planned(
        notice.task_no,
        notice.window_start,
        notice.window_end,
        notice.circuit_codes,
        notice.interruption,
        notice.province,
        notice.reason,
        notice.issued_at,
        notice.change is Change.CANCEL,
    )


def is_active(warning: CustomerWarning, now: datetime) -> bool:
    """Whether a warning holds at that moment: issued, neither lifted nor run out."""
    alarm = warning_alarm(warning)
    return alarm.begun.value.at <= now and not alarm.over(now)
