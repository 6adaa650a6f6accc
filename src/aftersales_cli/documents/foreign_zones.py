"""Times of a foreign calendar as instants: UTC, or a zone that the file, the IANA or Windows names; in the child."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aftersales_cli.documents.foreign_lines import ContentLine
from aftersales_cli.words import Say

_TIME = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)", re.ASCII)
_DAY = re.compile(r"\d{8}", re.ASCII)
_DURATION = re.compile(
    r"\+?P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?", re.ASCII
)
_OF_THIS_MACHINE = frozenset({"localtime", "posixrules", "Factory"})
_HINT = Say("it must be in UTC (20260615T160000Z) or name its zone (TZID=Asia/Shanghai)")


class Untimed(Exception):  # noqa: N818 - a verdict on a time, told as a problem
    """A time that nobody can place; `message` and `hint` say why."""

    def __init__(self, message: Say, hint: Say | None = None) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Zones:
    """The zones of one calendar: those it describes, then those of the IANA, then those that Windows names."""

    def __init__(self, described: Mapping[str, str]) -> None:
        self._described = described
        self._made: dict[str, tzinfo | None] = {}

    def instant(self, line: ContentLine) -> datetime:
        """The moment a DTSTART or DTEND says, in UTC; raises `Untimed`."""
        value = line.value.strip()
        if _DAY.fullmatch(value):
            raise Untimed(Say("{name} is a day without a time", name=line.name), _HINT)
        match = _TIME.fullmatch(value)
        if match is None:
            raise Untimed(Say("{name} is no time", name=line.name), _HINT)
        try:
            clock = datetime(*map(int, match.groups()[:6]), tzinfo=UTC)  # type: ignore[misc,arg-type]
            return clock if match[7] else clock.replace(tzinfo=self._of(line)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Untimed(Say("{name} is a time that does not exist", name=line.name), _HINT) from None

    def _of(self, line: ContentLine) -> tzinfo:
        name = line.params.get("TZID", "").strip()
        if not name:
            raise Untimed(Say("{name} does not say in which time zone it is", name=line.name), _HINT)
        if name not in self._made:
            self._made[name] = self._zone(name)
        zone = self._made[name]
        if zone is None:
            message = Say("{name} is in a time zone that is not known: {zone}", name=line.name, zone=name[:80])
            raise Untimed(message, Say("ask the sender for the time in UTC"))
        return zone

    def _zone(self, name: str) -> tzinfo | None:
        if name in self._described:  # what the sender describes is what the sender means
            return _described(self._described[name])
        if name in _OF_THIS_MACHINE:
            return None
        return _named(name) or _named(_as_windows_says(name))


def _named(name: str) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _as_windows_says(name: str) -> str:
    """The IANA's name for Windows' one, as `China Standard Time`: Outlook leaves out what it takes for known."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # made of Unicode's list; 0.1 s, where needed

    return WINDOWS_TO_OLSON.get(name, "")


def _described(block: str) -> tzinfo | None:
    from icalendar import Timezone  # 0.1 s, only where a zone is described

    try:
        read = Timezone.from_ical(block)
        zone = read.to_tz(lookup_tzid=False) if isinstance(read, Timezone) else None
        datetime(2026, 1, 1, tzinfo=zone).utcoffset()
    except Exception:  # noqa: BLE001 - whatever a foreign description makes of the library
        return None
    return zone if isinstance(zone, tzinfo) else None


def duration(line: ContentLine) -> timedelta:
    """The length that a DURATION says; raises `Untimed`."""
    match = _DURATION.fullmatch(line.value.strip())
    if match is None or not any(match.groups()):
        raise Untimed(Say("{name} is no length of time", name=line.name))
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
