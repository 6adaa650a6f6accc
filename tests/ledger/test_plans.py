"""A year's plan in the ledger: the last run's visits and open ones, and what earlier runs had beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from aftersales_cli.records.events import Kept, OpenVisit, PlannedVisit
from aftersales_cli.words import Say
from tests.ledger.samples import NAME, RUN, filled, notice, readable, writable

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
VISIT = PlannedVisit(
    2026, "K1", 1, 2, date(2026, 4, 1), "上海", "示例甲", FIRST, LAST, ("核对客户资料",), True, True, 3,
    role="首席", unread=("assurances",),
)  # fmt: skip
LEFT = OpenVisit(
    2026, "K1", 2, 2, "上海", None, date(2026, 7, 1), date(2026, 12, 31),
    Say("there is no engineer at {place}", place="上海"), date(2026, 9, 1), ("circuits",),
)  # fmt: skip


def plan(root: Path, visits: Sequence[PlannedVisit] = (), left: Sequence[OpenVisit] = (), done: bool = True) -> None:
    """One run with this plan, completed or cut off."""
    with writable(root) as ledger:
        run = RUN.of(filled(root, notice(1)))
        run_id = ledger.record_run(run, (), Kept(planned=tuple(visits), open_visits=tuple(left)))
        if done:
            ledger.complete(run_id, NAME)


def test_visits_and_open_ones_come_back_as_they_were(tmp_path: Path) -> None:
    plan(tmp_path, [VISIT], [LEFT])
    with readable(tmp_path) as ledger:
        assert [replace(visit, run="") for visit in ledger.planned_visits(2026)] == [VISIT]
        (left,) = ledger.open_visits(2026)
    assert (str(left.because), left.because.to("zh")) == (str(LEFT.because), LEFT.because.to("zh"))
    assert replace(left, run="", because=LEFT.because) == LEFT


def test_the_plan_is_that_of_the_last_completed_run(tmp_path: Path) -> None:
    plan(tmp_path, [VISIT], [LEFT])
    plan(tmp_path, [replace(VISIT, customer_code="K2")], done=False)
    with readable(tmp_path) as ledger:
        assert [visit.customer_code for visit in ledger.planned_visits(2026)] == ["K1"]
        assert len(ledger.open_visits(2026)) == 1
        assert ledger.planned_visits(2027) == ()


def test_a_plan_of_open_visits_only_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    plan(tmp_path, [VISIT])
    plan(tmp_path, (), [LEFT, replace(LEFT, year=2027)])
    with readable(tmp_path) as ledger:
        assert (ledger.planned_visits(2026), len(ledger.open_visits(2026))) == ((), 1)
        assert ledger.planned_years() == (2026, 2027)


def test_a_plan_without_any_visit_left_is_a_plan_too(tmp_path: Path) -> None:
    plan(tmp_path, [VISIT])
    with writable(tmp_path) as ledger:
        run_id = ledger.record_run(RUN.of(filled(tmp_path, notice(1))), (), Kept(plans=(2026,)))
        ledger.complete(run_id, NAME)
        assert (ledger.planned_visits(2026), ledger.planned_years()) == ((), (2026,))
        assert [visit.customer_code for visit in ledger.years_plan(2026).former] == ["K1"]


def test_superseded_visits_are_known_to_the_next_plan_and_not_planned(tmp_path: Path) -> None:
    plan(tmp_path, [VISIT, replace(VISIT, number=2, superseded=True)])
    with readable(tmp_path) as ledger:
        assert [visit.number for visit in ledger.planned_visits(2026)] == [1]
        assert [visit.number for visit in ledger.years_plan(2026).superseded] == [2]


def test_former_visits_are_those_of_earlier_plans_alone_each_as_it_stood_last(tmp_path: Path) -> None:
    gone = replace(VISIT, customer_code="K9")
    plan(tmp_path, [VISIT, gone])
    plan(tmp_path, [VISIT, replace(gone, sequence=5)])
    plan(tmp_path, [VISIT])
    with readable(tmp_path) as ledger:
        assert [(visit.customer_code, visit.sequence) for visit in ledger.years_plan(2026).former] == [("K9", 5)]
