"""A count is a range; only an exact one is a plain number."""

from __future__ import annotations

from datetime import date

import pytest

from aftersales_cli.workdays import Due, Latest, Range, Span


@pytest.mark.parametrize(
    ("count", "needed", "expected"),
    [
        pytest.param(Range(6, 6), 6, True, id="exactly as many is enough"),
        pytest.param(Range(5, 5), 6, False, id="one short"),
        pytest.param(Range(6, 9), 6, True, id="enough whatever the year brings"),
        pytest.param(Range(3, 5), 6, False, id="too few whatever the year brings"),
        pytest.param(Range(5, 6), 6, None, id="open"),
    ],
)
def test_a_range_answers_yes_no_or_open(count: Range, needed: int, expected: bool | None) -> None:
    assert expected == count.at_least(needed)


def test_an_exact_range_is_shown_as_one_number() -> None:
    assert str(Range(6, 6)) == "6"
    assert Range(6, 6).exact


def test_an_open_range_is_shown_with_both_ends() -> None:
    assert Range(5, 7).say().to("en") == "5 to 7"
    assert not Range(5, 7).exact


def test_a_day_is_named_only_where_both_bounds_are_the_same() -> None:
    day, other = date(2026, 2, 24), date(2026, 2, 25)
    assert (day, None, None) == (Due(day, day).by, Due(day, other).by, Due(day, None).by)
    assert (day, None, None) == (
        Latest(day, day).publish_by,
        Latest(day, other).publish_by,
        Latest(None, day).publish_by,
    )
    assert (day, None, None) == (Span(day, day).day, Span(day, other).day, Span(None, day).day)
