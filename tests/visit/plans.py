"""A year's plan for tests: the shipped book and calendar, invented customers and engineers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from aftersales_cli import library
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.events import PlannedVisit, YearsPlan
from aftersales_cli.rules.book import Book, Numbers, load_book
from aftersales_cli.visit.days import Busy, YearDays, days_of
from aftersales_cli.visit.earlier import Earlier
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.naming import Staff
from aftersales_cli.visit.plan import Appointment, Plan
from aftersales_cli.visit.planning import Planner
from aftersales_cli.words import Say
from aftersales_cli.workdays.conventions import read_conventions
from aftersales_cli.workdays.opening import built_in

WHY = Say("assurance")


@cache
def book() -> Book:
    """The shipped rule book."""
    return load_book([library.content("rulebook")])


@cache
def numbers() -> Numbered:
    """The shipped book on the first day of 2026."""
    return Numbered.of(Numbers(book(), None), date(2026, 1, 1))


@cache
def year(number: int = 2026, since: date = date(2000, 1, 1)) -> YearDays:
    """The working days of a year by the shipped calendar."""
    conventions = read_conventions(library.content("rulebook"))
    return days_of(number, built_in(conventions), conventions.rests_by_law.of(number), since)


def staff(*engineers: Engineer) -> Staff:
    """These engineers, by the book's number of visits a week."""
    return Staff(engineers, numbers().visits_per_week, book().vocabularies["provinces"])


def customer(code: str, level: str = "地市级", **fields: object) -> Customer:
    """A customer in Shanghai with a chief engineer of its own."""
    known: dict[str, object] = {"name": f"{code}公司", "headquarters": "上海", "chief_engineer": "示例甲"}
    return Customer(code=code, level=level, **(known | fields))  # type: ignore[arg-type]


def planned(
    customers: Sequence[Customer],
    engineers: Sequence[Engineer] = (),
    busy: Mapping[str, Sequence[Busy]] | None = None,
    before: Sequence[PlannedVisit] | YearsPlan = (),
    days: YearDays | None = None,
    made: Mapping[str, Sequence[date]] | None = None,
) -> Plan:
    """The plan of these customers; `made` are days of visits by folded code."""
    plans = before if isinstance(before, YearsPlan) else YearsPlan(tuple(before))
    earlier = Earlier(plans, (days or year()).since)
    planner = Planner(days or year(), numbers(), staff(*engineers), busy or {}, earlier, made=made or {})
    return planner.plan(customers)


def remembered(plan: Plan) -> list[PlannedVisit]:
    """The plan as the ledger gives it back."""
    return [_remembered(plan, visit) for visit in plan.visits]


def _remembered(plan: Plan, visit: Appointment) -> PlannedVisit:
    wanted, slot = visit.wanted, visit.wanted.slot
    return PlannedVisit(plan.days.year, visit.customer.code, wanted.number, wanted.of, visit.day,
                        visit.customer.headquarters, visit.by.person.label, slot.start, slot.end,
                        sequence=visit.sequence)  # fmt: skip


def days_of_customer(plan: Plan, code: str) -> list[date]:
    """The days one customer is visited, in order."""
    return [visit.day for visit in plan.visits if visit.customer.code == code]
