"""The pages of the documentation, and what is picked out of them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGES = {
    path.relative_to(ROOT).as_posix(): path for path in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
}
_BLOCK = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)


def blocks(text: str, *kinds: str) -> list[str]:
    """The code blocks of these kinds."""
    return [found[3] for found in _BLOCK.finditer(text) if found[2] in kinds]


def prose(text: str) -> str:
    """The page without its code blocks."""
    return _BLOCK.sub("", text)


def rows(text: str) -> list[list[str]]:
    """The cells of all table rows, headings and rules left out."""
    lines = text.splitlines()
    return [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line, following in zip(lines, [*lines[1:], ""], strict=True)
        if line.lstrip().startswith("|") and not _is_rule(line) and not _is_rule(following)
    ]


def _is_rule(line: str) -> bool:
    return bool(re.fullmatch(r"\s*\|[\s|:-]+\|\s*", line))
