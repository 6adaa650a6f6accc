"""What a person does to the files of the desk between two runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import openpyxl
import yaml
from openpyxl.worksheet.worksheet import Worksheet

INBOX = "inbox/cutovers"


def in_workbook(path: Path, edit: Callable[[Worksheet], None]) -> None:
    """Open it, type, save it."""
    book = openpyxl.load_workbook(path)
    assert isinstance(book.active, Worksheet)
    edit(book.active)
    book.save(path)


def row_of(sheet: Worksheet, text: str) -> int:
    """The one row that has a cell of this text."""
    found = {n for n, row in enumerate(sheet.values, 1) if text in (str(cell).strip("\u200b ") for cell in row)}
    assert len(found) == 1
    return found.pop()


def column_of(sheet: Worksheet, heading: str) -> int:
    """The column of a heading."""
    (found,) = [int(cell.column) for row in sheet.iter_rows() for cell in row if cell.value == heading]
    return found


def put(sheet: Worksheet, row: int, heading: str, value: str) -> None:
    """Type a value into the cell under a heading."""
    cell = sheet.cell(row, column_of(sheet, heading))
    assert cell.value != value
    cell.value = value


def drop(sheet: Worksheet, row: int) -> None:
    """Delete a row as a spreadsheet program does: cells that are one over several rows shrink, those below move up."""
    merged = list(sheet.merged_cells.ranges)
    for one in merged:
        sheet.unmerge_cells(one.coord)
    sheet.delete_rows(row)
    for one in merged:
        top, bottom = (edge - (edge > row) for edge in (one.min_row, one.max_row))
        last = bottom - (one.min_row < row == one.max_row)
        sheet.merge_cells(None, top, one.min_col, last, one.max_col)


def in_bytes(path: Path, old: str, new: str, encoding: str = "gb18030") -> None:
    """Replace a text that stands there exactly once, every other byte left as it is."""
    before, after = old.encode(encoding), new.encode(encoding)
    data = path.read_bytes()
    assert data.count(before) == 1
    path.write_bytes(data.replace(before, after))


def each_line(path: Path, edit: Callable[[str], str], encoding: str = "gb18030") -> None:
    """Edit a text line by line."""
    lines = path.read_bytes().decode(encoding).split("\r\n")
    changed = [edit(line) for line in lines]
    assert changed != lines
    path.write_bytes("\r\n".join(changed).encode(encoding))


def turned_round(path: Path, heading: str, encoding: str = "gb18030") -> None:
    """Sort the rows below the headings the other way round."""
    lines = path.read_bytes().decode(encoding).rstrip("\r\n").split("\r\n")
    top = next(n for n, line in enumerate(lines) if heading in line) + 1
    path.write_bytes(("\r\n".join([*lines[:top], *reversed(lines[top:])]) + "\r\n").encode(encoding))


def entry(path: Path, number: str, **cells: str) -> None:
    """Change some values of one task in the YAML."""
    document = yaml.safe_load(path.read_text("utf-8"))
    (found,) = [one for one in document["cutovers"] if one["割接任务号"] == number]
    found |= cells
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), "utf-8")


def as_workbook(path: Path) -> None:
    """Save a GB18030 CSV as a workbook in its place, every cell as text."""
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(path.read_bytes().decode("gb18030"), newline="")):
        book.worksheets[0].append(row)
    book.save(path.with_suffix(".xlsx"))
    path.unlink()


def as_utf8(path: Path) -> None:
    """Save a GB18030 text as UTF-8 with a mark."""
    path.write_bytes(path.read_bytes().decode("gb18030").encode("utf-8-sig"))
