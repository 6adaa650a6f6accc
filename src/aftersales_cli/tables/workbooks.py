"""Workbooks (.xlsx .xls .xlsb .ods) as raw sheets, through python-calamine. Runs in the confined process."""

from __future__ import annotations

import io
import zipfile
from bisect import bisect_left
from collections.abc import Iterable
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from aftersales_cli.tables.archives import Parts, archive, incomplete, lost_cells, no_entities, parts
from aftersales_cli.tables.sheet import Covered, column_letter
from aftersales_cli.tables.unreadable import Unreadable, too_big
from aftersales_cli.words import Say

Area = tuple[tuple[int, int], tuple[int, int]]
"""Merged cells: row and column, from 0, of the first and the last of them."""

_ZIP = b"PK"
_BOOK = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # how the stream of an Excel 97 workbook begins
_BOOK_BYTES = 20  # of this first record
_LOCKED = b"\x2f\x00"  # the record after it where the rest is encrypted
_NAMES = {  # what other programs' files have inside
    "EncryptedPackage": None,
    "WordDocument": "Word",
    "PowerPoint Document": "PowerPoint",
}


def opened(data: bytes, sheet: str | None, limits: dict[str, float]) -> dict[str, Any]:
    """The visible sheets (or the one named, hidden or not) of a workbook, and the names of the hidden ones."""
    zipped = archive(data, limits) if data.startswith(_ZIP) else None
    inside = _inside(zipped, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        wanted = _wanted(book, sheet)
        sheets = [_sheet(book, name, zipped, inside, limits) for name in wanted]
    except PasswordError:
        raise _locked() from None
    except CalamineError:
        raise incomplete(len(data)) from None
    hidden = [entry.name for entry in book.sheets_metadata if entry.visible is not SheetVisibleEnum.Visible]
    return {"sheets": sheets, "hidden": hidden, "notes": []}


def _inside(zipped: zipfile.ZipFile | None, data: bytes) -> Parts | None:
    """The parts of an .xlsx; None for other workbooks; anything else is refused by its name."""
    if zipped is None:
        _refuse_other_ole(data)
        return None
    names = set(zipped.namelist())
    if "xl/workbook.xml" in names:
        return parts(zipped)
    if "xl/workbook.bin" in names or "content.xml" in names:
        no_entities(zipped)
        return None
    for folder, program in (("word/", "Word"), ("ppt/", "PowerPoint")):
        if any(name.startswith(folder) for name in names):
            raise Unreadable(Say("this is a {program} file, not a workbook", program=program))
    if "[Content_Types].xml" in names:
        raise Unreadable(Say("the workbook is damaged: the part {part} is missing", part="xl/workbook.xml"))
    raise Unreadable(Say("this is a zip archive, not a workbook"), Say("unpack it first"))


def _refuse_other_ole(data: bytes) -> None:
    if data[data.find(_BOOK) + _BOOK_BYTES :].startswith(_LOCKED) and _BOOK in data:
        raise _locked()
    for stream, program in _NAMES.items():
        if stream.encode("utf-16-le") in data:
            if program is None:
                raise _locked()
            raise Unreadable(Say("this is a {program} file, not a workbook", program=program))


def _locked() -> Unreadable:
    return Unreadable(Say("the file is locked by a password"), Say("remove the password and save it again"))


def _wanted(book: CalamineWorkbook, sheet: str | None) -> list[str]:
    visible = [e.name for e in book.sheets_metadata if e.visible is SheetVisibleEnum.Visible]
    if sheet is None:
        return visible or list(book.sheet_names)
    if sheet not in book.sheet_names:
        names = ", ".join(book.sheet_names)
        raise Unreadable(Say("there is no sheet “{sheet}”", sheet=sheet), Say("its sheets are {names}", names=names))
    return [sheet]


def _sheet(
    book: CalamineWorkbook, name: str, zipped: zipfile.ZipFile | None, inside: Parts | None, limits: dict[str, float]
) -> dict[str, Any]:
    part = inside.sheets.get(name) if inside else None
    lost = lost_cells(zipped, part) if zipped and part and part.endswith(".xml") else {}
    sheet = book.get_sheet_by_name(name)
    rows, numbers, covered = _rows(sheet, limits)
    return {
        "name": name,
        "rows": rows,
        "numbers": numbers,
        "lost": lost,
        "covered": covered,
        "from_1904": bool(inside and inside.from_1904),
    }


def _rows(sheet: CalamineSheet, limits: dict[str, float]) -> tuple[list[list[Any]], list[int], Covered]:
    """Rows that hold something, from column A, with the spreadsheet's row numbers; and what nobody sees of them."""
    if sheet.start is None:
        return [], [], {}
    pad = [""] * sheet.start[1]
    kept: list[list[Any]] = []
    numbers: list[int] = []
    cells = 0
    for number, row in enumerate(sheet.iter_rows(), 1):
        filled = len(row) - row.count("")
        if not filled:
            continue
        cells += filled
        kept.append(pad + row if pad else row)
        numbers.append(number)
        if len(kept) > limits["rows"]:
            raise too_big("rows", limits["rows"])
    if cells > limits["cells"]:
        raise too_big("cells", limits["cells"])
    return _as_seen(sheet.merged_cell_ranges or (), kept, numbers)


def _as_seen(
    merged: Iterable[Area], rows: list[list[Any]], numbers: list[int]
) -> tuple[list[list[Any]], list[int], Covered]:
    """Of merged cells counts the first, which people see; merged over several rows, it counts for each of them.

    One task number may stand beside several circuits. What the other cells still hold is taken out and told.
    """
    covered: Covered = {}
    areas = [(*area, _taken_out(area, rows, numbers, covered)) for area in merged]
    if covered:
        seen = [index for index, row in enumerate(rows) if any(cell != "" for cell in row)]
        rows, numbers = [rows[index] for index in seen], [numbers[index] for index in seen]
    for (top, left), (bottom, _), value in areas:
        if value != "":
            for index in range(bisect_left(numbers, top + 2), bisect_left(numbers, bottom + 2)):
                rows[index][left] = value
    return rows, numbers, covered


def _taken_out(area: Area, rows: list[list[Any]], numbers: list[int], covered: Covered) -> Any:
    """Empty the cells of the area but the first; gives what that one holds."""
    (top, left), (bottom, right) = area
    first: Any = ""
    for index in range(bisect_left(numbers, top + 1), bisect_left(numbers, bottom + 2)):
        row, number = rows[index], numbers[index]
        for column in range(left, min(right + 1, len(row))):
            cell = row[column]
            if (number, column) == (top + 1, left):
                first = cell
            elif cell != "":
                row[column] = ""
                if cell != first or column != left:
                    covered[number, column] = (str(cell), f"{column_letter(left)}{top + 1}")
    return first
