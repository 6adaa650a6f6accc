"""Workbook templates people restyle in Excel: only the sheets' XML is rewritten, all else stays as they saved it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace

from lxml import etree

from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.documents.faults import refused
from aftersales_cli.documents.holes import TEXT, marked
from aftersales_cli.documents.moving import move_areas, move_drawing, move_names
from aftersales_cli.documents.package import MAIN, RELATION_ID, Shell, damaged, opened, parsed, relations, written
from aftersales_cli.documents.properties import impersonal
from aftersales_cli.documents.sandbox import plain
from aftersales_cli.documents.sheet import Sheet
from aftersales_cli.documents.shifting import Shift
from aftersales_cli.words import Say

_Mover = Callable[[etree._Element, Shift], None]


class Workbook:
    """An .xlsx template with `{{ … }}` in its cells, read and checked once, filled thousands of times.

    The one row that uses `row` is repeated for each item of the view's `rows`. `file` is how messages call the
    template. What does not hold in it is a `Stop` 78 with its cell, at once or, for unknown names, when filled.
    """

    def __init__(self, data: bytes, file: str = "workbook.xlsx") -> None:
        self._file = file
        parts = impersonal(opened(data, file), file)
        self._book_part = _book_part(parts, file)
        self._book = parsed(parts, self._book_part, file)
        self._sheets = {part: sheet for part, sheet in self._read(parts) if sheet.is_filled}
        self._followers = [*self._found_followers(parts)]
        changing = {*self._sheets, *(part for part, _, _ in self._followers)}
        self._shell = Shell({name: data for name, data in parts.items() if name not in changing})

    def fill(self, view: Mapping[str, object], cut: list[Cut] | None = None) -> bytes:
        """The workbook for one view: values stand in it as text, never as formulas; same view, same bytes.

        `cut` gets what no cell can hold whole; it ends in `…` there.
        """
        values, changed, shift = plain(view), {}, None
        found: list[Cut] = [] if cut is None else cut
        for part, sheet in self._sheets.items():
            changed[part], moved = sheet.filled(values, found)
            shift = moved or shift
        assert shift is not None, "checked when read: one sheet repeats a row"
        for part, root, move in self._followers:
            copy = deepcopy(root)
            move(copy, shift)
            changed[part] = written(copy)
        return self._shell.around(changed)

    def _read(self, parts: dict[str, bytes]) -> list[tuple[str, Sheet]]:
        """All sheets in the book's order, after making `parts` fit for what will change in them."""
        related = relations(parts, self._book_part, self._file)
        named = dict(related.values())
        strings, styles = (
            parsed(parts, named[kind], self._file) if kind in named else None for kind in ("sharedStrings", "styles")
        )
        sheets = []
        for entry in self._book.iter(MAIN + "sheet"):
            kind, part = related.get(entry.get(RELATION_ID, ""), ("", ""))
            if kind == "worksheet":
                root = parsed(parts, part, self._file)
                sheets.append((part, self._sheet(root, entry.get("name", ""), strings, styles)))
        self._check_one_repeats(sheets)
        if strings is not None:
            parts[named["sharedStrings"]] = _without_marks(strings)
        if any(sheet.is_filled and sheet.has_formulas for _, sheet in sheets):
            _reckon_anew(parts, self._book_part, self._book, self._file)
        return sheets

    def _sheet(
        self, root: etree._Element, title: str, strings: etree._Element | None, styles: etree._Element | None
    ) -> Sheet:
        texts = [] if strings is None else list(strings.iter(MAIN + "si"))
        try:
            return Sheet(root, title, self._file, texts, styles)
        except (StopIteration, IndexError, ValueError) as error:
            raise damaged(self._file, title) from error

    def _check_one_repeats(self, sheets: list[tuple[str, Sheet]]) -> None:
        repeating = [sheet.title for _, sheet in sheets if sheet.row]
        if len(repeating) == 1:
            return
        hint = Say("write {value} and the like into the cells of the row to repeat", value="{{ row.task_no }}")
        if repeating:
            raise refused(Say("{file} repeats a row in several sheets: {sheets}", file=self._file, sheets=repeating))
        raise refused(Say("{file} has no row to repeat: none of its cells uses “row”", file=self._file), hint)

    def _found_followers(self, parts: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element, _Mover]]:
        """The other parts that change when a row is repeated, and how."""
        yield from _changing(self._book_part, self._book, move_names, self._some_shift())
        movers: dict[str, _Mover] = {"drawing": move_drawing, "table": _move_table}
        part = next(part for part, sheet in self._sheets.items() if sheet.row)
        for kind, target in relations(parts, part, self._file).values():
            if kind in movers:
                yield from _changing(target, parsed(parts, target, self._file), movers[kind], self._some_shift())

    def _some_shift(self) -> Shift:
        row, title = next((sheet.row, sheet.title) for sheet in self._sheets.values() if sheet.row)
        return Shift(row or 0, 2, title)


def _changing(
    part: str, root: etree._Element, move: _Mover, shift: Shift
) -> Iterator[tuple[str, etree._Element, _Mover]]:
    """The part, if anything in it would move: one that stays is kept byte for byte."""
    trial = deepcopy(root)
    move(trial, shift)
    if written(trial) != written(root):
        yield part, root, move


def _move_table(root: etree._Element, shift: Shift) -> None:
    """A table ("format as table") grows with its row; it may not be left without one."""
    move_areas(root, replace(shift, count=max(shift.count, 1)))


def _book_part(parts: Mapping[str, bytes], file: str) -> str:
    found = [part for kind, part in relations(parts, "", file).values() if kind == "officeDocument"]
    if not found or "[Content_Types].xml" not in parts:
        raise damaged(file, "_rels/.rels")
    if parsed(parts, found[0], file).tag != MAIN + "workbook":
        raise refused(
            Say("{file} is no ordinary .xlsx workbook", file=file),
            Say("save it as “Excel workbook”, not as “Strict Open XML” or another kind of document"),
        )
    return found[0]


def _without_marks(strings: etree._Element) -> bytes:
    """The shared texts, without those that now stand in their cells: no `{{ … }}` is left in what is sent."""
    for item in strings.iter(MAIN + "si"):
        if marked("".join(text.text or "" for text in item.iter(TEXT))):
            for child in list(item):
                item.remove(child)
            etree.SubElement(item, TEXT)
    return written(strings)


def _reckon_anew(parts: dict[str, bytes], book_part: str, book: etree._Element, file: str) -> None:
    """Formulas moved, so programs are told to reckon when opening, and the order of reckoning is dropped."""
    for settings in book.iter(MAIN + "calcPr"):
        settings.set("fullCalcOnLoad", "1")
    parts[book_part] = written(book)
    related = relations(parts, book_part, file)
    for chain in [part for kind, part in related.values() if kind == "calcChain"]:
        folder, _, name = book_part.rpartition("/")
        for listing in (f"{folder}/_rels/{name}.rels", "[Content_Types].xml"):
            root = parsed(parts, listing, file)
            for entry in list(root):
                if (entry.get("Target") or entry.get("PartName") or "").endswith(chain.rpartition("/")[2]):
                    root.remove(entry)
            parts[listing] = written(root)
        del parts[chain]
