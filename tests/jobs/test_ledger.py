"""`ledger list`, `show` and `verify`: what was issued, told as a report."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs import ledger as job
from aftersales_cli.records.events import Change
from aftersales_cli.workspace import Workspace
from tests.ledger.samples import AS_OF, NAME, issue, notice


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Two tasks for two customers, one of them updated by a second run."""
    issue(tmp_path, notice(1), notice(2, customer_code="C002", customer_name="远岭物流有限公司"))
    issue(tmp_path, notice(1, sequence=1, change=Change.UPDATE))
    return Workspace(root=tmp_path, output=tmp_path / "out")


def told(workspace: Workspace, **asked: str) -> list[tuple[object, ...]]:
    return [(item["notice_id"], item["sequence"]) for item in job.listed(workspace, AS_OF, **asked).items]


def test_the_list_has_every_notice_oldest_first(workspace: Workspace) -> None:
    assert told(workspace) == [("N1", 0), ("N2", 0), ("N1", 1)]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param({"task": "t1"}, [("N1", 0), ("N1", 1)], id="a task, in any case"),
        pytest.param({"customer": "Ｃ００２"}, [("N2", 0)], id="a customer, in any width"),
        pytest.param({"task": "T1", "customer": "C002"}, [], id="both"),
    ],
)
def test_the_list_can_be_narrowed(workspace: Workspace, asked: dict[str, str], found: list[object]) -> None:
    assert told(workspace, **asked) == found


def test_an_item_says_what_was_promised_and_where_its_documents_are(workspace: Workspace) -> None:
    item = job.listed(workspace, AS_OF, task="T2").items[0]

    assert item["window"] == {"start": notice(2).window_start, "end": notice(2).window_end}
    assert item["despite"] == {"ASR-1": "the customer agreed"}
    assert item["files"] == [workspace.output / NAME / "C001" / "N2.txt"]
    assert [path.is_file() for path in item["files"]] == [True]


def test_a_workspace_without_a_ledger_lists_nothing_and_makes_none(tmp_path: Path) -> None:
    report = job.listed(Workspace(root=tmp_path, output=tmp_path / "out"), AS_OF)

    assert (report.exit, list(report.items)) == (Exit.DONE, [])
    assert list(tmp_path.iterdir()) == []


def test_a_notice_is_shown_with_all_its_sequences_and_the_runs_that_issued_them(workspace: Workspace) -> None:
    report = job.shown(workspace, AS_OF, "n1")

    made_by = [item["made_by"] for item in report.items]
    assert [(item["sequence"], item["change"]) for item in report.items] == [(0, Change.NEW), (1, Change.UPDATE)]
    assert [run["folder"] for run in made_by if isinstance(run, dict)] == [
        workspace.output / NAME,
        workspace.output / f"{NAME}-2",
    ]
    assert len(report.files) == 2


@pytest.mark.parametrize("name", [pytest.param("2", id="number"), pytest.param(f"{NAME}-2", id="folder")])
def test_a_run_is_shown_with_its_notices(workspace: Workspace, name: str) -> None:
    (item,) = job.shown(workspace, AS_OF, name).items

    assert (item["run"], item["state"], item["inputs"]) == (2, "completed", {"cutovers.xlsx": "ab12"})
    assert isinstance(item["notices"], list)
    assert [(n["notice_id"], n["sequence"]) for n in item["notices"]] == [("N1", 1)]


def test_an_unknown_name_is_answered_with_the_nearest(workspace: Workspace) -> None:
    with pytest.raises(Stop) as stopped:
        job.shown(workspace, AS_OF, "2026-06-01T0900-notifi")

    assert stopped.value.code is Exit.USAGE
    assert NAME in str(stopped.value.hint)


def test_a_sound_ledger_is_verified(workspace: Workspace) -> None:
    report = job.verified(workspace, AS_OF)

    assert (report.exit, report.summary) == (Exit.DONE, {"runs": 2, "notices": 3, "whole": True})


def test_a_changed_document_ends_in_3(workspace: Workspace) -> None:
    (workspace.output / NAME / "C001" / "N1.txt").write_text("another text")
    report = job.verified(workspace, AS_OF)

    assert (report.exit, len(report.problems)) == (Exit.PARTLY, 1)


def test_a_damaged_ledger_ends_in_74(workspace: Workspace) -> None:
    (workspace.root / "ledger.sqlite3").write_bytes(b"no database at all")

    with pytest.raises(Stop) as stopped:
        job.verified(workspace, AS_OF)

    assert stopped.value.code is Exit.NOT_WRITTEN


def test_a_moved_workspace_finds_its_documents(workspace: Workspace, tmp_path: Path) -> None:
    moved = workspace.root.rename(tmp_path.with_name(f"{tmp_path.name}-moved"))
    there = Workspace(root=moved, output=moved / "out")

    assert job.verified(there, AS_OF).exit is Exit.DONE
    assert job.listed(there, AS_OF, task="T2").items[0]["files"] == [moved / "out" / NAME / "C001" / "N2.txt"]
