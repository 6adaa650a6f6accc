"""`cutover status`: each customer's last notice, who has confirmed it, and since when somebody should have."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.status import Wishes, status
from aftersales_cli.jobs.today import Wishes as TodayWishes
from aftersales_cli.jobs.today import today
from tests.jobs.receiving import confirm, received, row, stands
from tests.jobs.world import EARLY, TASK, World, cut, json

SECOND = "BD2011SHJH000002"
MOVED = "20110609 00:00:00/20110609 06:00:00"


@pytest.fixture
def told(world: World) -> World:
    """K1 and K2 were told of the first task on Friday 27 May at nine, the department of a circuit nobody knows."""
    world.cutovers = [cut("X1"), cut("X2"), cut("Q9")]
    world.notify(EARLY)
    return world


def tasks(report: Report) -> dict[str | None, Any]:
    """The last task of each customer's item."""
    return {item["customer_code"]: item["tasks"][-1] for item in json(report)["items"]}


def states(report: Report) -> dict[str | None, str]:
    return {item["customer_code"]: item["state"] for item in json(report)["items"]}


def test_an_item_is_as_notify_gives_it_with_who_confirmed_it_and_when(told: World) -> None:
    received(told, row())
    items = {item["customer_code"]: item for item in json(stands(told))["items"]}

    first = items["K1"]
    assert (first["change"], first["state"], first["recipients"]) == ("new", "delivered", ["021-10001"])
    assert (first["delivered_at"], first["confirmed_by"]) == ("2011-05-27T10:30:00+08:00", "张三")
    assert [Path(file).is_file() for file in first["files"]] == [True] * len(first["files"]) != []
    assert {"notice_id", "task_no", "change", "sequence", "circuit_codes"} <= first["tasks"][0].keys()
    assert (items["K2"]["state"], items["K2"]["delivered_at"], items["K2"]["confirmed_by"]) == ("rendered", None, None)
    assert list(items) == ["K1", "K2", None]


def test_a_customer_has_confirmed_when_all_its_notices_are(told: World) -> None:
    told.cutovers = [cut("X1"), cut("X2"), cut("Q9"), cut("Y1", SECOND)]
    told.notify("2011-05-27T10:00")
    received(told, row())
    (one,) = [item for item in json(stands(told))["items"] if item["customer_code"] == "K1"]
    assert (one["state"], one["delivered_at"]) == ("rendered", None)
    received(told, row("2011-05-27 11:00", SECOND))
    (one,) = [item for item in json(stands(told))["items"] if item["customer_code"] == "K1"]
    assert (one["state"], one["delivered_at"]) == ("delivered", "2011-05-27T11:00:00+08:00")


@pytest.mark.parametrize(
    ("as_of", "overdue", "code"),
    [
        pytest.param("2011-05-31T23:59", [], Exit.DONE, id="the second working day is not over"),
        pytest.param("2011-06-01T00:00", ["K1", "K2"], Exit.RULE, id="it is over"),
        pytest.param("2011-06-08T05:59", ["K1", "K2"], Exit.RULE, id="while the work goes on"),
        pytest.param("2011-06-08T06:00", [], Exit.DONE, id="the window is over"),
    ],
)
def test_without_a_receipt_a_notice_is_overdue_after_two_working_days(
    told: World, as_of: str, overdue: list[str], code: Exit
) -> None:
    """REC-1: the day of issue, a Friday, does not count (D2). Nobody asks the department for a receipt."""
    report = stands(told, as_of)
    assert ([code for code, task in tasks(report).items() if task["overdue_since"]], report.exit) == (overdue, code)


def test_what_was_never_confirmed_before_the_window_ended_is_expired(told: World) -> None:
    received(told, row())
    assert states(stands(told, "2011-06-08T06:00")) == {"K1": "delivered", "K2": "expired", None: "expired"}


def test_a_window_that_begins_sooner_does_not_wait(world: World) -> None:
    world.notify("2011-06-07T16:00")
    assert tasks(stands(world, "2011-06-08T00:00"))["K1"]["overdue_since"] == "2011-06-08T00:00:00+08:00"


def test_a_late_receipt_ends_it_and_the_decision_cautions(told: World) -> None:
    received(told, row("2011-06-02 10:00"), row("2011-06-02 10:00", whom="K2"), as_of="2011-06-02T12:00")
    report = stands(told, "2011-06-02T12:00")
    (decision,) = tasks(report)["K1"]["decisions"]
    assert (report.exit, decision["rule"], decision["verdict"]) == (Exit.DONE, "REC-1", "met")
    assert decision["cautions"] == ["delivered after it was due (2011-06-01 00:00)"]


def test_not_delivered_is_a_failure_and_not_a_confirmation(told: World) -> None:
    received(told, row("未送达"))
    report = stands(told, "2011-06-01T09:00")
    assert (states(report)["K1"], tasks(report)["K1"]["overdue_since"] is not None) == ("failed", True)


def test_receipts_that_contradict_are_both_shown(told: World) -> None:
    received(told, row("未送达"), row())
    task = tasks(stands(told))["K1"]
    assert (task["contradicting"], [each["delivered"] for each in task["receipts"]]) == (True, [False, True])


def test_receipts_of_all_circuits_make_a_whole(world: World) -> None:
    world.cutovers = [cut("X1"), cut("Y1")]
    world.notify(EARLY)
    received(world, row(电路代号="X1"))
    assert states(stands(world)) == {"K1": "rendered"}
    received(world, row("2011-05-27 12:00", 电路代号="Y1", 确认人="李四"))
    assert (states(stands(world)), tasks(stands(world))["K1"]["confirmed_by"]) == ({"K1": "delivered"}, "李四")


def test_a_newer_version_has_to_be_confirmed_anew(told: World) -> None:
    received(told, row())
    told.cutovers = [cut(code, 割接时间=MOVED, 状态="改期") for code in ("X1", "X2", "Q9")]
    told.notify("2011-05-28T09:00")
    task = tasks(stands(told, "2011-05-28T09:00"))["K1"]
    assert (task["sequence"], task["state"], task["confirmed_sequence"]) == (1, "rendered", 0)


def test_it_is_narrowed_by_task_customer_and_what_is_overdue(told: World) -> None:
    told.cutovers = [cut("X1"), cut("X2"), cut("Q9"), cut("Y1", SECOND)]
    told.notify("2011-05-27T10:00")
    received(told, row())
    late = "2011-06-01T09:00"

    def shown(**wishes: Any) -> list[tuple[str | None, str]]:
        items = json(stands(told, late, **wishes))["items"]
        return [(item["customer_code"], task["task_no"]) for item in items for task in item["tasks"]]

    assert shown(overdue=True) == [("K1", SECOND), ("K2", TASK)]
    assert shown(numbers=[SECOND.lower()]) == [("K1", SECOND)]
    assert shown(customers=["k1"]) == [("K1", TASK), ("K1", SECOND)]
    assert stands(told, late, numbers=[TASK], customers=["K1"]).exit is Exit.DONE


@pytest.mark.parametrize("wishes", [{"numbers": ["BD2011SHJH000009"]}, {"customers": ["K9"]}])
def test_what_the_ledger_has_not_is_wrong_usage(told: World, wishes: dict[str, Any]) -> None:
    with pytest.raises(Stop) as stopped:
        stands(told, **wishes)
    assert stopped.value.code is Exit.USAGE


def test_the_limit_is_the_rule_books_and_a_workspace_may_have_its_own(told: World, tmp_path: Path) -> None:
    book = tmp_path / "book" / "cutover"
    book.mkdir(parents=True)
    shipped = (Path(__file__).parents[2] / "rulebook/cutover/REC-1.yaml").read_text("utf-8")
    (book / "REC-1.yaml").write_text(shipped.replace("within: 2 working days", "within: 3 hours"), "utf-8")
    desk = told.desk("2011-05-27T12:00")
    report = status(replace(desk, workspace=replace(desk.workspace, rulebook=book.parent)), Wishes())
    assert (report.exit, tasks(report)["K1"]["due"]) == (Exit.RULE, "2011-05-27T12:00:00+08:00")


def test_it_takes_no_lock_and_makes_no_ledger(world: World) -> None:
    report = stands(world)
    assert (report.items, report.exit, sorted(path.name for path in world.root.iterdir())) == ([], Exit.DONE, [])


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        pytest.param("2011-05-30T09:00", [], id="there is time"),
        pytest.param("2011-05-31T09:00", [("today", "ask 甲公司, 乙公司 to confirm")], id="the last day"),
        pytest.param("2011-06-01T09:00", [("overdue", "ask 甲公司, 乙公司 to confirm")], id="too late"),
        pytest.param("2011-06-08T01:00", [("overdue", "find out whether 甲公司, 乙公司 had")], id="it has begun"),
        pytest.param("2011-06-08T06:00", [], id="over"),
    ],
)
def test_today_asks_for_receipts_from_the_last_day_on(told: World, as_of: str, expected: list[tuple[str, str]]) -> None:
    lines = [line for line in _today(told, as_of) if line.because.to("en").startswith("REC-1")]
    assert [(line.urgency.value, line.what.to("en").partition(" the notice")[0]) for line in lines] == expected
    assert {line.command for line in lines} <= {f"aftersales cutover status --task {TASK}"}


def test_today_says_until_which_day_and_nothing_once_all_is_confirmed(told: World) -> None:
    (line,) = [each for each in _today(told, "2011-05-31T09:00") if each.because.to("en").startswith("REC-1")]
    assert line.due == datetime.fromisoformat("2011-05-31").date()
    confirm(told)
    assert not [each for each in _today(told, "2011-06-01T09:00") if each.because.to("en").startswith("REC-1")]


def _today(world: World, as_of: str) -> Any:
    world.write()
    return today(world.desk(as_of), TodayWishes()).view
