"""Which circuits of standing notices the routes still have whole (D12, decision 0015)."""

from __future__ import annotations

from typing import Any

import pytest

from aftersales_cli.cutover.history import History
from aftersales_cli.inventory import duck
from aftersales_cli.inventory.whole import OnRecord
from aftersales_cli.jobs import routing
from aftersales_cli.jobs.inputs import read_inputs
from aftersales_cli.jobs.routing import RoutesOnRecord
from tests.jobs.world import World, cut, hop

ROUTES = [hop("X1", "OTN-1"), hop("X1", "OTN-5"), hop("X2", "OTN-5"), hop("X2", "OTN-1"), hop("X3", "OTN-9")]


@pytest.fixture(params=["small", "big"])
def told(request: pytest.FixtureRequest, world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """K1 and K2 were told of work on OTN-1."""
    world.cutovers, world.routes = [cut("", 割接资源="OTN-1")], list(ROUTES)
    world.notify()
    monkeypatch.setattr(duck, "BIG", 0 if request.param == "big" else 1 << 40)
    return world


def standing(world: World) -> RoutesOnRecord:
    world.write()
    desk = world.desk()
    return RoutesOnRecord(desk, read_inputs(desk).asked, History(world.issued()))


def test_a_circuit_that_was_led_elsewhere_is_on_record(told: World) -> None:
    assert told.routes is not None
    told.routes[3] = hop("X2", "OTN-7")
    assert standing(told).has_routes("X2") is True


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(4, {"X1": True, "X2": None}, id="after its last row"),
        pytest.param(3, {"X1": True, "X2": None}, id="between its rows"),
        pytest.param(2, {"X1": None, "X2": False}, id="before its rows"),
        pytest.param(1, {"X1": None, "X2": False}, id="after the first row"),
    ],
)
def test_a_file_that_was_cut_off_at_the_end_of_a_line_proves_nothing_of_the_circuits_it_lost(
    told: World, rows: int, expected: dict[str, bool | None]
) -> None:
    told.routes = ROUTES[:rows]
    found = standing(told)
    assert {code: found.has_routes(code) for code in expected} == expected


def test_big_files_are_read_again_once_and_only_when_something_is_asked(
    told: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[set[str]] = []

    def counted(a: Any, r: Any, codes: list[str], **how: Any) -> OnRecord:
        asked.append(set(codes))
        return duck.on_record(a, r, codes, **how)

    monkeypatch.setattr(routing, "on_record", counted)
    found = standing(told)
    assert asked == []
    assert (found.has_routes("X1"), found.has_routes("X2")) == (True, True)
    assert asked == [{"X1", "X2"}]
