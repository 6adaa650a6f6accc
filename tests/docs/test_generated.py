"""What is made from the code is what the code says now; `make references` mends it."""

from __future__ import annotations

import pytest

from tools import references


@pytest.mark.parametrize("language", [pytest.param(language, id=language) for language in references.READMES])
def test_references_and_help_blocks_are_current(language: str) -> None:
    made = references.written(language)
    stale = [path.name for path, text in made.items() if not path.exists() or path.read_text("utf-8") != text]
    assert stale == []


@pytest.mark.parametrize("language", [pytest.param(language, id=language) for language in references.READMES])
def test_a_readme_has_one_help_block(language: str) -> None:
    assert len(references.HELP.findall(references.READMES[language].read_text("utf-8"))) == 1


def test_a_help_block_is_replaced_and_nothing_else() -> None:
    before = "above\n<!-- help -->\n```text\nold\n```\n<!-- /help -->\nbelow\n"
    after = "above\n<!-- help -->\n```text\nn\\1ew\n```\n<!-- /help -->\nbelow\n"
    assert references.with_help(before, "n\\1ew") == after
