"""A run folder is there whole or not at all; a single file is the old one or the new one."""

from __future__ import annotations

import errno
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files import system
from aftersales_cli.files.manifest import deviations, sha256, whole
from aftersales_cli.files.writing import RunFolder, replace_file

NAME = "2026-06-01T0900-notify"


def folder_with(output: Path, **files: bytes) -> RunFolder:
    folder = RunFolder(output, NAME)
    for name, content in files.items():
        folder.write(name, content)
    return folder


def test_a_published_folder_holds_its_files_and_a_sorted_manifest(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "out", NAME)
    folder.write("C002/notice.txt", b"two")
    folder.write("C001/notice.txt", b"one")
    folder.prepare()
    final = folder.publish()

    assert final == tmp_path / "out" / NAME
    assert json.loads((final / "manifest.json").read_bytes()) == {
        "files": [
            {"name": "C001/notice.txt", "size": 3, "sha256": sha256(b"one")},
            {"name": "C002/notice.txt", "size": 3, "sha256": sha256(b"two")},
        ]
    }
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == [NAME]


def test_the_same_files_in_any_order_give_the_same_manifest(tmp_path: Path) -> None:
    one = folder_with(tmp_path / "one", a=b"1", b=b"2").prepare()
    other = folder_with(tmp_path / "other", b=b"2", a=b"1").prepare()

    assert one == other


def test_before_it_is_published_nothing_has_the_final_name(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, a=b"1")
    folder.prepare()

    assert [entry.name for entry in tmp_path.iterdir()] == [folder.temporary]
    assert not (tmp_path / NAME).exists()


def test_a_taken_name_gets_a_number_and_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()  # even an empty folder stays: a rename would replace it without a word
    (tmp_path / f"{NAME}-2").write_text("somebody's file")
    folder = folder_with(tmp_path, a=b"1")
    folder.prepare()

    assert folder.publish() == tmp_path / f"{NAME}-3"
    assert list((tmp_path / NAME).iterdir()) == []
    assert (tmp_path / f"{NAME}-2").read_text() == "somebody's file"


def test_a_folder_made_in_the_last_moment_is_not_overwritten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = folder_with(tmp_path, a=b"1")
    folder.prepare()
    (tmp_path / NAME).mkdir()
    (tmp_path / NAME / "theirs").write_text("1")
    looks = iter([False])
    monkeypatch.setattr(os.path, "lexists", lambda path: next(looks, False))

    assert folder.publish() == tmp_path / f"{NAME}-2"


def test_two_files_of_one_name_are_both_kept(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path, NAME)

    assert [folder.write("Notice.txt", b"1"), folder.write("notice.txt", b"2")] == ["Notice.txt", "notice-2.txt"]
    assert folder.write("manifest.json", b"3") == "manifest-2.json"


def test_what_was_left_behind_by_another_run_is_not_touched(tmp_path: Path) -> None:
    first = folder_with(tmp_path, a=b"1")
    second = folder_with(tmp_path, a=b"2")

    assert first.path != second.path
    assert (first.path / "a").read_bytes() == b"1"


def test_a_folder_that_is_left_before_it_is_prepared_is_removed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), RunFolder(tmp_path, NAME) as folder:
        folder.write("a", b"1")
        raise RuntimeError

    assert list(tmp_path.iterdir()) == []


def test_a_prepared_folder_is_left_for_the_recovery(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), RunFolder(tmp_path, NAME) as folder:
        folder.write("a", b"1")
        digest = folder.prepare()
        raise RuntimeError

    assert whole(folder.path, digest)


def test_a_published_folder_is_not_discarded(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, a=b"1")
    folder.prepare()
    folder.publish()
    folder.discard()

    assert (tmp_path / NAME / "a").read_bytes() == b"1"


def test_publishing_needs_a_manifest(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="before prepare"):
        RunFolder(tmp_path, NAME).publish()


def test_missing_and_changed_files_are_named(tmp_path: Path) -> None:
    folder = folder_with(tmp_path, kept=b"1", gone=b"2", edited=b"3")
    digest = folder.prepare()
    (folder.path / "gone").unlink()
    (folder.path / "edited").write_bytes(b"4")

    assert deviations(folder.path) == (["gone"], ["edited"])
    assert not whole(folder.path, digest)


def failing(code: int):  # type: ignore[no-untyped-def]  # stands for any function
    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize(
    ("code", "needs"),
    [
        pytest.param(errno.ENOSPC, "needs 2 KB", id="disk full"),
        pytest.param(errno.EDQUOT, "needs 2 KB", id="quota used up"),
        pytest.param(errno.EROFS, "writable", id="read-only"),
        pytest.param(errno.EACCES, "writable", id="not ours"),
        pytest.param(errno.EIO, "reports an error", id="disk broken"),
        pytest.param(errno.ENAMETOOLONG, "run again", id="anything else"),
    ],
)
def test_a_disk_that_takes_no_more_ends_in_74_and_leaves_nothing(
    code: int, needs: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old.txt").write_text("old")
    with pytest.raises(Stop) as stopped, RunFolder(tmp_path, NAME) as folder:
        monkeypatch.setattr(Path, "open", failing(code))
        folder.write("notice.txt", b"x" * 1025)
        folder.prepare()

    monkeypatch.undo()
    assert stopped.value.code is Exit.NOT_WRITTEN
    assert needs in str(stopped.value.hint)
    assert [entry.name for entry in tmp_path.iterdir()] == ["old.txt"]


def test_a_failing_flush_is_not_tried_again_and_nothing_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []

    def flush_files(folder: Path, files: object) -> None:
        calls.append(folder)
        failing(errno.EIO)()

    monkeypatch.setattr(system, "flush_files", flush_files)
    with pytest.raises(Stop) as stopped, RunFolder(tmp_path, NAME) as folder:
        folder.write("a", b"1")
        folder.prepare()

    assert stopped.value.code is Exit.NOT_WRITTEN
    assert len(calls) == 1
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_file_ends_in_74(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")

    with pytest.raises(Stop) as stopped:
        RunFolder(tmp_path / "out", NAME)

    assert stopped.value.code is Exit.NOT_WRITTEN


def test_a_file_is_replaced_with_its_rights_kept(tmp_path: Path) -> None:
    path = tmp_path / "aftersales.yaml"
    path.write_text("old")
    path.chmod(0o640)
    replace_file(path, b"new")

    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert list(tmp_path.iterdir()) == [path]


def test_a_new_file_gets_the_usual_rights(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_text("")
    replace_file(tmp_path / "new", b"1")

    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_a_link_is_followed_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    replace_file(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_file_that_cannot_be_replaced_is_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings"
    path.write_text("old")
    monkeypatch.setattr(system, "flush", failing(errno.EIO))

    with pytest.raises(Stop) as stopped:
        replace_file(path, b"new")

    assert stopped.value.code is Exit.NOT_WRITTEN
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


FULL = """
import resource, sys
from pathlib import Path
from aftersales_cli.errors import Stop
from aftersales_cli.files.writing import RunFolder, replace_file
folder = Path(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # the kernel refuses the write in the middle of the file
content, codes = b"n" * 10000, []
def run():
    made = RunFolder(folder, "run")
    made.write("a", content)
    made.prepare()
for work in (lambda: replace_file(folder / "settings", content), run):
    try:
        work()
    except Stop as stop:
        codes.append(int(stop.code))
print(codes)
"""


def test_a_write_that_the_kernel_cuts_short_leaves_the_old_file(tmp_path: Path) -> None:
    assert resource.getrlimit(resource.RLIMIT_FSIZE)  # POSIX only
    (tmp_path / "settings").write_text("old")
    ran = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True)

    assert ran.stdout == "[74, 74]\n"
    assert (tmp_path / "settings").read_text() == "old"
