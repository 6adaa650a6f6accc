"""Reads our own calendar files back before they are released, by the letter of RFC 5545 and 6868.

It shares nothing with the writer but the names of the fields, takes nothing that the writer should not have written,
and needs a tenth of the time of icalendar, which reads those of others (`calendar_reading`). A test holds the two
readers against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from aftersales_cli.documents.calendar import PRODUCER, Circuit, Impact, Status
from aftersales_cli.documents.mailbox import Mailbox

_LONGEST = 75  # bytes of a line
_LINE = re.compile(r'([A-Z-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^",;:]*))*):(.*)', re.DOTALL)
_PARAMETER = re.compile(r';([A-Z-]+)=(?:"([^"]*)"|([^",;:]*))')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_CARET = re.compile(r"\^([\^'n])")
_AROUND = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCER}"]

Property = tuple[dict[str, str], str]
"""Parameters and value of one line."""


def stated(data: bytes) -> dict[str, object]:
    """Everything the file says, by the names of `calendar.statements`; `unreadable` and `lines` tell what is wrong."""
    try:
        lines = data.decode("utf-8").replace("\r\n ", "").split("\r\n")
        method, inside = _framed(lines)
        found: dict[str, list[Property]] = {}
        for name, parameters, value in map(_parsed, inside):
            found.setdefault(name, []).append((parameters, value))
        said = {"method": method, **dict(_said(found))}
        return {**said, **_lines_say(data), **dict.fromkeys(found, "unknown")}
    except ValueError as error:
        return {"unreadable": str(error)}


def _lines_say(data: bytes) -> dict[str, object]:
    """What is wrong with the lines as such: nothing, unless one is too long or ended otherwise."""
    lines = data.split(b"\r\n")
    fit = all(len(line) <= _LONGEST and b"\r" not in line and b"\n" not in line for line in lines)
    return {} if fit and lines[-1] == b"" else {"lines": f"longer than {_LONGEST} bytes, or not ended by CR LF"}


def _framed(lines: list[str]) -> tuple[str | None, list[str]]:
    """The method, and the lines of the one event."""
    begin = lines.index("BEGIN:VEVENT")
    head, method = lines[: len(_AROUND)], lines[len(_AROUND) : begin]
    if head != _AROUND or len(method) > 1 or lines[-3:] != ["END:VEVENT", "END:VCALENDAR", ""]:
        raise ValueError("not one event in one calendar of ours")
    return method[0].removeprefix("METHOD:") if method else None, lines[begin + 1 : -3]


def _parsed(line: str) -> tuple[str, dict[str, str], str]:
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"no line of a calendar: {line[:60]}")
    parameters = {name: _uncareted(quoted or bare) for name, quoted, bare in _PARAMETER.findall(match[2])}
    return match[1], parameters, match[3]


def _uncareted(text: str) -> str:
    return _CARET.sub(lambda match: {"^": "^", "'": '"', "n": "\n"}[match[1]], text)


def _said(found: dict[str, list[Property]]) -> Iterator[tuple[str, object]]:
    """Takes out of `found` what a notice says; what is left there is too much."""

    def one(name: str) -> str:
        (_, value), *more = found.pop(name, [({}, "")])
        return value if not more else f"stands {len(more) + 1} times"

    yield "uid", _text(one("UID"))
    yield "sequence", int(one("SEQUENCE"))
    for field, name in (("stamp", "DTSTAMP"), ("start", "DTSTART"), ("end", "DTEND")):
        yield field, datetime.fromisoformat(one(name))
    yield "provider", _text(one("X-MAINTNOTE-PROVIDER"))
    yield "account", _text(one("X-MAINTNOTE-ACCOUNT"))
    yield "maintenance_id", _text(one("X-MAINTNOTE-MAINTENANCE-ID"))
    circuits = found.pop("X-MAINTNOTE-OBJECT-ID", [])
    yield "circuits", tuple(Circuit(_text(v), Impact(p.get("X-MAINTNOTE-OBJECT-IMPACT", ""))) for p, v in circuits)
    yield "status", Status(one("X-MAINTNOTE-STATUS"))
    yield "summary", _text(one("SUMMARY"))
    (organizer,) = map(_person, found.pop("ORGANIZER", []))
    yield "organizer", organizer
    yield "attendees", tuple(map(_person, found.pop("ATTENDEE", [])))
    yield "description", _text(one("DESCRIPTION"))
    yield "impact", Impact(one("X-MAINTNOTE-IMPACT"))
    yield "event_status", one("STATUS")


def _text(value: str) -> str:
    if re.search(r"(?<!\\)(?:\\\\)*[;,]", value):
        raise ValueError(f"a separator stands bare in {value[:60]}")
    return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)


def _person(said: Property) -> Mailbox:
    parameters, address = said
    if not address.startswith("mailto:"):
        raise ValueError(f"no address: {address[:60]}")
    return Mailbox(parameters.get("CN", ""), address.removeprefix("mailto:"))
