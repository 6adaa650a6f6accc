"""The Chinese catalogue holds what the code says: nothing missing, nothing stale, nothing with a hole less or more."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po

from tools import words

SENTENCES = {"Say": 1, "Counted": 2, "_": 1}
REBUILDING = {
    "tables/unreadable.py": "a sentence that came back from the child process",
    "documents/carrying.py": "a sentence that came back from the child process",
    "tables/reading.py": "notes that came back from the child process",
    "cli/typer_words.py": "a sentence of its own table, with values",
}


@cache
def messages() -> Catalog:
    """What the code says."""
    return words.extracted()


@cache
def chinese() -> Catalog:
    """What the catalogue has."""
    return words.chinese()


def test_every_message_has_a_chinese_sentence() -> None:
    assert list(words.untranslated(messages(), chinese())) == []


def test_a_translation_has_the_holes_of_its_message() -> None:
    assert list(words.unlike(messages(), chinese())) == []


def test_the_catalogue_has_no_message_that_nobody_says() -> None:
    assert [message.id for message in chinese() if message.id and message.id not in messages()] == []


def test_the_template_has_the_messages_of_the_code() -> None:
    """`make words` was run after the last change of a message."""
    with words.TEMPLATE.open("rb") as file:
        written = read_po(file)
    assert [message.id for message in written if message.id and message.id not in messages()] == []
    assert [message.id for message in messages() if message.id and message.id not in written] == []


def test_the_compiled_catalogue_is_the_catalogue() -> None:
    assert words.sentences(words.COMPILED.read_bytes()) == words.sentences(words.compiled(chinese()))


def _put_together(file: Path) -> Iterator[str]:
    for call in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SENTENCES:
            texts = call.args[: SENTENCES[call.func.id]]
            if not all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts):
                yield ast.unparse(call)


def test_every_message_is_a_literal() -> None:
    """Only literals reach the catalogue; what is put together at run time would stay English."""
    files = {file.relative_to(words.PACKAGE).as_posix(): file for file in words.PACKAGE.rglob("*.py")}
    found = {name: list(_put_together(files[name])) for name in sorted(files.keys() - REBUILDING.keys())}
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize("name", REBUILDING)
def test_an_exemption_is_still_needed(name: str) -> None:
    assert list(_put_together(words.PACKAGE / name))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param("held: {reason}", "留住：{why}", id="another name"),
        pytest.param("{a} of {b}", "{a}", id="one less"),
        pytest.param("no hole", "有 {a}", id="one more"),
    ],
)
def test_unlike_finds_a_translation_with_other_holes(given: str, found: str) -> None:
    said, there = Catalog(), Catalog(locale="zh")
    said.add(given)
    there.add(given, found)
    assert list(words.unlike(said, there)) == [f"{given} → {found}"]


def test_a_fuzzy_translation_is_none() -> None:
    said, there = Catalog(), Catalog(locale="zh")
    said.add("a sentence")
    there.add("a sentence", "一句话", flags=["fuzzy"])
    assert list(words.untranslated(said, there)) == ["a sentence"]
