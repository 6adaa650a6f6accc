"""`aftersales cutover evidence` as a user meets it, on a copy of the textbook's workspace."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aftersales_cli import library
from tests.cli.running import ran

TASK = "JT2011SHJH000160"


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The textbook's workspace after its first notices."""
    here = tmp_path / "desk"
    shutil.copytree(library.content("examples") / "textbook", here)
    assert ran(capsys, "-w", here, "--as-of", "2011-05-27T09:00", "cutover", "notify").code == 0
    return here


def test_the_folder_is_named_and_the_table_has_a_row_per_notice(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "-w", desk, "--as-of", "2013-05-27", "cutover", "evidence", TASK)

    assert done.code == 0
    assert "K0001" in done.out
    assert "no receipts recorded" in done.out
    assert f"written to {desk}/out/2013-05-27T0000-evidence-{TASK}" in done.err
    assert (desk / f"out/2013-05-27T0000-evidence-{TASK}/index.html").is_file()


def test_the_json_item_has_what_was_written_with_its_decisions(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "-w", desk, "--as-of", "2013-05-27", "cutover", "evidence", TASK, "--json").json

    (item,) = done["items"]
    assert (done["command"], done["exit"], item["task_no"]) == ("cutover evidence", 0, TASK)
    assert {d["rule"]: d["verdict"] for d in item["decisions"]}["CUT-04"] == "met"
    assert item["files"] == done["files"]
    assert all(Path(file).is_file() for file in done["files"])


def test_the_language_of_the_talk_is_the_pages(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ran(capsys, "-w", desk, "--as-of", "2013-05-27", "cutover", "evidence", TASK, lang=None)

    page = (desk / f"out/2013-05-27T0000-evidence-{TASK}/index.html").read_text("utf-8")
    assert '<html lang="zh-CN">' in page
    assert "割接任务证据" in page


def test_output_goes_where_it_is_asked_and_a_dry_run_nowhere(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("-w", desk, "--as-of", "2013-05-27", "cutover", "evidence", TASK, "--output", tmp_path / "court")
    dry = ran(capsys, *asked, "--dry-run")
    assert (dry.code, (tmp_path / "court").exists()) == (0, False)

    ran(capsys, *asked)
    assert [path.name for path in (tmp_path / "court").iterdir()] == [f"2013-05-27T0000-evidence-{TASK}"]


def test_an_unknown_number_names_near_ones(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done = ran(capsys, "-w", desk, "cutover", "evidence", "JT2011SHJH000161")

    assert (done.code, TASK in done.err, "Traceback" in done.err) == (2, True, False)


def test_a_document_that_was_changed_ends_with_3_and_is_named(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    letter = next((desk / "out").rglob("*K0001-letter*.html"))
    letter.write_text("other words", "utf-8")
    done = ran(capsys, "-w", desk, "--as-of", "2013-05-27", "cutover", "evidence", TASK)

    assert (done.code, letter.name in done.err) == (3, True)
