"""Where a run has no room in memory all is set aside on the disk; what it tells, writes and remembers is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.files import shelf
from tests.jobs.test_notify_routes import on
from tests.jobs.world import World, circuit, customer, cut, hop, json

SECOND = "BD2011SHJH000002"


def full(world: World) -> World:
    """Several tasks, customers with several notices, routes, a held circuit, one nobody knows, and one exempt."""
    world.settings["sender"] = {"unit": "网运部", "name": "", "phone": "021-10000", "email": "desk@carrier.example"}
    world.customers = [
        customer("K1", "甲公司", 联系邮箱="a@k1.example"),
        customer("K2", "乙公司"),
        customer("K3", "丙公司", 联系电话=""),
    ]
    world.circuits = [
        circuit("X1", "K1"),
        circuit("Y1", "K1"),
        circuit("X2", "K2"),
        circuit("X3", "K3"),
        circuit("Q1", "K9"),
    ]
    world.routes = [hop("X1", "OTN-1"), hop("X2", "OTN-1"), hop("X2", "OTN-2", "保护"), hop("Y1", "OTN-3")]
    world.cutovers = [cut("X1"), cut("X2", SECOND), cut("Y1"), cut("Q1", SECOND), cut("X3"), on("OTN-1")]
    world.cutovers += [cut("Y1", "BD2011SHJH000003", 中断类型="不中断"), cut("X1", SECOND, 中断类型="?")]
    return world


def everything(world: World, folder: Path) -> object:
    """The report, every file written, and the ledger; of a first run and of one after a change."""
    seen: list[object] = []
    for interruption in ("中断: 30分钟", "中断: 40分钟"):
        world.cutovers[0]["中断类型"] = interruption
        report = world.notify()
        files = {path.relative_to(folder): path.read_bytes() for path in sorted((folder / "out").rglob("*.*"))}
        seen.append((json(report), files, world.issued()))
    return seen


def test_a_run_without_room_does_what_one_with_room_does(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = everything(full(world), world.root)
    first = world.root.rename(world.root.with_name("with-room"))
    world.root.mkdir()
    monkeypatch.setattr(shelf, "ROOM", 0)
    monkeypatch.setattr("aftersales_cli.cutover.gathering.ROOM", 0)

    assert everything(full(world), world.root) == expected
    assert len(list(first.rglob("*.eml"))) == len(list(world.root.rglob("*.eml"))) > 0
