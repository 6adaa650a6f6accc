"""Numbers in sentences: of one thing is spoken as of one."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from aftersales_cli import library
from tests.cli.running import ran

TASK = "JT2011SHJH000160"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The textbook's workspace with the first of its cutovers."""
    here = tmp_path / "desk"
    shutil.copytree(library.content("examples") / "textbook", here)
    book = openpyxl.load_workbook(here / "cutovers.xlsx")
    sheet = book.worksheets[0]
    sheet.delete_rows(next(cell.row for cell in sheet["A"] if cell.value == TASK) + 1, sheet.max_row)
    book.save(here / "cutovers.xlsx")
    return here


def test_one_task_one_circuit_one_notice_one_judgement(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ("-w", desk, "--as-of", "2011-05-27T09:00", "cutover")

    assert "1 task: 1 met, 0 breached, 0 need a person; 0 held" in ran(capsys, *at, "check").out
    assert "1 circuit = 1 notified + 0 department + 0 exempt + 0 held" in ran(capsys, *at, "notify").out
    assert "1 notice: 0 delivered" in ran(capsys, *at, "status").out
    assert "1 notice, 1 judgement; files: " in ran(capsys, *at, "evidence", TASK).out
