"""One column's cells → values: what a parser takes, what a word list has, and what gives no value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from aftersales_cli.places import shortened
from aftersales_cli.records.cells import TIMES
from aftersales_cli.records.columns import Cell, Column, Refused
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.words import Say

_DAYS_BEFORE_1904 = 1462
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_NO_RESULT = Say("open the file in Excel, let it calculate, and save it")
_ERROR_HINT = Say("correct the formula, or enter the value itself")
# all that Unicode calls a space, and what cannot be seen
_BLANK = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0xAD, 0x1680, *range(0x2000, 0x200E), 0x2028,
                           0x2029, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that gives no value; `part` is the column of a value that stands in several."""

    message: Say
    hint: Say | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A word that its vocabulary does not have: kept, and said once."""

    value: str
    caution: Say
    hint: Say


class Nothing:
    """What an empty cell gives."""


EMPTY = Nothing()
SPECIAL = frozenset({Nothing, Trouble, Unlisted})


class Parser:
    """One column's cells → value, `EMPTY`, `Trouble` or `Unlisted`."""

    def __init__(self, column: Column, vocabulary: Vocabulary | None, from_1904: bool) -> None:
        self.column, self.vocabulary = column, vocabulary
        self.shift = _DAYS_BEFORE_1904 if from_1904 and column.parse in TIMES else 0

    def __call__(self, cell: Any) -> Any:
        """The value of one cell, or of a tuple of cells that are its parts."""
        if isinstance(cell, tuple):
            return self._of_parts(cell)
        if isinstance(cell, str):
            if not cell.strip(_BLANK):
                return EMPTY
            if cell[0] == "#" and cell.strip() in _ERRORS:
                return lost(cell.strip(), 0)
        elif self.shift and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            cell = cell + self.shift
        return self._parsed(cell)

    def _of_parts(self, cells: tuple[Any, ...]) -> Any:
        empty = [isinstance(cell, str) and not cell.strip(_BLANK) for cell in cells]
        if all(empty):
            return EMPTY
        if any(empty):
            part = empty.index(True)
            return Trouble(Say("{heading} is empty", heading=self.column.parts[part]), required(self.column), part)
        shift = self.shift
        return self._parsed(tuple(c + shift if shift and isinstance(c, (int, float)) else c for c in cells))

    def _parsed(self, cell: Any) -> Any:
        try:
            value = self.column.parse(cell)
        except Refused as refused:
            shown = cell[refused.part] if isinstance(cell, tuple) else cell
            found = shortened(as_written(shown))
            message = Say("“{found}” cannot be read as {heading}", found=found, heading=self.column.heading)
            return Trouble(message, refused.accepted, refused.part)
        if self.vocabulary is None or not isinstance(value, str):
            return value
        return self._listed(value, self.vocabulary)

    def _listed(self, value: str, vocabulary: Vocabulary) -> Any:
        term = vocabulary.term(value)
        if term is not None:
            return term.word
        heading = self.column.heading
        message = Say("“{found}” is not in the list of {heading}", found=shortened(value), heading=heading)
        near = get_close_matches(value, vocabulary.words, 3, 0.5) or vocabulary.words[:12]
        hint = Say("the list has: {words}", words=tuple(near))
        return Trouble(message, hint) if self.column.strict else Unlisted(value, message, hint)


def lost(shown: str, part: int) -> Trouble:
    """A cell that shows an error, or (`shown` is empty) a formula whose result was not stored (A16)."""
    if shown:
        return Trouble(Say("the cell shows the error {error}", error=shown), _ERROR_HINT, part)
    return Trouble(Say("the cell is a formula without a stored result"), _NO_RESULT, part)


def required(column: Column) -> Say | None:
    """The hint beside a required cell that is empty."""
    return Say("write a value such as {example}", example=column.example) if column.example else None


def as_written(cell: Cell | tuple[Cell, ...]) -> str:
    """A cell as a message shows it: 30, not 30.0."""
    match cell:
        case tuple():
            return " / ".join(as_written(part) for part in cell)
        case float() if cell == cell and abs(cell) < 1e15 and cell == int(cell):
            return str(int(cell))
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
