"""Availability of a circuit: one minus downtime over time; overlapping interruptions count once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from aftersales_cli.records.values import Window

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class Outage:
    """One interruption, start before or at end; `open` where nobody says that it is over: `end` is then as-of."""

    start: datetime
    end: datetime
    open: bool = False


@dataclass(frozen=True, slots=True)
class Availability:
    """`down` of `time`; no share where there was no time, as for a circuit that opened later."""

    time: timedelta
    down: timedelta

    @property
    def share(self) -> float | None:
        """Between 0 and 1; None where there was no time."""
        return 1 - self.down / self.time if self.time else None

    def __str__(self) -> str:
        """Per cent to three places, cut and not rounded: 100% is said only where nothing was down."""
        if not self.time:
            return "–"
        whole = self.time // timedelta(microseconds=1)
        up = whole - self.down // timedelta(microseconds=1)
        thousandths = up * 100_000 // whole
        return "100%" if not self.down else f"{thousandths // 1000}.{thousandths % 1000:03}%"


def merged(outages: Iterable[Outage]) -> Iterator[tuple[datetime, datetime]]:
    """The stretches in which at least one of them lasted, in order; those that touch are one."""
    start: datetime | None = None
    end: datetime | None = None
    for each in sorted(outages, key=lambda outage: (outage.start, outage.end)):
        if end is not None and each.start <= end:
            end = max(end, each.end)
            continue
        if start is not None and end is not None:
            yield start, end
        start, end = each.start, each.end
    if start is not None and end is not None:
        yield start, end


def available(outages: Iterable[Outage], start: datetime, end: datetime) -> Availability:
    """From `start` to `end`; what lies outside does not count, and of nothing (end before start) nothing is left."""
    clipped = ((max(start, a), min(end, b)) for a, b in merged(outages))
    down = sum((b - a for a, b in clipped if b > a), NOTHING)
    return Availability(max(NOTHING, end - start), down)


def together(each: Iterable[Availability]) -> Availability:
    """Several circuits as one: time and downtime summed."""
    found = tuple(each)
    return Availability(sum((one.time for one in found), NOTHING), sum((one.down for one in found), NOTHING))


def months(start: datetime, end: datetime) -> Iterator[Window]:
    """The calendar months between two moments, the first and the last cut; nothing where `end` is not later."""
    while start < end:
        first = start.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
        following = (first + timedelta(days=32)).replace(day=1)
        yield Window(start, min(end, following))
        start = following
