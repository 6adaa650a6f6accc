"""New windows for a task: the earliest that no rule stands against, and what binds them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path as File
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftersales_cli import library
from aftersales_cli.cutover.assurance import Assurances, overlaps
from aftersales_cli.cutover.binds import STANDING, binds
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.holding import Judged, held_or_not
from aftersales_cli.cutover.impact import Hop, Routes
from aftersales_cli.cutover.rescheduling import REACH, Hours, Mover, Range, Search, moved, to_publish, why_not
from aftersales_cli.cutover.rules import RULE_IDS
from aftersales_cli.cutover.task import Task
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.moments import daily_hours
from aftersales_cli.records.routes import Path
from aftersales_cli.records.values import Category, Instant, Lead, LeadUnit, Status, Window, Word
from aftersales_cli.rules.book import Book, load_book
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.workdays import of_workspace
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workspace import Workspace
from tests.cutover.samples import NIGHT, NOW, at, customer, day, gatherer, row

LATER = Window(at("2011-06-20T00:00"), at("2011-06-20T06:00"))
OPEN = (Verdict.BREACHED, Verdict.NEEDS_A_PERSON)
DAY = timedelta(days=1)
ROUTES = Routes(
    {"光缆a": (Hop("X1", Path.WORKING, "光缆A"),), "光缆b": (Hop("X1", Path.PROTECTING, "光缆B"),)},
    {"x1": frozenset(Path)},
)
"""X1 runs over two cables."""


def later(circuit: str | None = "X1", **given: Any) -> Cutover:
    """A row of a task on 20 June."""
    return row(circuit, **({"window": LATER} | given))


@cache
def book() -> Book:
    return load_book([library.content("rulebook")])


@cache
def workdays() -> Workdays:
    return of_workspace(Workspace(root=File()))


def judge(task: Task) -> Judged:
    """All rules of the group's book."""
    tools = {"workdays": workdays(), "vocabularies": book().vocabularies}
    return held_or_not(task, [book().judge(rule, task, tools, None) for rule in RULE_IDS], {})


@dataclass
class Office:
    """The task's rows, other work, and what the gatherer knows."""

    rows: tuple[Cutover, ...] = (later(),)
    others: tuple[Cutover, ...] = ()
    makes: Gatherer = field(default_factory=gatherer)

    def search(self, first: str = "2011-05-27", last: str | None = "2011-07-15", count: int = 1) -> Search:
        """What is found for the first of the tasks."""
        tasks = self.makes.tasks((*self.rows, *self.others))
        until = date.fromisoformat(last) if last else None
        range_ = Range(date.fromisoformat(first), until, Hours.of(self.rows[0].window), count)
        mover = Mover(tasks[0], tasks, self.makes, judge)
        return mover.search(range_, lambda task: book().judge(REACH, task, {}, None))

    def days(self, **wishes: Any) -> list[str]:
        """The days proposed."""
        found = self.search(**wishes)
        return [f"{one.candidate.window.start.date()}" for one in found.proposals]

    def bound(self, **wishes: Any) -> list[tuple[str, list[str | None], list[str], tuple[str, ...]]]:
        """What binds the first proposal: rule, customers, assurances' levels, other tasks."""
        found = self.search(**wishes).proposals[0]
        return [
            (b.decision.rule, [c.code if c else None for c in b.customers], [a.level for a in b.assurances], b.tasks)
            for b in found.bound
        ]


def assured(level: str = "二级", start: str = "2011-06-01", end: str = "2011-06-30", **more: Any) -> Assurance:
    facts: dict[str, Any] = {"customer_code": "K1", "level": level, "start": day(start), "end": day(end)} | more
    return Assurance(**facts)


def protected(*rows: Assurance) -> Gatherer:
    return gatherer(assurances=Assurances(rows))


def test_the_first_day_with_six_clear_working_days_is_proposed_and_the_customer_s_notice_binds() -> None:
    """Seen from Friday 27 May 2011: 6 June is a holiday, so that the sixth clear day is 7 June."""
    assert Office().days(count=3) == ["2011-06-08", "2011-06-09", "2011-06-10"]
    assert Office().bound() == [("CUT-04", ["K1"], [], ())]


def test_the_window_it_has_now_is_no_proposal_even_where_it_is_met() -> None:
    assert Office((row(),)).days(count=2) == ["2011-06-09", "2011-06-10"]


def test_the_longest_notice_of_all_customers_decides_and_its_customer_is_named() -> None:
    patient = customer("K2", "乙公司", notice=Lead(14, LeadUnit.DAYS))
    office = Office((later("X1"), later("X2")), makes=gatherer(customers=(customer(), patient)))

    assert office.days() == ["2011-06-11"]
    assert office.bound() == [("CUT-04", ["K2"], [], ())]


def test_customers_of_whom_the_same_is_said_bind_together() -> None:
    assert Office((later("X1"), later("X2"))).bound() == [("CUT-04", ["K1", "K2"], [], ())]


def test_after_an_assurance_the_assurance_binds() -> None:
    office = Office(makes=protected(assured()))

    assert office.days() == ["2011-07-01"]
    assert office.bound() == [("ASR-1", [], ["二级"], ())]


def test_hours_of_the_day_that_are_not_assured_are_free() -> None:
    assert Office(makes=protected(assured(daily=daily_hours("08:00-20:00")))).days() == ["2011-06-08"]


@pytest.mark.parametrize(
    ("level", "category", "expected"),
    [
        pytest.param("三级", Category.PLANNED, "2011-06-08", id="a lower level is only said"),
        pytest.param("一级", Category.EMERGENCY, "2011-06-01", id="an emergency may go on"),
    ],
)
def test_an_assurance_that_stops_no_work_binds_none(level: str, category: Category, expected: str) -> None:
    office = Office((later(task_no="割接-7", category=category),), makes=protected(assured(level)))

    assert office.days(first="2011-06-01") == [expected]


def test_a_night_on_which_another_task_cuts_the_other_path_is_left_out_and_the_task_is_named() -> None:
    other = row(
        None,
        task_no="BD2011SHJH000002",
        resources=("光缆B",),
        window=Window(at("2011-06-08T02:00"), at("2011-06-09T02:00")),
    )
    office = Office((later(None, resources=("光缆A",)),), (other,), replace(gatherer(), routes=ROUTES))

    assert office.days() == ["2011-06-10"]
    assert office.bound() == [("CUT-11", [], [], ("BD2011SHJH000002",))]


def test_a_cancelled_task_is_in_nobody_s_way() -> None:
    other = row(
        None, task_no="BD2011SHJH000002", resources=("光缆B",), status=Status.CANCELLED,
        window=Window(at("2011-06-08T02:00"), at("2011-06-09T02:00")),
    )  # fmt: skip
    assert Office((later(None, resources=("光缆A",)),), (other,), replace(gatherer(), routes=ROUTES)).days() == [
        "2011-06-08"
    ]


def test_days_of_a_year_without_a_calendar_count_only_where_they_are_certain() -> None:
    """D1: seen from 22 December of the last published year, enough days are certain on no day of January."""
    year = max(workdays().published_years)
    now = at(f"{year}-12-22T09:00")
    window = Window(at(f"{year}-12-30T00:00"), at(f"{year}-12-30T06:00"))
    office = Office((row(window=window, task_no="割接-7", category=Category.PLANNED),), makes=gatherer(now=now))
    found = office.search(first=f"{year}-12-22", last=f"{year + 1}-02-28")

    assert found.proposals == ()
    assert found.rejected[-1].binds[0].decision.verdict is Verdict.NEEDS_A_PERSON


def test_a_publication_of_the_old_window_tells_nobody_of_the_new_one() -> None:
    published = later(published_at=Instant(at("2011-05-10T09:00")))

    assert Office((published,)).days() == ["2011-06-08"]


@pytest.mark.parametrize("rule", STANDING)
def test_a_rule_called_standing_says_the_same_of_any_window(rule: str) -> None:
    made = gatherer()
    said = {
        (one.verdict, one.says)
        for n in range(0, 60, 7)
        for one in [judge(made.task(moved([row()], shifted(n)))).decision(rule)]
    }
    assert len(said) == 1


def shifted(days: int) -> Window:
    return Window(NIGHT.start + days * DAY, NIGHT.end + days * DAY)


def test_what_no_window_mends_is_said_and_no_day_is_looked_at() -> None:
    found = Office((row(reason="心血来潮"),)).search()

    assert [one.rule for one in found.standing] == ["CUT-02"]
    assert (found.proposals, found.rejected, found.last) == ((), (), None)


def test_without_a_last_day_the_book_ends_the_search() -> None:
    found = Office(makes=protected(assured(end="2012-06-30"))).search(last=None)

    assert found.proposals == ()
    assert found.ended is not None
    assert (found.ended.rule, found.ended.verdict) == (REACH, Verdict.BREACHED)
    assert found.last is not None
    assert (found.last.window.start.date() - NOW.date()).days == found.ended.values[0].value


def test_an_unreadable_assurance_leaves_no_window_to_propose() -> None:
    found = Office(makes=gatherer(assurances=Assurances(complete=False))).search()

    assert found.proposals == ()
    assert {bind.decision.rule for one in found.rejected for bind in one.binds} >= {"ASR-1"}


def test_a_question_that_no_window_asks_does_not_stop_a_proposal() -> None:
    """Nobody can say whose X9 is: that stays open wherever the task goes."""
    makes = gatherer(owners={"X9": "K1"})
    strange = row("X9", customer_name="乙公司")
    judged = judge(makes.task([strange]))

    assert judged.decision("CUT-03").verdict is Verdict.NEEDS_A_PERSON
    assert "CUT-03" not in {bind.decision.rule for bind in binds(judged, judge)}


def test_moved_rows_keep_all_but_window_status_and_the_old_publication() -> None:
    going = row("X1", published_at=Instant(NOW), filed_at=Instant(NOW), impact_range="城东")
    off = row("X2", status=Status.CANCELLED, published_at=Word.NOT_PUBLISHED)
    new = shifted(3)

    assert moved([going, off], new) == (
        replace(going, window=new, status=Status.RESCHEDULED, published_at=None),
        replace(off, window=new),
    )


def test_the_cell_of_the_old_window_is_no_evidence_of_the_new_one() -> None:
    (made,) = moved([row()], shifted(3))

    assert (made.place("window").column, made.place("circuit_code").column) == (None, "F")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, None, id="ahead"),
        pytest.param({"status": Status.CANCELLED}, "is cancelled", id="cancelled"),
        pytest.param({"status": Status.DONE}, "is done", id="done"),
        pytest.param({"actual_start": Instant(NOW)}, "gives an actual time", id="an actual time"),
        pytest.param({"window": Window(NOW, NOW + DAY)}, "its window began", id="begins now"),
    ],
)
def test_only_what_lies_ahead_is_moved(given: dict[str, Any], expected: str | None) -> None:
    why = why_not(gatherer().task([row(**given)]))

    assert (why is None) if expected is None else expected in str(why)


def test_it_is_published_in_time_for_the_longest_of_all_lead_times() -> None:
    patient = customer("K2", "乙公司", notice=Lead(14, LeadUnit.DAYS))
    makes = gatherer(customers=(customer(), patient))
    found = to_publish(judge(makes.task(moved([row("X1"), row("X2")], shifted(20)))), workdays())

    assert found is not None
    assert found.publish_by == date(2011, 6, 13)


LEADS = st.sampled_from(
    [
        None,
        Lead(3, LeadUnit.WORKING_DAYS),
        Lead(9, LeadUnit.WORKING_DAYS),
        Lead(12, LeadUnit.DAYS),
        Lead(200, LeadUnit.HOURS),
    ]
)
STARTS = st.integers(0, 30).map(lambda n: datetime(2011, 5, 28, tzinfo=NIGHT.start.tzinfo) + n * DAY)
PERIODS = st.builds(
    lambda level, start, days, hours, owner: assured(
        level,
        customer_code=owner,
        daily=hours,
        start=f"{start.date()}",
        end=f"{(start + days * DAY).date()}",
    ),
    st.sampled_from(["特级", "二级", "三级"]),
    STARTS,
    st.integers(1, 12),
    st.sampled_from([None, daily_hours("08:00-20:00"), daily_hours("22:00-02:00")]),
    st.sampled_from(["K1", "K2"]),
)
OTHERS = st.builds(
    lambda n, start, hours, cable: row(
        None, task_no=f"BD2011SHJH0001{n:02}", resources=(cable,), window=Window(start, start + timedelta(hours=hours))
    ),
    st.integers(0, 99),
    STARTS,
    st.integers(1, 30),
    st.sampled_from(["光缆A", "光缆B"]),
)
OFFICES = st.builds(
    lambda leads, periods, others, category: Office(
        (
            row(None, resources=("光缆A",), category=category, task_no="割接-7"),
            row("X2", category=category, task_no="割接-7"),
        ),
        tuple({other.task_no: other for other in others}.values()),
        replace(
            gatherer(
                customers=(customer(notice=leads[0]), customer("K2", "乙公司", notice=leads[1])),
                assurances=Assurances(periods),
            ),
            routes=ROUTES,
        ),
    ),
    st.tuples(LEADS, LEADS),
    st.lists(PERIODS, max_size=3),
    st.lists(OTHERS, max_size=4),
    st.sampled_from([Category.PLANNED, Category.PLANNED, Category.TEMPORARY]),
)


@settings(max_examples=25, deadline=None)
@given(OFFICES)
def test_what_is_proposed_are_the_first_days_on_which_every_rule_of_the_whole_night_s_work_is_met(
    office: Office,
) -> None:
    """Slow and obvious: every day of the range with all rows there are, without a look at what could collide."""
    first, last, count = date(2011, 5, 28), date(2011, 6, 24), 3
    free = []
    for n in range((last - first).days + 1):
        window = shifted((first - NIGHT.start.date()).days + n)
        task = office.makes.tasks((*moved(office.rows, window), *office.others))[0]
        if window != NIGHT and not any(decision.verdict in OPEN for decision in judge(task).decisions):
            free.append(f"{window.start.date()}")

    assert office.days(first=f"{first}", last=f"{last}", count=count) == free[:count]


@settings(max_examples=25, deadline=None)
@given(OFFICES)
def test_planned_work_is_never_moved_into_an_assurance_of_the_second_level_or_above(office: Office) -> None:
    strong = [period for period in office.makes.assurances.rows if period.level in ("特级", "一级", "二级")]
    for one in office.search(count=4).proposals:
        window, task = one.candidate.window, one.candidate.judged.task
        met = [period for period in strong if overlaps(period, window.start, window.end)]
        assert task.category.value is not Category.PLANNED or met == []
