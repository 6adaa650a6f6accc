"""One notice (one task, one customer) as a calendar file in the public maintenance-notice convention (BCOP).

The lines are written here and read back before they are released. icalendar's own writer takes 25 times as long, turns
the two characters `\\N` of a text into a line break and leaves the convention's own texts unescaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from enum import StrEnum

from aftersales_cli.documents.cleaning import cleaned
from aftersales_cli.documents.mailbox import Mailbox, addressed
from aftersales_cli.documents.readback import compare

PRODUCER = "-//aftersales//cutover notices//EN"
MEDIA_TYPE = "text/calendar"
_FOLD = 75  # bytes of a line


class Impact(StrEnum):
    """What a circuit suffers, in the convention's words, from the least to the worst."""

    NO_IMPACT = "NO-IMPACT"
    REDUCED_REDUNDANCY = "REDUCED-REDUNDANCY"
    DEGRADED = "DEGRADED"
    OUTAGE = "OUTAGE"


class Status(StrEnum):
    """How far the work is, in the convention's words."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"
    IN_PROCESS = "IN-PROCESS"
    COMPLETED = "COMPLETED"


@dataclass(frozen=True, slots=True)
class Circuit:
    """One circuit as the customer knows it, and what it suffers."""

    code: str
    impact: Impact


@dataclass(frozen=True, slots=True)
class CalendarNotice:
    """What a calendar file says; the fields in the order they are written.

    `uid` stays the same while `sequence` grows (see `mailbox.identified`). `stamp` is the run's as-of. Instants carry a
    zone and are written in UTC, to the second. `account` is the customer's code, `maintenance_id` the task's number.
    `summary` and `description` are in the customer's language.
    """

    uid: str
    sequence: int
    stamp: datetime
    start: datetime
    end: datetime
    provider: str
    account: str
    maintenance_id: str
    circuits: tuple[Circuit, ...]
    status: Status
    summary: str
    organizer: Mailbox
    attendees: tuple[Mailbox, ...] = ()
    description: str = ""

    @property
    def impact(self) -> Impact:
        """The worst of its circuits; where it names none, an outage, as the convention reads what is not said."""
        return worst(circuit.impact for circuit in self.circuits)

    @property
    def method(self) -> str:
        """What the receiving calendar shall do with it."""
        return "CANCEL" if self.status is Status.CANCELLED else "REQUEST"

    @property
    def event_status(self) -> str:
        """The status for calendars that do not know the convention."""
        return self.status if self.status in (Status.TENTATIVE, Status.CANCELLED) else Status.CONFIRMED


def worst(impacts: Iterable[Impact]) -> Impact:
    """The worst impact; of none, an outage."""
    return max(impacts, key=list(Impact).index, default=Impact.OUTAGE)


def calendar_file(notice: CalendarNotice) -> bytes:
    """The finished `.ics`: same notice, same bytes. `UnfitError` for an address that is none; `ReadBackError`."""
    from aftersales_cli.documents.calendar_lines import stated  # it knows this module

    tidy = _tidied(notice)
    data = b"".join(_folded(line) for line in _lines(tidy))
    compare("notice.ics", statements(tidy), stated(data))
    return data


def statements(notice: CalendarNotice) -> Mapping[str, object]:
    """Everything a file says about a notice, by name; what a reader must find again."""
    said = {field.name: getattr(notice, field.name) for field in fields(notice)}
    return {**said, "impact": notice.impact, "method": notice.method, "event_status": notice.event_status}


def _tidied(notice: CalendarNotice) -> CalendarNotice:
    """Without control characters, in one line where only one can be, with times as a file can hold them (O08)."""
    return replace(
        notice,
        stamp=_instant(notice.stamp),
        start=_instant(notice.start),
        end=_instant(notice.end),
        uid=_line(notice.uid),
        provider=_line(notice.provider),
        account=_line(notice.account),
        maintenance_id=_line(notice.maintenance_id),
        circuits=tuple(Circuit(_line(circuit.code), circuit.impact) for circuit in notice.circuits),
        summary=_line(notice.summary),
        description=cleaned(notice.description).strip(),
        organizer=_person("ORGANIZER", notice.organizer),
        attendees=tuple(_person("ATTENDEE", person) for person in notice.attendees),
    )


def _instant(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("instants of a calendar file carry their zone")
    return moment.astimezone(UTC).replace(microsecond=0)


def _line(text: str) -> str:
    return " ".join(cleaned(text).split())


def _person(field: str, person: Mailbox) -> Mailbox:
    """Readers disagree about a backslash in a parameter (icalendar drops it before a comma), so a name has none."""
    return addressed(field, Mailbox(_line(person.name).replace("\\", "/"), person.address))


def _lines(notice: CalendarNotice) -> Iterator[str]:
    """The content lines, before folding."""
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCER}", f"METHOD:{notice.method}", "BEGIN:VEVENT")
    yield f"UID:{_text(notice.uid)}"
    yield f"SEQUENCE:{notice.sequence}"
    for name, moment in (("DTSTAMP", notice.stamp), ("DTSTART", notice.start), ("DTEND", notice.end)):
        yield f"{name}:{moment:%Y%m%dT%H%M%SZ}"
    yield f"SUMMARY:{_text(notice.summary)}"
    if notice.description:
        yield f"DESCRIPTION:{_text(notice.description)}"
    yield f"STATUS:{notice.event_status}"
    yield f"ORGANIZER{_called(notice.organizer)}:mailto:{notice.organizer.address}"
    for person in notice.attendees:
        yield f"ATTENDEE{_called(person)};RSVP=TRUE:mailto:{person.address}"
    yield f"X-MAINTNOTE-PROVIDER:{_text(notice.provider)}"
    yield f"X-MAINTNOTE-ACCOUNT:{_text(notice.account)}"
    yield f"X-MAINTNOTE-MAINTENANCE-ID:{_text(notice.maintenance_id)}"
    for circuit in notice.circuits:
        yield f"X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT={circuit.impact}:{_text(circuit.code)}"
    yield f"X-MAINTNOTE-IMPACT:{notice.impact}"
    yield f"X-MAINTNOTE-STATUS:{notice.status}"
    yield from ("END:VEVENT", "END:VCALENDAR")


def _text(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", r"\n")


def _called(person: Mailbox) -> str:
    """The name as a quoted parameter, with `^` and `"` written as RFC 6868 says."""
    name = person.name.replace("^", "^^").replace('"', "^'")
    return f';CN="{name}"' if name else ""


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 bytes, cut between characters."""
    rest = line.encode()
    pieces: list[bytes] = []
    while len(rest) > (room := _FOLD if not pieces else _FOLD - 1):
        while rest[room] & 0xC0 == 0x80:  # inside a character
            room -= 1
        pieces.append(rest[:room])
        rest = rest[room:]
    return b"\r\n ".join([*pieces, rest]) + b"\r\n"
