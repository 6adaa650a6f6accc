"""The worker's entry for another carrier's notice: a calendar file, or a mail that holds one. In the confined child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from aftersales_cli.documents.foreign_events import foreign_events
from aftersales_cli.documents.mail_reading import CalendarPart, calendar_parts
from aftersales_cli.errors import Exit
from aftersales_cli.tables.delimited import decoded
from aftersales_cli.tables.unreadable import Unreadable, too_big
from aftersales_cli.words import Say

OPENER = "aftersales_cli.documents.foreign_notices"
"""The module that a `Confined` may preload."""
_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:VCALENDAR", re.IGNORECASE)
_HEADER = re.compile(rb"(?:\xef\xbb\xbf)?(?:From |[!-9;-~]+[ \t]*:)")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = (".ics", ".ical", ".icalendar")
_IN_WORDS = Say(
    "if the notice is written in the mail's text, type the row into the form of “aftersales forms cutovers”"
)


def open_notices(path: str, encoding: str | None, limits: dict[str, float]) -> dict[str, Any]:
    """`{"parts": [{"name", "events" or "unreadable", "damaged"}]}`, or `{"unreadable": …}`; all of it plain data.

    `name` is the calendar's name inside a mail, None for a calendar file; lines are counted within the calendar.
    """
    try:
        data = contents_of(Path(path), limits["file_mb"])
        found = list(calendars_in(data, PurePath(path).suffix.lower()))
        return {"parts": [_part(part, encoding, limits) for part in found]}
    except Unreadable as error:
        return {"unreadable": error.plain()}


def contents_of(path: Path, most_mb: float) -> bytes:
    """The bytes of a file people have saved; `Unreadable` where it is missing, empty or larger than the limit."""
    try:
        if not path.is_file():
            gone = Say("this is no file") if path.exists() else Say("there is no such file")
            raise Unreadable(gone, code=Exit.NO_INPUT)
        if path.stat().st_size > most_mb * 1_000_000:
            raise too_big("file_mb", most_mb)
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(Say("it cannot be read: {why}", why=error.strerror or ""), code=Exit.NO_INPUT) from None
    if not data:
        raise Unreadable(Say("the file is empty (0 bytes)"), Say("get it again: it has not arrived whole"))
    return data


def calendars_in(data: bytes, suffix: str, hint: Say = _IN_WORDS) -> Iterator[CalendarPart]:
    """The file itself where it is a calendar, else each calendar of the mail once; `Unreadable` (`hint`) for none."""
    if _CALENDAR.match(data) or suffix in _SUFFIXES:
        yield CalendarPart(None, data)
        return
    if data.startswith(_OLE):
        raise Unreadable(Say("this is an Outlook message (.msg)"), Say("save it as .eml, or save the .ics inside it"))
    if not _HEADER.match(data):
        raise Unreadable(Say("this is neither a calendar file (.ics) nor a mail (.eml)"))
    try:
        found = list(calendar_parts(data))
    except RecursionError:
        raise Unreadable(Say("the mail is nested too deeply to be read")) from None
    if not found:
        raise Unreadable(Say("the mail holds no calendar"), hint)
    seen: set[bytes] = set()
    for part in found:  # a calendar often stands twice in a mail: beside the text, and as a file
        if (content := b"\n".join(part.content.split())) not in seen:
            seen.add(content)
            yield part


def _part(part: CalendarPart, encoding: str | None, limits: dict[str, float]) -> dict[str, Any]:
    try:
        events = foreign_events(text_of(part, encoding), limits["rows"], limits["cells"])
        if not events:
            raise Unreadable(
                Say("there is no event in it"), Say("expected is a calendar (.ics) with X-MAINTNOTE fields")
            )
    except Unreadable as error:
        return {"name": part.name, "unreadable": error.plain(), "damaged": part.damaged}
    return {"name": part.name, "events": events, "damaged": part.damaged}


def text_of(part: CalendarPart, encoding: str | None) -> str:
    """By the name the mail gives, as far as it holds; else as every text of people's files."""
    named = None if encoding else part.charset
    if named and named.lower() not in ("utf-8", "us-ascii"):
        try:
            wider = "gb18030" if named.lower() in ("gb2312", "gbk", "x-gbk", "gb_2312-80") else named
            return part.content.decode(wider)
        except (LookupError, UnicodeDecodeError):
            pass
    return decoded(part.content, encoding or _utf8(part.content))


def _utf8(content: bytes) -> str | None:
    """RFC 5545 says UTF-8: what holds as such is not doubted, accents alone (a carrier abroad) included."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" in content else "utf-8"
