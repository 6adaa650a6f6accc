"""Workbooks (.xlsx .xls .xlsb .ods) as raw sheets, through python-calamine. Runs in the confined process."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from aftersales_cli.tables.archives import Parts, archive, incomplete, lost_cells, no_entities, parts
from aftersales_cli.tables.unreadable import Unreadable, too_big
from aftersales_cli.words import Say

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
    rows, numbers = _rows(sheet, limits)
    return {
        "name": name,
        "rows": rows,
        "numbers": numbers,
        "lost": lost,
        "from_1904": bool(inside and inside.from_1904),
    }


def _rows(sheet: CalamineSheet, limits: dict[str, float]) -> tuple[list[list[Any]], list[int]]:
    """Rows that hold something, from column A, with the spreadsheet's row numbers."""
    if sheet.start is None:
        return [], []
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
    _fill_merged(sheet, kept, numbers)
    return kept, numbers


def _fill_merged(sheet: CalamineSheet, rows: list[list[Any]], numbers: list[int]) -> None:
    """Cells merged over several rows say the same in each of them: one task number beside several circuits."""
    merged = [area for area in sheet.merged_cell_ranges or () if area[1][0] > area[0][0]]
    at = {number: index for index, number in enumerate(numbers)} if merged else {}
    for (top, column), (bottom, _) in merged:
        first = at.get(top + 1)
        if first is None or column >= len(rows[first]) or rows[first][column] == "":
            continue
        for index in range(first + 1, len(rows)):
            if numbers[index] > bottom + 1:
                break
            rows[index][column] = rows[first][column]
