"""Reading days, times and pairs of times: one parser for every way they stand in people's files (D9)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Any

from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import cleaned
from aftersales_cli.records.values import BEIJING, DailyHours, Instant, Window
from aftersales_cli.words import Say

# in these patterns `#` is 1 for the first moment of a cell and 2 for the second
_DATE = r"(?P<y#>\d{4})(?:[-./年](?P<m#>\d{1,2})[-./月](?P<d#>\d{1,2})日?|(?P<c#>\d{4}))"
_TIME = r"(?P<h#>\d{1,2})(?:[:点时](?:(?P<i#>\d{1,2})分?(?::?(?P<k#>\d{1,2})(?:\.(?P<f#>\d+))?秒?)?|整)?)"
_CLOCK = rf"(?:{_TIME}|(?P<t#>\d\d\d\d(?:\d\d)?))"
_OFFSET = r"(?:\s?(?P<o#>Z|[+-]\d\d:?\d\d))?"
_MOMENT = rf"{_DATE}(?:(?P<e#>[T\s]?)\s?{_CLOCK}{_OFFSET})?"
_NIGHT = rf"(?P<n#>次日|翌日|第二天|\+1)?\s?{_CLOCK}"
_BETWEEN = r"\s?(?:/|--?|~|至|到|—+|–)\s?"


def _pattern(first: str, second: str = "") -> re.Pattern[str]:
    between = _BETWEEN if first and second else ""
    return re.compile(first.replace("#", "1") + between + second.replace("#", "2"), re.ASCII | re.IGNORECASE)


_ONE = _pattern(_MOMENT)
_TIME_ONLY = _pattern("", _NIGHT)
_PAIR = _pattern(_MOMENT, _MOMENT)
_PAIR_TO_TIME = _pattern(_MOMENT, _NIGHT)
_HOURS = _pattern(_CLOCK, _NIGHT)
_NO_YEAR = re.compile(r"\d{1,2}[-./月]\d{1,2}日?(?:\D.*)?", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)

# Smaller numbers in a date cell are years (2026) or minutes (30), which Excel would take for days before 1950.
_FIRST_YEAR = 1950
_LAST_SERIAL = 2958466  # Excel's calendar ends the day before
_EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel's days have no zone; Beijing is put on when read

INSTANT = Say("write a day and a time such as 2026-09-08 22:30; 24:00 is the latest time of a day")
DAY = Say("write a day such as 2026-09-08")
YEAR = Say("the year is missing: write a day such as 2026-09-08")
RANGE = Say("this number is no day that Excel knows: write 2026-09-08 22:30")
ZONE_RANGE = Say("the offset from UTC is out of range: write +08:00")
WINDOW = Say("write two times such as 20260908 22:00:00/20260909 02:00:00, or 20260908 22:00-02:00")
BACKWARDS = Say("the end must come after the start: write 20260908 22:00:00/20260909 02:00:00")
NO_TIMES = Say("the times of day are missing: write 20260908 00:00:00/20260909 00:00:00")
HOURS = Say("write hours of the day such as 08:00-20:00 or 22:00-06:00")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day with the time that was said (`timed`), as Beijing's clock shows it."""

    at: datetime
    timed: bool


def instant(cell: Any) -> Instant:
    """A moment in Beijing time; a day without a time gives `whole_day` (a spreadsheet's midnight is such a day)."""
    moment = _moment(cell, INSTANT)
    return Instant(moment.at, whole_day=not moment.timed)


def day(cell: Any) -> date:
    """A day; a time beside it is dropped."""
    return _moment(cell, DAY).at.date()


def window(cell: Any) -> Window:
    """A window: `A/B` in one cell (B may be a time only, past midnight too), or a tuple of two cells (D2, D9)."""
    start, end = _two_cells(*cell) if isinstance(cell, tuple) else _one_cell(cell)
    if not start.timed and not end.timed:
        raise Refused(NO_TIMES)
    if end.at <= start.at:
        raise Refused(BACKWARDS, part=1)
    return Window(start.at, end.at)


def daily_hours(cell: Any) -> DailyHours:
    """Hours of every day, `08:00-20:00`; the end may lie past midnight; 全天 is the whole day."""
    text = normal(cell) if isinstance(cell, str) else ""
    if text.casefold() in {"全天", "24小时", "all day"}:
        return DailyHours(0, 24 * 60)
    match = _HOURS.fullmatch(text)
    if not match:
        raise Refused(HOURS)
    start, end = (int(_clock(match, n).total_seconds()) // 60 for n in (1, 2))
    if end < start or match["n2"]:
        end += 24 * 60
    if start >= 24 * 60 or not start < end <= start + 24 * 60:
        raise Refused(HOURS)
    return DailyHours(start, end)


def normal(text: str) -> str:
    """Width folded, invisible characters and doubled spaces gone: what the patterns expect (D08)."""
    return text if text.isascii() and text.isprintable() and "  " not in text else _folded(text)


def _folded(text: str) -> str:
    return cleaned(unicodedata.normalize("NFKC", cleaned(text)))


def _moment(cell: Any, accepted: Say) -> _Moment:
    match cell:
        case str():
            return _from_text(normal(cell).strip(), accepted)
        case bool() | time() | timedelta():
            raise Refused(accepted)
        case int() | float():
            return _from_number(cell, accepted)
        case datetime():
            return _Moment(_plausible(_to_second(_in_beijing(cell), accepted), accepted), True)
        case date():
            return _Moment(_plausible(datetime(cell.year, cell.month, cell.day, tzinfo=BEIJING), accepted), False)
        case _:
            raise Refused(accepted)


def _from_number(number: float, accepted: Say) -> _Moment:
    if 10_000_000 <= number < 10**15 and number == int(number):  # 20110608 typed into a cell of numbers
        return _from_text(str(int(number)), accepted)
    if not 1 <= number < _LAST_SERIAL:
        raise Refused(RANGE)
    at = _EXCEL_ZERO + timedelta(seconds=round(number * 86400))
    return _Moment(_plausible(at.replace(tzinfo=BEIJING), RANGE), number != int(number))


def _from_text(text: str, accepted: Say) -> _Moment:
    match = _ONE.fullmatch(text)
    if match:
        return _matched(match, 1, accepted)
    if _SERIAL.fullmatch(text):
        return _from_number(float(text), accepted)
    raise Refused(YEAR if _NO_YEAR.fullmatch(text) else accepted)


def _one_cell(cell: Any) -> tuple[_Moment, _Moment]:
    if not isinstance(cell, str):
        raise Refused(WINDOW)
    text = normal(cell).strip()
    if match := _PAIR.fullmatch(text):
        return _timed(_matched(match, 1, WINDOW)), _timed(_matched(match, 2, WINDOW))
    if match := _PAIR_TO_TIME.fullmatch(text):
        start = _timed(_matched(match, 1, WINDOW))
        return start, _same_night(start, _clock(match, 2), bool(match["n2"]))
    raise Refused(YEAR if _NO_YEAR.fullmatch(text) else WINDOW)


def _two_cells(first: Any, second: Any) -> tuple[_Moment, _Moment]:
    start = _cell_moment(first)
    try:
        return start, _end(start, second)
    except Refused as refused:
        raise Refused(refused.accepted, part=1) from None


def _end(start: _Moment, cell: Any) -> _Moment:
    """The second of two cells: a moment, or a time of the same night."""
    if isinstance(cell, str) and (match := _TIME_ONLY.fullmatch(normal(cell).strip())):
        return _same_night(start, _clock(match, 2), bool(match["n2"]))
    if isinstance(cell, time):
        return _same_night(start, timedelta(hours=cell.hour, minutes=cell.minute, seconds=cell.second), False)
    return _cell_moment(cell)


def _cell_moment(cell: Any) -> _Moment:
    """A text must say its time of day; a spreadsheet's day without one is its midnight."""
    moment = _moment(cell, INSTANT)
    return _timed(moment) if isinstance(cell, str) else moment


def _timed(moment: _Moment) -> _Moment:
    if not moment.timed:
        raise Refused(NO_TIMES)
    return moment


def _same_night(start: _Moment, clock: timedelta, next_day: bool) -> _Moment:
    midnight = start.at.replace(hour=0, minute=0, second=0)
    end = midnight + clock
    if next_day or end < start.at:
        end += timedelta(days=1)
    return _Moment(end, True)


def _matched(match: re.Match[str], n: int, accepted: Say) -> _Moment:
    compact = match[f"c{n}"]
    month, dom = (compact[:2], compact[2:]) if compact else (match[f"m{n}"], match[f"d{n}"])
    try:
        at = datetime(int(match[f"y{n}"]), int(month), int(dom), tzinfo=BEIJING)
        timed = bool(match[f"h{n}"] or match[f"t{n}"])
        if timed:
            at = _at_offset(at + _clock(match, n), _offset(match, n, accepted))
    except (ValueError, OverflowError):
        raise Refused(accepted) from None
    return _Moment(_plausible(at, accepted), timed)


def _offset(match: re.Match[str], n: int, accepted: Say) -> str | None:
    """The offset from UTC; `2026-09-08 22:30-05:00` without a T is two times, not an offset."""
    offset = match[f"o{n}"]
    if offset and offset[0] == "-" and match[f"e{n}"] not in {"T", "t"}:
        raise Refused(accepted)
    return offset


def _clock(match: re.Match[str], n: int) -> timedelta:
    """The time of day, 0:00 to 24:00; a fraction is rounded to the second."""
    compact = match[f"t{n}"]
    if compact:
        hour, minute, second = int(compact[:2]), int(compact[2:4]), int(compact[4:] or 0)
    else:
        hour, minute, second = int(match[f"h{n}"]), int(match[f"i{n}"] or 0), int(match[f"k{n}"] or 0)
    if minute > 59 or second > 59 or hour * 3600 + minute * 60 + second > 86400:
        read = f"{hour:02}:{minute:02}" + (f":{second:02}" if second else "")
        raise Refused(
            Say("read “{time}”; accepted is 00:00 to 24:00, such as 2026-09-08 22:30 or 次日02:00", time=read)
        )
    up = not compact and match[f"f{n}"] is not None and match[f"f{n}"][0] >= "5"
    return timedelta(hours=hour, minutes=minute, seconds=second + up)


def _at_offset(at: datetime, offset: str | None) -> datetime:
    if offset is None:
        return at
    if offset in "Zz":
        zone = UTC
    else:
        digits = offset[1:].replace(":", "")
        ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        if ahead > timedelta(hours=14):
            raise Refused(ZONE_RANGE)
        zone = timezone(-ahead if offset[0] == "-" else ahead)
    return at.replace(tzinfo=zone).astimezone(BEIJING)


def _in_beijing(at: datetime) -> datetime:
    return at.replace(tzinfo=BEIJING) if at.tzinfo is None else at.astimezone(BEIJING)


def _to_second(at: datetime, accepted: Say) -> datetime:
    try:
        return at.replace(microsecond=0) + timedelta(seconds=at.microsecond >= 500_000)
    except OverflowError:  # the last half second of the calendar, which databases write for infinity
        raise Refused(accepted) from None


def _plausible(at: datetime, accepted: Say) -> datetime:
    if at.year < _FIRST_YEAR:
        raise Refused(accepted)
    return at
