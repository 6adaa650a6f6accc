"""The events of a foreign calendar text as plain data, in the public maintenance-notice form. In the confined child.

Nothing is judged by words here: impact and status stay as the sender wrote them. What is wrong becomes a trouble beside
the event, with its line, so that no circuit of it is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from aftersales_cli.documents.foreign_lines import CalendarText, Component, ContentLine, calendars
from aftersales_cli.documents.foreign_zones import Untimed, Zones, duration
from aftersales_cli.records.folding import cleaned
from aftersales_cli.tables.unreadable import said, too_big
from aftersales_cli.words import Say

_PREFIX = "X-MAINTNOTE-"
_LONGEST_ID, _LONGEST_TEXT = 120, 2_000
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
_REPEATS = ("RRULE", "RDATE")


def foreign_events(text: str, most: float, lines: float) -> list[dict[str, Any]]:
    """Every event of a text; `Unreadable` where events and circuits together are more than the limit `rows` (`most`).

    The same for a text with more `lines` than the limit `cells`.
    """
    if text.count("\n") > lines:
        raise too_big("cells", lines)
    found: list[tuple[CalendarText, Component]] = []
    calendar = CalendarText()
    for part in calendars(text):
        if isinstance(part, CalendarText):
            calendar = part
        else:
            found.append((calendar, part))
            if len(found) > most:
                raise too_big("rows", most)
    objects = sum(len(event.all(f"{_PREFIX}OBJECT-ID")) for _, event in found)
    if objects + len(found) > most:
        raise too_big("rows", most)
    zones = {id(calendar): Zones(calendar.zones) for calendar, _ in found}
    return [_Event(calendar, event, zones[id(calendar)]).plain() for calendar, event in found]


class _Event:
    """One event, read property by property; what is wrong is collected."""

    def __init__(self, calendar: CalendarText, event: Component, zones: Zones) -> None:
        self._calendar, self._event, self._zones = calendar, event, zones
        self._troubles: list[dict[str, Any]] = []

    def plain(self) -> dict[str, Any]:
        """The event as plain data; times in UTC without saying so (the pipe knows no zones), None if there is none."""
        if not any(line.name.startswith(_PREFIX) for line in self._event.lines):
            return {"line": self._event.line, "ordinary": True, "summary": self._text("SUMMARY", needed=False)}
        self._look_at_lines()
        start, end = self._start(), self._end()
        if start and end and end <= start:
            self._trouble(Say("the event ends before it begins, or as it begins"), self._one("DTEND"))
        return {
            "line": self._event.line,
            "ordinary": False,
            "method": self._calendar.method,
            "uid": self._id("UID", needed=False),
            "sequence": self._sequence(),
            "stamp": _bare(self._stamp()),
            "start": _bare(start),
            "end": _bare(end),
            "provider": self._id(f"{_PREFIX}PROVIDER"),
            "maintenance_id": self._id(f"{_PREFIX}MAINTENANCE-ID"),
            "objects": list(self._objects()),
            "impact": self._text(f"{_PREFIX}IMPACT", needed=False),
            "status": self._text(f"{_PREFIX}STATUS", needed=False) or self._text("STATUS", needed=False),
            "summary": self._text("SUMMARY", needed=False),
            "troubles": self._troubles,
        }

    def _look_at_lines(self) -> None:
        if not self._event.closed:
            hint = Say("get the file again: it has not arrived whole")
            self._trouble(Say("the event has no end: the file breaks off, or another one begins inside it"), hint=hint)
        for line in self._event.lines:
            if not line.name:
                grave = _PREFIX in line.raw.upper()
                self._trouble(Say("the line is no property of a calendar"), line, error=grave, found=line.raw)
            elif line.name in _REPEATS:
                hint = Say("ask the sender for one event for each window")
                self._trouble(Say("the event repeats ({name}); one window is expected", name=line.name), line, hint)

    def _start(self) -> datetime | None:
        line = self._one("DTSTART")
        return None if line is None else self._timed(line)

    def _end(self) -> datetime | None:
        if (line := self._one("DTEND", needed=False)) is not None:
            return self._timed(line)
        lasts, begins = self._one("DURATION", needed=False), self._one("DTSTART", needed=False)
        if lasts is None or begins is None:
            self._one("DTEND")
            return None
        try:
            return self._zones.instant(begins) + duration(lasts)
        except Untimed as error:
            self._trouble(error.message, lasts, error.hint)
        except OverflowError:
            self._trouble(Say("{name} is no length of time", name=lasts.name), lasts)
        return None

    def _timed(self, line: ContentLine) -> datetime | None:
        try:
            return self._zones.instant(line)
        except Untimed as error:
            self._trouble(error.message, line, error.hint)
            return None

    def _stamp(self) -> datetime | None:
        """When the sender made it: only orders two versions, so one that cannot be read is none."""
        line = next(iter(self._event.all("DTSTAMP")), None)
        try:
            return None if line is None else self._zones.instant(line)
        except Untimed:
            return None

    def _sequence(self) -> int:
        line = self._one("SEQUENCE", needed=False)
        if line is None:
            return 0
        if re.fullmatch(r"[0-9]{1,9}", line.value.strip()):
            return int(line.value)
        self._trouble(Say("{name} is no number; it counts as 0", name=line.name), line, error=False)
        return 0

    def _objects(self) -> Iterator[tuple[str, str, int]]:
        """Code, impact as written (empty where it is not) and line of each circuit."""
        for line in self._event.all(f"{_PREFIX}OBJECT-ID"):
            code = _plain(line.text)
            if not code or len(code) > _LONGEST_ID:
                self._trouble(Say("{name} is empty, or longer than any circuit's code", name=line.name), line)
                continue
            yield code, _plain(line.params.get(f"{_PREFIX}OBJECT-IMPACT", "")), line.line

    def _id(self, name: str, *, needed: bool = True) -> str:
        line = self._one(name, needed=needed)
        found = "" if line is None else _plain(line.text)
        if line is not None and (len(found) > _LONGEST_ID or (needed and not found)):
            self._trouble(Say("{name} is empty, or too long", name=name), line)
        return found[:_LONGEST_ID]

    def _text(self, name: str, *, needed: bool = True) -> str:
        line = self._one(name, needed=needed)
        return "" if line is None else _plain(line.text)[:_LONGEST_TEXT]

    def _one(self, name: str, *, needed: bool = True) -> ContentLine | None:
        lines = self._event.all(name)
        if len(lines) == 1 or (not lines and not needed):
            return lines[0] if lines else None
        if not lines:
            self._trouble(Say("the event has no {name}", name=name), field=name)
            return None
        if any(line.value != lines[0].value or line.params != lines[0].params for line in lines):
            self._trouble(Say("{name} stands {n} times in the event, not once", name=name, n=len(lines)), lines[1])
        return lines[0]

    def _trouble(
        self,
        message: Say,
        line: ContentLine | None = None,
        hint: Say | None = None,
        *,
        error: bool = True,
        found: str | None = None,
        field: str | None = None,
    ) -> None:
        trouble = {
            "line": line.line if line else self._event.line,
            "field": line.name if line else field,
            "found": (found or (line.value if line else None) or "")[:200] or None,
            "message": said(message),
            "hint": said(hint) if hint else None,
            "error": error,
        }
        if trouble not in self._troubles:
            self._troubles.append(trouble)


def _plain(text: str) -> str:
    """In one line, without what is not seen."""
    return cleaned(_UNSEEN.sub(" ", text[: 10 * _LONGEST_TEXT]))


def _bare(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None
