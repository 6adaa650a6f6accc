"""The chain of monthly visits (D7, R22, R24): compared day by day with a plain reading of the decision."""

from __future__ import annotations

import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.values import BEIJING, CrisisForm, Instant, Manner, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.visit.chain_rules import passed
from aftersales_cli.visit.warned import Chain, Chains, crisis_alarm, month_after, next_day, warning_alarm
from aftersales_cli.visit.whereabouts import Gazetteer
from aftersales_cli.workdays.counting import Due

DAY = timedelta(days=1)
GAZETTEER = Gazetteer(
    Vocabulary("provinces", (Term("上海", ("上海市",)), Term("广东", ("广东省",)), Term("江苏", ("江苏省",)))),
    {"深圳": "广东", "广州": "广东"},
)
CUSTOMER = Customer(code="K1", name="甲公司", level="集团级", headquarters="上海", contact_phone="021-10000")
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def moment(day: date, hour: int = 10) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BEIJING)


def warning(issued: date, until: date | None = None, places: tuple[str, ...] = ()) -> CustomerWarning:
    return CustomerWarning(
        warning_no="W1",
        customer_code="K1",
        level="橙",
        issued_at=Instant(moment(issued)),
        valid_until=Instant(moment(until, 0), whole_day=True) if until else None,
        responsible_place=places,
    )


def visit(day: date, where: str | None = "上海", manner: Manner = Manner.ON_SITE, code: str = "K1") -> Visit:
    return Visit(
        visit_no=f"{day}-{where}-{manner}",
        customer_code=code,
        kind=VisitKind.CRISIS,
        date=day,
        place_visited=where,
        manner=manner,
    )


def chains(row: CustomerWarning, visits: list[Visit], today: date) -> dict[str, Chain]:
    made = Chains(GAZETTEER, visits, moment(today)).of(warning_alarm(row), CUSTOMER)
    return {chain.where.text: chain for chain in made}


def plainly_due(since: date, interval: int) -> date:
    """D7 in other words: walk on, day by day, until so many days are over or the following month is."""
    day, following = since, (since.year + since.month // 12, since.month % 12 + 1)
    for _ in range(interval):
        if (day + DAY).timetuple()[:2] > following:
            break
        day += DAY
    return day


@given(DAYS, st.integers(1, 31))
def test_the_next_visit_is_due_after_the_interval_and_within_the_following_month(since: date, interval: int) -> None:
    assert next_day(since, interval) == plainly_due(since, interval)


@given(DAYS)
def test_the_following_month_ends_on_its_last_day(day: date) -> None:
    year, month = day.year + day.month // 12, day.month % 12 + 1
    assert month_after(day) == date(year, month, calendar.monthrange(year, month)[1])


@pytest.mark.parametrize(
    ("since", "due"),
    [
        pytest.param(date(2026, 1, 5), date(2026, 2, 5), id="thirty-one days"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), id="the end of February comes first"),
        pytest.param(date(2024, 1, 31), date(2024, 2, 29), id="a leap year"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 31), id="over the new year"),
        pytest.param(date(2026, 7, 31), date(2026, 8, 31), id="two long months"),
    ],
)
def test_days_of_the_chain(since: date, due: date) -> None:
    assert next_day(since, 31) == due


@given(
    DAYS,
    st.lists(st.tuples(st.integers(-40, 200), st.sampled_from(["上海", "上海市", "广东", "深圳", None]),
                       st.sampled_from(list(Manner)), st.sampled_from(["K1", "k1", "K2"])), max_size=12),
    st.integers(0, 200),
)  # fmt: skip
def test_only_visits_on_site_there_since_the_issue_move_the_chain(
    issued: date, made: list[tuple[int, str | None, Manner, str]], after: int
) -> None:
    """D7: only 上门 fulfils R22 and R24, at the place, while the warning is on."""
    today = issued + after * DAY
    rows = [visit(issued + days * DAY, where, manner, code) for days, where, manner, code in made]
    chain = chains(warning(issued), rows, today)["上海"]
    counting = [
        issued + days * DAY
        for days, where, manner, code in made
        if where in ("上海", "上海市") and manner == "上门" and code.upper() == "K1" and 0 <= days <= after
    ]
    assert chain.since.value == max(counting, default=issued)
    assert [row.date for row in chain.visits] == sorted(counting)


def test_headquarters_and_responsible_places_have_a_chain_each() -> None:
    found = chains(warning(date(2026, 1, 5), places=("广东", "江苏省")), [], date(2026, 1, 6))
    assert list(found) == ["上海", "广东", "江苏省"]


@pytest.mark.parametrize("same", ["上海", "上海市", "上海市浦东新区"])
def test_one_visit_serves_both_where_the_places_are_the_same(same: str) -> None:
    assert list(chains(warning(date(2026, 1, 5), places=(same,)), [], date(2026, 1, 6))) == ["上海"]


def test_a_visit_in_a_city_serves_its_province_and_not_the_other_way_round() -> None:
    row = warning(date(2026, 1, 5), places=("广东", "广州"))
    in_the_city = chains(row, [visit(date(2026, 1, 9), "广州")], date(2026, 1, 10))
    assert [bool(in_the_city[place].visits) for place in ("广东", "广州")] == [True, True]
    in_the_province = chains(row, [visit(date(2026, 1, 9), "广东")], date(2026, 1, 10))
    assert [bool(in_the_province[place].visits) for place in ("广东", "广州")] == [True, False]


def test_a_warning_holds_to_the_end_of_its_last_day_or_until_it_is_lifted() -> None:
    until = warning_alarm(warning(date(2026, 1, 5), date(2026, 3, 10)))
    assert (until.over(moment(date(2026, 3, 10), 23)), until.over(moment(date(2026, 3, 11), 0))) == (False, True)
    assert until.last_day == date(2026, 3, 10)


def test_a_warning_without_an_end_or_until_the_last_day_there_is_never_ends() -> None:
    for row in (warning(date(2026, 1, 5)), warning(date(2026, 1, 5), date(9999, 12, 31))):
        assert warning_alarm(row).ends is None


def test_a_crisis_lasts_until_the_day_it_is_closed_is_over() -> None:
    row = Crisis(crisis_no="C1", customer_code="K1", occurred_at=Instant(moment(date(2026, 1, 5))),
                 form=CrisisForm.FAULT, closed_on=date(2026, 1, 20))  # fmt: skip
    alarm = crisis_alarm(row)
    assert (alarm.over(moment(date(2026, 1, 20), 23)), alarm.over(moment(date(2026, 1, 21), 0))) == (False, True)


def test_a_measure_calls_in_the_branches_it_names_and_no_place_that_has_its_own_chain() -> None:
    """R23: other branches join when a crisis measure names them."""
    row = warning(date(2026, 1, 5), places=("广东",))
    alarm = warning_alarm(row)
    named = CustomerWarning(warning_no="W1", customer_code="K1", level="橙", issued_at=row.issued_at,
                            responsible_place=("广东",),
                            measures=("江苏、广东配合走访", "上海核查路由"))  # fmt: skip
    made = Chains(GAZETTEER, [visit(date(2026, 1, 8), "江苏", Manner.PHONE)], moment(date(2026, 1, 9)))
    (joining,) = made.joining(warning_alarm(named), CUSTOMER, ["走访"])
    assert (joining.where.text, joining.joining, len(joining.visits)) == ("江苏", True, 1)
    assert made.joining(alarm, CUSTOMER, ["走访"]) == ()


@given(DAYS, st.integers(0, 5), st.one_of(st.none(), st.integers(0, 5)), st.integers(-2, 12))
def test_a_range_of_days_is_passed_only_beyond_its_far_end(
    first: date, width: int, known: int | None, offset: int
) -> None:
    """D2: what only an unpublished calendar can tell is neither in time nor late."""
    last = None if known is None else first + width * DAY
    day = first + offset * DAY
    expected = False if day <= first else True if last is not None and day > last else None
    assert passed(Due(first, last), day) is expected
