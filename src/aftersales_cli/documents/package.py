"""The parts of an .xlsx file: opened with care, written back as they were, the same bytes every time."""

from __future__ import annotations

import posixpath
import zlib
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from aftersales_cli.documents.faults import refused
from aftersales_cli.errors import Stop
from aftersales_cli.words import Say

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BIGGEST_INSIDE = 50_000_000  # bytes, inflated
_MOST_PARTS = 1_000


def opened(data: bytes, file: str) -> dict[str, bytes]:
    """The parts by name, in the file's order; `Stop` 78 for what is no workbook, is damaged, or carries macros."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(
            Say("{file} is an old .xls workbook or has a password", file=file),
            Say("save it as .xlsx without a password"),
        )
    try:
        parts = _parts(data, file)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise refused(Say("{file} is not an .xlsx workbook, or is damaged", file=file)) from error
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise refused(Say("{file} contains macros", file=file), Say("save it as an .xlsx workbook without macros"))
    return parts


def _parts(data: bytes, file: str) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as package:
        entries = package.infolist()
        if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _BIGGEST_INSIDE:
            raise refused(Say("{file} is too big for a template", file=file))
        return {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}


def parsed(parts: Mapping[str, bytes], name: str, file: str) -> etree._Element:
    """One XML part as its root element; entities are not resolved and nothing is fetched from anywhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(parts[name], parser)
    except (KeyError, etree.XMLSyntaxError) as error:
        raise damaged(file, name) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise damaged(file, name)
    return root


def damaged(file: str, part: str) -> Stop:
    """The error for a part that is missing or cannot be what it should be."""
    return refused(
        Say("{file} is damaged: its part {part} cannot be read", file=file, part=part),
        Say("open it in Excel or LibreOffice and save it as .xlsx again"),
    )


def written(element: etree._Element) -> bytes:
    """One XML part as bytes."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, standalone=True)


def relations(parts: Mapping[str, bytes], part: str, file: str) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the package: id → (last word of the type, name of the part it points to)."""
    folder, name = posixpath.split(part)
    listed = f"{folder}/_rels/{name}.rels".lstrip("/")
    if listed not in parts:
        return {}
    return {
        relation.get("Id", ""): (
            relation.get("Type", "").rsplit("/", 1)[-1],
            posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in parsed(parts, listed, file).iter(_RELATIONS)
        if relation.get("TargetMode") != "External"
    }


class Shell:
    """The parts that are the same in every document, packed once; those that differ are added per document."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._packed = _packed(b"", parts)

    def around(self, parts: Mapping[str, bytes]) -> bytes:
        """A whole package: the shell's parts, then these, with the same time stamp on all of them."""
        return _packed(self._packed, parts)


def _packed(before: bytes, parts: Mapping[str, bytes]) -> bytes:
    buffer = BytesIO(before)
    with ZipFile(buffer, "a" if before else "w") as package:
        for name, data in parts.items():
            package.writestr(_entry(name), data)
    return buffer.getvalue()


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3  # the same bytes on every system
    entry.external_attr = 0o600 << 16
    return entry
