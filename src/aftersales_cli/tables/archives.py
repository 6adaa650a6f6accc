"""What is checked in a zipped workbook before a reader may open it (A04, A05, A08, A10, A11, A16)."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

_CONTENT_TYPES = "[Content_Types].xml"
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_NEEDED = (_CONTENT_TYPES, _RELATIONS)
_MOST_AREA = 20_000_000  # cells between A1 and the last one; a reader makes room for all of them

_RESAVE = Say("open it in Excel or WPS and save it again")
_AGAIN = Say("get it again: it has not arrived whole")
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_CELL = rb"<(?:\w+:)?c\b([^>]*)>"
_FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)"
_NO_VALUE = rb"(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)"
_NO_RESULT = re.compile(_CELL + rb"\s*" + _FORMULA + rb"\s*" + _NO_VALUE)
_ERROR = re.compile(rb'<(?:\w+:)?c\b([^>]*\bt="e"[^>]*)>(?:\s*' + _FORMULA + rb")?\s*(?:<(?:\w+:)?v>([^<]*)<)?")
_DECLARING = [mark.encode(code) for mark in ("<!DOCTYPE", "<!ENTITY") for code in ("ascii", "utf-16-le", "utf-16-be")]
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')


def archive(data: bytes, limits: dict[str, float]) -> zipfile.ZipFile:
    """The zip directory, within the limits; nothing is inflated yet."""
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise incomplete(len(data)) from None
    entries = opened.infolist()
    if len(entries) > limits["zip_entries"]:
        raise _bomb("zip_entries", limits["zip_entries"])
    if sum(entry.file_size for entry in entries) > limits["zip_mb"] * 1_000_000:
        raise _bomb("zip_mb", limits["zip_mb"])
    for entry in entries:
        if entry.file_size > 1_000_000 and entry.compress_size < entry.file_size * limits["zip_ratio"]:
            raise _bomb("zip_ratio", limits["zip_ratio"])
    return opened


def incomplete(size: int) -> Unreadable:
    """The file is cut off, or was never whole (A04)."""
    return Unreadable(Say("the workbook is incomplete or damaged ({size} bytes)", size=size), _AGAIN)


def _bomb(limit: str, most: float) -> Unreadable:
    message = Say("the file is packed beyond the limit {limit} ({most})", limit=limit, most=f"{most:g}")
    return Unreadable(message, Say("save it again in Excel or WPS, or raise “limits: {limit}”", limit=limit))


@dataclass(frozen=True, slots=True)
class Parts:
    """An .xlsx from within: the part of each sheet by its name, and whether its days count from 1904."""

    sheets: dict[str, str]
    from_1904: bool


def parts(opened: zipfile.ZipFile) -> Parts:
    """The parts of an .xlsx, all of them there and none with entities (A05, A11)."""
    names = set(opened.namelist())
    for needed in _NEEDED:
        if needed not in names:
            raise _missing(needed)
    no_entities(opened)
    targets = _targets(opened)
    for target in targets.values():
        if target not in names:
            raise _missing(target)
    book = _tree(opened, _WORKBOOK)
    from_1904 = any(e.get("date1904") in {"1", "true"} for e in book.iter() if _local(e.tag) == "workbookPr")
    sheets = [e for e in book.iter() if _local(e.tag) == "sheet"]
    return Parts({e.get("name", ""): targets.get(_relation(e), "") for e in sheets}, from_1904)


def no_entities(opened: zipfile.ZipFile) -> None:
    """Refuse any part that declares entities, in workbooks of every kind (A11)."""
    for name in opened.namelist():
        if name.endswith((".xml", ".rels")):
            _no_entities(opened, name)


def _missing(part: str) -> Unreadable:
    return Unreadable(Say("the workbook is damaged: the part {part} is missing", part=part), _RESAVE)


def _no_entities(opened: zipfile.ZipFile, name: str) -> None:
    _refuse_entities(_start(opened, name), name)


def _refuse_entities(head: bytes, name: str) -> None:
    if any(mark in head for mark in _DECLARING):
        raise Unreadable(Say("the part {part} declares entities, which no workbook needs", part=name), _RESAVE)


def _start(opened: zipfile.ZipFile, name: str) -> bytes:
    try:
        with opened.open(name) as stream:
            return stream.read(4096)
    except _BROKEN:
        raise _damaged(name) from None


_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)


def _damaged(part: str) -> Unreadable:
    return Unreadable(Say("the workbook is damaged: the part {part} cannot be unpacked", part=part), _AGAIN)


def _targets(opened: zipfile.ZipFile) -> dict[str, str]:
    """Relation id → part, for what lies inside the workbook."""
    found = {}
    for element in _tree(opened, _RELATIONS):
        if element.get("TargetMode") != "External":
            target = element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[element.get("Id", "")] = path
    return found


def _tree(opened: zipfile.ZipFile, name: str) -> ElementTree.Element:
    try:
        xml = opened.read(name)
        _refuse_entities(xml, name)
        return ElementTree.fromstring(xml)  # noqa: S314 - entities were refused before
    except (*_BROKEN, KeyError, ElementTree.ParseError):
        raise _damaged(name) from None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _relation(element: ElementTree.Element) -> str:
    return next((value for name, value in element.attrib.items() if _local(name) == "id"), "")


def lost_cells(opened: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    """Cells that a reader gives as empty: (row, column index) → the error shown, '' for a bare formula (A16).

    Refuses a sheet with a cell so far out that a reader would fill the memory (A08).
    """
    try:
        xml = opened.read(part)
    except (*_BROKEN, KeyError):
        raise _damaged(part) from None
    _check_area(xml)
    found: dict[tuple[int, int], str] = {}
    if b't="e"' in xml:
        found |= {at: value.decode("ascii", "replace") for at, value in map(_located, _ERROR.finditer(xml)) if at}
    if b"<f" in xml or b":f" in xml:
        bare = (match for match in _NO_RESULT.finditer(xml) if b't="str"' not in match[1])
        found = {at: "" for at, _ in map(_located, bare) if at} | found
    return found


def _located(match: re.Match[bytes]) -> tuple[tuple[int, int] | None, bytes]:
    reference = _REFERENCE.search(match[1])
    value = (match[2] or b"#?") if match.re is _ERROR else b""
    return (int(reference[2]), _column(reference[1])) if reference else None, value


def _check_area(xml: bytes) -> None:
    """Rows after the last one with a value in it are of no weight: a reader passes them over (A09)."""
    end = max(xml.rfind(mark) for mark in (b"v>", b"is>", b"f>"))
    rows = _last_row(xml, end)
    columns = _widest(xml[:end]) if rows > _MOST_AREA // 16_384 else 0
    if rows * columns > _MOST_AREA:
        raise Unreadable(
            Say("row {row} has something in it, far from the table ({area} cells in between)",
                row=rows, area=rows * columns),
            Say("delete the empty-looking rows and columns after the table and save again"),
        )  # fmt: skip


def _last_row(xml: bytes, end: int) -> int:
    """The number of the row that holds the last value, said by itself or by its last cell."""
    at = max(xml.rfind(b"row ", 0, max(end, 0)), 0)
    row = _ROW_NUMBER.search(xml, at, max(end, 0))
    cells = _REFERENCE.findall(xml, at, max(end, 0))
    return max(int(row[1]) if row else 0, int(cells[-1][1]) if cells else 0)


def _widest(xml: bytes) -> int:
    """The number of columns that are named; those of a sheet that names none are as many as it holds."""
    for letters in (3, 2, 1):
        found = set(re.findall(rb' r="([A-Z]{%d})\d' % letters, xml))
        if found:
            return _column(max(found)) + 1
    return 26


def _column(letters: bytes) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + letter - 64
    return index - 1
