"""Visits into weeks: the lightest possible peak, shown against an independent search; what is kept stays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_cli.visit.handing import NOWHERE
from aftersales_cli.visit.placing import Placed, place

WEEKS = 9
DAYS = (3, 5, 5, 4, 5, 1, 5, 5, 2)
masks = st.integers(1, 2**WEEKS - 1)


def runs(first: int, length: int) -> int:
    """The mask of consecutive weeks, as a slot without a hole has it."""
    return sum(1 << week for week in range(first, min(first + length, WEEKS)))


intervals = st.builds(runs, st.integers(0, WEEKS - 1), st.integers(1, WEEKS))


def fits(masks: Sequence[int], limit: int, taken: Sequence[int] = (0,) * WEEKS) -> bool:
    """Whether all visits find a week with `limit` in each: matching by trial, visit by visit (Kuhn), no grouping."""
    seats = [(week, n) for week in range(WEEKS) for n in range(limit - taken[week])]
    sitting: dict[tuple[int, int], int] = {}

    def seat(visit: int, tried: set[tuple[int, int]]) -> bool:
        for one in seats:
            if masks[visit] >> one[0] & 1 and one not in tried:
                tried.add(one)
                if one not in sitting or seat(sitting[one], tried):
                    sitting[one] = visit
                    return True
        return False

    return all(seat(visit, set()) for visit in range(len(masks)))


def lower_bound(masks: Sequence[int]) -> int:
    """Of all sets of weeks, the most visits for a week of those that cannot be made outside it (Hall)."""
    return max(-(-sum(not mask & ~weeks for mask in masks) // weeks.bit_count()) for weeks in range(1, 2**WEEKS))


def loads(found: Placed) -> list[int]:
    """The visits of each week."""
    return [found.weeks.count(week) for week in range(WEEKS)]


@given(st.lists(masks, max_size=30), st.data())
@settings(max_examples=150, deadline=None)
def test_every_visit_has_a_week_of_its_own_and_the_peak_is_the_smallest_possible(
    visits: list[int], data: st.DataObject
) -> None:
    towns = data.draw(st.lists(st.integers(0, 3), min_size=len(visits), max_size=len(visits)))
    found = place(visits, DAYS, 99, towns)
    assert all(week != NOWHERE and mask >> week & 1 for mask, week in zip(visits, found.weeks, strict=True))
    assert found.peak == max(loads(found), default=0) == (lower_bound(visits) if visits else 0)
    assert found.short == {}


@given(st.lists(masks, min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_one_visit_less_a_week_is_not_possible_by_another_search_either(visits: list[int]) -> None:
    found = place(visits, DAYS, 99, [0] * len(visits))
    assert (fits(visits, found.peak), fits(visits, found.peak - 1)) == (True, False)


@given(st.lists(intervals, max_size=40), st.integers(0, 3))
@settings(max_examples=150, deadline=None)
def test_no_week_is_over_the_capacity_and_what_is_short_is_as_little_as_can_be(
    visits: list[int], capacity: int
) -> None:
    found = place(visits, DAYS, capacity, [0] * len(visits))
    assert max(loads(found)) <= capacity
    assert set(found.short) == {i for i, week in enumerate(found.weeks) if week == NOWHERE}
    placed = [mask for i, mask in enumerate(visits) if i not in found.short]
    for i, shortage in found.short.items():
        assert not fits([*placed, visits[i]], capacity)
        assert shortage.needed > shortage.room == capacity * shortage.weeks.bit_count()
        assert shortage.needed == sum(not mask & ~shortage.weeks for mask in visits)


@given(st.lists(masks, min_size=1, max_size=20), st.data())
@settings(max_examples=150, deadline=None)
def test_a_placed_plan_placed_again_stays_as_it_is(visits: list[int], data: st.DataObject) -> None:
    first = place(visits, DAYS, 99, [0] * len(visits))
    lost = data.draw(st.sets(st.integers(0, len(visits) - 1)))
    kept = [NOWHERE if i in lost else week for i, week in enumerate(first.weeks)]
    again = place(visits, DAYS, 99, [0] * len(visits), kept)
    assert all(again.weeks[i] == first.weeks[i] for i in range(len(visits)) if i not in lost)
    assert NOWHERE not in again.weeks


@given(st.lists(masks, min_size=1, max_size=16), st.data())
@settings(max_examples=150, deadline=None)
def test_what_is_kept_gives_way_only_where_something_finds_no_room_otherwise(
    visits: list[int], data: st.DataObject
) -> None:
    capacity = data.draw(st.integers(1, 3))
    kept = [data.draw(st.sampled_from([NOWHERE, *(w for w in range(WEEKS) if mask >> w & 1)])) for mask in visits]
    found = place(visits, DAYS, capacity, [0] * len(visits), kept)
    held = [w for w in range(WEEKS) for _ in range(min(capacity, kept.count(w)))]
    others = [mask for mask, week in zip(visits, kept, strict=True) if week == NOWHERE]
    taken = [held.count(w) for w in range(WEEKS)]
    if all(kept.count(w) <= capacity for w in range(WEEKS)) and fits(others, capacity, taken):
        assert [week for week, before in zip(found.weeks, kept, strict=True) if before != NOWHERE] == [
            before for before in kept if before != NOWHERE
        ]
    assert (found.short == {}) == fits(visits, capacity)


def test_visits_that_are_over_count_for_their_week() -> None:
    found = place([0b1, 0b1], [5], 2, [0, 0], None, [1])
    assert (found.weeks.count(0), len(found.short)) == (1, 1)


def test_visits_are_spread_over_their_slot() -> None:
    """Three visits to be made in nine whole weeks leave about three weeks between them."""
    found = place([2**9 - 1] * 3, [5] * 9, 5, [0, 0, 0])
    assert [b - a for a, b in pairwise(sorted(found.weeks))] == [3, 3]


def test_a_short_week_takes_fewer_visits_where_there_is_room_elsewhere() -> None:
    found = place([0b111] * 7, [5, 1, 5], 7, [0] * 7)
    assert loads(found)[:3] == [3, 1, 3]


def test_hundreds_of_visits_a_week_are_even_as_well() -> None:
    """More visits than a byte can rank: some numbers of visits cost the same."""
    found = place([0b111] * 1200 + [0b10] * 100, [5, 5, 5], 999, [0] * 1300)
    assert (found.peak, sum(loads(found)), min(loads(found)[:3]) >= 432) == (434, 1300, True)


def test_visits_around_a_hole_are_spread_too() -> None:
    """An assurance in the middle of the slot: the weeks of both ends stay free for others."""
    found = place([0b111000111] * 2, [5] * 9, 5, [0, 0])
    assert sorted(found.weeks) == [1, 7]


def test_the_weeks_of_a_short_month_do_not_make_the_others_busier() -> None:
    """Six visits in two weeks need three a week; the whole year's visits keep out of them."""
    found = place([0b11] * 6 + [2**9 - 1] * 7, [5] * 9, 5, [0] * 13)
    assert loads(found) == [3, 3, *[1] * 7]


def test_visits_in_one_town_share_a_week_where_that_costs_nothing() -> None:
    towns = [0, 1, 0, 1, 0, 1]
    found = place([0b11] * 6, [5, 5], 5, towns)
    assert [{towns[i] for i, week in enumerate(found.weeks) if week == w} for w in (0, 1)] == [{0}, {1}]


def test_three_that_are_not_alike_meet_in_a_town_they_have_in_common() -> None:
    """Each of three kinds of visits is in town 0 and in another; the one week that takes all three is for town 0."""
    towns = [1, 0, 2, 0, 3, 0]
    found = place([0b11, 0b11, 0b101, 0b101, 0b1001, 0b1001], [5] * 4, 3, towns, None, [0, 2, 2, 2])
    assert [week for town, week in zip(towns, found.weeks, strict=True) if town == 0] == [0, 0, 0]


@pytest.mark.parametrize("visits", [pytest.param([], id="no visit"), pytest.param([1, 1], id="one week")])
def test_the_same_input_gives_the_same_weeks(visits: list[int]) -> None:
    assert place(visits, DAYS, 5, [0] * len(visits)) == place(visits, DAYS, 5, [0] * len(visits))
