"""No message stands inside an f-string: before Python 3.12 the extraction does not look into one."""

from __future__ import annotations

import ast

from tools import words

SENTENCES = ("Say", "Counted", "_")


def _inside_f_strings(source: str) -> list[str]:
    joined = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    return [
        ast.unparse(call)
        for node in joined
        for call in ast.walk(node)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SENTENCES
    ]


def test_no_message_stands_inside_an_f_string() -> None:
    found = {file.name: _inside_f_strings(file.read_text("utf-8")) for file in sorted(words.PACKAGE.rglob("*.py"))}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_one_that_did_would_be_found() -> None:
    assert _inside_f_strings("f'{_(\"held\")}: {x}'") == ["_('held')"]
