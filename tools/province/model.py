"""What a made province consists of: its places, and one record per table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tools.province.service import Crisis, Engineer, Fault, Finding, Said, Visit, Warned


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer as the archive knows it; empty texts are empty cells."""

    code: str
    name: str
    level: str
    industry: str
    grade: str
    city: str
    contact: str = ""
    phone: str = ""
    email: str = ""
    manager: str = ""
    manager_phone: str = ""
    manager_email: str = ""
    chief: str = ""
    chief_email: str = ""
    local: str = ""
    cross_province: str = ""
    language: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Circuit:
    """One circuit from a city to a city (the same one for a circuit inside it)."""

    code: str
    customer: str
    ends: tuple[str, str]
    order: str
    service: str
    rate: str
    opened: str
    contract_end: str

    @property
    def local(self) -> bool:
        """Whether both ends lie in one city."""
        return self.ends[0] == self.ends[1]


@dataclass(frozen=True, slots=True)
class Hop:
    """One hop: `path` is 主用 or 备用; `long_haul` that the resource belongs to the long-haul network."""

    circuit: str
    path: str
    seq: int
    resource: str
    kind: str
    long_haul: bool


@dataclass(frozen=True, slots=True)
class Assurance:
    """One assurance period; `role` is what the generator wants it for, and is written nowhere."""

    number: str
    customer: str
    level: str
    start: str
    end: str
    daily: str = ""
    circuits: str = ""
    requested: str = ""
    reason: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """One department in one role; `city` where it serves one city only."""

    name: str
    role: str
    city: str
    contact: str
    phone: str
    email: str
    rank: str


@dataclass(frozen=True, slots=True)
class Line:
    """One circuit of a task and its customer's name as the row has it."""

    circuit: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One cutover task as its unit means it; how it is spelt is decided where it is written.

    `book` names the file it is filed in. `spoilt` replaces the cell of the window: what somebody mistyped. `about` is
    what the example wants to show by it; empty for an ordinary night.
    """

    number: str
    category: str
    start: datetime
    end: datetime
    interruption: str
    province: str
    reason: str
    book: str
    lines: tuple[Line, ...] = ()
    resources: tuple[str, ...] = ()
    unit: str = ""
    reach: str = ""
    filed: Said = None
    published: Said = None
    actual: tuple[datetime, datetime | None] | None = None
    status: str = ""
    spoilt: str = ""
    about: str = ""

    @property
    def circuits(self) -> tuple[str, ...]:
        """The codes of its circuits."""
        return tuple(line.circuit for line in self.lines)


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint; `about` is what the example wants to show by it."""

    number: str
    customer: str
    circuit: str
    reported: Said
    began: Said
    restored: Said
    cause: str
    task: str
    text: str
    about: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery of a task's notice."""

    task: str
    customer: str
    circuit: str
    delivered: Said
    channel: str
    confirmed: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One opinion of a customer; period and level of a request only."""

    number: str
    task: str
    customer: str
    received: datetime
    kind: str
    text: str
    outcome: str = ""
    reason: str = ""
    replied: Said = None
    level: str = ""
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """All tables of the two years; `reports` are what customers reported of the faults."""

    engineers: tuple[Engineer, ...] = ()
    faults: tuple[Fault, ...] = ()
    reports: tuple[Complaint, ...] = ()
    warnings: tuple[Warned, ...] = ()
    crises: tuple[Crisis, ...] = ()
    findings: tuple[Finding, ...] = ()
    visits: tuple[Visit, ...] = ()


@dataclass(frozen=True)
class Province:
    """All that was made, in the order in which one table needs another."""

    seed: int
    customers: tuple[Customer, ...] = ()
    circuits: tuple[Circuit, ...] = ()
    hops: tuple[Hop, ...] = ()
    assurances: tuple[Assurance, ...] = ()
    departments: tuple[Department, ...] = ()
    tasks: tuple[Task, ...] = field(default=())
    finished: tuple[Task, ...] = field(default=())
    complaints: tuple[Complaint, ...] = field(default=())
    receipts: tuple[Receipt, ...] = field(default=())
    feedback: tuple[Feedback, ...] = field(default=())
    service: Service = field(default_factory=Service)
