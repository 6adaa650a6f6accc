"""Reading small settings mappings strictly: unknown and missing keys, and an error as the `Stop` it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.yaml_text import Node, YamlError
from aftersales_cli.words import Say


def known_keys(node: Node, keys: Sequence[str], *, needed: bool = False) -> dict[str, Node]:
    """The entries of a mapping; `YamlError` for an unknown key, naming the nearest, and for a missing `needed` one."""
    found = {}
    for key, line, value in node.items():
        if key not in keys:
            near = get_close_matches(key, keys, 1)
            hint = Say("did you mean “{near}”?", near=near[0]) if near else Say("known keys: {keys}", keys=keys)
            raise YamlError(Say("unknown key “{key}”", key=key), line, hint=hint, file=node.file)
        found[key] = value
    missing = [key for key in keys if key not in found]
    if needed and missing:
        raise node.error(Say("missing: {keys}", keys=missing))
    return found


def stopped(file: str, error: YamlError, code: Exit) -> Stop:
    """What stops the command: the file as the user named it, the line where there is one, and the hint."""
    if not error.line:  # JSON tells no lines, only what it holds
        return Stop(Say("{file}: {message}", file=file, message=error.message), hint=error.hint, code=code)
    where = Say("{file}, line {line}: {message}", file=file, line=error.line, message=error.message)
    return Stop(where, hint=error.hint, code=code)
