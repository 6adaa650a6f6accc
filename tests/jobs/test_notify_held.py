"""D11, D12, reliability §1: rows that cannot be used, what is held, what is told late."""

from __future__ import annotations

import pytest

from aftersales_cli.errors import Exit
from tests.jobs.world import (
    TASK,
    World,
    accounting,
    cut,
    errors,
    fates,
    item,
)

SECOND = "BD2011SHJH000002"


@pytest.mark.parametrize(
    ("column", "field", "second"),
    [
        pytest.param("割接时间", "window", "20110609 00:00:00/20110609 06:00:00", id="window"),
        pytest.param("割接省", "province", "广东", id="province"),
        pytest.param("割接原因分类", "reason", "机房搬迁", id="reason"),
        pytest.param("割接类别", "category", "紧急", id="category"),
    ],
)
def test_rows_of_a_task_that_do_not_agree_hold_it_with_a_problem_on_the_deviating_cell(
    world: World, column: str, field: str, second: str
) -> None:
    world.cutovers = [cut("X1", 割接类别="计划"), cut("X2", 割接类别="计划") | {column: second}, cut("X3", SECOND)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "held", ("2", "X3"): "notified"}
    assert errors(report) == [(field, 3, (f"task {TASK}",))]
    assert report.exit is Exit.PARTLY


def test_two_spellings_of_one_value_agree(world: World) -> None:
    world.cutovers = [cut("X1", 割接省="上海市"), cut("X2", 割接时间="2011-06-08 00:00-06:00")]

    assert accounting(world.notify())["notified"] == 2


def test_the_same_circuit_twice_counts_once(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X-1")]

    assert accounting(world.notify()) == {"circuits": 1, "notified": 1, "department": 0, "exempt": 0, "held": 0}


@pytest.mark.parametrize(
    "cells",
    [pytest.param({"中断类型": "中断: 60分钟"}, id="interruption"), pytest.param({"状态": "取消"}, id="status")],
)
def test_the_same_circuit_twice_and_different_holds_the_task(world: World, cells: dict[str, str]) -> None:
    world.cutovers = [cut("X1"), cut("X1", **cells), cut("X2")]
    report = world.notify()

    assert set(fates(report).values()) == {"held"}
    assert errors(report) == [("circuit_code", 3, (f"task {TASK}",))]


def test_a_bad_row_holds_its_task_for_all_customers_and_no_other_task(world: World) -> None:
    world.cutovers = [cut("X1", 中断类型="30"), cut("X2"), cut("X3", SECOND)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "held", ("2", "X3"): "notified"}
    assert (item(report, "K1")["state"], item(report, "K2")["state"]) == ("held", "held")


def test_a_row_without_a_number_is_held_and_counted(world: World) -> None:
    world.cutovers = [cut("X1", ""), cut("X2")]
    report = world.notify()

    assert accounting(report) == {"circuits": 2, "notified": 1, "department": 0, "exempt": 0, "held": 1}
    assert report.exit is Exit.PARTLY


def test_a_held_customer_is_listed_once_per_task_with_all_circuits(world: World) -> None:
    world.cutovers = [cut("X1", 割接原因分类="扩容"), cut("Y1", 割接原因分类="扩容"), cut("X2", SECOND)]
    held = item(world.notify(), "K1")

    assert (held["state"], held["change"], held["files"]) == ("held", None, [])
    assert [(task["task_no"], task["circuit_codes"]) for task in held["tasks"]] == [(TASK, ["X1", "Y1"])]
    assert held["tasks"][0]["held"].startswith("CUT-02")


def test_a_reason_outside_the_list_holds_and_can_be_released(world: World) -> None:
    world.cutovers = [cut("X1", 割接原因分类="扩容")]
    assert fates(world.notify()) == {("1", "X1"): "held"}

    assert fates(world.notify(released={"CUT-02": "the unit insists"})) == {("1", "X1"): "notified"}


def test_a_bad_row_cannot_be_released(world: World) -> None:
    world.cutovers = [cut("X1", 中断类型="")]

    assert fates(world.notify(released={"CUT-01": "we are in a hurry"})) == {("1", "X1"): "held"}


def test_late_work_is_told_and_marked(world: World) -> None:
    report = world.notify("2011-06-06T09:00")

    assert (report.exit, fates(report)) == (Exit.RULE, {("1", "X1"): "notified"})
    assert item(report, "K1")["tasks"][0]["late"] is True
    letter = next(path for path in report.files if path.suffix == ".html").read_text()
    assert "致歉" in letter


def test_under_72_hours_is_late_for_temporary_work_too(world: World) -> None:
    world.cutovers = [cut("X1", 割接类别="临时")]

    assert item(world.notify("2011-06-06T09:00"), "K1")["tasks"][0]["late"] is True


def test_late_is_marked_only_for_the_customer_it_is_late_for(world: World) -> None:
    world.customers[0]["约定提前量"] = "14天"
    world.cutovers = [cut("X1"), cut("X2")]
    report = world.notify()

    assert [item(report, code)["tasks"][0]["late"] for code in ("K1", "K2")] == [True, False]
    assert report.exit is Exit.RULE
