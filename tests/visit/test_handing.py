"""Which visit goes into which week: one town's visits into one week, the towns one after the other."""

from __future__ import annotations

from aftersales_cli.visit.handing import NOWHERE, Share, hand_out


def towns_by_week(shares: list[Share], towns: list[int]) -> dict[int, list[int]]:
    """The towns of the visits that each week got."""
    weeks = [NOWHERE] * len(towns)
    hand_out(weeks, shares, towns)
    assert NOWHERE not in weeks
    return {week: sorted(towns[i] for i, one in enumerate(weeks) if one == week) for week in sorted(set(weeks))}


def test_single_weeks_stay_in_a_town_as_long_as_it_has_visits() -> None:
    assert towns_by_week([([0, 1, 2, 3], [3, 0, 2, 1])], [1, 0, 1, 0]) == {0: [0], 1: [0], 2: [1], 3: [1]}


def test_the_town_before_goes_on_even_where_another_comes_first() -> None:
    """Week 0 can only be for town 1; town 0 waits until there is nobody left in town 1."""
    assert towns_by_week([([0], [0]), ([1, 2], [1, 2])], [1, 0, 1]) == {0: [1], 1: [1], 2: [0]}


def test_a_week_of_two_kinds_is_for_a_town_they_have_in_common() -> None:
    towns = [0, 2, 1, 2]
    assert towns_by_week([([0, 1], [0, 1]), ([2, 3], [0, 2])], towns) == {0: [2, 2], 1: [0], 2: [1]}


def test_a_town_counts_for_the_visits_it_has_not_for_those_a_week_takes() -> None:
    """A week takes two of one kind: both in town 1, rather than the one in town 0."""
    assert towns_by_week([([0, 1, 2], [0, 0, 1])], [0, 1, 1]) == {0: [1, 1], 1: [0]}


def test_the_town_that_fills_most_of_a_week_goes_before_the_last_one() -> None:
    """After week 0 in town 0: week 1 takes two visits in town 1 rather than one in each."""
    assert towns_by_week([([0], [0]), ([1, 2, 3], [1, 1, 2])], [0, 0, 1, 1]) == {0: [0], 1: [1, 1], 2: [0]}


def test_the_first_of_a_towns_visits_goes_into_the_first_week() -> None:
    weeks = [NOWHERE] * 3
    hand_out(weeks, [([0, 1, 2], [5, 1, 3])], [0, 0, 0])
    assert weeks == [1, 3, 5]
