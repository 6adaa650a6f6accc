"""Generated workbooks: one plain table that people fill in, sort and paste elsewhere; every cell is text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from aftersales_cli.documents.cleaning import LONGEST_CELL, Cut, cleaned, shortened_to

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same rows give the same bytes
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10}
_BOX = {"border": 1, "border_color": "#B7C7DE", "valign": "vcenter"}
_HEADING = {**_FONT, **_BOX, "bold": True, "font_color": "#1F3864", "bg_color": "#E4ECF7", "align": "center"}
_CELL = {**_FONT, **_BOX, "num_format": "@", "text_wrap": True}
_TO_FILL_IN = {**_CELL, "bg_color": "#FFF9E8"}
_NARROWEST, _WIDEST = 8, 48  # characters
_LIST_ROOM = 255  # characters a drop-down can hold by itself
_SHEET_ROOM = 31
_WIDE = re.compile("[\u2e80-\U0010ffff]")
_LONG = 5_000  # rows; of a longer list nothing is kept in memory, texts stand in their cells, empty cells are bare
_SPARE_ROWS = 200  # how far below the rows drop-downs and formats reach, for what is added by hand


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading; the words of its drop-down, if any; whether people are to fill it in (then tinted).

    A drop-down warns about other words and does not forbid them.
    """

    heading: str
    choices: tuple[str, ...] = ()
    to_fill_in: bool = False


def table_workbook(
    title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]], cut: list[Cut] | None = None
) -> bytes:
    """An .xlsx with one sheet: headings in row 1, then `rows` in the columns' order; same values, same bytes.

    Text is written as text, so `=…` is no formula and codes keep their zeros. What no cell can hold is taken out
    (control characters) or cut, ending in `…` (over 32,767 characters), and added to `cut`. Raises `ValueError` for a
    row of another width.
    """
    made = BytesIO()
    long = len(rows) > _LONG
    book = Workbook(made, {"in_memory": not long, "constant_memory": long})
    book.set_properties({"title": cleaned(title), "author": "aftersales", "created": _MADE})
    sheet = book.add_worksheet(sheet_name(title))
    sheet.set_row(0, 26)  # before anything stands in it: a long list is written row by row
    heading = book.add_format({**_HEADING, "text_wrap": True})
    formats = [book.add_format(_TO_FILL_IN if column.to_fill_in else _CELL) for column in columns]
    for number, (column, width) in enumerate(zip(columns, _widths(columns, rows), strict=True)):
        sheet.set_column(number, number, width, None)
        sheet.write_string(0, number, column.heading, heading)
        _choices(sheet, number, column, len(rows))
    for number, row in enumerate(rows, 1):
        for place, (text, form) in enumerate(zip(row, formats, strict=True)):
            if shown := _held(text):
                sheet.write_string(number, place, shown, form)
                if len(shown) < len(text) > LONGEST_CELL // 2 and cut is not None and shown.endswith("…"):
                    cut.append(Cut(sheet.name, xl_rowcol_to_cell(number, place), len(text) - len(shown) + 1))
            elif not long or columns[place].to_fill_in:
                sheet.write_blank(number, place, None, form)
    _page(sheet, len(columns), len(rows))
    book.close()
    return made.getvalue()


def sheet_name(title: str) -> str:
    """`title` as a sheet can be called: at most 31 characters, none of `[]:*?/\\`, no apostrophe at an end."""
    name = re.sub(r"[\[\]:*?/\\]+", " ", " ".join(cleaned(title).split()))
    return shortened_to(_SHEET_ROOM, name).strip(" '") or "Sheet1"


def _held(text: str) -> str:
    """What the cell can hold of it."""
    return shortened_to(LONGEST_CELL, cleaned(text)) if text else text


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[float]:
    """Wide enough for the longest line of each column, within limits; a Chinese character takes two columns."""
    longest = [_columns(column.heading) for column in columns]
    seen: list[str] = [""] * len(columns)  # what stands in the row above is measured already
    for row in rows:
        for place, (text, _) in enumerate(zip(row, columns, strict=True)):
            if text != seen[place]:
                seen[place] = text
                longest[place] = max(longest[place], *map(_columns, _held(text).split("\n")))
    return [min(max(one + 3, _NARROWEST), _WIDEST) for one in longest]


def _columns(text: str) -> float:
    return len(text) * 1.1 + len(_WIDE.findall(text)) * 0.9


def _choices(sheet: Any, number: int, column: Column, count: int) -> None:
    if not column.choices or len(",".join(column.choices)) > _LIST_ROOM:
        return
    rule = {
        "validate": "list",
        "source": list(column.choices),
        "error_type": "warning",
        "error_title": column.heading[:32],
        "error_message": "、".join(column.choices)[:255],
    }
    sheet.data_validation(1, number, count + _SPARE_ROWS, number, rule)


def _page(sheet: Any, width: int, count: int) -> None:
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, count, width - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&8&P / &N")
