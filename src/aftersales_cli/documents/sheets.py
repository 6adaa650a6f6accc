"""Generated workbooks of several sheets, made to be read and printed: a title, notes, a table, page breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from itertools import pairwise
from typing import Any

from xlsxwriter import Workbook

from aftersales_cli.documents.cleaning import LONGEST_CELL, cleaned, shortened_to
from aftersales_cli.documents.lists import sheet_name

Cell = str | int | date | None

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same values give the same bytes
_NORMAL = {"font_name": "Arial", "font_size": 10}
"""What column widths are counted in: a font that every machine has, or another of the same widths."""
_FONT = {"font_name": "Microsoft YaHei", "font_size": 9, "valign": "vcenter"}
_BOX = {**_FONT, "border": 1, "border_color": "#B7C7DE"}
_FORMATS: Mapping[str, Mapping[str, object]] = {
    "title": {**_FONT, "font_size": 15, "bold": True, "font_color": "#1F3864"},
    "note": {**_FONT, "font_color": "#5B6472", "text_wrap": True},
    "warning": {**_FONT, "bold": True, "font_color": "#A3271A", "bg_color": "#FDF0EE", "text_wrap": True},
    "heading": {**_BOX, "bold": True, "font_color": "#1F3864", "bg_color": "#E4ECF7", "align": "center",
                "text_wrap": True},
    "text": {**_BOX, "num_format": "@", "text_wrap": True},
    "middle": {**_BOX, "num_format": "@", "text_wrap": True, "align": "center"},
    "day": {**_BOX, "num_format": "yyyy-mm-dd", "align": "center"},
    "number": {**_BOX, "num_format": "0", "align": "center"},
    "section": {**_BOX, "bold": True, "font_color": "#1F3864", "bg_color": "#F4F7FB", "font_size": 10},
}  # fmt: skip
_LINE, _PADDING = 12.5, 2.5
"""Points: one line of text, and what a row has beside its lines."""
_HEADING, _SECTION = 27.0, 19.0
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.4, "bottom": 0.55}
_PAPER = (841.9, 595.3)
"""A4, landscape, in points."""
_SPARE = 0.94
"""No two programs break pages at the same row: so much of a page is counted on."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, whether its texts stand in the middle."""

    heading: str
    width: float
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A row over the whole width, above rows that belong together: printed on one page where they fit on it."""

    text: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: title, notes below it (`warning` in red), a table; `frozen` columns stay in sight when scrolling."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell] | Section]
    notes: tuple[str, ...] = ()
    warning: str | None = None
    frozen: int = 0


def workbook(title: str, sheets: Sequence[Sheet]) -> bytes:
    """An .xlsx; same values, same bytes. Text is written as text, days as days; every sheet prints on A4, landscape."""
    made = BytesIO()
    book = Workbook(made, {"in_memory": True, "default_format_properties": _NORMAL})
    book.set_properties({"title": cleaned(title), "author": "aftersales", "created": _MADE})
    formats = {name: book.add_format(dict(look)) for name, look in _FORMATS.items()}
    for sheet in sheets:
        _Writer(book.add_worksheet(sheet_name(sheet.name)), sheet, formats).write()
    book.close()
    return made.getvalue()


class _Writer:
    def __init__(self, page: Any, sheet: Sheet, formats: Mapping[str, Any]) -> None:
        self.page, self.sheet, self.formats = page, sheet, formats
        self.width = len(sheet.columns)
        self.row = 0
        self.heights: list[float] = []

    def write(self) -> None:
        for number, column in enumerate(self.sheet.columns):
            self.page.set_column(number, number, column.width)
        self._line(self.sheet.title, "title", 28)
        for note in self.sheet.notes:
            self._line(note, "note", self._high(note))
        repeated = self.row  # a warning stands on every printed page
        if self.sheet.warning:
            self._line(self.sheet.warning, "warning", self._high(self.sheet.warning))
        head = self.row
        self._height(_HEADING)
        for number, column in enumerate(self.sheet.columns):
            self.page.write_string(head, number, column.heading, self.formats["heading"])
        self.row += 1
        for row in self.sheet.rows:
            if isinstance(row, Section):
                self._line(row.text, "section", _SECTION)
            else:
                self._cells(row)
        self._set_up(head, repeated)

    def _line(self, text: str, look: str, height: float) -> None:
        """A line over the whole width."""
        self._height(height)
        self.page.merge_range(self.row, 0, self.row, self.width - 1, _fit(text), self.formats[look])
        self.row += 1

    def _height(self, points: float) -> None:
        self.page.set_row(self.row, points)
        self.heights.append(points)

    def _high(self, text: str) -> float:
        room = sum(column.width for column in self.sheet.columns)
        return _LINE * _lines(text, room) + 4

    def _cells(self, row: Sequence[Cell]) -> None:
        lines = 1
        for number, (cell, column) in enumerate(zip(row, self.sheet.columns, strict=True)):
            self._cell(number, cell, column)
            if isinstance(cell, str):
                lines = max(lines, _lines(cell, column.width))
        self._height(_LINE * lines + _PADDING)
        self.row += 1

    def _cell(self, number: int, cell: Cell, column: Column) -> None:
        match cell:
            case None | "":
                self.page.write_blank(self.row, number, None, self.formats["text"])
            case str():
                look = self.formats["middle" if column.middle else "text"]
                self.page.write_string(self.row, number, _fit(cell), look)
            case int():
                self.page.write_number(self.row, number, cell, self.formats["number"])
            case date():
                midnight = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - a spreadsheet's days have no zone
                self.page.write_datetime(self.row, number, midnight, self.formats["day"])

    def _set_up(self, head: int, repeated: int) -> None:
        self.page.freeze_panes(head + 1, self.sheet.frozen)
        if not any(isinstance(row, Section) for row in self.sheet.rows):
            self.page.autofilter(head, 0, max(self.row - 1, head), self.width - 1)
        self.page.set_landscape()
        self.page.set_paper(9)  # A4
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(**_MARGINS)
        self.page.repeat_rows(repeated, head)
        self.page.set_footer("&L&8&A&R&8&P / &N")
        self.page.set_h_pagebreaks(self._breaks(head, repeated)[:1023])  # no more than a workbook can hold

    def _breaks(self, head: int, repeated: int) -> list[int]:
        """Before which rows a page begins, so that a section stays whole that fits on one."""
        starts = [head + 1 + n for n, row in enumerate(self.sheet.rows) if isinstance(row, Section)]
        room, again = self._room(), sum(self.heights[repeated : head + 1])
        found: list[int] = []
        used = sum(self.heights[: head + 1])
        for start, end in pairwise([*starts, self.row]):
            high = sum(self.heights[start:end])
            if start != starts[0] and used + high > room:
                found.append(start)
                used = again
            used += high
            while used > room:  # its own page breaks
                used += again - room
        return found

    def _room(self) -> float:
        """The height of a page in the sheet's own points, which are printed smaller until the width fits."""
        points = sum(column.width * 7 + 5 for column in self.sheet.columns) * 0.75
        wide = _PAPER[0] - 72 * (_MARGINS["left"] + _MARGINS["right"])
        high = _PAPER[1] - 72 * (_MARGINS["top"] + _MARGINS["bottom"])
        return _SPARE * high / min(1.0, wide / points)


def _fit(text: str) -> str:
    return shortened_to(LONGEST_CELL, cleaned(text))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters; a Chinese character takes two."""
    return sum(
        max(1, -(-sum(2 if c > "\u2e7f" else 1 for c in line) // max(int(width) - 1, 1))) for line in text.split("\n")
    )
