"""A raw sheet: rows of cells as they stood, with the spreadsheet's row numbers or the text's lines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aftersales_cli.places import Place
from aftersales_cli.records.columns import Cell

Covered = dict[tuple[int, int], tuple[str, str]]
"""What is hidden below merged cells: (row number, column index) → the text, and the cell people see in its place."""


@dataclass(slots=True)
class Sheet:
    """Non-empty rows of one sheet, text file or list of mappings; an empty cell is ''.

    `numbers` has each row's number (a text's line where `is_text`, counted from 1). `keys` are the headings where they
    are known beforehand (YAML, JSON, Parquet). `lost` names cells that look empty and are not: (row, column index) →
    the error shown, or '' for a formula without a stored result; `covered` those hidden below merged cells. `counted`
    says that each row must be as long as the headings. `uncells` names columns whose values no cell can be, such as
    the lists of a Parquet file: column index → type.
    """

    name: str | None
    rows: list[list[Cell]]
    numbers: list[int]
    is_text: bool = False
    keys: list[str] | None = None
    lost: dict[tuple[int, int], str] = field(default_factory=dict)
    covered: Covered = field(default_factory=dict)
    counted: bool = False
    from_1904: bool = False
    visible: bool = True
    cell_lines: list[list[int]] | None = None
    uncells: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, data: dict[str, Any]) -> Sheet:
        """From the worker's answer."""
        return cls(**data)

    def place(self, file: str, row: int, column: int | None = None, heading: str | None = None) -> Place:
        """The place of a cell, or of a row; `row` and `column` count from 0 within `rows`."""
        number = self.numbers[row]
        letter = column_letter(column) if column is not None and self.keys is None else None
        if not self.is_text:
            return Place(file, self.name, number, letter, None, heading)
        if self.cell_lines is not None and column is not None:
            number = self.cell_lines[row][column] or number
        return Place(file, self.name, None, letter, number, heading)


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
