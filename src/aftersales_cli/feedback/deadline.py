"""By when something is due that a rule wants within so many working days, days or hours (D2): a range of moments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from aftersales_cli.records.values import BEIJING, Instant, Lead, LeadUnit
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """From `certainly` on it is too late; before `possibly` it is not. None: unpublished years set no bound.

    The two differ where a calendar is not published, and where only the day is known from which hours are counted.
    """

    possibly: datetime
    certainly: datetime | None

    def passed(self, moment: datetime) -> bool | None:
        """Whether `moment` is too late; None where that is open."""
        if moment < self.possibly:
            return False
        return True if self.certainly is not None and moment >= self.certainly else None

    def before(self, moment: datetime | None) -> Deadline:
        """The same, and in any case before `moment`."""
        if moment is None:
            return self
        certainly = moment if self.certainly is None else min(self.certainly, moment)
        return Deadline(min(self.possibly, moment), certainly)

    @property
    def due(self) -> date | datetime:
        """The day at whose end it is due, or the moment; the earliest it can be."""
        at = self.possibly
        return at.date() - DAY if at.time() == time() else at

    def say(self) -> Say:
        """To stand inside a sentence."""
        if self.possibly == self.certainly:
            return Say("{due}", due=self.due)
        return Say("{due} at the earliest", due=self.due)


def within(lead: Lead, begun: Instant, workdays: Workdays) -> Deadline:
    """So long after `begun`: working days and days end with the n-th day after it, which is not counted (D2)."""
    match lead.unit:
        case LeadUnit.HOURS:
            hours = timedelta(hours=lead.amount)
            return Deadline(begun.at + hours, begun.latest + hours)
        case LeadUnit.DAYS:
            end = _end(begun.day + lead.amount * DAY)
            return Deadline(end, end)
        case LeadUnit.WORKING_DAYS:
            due = workdays.due(begun.day, lead.amount)
            return Deadline(_end(due.no_earlier_than), _end(due.no_later_than) if due.no_later_than else None)


def _end(day: date) -> datetime:
    return datetime.combine(day if day == date.max else day + DAY, time(), BEIJING)
