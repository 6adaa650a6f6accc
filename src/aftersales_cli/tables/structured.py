"""YAML and JSON as raw sheets: a list of mappings, bare or under the table's name. Runs in the confined process."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from aftersales_cli.files.yaml_text import Elements, Entries, Node, Text, YamlError, parse_yaml
from aftersales_cli.tables.unreadable import Unreadable, too_big
from aftersales_cli.words import Say

_EXPECTED = Say("write a list of mappings: “- key: value” lines")


def rows(text: str, table: tuple[str, str], limits: dict[str, float]) -> dict[str, Any]:
    """One raw sheet whose headings are the keys; its numbers are lines, for JSON the rows counted from 1."""
    entries = _json(text, table) if text.lstrip()[:1] in {"[", "{"} else None
    is_text = entries is None
    found = _yaml(text, table, limits["yaml_mb"]) if entries is None else entries
    if not found:
        raise Unreadable(Say("there are no rows in it"), _EXPECTED)
    if len(found) > limits["rows"]:
        raise too_big("rows", limits["rows"])
    if sum(len(entry) for _, entry in found) > limits["cells"]:
        raise too_big("cells", limits["cells"])
    return _sheet(found, is_text)


_Entry = tuple[int, list[tuple[str, int, Any]]]  # line (or row), and key, line, cell of each field


def _sheet(found: list[_Entry], is_text: bool) -> dict[str, Any]:
    keys = list(dict.fromkeys(key for _, entry in found for key, _, _ in entry))
    index = {key: position for position, key in enumerate(keys)}
    cells = [[""] * len(keys) for _ in found]
    lines = [[0] * len(keys) for _ in found]
    for row, (_, entry) in enumerate(found):
        for key, line, value in entry:
            cells[row][index[key]] = value
            lines[row][index[key]] = line
    return {
        "name": None,
        "rows": cells,
        "numbers": [number for number, _ in found],
        "is_text": is_text,
        "keys": keys,
        "cell_lines": lines if is_text else None,
    }


def _yaml(text: str, table: tuple[str, str], most_mb: float) -> list[_Entry]:
    if len(text.encode("utf-8", "surrogatepass")) > most_mb * 1_000_000:
        raise too_big("yaml_mb", most_mb)
    try:
        root = parse_yaml(text, file="", limit_bytes=int(most_mb * 1_000_000))
        if isinstance(root, Entries):
            root = _under_name(root, table)
        return [_yaml_entry(element) for element in root.elements()]
    except YamlError as error:
        raise Unreadable(error.message, error.hint, line=error.line, found=error.found) from None


def _under_name(root: Entries, table: tuple[str, str]) -> Node:
    for name in table:
        node = root.get(name)
        if node is not None:
            return node if not isinstance(node, Text) or node.text else Elements(node.file, node.line, node.column, ())
    raise root.error(_no_name(table, (key for key, _, _ in root.items())), _EXPECTED)


def _no_name(table: tuple[str, str], keys: Iterable[str]) -> Say:
    return Say("there is no “{table}” in it, only {keys}", table=table[0], keys=", ".join(list(keys)[:10]))


def _yaml_entry(node: Node) -> _Entry:
    return node.line, [(key, line, _yaml_cell(value)) for key, line, value in node.items()]


def _yaml_cell(node: Node) -> str:
    if isinstance(node, Elements):
        return "\n".join(element.as_text() for element in node.elements())
    return node.as_text()


def _json(text: str, table: tuple[str, str]) -> list[_Entry] | None:
    """None where the text begins like JSON and is YAML."""
    try:
        root = json.loads(text, object_pairs_hook=_pairs, parse_float=str, parse_int=str, parse_constant=str)
    except json.JSONDecodeError:
        return None
    except RecursionError:
        raise Unreadable(Say("the file is nested too deeply")) from None
    if isinstance(root, dict):
        name = next((name for name in table if name in root), None)
        if name is None:
            raise Unreadable(_no_name(table, root), _EXPECTED)
        root = root[name]
    if not isinstance(root, list) or not all(isinstance(entry, dict) for entry in root):
        raise Unreadable(Say("a list of objects is expected"), Say('write [{{"key": "value"}}, …]'))
    return [(n, [(k, n, _json_cell(v, n)) for k, v in entry.items()]) for n, entry in enumerate(root, 1)]


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise Unreadable(Say("the key “{key}” stands twice in one object", key=twice))
    return made


def _json_cell(value: Any, row: int) -> str | bool:
    match value:
        case None:
            return ""
        case str() | bool():
            return value
        case list() if all(isinstance(part, str) for part in value):
            return "\n".join(value)
        case _:
            raise Unreadable(Say("row {row} holds a value that is neither a text nor a list of texts", row=row))
