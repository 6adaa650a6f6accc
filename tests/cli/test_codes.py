"""Codes stand on one line each in an ordinary terminal: people copy them, and type them at the next command."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aftersales_cli import library
from aftersales_cli.cli import output
from tests.cli.running import ran

TASKS = ("JT2011SHJH000160", "BD2011GDJH000473", "BD2011SHJH000159", "BD2011GXJH000084")
CIRCUITS = ("北京上海30N2332NP", "北京深圳ETN2007NP", "HKG/CT-SHI/CT 30N198", "北京桂林30N2010NP")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The textbook's workspace, and a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    output.console.cache_clear()
    return Path(shutil.copytree(library.content("examples") / "textbook", tmp_path / "desk"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_code_is_broken_at_80_columns(desk: Path, capsys: pytest.CaptureFixture[str], lang: str) -> None:
    at = ("-w", desk, "--as-of", "2011-05-27T09:00")
    told = ran(capsys, *at, "cutover", "notify", lang=lang).out
    impact = ran(capsys, *at, "cutover", "impact", lang=lang).out
    listed = ran(capsys, *at, "ledger", "list", lang=lang).out

    assert [code for code in (*TASKS, *CIRCUITS) if code not in told] == []
    assert [code for code in (*TASKS, *CIRCUITS) if code not in impact] == []
    assert [code for code in TASKS if code not in listed] == []
    assert max(map(len, (told + impact + listed).splitlines())) <= 80


def test_codes_too_long_for_the_terminal_are_folded_and_not_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    output.console.cache_clear()
    rows = output.table("task", "what")
    rows.add_row("T" * 60, "x" * 60)
    with output.console().capture() as shown:
        output.console().print(output.unbroken(rows, 0))

    assert (shown.get().count("T"), shown.get().count("x")) == (60, 60)
