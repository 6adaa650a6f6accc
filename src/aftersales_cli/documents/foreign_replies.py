"""The worker's entry for a customer's answer to our event: a calendar file, or a mail with one. In the confined child.

What is wrong becomes a trouble beside the reply, with its line; whether the reply may be believed is not asked here.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import Path, PurePath
from typing import Any

from aftersales_cli.documents.foreign_lines import CalendarText, Component, ContentLine, calendars
from aftersales_cli.documents.foreign_notices import calendars_in, contents_of, text_of
from aftersales_cli.documents.foreign_zones import Untimed, Zones
from aftersales_cli.documents.mail_reading import CalendarPart
from aftersales_cli.records.folding import cleaned
from aftersales_cli.tables.unreadable import Unreadable, said, too_big
from aftersales_cli.words import Say

OPENER = "aftersales_cli.documents.foreign_replies"
"""The module that a `Confined` may preload."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_LONGEST = 200
_IN_WORDS = Say("if the customer has answered in words, give the receipt with --task, --customer and --delivered-at")
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)


def open_replies(path: str, encoding: str | None, limits: dict[str, float]) -> dict[str, Any]:
    """`{"parts": [{"name", "events" or "unreadable", "damaged"}], "from", "date"}`, or `{"unreadable": …}`.

    `from` are the addresses that the mail says it is from, None for a calendar file; `date` is its date in UTC without
    saying so, None where there is none.
    """
    try:
        data = contents_of(Path(path), limits["file_mb"])
        found = list(calendars_in(data, PurePath(path).suffix.lower(), _IN_WORDS))
        parts = [_part(part, encoding, limits) for part in found]
    except Unreadable as error:
        return {"unreadable": error.plain()}
    mail = None if found and found[0].name is None else BytesHeaderParser().parsebytes(data)
    return {"parts": parts, "from": _senders(mail), "date": _date(mail)}


def _senders(mail: Message | None) -> list[str] | None:
    if mail is None:
        return None
    return [_plain(address) for _, address in getaddresses([str(value) for value in mail.get_all("From", [])])]


def _date(mail: Message | None) -> datetime | None:
    if mail is None or not mail["Date"]:
        return None
    try:
        at = parsedate_to_datetime(str(mail["Date"]))
        return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _part(part: CalendarPart, encoding: str | None, limits: dict[str, float]) -> dict[str, Any]:
    try:
        events = _events(text_of(part, encoding), limits)
        if not events:
            raise Unreadable(Say("there is no event in it"), Say("expected is a calendar's reply (METHOD:REPLY)"))
    except Unreadable as error:
        return {"name": part.name, "unreadable": error.plain(), "damaged": part.damaged}
    return {"name": part.name, "events": events, "damaged": part.damaged}


def _events(text: str, limits: dict[str, float]) -> list[dict[str, Any]]:
    if text.count("\n") > limits["cells"]:
        raise too_big("cells", limits["cells"])
    found: list[tuple[CalendarText, Component]] = []
    calendar = CalendarText()
    for part in calendars(text):
        if isinstance(part, CalendarText):
            calendar = part
        elif len(found) >= limits["rows"]:
            raise too_big("rows", limits["rows"])
        else:
            found.append((calendar, part))
    return [_event(calendar, event) for calendar, event in found]


def _event(calendar: CalendarText, event: Component) -> dict[str, Any]:
    """One event as plain data; its attendees as (address, name, answer, line), answers as the sender wrote them."""
    troubles: list[dict[str, Any]] = []
    if not event.closed:
        _trouble(
            troubles, event.line, Say("the event has no end: the file breaks off, or another one begins inside it")
        )
    return {
        "line": event.line,
        "method": calendar.method,
        "uid": _one(event, "UID", troubles),
        "sequence": _sequence(event, troubles),
        "stamp": _stamp(calendar, event, troubles),
        "attendees": [_attendee(line) for line in event.all("ATTENDEE")],
        "comment": _plain(next((line.text for line in event.all("COMMENT")), "")),
        "troubles": troubles,
    }


def _attendee(line: ContentLine) -> tuple[str, str, str, int]:
    address = _plain(_MAILTO.sub("", line.value.strip(), count=1))
    return address, _plain(line.params.get("CN", "")), _plain(line.params.get("PARTSTAT", "")).upper(), line.line


def _one(event: Component, name: str, troubles: list[dict[str, Any]]) -> str:
    lines = event.all(name)
    if len({line.value for line in lines}) == 1 and (value := _plain(lines[0].text)):
        return value
    says = Say("{name} stands {n} times in the event, not once", name=name, n=len(lines))
    if not lines:
        says = Say("the event has no {name}", name=name)
    _trouble(troubles, lines[-1].line if lines else event.line, says, name)
    return ""


def _sequence(event: Component, troubles: list[dict[str, Any]]) -> int:
    """0 where none stands, as RFC 5545 has it."""
    line = next(iter(event.all("SEQUENCE")), None)
    if line is None:
        return 0
    if re.fullmatch(r"[0-9]{1,9}", line.value.strip()):
        return int(line.value)
    _trouble(troubles, line.line, Say("{name} is no number", name=line.name), line.name)
    return 0


def _stamp(calendar: CalendarText, event: Component, troubles: list[dict[str, Any]]) -> datetime | None:
    line = next(iter(event.all("DTSTAMP")), None)
    try:
        return None if line is None else Zones(calendar.zones).instant(line).replace(tzinfo=None)
    except Untimed as error:
        _trouble(troubles, line.line if line else event.line, error.message, "DTSTAMP", error.hint)
        return None


def _trouble(
    troubles: list[dict[str, Any]], line: int, message: Say, field: str | None = None, hint: Say | None = None
) -> None:
    troubles.append({"line": line, "field": field, "message": said(message), "hint": said(hint) if hint else None})


def _plain(text: str) -> str:
    """In one line, without what is not seen, and not longer than a name or an address can be."""
    return cleaned(_UNSEEN.sub(" ", text[: 10 * _LONGEST]))[:_LONGEST]
