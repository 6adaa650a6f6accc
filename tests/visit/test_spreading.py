"""Visits onto the days of their weeks: even, neighbours in one town, never on a day that is not allowed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.visit.handing import NOWHERE
from aftersales_cli.visit.spreading import spread

WEEKS = (0b11, 0b1111100, 0b10000000, 0b111100000000)
"""Four weeks of a year with 2, 5, 1, and 4 working days."""
LAST = 11
WHOLE = WEEKS[1]
DAYS = range(2, 7)
visits = st.lists(
    st.integers(0, len(WEEKS) - 1).flatmap(
        lambda week: st.tuples(
            st.just(week), st.sets(st.sampled_from(bits(WEEKS[week])), min_size=1), st.integers(0, 2), st.booleans()
        )
    ),
    max_size=25,
)


def bits(mask: int) -> list[int]:
    """The days of a mask."""
    return [day for day in range(LAST + 1) if mask >> day & 1]


def one_week(towns: Sequence[int], turn: int = 0, kept: Sequence[int | None] | None = None) -> list[int]:
    """Visits that may be made on any day of the week with five."""
    return spread([1] * len(towns), [WHOLE] * len(towns), towns, WEEKS, turn, kept)


@given(visits, st.integers(0, 60))
def test_every_visit_has_one_of_its_days_in_its_week(rows: list[tuple[int, set[int], int, bool]], turn: int) -> None:
    """Days that stand in the visit's week are kept."""
    masks = [sum(1 << day for day in days) for _, days, _, _ in rows]
    kept = [min(days) if keeps else None for _, days, _, keeps in rows]
    found = spread([week for week, _, _, _ in rows], masks, [town for _, _, town, _ in rows], WEEKS, turn, kept)
    assert all(day in days for day, (_, days, _, _) in zip(found, rows, strict=True))
    assert [day for day, stands in zip(found, kept, strict=True) if stands is not None] == [
        stands for stands in kept if stands is not None
    ]


def test_a_visit_without_a_week_has_no_day_and_takes_none() -> None:
    assert spread([NOWHERE, 2], [WEEKS[2], WEEKS[2]], [0, 0], WEEKS) == [NOWHERE, 7]


def test_a_day_of_the_earlier_plan_in_another_week_is_given_up() -> None:
    assert spread([2], [WEEKS[2] | WHOLE], [0], WEEKS, 0, [3]) == [7]


@given(st.integers(0, 15), st.integers(0, 60))
def test_visits_that_may_be_made_on_any_day_are_even(count: int, turn: int) -> None:
    load = Counter(one_week([n % 3 for n in range(count)], turn))
    assert max(load.values(), default=0) <= -(-count // 5)


@given(st.permutations(range(5)), st.integers(1, 5), st.integers(0, 60))
def test_no_day_has_two_visits_where_each_may_have_its_own(days: list[int], count: int, turn: int) -> None:
    """One visit may be made on one day only, the next on that and one more, and so on."""
    masks = [sum(1 << DAYS[day] for day in days[: n + 1]) for n in range(count)]
    assert sorted(spread([1] * count, masks, [0] * count, WEEKS, turn)) == sorted(DAYS[day] for day in days[:count])


@given(st.integers(0, 60))
def test_visits_in_one_town_are_on_neighbouring_days(turn: int) -> None:
    found = one_week([0, 1, 0, 1], turn)
    assert [abs(found[n] - found[n + 2]) for n in (0, 1)] == [1, 1]


def test_visits_in_one_town_are_neighbours_around_a_day_on_which_one_may_not_be_made() -> None:
    found = spread([1] * 4, [WHOLE, WHOLE & ~0b100, WHOLE, WHOLE], [0, 0, 1, 1], WEEKS)
    assert (abs(found[0] - found[1]), abs(found[2] - found[3]), found[1] != 2) == (1, 1, True)


@pytest.mark.parametrize("town", [pytest.param([0, 0, 0], id="one town"), pytest.param([1, 0, 0], id="two towns")])
def test_a_kept_day_stays_and_the_others_go_around_it(town: list[int]) -> None:
    found = one_week(town, kept=[4, None, None])
    assert found[0] == 4
    assert len(set(found)) == 3


def test_a_new_visit_is_next_to_the_one_that_stands_in_its_town() -> None:
    assert abs(one_week([1, 1], kept=[6, None])[1] - 6) == 1


@pytest.mark.parametrize("kept", [None, 5])
def test_single_visits_do_not_all_fall_on_the_first_day(kept: int | None) -> None:
    days = {one_week([0], turn, [kept])[0] for turn in range(10)}
    assert days == (set(DAYS) if kept is None else {5})
