"""D12: whatever happens to the files, absence is not believed, and nothing is cancelled for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from tests.jobs.world import World, accounting, changes, cut, item, text

LATER = "2011-05-28T09:00"


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, reader: Confined) -> Path:
    """A ledger in which K1 and K2 were told of one task and K3 of another, and the files as they were."""
    world = World(tmp_path_factory.mktemp("told"), reader)
    fill(world)
    world.notify()
    return world.root


def fill(world: World) -> None:
    world.cutovers = [
        cut("X1", 客户名称="甲公司", 状态=""),
        cut("X2", 客户名称="乙公司", 状态="计划"),
        cut("X3", "BD2011SHJH000002", 客户名称=""),
        cut("X1", "BD2011SHJH000002", 客户名称=""),
    ]
    world.assurances = [{"客户编码": "K9", "重保级别": "三级", "开始时间": "2011-01-01", "结束时间": "2011-01-02"}]


def gone(table: str) -> Callable[[World], None]:
    return lambda world: world.gone.add(table)


def bytes_of(table: str, change: Callable[[bytes], bytes]) -> Callable[[World], None]:
    return lambda world: world.raw.update({table: change(text(world.tables()[table]).encode())})


def without(table: str, column: str) -> Callable[[World], None]:
    def damage(world: World) -> None:
        for row in world.tables()[table]:
            row.pop(column, None)

    return damage


def cell(table: str, column: str, found: str, number: int = 0) -> Callable[[World], None]:
    return lambda world: world.tables()[table][number].update({column: found})


def deleted(table: str, number: int) -> Callable[[World], None]:
    def damage(world: World) -> None:
        world.tables()[table].pop(number)

    return damage


TABLES = ("cutovers", "customers", "circuits", "assurances", "departments")
COLUMNS = {
    "cutovers": ("割接任务号", "割接时间", "中断类型", "割接省", "割接原因分类", "电路代号", "客户名称", "状态"),
    "customers": ("客户编码", "客户名称", "客户级别", "总部所在地", "联系电话"),
    "circuits": ("电路代号", "客户编码"),
}
DAMAGE = [
    *(pytest.param(gone(table), id=f"{table} deleted") for table in TABLES),
    *(pytest.param(bytes_of(table, lambda b: b[: len(b) // 2]), id=f"{table} cut in half") for table in TABLES),
    *(pytest.param(bytes_of(table, lambda b: b"PK\x03\x04" + b[:40]), id=f"{table} no table") for table in TABLES),
    *(pytest.param(bytes_of(t, lambda b: b.splitlines(True)[0]), id=f"{t} without rows") for t in TABLES),
    *(pytest.param(without(t, c), id=f"{t} without {c}") for t, columns in COLUMNS.items() for c in columns),
    *(
        pytest.param(cell(t, c, found, n), id=f"{t} {c} row {n}: {found or 'empty'}")
        for t, columns in COLUMNS.items()
        for c in columns
        for n in (0, 1)
        for found in ("", "###")
    ),
    *(pytest.param(deleted(t, n), id=f"{t} row {n} deleted") for t in ("customers", "circuits") for n in (0, 1)),
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_deleting_or_breaking_an_input_never_cancels(
    told: Path, tmp_path: Path, reader: Confined, damage: Callable[[World], None]
) -> None:
    world = World(Path(shutil.copytree(told, tmp_path / "world")), reader)
    fill(world)
    damage(world)
    try:
        report = world.notify(LATER)
    except Stop as stop:
        assert stop.code in (Exit.BAD_INPUT, Exit.NO_INPUT)
        return

    accounting(report)
    assert "cancel" not in {change for change, _ in changes(report).values()}


def test_the_damage_is_what_stops_the_cancel(told: Path, tmp_path: Path, reader: Confined) -> None:
    """The control: the same files whole, a row taken out, do cancel."""
    world = World(Path(shutil.copytree(told, tmp_path / "world")), reader)
    fill(world)
    world.cutovers.pop(0)

    assert changes(world.notify(LATER))["1", "K1"] == ("cancel", 1)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(bytes_of("circuits", lambda b: b + b"Z9,\n"), id="a bad row in the circuits"),
        pytest.param(cell("cutovers", "割接时间", "###", 3), id="a bad row of another task in the same file"),
        pytest.param(cell("cutovers", "割接任务号", "", 3), id="a row without a number"),
    ],
)
def test_a_circuit_missing_beside_a_problem_in_its_files_cancels_nothing_and_is_listed(
    told: Path, tmp_path: Path, reader: Confined, damage: Callable[[World], None]
) -> None:
    world = World(Path(shutil.copytree(told, tmp_path / "world")), reader)
    fill(world)
    damage(world)
    world.cutovers.pop(0)
    report = world.notify(LATER)

    assert changes(report)["1", "K2"] == ("unchanged", 0)
    assert ("1", "K1") not in changes(report)
    assert item(report, "K1")["tasks"][0]["circuit_codes"] == ["X1"]
