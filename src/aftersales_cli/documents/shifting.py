"""Where cells go when one row of a sheet becomes many: references, ranges and formulas follow their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELL = r"(\$?[A-Za-z]{1,3}\$?)([0-9]{1,7})"
_RANGE = re.compile(_CELL + "(?::" + _CELL + ")?")
_REFERENCE = re.compile(
    '("[^"]*")'  # a text, left alone
    r"|(?<![\w.$'!])((?:'(?:[^']|'')+'|[\w.]+)!)?"  # the sheet it stands on, if named
    rf"(?:{_CELL}(?::{_CELL})?|\$([0-9]+):\$([0-9]+))(?![\w(.!])"
)


@dataclass(frozen=True, slots=True)
class Shift:
    """Row `row` of the sheet `sheet` is written `count` times (0: taken out), so what is below moves by `count - 1`."""

    row: int
    count: int
    sheet: str

    def first(self, row: int) -> int:
        """Where a range that begins at `row` begins afterwards."""
        return row if row <= self.row else row + self.count - 1

    def last(self, row: int) -> int:
        """Where a range that ends at `row` ends afterwards; before its beginning when nothing is left of it."""
        return row if row < self.row else row + self.count - 1

    def area(self, reference: str) -> str | None:
        """`A3` or `A3:G3` afterwards: grown when it holds the repeated row; None when nothing is left of it."""
        match = _RANGE.fullmatch(reference)
        if match is None:
            return reference
        left, top, right, bottom = match[1], int(match[2]), match[3] or match[1], int(match[4] or match[2])
        first, last = self.first(top), self.last(bottom)
        if last < first:
            return None
        return f"{left}{first}" if (left, first) == (right, last) else f"{left}{first}:{right}{last}"

    def areas(self, references: str) -> str | None:
        """A list of areas separated by spaces (`sqref`)."""
        kept = [area for area in map(self.area, references.split()) if area]
        return " ".join(kept) or None

    def is_beside(self, area: str) -> bool:
        """Whether an area is several cells of the repeated row and of no other."""
        match = _RANGE.fullmatch(area)
        return match is not None and match[2] == match[4] == str(self.row)

    def copies(self, area: str) -> list[str]:
        """The area in each copy of the repeated row."""
        left, right = (corner.rstrip("0123456789") for corner in area.split(":"))
        return [f"{left}{row}:{right}{row}" for row in range(self.row, self.row + self.count)]

    def formula(self, text: str, *, here: bool) -> str:
        """A formula afterwards; `here` when names of cells without a sheet mean this one.

        A single cell of the repeated row keeps its row, so that a condition written for it holds for each copy.
        """
        return _REFERENCE.sub(lambda match: self._moved(match, here), text)

    def _moved(self, match: re.Match[str], here: bool) -> str:
        words, sheet, left, top, right, bottom, rows_from, rows_to = match.groups()
        if words or not (here if sheet is None else self._is_here(sheet)):
            return match[0]
        if rows_from:
            return f"{sheet or ''}${self.first(int(rows_from))}:${self.last(int(rows_to))}"
        moved = f"{sheet or ''}{left}{self.first(int(top))}"
        if not right:
            return moved
        return f"{moved}:{right}{max(self.last(int(bottom)), self.first(int(top)))}"

    def _is_here(self, sheet: str) -> bool:
        return sheet[:-1].strip("'").replace("''", "'").casefold() == self.sheet.casefold()
