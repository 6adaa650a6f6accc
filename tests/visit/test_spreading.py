"""A week's visits onto its days: even, neighbours in one town, never on a day that is not allowed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.visit.spreading import Caller, spread

WEEK = (10, 11, 12, 13, 14)
ALL = sum(1 << day for day in WEEK)
callers = st.lists(st.tuples(st.integers(0, 2), st.sets(st.sampled_from(WEEK), min_size=1)), max_size=12).map(
    lambda rows: [Caller(n, town, sum(1 << d for d in days)) for n, (town, days) in enumerate(rows)]
)


@given(callers, st.integers(0, 60))
def test_every_visit_has_one_of_its_days(who: list[Caller], number: int) -> None:
    found = spread(who, WEEK, number)
    assert found.keys() == {caller.visit for caller in who}
    assert all(caller.days >> found[caller.visit] & 1 for caller in who)


@given(st.integers(0, 15), st.integers(0, 60))
def test_visits_that_may_be_made_on_any_day_are_even(count: int, number: int) -> None:
    load = Counter(spread([Caller(n, n % 3, ALL) for n in range(count)], WEEK, number).values())
    assert max(load.values(), default=0) <= -(-count // 5)


@given(st.integers(0, 60))
def test_visits_in_one_town_are_on_neighbouring_days(number: int) -> None:
    found = spread([Caller(n, n // 2, ALL) for n in range(4)], WEEK, number)
    assert [abs(found[n] - found[n + 1]) for n in (0, 2)] == [1, 1]


def test_a_kept_day_stays_and_the_others_go_around_it() -> None:
    found = spread([Caller(0, 0, ALL, 12), Caller(1, 0, ALL), Caller(2, 0, ALL)], WEEK, 0)
    assert found[0] == 12
    assert len(set(found.values())) == 3


@pytest.mark.parametrize("kept", [None, 13])
def test_single_visits_do_not_all_fall_on_the_first_day(kept: int | None) -> None:
    days = {spread([Caller(0, 0, ALL, kept)], WEEK, number)[0] for number in range(10)}
    assert days == (set(WEEK) if kept is None else {13})
