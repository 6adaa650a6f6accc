"""What no document can hold is taken out of a text, and what is too long for its place is cut."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST_CELL = 32_767  # what a cell can hold, in UTF-16 units

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Cut(NamedTuple):
    """A text that its cell could not hold whole: sheet, cell (`C7`), and how many characters stand nowhere (O04)."""

    sheet: str
    cell: str
    left_out: int


def cleaned(text: str) -> str:
    """`text` without the control characters and half characters that no document can hold; line ends as `\\n`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text) if _UNPRINTABLE.search(text) else text


def shortened_to(limit: int, text: str) -> str:
    """`text`, or as much of it as a limit of UTF-16 units leaves, ending in `…`."""
    if len(text) * 2 <= limit or len(text.encode("utf-16-le")) <= limit * 2:
        return text
    kept = text.encode("utf-16-le")[: limit * 2 - 2]
    return kept.decode("utf-16-le", "ignore") + "…"
