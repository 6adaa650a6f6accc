"""Reads the rule book's YAML: known keys, bilingual texts, days, clauses; whatever does not hold is a `YamlError`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.yaml_text import Elements, Node, Text, YamlError, read_yaml
from aftersales_cli.rules.decision import Clause
from aftersales_cli.words import LANGUAGES, Say

E = TypeVar("E", bound=StrEnum)


@contextmanager
def settings() -> Iterator[None]:
    """What does not hold in here stops the command with exit 78, naming file and line."""
    try:
        yield
    except YamlError as error:
        raise Stop(_sentence(error), hint=error.hint, code=Exit.SETTINGS) from error
    except OSError as error:
        message = Say("{file} cannot be read: {error}", file=error.filename, error=error.strerror)
        raise Stop(message, code=Exit.SETTINGS) from error


def _sentence(error: YamlError) -> Say:
    if error.line is None:
        return Say("{file}: {message}", file=error.file, message=error.message)
    return Say("{file}, line {line}: {message}", file=error.file, line=error.line, message=error.message)


def document(path: Path) -> Node:
    """The tree of one file of the rule book."""
    return read_yaml(path)


def entries(node: Node, known: Sequence[str], required: Sequence[str] = ()) -> dict[str, Node]:
    """A mapping's values by key; an unknown key is refused with the nearest known one, a required one must stand."""
    found = {key: value for key, _, value in node.items()}
    for key, line, _ in node.items():
        if key not in known:
            raise at(node, line, Say("unknown key “{key}”", key=key), nearest(key, known))
    for key in required:
        if key not in found:
            raise node.error(Say("“{key}” is missing here", key=key))
    return found


def nearest(word: str, known: Sequence[str]) -> Say:
    """The hint beside a word that is not one of `known`."""
    near = get_close_matches(word, known, 1)
    return Say("did you mean “{near}”?", near=near[0]) if near else Say("known here: {known}", known=known)


def text(node: Node) -> str:
    """One text that is not empty."""
    written = node.as_text().strip()
    if not written:
        raise node.error(Say("a text is missing here"))
    return written


def texts(node: Node) -> tuple[str, ...]:
    """A list of texts, or one text alone."""
    return tuple(map(text, node.elements())) if isinstance(node, Elements) else (text(node),)


def both(node: Node) -> MappingProxyType[str, str]:
    """The same text in each language: `{zh: …, en: …}`; a text alone stands for both."""
    if isinstance(node, Text):
        return MappingProxyType(dict.fromkeys(LANGUAGES, text(node)))
    found = entries(node, LANGUAGES, LANGUAGES)
    return MappingProxyType({language: text(found[language]) for language in LANGUAGES})


def day(node: Node) -> date:
    """A day as `2011-01-01`."""
    try:
        return date.fromisoformat(text(node))
    except ValueError:
        raise node.error(Say("“{text}” is no day; write 2011-01-01", text=text(node))) from None


def one_of(node: Node, words: type[E]) -> E:
    """One word of a closed set."""
    written = text(node)
    try:
        return words(written)
    except ValueError:
        known = [str(word) for word in words]
        raise node.error(Say("“{text}” is not known here", text=written), nearest(written, known)) from None


def yes(node: Node) -> bool:
    """`true` or `false`."""
    written = text(node)
    if written not in ("true", "false"):
        raise node.error(Say("“{text}” is neither true nor false", text=written))
    return written == "true"


def whole(node: Node) -> int:
    """A whole number of up to six digits."""
    written = text(node)
    if not re.fullmatch(r"[0-9]{1,6}", written):
        raise node.error(Say("“{text}” is no whole number", text=written))
    return int(written)


def clause(node: Node) -> Clause:
    """`{source, article, text}`; article and text in our own words, in both languages."""
    found = entries(node, ("source", "article", "text"), ("source", "article", "text"))
    return Clause(text(found["source"]), both(found["article"]), both(found["text"]))


def at(node: Node, line: int, message: Say, hint: Say | None = None) -> YamlError:
    """An error on a key's own line, for the caller to raise."""
    return YamlError(message, line, hint=hint, file=node.file)
