"""D3: what a run records as published, and what counts afterwards."""

from __future__ import annotations

from datetime import datetime

import pytest

from aftersales_cli.errors import Exit
from aftersales_cli.records.values import BEIJING
from tests.jobs.world import (
    World,
    assured,
    changes,
    cut,
    item,
)


def at(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("cell", "published", "said"),
    [
        pytest.param("2011-05-20 10:00", "2011-05-20T10:00", True, id="the cell's time"),
        pytest.param("", "2011-05-27T09:00", False, id="else as-of"),
        pytest.param("未发布", "2011-05-27T09:00", False, id="a plain no, until now"),
    ],
)
def test_a_real_run_records_the_publication_it_acted_on(world: World, cell: str, published: str, said: bool) -> None:
    world.cutovers = [cut("X1", 发布时间=cell)]
    world.notify()
    (issued,) = world.issued()

    assert (issued.published_at, issued.published_said) == (at(published), said)


def test_what_the_ledger_recorded_counts_when_the_file_says_nothing(world: World) -> None:
    """Told in time; eight days later 'if published today' would be late, but it was published."""
    assert world.notify().exit is Exit.DONE
    assert world.notify("2011-06-06T09:00").exit is Exit.DONE
    assert world.check("2011-06-09T09:00").exit is Exit.DONE


def test_a_dry_run_publishes_nothing(world: World) -> None:
    world.notify(dry_run=True)

    assert world.notify("2011-06-06T09:00", dry_run=True).exit is Exit.RULE


def test_a_held_task_publishes_nothing(world: World) -> None:
    world.assurances = [assured("K1")]
    world.notify()

    assert world.issued() == ()


def test_a_new_window_counts_from_its_own_announcement(world: World) -> None:
    world.cutovers = [cut("X1", 发布时间="2011-05-20")]
    world.notify()
    world.cutovers = [cut("X1", 发布时间="2011-05-20", 割接时间="20110609 00:00:00/20110609 06:00:00")]
    moved = world.notify("2011-06-06T09:00")

    assert (changes(moved), moved.exit) == ({("1", "K1"): ("update", 1)}, Exit.RULE)
    assert item(moved, "K1")["tasks"][0]["late"] is True
    assert world.issued()[-1].published_at == at("2011-06-06T09:00")


def test_a_cutover_announced_again_after_its_cancel_counts_from_then(world: World) -> None:
    for status in ("", "取消"):
        world.cutovers = [cut("X1", 状态=status)]
        world.notify()
    world.cutovers = [cut("X1")]
    again = world.notify("2011-06-06T09:00")

    assert (changes(again), again.exit) == ({("1", "K1"): ("new", 2)}, Exit.RULE)


def test_the_worst_customer_decides(world: World) -> None:
    world.notify()
    world.cutovers = [cut("X1"), cut("X2")]
    report = world.notify("2011-06-06T09:00")

    assert report.exit is Exit.RULE
    assert item(report, "K2")["tasks"][0]["late"] is True
