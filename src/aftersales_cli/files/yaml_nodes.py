"""The tree that YAML becomes: texts, mappings and lists that know their lines, and the error that names one."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from aftersales_cli.words import Say

ODD_SPACES = "\u00a0\u3000\u2007\u202f"
# `名称：x`, `name:<no-break space>x`: what somebody meant as a key and YAML takes for a text
MEANT_AS_KEY = re.compile(rf"^[^\s：:，。]{{1,30}}(：|:[{ODD_SPACES}])")


class YamlError(Exception):
    """The text cannot be taken; a caller makes it a `Problem` (data) or a `Stop` (settings).

    `line` and `column` count from 1; `found` is the line as it stands in the file.
    """

    def __init__(
        self,
        message: Say,
        line: int | None = None,
        column: int | None = None,
        hint: Say | None = None,
        *,
        file: str = "",
        found: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.line, self.column, self.hint = message, line, column, hint
        self.file, self.found = file, found

    def __str__(self) -> str:
        return str(self.message)


@dataclass(frozen=True, slots=True)
class Node:
    """One node: a text, a mapping or a list, and where it begins (line and column count from 1)."""

    file: str
    line: int
    column: int

    def as_text(self) -> str:
        """The text of a scalar exactly as written (empty where nothing stands); `YamlError` for anything else."""
        raise self.error(Say("a text is expected here, not a list or a mapping"))

    def items(self) -> tuple[tuple[str, int, Node], ...]:
        """The entries of a mapping in the file's order: key, the key's line, value; `YamlError` for anything else."""
        raise self.error(
            Say("a mapping is expected here: lines of “key: value”"),
            _half_width(self),
        )

    def elements(self) -> tuple[Node, ...]:
        """The elements of a list; `YamlError` for anything else."""
        raise self.error(Say("a list is expected here: lines that begin with “- ”"))

    def get(self, key: str) -> Node | None:
        """The value of one key of a mapping, or None."""
        return next((value for name, _, value in self.items() if name == key), None)

    def error(self, message: Say, hint: Say | None = None) -> YamlError:
        """An error at this node, for the caller to raise."""
        return YamlError(message, self.line, self.column, hint, file=self.file)


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A scalar; `plain` where it stands without quotes."""

    text: str
    plain: bool = True

    def as_text(self) -> str:
        """The text exactly as written."""
        return self.text


@dataclass(frozen=True, slots=True)
class Entries(Node):
    """A mapping; its keys are texts and differ from each other."""

    content: tuple[tuple[str, int, Node], ...]

    def items(self) -> tuple[tuple[str, int, Node], ...]:
        """Key, the key's line, value; in the file's order."""
        return self.content


@dataclass(frozen=True, slots=True)
class Elements(Node):
    """A list."""

    content: tuple[Node, ...]

    def elements(self) -> tuple[Node, ...]:
        """Its nodes in order."""
        return self.content


def plain(node: Node) -> Any:
    """The tree as dicts, lists and texts, without places."""
    match node:
        case Entries():
            return {key: plain(value) for key, _, value in node.content}
        case Elements():
            return [plain(value) for value in node.content]
        case _:
            return node.as_text()


def pointed(line: str, column: int) -> str:
    """Two lines for a terminal: what surrounds the column (counted from 1), and a caret below it."""
    start = max(column - 41, 0)
    shown = "".join(c if c.isprintable() else "·" for c in line[start : start + 60])
    before = shown[: column - 1 - start]
    return f"\n  {shown}\n  {' ' * sum(map(_columns, before))}^"


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _half_width(node: Node) -> Say | None:
    """The hint beside a text that somebody meant as keys, with a caret below its colon."""
    if not isinstance(node, Text) or not node.plain or (match := MEANT_AS_KEY.match(node.text)) is None:
        return None
    hint = Say("use a half-width colon followed by a space")
    return Say("{hint}{picture}", hint=hint, picture=pointed(node.text, match.start(1) + 1))


def meant_as_key(node: Node) -> bool:
    """Whether a text without quotes looks like a key whose colon YAML does not take for one."""
    return isinstance(node, Text) and node.plain and bool(MEANT_AS_KEY.match(node.text))
