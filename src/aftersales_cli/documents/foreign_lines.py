"""Content lines of a foreign calendar file (RFC 5545), each with its line in the file. Runs in the confined child."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_NAME = re.compile(r"[A-Za-z0-9-]+")
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=("[^"]*"|[^";:]*)')
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}  # RFC 6868
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One unfolded line; `value` is as it stands, escapes and all. Names are upper case, empty if none stands."""

    line: int
    raw: str
    name: str = ""
    params: Mapping[str, str] = field(default_factory=dict)
    value: str = ""

    @property
    def text(self) -> str:
        """The value as a TEXT, without its escapes."""
        return _ESCAPED.sub(lambda match: "\n" if match[1] in "nN" else match[1], self.value)


@dataclass(slots=True)
class Component:
    """One event: its own lines, not those of what stands inside it. `closed` is False where its end is not there."""

    line: int
    lines: list[ContentLine] = field(default_factory=list)
    closed: bool = False

    def all(self, name: str) -> list[ContentLine]:
        """The lines of one property, in the order of the file."""
        return [line for line in self.lines if line.name == name]


@dataclass(slots=True)
class CalendarText:
    """One VCALENDAR: its method, and its time zones as texts by name."""

    method: str = ""
    zones: dict[str, str] = field(default_factory=dict)


def calendars(text: str) -> Iterator[CalendarText | Component]:
    """Each calendar before its events, which follow one by one so that a reader may count and stop.

    A calendar's zones and method are complete only when the next calendar, or the end, is reached; an event's lines
    when the next one is.
    """
    calendar, event, zone = CalendarText(), None, None
    within: list[str] = []
    yield calendar
    for line in content_lines(text):
        opens, closes, what = line.name == "BEGIN", line.name == "END", line.value[:50].strip().upper()
        if opens and what == "VCALENDAR":
            calendar, event, zone, within = CalendarText(), None, None, []
            yield calendar
        elif opens and what == "VEVENT":  # also inside an event that never ended
            event, zone, within = Component(line.line), None, []
            yield event
        elif opens and what == "VTIMEZONE":
            event, zone, within = None, [line], []
        elif closes and what == "VEVENT" and event is not None:
            event.closed, event = not within, None  # a part that never ends has swallowed what follows it
        elif closes and what == "VTIMEZONE" and zone is not None:
            _keep_zone(calendar, [*zone, line])
            zone = None
        elif zone is not None:
            zone.append(line)
        elif opens:
            within.append(what)
        elif closes and within:
            within.pop()
        elif event is not None and not within:
            event.lines.append(line)
        elif line.name == "METHOD":
            calendar.method = what


def _keep_zone(calendar: CalendarText, lines: list[ContentLine]) -> None:
    name = next((line.text for line in lines if line.name == "TZID"), "")
    calendar.zones.setdefault(name.strip(), "\r\n".join(line.raw for line in lines) + "\r\n")


def content_lines(text: str) -> Iterator[ContentLine]:
    """The unfolded lines; empty ones are left out."""
    parts: list[str] = []
    first = 0
    for number, written in enumerate(io.StringIO(text, newline=None), 1):
        line = written.rstrip("\n")
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            continue
        if parts:
            yield _read(first, "".join(parts))
        first, parts = number, [line] if line.strip() else []
    if parts:
        yield _read(first, "".join(parts))


def _read(line: int, raw: str) -> ContentLine:
    name = _NAME.match(raw)
    if name is None:
        return ContentLine(line, raw)
    at, params = name.end(), {}
    while parameter := _PARAMETER.match(raw, at):
        params[parameter[1].upper()] = re.sub(r"\^[n'^]", lambda m: _CARET[m[0]], parameter[2].strip('"'))
        at = parameter.end()
    if raw[at : at + 1] != ":":
        return ContentLine(line, raw)
    return ContentLine(line, raw, name[0].upper(), params, raw[at + 1 :])
