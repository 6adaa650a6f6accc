"""Generated workbooks of several sheets, made to be read and printed: a title, notes, a table, page breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from aftersales_cli.documents.cleaning import LONGEST_CELL, cleaned, shortened_to
from aftersales_cli.documents.lists import sheet_name

Cell = str | int | date | None

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same values give the same bytes
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "vcenter"}
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
    "section": {**_BOX, "bold": True, "font_color": "#1F3864", "bg_color": "#F4F7FB", "font_size": 11},
}  # fmt: skip
_LINE = 15.0


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, whether its texts stand in the middle."""

    heading: str
    width: float
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A row over the whole width; with `page` it begins a new one."""

    text: str
    page: bool = False


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
    book = Workbook(made, {"in_memory": True})
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
        self.breaks: list[int] = []

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
        self.page.set_row(head, 30)
        for number, column in enumerate(self.sheet.columns):
            self.page.write_string(head, number, column.heading, self.formats["heading"])
        self.row += 1
        for row in self.sheet.rows:
            if isinstance(row, Section):
                self._section(row, first=self.row == head + 1)
            else:
                self._cells(row)
        self._set_up(head, repeated)

    def _line(self, text: str, look: str, height: float) -> None:
        """A line over the whole width."""
        self.page.set_row(self.row, height)
        self.page.merge_range(self.row, 0, self.row, self.width - 1, _fit(text), self.formats[look])
        self.row += 1

    def _high(self, text: str) -> float:
        room = sum(column.width for column in self.sheet.columns)
        return _LINE * _lines(text, room) + 4

    def _section(self, section: Section, *, first: bool) -> None:
        if section.page and not first:
            self.breaks.append(self.row)
        self._line(section.text, "section", 22)

    def _cells(self, row: Sequence[Cell]) -> None:
        lines = 1
        for number, (cell, column) in enumerate(zip(row, self.sheet.columns, strict=True)):
            self._cell(number, cell, column)
            if isinstance(cell, str):
                lines = max(lines, _lines(cell, column.width))
        self.page.set_row(self.row, _LINE * lines + 3)
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
        self.page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.page.repeat_rows(repeated, head)
        self.page.set_footer("&L&8&A&R&8&P / &N")
        self.page.set_h_pagebreaks(self.breaks[:1023])  # no more than a workbook can hold


def _fit(text: str) -> str:
    return shortened_to(LONGEST_CELL, cleaned(text))


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in so many characters; a Chinese character takes two."""
    return sum(
        max(1, -(-sum(2 if c > "\u2e7f" else 1 for c in line) // max(int(width) - 1, 1))) for line in text.split("\n")
    )
