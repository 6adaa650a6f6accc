"""What holds of counting for all days, whatever the calendar of an unpublished year turns out to be."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli import library
from aftersales_cli.workdays import Range, Workdays, Year, built_in, read_conventions

WORKDAYS = built_in(read_conventions(library.content("rulebook")))
DAYS = st.dates(date(2002, 1, 1), date(2029, 12, 31)) | st.dates(date(2026, 11, 15), date(2027, 2, 15))
NEEDED = st.integers(1, 40)
ONE = timedelta(days=1)


@st.composite
def notices_of_2027(draw: st.DrawFn) -> Year:
    """Any notice of 2027 that leaves the settled part of December 2026 alone."""
    day = st.dates(date(2026, 12, 29), date(2027, 12, 31))
    holidays = draw(st.frozensets(day, max_size=40))
    workdays = draw(st.frozensets(day, max_size=20))
    return Year(2027, holidays, workdays - holidays, "2027.yaml")


@st.composite
def two_days(draw: st.DrawFn) -> tuple[date, date]:
    first, second = sorted((draw(DAYS), draw(DAYS)))
    return first, second


def _with(year: Year) -> Workdays:
    return Workdays({**WORKDAYS.years, year.year: year}, WORKDAYS.unsettled_from)


def _between(start: date, end: date) -> Range:
    return WORKDAYS.clear_days_between(start, end)


@given(two_days())
def test_counting_is_asking_each_day_between(days: tuple[date, date]) -> None:
    """The slow way, at most 400 days of it, gives the same."""
    start, end = days[0], min(days[1], days[0] + timedelta(days=400))
    known = [WORKDAYS.is_workday(start + ONE * n) for n in range(1, (end - start).days)]
    certain = sum(worked is True for worked in known)
    assert Range(certain, certain + sum(worked is None for worked in known)) == _between(start, end)


@given(two_days(), st.integers(0, 60), st.integers(0, 60))
def test_a_wider_stretch_never_holds_fewer(days: tuple[date, date], earlier: int, later: int) -> None:
    inner, outer = _between(*days), _between(days[0] - ONE * earlier, days[1] + ONE * later)
    assert 0 <= inner.certain <= outer.certain
    assert inner.possible <= outer.possible
    assert inner.certain <= inner.possible


@given(two_days(), DAYS)
def test_two_stretches_and_the_day_where_they_meet_are_the_whole(days: tuple[date, date], middle: date) -> None:
    start, middle, end = sorted((*days, middle))
    left, right, whole = _between(start, middle), _between(middle, end), _between(start, end)
    met = WORKDAYS.is_workday(middle) if start < middle < end else False
    assert whole.certain == left.certain + right.certain + (met is True)
    assert whole.possible == left.possible + right.possible + (met is not False)


@given(DAYS, NEEDED)
def test_the_latest_publication_meets_and_the_next_day_does_not(cutover: date, needed: int) -> None:
    latest = WORKDAYS.latest_publication(cutover, needed)
    if latest.certainly_by is not None:
        assert _between(latest.certainly_by, cutover).at_least(needed) is True
        assert _between(latest.certainly_by + ONE, cutover).at_least(needed) is not True
    assert _between(latest.possibly_by, cutover).at_least(needed) is not False
    assert _between(latest.possibly_by + ONE, cutover).at_least(needed) is False


@given(DAYS, NEEDED)
def test_a_latest_publication_is_named_exactly_where_no_unpublished_day_decides(cutover: date, needed: int) -> None:
    latest = WORKDAYS.latest_publication(cutover, needed)
    assert (latest.publish_by is None) == bool(WORKDAYS.unpublished(latest.possibly_by, cutover))


@given(DAYS, NEEDED)
def test_due_is_the_last_day_of_the_count_and_publication_its_inverse(day: date, n: int) -> None:
    """What is due at the end of a day has n working days from the day after issue to that day."""
    due = WORKDAYS.due(day, n)
    assert _between(day, due.no_earlier_than + ONE).possible == n
    assert _between(day, due.no_earlier_than).possible == n - 1
    if due.by is not None:
        assert WORKDAYS.is_workday(due.by)
        assert WORKDAYS.latest_publication(due.by + ONE, n).publish_by >= day  # type: ignore[operator]  # it is named
        assert WORKDAYS.nth(due.by + ONE, -n).day == WORKDAYS.nth(day, 1).day


@given(two_days(), notices_of_2027())
def test_a_published_year_narrows_a_count_and_never_moves_it(days: tuple[date, date], notice: Year) -> None:
    """So a verdict that was definite stays what it was."""
    before, after = _between(*days), _with(notice).clear_days_between(*days)
    assert before.certain <= after.certain <= after.possible <= before.possible


@given(
    st.dates(date(2026, 1, 1), date(2027, 12, 29)), st.dates(date(2026, 1, 1), date(2027, 12, 29)), notices_of_2027()
)
def test_with_its_year_a_count_is_exact(start: date, end: date, notice: Year) -> None:
    assert _with(notice).clear_days_between(start, end).exact


@given(st.dates(date(2026, 12, 1), date(2027, 10, 1)), NEEDED, notices_of_2027())
def test_a_day_promised_before_the_year_was_published_still_holds_after_it(day: date, n: int, notice: Year) -> None:
    before, after = WORKDAYS.latest_publication(day, n), _with(notice).latest_publication(day, n)
    assert before.certainly_by is not None
    assert after.certainly_by is not None
    assert before.certainly_by <= after.certainly_by
    assert after.possibly_by <= before.possibly_by
    assert WORKDAYS.due(day, n).no_earlier_than <= _with(notice).due(day, n).no_earlier_than
