"""Lines of `today` for visits that are owed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.today import Wishes, today
from aftersales_cli.jobs.today_line import Line
from aftersales_cli.jobs.visit_plan_inputs import TABLES
from aftersales_cli.jobs.writing_run import run_row
from aftersales_cli.records.events import Kept, PlannedVisit
from tests.jobs.visiting import Office, visit, warning
from tests.jobs.world import World, text

NOW = "2026-03-20T09:00"


@pytest.fixture
def desk(world: World) -> World:
    """A desk in Shanghai whose one cutover lies in the past; its visits are added by `lines`."""
    world.settings["province"] = "上海"
    return world


def lines(world: World, warnings: list[dict[str, str]], visits: list[dict[str, str]], as_of: str = NOW) -> list[Line]:
    """The lines that speak of visits."""
    for table, rows in (("warnings", warnings), ("visits", visits)):
        if rows:
            (world.root / f"{table}.csv").write_text(text(rows), encoding="utf-8")
            world.patterns[table] = (f"{table}.csv",)
    world.write()
    view = today(world.desk(as_of), Wishes()).view
    assert isinstance(view, tuple)
    return [line for line in view if "visit due" in line.command]


@pytest.mark.parametrize(
    ("as_of", "urgency"),
    [("2026-03-03T09:00", "coming"), ("2026-03-04T09:00", "today"), ("2026-03-05T09:00", "overdue")],
)
def test_a_warned_customer_presses_as_the_two_working_days_run_out(desk: World, as_of: str, urgency: str) -> None:
    """R24: issued on Monday 2 March 2026."""
    (line,) = lines(desk, [warning()], [], as_of)
    assert (line.urgency.value, line.due) == (urgency, date(2026, 3, 4))
    assert line.what.to("en") == "visit 甲公司 in 上海 on site (–), led by 省网运部领导 or higher"
    assert line.command == "aftersales visit due --customer K1"


def test_another_province_s_visit_never_presses(desk: World) -> None:
    """D7: a task for the group system."""
    found = lines(desk, [warning(责任省市="广东")], [visit("V1", "2026-03-03")], "2026-03-28T09:00")
    assert [(line.urgency.value, line.overdue) for line in found] == [("coming", False), ("coming", False)]
    assert found[0].what.to("en") == "start a task in the group system: 广东 has to visit 甲公司 in 广东"


def test_a_desk_that_only_visits_names_no_cutovers(tmp_path: Path, reader: Confined) -> None:
    office = Office(tmp_path, reader)
    office.warnings = [warning()]
    report = today(office.desk("2026-03-05T09:00"), Wishes())
    assert [(item["overdue"], str(item["due"])) for item in report.items] == [(True, "2026-03-04")]
    assert report.exit is Exit.RULE


def test_a_desk_that_names_nothing_to_do_is_stopped(tmp_path: Path, reader: Confined) -> None:
    with pytest.raises(Stop) as stopped:
        today(Office(tmp_path, reader).desk(), Wishes())
    assert stopped.value.code is Exit.NO_INPUT


def test_a_wrong_warning_is_something_to_mend(desk: World) -> None:
    assert lines(desk, [warning(客户编码="K9")], []) == []
    view = today(desk.desk(NOW), Wishes()).view
    assert isinstance(view, tuple)
    assert "mend 1 thing in warnings.csv" in [line.what.to("en") for line in view]


def test_a_desk_without_tables_of_visits_has_no_such_lines(desk: World) -> None:
    assert lines(desk, [], []) == []


def test_what_is_agreed_for_next_year_is_counted_and_not_listed(desk: World) -> None:
    rows = [visit("V1", "2026-03-02", 下次走访日期="2027-03-10")]
    assert lines(desk, [], rows) == []
    assert today(desk.desk(NOW), Wishes()).summary["later"] == 1


def plan(world: World, day: date, first: date, last: date) -> None:
    """Put a plan of one visit to K1 into the ledger, as `visit plan` does."""
    world.write()
    desk = world.desk(NOW)
    planned = PlannedVisit(last.year, "K1", 1, 1, day, "上海", "示例甲", first, last)
    with desk.ledger(write=True) as ledger, RunFolder(world.root / "out", "plan") as folder:
        folder.write("plan.txt", b"-")
        ledger.issue(folder, run_row(desk, "visit plan", TABLES), (), Kept(planned=(planned,)))


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2026-03-12T09:00", [], id="more than a week ahead"),
        pytest.param("2026-03-13T09:00", [("coming", date(2026, 3, 20))], id="its day comes"),
        pytest.param("2026-03-20T09:00", [("today", date(2026, 3, 20))], id="its day"),
        pytest.param("2026-03-23T09:00", [], id="its day is over, its slot is not"),
        pytest.param("2026-06-30T09:00", [("today", date(2026, 6, 30))], id="the slot ends"),
        pytest.param("2027-01-04T09:00", [("overdue", date(2026, 6, 30))], id="missed, and a new year"),
    ],
)
def test_a_planned_visit_is_listed_when_its_day_comes_and_when_its_slot_ends(
    desk: World, as_of: str, expected: list[tuple[str, date]]
) -> None:
    """R19, decision 0018."""
    plan(desk, date(2026, 3, 20), date(2026, 1, 1), date(2026, 6, 30))
    found = lines(desk, [], [], as_of)
    assert [(line.urgency.value, line.due) for line in found] == expected
    assert all(line.because.to("en").startswith("R19: planned for 2026-03-20") for line in found)


def test_a_line_of_the_plan_s_day_says_the_plan_though_something_else_was_agreed(desk: World) -> None:
    plan(desk, date(2026, 3, 20), date(2026, 3, 1), date(2026, 6, 30))
    (line,) = lines(desk, [], [visit("V1", "2026-02-02", 下次走访日期="2026-05-10")])
    assert (line.due, line.because.to("en")) == (
        date(2026, 3, 20), "R19: planned for 2026-03-20, in its slot 2026-03-01…2026-06-30",
    )  # fmt: skip


def test_a_visit_of_a_slot_that_begins_within_the_week_is_listed_on_its_day(desk: World) -> None:
    """R19."""
    plan(desk, date(2026, 4, 1), date(2026, 4, 1), date(2026, 4, 30))
    assert [line.due for line in lines(desk, [], [], "2026-03-24T09:00")] == []
    assert [line.due for line in lines(desk, [], [], "2026-03-25T09:00")] == [date(2026, 4, 1)]


def test_warned_customers_stand_before_what_was_agreed_and_old_reminders_last(desk: World) -> None:
    """Issued on 2 March, the visit was due on the 4th; the other promise and the issue are older."""
    rows = [
        visit("V1", "2026-01-05", 客户编码="K2", 下次走访日期="2026-01-20", 客户反映问题="电路抖动"),
        visit("V2", "2026-02-05", 客户编码="K2", 走访方式="电话"),
    ]
    lines(desk, [warning()], rows, "2026-03-05T09:00")
    view = today(desk.desk("2026-03-05T09:00"), Wishes()).view
    assert isinstance(view, tuple)
    assert [line.command.split()[2] for line in view if line.overdue] == ["due", "due", "issues"]
    assert [str(line.due) for line in view if line.overdue] == ["2026-03-04", "2026-01-20", "2026-01-19"]
