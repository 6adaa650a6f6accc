"""How people and systems write a value into a cell: the same window in a dozen ways (reliability.md, D01–D04)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from random import Random

from tools.province.model import Task
from tools.province.service import Said

Cell = str | float | datetime | time
EMPTY = ""
_WIDE = {ord(narrow): chr(ord(narrow) + 0xFEE0) for narrow in "0123456789:/.-~()ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
_EXCEL_ZERO = datetime.fromisoformat("1899-12-30")
DAY = timedelta(days=1)


def wide(text: str) -> str:
    """The same in full-width characters."""
    return text.translate(_WIDE)


def serial(moment: datetime) -> float:
    """The number that Excel keeps for a moment."""
    return round((moment - _EXCEL_ZERO) / DAY, 9)


def window(rng: Random, task: Task) -> str:
    """A window in one cell."""
    start, end = task.start, task.end
    if end.time() == time():  # midnight is the end of the day that was
        return f"{start:%Y-%m-%d %H:%M}-24:00"
    crosses = start.date() != end.date()
    ways = (
        f"{start:%Y%m%d %H:%M:%S}/{end:%Y%m%d %H:%M:%S}",
        f"{start:%Y%m%d %H:%M:%S}/{end:%Y%m%d %H:%M:%S}",
        f"{_dotted(start)} {start:%H:%M}-{end:%H:%M}",
        f"{start.year}/{start.month}/{start.day} {start:%H:%M}～{'次日' if crosses else ''}{end:%H:%M}",
        f"{_spoken(start)}至{_spoken(end)}",
        wide(f"{_dotted(start)} {start:%H:%M}") + "—" + wide(f"{_dotted(end)} {end:%H:%M}"),
        f" {start:%Y-%m-%d %H:%M} ~ {end:%Y-%m-%d %H:%M}\u3000",
    )
    return rng.choice(ways)


def start_and_end(rng: Random, task: Task) -> tuple[Cell, Cell]:
    """A window in two cells of a workbook."""
    start, end = task.start, task.end
    first = rng.choice(
        (start, start, serial(start), f"{_dotted(start)} {start:%H:%M}", f"{start:%Y-%m-%d} {start:%H：%M}")
    )
    if end.time() == time():
        return first, "24:00"
    last = (end, end, serial(end), f"{'次日' if start.date() != end.date() else ''}{end:%H:%M}", end.time())
    return first, rng.choice(last)


def start_and_end_as_text(rng: Random, task: Task) -> tuple[str, str]:
    """A window in two cells of a text."""
    start, end = task.start, task.end
    if rng.random() < 0.4 and time() not in {start.time(), end.time()}:  # a whole number would be a day, not a moment
        return f"{serial(start):.9f}", f"{serial(end):.9f}"
    return f"{start:%Y-%m-%d %H:%M:%S}", f"{end:%Y-%m-%d %H:%M:%S}"


def instant(rng: Random, said: Said) -> str:
    """A moment, a word or nothing, as text."""
    if not isinstance(said, datetime):
        return said or EMPTY
    return rng.choice(
        (f"{said:%Y-%m-%d %H:%M}", f"{said:%Y/%m/%d %H:%M:%S}", f"{_dotted(said)} {said:%H:%M}", _spoken(said))
    )


def moment(rng: Random, said: Said) -> Cell:
    """The same in a workbook, where it may be a true date."""
    return said if isinstance(said, datetime) and rng.random() < 0.7 else instant(rng, said)


def interruption(rng: Random, said: str) -> str:
    """中断: 30分钟 and its like, with the colons and spaces that people use."""
    spaced = said.replace(": ", " ").replace("分钟", " 分钟")
    return rng.choice((said, said, said.replace(": ", "："), wide(said).replace(" ", ""), spaced))


def code(rng: Random, text: str, *, invisible: bool = True) -> str:
    """A circuit code or a resource, now and then with what a copy from elsewhere brings along."""
    ways = (
        f"{text} ",
        f"\u3000{text}",
        wide(text),
        f"{text[:2]}-{text[2:]}" if "-" not in text and "/" not in text else text,
    )
    if rng.random() < 0.8:
        return text
    return f"{text[:4]}\u200b{text[4:]}" if invisible and rng.random() < 0.3 else rng.choice(ways)


def codes(rng: Random, texts: Sequence[str], *, invisible: bool = True) -> str:
    """Several of them in one cell."""
    return rng.choice(("；", "、", "\n", "; ")).join(code(rng, text, invisible=invisible) for text in texts)


def name(rng: Random, text: str) -> str:
    """A customer's name; brackets and spaces vary."""
    if not text or rng.random() < 0.75:
        return text
    return rng.choice((wide(text), f"{text}　", f"{text[:2]} {text[2:]}"))


def province(rng: Random, text: str) -> str:
    """With and without 省."""
    return f"{text}省" if text in {"贵州", "四川", "湖南", "云南"} and rng.random() < 0.2 else text


def _dotted(day: datetime) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _spoken(moment: datetime) -> str:
    return f"{moment.year}年{moment.month}月{moment.day}日{moment.hour}时{moment:%M}分"
