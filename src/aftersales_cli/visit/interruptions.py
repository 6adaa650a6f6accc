"""Interruptions of circuits as faults and complaints tell them, and the days that are looked at (R28, D4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import BEIJING, ComplaintKind, Instant, Word
from aftersales_cli.visit.availability import Outage


@dataclass(frozen=True, slots=True)
class Interruption:
    """A fault, or an interruption the customer reported; `outage` None where it did not begin before as-of."""

    row: Fault | Complaint
    outage: Outage | None

    @property
    def number(self) -> str:
        """The number of the fault or complaint."""
        return self.row.fault_no if isinstance(self.row, Fault) else self.row.complaint_no

    @property
    def circuit(self) -> str:
        """Its circuit, folded."""
        return folded_circuit(self.row.circuit_code)


@dataclass(frozen=True, slots=True)
class Since:
    """The days that are looked at: from the first moment of a day to as-of or the end of another day."""

    start: datetime
    end: datetime

    @property
    def last(self) -> date:
        """The last of the days, where `end` is the first moment that is none of them."""
        return (self.end - timedelta(microseconds=1)).date()

    def holds(self, at: datetime) -> bool:
        """Whether a moment is one of them."""
        return self.start <= at < self.end

    def touches(self, each: Interruption) -> bool:
        """Whether an interruption reached into them, or was reported in them."""
        if each.outage is None:
            return self.holds(began(each.row).at)
        return each.outage.start < self.end and (each.outage.end > self.start or self.holds(each.outage.start))


def midnight(day: date) -> datetime:
    """The first moment of a day, Beijing time."""
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


def began(row: Fault | Complaint) -> Instant:
    """When it began; of a report without that, when it was reported (D4)."""
    return row.began_at if isinstance(row, Fault) else row.began_at or row.reported_at


def outage(row: Fault | Complaint, now: datetime) -> Outage | None:
    """The stretch that counts; until as-of where no restoration is recorded.

    A grievance without any time of an interruption interrupts nothing. A day without a time counts whole.
    """
    if isinstance(row, Complaint) and row.kind is ComplaintKind.GRIEVANCE and row.began_at is None:
        return None
    start = began(row).at
    if start >= now:
        return None
    if isinstance(row.restored_at, Instant):
        return Outage(start, min(now, row.restored_at.latest))
    return Outage(start, now, open=True)


def says_not_restored(row: Fault | Complaint) -> bool:
    """Whether the cell says 未恢复, and is not merely empty."""
    return row.restored_at is Word.NOT_RESTORED


def backwards(row: Fault | Complaint) -> bool:
    """Whether it ends before it begins."""
    return isinstance(row.restored_at, Instant) and row.restored_at.latest < began(row).at
