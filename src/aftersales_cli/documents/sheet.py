"""One sheet of a workbook template, read once: which texts are filled in, which row is repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from aftersales_cli.documents.cleaning import LONGEST_CELL, Cut, shortened_to
from aftersales_cli.documents.faults import refused
from aftersales_cli.documents.heights import Heights
from aftersales_cli.documents.holes import EDGES, TEXT, Hole, Script, inlined, marked
from aftersales_cli.documents.moving import column, column_letters, column_number, move_sheet, renumber
from aftersales_cli.documents.package import MAIN, written
from aftersales_cli.documents.shifting import Shift
from aftersales_cli.words import Say

LONGEST_EDGE = 255  # what a header or footer can hold


class Sheet:
    """A sheet to fill in. `row` is the number of the repeated row, None when it has none.

    The texts of shared `strings` that have something to fill in become the cells' own.
    """

    def __init__(
        self,
        root: etree._Element,
        title: str,
        file: str,
        strings: Sequence[etree._Element] = (),
        styles: etree._Element | None = None,
    ) -> None:
        self._root, self.title = root, title
        self._heights = Heights(root, styles)
        label = f"{file} › {title}"
        data = _numbered(root)
        holes = [*_cell_holes(data, strings), *_edge_holes(root)]
        self.row = _repeated(holes, label)
        inside = [place for place, hole in enumerate(holes) if hole.row == self.row is not None]
        self._script = Script(holes, slice(inside[0], inside[-1] + 1) if inside else slice(0, 0), label)
        self._place = next((place for place, row in enumerate(data) if row.get("r") == str(self.row)), 0)
        self._pattern = _taken_out(data, self._place, label) if self.row else None
        self.has_formulas = _without_results(data)
        self.is_filled = bool(holes)
        self._spots = _spots(root)
        self._fitted = {str(hole.row) for hole in holes}

    def filled(self, view: Mapping[str, object], cut: list[Cut]) -> tuple[bytes, Shift | None]:
        """The sheet's XML for one view, and what moved in it (None: there is no repeated row).

        Texts that their cells cannot hold are added to `cut`.
        """
        fixed, rows = self._script.values(view)
        root = deepcopy(self._root)
        self._pour(root, self._spots, fixed, cut)
        data = next(root.iter(MAIN + "sheetData"))
        for row in data:
            if row.get("r") in self._fitted:
                self._heights.fit(row)
        if self._pattern is None or self.row is None:
            return written(root), None
        shift = Shift(self.row, len(rows), self.title)
        if shift.count != 1:
            move_sheet(root, data, shift)
        spots = _spots(self._pattern)
        for i, values in enumerate(rows):
            copy = deepcopy(self._pattern)
            renumber(copy, self.row + i)
            self._pour(copy, spots, values, cut)
            self._heights.fit(copy)
            data.insert(self._place + i, copy)
        return written(root), shift

    def _pour(self, root: etree._Element, spots: Sequence[int], values: Sequence[str], cut: list[Cut]) -> None:
        texts = list(root.iter(TEXT, *EDGES))
        for spot, value in zip(spots, values, strict=True):
            text = texts[spot]
            text.text = shortened_to(LONGEST_CELL if text.tag == TEXT else LONGEST_EDGE, value)
            if text.text != value:
                cell = next((cell.get("r", "") for cell in text.iterancestors(MAIN + "c")), text.tag.rsplit("}", 1)[-1])
                cut.append(Cut(self.title, cell, len(value) - len(text.text) + 1))


def _numbered(root: etree._Element) -> etree._Element:
    """The sheet's rows, with every row and cell knowing its number: a file may leave them out."""
    data = next(root.iter(MAIN + "sheetData"))
    number = 0
    for row in data:
        number = int(row.get("r", number + 1))
        place = 0
        for cell in row:
            reference = cell.get("r")
            place = column_number(column(reference)) if reference else place + 1
            cell.set("r", f"{column_letters(place)}{number}")
        row.set("r", str(number))
    return data


def _cell_holes(data: etree._Element, strings: Sequence[etree._Element]) -> Iterator[Hole]:
    for row in data:
        cells = [cell for cell in row if inlined(cell, strings)]
        if cells and row.get("customHeight") not in ("1", "true"):
            row.attrib.pop("ht", "")  # an automatic height was measured for other words
        for cell in cells:
            for text in cell.iter(TEXT):
                if marked(text.text):
                    yield Hole(text.text or "", cell.get("r", ""), int(row.get("r", "0")))


def _edge_holes(root: etree._Element) -> Iterator[Hole]:
    for edge in root.iter(*EDGES):
        if marked(edge.text):
            yield Hole(edge.text or "", edge.tag.rsplit("}", 1)[-1], None)


def _repeated(holes: Sequence[Hole], label: str) -> int | None:
    using = [hole for hole in holes if "row" in hole.names(label)]
    if not using:
        return None
    for hole in using:
        if hole.row is None or hole.row != using[0].row:
            where, cell = f"{label} › {hole.where}", using[0].where
            message = Say("{where}: “row” is used outside the row of {cell}", where=where, cell=cell)
            raise refused(message, Say("one row of the workbook is repeated, once for each item of “rows”"))
    return using[0].row


def _taken_out(data: etree._Element, place: int, label: str) -> etree._Element:
    row = data[place]
    for cell in row:
        if cell.find(MAIN + "f") is not None:
            where = f"{label} › {cell.get('r')}"
            message = Say("{where}: a formula stands in the row that is repeated", where=where)
            raise refused(message, Say("let the value be filled in instead, such as {value}", value="{{ row.window }}"))
    data.remove(row)
    return row


def _without_results(data: etree._Element) -> bool:
    """Drop the stored results of formulas, which were reckoned for the template; whether there are formulas."""
    cells = [cell for row in data for cell in row if cell.find(MAIN + "f") is not None]
    for cell in cells:
        for value in cell.findall(MAIN + "v"):
            cell.remove(value)
    return bool(cells)


def _spots(root: etree._Element) -> list[int]:
    """Where the texts to fill in stand among all texts below `root`; the same in every copy of it."""
    return [i for i, element in enumerate(root.iter(TEXT, *EDGES)) if marked(element.text)]
