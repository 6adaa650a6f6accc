"""The year view's plain values: for each engineer the load of the weeks, for each customer its days on the year's line.

Lengths are in the units of the drawing: the year is `WIDTH` long.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.records.customers import Customer
from aftersales_cli.visit.days import DAY, Busy
from aftersales_cli.visit.naming import Person
from aftersales_cli.visit.plan import Appointment, Plan

WIDTH, HIGH = 1000.0, 30.0
SHOWN = 600
"""So many customers stand in one page; the workbook has all."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How the page says roles, levels and places, and so many of something (`visits`, `customers`).

    `stood` are the codes of customers whose visits stand as before.
    """

    roles: Mapping[str, str]
    phrases: Phrases
    counted: Callable[[str, int], str]
    stood: Collection[str] = ()

    def level(self, who: Customer) -> str:
        """A customer's level."""
        return self.phrases.term("customer_levels", who.level)

    def place(self, name: str) -> str:
        """A province in the page's language; any other place as it is written."""
        return self.phrases.term("provinces", name)


def year_view(plan: Plan, busy: Mapping[str, Sequence[Busy]], words: Wording) -> dict[str, object]:
    """What the template is given beside title and words; engineers by name, their customers by first visit."""
    theirs: dict[Person, dict[str, list[Appointment]]] = {person: {} for person in plan.loads}
    for visit in plan.visits:
        theirs[visit.by.person].setdefault(visit.customer.code, []).append(visit)
    room = SHOWN
    engineers: list[dict[str, object]] = []
    for person, customers in theirs.items():
        shown = list(customers.values())[: max(room, 0)]
        room -= len(shown)
        if shown:
            engineers.append(_engineer(plan, person, customers, shown, busy, words))
    everyone = sum(len(customers) for customers in theirs.values())
    return {
        "year": plan.days.year,
        "width": WIDTH,
        "months": _months(plan.days.year),
        "provisional": plan.days.provisional,
        "customers": len(plan.wanted),
        "visits": len(plan.visits),
        "open": len(plan.unplaced),
        "past": len(plan.past),
        "made": sum(one.made is not None for one in plan.past),
        "engineers": engineers,
        "people": len(plan.loads),
        "busiest": max((max(weeks.values()) for weeks in plan.loads.values()), default=0),
        "more": max(0, everyone - SHOWN),
        "weeks": _all_weeks(plan),
    }


def _months(year: int) -> list[dict[str, object]]:
    firsts = [date(year, n, 1) for n in range(1, 13)] + [date(year + 1, 1, 1)]
    return [
        {"number": n + 1, "x": _x(firsts[n], year), "width": round(_x(firsts[n + 1], year) - _x(firsts[n], year), 1)}
        for n in range(12)
    ]


def _x(day: date, year: int) -> float:
    first = date(year, 1, 1)
    return round((day - first).days / (date(year + 1, 1, 1) - first).days * WIDTH, 1)


def _engineer(
    plan: Plan,
    person: Person,
    customers: Mapping[str, list[Appointment]],
    shown: Iterable[list[Appointment]],
    busy: Mapping[str, Sequence[Busy]],
    words: Wording,
) -> dict[str, object]:
    weeks = plan.loads[person]
    peak = max(weeks.values())
    return {
        "name": person.label,
        "place": words.place(person.place),
        "listed": person.listed,
        "unread": person.unread,
        "visits": words.counted("visits", sum(weeks.values())),
        "customers": words.counted("customers", len(customers)),
        "peak": peak,
        "monday": min(monday for monday, load in weeks.items() if load == peak).isoformat(),
        "room": person.capacity,
        "bars": _bars(weeks, max(peak, person.capacity), plan.days.year),
        "line": round(HIGH - HIGH * person.capacity / max(peak, person.capacity, 1), 1),
        "rows": [_row(plan, visits, busy.get(visits[0].customer.code, ()), words) for visits in shown],
    }


def _bars(weeks: Mapping[date, int], most: int, year: int) -> list[dict[str, object]]:
    first, after = date(year, 1, 1), date(year + 1, 1, 1)
    found: list[dict[str, object]] = []
    for monday, load in sorted(weeks.items()):
        x, end = _x(max(monday, first), year), _x(min(monday + 5 * DAY, after), year)
        height = round(HIGH * load / max(most, 1), 1)
        found.append({"x": x, "width": round(end - x, 1), "y": round(HIGH - height, 1), "height": height,
                      "load": load, "monday": monday.isoformat()})  # fmt: skip
    return found


def _all_weeks(plan: Plan) -> list[dict[str, object]]:
    """The load of all engineers together."""
    total: dict[date, int] = {}
    for weeks in plan.loads.values():
        for monday, load in weeks.items():
            total[monday] = total.get(monday, 0) + load
    return _bars(total, max(total.values(), default=1), plan.days.year)


def _row(plan: Plan, visits: Sequence[Appointment], busy: Sequence[Busy], words: Wording) -> dict[str, object]:
    year, who = plan.days.year, visits[0].customer
    slots = [visit.wanted.slot for visit in visits]
    return {
        "code": who.code,
        "name": who.name,
        "level": words.level(who),
        "place": words.place(who.headquarters),
        "role": words.roles[visits[0].by.role.value],
        "filed": visits[0].filed,
        "stands": who.code in words.stood,
        "slots": [_x(slot.start, year) for slot in slots[1:]],
        "peace": [
            {"x": _x(max(each.start, date(year, 1, 1)), year), "width": _length(each, year)}
            for each in busy
            if each.start <= date(year, 12, 31) and each.end >= date(year, 1, 1)
        ],
        "days": [
            {"x": _x(visit.day, year), "text": f"{visit.day.month}-{visit.day.day}", "day": visit.day.isoformat(),
             "moved": visit.moved_from.isoformat() if visit.moved_from else ""}
            for visit in visits
        ],
    }  # fmt: skip


def _length(each: Busy, year: int) -> float:
    start, end = max(each.start, date(year, 1, 1)), min(each.end, date(year, 12, 31))
    return round(_x(end + DAY, year) - _x(start, year), 1)
