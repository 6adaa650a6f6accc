"""What is said about a sheet and holds nothing back: rows of totals, columns that are not read."""

from __future__ import annotations

from typing import Any

from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.records.columns import Cell, Table
from aftersales_cli.records.folding import folded
from aftersales_cli.tables.headings import Headings, nearest
from aftersales_cli.tables.sheet import Sheet, column_letter
from aftersales_cli.words import Say

_TOTALS = frozenset({"合计", "总计", "小计", "total", "sum"})
_LOOK_BEYOND = 20  # columns to the right of the headings


def drop_totals(sheet: Sheet, headings: Headings, table: Table[Any], rows: list[int], file: str) -> list[Problem]:
    """Take rows of totals off the end of `rows`: 合计 in a row whose key is 合计 itself or empty (A15)."""
    key = table.identity[1] if table.identity else table.columns[0].key
    index = next((found.indexes[0] for found in headings.found if found.column.key == key), 0)
    said = []
    while rows and _is_total(sheet.rows[rows[-1]], index):
        place = sheet.place(file, rows.pop())
        said.append(Problem(Say("the row of totals was passed over"), place, severity=Severity.CAUTION))
    return said


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
    for index in _nameless(sheet, headings):
        note = Say("this column has cells and no heading; it is not read")
        made.append(_note(sheet, headings, file, index, None, note, None))
    return made


def _nameless(sheet: Sheet, headings: Headings) -> list[int]:
    """Columns between and just after the headings that hold something below an empty heading."""
    if sheet.keys is not None or sheet.counted:
        return []
    named = {index for found in headings.found for index in found.indexes}
    named |= {index for index, _ in (*headings.unknown, *headings.unused)}
    rows = sheet.rows[headings.row + 1 :]
    widest = min(max(map(len, rows), default=0), headings.width + _LOOK_BEYOND)
    free = [index for index in range(widest) if index not in named]
    return [index for index in free if any(len(row) > index and row[index] != "" for row in rows)]


def hidden_values(sheet: Sheet, headings: Headings, file: str) -> list[Problem]:
    """One caution for each value below merged cells, in the row of the headings or in a column that is read."""
    names = {index: name for found in headings.found for index, name in zip(found.indexes, found.headings, strict=True)}
    first = sheet.numbers[headings.row] if headings.row >= 0 else 1
    made = []
    for (number, column), (text, seen) in sorted(sheet.covered.items()):
        if number == first or (number > first and column in names):
            place = Place(file, sheet.name, number, column_letter(column), None, names.get(column))
            message = Say(
                "the cell is merged into {seen} and holds a value that nobody sees; it is not read", seen=seen
            )
            hint = Say("if it is meant, undo the merging of the cells; else delete it")
            made.append(Problem(message, place, None, shortened(text), hint, severity=Severity.CAUTION))
    return made


def _note(
    sheet: Sheet, headings: Headings, file: str, index: int, heading: str | None, message: Say, hint: Say | None
) -> Problem:
    row = max(headings.row, 0)
    if sheet.keys is not None and sheet.cell_lines is not None:  # the first row that has this key
        row = next((n for n, lines in enumerate(sheet.cell_lines) if lines[index]), 0)
    place = sheet.place(file, row, index, heading)
    return Problem(message, place, None, heading, hint, severity=Severity.CAUTION)
