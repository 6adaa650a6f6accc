"""D5: same circuits, same hours; and when nobody can say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from aftersales_cli.cutover.assurance import Assurances, overlaps
from aftersales_cli.places import Problem
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.columns import NOWHERE, Broken
from aftersales_cli.records.moments import daily_hours
from aftersales_cli.records.values import Instant, Status
from aftersales_cli.words import Say
from tests.cutover.samples import NIGHT, at, day, row, task


def period(**given: Any) -> Assurance:
    facts: dict[str, Any] = {
        "customer_code": "K1",
        "level": "二级",
        "start": day("2011-06-01"),
        "end": day("2011-06-30"),
    }
    return Assurance(**(facts | given))


def broken(**values: Any) -> Broken:
    return Broken(values, {"level": Problem(Say("no level"))}, NOWHERE)


@pytest.mark.parametrize(
    ("hours", "start", "end", "expected"),
    [
        pytest.param("22:00-02:00", "2011-06-08T00:00", "2011-06-08T01:00", True, id="the night before, past midnight"),
        pytest.param("22:00-02:00", "2011-06-08T02:00", "2011-06-08T06:00", False, id="after it ended"),
        pytest.param("22:00-02:00", "2011-06-08T20:00", "2011-06-08T22:00", False, id="touching ends share nothing"),
        pytest.param("22:00-02:00", "2011-06-08T20:00", "2011-06-08T22:01", True, id="a minute of it"),
        pytest.param("08:00-20:00", "2011-06-07T23:00", "2011-06-08T05:00", False, id="work at night"),
        pytest.param("08:00-20:00", "2011-06-07T21:00", "2011-06-09T07:00", True, id="work over a day"),
        pytest.param("全天", "2011-06-08T03:00", "2011-06-08T04:00", True, id="the whole day"),
    ],
)
def test_daily_hours_narrow_the_period(hours: str, start: str, end: str, expected: bool) -> None:
    assert overlaps(period(daily=daily_hours(hours)), at(start), at(end)) is expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        pytest.param("2011-05-31T23:00", True, id="it runs into the first day"),
        pytest.param("2011-05-31T20:00", False, id="it ends before"),
        pytest.param("2011-06-30T23:00", True, id="the last day lasts to its end"),
        pytest.param("2011-07-01T00:00", False, id="the day after"),
    ],
)
def test_a_period_of_days_includes_both(start: str, expected: bool) -> None:
    assert overlaps(period(), at(start), at(start) + timedelta(hours=2)) is expected


def test_hours_do_not_reach_beyond_the_period() -> None:
    one_night = period(
        start=Instant(at("2011-06-07T22:00")), end=Instant(at("2011-06-07T23:00")), daily=daily_hours("22:00-06:00")
    )

    assert not overlaps(one_night, NIGHT.start, NIGHT.end)


@pytest.mark.parametrize(
    ("found", "circuits"),
    [
        pytest.param(period(), ("X1", "Y1"), id="all circuits of the customer"),
        pytest.param(period(customer_code="ｋ１"), ("X1", "Y1"), id="its code in another width"),
        pytest.param(period(circuit_codes=("X-1",)), ("X1",), id="the circuits it names"),
        pytest.param(period(circuit_codes=("Z9",)), None, id="other circuits"),
        pytest.param(period(customer_code="K3"), None, id="another customer"),
        pytest.param(period(start=day("2011-07-01"), end=day("2011-07-02")), None, id="another time"),
    ],
)
def test_a_period_protects_circuits(found: Assurance, circuits: tuple[str, ...] | None) -> None:
    made = task(row("X1"), row("Y1"), row("X2"), assurances=Assurances((found,)))

    assert [p.circuits for p in made.protections] == ([circuits] if circuits else [])


def test_a_circuit_of_two_owners_is_protected_by_either() -> None:
    made = task(row("X1", customer_name="乙公司"), assurances=Assurances((period(),)))

    assert len(made.protections) == 1


def test_actual_times_count_where_they_are_known() -> None:
    after = period(start=Instant(at("2011-06-08T06:00")), end=day("2011-06-08"))
    overran = row(actual_end=Instant(at("2011-06-08T07:00")))

    assert len(task(row(), assurances=Assurances((after,))).protections) == 0
    assert len(task(overran, assurances=Assurances((after,))).protections) == 1


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        pytest.param(Assurances(complete=False), True, id="a whole file unread: every task"),
        pytest.param(Assurances(broken=(broken(customer_code="K1"),)), True, id="a bad row of its customer"),
        pytest.param(Assurances(broken=(broken(customer_code="K3"),)), False, id="of another customer"),
        pytest.param(Assurances(broken=(broken(),)), True, id="of nobody knows whom"),
        pytest.param(Assurances(broken=(broken(customer_code="K3", circuit_codes=("X1",)),)), True, id="its circuit"),
    ],
)
def test_what_cannot_be_read_may_touch_the_task(given: Assurances, missing: bool) -> None:
    assert (task(assurances=given).protections_missing is not None) is missing


def test_a_cancelled_task_is_touched_by_nothing() -> None:
    made = task(row(status=Status.CANCELLED), assurances=Assurances((period(),), complete=False))

    assert (made.protections, made.protections_missing) == ((), None)


def test_a_period_that_ends_before_it_starts_is_a_problem_and_counts_as_unread() -> None:
    found = Assurances.of([period(end=day("2011-05-01"))], (), complete=True)

    assert [p.field for p in found.problems] == ["end"]
    assert task(assurances=found).protections_missing is not None
