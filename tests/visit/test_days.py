"""The days of a year on which visits can be made, slots, and the days a customer is left in peace."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records.values import BEIJING, Window
from aftersales_cli.visit.days import after_nights, assured
from aftersales_cli.visit.slots import DIVIDES, slots
from aftersales_cli.words import Say
from tests.visit.plans import year

WHY = Say("works")
first_days = st.dates(date(2025, 12, 20), date(2027, 1, 10))


def at(text: str) -> datetime:
    """A moment in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def test_a_published_year_has_its_working_days_made_up_ones_too() -> None:
    days = year(2026)
    assert not days.provisional
    assert {date(2026, 1, 4), date(2026, 2, 28)} <= set(days.days)
    assert not {date(2026, 1, 1), date(2026, 2, 17), date(2026, 10, 1)} & set(days.days)


def test_the_last_days_of_december_wait_for_the_next_year() -> None:
    assert max(year(2026).days) == date(2026, 12, 28)
    assert max(year(2025).days) == date(2025, 12, 31)


def test_an_unpublished_year_has_its_weekdays_without_the_days_of_rest_by_law() -> None:
    """In 2028 the second and third of October, the second of May and Tomb-Sweeping Day are weekdays."""
    days = year(2027)
    assert days.provisional
    assert {day.weekday() for day in days.days} == {0, 1, 2, 3, 4}
    assert not {date(2027, 1, 1), date(2027, 4, 5), date(2027, 10, 1)} & set(days.days)
    assert date(2027, 2, 8) in days.days  # the Spring Festival goes by the moon
    weekdays = {date(2028, 1, 3) + timedelta(n) for n in range(361) if (date(2028, 1, 3) + timedelta(n)).weekday() < 5}
    rests = {date(2028, 4, 4), date(2028, 5, 1), date(2028, 5, 2), date(2028, 10, 2), date(2028, 10, 3)}
    assert weekdays - set(year(2028).days) == rests


def test_days_that_are_over_are_none() -> None:
    assert min(year(2026, date(2026, 6, 13)).days) == date(2026, 6, 15)


@given(first_days, first_days)
def test_a_mask_holds_the_working_days_between_two_days(start: date, end: date) -> None:
    days = year(2026)
    mask = days.mask(start, end)
    assert [day for i, day in enumerate(days.days) if mask >> i & 1] == [d for d in days.days if start <= d <= end]


@given(first_days, first_days)
def test_weeks_are_those_of_the_days(start: date, end: date) -> None:
    days = year(2026)
    weeks = days.weeks_in(days.mask(start, end))
    found = {days.weeks[i].isocalendar()[:2] for i in range(len(days.weeks)) if weeks >> i & 1}
    assert found == {day.isocalendar()[:2] for day in days.days if start <= day <= end}


@pytest.mark.parametrize("visits", DIVIDES)
def test_slots_are_equal_runs_of_months_that_fill_the_year(visits: int) -> None:
    found = slots(2026, visits)
    assert [slot.start.month for slot in found] == list(range(1, 13, 12 // visits))
    assert (found[0].start, found[-1].end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert all(b.start - a.end == timedelta(days=1) for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("window", "free"),
    [
        pytest.param(("2026-06-10T00:00", "2026-06-10T06:00"), ["2026-06-10"], id="small hours"),
        pytest.param(("2026-06-09T22:00", "2026-06-10T00:00"), ["2026-06-10"], id="the evening before"),
        pytest.param(("2026-06-10T09:00", "2026-06-10T22:00"), [], id="by day"),
        pytest.param(("2026-06-08T23:00", "2026-06-10T01:00"), ["2026-06-09", "2026-06-10"], id="two nights"),
        pytest.param(("2026-06-10T05:59", "2026-06-10T22:01"), ["2026-06-10", "2026-06-11"], id="both ends of a day"),
    ],
)
def test_the_day_after_each_night_of_works_is_left_in_peace(window: tuple[str, str], free: list[str]) -> None:
    found = after_nights(Window(at(window[0]), at(window[1])), 22, 6, WHY)
    assert [each.start.isoformat() for each in found] == free


def test_an_assurance_takes_its_first_and_its_last_day() -> None:
    whole = assured(at("2026-06-01T18:00"), at("2026-06-30T00:00"), WHY)
    assert (whole.start, whole.end) == (date(2026, 6, 1), date(2026, 6, 29))
