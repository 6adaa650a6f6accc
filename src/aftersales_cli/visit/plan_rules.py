"""PLN-1 to PLN-5: what the book asks of a year's routine plan (R19–R21)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records import amounts, cells, moments, one_of
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.values import Window
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.visit.days import after_nights, assured
from aftersales_cli.visit.frequency import (
    CAPACITY,
    CONTENT,
    FILING,
    FREQUENCY,
    LEVELS,
    PEACE,
    frequency,
    listed,
    unlisted,
)
from aftersales_cli.words import Counted, Say

EXTRAS = (
    "begins",
    "visits",
    "content",
    "busiest",
    "visits_per_week",
    "filed",
    "visited_on",
    "assured",
    "cutover",
)
"""What a case says of the plan beside the customer: the year's first day, and what was planned."""
NOBODY_SAYS = Unknown("visits_per_week", Say("nobody says how many visits the engineer can make"))


@dataclass(frozen=True, slots=True)
class InPlan:
    """A customer in the plan of the year that `begins`; `busiest` are the most visits of its engineer in a week.

    `visits_per_week` is the engineer's own capacity; where it is unknown the book's counts. `peace` are times in which
    the customer is protected, `works` those in which its circuits are cut over, each with the cell that says so;
    `visited_on` the days of its visits.
    """

    begins: date
    level: Fact[str]
    service_grade: Fact[str]
    control_level: Fact[str]
    visits: int = 0
    content: tuple[str, ...] = ()
    filed: bool = False
    busiest: int = 0
    visits_per_week: Fact[int] = NOBODY_SAYS
    visited_on: tuple[date, ...] = ()
    peace: tuple[Known[Window], ...] = ()
    works: tuple[Known[Window], ...] = ()


@subject("customers", extras=EXTRAS)
def in_plan_of_case(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> InPlan:
    """The customer of a row of a case table, and its plan."""
    del tools
    number = extras.get("visits_per_week")
    return InPlan(
        begins=moments.day(extras["begins"]),
        level=row.fact("level"),
        service_grade=row.fact("service_grade"),
        control_level=row.fact("control_level"),
        visits=amounts.count(extras.get("visits", "0")),
        content=cells.names(extras.get("content", "")),
        filed=one_of.yes_no(extras.get("filed", "否")),
        busiest=amounts.count(extras.get("busiest", "0")),
        visits_per_week=NOBODY_SAYS if number is None else Known("visits_per_week", amounts.count(number)),
        visited_on=(moments.day(extras["visited_on"]),) if "visited_on" in extras else (),
        peace=(Known("assurance", moments.window(extras["assured"])),) if "assured" in extras else (),
        works=(Known("cutover", moments.window(extras["cutover"])),) if "cutover" in extras else (),
    )


@rule(FREQUENCY)
def visited_often_enough(who: InPlan, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """The plan has as many visits as level, service grade and control level ask for, and never none."""
    facts = (who.level, who.service_grade, who.control_level)
    needed = frequency(given, vocabularies).visits(who.level.known, who.service_grade.value, who.control_level.value)
    says = Counted("{planned} of {n} visit planned", "{planned} of {n} visits planned", n=needed, planned=who.visits)
    cautions = tuple(unlisted(vocabularies, *facts))
    return Finding.of(who.visits == needed, says, *filter(_stands, facts), cautions=cautions)


def _stands(fact: Fact[str]) -> bool:
    """Whether there is a cell to look at, though it be empty; a table may lack the column."""
    return isinstance(fact, Known) or (fact.place is not None and fact.place.heading is not None)


@rule(CONTENT)
def content_is_planned(who: InPlan, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """The plan says what the visits are about, all that the customer's level asks for."""
    level, cautions = listed(vocabularies, LEVELS, who.level.known), tuple(unlisted(vocabularies, who.level))
    missing = [item for item in given.words_per_word("content_by_level")[level] if item not in who.content]
    if missing:
        return Finding.of(False, Say("not in the plan: {items}", items=missing), who.level, cautions=cautions)
    return Finding.of(True, Say("all of the level's content is planned"), who.level, cautions=cautions)


@rule(CAPACITY)
def no_week_is_too_full(who: InPlan, given: Given) -> Finding:
    """An engineer's busiest week has no more visits than they can make."""
    book = given.number("visits_per_week")
    room = who.visits_per_week.value
    room = book if room is None else room
    says = Counted("{n} visit in the busiest week, {room} can be made",
                   "{n} visits in the busiest week, {room} can be made", n=who.busiest, room=room)  # fmt: skip
    return Finding.of(who.busiest <= room, says, who.visits_per_week)


@rule(FILING)
def plan_is_filed(who: InPlan, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """The plan for a customer of these levels goes to the group company (R20)."""
    level, cautions = listed(vocabularies, LEVELS, who.level.known), tuple(unlisted(vocabularies, who.level))
    worded = vocabularies[LEVELS].worded(who.level.known)
    if level not in given.words("filed_levels"):
        says = Say("plans for {level} stay here", level=worded)
        return Finding.not_applicable(says, who.level, cautions=cautions)
    says = Say("plans for {level} are filed with the group", level=worded)
    return Finding.of(who.filed, says, who.level, cautions=cautions)


@rule(PEACE)
def customer_is_left_in_peace(who: InPlan, given: Given) -> Finding:
    """No visit in an assurance period, none on the day after a night of works."""
    night = given.number("night_begins"), given.number("night_ends")
    busy = [assured(one.value.start, one.value.end, Say("assurance {period}", period=one.value)) for one in who.peace]
    for one in who.works:
        busy += after_nights(one.value, *night, Say("cutover {period}", period=one.value))
    for day in who.visited_on:
        for each in busy:
            if each.start <= day <= each.end:
                return Finding.of(False, Say("{day}: {why}", day=day, why=each.why), *who.peace, *who.works)
    return Finding.of(True, Say("no visit falls on such a day"), *who.peace, *who.works)
