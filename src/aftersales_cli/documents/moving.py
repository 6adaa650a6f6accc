"""Moves what a sheet, its drawings, its tables and the workbook's names say about cells below a repeated row."""

from __future__ import annotations

from lxml import etree

from aftersales_cli.documents.package import MAIN
from aftersales_cli.documents.shifting import Shift

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
_EXCEL = "{http://schemas.microsoft.com/office/excel/2006/main}"
_FORMULAS = (MAIN + "f", MAIN + "formula", MAIN + "formula1", MAIN + "formula2", _EXCEL + "f")


def renumber(row: etree._Element, number: int) -> None:
    """Give a row and its cells another number."""
    row.set("r", str(number))
    for cell in row:
        if cell.tag == MAIN + "c":
            cell.set("r", column(cell.get("r", "")) + str(number))


def column(reference: str) -> str:
    """The letters of a cell's reference."""
    return reference.rstrip("0123456789")


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def move_sheet(root: etree._Element, data: etree._Element, shift: Shift) -> None:
    """Everything of a sheet whose repeated row is not in `data` now: rows, merged cells, conditions, links, breaks."""
    for row in data:
        number = int(row.get("r", "0"))
        if number > shift.row:
            renumber(row, number + shift.count - 1)
    move_areas(root, shift)
    for formula in root.iter(*_FORMULAS):
        formula.text = shift.formula(formula.text or "", here=True) or None
    for breaks in root.iter(MAIN + "rowBreaks"):
        for line in breaks:
            line.set("id", str(shift.last(int(line.get("id", "0")))))


def move_areas(root: etree._Element, shift: Shift) -> None:
    """Every `ref` and `sqref` below `root`; what has no area left is taken out."""
    for element in list(root.iter()):
        for name in ("ref", "sqref"):
            areas = element.get(name)
            if areas is not None:
                _move_area(element, name, areas, shift)
        if element.tag == _EXCEL + "sqref":
            element.text = shift.areas(element.text or "")
            if element.text is None:
                _take_out(element.getparent())


def _move_area(element: etree._Element, name: str, areas: str, shift: Shift) -> None:
    moved = shift.areas(areas)
    if element.tag == MAIN + "mergeCell" and shift.is_beside(areas):
        for area in shift.copies(areas):
            element.addprevious(element.makeelement(element.tag, {name: area}))
        moved = None
    if moved is None:
        _take_out(element)
        return
    element.set(name, moved)
    _recount(element.getparent())


def _take_out(element: etree._Element | None) -> None:
    """Remove an element, and the lists that are empty without it: spreadsheet programs refuse those."""
    parent = None if element is None else element.getparent()
    if element is None or parent is None:
        return
    parent.remove(element)
    _recount(parent)
    if len(parent) == 0:
        _take_out(parent)


def _recount(parent: etree._Element | None) -> None:
    if parent is not None and parent.get("count") is not None:
        parent.set("count", str(len(parent)))


def move_drawing(root: etree._Element, shift: Shift) -> None:
    """Pictures and shapes that begin below the repeated row; what begins above it stays and keeps its size."""
    for anchor in root:
        rows = [row for tag in ("from", "to") for row in anchor.findall(f"{_DRAWING}{tag}/{_DRAWING}row")]
        if rows and int(rows[0].text or 0) >= shift.row:  # counted from 0, so this is the row below
            for row in rows:
                row.text = str(int(row.text or 0) + shift.count - 1)


def move_names(root: etree._Element, shift: Shift) -> None:
    """The workbook's defined names that point at the sheet, its print area among them."""
    for name in root.iter(MAIN + "definedName"):
        name.text = shift.formula(name.text or "", here=False)
