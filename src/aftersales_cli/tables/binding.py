"""Raw rows + a table's declaration → records, broken rows and problems, all of them collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from aftersales_cli.files.shelf import Shelf
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.columns import Broken, Cell, Row, Source, Table
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables.headings import Found, Headings, match
from aftersales_cli.tables.notes import drop_totals
from aftersales_cli.tables.parsing import EMPTY, SPECIAL, Parser, Trouble, Unlisted, as_written, lost, required
from aftersales_cli.tables.sheet import Sheet, column_letter
from aftersales_cli.words import Counted, Say

R = TypeVar("R", bound=Row)


@dataclass(slots=True)
class Bound(Generic[R]):
    """What became of the rows of one sheet, in its order; `rows` counts the data rows seen.

    `records` are a `Shelf` where a run goes through them once and has no room for all.
    """

    records: list[R] | Shelf[R] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0


def bind(
    sheet: Sheet,
    headings: Headings,
    table: Table[R],
    *,
    file: str,
    vocabularies: Vocabularies,
    aside: Shelf[R] | None = None,
) -> Bound[R]:
    """The rows below the headings as records; a row with anything wrong in it is `Broken`, and held by its identity.

    Where a run sets rows aside, `aside` is given, and the records are added to it.
    """
    bound: Bound[R] = Bound() if aside is None else Bound(aside)
    rows = list(range(headings.row + 1, len(sheet.rows)))
    bound.problems += drop_totals(sheet, headings, table, rows, file)
    bound.rows = len(rows)
    reader = _Reader(sheet, headings, table, file, vocabularies, rows)
    columns = [reader.column(found) for found in headings.found]
    if sheet.counted:
        reader.count_cells()
    make: Any = table.record
    listed = next((column.key for column in table.columns if column.each), None)
    keys = [*(found.column.key for found in headings.found), "source"]
    sources = _sources(sheet, rows, file, _columns(sheet, headings))
    for row, values in zip(rows, zip(*columns, sources, strict=True), strict=True):
        fields = dict(zip(keys, values, strict=True))
        if row in reader.troubles:
            empty = frozenset(reader.empty.get(row, ()))
            source = fields.pop("source")
            one = _broken(table, fields, reader.troubles[row], source, empty, bound)
            bound.broken += [replace(one, values=values) for values in _each(dict(one.values), listed)]
        elif listed is None:
            bound.records.append(make(**fields))
        else:
            bound.records.extend(make(**one) for one in _each(fields, listed))
    bound.problems += reader.cautions
    return bound


def _sources(sheet: Sheet, rows: Sequence[int], file: str, places: Mapping[str, tuple[str, str]]) -> list[Source]:
    numbers = [sheet.numbers[row] for row in rows]
    if sheet.is_text:
        return [Source(file, sheet.name, None, number, places) for number in numbers]
    return [Source(file, sheet.name, number, None, places) for number in numbers]


def _each(fields: dict[str, Any], listed: str | None) -> list[dict[str, Any]]:
    """The row's fields, once for each value of the column where people write several into one cell."""
    value = fields.get(listed) if listed else None
    if listed is None or not isinstance(value, str) or "\n" not in value:
        return [fields]
    return [{**fields, listed: code} for code in value.split("\n")]


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
        words = self.vocabularies.get(found.column.vocabulary or "")
        called = () if self.sheet.keys is not None else found.headings  # keys of YAML are no words for a sentence
        parser = Parser(found.column, words, self.sheet.from_1904, called)
        cells = self._cells(found)
        # True and 1.0 are the same key of a dictionary, and not the same cell
        keys = [(cell.__class__, cell) for cell in cells] if bool in set(map(type, cells)) else cells
        known = {key: parser(cell) for key, cell in dict(zip(keys, cells, strict=True)).items()}
        outcomes = list(map(known.__getitem__, keys))
        if any(outcome.__class__ in SPECIAL for outcome in known.values()):
            self._settle(found, cells, outcomes)
        return outcomes

    def _settle(self, found: Found, cells: list[Any], outcomes: list[Any]) -> None:
        """Put values, problems and cautions in place of what a parser could not simply read."""
        nothing: Any = () if found.column.many else None
        said: set[Any] = set()
        for position, outcome in enumerate(outcomes):
            if outcome.__class__ not in SPECIAL:
                continue
            row = self.rows[position]
            settled = self._lost(found, row) or (self._empty(found, row) if outcome is EMPTY else outcome)
            outcomes[position] = settled.value if isinstance(settled, Unlisted) else nothing
            if isinstance(settled, Trouble):
                self._trouble(found, row, cells[position], settled)
            elif isinstance(settled, Unlisted) and settled.value not in said:
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
            message = Counted("the row has {n} cell, the headings are {width}",
                              "the row has {n} cells, the headings are {width}", n=len(cells), width=width)  # fmt: skip
            hint = Say("put cells that hold the separator into quotation marks")
            problem = Problem(message, self.sheet.place(self.file, row), hint=hint)
            self.troubles[row] = self.troubles.get(row, {}) | dict.fromkeys(doubted, problem)

    def _cells(self, found: Found) -> list[Any]:
        rows = [self.sheet.rows[row] for row in self.rows]
        columns = [[cells[index] if index < len(cells) else "" for cells in rows] for index in found.indexes]
        return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))

    def _lost(self, found: Found, row: int) -> Trouble | None:
        for part, index in enumerate(found.indexes if self.sheet.lost else ()):
            shown = self.sheet.lost.get((self.sheet.numbers[row], index))
            if shown is not None:
                return lost(shown, part)
        return None

    def _empty(self, found: Found, row: int) -> Any:
        if not found.column.required:
            return EMPTY
        self.empty.setdefault(row, set()).add(found.column.key)
        return Trouble(Say("{heading} is empty", heading=found.headings[0]), required(found.column))

    def _trouble(self, found: Found, row: int, cell: Any, trouble: Trouble) -> None:
        part = min(trouble.part, len(found.indexes) - 1)
        place = self.sheet.place(self.file, row, found.indexes[part], found.headings[part])
        written = as_written(cell[part] if isinstance(cell, tuple) and len(found.indexes) > 1 else cell)
        problem = Problem(trouble.message, place, found.column.key, written or None, trouble.hint)
        self.troubles.setdefault(row, {})[found.column.key] = problem

    def _caution(self, found: Found, row: int, unlisted: Unlisted) -> None:
        place = self.sheet.place(self.file, row, found.indexes[0], found.headings[0])
        self.cautions.append(
            Problem(
                unlisted.caution,
                place,
                found.column.key,
                as_written(unlisted.value),
                unlisted.hint,
                severity=Severity.CAUTION,
            )
        )
