"""`aftersales cutover impact` as a user meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import ran

CUTOVERS = """\
割接任务号,割接时间,中断类型,割接省,割接原因分类,割接资源
JT2026SHJH000001,20260615 00:00/20260615 06:00,中断: 30分钟,上海,机房搬迁,光缆A
JT2026SHJH000002,20260615 02:00/20260615 05:00,瞬断,上海,机房搬迁,光缆B
JT2026SHJH000003,20260616 02:00/20260616 05:00,瞬断,上海,机房搬迁,光缆B
"""
ROUTES = """\
电路代号,路径,资源
C1,主用,光缆A
C1,备用,光缆B
C2,主用,光缆B
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two circuits, one of them protected, and three nights' work on their cables."""
    (tmp_path / "aftersales.yaml").write_text(
        "inputs: {cutovers: cutovers.csv, customers: customers.csv, circuits: circuits.csv, routes: routes.csv}\n",
        "utf-8",
    )
    (tmp_path / "cutovers.csv").write_text(CUTOVERS, "utf-8")
    (tmp_path / "routes.csv").write_text(ROUTES, "utf-8")
    (tmp_path / "circuits.csv").write_text("电路代号,客户编码\nC1,K1\nC2,K1\n", "utf-8")
    (tmp_path / "customers.csv").write_text("客户编码,客户名称,客户级别,总部所在地\nK1,甲公司,省级,上海\n", "utf-8")
    return tmp_path


def test_two_tasks_that_cut_both_paths_are_an_outage_with_both_numbers(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = ran(capsys, "-w", desk, "--as-of", "2026-06-01", "cutover", "impact", "--json")
    found = {
        (item["task_no"][-1], item["circuit_code"]): (item["impact"], item["via"], [t[-1] for t in item["with"]])
        for item in done.json["items"]
    }
    assert found == {
        ("1", "C1"): ("outage", ["光缆A"], ["2"]),
        ("2", "C1"): ("outage", ["光缆B"], ["1"]),
        ("2", "C2"): ("outage", ["光缆B"], []),
        ("3", "C1"): ("reduced_redundancy", ["光缆B"], []),
        ("3", "C2"): ("outage", ["光缆B"], []),
    }
    assert done.code == 1


def test_people_see_a_row_per_circuit(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "-w", desk, "--as-of", "2026-06-01", "cutover", "impact", "JT2026SHJH000003")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "JT2026SHJH000003 C1 K1 reduced redundancy 光缆B" in lines
    assert lines[-1].startswith("2 circuits of 1 task;")
