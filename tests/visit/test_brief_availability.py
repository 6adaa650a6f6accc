"""Availability is one minus downtime over time; what overlaps counts once, what lies outside does not count."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records.values import BEIJING
from aftersales_cli.visit.availability import Availability, Outage, available, merged, months, together

START = datetime(2011, 6, 1, tzinfo=BEIJING)
HOUR = timedelta(hours=1)
END = START + 720 * HOUR


def out(start: int, end: int) -> Outage:
    """An outage between two hours after the start."""
    return Outage(START + start * HOUR, START + end * HOUR)


@pytest.mark.parametrize(
    ("outages", "hours"),
    [
        pytest.param([], 0, id="nothing"),
        pytest.param([out(1, 4)], 3, id="one"),
        pytest.param([out(1, 4), out(2, 3)], 3, id="one inside the other"),
        pytest.param([out(1, 4), out(3, 6)], 5, id="two that overlap"),
        pytest.param([out(1, 4), out(4, 6)], 5, id="two that touch"),
        pytest.param([out(10, 12), out(1, 4)], 5, id="apart, in any order"),
        pytest.param([out(-5, 2)], 2, id="begun before"),
        pytest.param([out(719, 800)], 1, id="lasting on"),
        pytest.param([out(-9, -1), out(720, 721)], 0, id="outside"),
    ],
)
def test_downtime_is_what_lies_inside_and_counts_once(outages: list[Outage], hours: int) -> None:
    assert available(outages, START, END).down == hours * HOUR


@pytest.mark.parametrize(
    ("down", "said"),
    [
        pytest.param(timedelta(), "100%", id="nothing down"),
        pytest.param(timedelta(seconds=1), "99.999%", id="a second is not rounded away"),
        pytest.param(timedelta(hours=3), "99.583%", id="three hours of a month"),
        pytest.param(timedelta(hours=720), "0.000%", id="all of it"),
    ],
)
def test_per_cent_are_cut_and_never_rounded_up(down: timedelta, said: str) -> None:
    assert str(Availability(END - START, down)) == said


def test_of_no_time_nothing_is_said() -> None:
    whole = available([out(1, 2)], END, START)

    assert (whole.share, str(whole), whole.time) == (None, "–", timedelta())


def test_several_circuits_are_weighed_by_their_time() -> None:
    both = together([Availability(100 * HOUR, 10 * HOUR), Availability(300 * HOUR, 10 * HOUR)])

    assert both.share == pytest.approx(0.95)


def test_months_are_cut_at_both_ends() -> None:
    found = [
        (f"{m.start:%m-%d}", f"{m.end:%m-%d}") for m in months(START + 24 * HOUR, datetime(2011, 8, 3, tzinfo=BEIJING))
    ]

    assert found == [("06-02", "07-01"), ("07-01", "08-01"), ("08-01", "08-03")]


outages = st.lists(
    st.tuples(st.integers(-50, 800), st.integers(0, 200)).map(lambda p: out(p[0], p[0] + p[1])), max_size=8
)


@given(outages)
def test_the_months_add_up_to_the_whole(found: list[Outage]) -> None:
    until = START + 90 * 24 * HOUR
    parts = [available(found, month.start, month.end) for month in months(START, until)]

    assert together(parts) == available(found, START, until)


@given(outages, outages)
def test_more_interruptions_never_make_it_better(found: list[Outage], more: list[Outage]) -> None:
    fewer, all_of = available(found, START, END), available([*found, *more], START, END)

    assert fewer.down <= all_of.down <= END - START


@given(outages)
def test_merged_stretches_stand_apart_in_order(found: list[Outage]) -> None:
    stretches = list(merged(found))

    assert all(a[1] < b[0] for a, b in pairwise(stretches))
