"""The examples of D1 and D2, the year tables of the facts, and days that nobody can know yet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from aftersales_cli.workdays import Range, Workdays, Year
from tests.workdays.years import FACTS, days_of

D = date.fromisoformat


@pytest.mark.parametrize(
    ("cutover", "expected"),
    [
        pytest.param("2011-06-08", "2011-05-29", id="across the dragon-boat holiday, on a Sunday"),
        pytest.param("2011-06-09", "2011-05-30", id="textbook row 2"),
        pytest.param("2011-06-10", "2011-05-31", id="textbook row 3"),
        pytest.param("2011-06-16", "2011-06-07", id="textbook row 4"),
        pytest.param("2026-10-09", "2026-09-22", id="across mid-autumn, a made-up Sunday and the national week"),
        pytest.param("2026-02-25", "2026-02-09", id="across the spring festival"),
    ],
)
def test_latest_publication_for_six_clear_working_days(workdays: Workdays, cutover: str, expected: str) -> None:
    """D1."""
    latest = workdays.latest_publication(D(cutover), 6)
    assert D(expected) == latest.publish_by == latest.certainly_by


def test_neither_the_day_of_publication_nor_that_of_the_cutover_counts(workdays: Workdays) -> None:
    """Monday to Wednesday of an ordinary week: Tuesday alone is clear."""
    assert workdays.clear_days_between(D("2026-03-02"), D("2026-03-04")) == Range(1, 1)


@pytest.mark.parametrize("end", ["2026-03-01", "2026-03-02", "2026-03-03"])
def test_nothing_lies_between_neighbours_or_backwards(workdays: Workdays, end: str) -> None:
    assert workdays.clear_days_between(D("2026-03-02"), D(end)) == Range(0, 0)


@pytest.mark.parametrize(
    ("published", "cutover", "expected"),
    [
        pytest.param("2026-12-01", "2027-01-08", True, id="met whatever 2027 brings"),
        pytest.param("2027-01-05", "2027-01-08", False, id="breached whatever 2027 brings"),
        pytest.param("2026-12-25", "2027-01-08", None, id="open"),
        pytest.param("2026-12-17", "2026-12-29", True, id="the 29th itself does not count, so nothing is open"),
    ],
)
def test_six_days_into_an_unpublished_year(
    workdays: Workdays, published: str, cutover: str, expected: bool | None
) -> None:
    """D1."""
    assert expected is workdays.clear_days_between(D(published), D(cutover)).at_least(6)


def test_a_publication_day_that_depends_on_an_unpublished_year_is_not_named(workdays: Workdays) -> None:
    """D1: 21 to 28 December hold six certain working days, so the 20th is early enough for 2027-01-08."""
    latest = workdays.latest_publication(D("2027-01-08"), 6)
    assert latest.publish_by is None
    assert latest.certainly_by == D("2026-12-20")


@pytest.mark.parametrize(
    ("issued", "n", "expected"),
    [
        pytest.param("2026-02-13", 2, "2026-02-24", id="a made-up Saturday, then the spring festival"),
        pytest.param("2026-04-30", 2, "2026-05-07", id="labour day"),
        pytest.param("2026-09-30", 2, "2026-10-09", id="national week"),
        pytest.param("2026-02-13", 0, "2026-02-13", id="within no days: the day itself"),
    ],
)
def test_due_within_n_working_days(workdays: Workdays, issued: str, n: int, expected: str) -> None:
    """D2."""
    assert D(expected) == workdays.due(D(issued), n).by


def test_due_in_an_unpublished_year_has_a_lower_bound_only(workdays: Workdays) -> None:
    """D2: issued 2026-12-31."""
    due = workdays.due(D("2026-12-31"), 2)
    assert (D("2027-01-02"), None, None) == (due.no_earlier_than, due.no_later_than, due.by)


def test_the_nth_working_day_before(workdays: Workdays) -> None:
    assert workdays.nth(D("2026-10-08"), -1).day == D("2026-09-30")
    assert workdays.nth(D("2026-10-09"), -6).day == D("2026-09-23")


@pytest.mark.parametrize("year", sorted(FACTS))
def test_the_years_of_the_facts_are_ours(workdays: Workdays, year: int) -> None:
    """Every holiday rests, every make-up day works, all other days follow the week."""
    facts = FACTS[year]
    for day in _days(year):
        expected = day in facts.workdays or (day.weekday() < 5 and day not in facts.holidays)
        assert expected is _before_any_doubt(workdays, day), day


@pytest.mark.parametrize(("year", "expected"), [(2024, 251), (2025, 248), (2026, 248)])
def test_working_days_of_a_year(workdays: Workdays, year: int, expected: int) -> None:
    last_day_before, first_day_after = date(year - 1, 12, 31), date(year + 1, 1, 1)
    count = workdays.clear_days_between(last_day_before, first_day_after)
    unsettled = 3 if year == 2026 else 0  # 29, 30 and 31 December 2026 are a Tuesday, Wednesday and Thursday
    assert Range(expected - unsettled, expected) == count


def test_a_day_of_an_unpublished_year_is_neither_worked_nor_free(workdays: Workdays) -> None:
    """Plain weekday logic would call 2027-01-01 a working day, and it knows no Sunday that is made up."""
    assert [workdays.is_workday(D(day)) for day in ("2027-01-01", "2027-01-03", "2003-06-02")] == [None, None, None]


def test_december_waits_for_the_next_year_only_while_that_is_unpublished(workdays: Workdays) -> None:
    assert [workdays.is_workday(D(f"2026-12-{day}")) for day in (28, 29, 31)] == [True, None, None]
    assert [workdays.is_workday(D(f"2025-12-{day}")) for day in (28, 29, 31)] == [False, True, True]


def test_the_next_years_notice_settles_and_amends_december(workdays: Workdays) -> None:
    """A notice may reach back: here it makes the 31st free and works the Sunday before instead."""
    notice = Year(
        2027, frozenset(days_of(2027, "01-01")) | {D("2026-12-31")}, frozenset({D("2026-12-27")}), "2027.yaml"
    )
    with_2027 = Workdays({**workdays.years, 2027: notice}, workdays.unsettled_from)
    assert [with_2027.is_workday(D(f"2026-12-{day}")) for day in (27, 29, 30, 31)] == [True, True, True, False]
    assert with_2027.exceptions(2026)[0] - workdays.exceptions(2026)[0] == {D("2026-12-31")}
    assert notice.before == (D("2026-12-27"), D("2026-12-31"))


def test_a_notice_takes_back_what_the_year_before_had_said(workdays: Workdays) -> None:
    """2011-12-31 was a made-up Saturday; a notice of 2012 that frees it would win."""
    freed = Year(2012, frozenset(days_of(2012, "01-01")) | {D("2011-12-31")}, frozenset(), "2012.yaml")
    amended = Workdays({**workdays.years, 2012: freed}, workdays.unsettled_from)
    assert [workdays.is_workday(D("2011-12-31")), amended.is_workday(D("2011-12-31"))] == [True, False]
    assert D("2011-12-31") not in amended.exceptions(2011)[1]


def test_a_day_given_back_to_work_is_no_holiday_any_more(workdays: Workdays) -> None:
    own = Year(2026, frozenset({D("2026-12-31")}), frozenset(), "2026.yaml")
    after = Year(2027, frozenset(days_of(2027, "01-01")), frozenset({D("2026-12-31")}), "2027.yaml")
    amended = Workdays({2026: own, 2027: after}, workdays.unsettled_from)
    assert amended.exceptions(2026) == (frozenset[date](), frozenset({D("2026-12-31")}))
    assert amended.is_workday(D("2026-12-31")) is True


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("2026-12-01", "2026-12-29", (), id="up to the 28th nothing is open"),
        pytest.param("2026-12-01", "2026-12-30", (2027,), id="the 29th waits for 2027"),
        pytest.param("2026-12-31", "2027-01-02", (2027,), id="a day of 2027"),
        pytest.param("2026-12-31", "2027-01-01", (), id="no day between"),
        pytest.param("2027-12-01", "2028-01-05", (2027, 2028), id="two years"),
        pytest.param("2027-12-01", "2027-12-31", (2027, 2028), id="the end of 2027 waits for 2028 too"),
        pytest.param("2003-12-30", "2004-01-02", (2003,), id="before the first year"),
        pytest.param("2026-05-05", "2026-05-01", (), id="backwards"),
    ],
)
def test_which_years_would_settle_it(workdays: Workdays, start: str, end: str, expected: tuple[int, ...]) -> None:
    assert expected == workdays.unpublished(D(start), D(end))


def test_the_program_comes_with_2004_to_2026_at_least(workdays: Workdays) -> None:
    assert set(range(2004, 2027)) <= set(workdays.published_years)
    assert workdays.years[2026].source.startswith("chinesecalendar ")


def test_no_day_is_certainly_early_enough_where_the_calendar_begins_later(workdays: Workdays) -> None:
    latest = workdays.latest_publication(D("1990-01-01"), 6)
    assert latest.publish_by is None
    assert latest.certainly_by is None


def test_the_ends_of_time_are_bounds_not_errors(workdays: Workdays) -> None:
    assert workdays.nth(D("2026-01-01"), 10**7).earliest == date.max
    assert workdays.nth(D("2026-01-01"), -(10**7)).latest == date.min
    assert workdays.latest_publication(date.min, 6).possibly_by == date.min
    assert workdays.is_workday(date.max) is None


def test_counting_costs_nothing_until_it_is_used() -> None:
    code = "import sys, aftersales_cli.workdays; print('chinese_calendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _days(year: int) -> Iterator[date]:
    first = date(year, 1, 1)
    return (first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days))


def _before_any_doubt(workdays: Workdays, day: date) -> bool | None:
    """The last days of the newest December are open; by their own year's notice they follow the week."""
    known = workdays.is_workday(day)
    return day.weekday() < 5 if known is None and day >= D("2026-12-29") else known
