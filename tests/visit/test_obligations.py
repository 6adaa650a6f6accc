"""What is owed of a plan, what was agreed, and several reasons for one visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.values import BEIJING, Manner, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.visit.obligations import Because, Obligation, Planned, agreed, in_order, merged, promised, unmade
from aftersales_cli.visit.whereabouts import Whereabouts
from aftersales_cli.words import Say

START = date(2026, 1, 1)
NOW = datetime(2026, 12, 31, 9, tzinfo=BEIJING)
RANKS = Vocabulary("leader_ranks", (Term("集团领导"), Term("省公司领导"), Term("客户工程师")))
CUSTOMER = Customer(code="K1", name="甲公司", level="集团级", headquarters="上海", contact_phone="021-10000")


def visit(day: date, kind: VisitKind = VisitKind.ROUTINE, next_on: date | None = None) -> Visit:
    return Visit(visit_no=f"V{day}", customer_code="K1", kind=kind, date=day, next_on=next_on)


def owed(due: date, **more: object) -> Obligation:
    fields = {"customer": CUSTOMER, "kind": VisitKind.CRISIS, "where": Whereabouts("上海", "上海", ""), "due_by": due,
              "because": Because("VIS-01", Say("because"))}  # fmt: skip
    return Obligation(**(fields | more))  # type: ignore[arg-type]


def slots(n: int) -> list[Planned]:
    """`n` equal slots of 30 days each, one after the other."""
    days = [START + timedelta(days=30 * i) for i in range(n)]
    return [Planned("K1", first, first, first + timedelta(days=29)) for first in days]


def most_that_can_be_made(planned: list[Planned], days: list[date]) -> int:
    """Try every way of giving visits to slots: a visit may make any slot that has begun."""
    best = 0
    for order in permutations(planned):
        waiting = list(order)
        made = 0
        for day in sorted(days):
            done = next((each for each in waiting if each.first <= day), None)
            if done is not None:
                waiting.remove(done)
                made += 1
        best = max(best, made)
    return best


@given(st.integers(1, 5), st.lists(st.integers(-20, 160), max_size=6))
def test_as_many_planned_visits_are_made_as_any_way_of_counting_can_find(n: int, offsets: list[int]) -> None:
    planned, days = slots(n), [START + timedelta(days=offset) for offset in offsets]
    left = unmade(planned, [visit(day) for day in days], NOW)
    assert len(planned) - len(left) == most_that_can_be_made(planned, days)


def test_a_visit_makes_the_slot_its_day_lies_in_though_an_earlier_one_was_missed() -> None:
    first, second = slots(2)
    assert unmade([first, second], [visit(second.first)], NOW) == (first,)
    assert unmade([first, second], [visit(second.last)], NOW) == (first,)


def test_one_more_visit_makes_the_slot_that_was_missed_first() -> None:
    first, second, third = slots(3)
    twice = [visit(third.first), visit(third.last)]
    assert unmade([first, second, third], twice, NOW) == (second,)


def test_a_visit_between_two_slots_makes_the_one_that_was_missed() -> None:
    first, second, third = slots(3)
    assert unmade([first, third], [visit(second.first)], NOW) == (third,)


def test_a_crisis_visit_makes_no_routine_one() -> None:
    assert unmade(slots(1), [visit(START, VisitKind.CRISIS)], NOW) == tuple(slots(1))


def test_a_visit_before_the_slot_makes_none() -> None:
    assert unmade(slots(1), [visit(START - timedelta(days=1))], NOW) == tuple(slots(1))


DECEMBER = Planned("K1", date(2026, 12, 7), date(2026, 11, 1), date(2026, 12, 31))
JANUARY = Planned("K1", date(2027, 1, 11), date(2027, 1, 1), date(2027, 2, 28))
SPRING = datetime(2027, 3, 1, 9, tzinfo=BEIJING)


def test_what_was_missed_in_december_is_owed_in_january_whatever_the_new_plan_says() -> None:
    """R19, decision 0018."""
    assert unmade([DECEMBER, JANUARY], [], SPRING) == (DECEMBER, JANUARY)
    assert unmade([DECEMBER], [visit(date(2026, 10, 31))], SPRING) == (DECEMBER,)


def test_the_first_routine_visit_of_a_year_settles_the_years_before_and_counts_in_its_own() -> None:
    assert unmade([*slots(2), DECEMBER, JANUARY], [visit(date(2027, 1, 4))], SPRING) == ()
    assert unmade([DECEMBER, JANUARY], [visit(date(2027, 1, 4), VisitKind.CRISIS)], SPRING) == (DECEMBER, JANUARY)


def test_a_visit_of_the_year_before_settles_nothing_of_this_one() -> None:
    assert unmade([DECEMBER, JANUARY], [visit(date(2026, 12, 31))], SPRING) == (JANUARY,)


@pytest.mark.parametrize(
    ("planned", "day"),
    [
        pytest.param(None, date(2026, 3, 1), id="not planned: when it is due"),
        pytest.param(date(2026, 2, 3), date(2026, 2, 3), id="planned within its slot"),
        pytest.param(date(2026, 3, 2), date(2026, 3, 1), id="due before the plan's day"),
    ],
)
def test_somebody_is_to_go_as_planned_but_no_later_than_it_is_due(planned: date | None, day: date) -> None:
    assert owed(date(2026, 3, 1), planned=planned).meant_for == day


PROMISE = visit(date(2026, 6, 1), next_on=date(2026, 7, 10))


def went(day: date, manner: Manner | None, next_on: date | None = None) -> Visit:
    return replace(visit(day, next_on=next_on), manner=manner)


@pytest.mark.parametrize(
    ("later", "kept"),
    [
        pytest.param(went(date(2026, 6, 20), Manner.PHONE), False, id="a call before the day"),
        pytest.param(went(date(2026, 6, 20), Manner.ON_SITE), False, id="on site before the day"),
        pytest.param(went(date(2026, 6, 20), Manner.PHONE, date(2026, 6, 1)), False, id="a day that cannot be true"),
        pytest.param(went(date(2026, 7, 12), Manner.PHONE), False, id="a call after the day"),
        pytest.param(went(date(2026, 7, 12), None), False, id="nobody knows how"),
        pytest.param(went(date(2026, 7, 10), Manner.ON_SITE), True, id="on site on the day"),
        pytest.param(went(date(2026, 7, 12), Manner.ON_SITE), True, id="on site after it"),
    ],
)
def test_a_promise_holds_until_somebody_is_on_site_that_day_or_later(later: Visit, kept: bool) -> None:
    """R42."""
    assert agreed([PROMISE]) == PROMISE
    assert agreed([later, PROMISE]) == (None if kept else PROMISE)


def test_a_newer_promise_replaces_an_older_one() -> None:
    """R42: whether it is for an earlier or a later day; and keeping it does not bring the older one back."""
    sooner = went(date(2026, 6, 20), Manner.PHONE, date(2026, 7, 1))
    assert agreed([sooner, PROMISE]) == sooner
    assert agreed([PROMISE, sooner, went(date(2026, 7, 2), Manner.ON_SITE)]) is None


def test_a_call_that_was_promised_is_kept_by_a_call() -> None:
    call = went(date(2026, 7, 10), Manner.PHONE)
    assert agreed([replace(PROMISE, next_manner=Manner.PHONE), call]) is None
    assert agreed([replace(PROMISE, next_manner=Manner.MEETING), call]) is not None


@pytest.mark.parametrize(
    ("next_on", "day"),
    [
        pytest.param(date(2026, 2, 2), date(2026, 2, 2), id="the day after"),
        pytest.param(date(2026, 2, 1), None, id="the same day"),
        pytest.param(date(2025, 2, 2), None, id="before"),
        pytest.param(None, None, id="none"),
    ],
)
def test_only_a_day_after_the_visit_is_promised(next_on: date | None, day: date | None) -> None:
    assert promised(visit(date(2026, 2, 1), next_on=next_on)) == day


def test_one_visit_serves_several_reasons_and_the_highest_leader_leads_it() -> None:
    late = owed(date(2026, 3, 1), overdue=True, asked_by=("W1",), leader="客户工程师")
    early = owed(date(2026, 2, 1), asked_by=("C1",), leader="集团领导", on_site=True)
    (one,) = merged([early, late], RANKS, date(2026, 2, 1))
    assert (one.due_by, one.overdue, one.leader, one.on_site) == (date(2026, 3, 1), True, "集团领导", True)
    assert (one.asked_by, len(one.others)) == (("W1", "C1"), 1)


def test_overdue_stands_first_then_ours_then_by_day() -> None:
    days = [date(2026, 1, day) for day in (1, 2, 3, 4)]
    far, near, theirs, late = (owed(days[3]), owed(days[1]), owed(days[0], theirs="广东"), owed(days[2], overdue=True))
    assert in_order([theirs, far, near, late]) == [late, near, far, theirs]
