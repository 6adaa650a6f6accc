"""The sheets of a plan with a row for each customer: the filing copy, the year's calendar (R20, R21)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aftersales_cli.documents.sheets import Cell, Column, Sheet
from aftersales_cli.jobs.visit_plan_sheets import Sheets
from aftersales_cli.visit.plan_years import CustomerYear, years

NO_DAY = "–"
"""Stands where a visit has no day."""


def filing(sheets: Sheets) -> Sheet:
    """Everybody whose plan goes to the group company, with or without days: list, frequency, content (R20, R21)."""
    columns = sheets.columns(
        ("no", 6, True), ("code", 12, False), ("name", 30, False), ("level", 10, True), ("grade", 9, True),
        ("control", 10, True), ("place", 11, True), ("times", 9, True), ("days", 46, False), ("engineer", 12, True),
    )  # fmt: skip
    rank, lowest = sheets.words["customer_levels"].rank, len(sheets.words["customer_levels"].terms)
    filed = [one for one in years(sheets.plan) if _is_filed(sheets, one)]
    filed.sort(key=lambda one: (lowest if (at := rank(one.customer.level)) is None else at, one.customer.code))
    rows = [_filed(sheets, n, one) for n, one in enumerate(filed, start=1)]
    title = sheets.say("filing_title", year=sheets.plan.days.year)
    sheet = sheets.sheet("filing", title, columns, rows, frozen=3, of=filed)
    contents = [(one.customer.level, _content(sheets, one)) for one in filed]
    return replace(sheet, notes=(*sheet.notes, *sheets.contents(contents)))


def _is_filed(sheets: Sheets, one: CustomerYear) -> bool:
    return any(visit.filed for visit in one.visits) or sheets.numbers.is_filed(one.customer.level)


def _content(sheets: Sheets, one: CustomerYear) -> Sequence[str]:
    return one.visits[0].content if one.visits else sheets.numbers.content(one.customer.level)


def _filed(sheets: Sheets, number: int, one: CustomerYear) -> list[Cell]:
    who = one.customer
    return [number, who.code, who.name, sheets.level(who), sheets.term("service_grades", who.service_grade),
            sheets.term("control_levels", who.control_level), sheets.place(who.headquarters),
            one.of, "\n".join(_days(sheets, one)), _names(one)]  # fmt: skip


def _names(one: CustomerYear) -> str:
    return "、".join(one.engineers) or NO_DAY


def _days(sheets: Sheets, one: CustomerYear) -> Iterator[str]:
    """The days; then why other visits of the year have none."""
    if one.visits:
        yield sheets.days(one.visits)
    yield from _remarks(sheets, one)
    made = [past.made for past in one.past if past.made]
    if made:
        yield sheets.say("made_on", days=sheets.say("comma").join(f"{day:%m-%d}" for day in made))
    over = [sheets.span(past.wanted.slot) for past in one.past if not past.made]
    if over:
        yield sheets.say("over", slots=sheets.say("comma").join(over))


def _remarks(sheets: Sheets, one: CustomerYear) -> Iterator[str]:
    """That what is shown stands as before; why visits could not be placed, with their slots unless that is all."""
    if one.customer.code in sheets.stood:
        yield sheets.say("stands")
    for why, unplaced in one.reasons:
        slots = sheets.say("comma").join(sheets.span(each.wanted.slot) for each in unplaced)
        key = "no_day" if len(unplaced) == one.of else "no_day_in"
        yield sheets.say(key, slots=slots, why=why.to(sheets.language))


def calendar(sheets: Sheets) -> Sheet:
    """A row for each customer, a column for each month: the days, and where a visit has none, why."""
    found = years(sheets.plan)
    remarks = {one.customer.code: "\n".join(_remarks(sheets, one)) for one in found}
    remarked = any(remarks.values())
    columns = [
        *sheets.columns(("code", 12, False), ("name", 28, False), ("level", 10, True), ("engineer", 12, True)),
        *(Column(sheets.say("months", n=n), 8.5, middle=True) for n in range(1, 13)),
        *sheets.columns(("total", 8, True), *([("remark", 34.0, False)] if remarked else [])),
    ]
    rows = [
        [*_months(sheets, one), *([remarks[one.customer.code]] if remarked else [])]
        for one in sorted(found, key=lambda one: (_names(one), one.customer.code))
        if one.visits or one.unplaced
    ]
    visits = sheets.plan.visits
    counts: list[Cell] = [sum(visit.day.month == n for visit in visits) for n in range(1, 13)]
    rows.append([None, sheets.say("total"), None, None, *counts, len(visits), *([None] if remarked else [])])
    return sheets.sheet("calendar", sheets.title, columns, rows, frozen=2)


def _months(sheets: Sheets, one: CustomerYear) -> list[Cell]:
    """Of a visit without a day the first month of its slot has a dash."""
    found: dict[int, list[str]] = {}
    for visit in one.visits:
        found.setdefault(visit.day.month, []).append(str(visit.day.day))
    for unplaced in one.unplaced:
        found.setdefault(unplaced.wanted.slot.start.month, []).append(NO_DAY)
    days: list[Cell] = ["、".join(found.get(n, ())) for n in range(1, 13)]
    return [one.customer.code, one.customer.name, sheets.level(one.customer), _names(one), *days, len(one.visits)]
