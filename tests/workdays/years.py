"""The years of facts.md §4, as the public notices give them, written out by hand: independent of any package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Facts:
    """What one year's notice says."""

    holidays: frozenset[date]
    workdays: frozenset[date]


def days_of(year: int, text: str) -> list[date]:
    """`01-01…01-03, 02-02` as the days of a year."""
    found: list[date] = []
    for part in text.split(", "):
        first, _, last = part.partition("…")
        day, end = (date.fromisoformat(f"{year}-{written}") for written in (first, last or first))
        found += [day + timedelta(days=n) for n in range((end - day).days + 1)]
    return found


def _year(year: int, holidays: str, workdays: str) -> Facts:
    return Facts(frozenset(days_of(year, holidays)), frozenset(days_of(year, workdays)))


FACTS = {
    2011: _year(
        2011,
        "01-01…01-03, 02-02…02-08, 04-03…04-05, 04-30…05-02, 06-04…06-06, 09-10…09-12, 10-01…10-07",
        "01-30, 02-12, 04-02, 10-08, 10-09, 12-31",
    ),
    2024: _year(
        2024,
        "01-01, 02-10…02-17, 04-04…04-06, 05-01…05-05, 06-10, 09-15…09-17, 10-01…10-07",
        "02-04, 02-18, 04-07, 04-28, 05-11, 09-14, 09-29, 10-12",
    ),
    2025: _year(
        2025,
        "01-01, 01-28…02-04, 04-04…04-06, 05-01…05-05, 05-31…06-02, 10-01…10-08",
        "01-26, 02-08, 04-27, 09-28, 10-11",
    ),
    2026: _year(
        2026,
        "01-01…01-03, 02-15…02-23, 04-04…04-06, 05-01…05-05, 06-19…06-21, 09-25…09-27, 10-01…10-07",
        "01-04, 02-14, 02-28, 05-09, 09-20, 10-10",
    ),
}
