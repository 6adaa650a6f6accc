"""`aftersales visit plan` at a prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.running import ran

SETTINGS = "inputs: {customers: customers.csv, engineers: engineers.csv}\n"
CUSTOMERS = """\
客户编码,客户名称,客户级别,总部所在地,首席客户工程师
K1,甲公司,集团级,上海,示例甲
K2,乙公司,地市级,北京,
"""
ENGINEERS = "姓名,省份\n示例甲,上海\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """Two customers, one of them where nobody works."""
    for name, content in (("aftersales.yaml", SETTINGS), ("customers.csv", CUSTOMERS), ("engineers.csv", ENGINEERS)):
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def test_people_see_engineers_what_is_open_and_where_it_was_written(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ran(capsys, "-w", workspace, "--as-of", "2026-01-04", "visit", "plan", "--year", "2026")
    assert found.code == 1
    assert "示例甲" in found.out
    assert "there is no engineer at 北京" in found.out
    assert "6 visits to 1 customer by 1 engineer; 1 could not be placed" in found.out
    assert "2026-01-04T0000-visit-plan-2026" in found.err


def test_scripts_get_one_document(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(
        capsys, "-w", workspace, "--as-of", "2026-01-04", "visit", "plan", "--year", "2026", "--dry-run", "--json"
    )
    assert (found.code, found.json["command"], found.json["exit"]) == (1, "visit plan", 1)
    assert len(found.json["items"]) == 6
    assert found.json["files"] == []
    assert not (workspace / "out").exists()


def test_files_named_on_the_line_take_the_place_of_the_workspaces(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "others.csv"
    other.write_text("姓名,省份\n示例乙,北京\n", "utf-8")
    found = ran(
        capsys, "-w", workspace, "--as-of", "2026-01-04", "visit", "plan", "--year", "2026", "--engineers", other,
        "--output", tmp_path / "elsewhere", "--json",
    )  # fmt: skip
    assert found.code == 0
    assert {item["engineer"] for item in found.json["items"]} == {"示例甲", "示例乙"}
    assert all(Path(file).is_relative_to(tmp_path / "elsewhere") for file in found.json["files"])


def test_a_second_look_shows_what_has_changed(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    line = ["-w", workspace, "--as-of", "2026-01-04", "visit", "plan", "--year", "2026"]
    ran(capsys, *line)
    (workspace / "engineers.csv").write_text("姓名,省份\n示例甲,上海\n示例丙,北京\n", "utf-8")
    found = ran(capsys, *line)
    assert "1 differs from the plan before" in found.out
    assert "new" in found.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param([], "--year", id="no year"),
        pytest.param(["--year", "1999"], "2000", id="long ago"),
        pytest.param(["--year", "2026", "--customer", "K9"], "K9", id="an unknown customer"),
    ],
)
def test_wrong_usage(workspace: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str) -> None:
    found = ran(capsys, "-w", workspace, "--as-of", "2026-01-04", "visit", "plan", *arguments)
    assert found.code == 2
    assert said in found.err
