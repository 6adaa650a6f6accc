"""What a template's file says about itself and whoever saved it: taken out before anything is made of it.

A template is often the last letter with its words replaced: its title, author, company, and the picture of its first
page would go out in each document to other customers.
"""

from __future__ import annotations

from lxml import etree

from aftersales_cli.documents.package import parsed, relations, written

_LISTED = "_rels/.rels"
_TYPES = "[Content_Types].xml"
_DROPPED = ("thumbnail", "custom-properties")
_KEPT = {
    "core-properties": frozenset({"created", "modified", "revision", "language"}),
    "extended-properties": frozenset({"Application", "AppVersion", "DocSecurity", "ScaleCrop"}),
}
"""What stays of those parts that stay."""


def impersonal(parts: dict[str, bytes], file: str, *, filled: bool = False) -> dict[str, bytes]:
    """The parts without thumbnail and own properties, and of the usual ones only what tells of nobody.

    `filled`: a property with a mark of the template (`{{ title }}`) stays, for what fills in properties too.
    """
    made = dict(parts)
    for kind, part in relations(parts, "", file).values():
        if kind in _DROPPED:
            _drop(made, part, file)
        elif kind in _KEPT and part in made:
            made[part] = _thinned(parsed(parts, part, file), _KEPT[kind], filled=filled)
    return made


def _thinned(root: etree._Element, kept: frozenset[str], *, filled: bool) -> bytes:
    for child in list(root):
        marked = filled and "{{" in "".join(map(str, child.itertext()))
        if not marked and etree.QName(child).localname not in kept:
            root.remove(child)
    return written(root)


def _drop(parts: dict[str, bytes], part: str, file: str) -> None:
    """Leave out a part, with what refers to it."""
    parts.pop(part, None)
    parts.pop(f"{part.rpartition('/')[0]}/_rels/{part.rpartition('/')[2]}.rels", None)
    for listing in (_LISTED, _TYPES):
        root = parsed(parts, listing, file)
        for entry in list(root):
            if (entry.get("Target") or entry.get("PartName") or "").lstrip("/") == part:
                root.remove(entry)
        parts[listing] = written(root)
