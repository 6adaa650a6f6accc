"""D12: new, update, cancel, unchanged; what is never believed from absence."""

from __future__ import annotations

import pytest

from aftersales_cli.errors import Exit
from tests.jobs.world import TASK, World, accounting, changes, customer, cut, fates, item, json, why

LATER = "2011-05-28T09:00"
MOVED = "20110610 00:00:00/20110610 06:00:00"


def test_the_first_run_is_new_and_the_second_unchanged(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2")]
    assert changes(world.notify()) == {("1", "K1"): ("new", 0), ("1", "K2"): ("new", 0)}

    again = world.notify(LATER)

    assert changes(again) == {("1", "K1"): ("unchanged", 0), ("1", "K2"): ("unchanged", 0)}
    assert accounting(again)["notified"] == 2
    assert (list(again.files), len(world.issued())) == ([], 2)


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"割接时间": MOVED}, id="window"),
        pytest.param({"割接时间": MOVED, "状态": "改期"}, id="改期 carries the new window"),
        pytest.param({"中断类型": "中断: 60分钟"}, id="interruption"),
        pytest.param({"割接原因分类": "机房搬迁"}, id="reason"),
        pytest.param({"中断类型": "不中断"}, id="told of an interruption that is none now"),
    ],
)
def test_what_changed_for_the_customer_is_an_update_of_the_same_notice(world: World, cells: dict[str, str]) -> None:
    first = item(world.notify(), "K1")["tasks"][0]
    world.cutovers = [cut("X1", **cells)]
    again = world.notify(LATER)
    update = item(again, "K1")["tasks"][0]

    assert changes(again) == {("1", "K1"): ("update", 1)}
    assert update["notice_id"] == first["notice_id"]
    assert changes(world.notify(LATER)) == {("1", "K1"): ("unchanged", 1)}


def test_another_customers_change_is_no_update(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2")]
    world.notify()
    world.cutovers = [cut("X1"), cut("X2", 中断类型="中断: 90分钟")]

    assert changes(world.notify(LATER)) == {("1", "K1"): ("unchanged", 0), ("1", "K2"): ("update", 1)}


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"发起单位": "另一单位"}, id="initiating unit"),
        pytest.param({"影响范围": "浦东"}, id="impact range"),
        pytest.param({"填报时间": "2011-05-20"}, id="filing time"),
        pytest.param({"客户名称": "甲 公司"}, id="the customer's name, spelled otherwise"),
    ],
)
def test_what_the_customer_does_not_see_is_no_update(world: World, cells: dict[str, str]) -> None:
    world.notify()
    world.cutovers = [cut("X1", **cells)]

    assert changes(world.notify(LATER)) == {("1", "K1"): ("unchanged", 0)}


def test_a_further_circuit_of_the_customer_is_an_update(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X1"), cut("Y1")]

    again = world.notify(LATER)

    assert changes(again) == {("1", "K1"): ("update", 1)}
    assert item(again, "K1")["tasks"][0]["circuit_codes"] == ["X1", "Y1"]


def test_取消_cancels_then_stays_unchanged_then_is_announced_anew_with_a_higher_sequence(world: World) -> None:
    seen = []
    for status in ("", "取消", "取消", "计划", "取消"):
        world.cutovers = [cut("X1", 状态=status)]
        report = world.notify()
        accounting(report)
        seen.append(changes(report)["1", "K1"])

    assert seen == [("new", 0), ("cancel", 1), ("unchanged", 1), ("new", 2), ("cancel", 3)]
    assert {notice.notice_id for notice in world.issued()} == {world.issued()[0].notice_id}


def test_a_task_cancelled_before_anyone_was_told_is_exempt(world: World) -> None:
    world.cutovers = [cut("X1", 状态="取消")]
    report = world.notify()

    assert (changes(report), fates(report)) == ({}, {("1", "X1"): "exempt"})
    assert why(report, "exempt") == ["cancelled before notice"]
    assert report.exit is Exit.DONE


def test_a_task_cancelled_too_late_for_its_notice_breaches_no_lead_time(world: World) -> None:
    world.cutovers = [cut("X1", 状态="取消")]

    assert world.notify("2011-06-07T09:00").exit is Exit.DONE


def test_one_circuit_of_two_cancelled_is_an_update_even_where_absence_would_not_be_believed(world: World) -> None:
    world.cutovers = [cut("X1"), cut("Y1")]
    world.notify()
    world.cutovers = [cut("X1"), cut("Y1", 状态="取消")]
    world.circuits.append({"电路代号": "Z9", "客户编码": ""})

    again = world.notify(LATER)

    assert changes(again) == {("1", "K1"): ("update", 1)}
    assert fates(again) == {("1", "X1"): "notified", ("1", "Y1"): "notified"}
    assert item(again, "K1")["tasks"][0]["circuit_codes"] == ["X1"]


def test_a_customer_whose_circuits_left_the_task_is_cancelled_when_everything_was_read(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2")]
    world.notify()
    world.cutovers = [cut("X1")]
    again = world.notify(LATER)

    assert changes(again) == {("1", "K1"): ("unchanged", 0), ("1", "K2"): ("cancel", 1)}
    assert item(again, "K2")["tasks"][0]["circuit_codes"] == ["X2"]
    assert fates(again) == {("1", "X1"): "notified"}


def test_a_task_under_a_new_number_is_no_cancel_where_only_the_old_one_is_asked_for(world: World) -> None:
    """The new number may be a misspelling of the old; a run that is narrowed sees that as well."""
    world.cutovers = [cut("X1"), cut("X2")]
    world.notify()
    world.cutovers = [cut("X1"), cut("X2", "BD2011SHJH000002")]

    assert changes(world.notify(LATER, numbers=(TASK,))) == {("1", "K1"): ("unchanged", 0)}


def test_a_customer_whose_circuit_went_to_another_is_not_cancelled_and_that_is_said(world: World) -> None:
    """(b) asks that the task no longer touches the circuit; it does, it is only somebody else's now."""
    world.notify()
    world.circuits[0]["客户编码"] = "K2"
    again = world.notify(LATER)

    assert changes(again) == {("1", "K2"): ("new", 0)}
    assert item(again, "K1")["state"] == "held"
    assert any("stands" in str(p.message) for p in again.problems)


def test_a_departed_customer_who_is_on_record_no_more_is_not_mixed_up_with_the_department(world: World) -> None:
    world.cutovers = [cut("X1"), cut("X2")]
    world.notify()
    world.cutovers = [cut("X1")]
    world.customers = [customer("K1", "甲公司")]
    again = world.notify(LATER)

    assert changes(again) == {("1", "K1"): ("unchanged", 0)}
    assert item(again, "K2")["state"] == "held"


def test_a_task_that_no_row_mentions_is_listed_as_not_seen_and_left_alone(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X2", "BD2011SHJH000002")]
    again = world.notify(LATER)

    assert json(again)["summary"]["not_seen"] == [TASK]
    assert changes(again) == {("2", "K2"): ("new", 0)}


def test_a_task_whose_window_is_over_is_missed_by_nobody(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X2", "BD2011SHJH000002", 割接时间="20110710 00:00:00/20110710 06:00:00")]

    assert json(world.notify("2011-06-09T09:00"))["summary"]["not_seen"] == []


def test_after_the_window_began_nothing_goes_out(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X1"), cut("X2")]
    begun = world.notify("2011-06-08T00:00")

    assert changes(begun) == {("1", "K1"): ("unchanged", 0)}
    assert fates(begun) == {("1", "X1"): "notified", ("1", "X2"): "exempt"}
    assert why(begun, "exempt") == ["the window has already begun"]
    assert list(begun.files) == []


def test_a_customer_told_of_another_window_than_the_one_that_began_is_listed(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X1", 割接时间="20110601 00:00:00/20110601 06:00:00")]
    begun = world.notify("2011-06-01T01:00")

    assert fates(begun) == {("1", "X1"): "exempt"}
    assert item(begun, "K1")["state"] == "held"


@pytest.mark.parametrize(
    ("as_of", "change"),
    [
        pytest.param("2011-06-08T01:00", {("1", "K1"): ("cancel", 1)}, id="while it lasts, late and better than none"),
        pytest.param("2011-06-08T06:00", {}, id="not when it is over"),
    ],
)
def test_取消_after_the_window_began(world: World, as_of: str, change: object) -> None:
    world.notify()
    world.cutovers = [cut("X1", 状态="取消")]
    report = world.notify(as_of)

    assert changes(report) == change
    assert accounting(report)["circuits"] == 1


def test_codes_in_another_case_or_width_are_the_same_customer(world: World) -> None:
    world.notify()
    world.customers[0]["客户编码"] = "ｋ１"

    assert changes(world.notify(LATER)) == {("1", "ｋ１"): ("unchanged", 0)}


def test_the_order_of_rows_changes_nothing(world: World) -> None:
    world.cutovers = [cut("Y1"), cut("X2"), cut("X1", 中断类型="瞬断"), cut("X3", "BD2011SHJH000002")]
    first = world.notify(dry_run=True)
    world.cutovers.reverse()
    second = world.notify(dry_run=True)

    assert json(second)["items"] == json(first)["items"]
    assert changes(world.notify()) == changes(first)
    world.cutovers.reverse()
    assert {change for change, _ in changes(world.notify(LATER)).values()} == {"unchanged"}
