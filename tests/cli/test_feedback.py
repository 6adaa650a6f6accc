"""`aftersales cutover feedback` as the desk types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.errors import Exit
from tests.cli.running import Ran, ran
from tests.jobs.world import EARLY, SENDER, World, cut, one_reader


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    with one_reader() as shared:
        world = World(tmp_path, shared, cutovers=[cut("X1", 发起单位="传输中心")])
    world.feedback = []
    world.write()
    tables = "".join(f"  {table}: {table}.csv\n" for table in world.tables() if table != "feedback")
    (tmp_path / "aftersales.yaml").write_text(f"inputs:\n{tables}sender: {{unit: {SENDER['unit']}}}\n", "utf-8")
    return tmp_path


def typed(capsys: pytest.CaptureFixture[str], workspace: Path, *words: str) -> Ran:
    return ran(capsys, "-w", workspace, "--as-of", EARLY, "cutover", "feedback", *words)


QUESTION = ("--kind", "疑问", "--customer", "K1", "--task", "BD2011SHJH000001", "--received", "2011-05-27 08:30")


def test_a_question_by_telephone_is_recorded_and_shown(capsys: pytest.CaptureFixture[str], workspace: Path) -> None:
    found = typed(capsys, workspace, *QUESTION, "--text", "何时完成？")

    assert found.code == Exit.RULE
    for words in ("question", "甲公司", "the question is not answered", "support"):
        assert words in found.out
    assert "written to" in found.err


def test_json_is_one_document(capsys: pytest.CaptureFixture[str], workspace: Path) -> None:
    said = typed(capsys, workspace, *QUESTION, "--json").json

    assert (said["command"], said["exit"], said["summary"]["open"]) == ("cutover feedback", 1, 1)
    assert [Path(file).is_file() for file in said["files"]] == [True, True]


def test_a_task_alone_only_chooses_what_is_shown(capsys: pytest.CaptureFixture[str], workspace: Path) -> None:
    typed(capsys, workspace, *QUESTION)

    assert typed(capsys, workspace, "--task", "BD2011SHJH000001", "--json").json["summary"]["cases"] == 1
    assert typed(capsys, workspace, "--task", "BD2011SHJH000009", "--json").json["summary"]["cases"] == 0


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("--circuit", "X1"), id="a circuit of nothing"),
        pytest.param((*QUESTION, "--feedback", "f.csv"), id="a file and a piece"),
        pytest.param((*QUESTION, "--task", "T2"), id="two tasks"),
        pytest.param(("--text", "何时？"), id="who asks?"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    capsys: pytest.CaptureFixture[str], workspace: Path, words: tuple[str, ...]
) -> None:
    assert typed(capsys, workspace, *words).code == Exit.USAGE
    assert not (workspace / "ledger.sqlite3").exists()


def test_without_feedback_it_says_how_to_give_some(capsys: pytest.CaptureFixture[str], workspace: Path) -> None:
    found = typed(capsys, workspace)

    assert (found.code, "--feedback" in found.err) == (Exit.NO_INPUT, True)
