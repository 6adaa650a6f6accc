"""The walk through the province: every command of the pages is run, every line of output they show comes out."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from aftersales_cli.cli import output
from aftersales_cli.cli.main import main
from tests.docs.pages import ROOT
from tests.province import editing
from tests.province.editing import INBOX

PAGES = ROOT / "docs" / "tutorial"
BLOCK = re.compile(r"^```(sh|text|yaml)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
DONE = {0, 1, 3}
"""Exit codes of runs that did their work; the province has errors on purpose."""


def squeezed(text: str) -> str:
    """Without the gaps that columns and line ends make; a table's second line of a cell is lost, and not shown."""
    return " ".join(text.split())


def typed(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the reader types at the prompt."""
    words = shlex.split(line, comments=True)
    if words[0] == "cd":
        monkeypatch.chdir(words[1])
        return
    assert words[0] == "aftersales"
    assert main(words[1:]) in DONE, line


@pytest.mark.parametrize("page", ["a-province.md", "a-province.zh.md"])
def test_the_walk_goes_as_the_page_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    for name in ("AFTERSALES_WORKSPACE", "AFTERSALES_AS_OF", "AFTERSALES_LANG"):
        monkeypatch.delenv(name, raising=False)
    output.console.cache_clear()
    monkeypatch.chdir(tmp_path)
    said, missing, shown = "", [], 0
    for kind, block in BLOCK.findall((PAGES / page).read_text("utf-8")):
        if kind == "sh":
            for line in block.splitlines():
                typed(line, monkeypatch)
            told = capsys.readouterr()
            said = squeezed(told.out + told.err)
        elif kind == "text":
            missing += [line for line in block.splitlines() if squeezed(line) not in said]
            shown += 1
        else:
            (entry,) = yaml.load(block, yaml.BaseLoader)
            editing.entry(Path(INBOX) / "urgent.yaml", entry.pop("割接任务号"), **entry)
    assert missing == []
    assert shown == 9


def test_both_pages_type_the_same() -> None:
    """But for the language of the talk."""
    walks = [
        [block.replace("--lang zh", "--lang en") for kind, block in BLOCK.findall((PAGES / page).read_text("utf-8"))
         if kind != "text"]
        for page in ("a-province.md", "a-province.zh.md")
    ]  # fmt: skip
    assert walks[0] == walks[1]
