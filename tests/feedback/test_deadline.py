"""By when: working days as D2 counts them, hours from the moment, never after the work begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aftersales_cli import library
from aftersales_cli.feedback.deadline import within
from aftersales_cli.records.values import Instant, Lead, LeadUnit
from aftersales_cli.workdays import built_in, read_conventions
from tests.cutover.samples import at, day

CALENDAR = built_in(read_conventions(library.content("rulebook")))


def working(n: int) -> Lead:
    return Lead(n, LeadUnit.WORKING_DAYS)


@pytest.mark.parametrize(
    ("issued", "due"),
    [
        pytest.param("2026-02-13", date(2026, 2, 24), id="over the Spring Festival"),
        pytest.param("2026-04-30", date(2026, 5, 7), id="over the first of May"),
        pytest.param("2026-09-30", date(2026, 10, 9), id="over the national holiday"),
    ],
)
def test_two_working_days_end_as_d2_says(issued: str, due: date) -> None:
    assert within(working(2), day(issued), CALENDAR).due == due


def test_over_an_unpublished_year_it_is_a_range() -> None:
    """D2: issued on 31 December 2026 it is due no earlier than 2 January; nobody knows the latest."""
    found = within(working(2), day("2026-12-31"), CALENDAR)

    assert (found.due, found.certainly) == (date(2027, 1, 2), None)
    assert found.passed(at("2027-01-02T23:59")) is False
    assert found.passed(at("2027-01-03T00:00")) is None


def test_hours_run_from_any_moment_of_a_day_without_a_time() -> None:
    found = within(Lead(2, LeadUnit.HOURS), day("2011-05-30"), CALENDAR)

    assert found.passed(at("2011-05-30T01:59")) is False
    assert found.passed(at("2011-05-30T15:00")) is None
    assert found.passed(at("2011-05-31T02:00")) is True


def test_calendar_days_end_with_the_last_of_them() -> None:
    assert within(Lead(3, LeadUnit.DAYS), day("2011-05-30"), CALENDAR).due == date(2011, 6, 2)


@given(n=some.integers(0, 20), ahead=some.integers(0, 600), unit=some.sampled_from(LeadUnit))
def test_it_is_never_after_the_work_begins(n: int, ahead: int, unit: LeadUnit) -> None:
    received = at("2011-05-30T09:00")
    begins = received + timedelta(hours=ahead)
    found = within(Lead(n, unit), Instant(received), CALENDAR).before(begins)

    assert found.passed(begins) is True
    assert found.possibly <= begins
