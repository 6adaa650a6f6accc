"""One column's cells → values: what a parser takes, what a word list has, and what gives no value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from aftersales_cli.places import shortened
from aftersales_cli.records import milestones, moments
from aftersales_cli.records.columns import Cell, Column, Parse, Refused
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.words import Say

_DAYS_BEFORE_1904 = 1462
# what takes a serial number for a day; a workbook that counts from 1904 is shifted first
_TIMES: frozenset[Parse] = frozenset({
    moments.instant, moments.window, moments.day,
    milestones.filed, milestones.published, milestones.delivered, milestones.restored,
})  # fmt: skip
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_LONGEST = 32_767  # UTF-16 units that a cell of a form can hold (O04)
# halves of characters and what Unicode keeps for itself: no document and no ledger can hold them
_UNWRITABLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
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
    """A value of which something has to be said, once: a word its vocabulary has not, a text that will be cut."""

    value: Any
    caution: Say
    hint: Say


class Nothing:
    """What an empty cell gives."""


EMPTY = Nothing()
SPECIAL = frozenset({Nothing, Trouble, Unlisted})


class Parser:
    """One column's cells → value, `EMPTY`, `Trouble` or `Unlisted`.

    `headings` are what the file calls the column, or its parts: that is what a sentence names.
    """

    def __init__(
        self, column: Column, vocabulary: Vocabulary | None, from_1904: bool, headings: Sequence[str] = ()
    ) -> None:
        self.column, self.vocabulary = column, vocabulary
        self.headings = headings or (column.heading,)
        self.shift = _DAYS_BEFORE_1904 if from_1904 and column.parse in _TIMES else 0

    def __call__(self, cell: Any) -> Any:
        """The value of one cell, or of a tuple of cells that are its parts."""
        if isinstance(cell, tuple):
            return self._of_parts(cell)
        if isinstance(cell, str):
            if not cell.strip(_BLANK):
                return EMPTY
            if cell[0] == "#" and cell.strip() in _ERRORS:
                return lost(cell.strip(), 0)
            if not cell.isprintable() and _UNWRITABLE.search(cell):
                return self._without(cell)
            if len(cell) > _LONGEST // 2 and len(cell.encode("utf-16-le")) > 2 * _LONGEST:
                return self._too_long(cell)
        elif self.shift and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            cell = cell + self.shift
        return self._parsed(cell)

    def _without(self, cell: str) -> Any:
        """The value without what cannot be written."""
        rest = _UNWRITABLE.sub("", cell)
        if not rest.strip(_BLANK):
            return EMPTY
        caution = Say("half characters were taken out of {heading}", heading=self.headings[0])
        return self._noted(rest, caution, Say("look how it reads now: {text}", text=shortened(rest)))

    def _too_long(self, cell: str) -> Any:
        heading = self.headings[0]
        caution = Say(
            "{heading} has {n} characters; a form shows the first {most}", heading=heading, n=len(cell), most=_LONGEST
        )
        return self._noted(cell, caution, Say("shorten it"))

    def _noted(self, cell: str, caution: Say, hint: Say) -> Any:
        value = self._parsed(cell)
        return value if value.__class__ in SPECIAL else Unlisted(value, caution, hint)

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
            heading = self.headings[min(refused.part, len(self.headings) - 1)]
            message = Say("“{found}” cannot be read as {heading}", found=found, heading=heading)
            return Trouble(message, refused.accepted, refused.part)
        if self.vocabulary is None or not isinstance(value, str):
            return value
        return self._listed(value, self.vocabulary)

    def _listed(self, value: str, vocabulary: Vocabulary) -> Any:
        term = vocabulary.term(value)
        if term is not None:
            return term.word
        heading = self.headings[0]
        message = Say("“{found}” is not in the list of {heading}", found=shortened(value), heading=heading)
        near = get_close_matches(value, vocabulary.words, 3, 0.5)
        if near and len(vocabulary.words) > 12:
            hint = Say("the nearest in the list: {words}", words=tuple(near))
        else:
            more = ("…",) if len(vocabulary.words) > 12 else ()
            hint = Say("the list has: {words}", words=(*vocabulary.words[:12], *more))
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
