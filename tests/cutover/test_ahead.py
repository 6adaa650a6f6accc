"""D1: lead times in their three units."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.cutover.ahead import ahead, latest_day, latest_moment
from aftersales_cli.records.values import BEIJING, Instant, Lead, LeadUnit
from aftersales_cli.workdays.counting import Range
from aftersales_cli.workdays.opening import of_workspace
from aftersales_cli.workspace import Workspace
from tests.cutover.samples import at, day

WORKDAYS = of_workspace(Workspace(root=Path()))
START = at("2011-06-08T00:00")


@pytest.mark.parametrize(
    ("published", "unit", "expected"),
    [
        pytest.param(Instant(at("2011-05-29T23:59")), LeadUnit.WORKING_DAYS, Range(6, 6), id="six clear working days"),
        pytest.param(day("2011-06-01"), LeadUnit.DAYS, Range(6, 6), id="six clear calendar days"),
        pytest.param(Instant(at("2011-06-05T00:00")), LeadUnit.HOURS, Range(72, 72), id="72 hours to the minute"),
        pytest.param(Instant(at("2011-06-05T00:01")), LeadUnit.HOURS, Range(71, 71), id="a minute less"),
        pytest.param(day("2011-06-05"), LeadUnit.HOURS, Range(48, 72), id="a day without a time is a range"),
        pytest.param(Instant(at("2011-06-09T00:00")), LeadUnit.HOURS, Range(0, 0), id="never below nothing"),
    ],
)
def test_how_far_ahead(published: Instant, unit: LeadUnit, expected: Range) -> None:
    assert ahead(published, START, unit, WORKDAYS) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        pytest.param(Lead(6, LeadUnit.WORKING_DAYS), date(2011, 5, 29), id="working days"),
        pytest.param(Lead(6, LeadUnit.DAYS), date(2011, 6, 1), id="calendar days"),
        pytest.param(Lead(72, LeadUnit.HOURS), date(2011, 6, 5), id="hours"),
    ],
)
def test_the_latest_day(lead: Lead, expected: date) -> None:
    assert latest_day(lead, START, WORKDAYS).publish_by == expected


@given(
    amount=st.integers(0, 40),
    unit=st.sampled_from(LeadUnit),
    start=st.datetimes(at("2011-03-01").replace(tzinfo=None), at("2011-12-01").replace(tzinfo=None)),
)
def test_the_latest_day_is_early_enough_and_the_day_after_is_not(amount: int, unit: LeadUnit, start: object) -> None:
    begins = start.replace(tzinfo=BEIJING, second=0, microsecond=0)  # type: ignore[attr-defined]  # a datetime
    lead = Lead(amount, unit)
    if unit is LeadUnit.HOURS:
        last = latest_moment(lead, begins, WORKDAYS)
        assert ahead(Instant(last), begins, unit, WORKDAYS).certain == amount
        return
    by = latest_day(lead, begins, WORKDAYS).publish_by
    assert by is not None
    if amount:
        midnight = at(f"{by}T00:00")
        assert ahead(Instant(midnight, True), begins, unit, WORKDAYS).at_least(amount) is True
        after = date.fromordinal(by.toordinal() + 1)
        assert ahead(day(str(after)), begins, unit, WORKDAYS).at_least(amount) is False
