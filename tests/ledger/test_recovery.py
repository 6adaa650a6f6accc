"""A run that was interrupted is completed where its folder is there, and else was never issued (G01)."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.ledger import Settled, State
from aftersales_cli.places import Severity
from tests.ledger.samples import NAME, RUN, filled, issue, notice, readable, writable


def interrupted(root: Path, *, published: bool) -> RunFolder:
    """A run of notice 1 that ended before the ledger counted it."""
    folder = filled(root, notice(1))
    with writable(root) as ledger:
        ledger.record_run(RUN.of(folder), [notice(1)])
    if published:
        folder.publish()
    return folder


def recovered(root: Path, output: Path | None = None) -> list[Settled]:
    with writable(root) as ledger:
        settled = ledger.recover(output or root / "out")
        assert ledger.recover(output or root / "out") == []  # once is enough
        return settled


def issued_ids(root: Path) -> list[str]:
    with readable(root) as ledger:
        return [n.notice_id for n in ledger.issued()]


@pytest.mark.parametrize("published", [pytest.param(False, id="not renamed"), pytest.param(True, id="renamed")])
def test_a_run_whose_folder_is_there_is_completed(tmp_path: Path, published: bool) -> None:
    interrupted(tmp_path, published=published)

    assert recovered(tmp_path) == [Settled(1, State.COMPLETED, tmp_path / "out" / NAME)]
    assert issued_ids(tmp_path) == ["N1"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [NAME]
    with readable(tmp_path) as ledger:
        assert ledger.verify() == []


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param("removed", id="folder gone"),
        pytest.param("cut", id="a file cut short"),
        pytest.param("lost", id="a file gone"),
        pytest.param("unsealed", id="manifest gone"),
    ],
)
def test_a_run_whose_folder_is_not_whole_was_never_issued(tmp_path: Path, harm: str) -> None:
    folder = interrupted(tmp_path, published=False)
    match harm:
        case "removed":
            folder.discard()
        case "cut":
            (folder.path / "C001" / "N1.txt").write_bytes(b"")
        case "lost":
            (folder.path / "C001" / "N1.txt").unlink()
        case "unsealed":
            (folder.path / "manifest.json").unlink()

    assert recovered(tmp_path) == [Settled(1, State.ABANDONED, None)]
    assert issued_ids(tmp_path) == []
    issue(tmp_path, notice(1))
    assert issued_ids(tmp_path) == ["N1"]


def test_a_folder_that_got_a_number_is_found(tmp_path: Path) -> None:
    (tmp_path / "out" / NAME).mkdir(parents=True)
    interrupted(tmp_path, published=True)

    assert recovered(tmp_path) == [Settled(1, State.COMPLETED, tmp_path / "out" / f"{NAME}-2")]


def test_the_folder_of_another_run_with_the_same_bytes_is_not_taken_for_it(tmp_path: Path) -> None:
    first = filled(tmp_path)
    with writable(tmp_path) as ledger:
        ledger.issue(first, RUN, [notice(1)])
        lost = filled(tmp_path)
        ledger.record_run(RUN.of(lost), [notice(2)])
    lost.discard()

    assert recovered(tmp_path) == [Settled(2, State.ABANDONED, None)]


def test_a_run_of_another_output_folder_is_found_where_it_was_made(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    folder = RunFolder(elsewhere, NAME)
    with writable(tmp_path) as ledger:
        ledger.record_run(RUN.of(folder), [notice(1)])

    assert recovered(tmp_path) == [Settled(1, State.COMPLETED, elsewhere / NAME)]


def test_a_workspace_that_was_moved_is_found_in_its_output(tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    interrupted(tmp_path / "before", published=False)
    after = (tmp_path / "before").rename(tmp_path / "after")

    assert recovered(after) == [Settled(1, State.COMPLETED, after / "out" / NAME)]
    with readable(after) as ledger:
        assert ledger.verify(after / "out") == []


def test_a_folder_that_cannot_be_read_stops_instead_of_being_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(tmp_path, published=False)

    def unreadable(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", unreadable)
    with writable(tmp_path) as ledger, pytest.raises(Stop) as stopped:
        ledger.recover(tmp_path / "out")
    monkeypatch.undo()

    assert stopped.value.code is Exit.NOT_WRITTEN
    assert recovered(tmp_path) == [Settled(1, State.COMPLETED, tmp_path / "out" / NAME)]


def test_verify_names_what_is_missing_and_what_was_changed(tmp_path: Path) -> None:
    folder = issue(tmp_path, notice(1), notice(2))
    (folder / "C001" / "N1.txt").unlink()
    (folder / "C001" / "N2.txt").write_text("another text")

    with readable(tmp_path) as ledger:
        problems = ledger.verify()
    assert [(str(p.message), p.place.file if p.place else None, p.severity) for p in problems] == [
        (f"is missing from {folder}, which run 1 wrote", str(folder / "C001" / "N1.txt"), Severity.ERROR),
        (f"has changed in {folder} since run 1 wrote it", str(folder / "C001" / "N2.txt"), Severity.ERROR),
    ]


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        pytest.param(None, "the folder of run 1 is not in {output}", id="no folder"),
        pytest.param(b"{}", "the manifest is not the one that run 1 wrote", id="another manifest"),
    ],
)
def test_verify_names_a_folder_that_is_not_the_runs(tmp_path: Path, manifest: bytes | None, message: str) -> None:
    folder = issue(tmp_path, notice(1))
    if manifest is None:
        folder.rename(tmp_path / "archive")
    else:
        (folder / "manifest.json").write_bytes(manifest)

    with readable(tmp_path) as ledger:
        assert [str(problem.message) for problem in ledger.verify()] == [message.format(output=tmp_path / "out")]


def test_verify_tells_of_interrupted_runs_without_calling_them_wrong(tmp_path: Path) -> None:
    interrupted(tmp_path, published=False)
    left = filled(tmp_path, notice(2))

    with readable(tmp_path) as ledger:
        problems = ledger.verify(tmp_path / "out")
    assert [p.severity for p in problems] == [Severity.CAUTION, Severity.CAUTION]
    assert "the next run that writes settles it" in str(problems[0].message)
    assert problems[1].place is not None
    assert problems[1].place.file == str(left.path)
