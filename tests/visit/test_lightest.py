"""The lightest week near a wanted one: costs go by the share of the working days, distances are even."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.visit.lightest import FULL, costs_of, evenly, nearest


@pytest.mark.parametrize(
    ("ideal", "expected"),
    [
        pytest.param(0, 1, id="before all"),
        pytest.param(1, 1, id="itself"),
        pytest.param(3, 1, id="as far to both: the one before"),
        pytest.param(4, 5, id="after"),
        pytest.param(6, 5, id="behind all"),
    ],
)
def test_the_nearest_of_equal_weeks(ideal: int, expected: int) -> None:
    assert nearest(bytes([9, 0, 9, 9, 9, 0, 9]), 0, ideal) == expected


def test_a_visit_costs_a_week_its_share_of_the_working_days() -> None:
    """The first visit of one working day costs as much as the fifth of five."""
    short, whole = costs_of((1, 5), 6)
    assert (short[0], short[0] > whole[3], short[6], whole[6]) == (whole[4], True, FULL, FULL)


@given(st.integers(0, 999), st.sets(st.integers(1, 7), min_size=1))
def test_no_cost_falls_with_more_visits_or_reaches_that_of_a_full_week(peak: int, days: set[int]) -> None:
    for costs in costs_of(tuple(days), peak):
        assert all(a <= b for a, b in pairwise(costs[:-1]))
        assert [n for n, cost in enumerate(costs) if cost == FULL] == [peak]


@given(st.integers(1, 60), st.integers(1, 60))
def test_even_distances_differ_by_one_at_most(visits: int, weeks: int) -> None:
    steps = {b - a for a, b in pairwise(evenly(visits, weeks))}
    assert max(steps, default=0) - min(steps, default=0) <= 1
