"""The laws of a year's plan, on invented customers: numbers, slots, days, weeks, persons, and what a new plan keeps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.visit.days import Busy
from aftersales_cli.visit.naming import Role
from aftersales_cli.visit.plan import Plan
from tests.visit.plans import WHY, customer, days_of_customer, numbers, planned, remembered, year

LEVELS = ("集团级", "省清单级", "省级", "地市级", "特殊级")
DAY = timedelta(days=1)
ENGINEERS = [
    Engineer(name="示例甲", province="上海", visits_per_week=9),
    Engineer(name="示例乙", province="广东", city="深圳"),
    Engineer(name="示例丙", province="广东", city="深圳", visits_per_week=3),
]
one = st.builds(
    lambda n, level, grade, control, place: (n, level, grade, control, place),
    st.integers(1, 60),
    st.sampled_from(LEVELS),
    st.sampled_from(["金", "银", None, "钻石"]),
    st.sampled_from(["一级管控", None]),
    st.sampled_from([("上海", "示例甲"), ("广东省深圳市", None), ("深圳", "示例丁")]),
)
people = st.lists(one, max_size=25, unique_by=lambda each: each[0]).map(
    lambda rows: [
        customer(
            f"K{n:03}", level, service_grade=grade, control_level=control, headquarters=place, chief_engineer=chief
        )
        for n, level, grade, control, (place, chief) in rows
    ]
)
protected = st.dictionaries(
    st.integers(1, 60).map(lambda n: f"K{n:03}"),
    st.lists(
        st.builds(
            lambda day, length: Busy(date(2026, 1, 1) + day * DAY, date(2026, 1, 1) + (day + length) * DAY, WHY),
            st.integers(0, 364),
            st.integers(0, 80),
        ),
        max_size=3,
    ),
    max_size=20,
)


def asked(who: Customer) -> int:
    """The number of visits by the sample book, worked out by hand."""
    ladder = [1, 2, 3, 4, 6, 12]
    first = {"集团级": 6, "省清单级": 4, "省级": 2}.get(who.level, 1)
    steps = (who.service_grade == "金") + (who.control_level == "一级管控")
    return ladder[min(ladder.index(first) + steps, 5)]


@given(people, protected)
@settings(max_examples=60, deadline=None)
def test_every_visit_is_planned_once_in_its_slot_or_told_why_not(
    customers: list[Customer], busy: dict[str, list[Busy]]
) -> None:
    plan = planned(customers, ENGINEERS, busy)
    for who in customers:
        mine = [v for v in plan.visits if v.customer is who]
        open_ = [u for u in plan.unplaced if u.wanted.customer is who]
        assert len(mine) + len(open_) == asked(who) >= 1
        numbered = sorted([v.wanted.number for v in mine] + [u.wanted.number for u in open_])
        assert numbered == list(range(1, asked(who) + 1))
        months = 12 // asked(who)
        for visit in mine:
            first = (visit.wanted.number - 1) * months + 1
            assert first <= visit.day.month < first + months
    for left in plan.unplaced:
        slot = left.wanted.slot
        free = [d for d in year().days if slot.start <= d <= slot.end
                and not any(b.start <= d <= b.end for b in busy.get(left.wanted.customer.code, ()))]  # fmt: skip
        assert free == []  # nobody here has more visits than can be made


@given(people, protected)
@settings(max_examples=60, deadline=None)
def test_no_visit_falls_on_a_day_of_rest_or_of_peace(customers: list[Customer], busy: dict[str, list[Busy]]) -> None:
    plan = planned(customers, ENGINEERS, busy)
    for visit in plan.visits:
        assert visit.day in year().days
        assert not any(b.start <= visit.day <= b.end for b in busy.get(visit.customer.code, ()))


@given(people, protected)
@settings(max_examples=40, deadline=None)
def test_each_engineers_busiest_week_is_the_lightest_possible(
    customers: list[Customer], busy: dict[str, list[Busy]]
) -> None:
    plan = planned(customers, ENGINEERS, busy)
    for person, weeks in plan.loads.items():
        counted = Counter(v.day.isocalendar()[:2] for v in plan.visits if v.by.person == person)
        assert sorted(weeks.values()) == sorted(counted.values())
        assert max(counted.values()) == lightest(plan, person.label, busy) <= person.capacity


def lightest(plan: Plan, engineer: str, busy: dict[str, list[Busy]]) -> int:
    """The least peak by Hall's condition and a matching of its own: weeks from dates, not from masks."""
    mine = [v for v in plan.visits if v.by.person.label == engineer]
    weeks = []
    for visit in mine:
        slot, blocked = visit.wanted.slot, busy.get(visit.customer.code, ())
        free = [
            d for d in year().days if slot.start <= d <= slot.end and not any(b.start <= d <= b.end for b in blocked)
        ]
        weeks.append(sorted({d.isocalendar()[:2] for d in free}))
    return next(peak for peak in range(1, len(mine) + 1) if matched(weeks, peak))


def matched(weeks: Sequence[Sequence[tuple[int, int]]], peak: int) -> bool:
    """Whether every visit finds one of `peak` seats in one of its weeks (Kuhn)."""
    sitting: dict[tuple[tuple[int, int], int], int] = {}

    def seat(visit: int, tried: set[tuple[tuple[int, int], int]]) -> bool:
        for place in product(weeks[visit], range(peak)):
            if place not in tried:
                tried.add(place)
                if place not in sitting or seat(sitting[place], tried):
                    sitting[place] = visit
                    return True
        return False

    return all(seat(visit, set()) for visit in range(len(weeks)))


@given(people, protected, protected)
@settings(max_examples=40, deadline=None)
def test_a_new_plan_moves_only_visits_whose_day_is_gone(
    customers: list[Customer], busy: dict[str, list[Busy]], later: dict[str, list[Busy]]
) -> None:
    """With room enough every visit stays that can; one that moves gets the next sequence, one that stays keeps it."""
    first = planned(customers, ENGINEERS, busy)
    second = planned(customers, ENGINEERS, later, remembered(first))
    stood = {(v.customer.code, v.wanted.number): v.day for v in first.visits}
    for visit in second.visits:
        day = stood.get((visit.customer.code, visit.wanted.number))
        gone = day is None or any(b.start <= day <= b.end for b in later.get(visit.customer.code, ()))
        assert gone or (visit.day == day and visit.sequence == 0 and not visit.changed)
        assert not gone or day is None or visit.sequence == 1


@given(people, protected)
@settings(max_examples=30, deadline=None)
def test_the_same_customers_give_the_same_plan_in_whatever_order_they_stand(
    customers: list[Customer], busy: dict[str, list[Busy]]
) -> None:
    told = [[(v.customer.code, v.day, v.by.person.label) for v in planned(c, ENGINEERS, busy).visits]
            for c in (customers, customers[::-1])]  # fmt: skip
    assert told[0] == told[1]


def test_the_chief_engineer_goes() -> None:
    (visit,) = planned([customer("K1")], ENGINEERS).visits
    assert (visit.by.person.label, visit.by.role) == ("示例甲", Role.CHIEF)


def test_a_local_engineer_of_the_headquarters_goes_before_the_chief() -> None:
    who = customer("K1", headquarters="广东省深圳市", local_engineers=(("上海", "示例丙"), ("广东", "示例乙")))
    (visit,) = planned([who], ENGINEERS).visits
    assert (visit.by.person.label, visit.by.role) == ("示例乙", Role.LOCAL)


def test_without_either_the_place_s_least_loaded_goes_by_what_each_can_do() -> None:
    """Twelve customers with a visit each: an engineer of five a week gets more of them than one of three."""
    plan = planned([customer(f"K{n:02}", headquarters="深圳", chief_engineer=None) for n in range(16)], ENGINEERS)
    shared = Counter(v.by.person.label for v in plan.visits)
    assert shared == {"示例乙": 10, "示例丙": 6}
    assert {v.by.role for v in plan.visits} == {Role.LEAST_LOADED}


def test_where_nobody_is_nobody_is_named() -> None:
    plan = planned([customer("K1", headquarters="拉萨", chief_engineer=None)], ENGINEERS)
    assert plan.visits == ()
    assert [str(u.because) for u in plan.unplaced] == ["there is no engineer at 拉萨"]


def test_of_two_engineers_of_one_name_the_one_at_the_place_goes() -> None:
    twins = [Engineer(name="示例甲", province="广东", city="深圳"), Engineer(name="示例甲", province="上海")]
    (visit,) = planned([customer("K1")], twins).visits
    assert visit.by.person.label == "示例甲（上海）"


def test_too_many_visits_for_a_slot_are_told_with_who_and_when() -> None:
    """Monthly visits to seven customers, by somebody who makes one a week, do not fit into any month."""
    slow = [Engineer(name="示例甲", province="上海", visits_per_week=1)]
    plan = planned([customer(f"K{n}", "集团级", service_grade="金") for n in range(7)], slow)
    assert max(plan.loads[plan.unplaced[0].person].values()) == 1  # type: ignore[index]
    because = str(plan.unplaced[0].because)
    assert because.startswith("示例甲 has ")
    assert " visits to make in " in because


def test_an_assurance_over_a_whole_slot_leaves_its_visit_open() -> None:
    busy = {"K1": [Busy(date(2026, 3, 30), date(2026, 7, 1), WHY)]}
    plan = planned([customer("K1", "省清单级")], ENGINEERS, busy)
    (left,) = plan.unplaced
    assert (left.wanted.number, str(left.because)) == (2, "no working day of its slot is free: assurance")
    assert len(plan.visits) == 3


def test_visits_that_are_over_stay_and_those_to_come_are_planned_from_today() -> None:
    first = planned([customer("K1", "集团级")], ENGINEERS)
    middle = year(2026, date(2026, 6, 15))
    second = planned([customer("K1", "集团级"), customer("K2", "集团级")], ENGINEERS, None, remembered(first), middle)
    assert days_of_customer(second, "K1") == days_of_customer(first, "K1")
    assert all(day >= date(2026, 6, 15) for day in days_of_customer(second, "K2"))
    assert [(past.wanted.customer.code, past.wanted.number, past.made) for past in second.past] == [
        ("K2", 1, None), ("K2", 2, None),
    ]  # fmt: skip
    assert second.unplaced == ()


def test_a_visit_made_before_there_was_a_plan_is_not_planned_again() -> None:
    """One in the running slot, and one in May for the slot that nobody had been in (decision 0018)."""
    middle = year(2026, date(2026, 6, 15))
    made = {"k1": [date(2026, 1, 20), date(2026, 5, 11), date(2026, 5, 20)]}
    plan = planned([customer("K1", "集团级")], ENGINEERS, days=middle, made=made)
    assert [(past.wanted.number, past.made) for past in plan.past] == [
        (1, date(2026, 1, 20)), (2, date(2026, 5, 20)), (3, date(2026, 5, 11)),
    ]  # fmt: skip
    assert [visit.wanted.number for visit in plan.visits] == [4, 5, 6]


def test_a_visit_that_a_plan_has_stays_in_it_though_somebody_was_there_before() -> None:
    who = [customer("K1", "集团级")]
    first = planned(who, ENGINEERS)
    middle = year(2026, first.visits[2].day - DAY)
    made = {"k1": [middle.since - DAY]}
    second = planned(who, ENGINEERS, None, remembered(first), middle, made)
    assert (days_of_customer(second, "K1"), second.past) == (days_of_customer(first, "K1"), ())


def test_visits_of_a_customer_stand_apart() -> None:
    """Six visits a year are not made on neighbouring days across the border of two slots."""
    days = days_of_customer(planned([customer(f"K{n}", "集团级") for n in range(20)], ENGINEERS), "K7")
    assert min((b - a).days for a, b in pairwise(days)) >= 21


@pytest.mark.parametrize("filed", ["集团级", "省清单级", "省清单"])
def test_plans_of_these_levels_are_filed_with_the_group(filed: str) -> None:
    plan = planned([customer("K1", filed), customer("K2", "省级")], ENGINEERS)
    assert {v.customer.code: v.filed for v in plan.visits} == {"K1": True, "K2": False}


def test_the_content_is_the_level_s() -> None:
    plan = planned([customer("K1", "地市级"), customer("K2", "特殊级")], ENGINEERS)
    assert {v.content for v in plan.visits} == {numbers().contents["地市级"]}
