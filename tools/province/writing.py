"""Bytes of a file: workbooks, text tables and YAML, the same bytes for the same cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import NamedTuple

import xlsxwriter
import yaml

from tools.province.spelling import Cell

MADE_AT = datetime.fromisoformat("2026-06-01T08:00:00")
"""When every workbook says that it was made."""
Grid = Sequence[Sequence[Cell]]


class Merge(NamedTuple):
    """Cells of a workbook made one, counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


def workbook(
    sheet: str, grid: Grid, merges: Sequence[Merge] = (), *, widths: Mapping[int, float] | None = None
) -> bytes:
    """An .xlsx with one sheet."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": MADE_AT})
    day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    hour = book.add_format({"num_format": "hh:mm"})
    page = book.add_worksheet(sheet)
    for column, width in (widths or {}).items():
        page.set_column(column, column, width)
    for merge in merges:
        page.merge_range(*merge, "")
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            match cell:
                case datetime():
                    page.write_datetime(row, column, cell, day)
                case time():
                    page.write_datetime(row, column, cell, hour)
                case str() if cell:
                    page.write_string(row, column, cell)
                case int() | float():
                    page.write_number(row, column, cell)
    book.close()
    return target.getvalue()


def comma_separated(grid: Grid) -> bytes:
    """A CSV as Chinese systems write it: GB18030."""
    target = io.StringIO(newline="")
    csv.writer(target, lineterminator="\r\n").writerows(grid)
    return target.getvalue().encode("gb18030")


def text_as_xls(grid: Grid, *, guarded: Sequence[int] = ()) -> bytes:
    """The text that exporters call .xls: GBK, tabs, codes as `="…"`; `guarded` are the columns of codes.

    Rows of fewer cells than the widest stand above the headings and are left as they are.
    """
    width = max(map(len, grid))
    lines = []
    for row, cells in enumerate(grid):
        body = len(cells) == width and row > 0
        lines.append("\t".join(_guarded(cell) if body and n in guarded else str(cell) for n, cell in enumerate(cells)))
    return ("\r\n".join(lines) + "\r\n").encode("gbk")


def _guarded(cell: Cell) -> str:
    return f'="{cell}"' if cell else ""


def yaml_list(table: str, entries: Sequence[Mapping[str, str]], *, comment: str) -> bytes:
    """A list of mappings under the table's name, with a comment above it; empty cells are left out."""
    filled = [{key: value for key, value in entry.items() if value} for entry in entries]
    text = yaml.safe_dump({table: filled}, allow_unicode=True, sort_keys=False, width=1000)
    return f"# {comment}\n{text}".encode()
