"""How high a row must be so that wrapped text is seen whole, in programs that do not reckon it when opening a file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import ceil

from lxml import etree

from aftersales_cli.documents.moving import column, column_number
from aftersales_cli.documents.package import MAIN

_LINE = 1.45  # height of a line in font sizes; fonts of Chinese text stand further apart than Latin ones
_PADDING = 0.8  # what a cell keeps free of its width, in digits
_INDENT = 1.4  # one step of indentation, in digits
_STANDARD_WIDTH = 9.0
_SIZE = 11.0  # the font size that column widths are counted in
_WIDE = re.compile("[ᄀ-ᇿ⺀-￦\U00020000-\U0003ffff]")
_CAPITAL = re.compile("[A-Z@%&mw]")


class Heights:
    """Column widths, merged cells and fonts of a sheet: what tells how many lines a text takes in a cell."""

    def __init__(self, root: etree._Element, styles: etree._Element | None) -> None:
        self._widths = [
            (int(col.get("min", "1")), int(col.get("max", "1")), float(col.get("width", _STANDARD_WIDTH)))
            for col in root.iter(MAIN + "col")
        ]
        self._standard = next(
            (float(f.get("defaultColWidth", _STANDARD_WIDTH)) for f in root.iter(MAIN + "sheetFormatPr")),
            _STANDARD_WIDTH,
        )
        self._merged = dict(merge.get("ref", "").split(":", 1) for merge in root.iter(MAIN + "mergeCell"))
        self._formats = [] if styles is None else list(_formats(styles))
        self._rooms: dict[str, tuple[float, float] | None] = {}

    def fit(self, row: etree._Element) -> None:
        """Raise a row of the template whose texts need more lines than it shows; its own height is the least."""
        needed = max((self._needed(cell) for cell in row if cell.get("t") == "inlineStr"), default=0.0)
        if needed > float(row.get("ht", "0")):
            row.set("ht", f"{needed:.1f}")

    def _needed(self, cell: etree._Element) -> float:
        """The points a cell's text takes; 0 for one line, which every program makes room for, or if it never wraps."""
        reference = cell.get("r", "")
        if reference not in self._rooms:
            self._rooms[reference] = self._room(reference, int(cell.get("s", "0")))
        room = self._rooms[reference]
        if room is None:
            return 0.0
        digits, size = room
        count = lines("".join(text.text or "" for text in cell.iter(MAIN + "t")), digits)
        return count * size * _LINE + 4 if count > 1 else 0.0

    def _room(self, reference: str, style: int) -> tuple[float, float] | None:
        """Digits that fit into one line of a cell, and its font size; None where text does not wrap into lines."""
        size, wraps, indent = self._formats[style] if style < len(self._formats) else (_SIZE, False, 0)
        last = self._merged.get(reference, reference)
        if not wraps or last.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
            return None
        places = range(column_number(column(reference)), column_number(column(last)) + 1)
        width = sum(self._width(place) for place in places) - _PADDING - indent * _INDENT
        return max(width * _SIZE / size, 2.0), size

    def _width(self, place: int) -> float:
        return next((width for low, high, width in self._widths if low <= place <= high), self._standard)


def _formats(styles: etree._Element) -> Iterator[tuple[float, bool, int]]:
    """Font size, whether text wraps, and indentation, for each cell format in order."""
    fonts = styles.find(MAIN + "fonts")
    sizes = [] if fonts is None else [font.find(MAIN + "sz") for font in fonts]
    formats = styles.find(MAIN + "cellXfs")
    for one in () if formats is None else formats:
        size = sizes[int(one.get("fontId", "0"))]
        alignment = one.find(MAIN + "alignment")
        points = float(_SIZE if size is None else size.get("val", _SIZE))
        if alignment is None:
            yield points, False, 0
        else:
            yield points, alignment.get("wrapText") in ("1", "true"), int(alignment.get("indent", "0"))


@lru_cache(4096)
def lines(text: str, room: float) -> int:
    """About how many lines a text takes where `room` digits fit into one."""
    return sum(max(1, ceil(_digits(part) / room)) for part in text.split("\n"))


def _digits(text: str) -> float:
    """The width of a text in digits: a Chinese character takes two, a capital letter a quarter more than one."""
    return len(text) + len(_WIDE.findall(text)) + 0.25 * len(_CAPITAL.findall(text))
