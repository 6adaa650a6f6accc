"""What two years of service consist of: engineers, faults, warnings, crises, inspections, visits; one record each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

Said = datetime | str | None
"""An instant, a word that stands for one, or an empty cell."""


@dataclass(frozen=True, slots=True)
class Engineer:
    """One customer engineer; `weekly` as the cell has it, empty where the book's number counts."""

    name: str
    province: str
    city: str
    phone: str
    email: str
    weekly: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one circuit; `about` is what the example wants to show by it."""

    number: str
    circuit: str
    customer: str
    began: Said
    restored: Said
    rate: str
    cause: str = ""
    handling: str = ""
    itself: str = ""
    accepted: str = ""
    escalated: str = ""
    escalated_at: Said = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning; cells as they are written."""

    number: str
    customer: str
    level: str
    issued: str
    until: str
    places: str
    reason: str
    scope: str
    measures: str
    lifted: str = ""
    lifted_because: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Crisis:
    """One crisis event; cells as they are written."""

    number: str
    customer: str
    occurred: str
    form: str
    text: str
    circuits: str
    places: str
    measures: str
    demanded: str = ""
    escalated: str = ""
    escalated_at: str = ""
    duration: str = ""
    outcome: str = ""
    lessons: str = ""
    closed: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of an inspection; without a circuit it is the customer's site."""

    number: str
    customer: str
    circuit: str
    on: str
    finding: str
    hazard: str
    proposal: str
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit; texts are cells. `spoilt` replaces the cell of the date: what somebody mistyped."""

    customer: str
    kind: str
    on: date
    place: str
    manner: str
    led: str
    number: str = ""
    rank: str = ""
    ours: str = ""
    theirs: str = ""
    manager: str = ""
    checked: str = "核对无误"
    changes: str = "无"
    survivability: str = ""
    shown: str = ""
    materials: str = ""
    staff: str = ""
    friction: str = ""
    inspection: str = ""
    previous: str = ""
    issues: tuple[str, ...] = ()
    progress: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    next_on: date | None = None
    next_manner: str = ""
    next_channel: str = ""
    next_agenda: str = ""
    entered: str = ""
    spoilt: str = ""
    about: str = ""


FIRST, TODAY, NOW = date(2024, 6, 1), date(2026, 6, 1), datetime.fromisoformat("2026-06-01T09:00")
"""The first day the tables speak of, and the morning on which the desk looks at them."""
