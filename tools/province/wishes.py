"""A cutover as it is wished for, before anybody knows which circuits it touches."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tools.province.service import Said

PLANNED, TEMPORARY, EMERGENCY = "计划", "临时", "紧急"
OUTAGE, MOMENTARY, NONE = "中断: {n}分钟", "瞬断: 小于5分钟", "不中断"
USUAL = "usual"
HOME = "贵州"
"""割接省 is a closed list of real provinces, so one of them has to lend its name; nothing else is taken from it."""


def at(text: str) -> datetime:
    """A moment of 2026, Beijing time: `06-09 23:00`."""
    return datetime.fromisoformat(f"2026-{text}")


class Wish(NamedTuple):
    """A cutover to be made. `pick` says what it touches, see `cutovers.py`; `hours` how long the window is.

    `filed` and `published` are as the cell means them; `USUAL` leaves them to chance. `about` is empty for an ordinary
    night.
    """

    about: str
    start: datetime
    hours: float
    reason: str
    pick: tuple[str, ...]
    category: str = PLANNED
    minutes: int = 30
    kind: str = OUTAGE
    scope: str = "BD"
    province: str = HOME
    letters: str = ""
    sort: str = ""
    filed: Said = USUAL
    published: Said = None
    actual: tuple[datetime, datetime | None] | None = None
    status: str = ""
    spoilt: str = ""
    book: str = ""
