"""D5: what an assurance holds, and what a release is recorded with."""

from __future__ import annotations

import pytest

from aftersales_cli.errors import Exit, Stop
from tests.jobs.world import (
    TASK,
    World,
    assured,
    changes,
    circuit,
    cut,
    fates,
    json,
)

SECOND = "BD2011SHJH000002"
LATER = "2011-05-28T09:00"


def test_a_protected_circuit_holds_the_task_for_all_customers(world: World) -> None:
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1"), cut("X2"), cut("X3", SECOND)]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("1", "X2"): "held", ("2", "X3"): "notified"}
    assert report.exit is Exit.RULE


def test_a_release_is_recorded_with_the_notices_it_released_and_no_others(world: World) -> None:
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1"), cut("X2"), cut("X3", SECOND)]
    world.notify(released={"asr-1": "agreed with the customer"})

    despite = {(notice.task_no, notice.customer_code): dict(notice.despite) for notice in world.issued()}
    released = {"ASR-1": "agreed with the customer"}
    assert despite == {(TASK, "K1"): released, (TASK, "K2"): released, (SECOND, "K3"): {}}


def test_a_rule_that_does_not_exist_cannot_be_released(world: World) -> None:
    with pytest.raises(Stop) as stopped:
        world.notify(released={"ASR1": "a slip"})

    assert stopped.value.code is Exit.USAGE


def test_a_cancel_goes_out_though_the_circuit_is_protected_now(world: World) -> None:
    world.notify()
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1", 状态="取消")]

    assert changes(world.notify(LATER)) == {("1", "K1"): ("cancel", 1)}


@pytest.mark.parametrize(
    ("cells", "held"),
    [
        pytest.param({"割接类别": "紧急"}, False, id="an emergency goes on"),
        pytest.param({"割接类别": "临时"}, False, id="temporary work goes on"),
        pytest.param({"割接时间": "20110708 00:00:00/20110708 06:00:00"}, False, id="another time"),
    ],
)
def test_what_assurance_does_not_stop(world: World, cells: dict[str, str], held: bool) -> None:
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1", **cells)]

    assert ("held" in fates(world.notify()).values()) is held


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param({"重保级别": "五级"}, id="level"),
        pytest.param({"开始时间": "soon"}, id="start"),
        pytest.param({"每日重保时段": "nights"}, id="hours"),
        pytest.param({"开始时间": "2011-06-30", "结束时间": "2011-06-01"}, id="it runs backwards"),
    ],
)
def test_a_bad_assurance_row_holds_planned_work_that_touches_its_customer(world: World, bad: dict[str, str]) -> None:
    world.assurances = [assured("K1") | bad]
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("Y1", "BD2011SHJH000003", 割接类别="紧急")]
    report = world.notify()

    assert fates(report) == {("1", "X1"): "held", ("2", "X2"): "notified", ("3", "Y1"): "notified"}
    assert report.exit is Exit.PARTLY


def test_a_bad_assurance_row_that_names_no_customer_touches_all(world: World) -> None:
    world.assurances = [assured("")]
    world.cutovers = [cut("X1"), cut("X2", SECOND)]

    assert set(fates(world.notify()).values()) == {"held"}


def test_a_bad_assurance_row_that_names_the_circuit_touches_its_task(world: World) -> None:
    world.assurances = [assured("K9", "五级", 重保电路="X1")]

    assert fates(world.notify()) == {("1", "X1"): "held"}


def test_unreadable_assurances_hold_every_planned_task(world: World) -> None:
    world.assurances = [assured("K1")]
    world.gone.add("assurances")
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("X3", "BD2011SHJH000003", 割接类别="紧急")]

    assert fates(world.notify()) == {("1", "X1"): "held", ("2", "X2"): "held", ("3", "X3"): "notified"}


def test_a_circuit_whose_owner_a_broken_file_hides_may_be_protected(world: World) -> None:
    world.circuits = [circuit("X2", "K2"), circuit("X1", "")]
    world.assurances = [assured("K1")]
    world.cutovers = [cut("X1"), cut("X2")]

    assert set(fates(world.notify()).values()) == {"held"}


def test_problems_are_written_with_file_sheet_row_and_column(world: World) -> None:
    world.cutovers = [cut("X1", 客户名称="乙公司")]
    (problem,) = json(world.notify())["problems"]

    assert problem["source"] == {"file": "cutovers.csv", "sheet": None, "row": None, "column": "G", "line": 2}
    assert (problem["field"], problem["found"], problem["severity"]) == ("customer_name", "乙公司", "error")
    assert set(problem) == {"source", "field", "found", "message", "hint", "held", "severity"}
