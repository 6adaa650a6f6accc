"""A person's year of all-day appointments as one calendar file, to be taken into any calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from aftersales_cli.documents.cleaning import cleaned

PRODUCER = "-//aftersales//visit plan//EN"


@dataclass(frozen=True, slots=True)
class Whole:
    """One whole day: `uid` stays the same while `sequence` grows; `tentative` where the day is not certain.

    `cancelled` takes an entry of an earlier file out of the calendar.
    """

    uid: str
    sequence: int
    day: date
    summary: str
    location: str
    description: str
    tentative: bool = False
    cancelled: bool = False

    @property
    def status(self) -> str:
        """The word of the calendar's standard."""
        return "CANCELLED" if self.cancelled else "TENTATIVE" if self.tentative else "CONFIRMED"


def agenda(name: str, days: Sequence[Whole], stamp: datetime) -> bytes:
    """The finished `.ics` with the calendar's name; same days and stamp, same bytes. Free time is not blocked."""
    from icalendar import Calendar, Event  # 0.1 s, only where calendars are written

    calendar = Calendar()
    calendar.add("prodid", PRODUCER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(name))
    for each in days:
        event = Event()
        event.add("uid", each.uid)
        event.add("sequence", each.sequence)
        event.add("dtstamp", stamp.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", each.day)
        event.add("dtend", each.day + timedelta(days=1))
        event.add("summary", _line(each.summary))
        event.add("location", _line(each.location))
        event.add("description", cleaned(each.description).strip())
        event.add("status", each.status)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())
