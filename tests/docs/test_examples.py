"""What the pages tell people to type exists: commands, options, make targets, settings."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from aftersales_cli.cli.main import FLAGS, VALUED, lifted
from aftersales_cli.settings import KEYS
from tests.docs.pages import PAGES, ROOT, blocks
from tools.helps import help_texts

TYPED = ("sh", "cron", "powershell")
HELPED = [page for page in PAGES if any("aftersales" in b for b in blocks(PAGES[page].read_text("utf-8"), *TYPED))]


@cache
def helps() -> Mapping[tuple[str, ...], str]:
    """The help of every command, by its words."""
    return help_texts("en")


def typed(page: str) -> Iterator[list[str]]:
    """The arguments of each `aftersales …` of a page, global options taken away, up to a redirection."""
    for block in blocks(PAGES[page].read_text("utf-8"), *TYPED):
        for found in re.finditer(r"(?:^|[/\\])aftersales((?: [^>|)\n]+)+)", block, re.MULTILINE):
            yield lifted(shlex.split(re.sub(r"\s\d$", "", found[1]), comments=True))[1]


@pytest.mark.parametrize("page", HELPED)
def test_commands_and_options_in_examples_exist(page: str) -> None:
    unknown = []
    for words in typed(page):
        command = next((tuple(words[:n]) for n in (2, 1) if tuple(words[:n]) in helps()), None)
        if words in (["--version"], []):
            continue
        options = [word for word in words if word.startswith("--")]
        if command is None or any(f"{option} " not in helps()[command] for option in options):
            unknown.append(words)
    assert unknown == []


def test_examples_are_found_at_all() -> None:
    """The pages are read as the test thinks they are."""
    said = [" ".join(words) for words in typed("README.md")]
    assert "init desk" in said
    assert "cutover notify" in said


def test_the_global_options_of_the_help_are_those_that_are_lifted() -> None:
    shown = set(re.findall(r"(?<!\S)--?[a-z][a-z-]*", helps()[()])) - {"--help", "-h", "--version"}
    assert shown == set(VALUED) | set(FLAGS)


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = PAGES[page].read_text("utf-8")
    lines = [line for block in blocks(text, *TYPED) for line in block.splitlines() if line.startswith("make ")]
    named = {word for line in [*lines, *re.findall(r"`(make [a-z ]+)`", text)] for word in line.split("#")[0].split()}
    assert named - {"make"} - targets == set()


@pytest.mark.parametrize("page", PAGES)
def test_settings_named_exist(page: str) -> None:
    """`key: value` in backticks that speaks of aftersales.yaml names a key of it."""
    found = re.findall(r"`([a-z_]+):[^`]*` (?:in|to) `aftersales\.yaml`", PAGES[page].read_text("utf-8"))
    assert [key for key in found if key not in KEYS] == []
