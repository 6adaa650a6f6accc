"""YAML as a tree of text: every scalar exactly as written, with its line; the dangerous parts of YAML are refused.

PyYAML's loaders turn `22:30` into 1350 and `no` into False, keep the last of two equal keys, and crash or hang on
nested input. Here the parser's events are counted while they stream and become nodes; nothing is guessed from a text.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

import yaml

from aftersales_cli.files.yaml_nodes import (
    MEANT_AS_KEY,
    ODD_SPACES,
    Elements,
    Entries,
    Node,
    Text,
    YamlError,
    meant_as_key,
    plain,
    pointed,
)
from aftersales_cli.words import Say

__all__ = ["Elements", "Entries", "Node", "Text", "YamlError", "parse_yaml", "plain", "read_yaml"]

MAX_DEPTH = 40
MAX_NODES = 2_000_000
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str, *, file: str, limit_bytes: int = 1_000_000, limit_nodes: int = MAX_NODES) -> Node:
    """The one document in `text`, a mapping or a list at its root. `file` is the name as the user gave it.

    Raises `YamlError` for broken YAML and for what is refused: duplicate keys, aliases, anchors, merge keys, tags,
    a second document, an empty one, a bare text as root, more bytes, nodes or levels than allowed.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > limit_bytes or len(text.encode("utf-8", "surrogatepass")) > limit_bytes:
        raise YamlError(Say("the file is larger than {limit} bytes", limit=limit_bytes), file=file)
    builder = _Builder(file, text, limit_nodes)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        raise builder.broken(error) from None
    except (yaml.reader.ReaderError, UnicodeError) as error:
        raise builder.unreadable(error) from None
    return builder.root()


def read_yaml(path: Path, *, file: str | None = None, limit_bytes: int = 1_000_000) -> Node:
    """The document in a UTF-8 file (settings, cards, calendars); `YamlError` as `parse_yaml`, `OSError` as it comes."""
    name = file or str(path)
    with path.open("rb") as stream:
        data = stream.read(limit_bytes + 4)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        if len(data) > limit_bytes:  # cut in the middle of a character
            text = " " * (limit_bytes + 1)
        else:
            message = Say("the file is not UTF-8 text")
            raise YamlError(message, line, None, Say("save it as UTF-8"), file=name) from None
    return parse_yaml(text, file=name, limit_bytes=limit_bytes)


class _Open:
    """A mapping or list whose end has not been seen; in a mapping, `key` waits for its value."""

    __slots__ = ("column", "content", "is_map", "key", "line", "seen")

    def __init__(self, is_map: bool, line: int, column: int) -> None:
        self.is_map, self.line, self.column = is_map, line, column
        self.content: list[Any] = []
        self.seen: dict[str, int] = {}
        self.key: tuple[str, int] | None = None


class _Builder:
    """Takes events one at a time, so that limits hold before anything is built; a stack, so that nothing recurses."""

    def __init__(self, file: str, text: str, limit_nodes: int) -> None:
        self.file, self.text, self.limit_nodes = file, text, limit_nodes
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0
        self.done: Node | None = None

    def take(self, event: Any) -> None:
        match event:
            case yaml.ScalarEvent():
                self._counted(event)
                self._scalar(event)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._counted(event)
                self._begin(event)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._end()
            case yaml.AliasEvent():
                self._refuse(event, Say("aliases (“*name”) are not accepted"), Say("quote the text, or write it out"))
            case yaml.DocumentStartEvent():
                self.documents += 1
                if self.documents > 1:
                    self._refuse(event, Say("a second document begins here; one is expected"))
            case _:
                pass

    def root(self) -> Node:
        """The finished document."""
        if self.done is None or (isinstance(self.done, Text) and not self.done.text):
            raise YamlError(Say("the file is empty; a mapping or a list is expected"), 1, 1, file=self.file)
        if isinstance(self.done, Text):
            hint = Say("use a half-width colon followed by a space") if meant_as_key(self.done) else None
            raise self._error(Say("a mapping or a list is expected, not a bare text"), self.done.line, 1, hint)
        return self.done

    def broken(self, error: yaml.MarkedYAMLError) -> YamlError:
        """What the parser could not read, with the likely cause of it."""
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        at, hint = self._likely(line, str(error.problem))
        if hint is None:
            message = Say("this is not YAML: {why}", why=error.problem or error.context or "")
        else:  # the cause in our words is worth more than the parser's
            message = Say("“{text}” is not YAML", text=(self._line(at) or "").strip()[:40])
        return self._error(message, at, column if at == line else 1, hint)

    def unreadable(self, error: Exception) -> YamlError:
        """A character that no text file holds."""
        position = getattr(error, "position", getattr(error, "start", 0))
        line = self.text.count("\n", 0, position) + 1
        return self._error(Say("the file holds a character that is not text"), line, None, None)

    def _counted(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > self.limit_nodes:
            self._refuse(event, Say("more than {limit} values in one file", limit=self.limit_nodes))
        if event.anchor is not None:
            self._refuse(event, Say("anchors (“&name”) are not accepted"), Say("quote the text if it begins with &"))
        if event.tag is not None:
            self._refuse(event, Say("tags (“!name”) are not accepted"), Say("quote the text if it begins with !"))

    def _begin(self, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent and parent.is_map and parent.key is None:
            self._refuse(event, Say("a key must be a plain text"), Say("quote texts that begin with {{, [ or ?"))
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, Say("nested deeper than {limit} levels", limit=MAX_DEPTH))
        mark = event.start_mark
        self.stack.append(_Open(isinstance(event, yaml.MappingStartEvent), mark.line + 1, mark.column + 1))

    def _end(self) -> None:
        level = self.stack.pop()
        made = Entries if level.is_map else Elements
        self._place(made(self.file, level.line, level.column, tuple(level.content)))

    def _scalar(self, event: Any) -> None:
        mark = event.start_mark
        node = Text(self.file, mark.line + 1, mark.column + 1, event.value, event.implicit[0])
        level = self.stack[-1] if self.stack else None
        if level and level.is_map:
            if level.key is None:
                self._key(event, level, node)
                return
            if node.line > level.key[1] and meant_as_key(node):
                message = Say("“{key}” has a text here where keys are expected", key=level.key[0])
                hint = Say("use a half-width colon followed by a space, or quote the text")
                raise self._error(message, node.line, node.column, hint)
        self._place(node)

    def _key(self, event: Any, level: _Open, node: Text) -> None:
        key = node.text
        if node.plain and key == "<<":
            self._refuse(event, Say("merge keys (“<<”) are not accepted"), Say("write the entries out"))
        if node.plain and key[:1] in ODD_SPACES and key:
            hint = Say("replace the special spaces at the beginning of the line by ordinary ones")
            self._refuse(event, Say("the key begins with a space that YAML does not take for one"), hint)
        if key in level.seen:
            message = Say("the key “{key}” stands twice: lines {first} and {second}",
                          key=key, first=level.seen[key], second=node.line)  # fmt: skip
            self._refuse(event, message)
        level.seen[key] = node.line
        level.key = (key, node.line)

    def _place(self, node: Node) -> None:
        if not self.stack:
            self.done = node
            return
        level = self.stack[-1]
        if not level.is_map:
            level.content.append(node)
            return
        assert level.key is not None
        level.content.append((*level.key, node))
        level.key = None

    def _refuse(self, event: Any, message: Say, hint: Say | None = None) -> NoReturn:
        raise self._error(message, event.start_mark.line + 1, event.start_mark.column + 1, hint)

    def _error(self, message: Say, line: int, column: int | None, hint: Say | None) -> YamlError:
        found = self._line(line)
        if column is not None and found is not None:
            message = Say("{message} (column {column})", message=message, column=column)
            hint = Say("{hint}{picture}", hint=hint or Say("look here:"), picture=pointed(found, column))
        return YamlError(message, line, column, hint, file=self.file, found=found)

    def _line(self, number: int) -> str | None:
        lines = self.text.split("\n")
        return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else None

    def _likely(self, line: int, problem: str) -> tuple[int, Say | None]:
        """The usual cause of an error, and its line; the parser often notices it one line late."""
        for at in (line, line - 1):
            text = self._line(at) or ""
            indent = text[: len(text) - len(text.lstrip())]
            if "\t" in indent:
                return at, Say("indent with spaces, not with tabs")
            if any(space in indent for space in ODD_SPACES):
                return at, Say("replace the special spaces at the beginning of the line by ordinary ones")
            if MEANT_AS_KEY.match(text.strip().removeprefix("- ")):
                return at, Say("use a half-width colon followed by a space")
        if "cannot start any token" in problem:
            return line, Say("put the text in quotes: it begins with a character that means something in YAML")
        if "mapping values are not allowed" in problem:
            return line, Say("put the text in quotes: it holds a colon followed by a space")
        return line, None
