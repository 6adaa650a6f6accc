"""The page of `--help` says everything in the language of the talk."""

from __future__ import annotations

import pytest

from tests.cli.running import ran


@pytest.mark.parametrize(
    "line", [[], ["visit"], ["visit", "record"], ["today"], ["rules", "show"]], ids=lambda line: " ".join(line) or "top"
)
def test_no_page_has_typer_s_own_sentence(line: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(capsys, *line, "--help")
    assert (found.code, "show this page and leave" in found.out, "Show this message" in found.out) == (0, True, False)
