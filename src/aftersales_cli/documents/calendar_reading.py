"""Reads a maintenance notice from a calendar file, ours or another carrier's; icalendar splits the lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import TypeVar

from icalendar import Calendar, Component, vText

from aftersales_cli.documents.calendar import CalendarNotice, Circuit, Impact, Status
from aftersales_cli.documents.mailbox import Mailbox
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import shortened
from aftersales_cli.words import Say

T = TypeVar("T")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


class NoNoticeError(Stop):
    """The bytes are no calendar file with one maintenance notice; the message names what is missing or wrong."""

    def __init__(self, message: Say) -> None:
        hint = Say("expected is a calendar file (.ics) with one event and the X-MAINTNOTE fields")
        super().__init__(message, hint=hint, code=Exit.BAD_INPUT)


def read_notice(data: bytes) -> CalendarNotice:
    """The one notice a calendar file holds; `NoNoticeError` unless every field of the convention is there and plain."""
    found = stated(data)
    return CalendarNotice(**{field.name: found[field.name] for field in fields(CalendarNotice)})  # type: ignore[arg-type]


def stated(data: bytes) -> Mapping[str, object]:
    """Everything the file says, by the names of `calendar.statements`."""
    try:
        calendar = Calendar.from_ical(data)
        events = [part for part in calendar.walk() if part.name == "VEVENT"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:  # what icalendar lets through
        reason = shortened(str(error), 160)
        raise NoNoticeError(Say("this is not a calendar file: {reason}", reason=reason)) from error
    if len(events) != 1:
        raise NoNoticeError(Say("the calendar file holds {n} events, not one", n=len(events)))
    method = calendar.get("METHOD")
    return {**_Event(events[0]).said(), "method": None if method is None else str(method)}


class _Event:
    """One event, asked property by property."""

    def __init__(self, event: Component) -> None:
        self._event = event
        self._impact = Impact.OUTAGE

    def said(self) -> dict[str, object]:
        self._impact = self._one("X-MAINTNOTE-IMPACT", lambda value: Impact(str(value)))
        return {
            "uid": self._text("UID"),
            "sequence": self._one("SEQUENCE", lambda value: int(str(value))),
            "stamp": self._one("DTSTAMP", _instant),
            "start": self._one("DTSTART", _instant),
            "end": self._one("DTEND", _instant),
            "provider": self._text("X-MAINTNOTE-PROVIDER"),
            "account": self._text("X-MAINTNOTE-ACCOUNT"),
            "maintenance_id": self._text("X-MAINTNOTE-MAINTENANCE-ID"),
            "circuits": self._all("X-MAINTNOTE-OBJECT-ID", self._circuit),
            "status": self._one("X-MAINTNOTE-STATUS", lambda value: Status(str(value))),
            "summary": self._text("SUMMARY"),
            "organizer": self._one("ORGANIZER", _person),
            "attendees": self._all("ATTENDEE", _person),
            "description": self._text("DESCRIPTION") if "DESCRIPTION" in self._event else "",
            "impact": self._impact,
            "event_status": self._text("STATUS") if "STATUS" in self._event else None,
        }

    def _all(self, name: str, read: Callable[[object], T]) -> tuple[T, ...]:
        there = self._event.get(name, [])
        values = there if isinstance(there, list) else [there]
        try:
            return tuple(read(value) for value in values)
        except (ValueError, AttributeError, TypeError) as error:
            found = shortened("; ".join(map(str, values)))
            raise NoNoticeError(Say("{name} cannot be read: “{found}”", name=name, found=found)) from error

    def _one(self, name: str, read: Callable[[object], T]) -> T:
        values = self._all(name, read)
        if len(values) != 1:
            raise NoNoticeError(Say("{name} stands {n} times in the event, not once", name=name, n=len(values)))
        return values[0]

    def _text(self, name: str) -> str:
        return self._one(name, _plain)

    def _circuit(self, value: object) -> Circuit:
        impact = getattr(value, "params", {}).get("X-MAINTNOTE-OBJECT-IMPACT")
        return Circuit(_plain(value), self._impact if impact is None else Impact(str(impact)))


def _plain(value: object) -> str:
    """A TEXT value. The type of an `X-…` value is unknown to icalendar, so it leaves the escapes in."""
    if isinstance(value, vText):
        return str(value)
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], str(value))


def _instant(value: object) -> datetime:
    moment = value.dt  # type: ignore[attr-defined]
    if not isinstance(moment, datetime) or moment.tzinfo is None:
        raise ValueError("no instant")
    return moment.astimezone(UTC)


def _person(value: object) -> Mailbox:
    address = re.sub("^mailto:", "", str(value), flags=re.IGNORECASE)
    return Mailbox(str(getattr(value, "params", {}).get("CN", "")), address)
