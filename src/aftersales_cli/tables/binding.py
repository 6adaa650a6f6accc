"""Raw rows + a table's declaration → records, broken rows and problems, all of them collected."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from aftersales_cli.places import Problem, Severity, shortened
from aftersales_cli.records.cells import TIMES
from aftersales_cli.records.columns import Broken, Cell, Column, Refused, Row, Source, Table
from aftersales_cli.records.folding import folded
from aftersales_cli.records.vocabulary import Vocabularies, Vocabulary
from aftersales_cli.tables.headings import Found, Headings, match, nearest
from aftersales_cli.tables.sheet import Sheet, column_letter
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
_DAYS_BEFORE_1904 = 1462
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
_TOTALS = frozenset({"合计", "总计", "小计", "total", "sum"})
_NO_RESULT = Say("open the file in Excel, let it calculate, and save it")
_ERROR_HINT = Say("correct the formula, or enter the value itself")


@dataclass(slots=True)
class Bound(Generic[R]):
    """What became of the rows of one sheet, in its order; `rows` counts the data rows seen."""

    records: list[R] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class _Trouble:
    """A cell that gives no value; `part` is the column of a value that stands in several."""

    message: Say
    hint: Say | None = None
    part: int = 0


@dataclass(frozen=True, slots=True)
class _Unlisted:
    """A word that its vocabulary does not have: kept, and said once."""

    value: str
    caution: Say
    hint: Say


def bind(sheet: Sheet, headings: Headings, table: Table[R], *, file: str, vocabularies: Vocabularies) -> Bound[R]:
    """The rows below the headings as records; a row with anything wrong in it is `Broken`, and held by its identity."""
    bound: Bound[R] = Bound()
    rows = list(range(headings.row + 1, len(sheet.rows)))
    _drop_totals(sheet, headings, table, rows, file, bound)
    bound.rows = len(rows)
    reader = _Reader(sheet, headings, table, file, vocabularies, rows)
    columns = [reader.column(found) for found in headings.found]
    if sheet.counted:
        reader.count_cells()
    make: Any = table.record
    keys = [found.column.key for found in headings.found]
    places = _columns(sheet, headings)
    for row, values in zip(rows, zip(*columns, strict=True), strict=True):
        fields = dict(zip(keys, values, strict=True))
        number = sheet.numbers[row]
        source = Source(file, sheet.name, None if sheet.is_text else number, number if sheet.is_text else None, places)
        if row in reader.troubles:
            empty = frozenset(reader.empty.get(row, ()))
            bound.broken.append(_broken(table, fields, reader.troubles[row], source, empty, bound))
        else:
            bound.records.append(make(**fields, source=source))
    bound.problems += reader.cautions
    return bound


def bind_row(table: Table[R], row: Mapping[str, Cell], vocabularies: Vocabularies, source: Source) -> R | Broken:
    """One row given by its keys (a case of the rule book); an unknown key is a `KeyError`."""
    cells = {**row, **dict.fromkeys(match(table, list(row), -1).missing, "")}
    headings = match(table, list(cells), -1)
    if headings.unknown:
        raise KeyError(headings.unknown[0][1])
    number = source.row or source.line or 0
    sheet = Sheet(source.sheet, [list(cells.values())], [number], source.row is None, list(cells))
    bound = bind(sheet, headings, table, file=source.file, vocabularies=vocabularies)
    return bound.broken[0] if bound.broken else bound.records[0]


def _columns(sheet: Sheet, headings: Headings) -> dict[str, tuple[str, str]]:
    """Field → (letter, heading), shared by all rows; keys of YAML and JSON have no letter."""
    return {
        found.column.key: ("" if sheet.keys is not None else column_letter(found.indexes[0]), found.headings[0])
        for found in headings.found
    }


def _broken(
    table: Table[R],
    fields: dict[str, Any],
    troubles: dict[str, Problem],
    source: Source,
    empty: frozenset[str],
    bound: Bound[R],
) -> Broken:
    held = held_by(table, fields, source)
    problems = {key: problem.holding(held) for key, problem in troubles.items()}
    bound.problems += dict.fromkeys(problems.values())
    return Broken({key: value for key, value in fields.items() if key not in troubles}, problems, source, empty)


def held_by(table: Table[Any], fields: Mapping[str, Any], source: Source) -> str:
    """What a bad row holds back: `task JT2011SHJH000160` where that can be read, else the row itself."""
    if table.identity:
        noun, key = table.identity
        if fields.get(key):
            return f"{noun} {fields[key]}"
    return f"row {source.row}" if source.row is not None else f"line {source.line}"


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


class _Reader:
    """Reads a sheet column by column; equal cells of a column are parsed once (100,000 rows hold few provinces)."""

    def __init__(
        self,
        sheet: Sheet,
        headings: Headings,
        table: Table[Any],
        file: str,
        vocabularies: Vocabularies,
        rows: Sequence[int],
    ) -> None:
        self.sheet, self.headings, self.table, self.file = sheet, headings, table, file
        self.vocabularies, self.rows = vocabularies, rows
        self.troubles: dict[int, dict[str, Problem]] = {}
        self.empty: dict[int, set[str]] = {}
        self.cautions: list[Problem] = []

    def column(self, found: Found) -> list[Any]:
        """The values of one field, in the order of the rows; None or () where there is none."""
        parser = _Parser(found.column, self.vocabularies.get(found.column.vocabulary or ""), self.sheet.from_1904)
        cells = self._cells(found)
        # True and 1.0 are the same key of a dictionary, and not the same cell
        keys = [(cell.__class__, cell) for cell in cells] if bool in set(map(type, cells)) else cells
        known = {key: parser(cell) for key, cell in dict(zip(keys, cells, strict=True)).items()}
        outcomes = list(map(known.__getitem__, keys))
        special = {key for key, outcome in known.items() if outcome.__class__ in _SPECIAL}
        if special:
            self._settle(found, cells, outcomes)
        return outcomes

    def _settle(self, found: Found, cells: list[Any], outcomes: list[Any]) -> None:
        """Put values, problems and cautions in place of what a parser could not simply read."""
        nothing: Any = () if found.column.many else None
        said: set[str] = set()
        for position, outcome in enumerate(outcomes):
            if outcome.__class__ not in _SPECIAL:
                continue
            row = self.rows[position]
            settled = self._empty(found, row) if outcome is _EMPTY else outcome
            outcomes[position] = settled.value if isinstance(settled, _Unlisted) else nothing
            if isinstance(settled, _Trouble):
                self._trouble(found, row, cells[position], settled)
            elif isinstance(settled, _Unlisted) and settled.value not in said:
                said.add(settled.value)
                self._caution(found, row, settled)

    def count_cells(self) -> None:
        """A text's row with more or fewer cells than headings has shifted columns: only its identity is kept (B07).

        The identity says what to hold back; were it wrong, it would hold back something that is not there.
        """
        width = self.headings.width
        identity = self.table.identity[1] if self.table.identity else None
        doubted = [column.key for column in self.table.columns if column.key != identity]
        for row in self.rows:
            cells = self.sheet.rows[row]
            if len(cells) == width or (len(cells) > width and not any(cells[width:])):
                continue
            message = Say("the row has {count} cells, the headings are {width}", count=len(cells), width=width)
            hint = Say("put cells that hold the separator into quotation marks")
            problem = Problem(message, self.sheet.place(self.file, row), hint=hint)
            self.troubles[row] = self.troubles.get(row, {}) | dict.fromkeys(doubted, problem)

    def _cells(self, found: Found) -> list[Any]:
        rows = [self.sheet.rows[row] for row in self.rows]
        columns = [[cells[index] if index < len(cells) else "" for cells in rows] for index in found.indexes]
        return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))

    def _empty(self, found: Found, row: int) -> Any:
        if self.sheet.lost:
            for part, index in enumerate(found.indexes):
                shown = self.sheet.lost.get((self.sheet.numbers[row], index))
                if shown is not None:
                    return _lost(shown, part)
        if found.column.required:
            self.empty.setdefault(row, set()).add(found.column.key)
            return _Trouble(Say("{heading} is empty", heading=found.headings[0]), _required(found.column))
        return _EMPTY

    def _trouble(self, found: Found, row: int, cell: Any, trouble: _Trouble) -> None:
        part = min(trouble.part, len(found.indexes) - 1)
        place = self.sheet.place(self.file, row, found.indexes[part], found.headings[part])
        written = as_written(cell[part] if isinstance(cell, tuple) and len(found.indexes) > 1 else cell)
        problem = Problem(trouble.message, place, found.column.key, written or None, trouble.hint)
        self.troubles.setdefault(row, {})[found.column.key] = problem

    def _caution(self, found: Found, row: int, unlisted: _Unlisted) -> None:
        place = self.sheet.place(self.file, row, found.indexes[0], found.headings[0])
        self.cautions.append(
            Problem(unlisted.caution, place, found.column.key, unlisted.value, unlisted.hint, severity=Severity.CAUTION)
        )


class _Nothing:
    """What an empty cell gives."""


_EMPTY = _Nothing()
_SPECIAL = frozenset({_Nothing, _Trouble, _Unlisted})
_BLANK = string.whitespace + "\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"


class _Parser:
    """One column's cells → value, `_EMPTY`, `_Trouble` or `_Unlisted`."""

    def __init__(self, column: Column, vocabulary: Vocabulary | None, from_1904: bool) -> None:
        self.column, self.vocabulary = column, vocabulary
        self.shift = _DAYS_BEFORE_1904 if from_1904 and column.parse in TIMES else 0

    def __call__(self, cell: Any) -> Any:
        if isinstance(cell, tuple):
            return self._of_parts(cell)
        if isinstance(cell, str):
            if not cell.strip(_BLANK):
                return _EMPTY
            if cell[0] == "#" and cell.strip() in _ERRORS:
                return _lost(cell.strip(), 0)
        elif self.shift and isinstance(cell, (int, float)) and not isinstance(cell, bool):
            cell = cell + self.shift
        return self._parsed(cell)

    def _of_parts(self, cells: tuple[Any, ...]) -> Any:
        empty = [isinstance(cell, str) and not cell.strip(_BLANK) for cell in cells]
        if all(empty):
            return _EMPTY
        if any(empty):
            part = empty.index(True)
            return _Trouble(Say("{heading} is empty", heading=self.column.parts[part]), _required(self.column), part)
        shift = self.shift
        return self._parsed(tuple(c + shift if shift and isinstance(c, (int, float)) else c for c in cells))

    def _parsed(self, cell: Any) -> Any:
        try:
            value = self.column.parse(cell)
        except Refused as refused:
            shown = cell[refused.part] if isinstance(cell, tuple) else cell
            found = shortened(as_written(shown))
            message = Say("“{found}” cannot be read as {heading}", found=found, heading=self.column.heading)
            return _Trouble(message, refused.accepted, refused.part)
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
        return _Trouble(message, hint) if self.column.strict else _Unlisted(value, message, hint)


def _lost(shown: str, part: int) -> _Trouble:
    if shown:
        return _Trouble(Say("the cell shows the error {error}", error=shown), _ERROR_HINT, part)
    return _Trouble(Say("the cell is a formula without a stored result"), _NO_RESULT, part)


def _required(column: Column) -> Say | None:
    return Say("write a value such as {example}", example=column.example) if column.example else None


def _drop_totals(
    sheet: Sheet, headings: Headings, table: Table[Any], rows: list[int], file: str, bound: Bound[Any]
) -> None:
    """Take rows of totals off the end: 合计 in a row whose key is 合计 itself or empty (A15)."""
    key = table.identity[1] if table.identity else table.columns[0].key
    index = next((found.indexes[0] for found in headings.found if found.column.key == key), 0)
    while rows and _is_total(sheet.rows[rows[-1]], index):
        row = rows.pop()
        note = Say("the row of totals was passed over")
        bound.problems.append(Problem(note, sheet.place(file, row), severity=Severity.CAUTION))


def _is_total(cells: list[Cell], index: int) -> bool:
    words = {folded(cell).rstrip(":") for cell in cells if isinstance(cell, str) and len(cell) < 12}
    key = cells[index] if index < len(cells) else ""
    return bool(words & _TOTALS) and isinstance(key, str) and folded(key).rstrip(":") in {"", *_TOTALS}


def unknown_headings(sheet: Sheet, headings: Headings, table: Table[Any], file: str) -> list[Problem]:
    """One caution for each heading the table does not have, or does not need beside another (C08)."""
    made = []
    for index, heading in headings.unknown:
        near = nearest(table, heading)
        hint = Say("did you mean “{near}”?", near=near) if near else None
        made.append(_note(sheet, headings, file, index, heading, Say("this column is not read"), hint))
    for index, heading in headings.unused:
        note = Say("this column is not read: another one holds the same")
        made.append(_note(sheet, headings, file, index, heading, note, None))
    return made


def _note(
    sheet: Sheet, headings: Headings, file: str, index: int, heading: str, message: Say, hint: Say | None
) -> Problem:
    row = max(headings.row, 0)
    if sheet.keys is not None and sheet.cell_lines is not None:  # the first row that has this key
        row = next((n for n, lines in enumerate(sheet.cell_lines) if lines[index]), 0)
    place = sheet.place(file, row, index, heading)
    return Problem(message, place, None, heading, hint, severity=Severity.CAUTION)
