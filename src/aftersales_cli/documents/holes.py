"""The holes of a sheet: texts with `{{ … }}`, found in cells, headers and footers, and rendered together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from traceback import walk_tb

from jinja2 import TemplateSyntaxError, meta
from lxml import etree

from aftersales_cli.documents.cleaning import cleaned
from aftersales_cli.documents.faults import template_fault
from aftersales_cli.documents.package import MAIN
from aftersales_cli.documents.patience import patience
from aftersales_cli.documents.sandbox import Sandbox, bounded

TEXT = MAIN + "t"
EDGES = tuple(MAIN + page + edge for page in ("odd", "even", "first") for edge in ("Header", "Footer"))
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_MARKS = (("{{", "}}"), ("{%", "%}"), ("{#", "#}"))
_END = "\x1f\n"  # ends a value; none can hold it, see `sandbox.cleaned`
_CODE = "\x1e"  # the & of a footer's own codes while values, whose & is doubled, are put in
_SIZE = re.compile(r"(&\d+)(?=\{\{)")  # a font size: a value that begins with a digit would be read as part of it

_WRITTEN = re.compile("_x([0-9A-Fa-f]{4})_")  # `_x0041_` in a cell means A …
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")  # … unless its first `_` is itself written so

sandbox = Sandbox(autoescape=False, keep_trailing_newline=True)


def marked(text: str | None) -> bool:
    """Whether a text has something to fill in."""
    return text is not None and any(opening in text for opening, _ in _MARKS)


def inlined(cell: etree._Element, strings: Sequence[etree._Element]) -> bool:
    """Give a cell with `{{ … }}` its text inside the cell, fonts of its parts kept; False when there is nothing."""
    content = _content(cell, strings)
    if content is None or not marked("".join(text.text or "" for text in _texts(content))):
        return False
    for child in [child for child in cell if child.tag in (MAIN + "v", MAIN + "is")]:
        cell.remove(child)
    own = etree.SubElement(cell, MAIN + "is")
    own.extend(deepcopy(part) for part in content if part.tag in (TEXT, MAIN + "r"))  # no pinyin: it is of other words
    _mend(own)
    cell.set("t", "inlineStr")
    return True


def _content(cell: etree._Element, strings: Sequence[etree._Element]) -> etree._Element | None:
    value = cell.findtext(MAIN + "v")
    match cell.get("t"):
        case "s":
            return strings[int(value or 0)]
        case "inlineStr":
            return cell.find(MAIN + "is")
        case "str" if cell.find(MAIN + "f") is None:
            plain = etree.Element(MAIN + "is")
            etree.SubElement(plain, TEXT).text = value
            return plain
    return None


def _texts(content: etree._Element) -> list[etree._Element]:
    return [text for part in content if part.tag in (TEXT, MAIN + "r") for text in part.iter(TEXT)]


def _mend(content: etree._Element) -> None:
    """Put a `{{ … }}` that changes of font have cut into runs back together, in the font it begins in.

    LibreOffice cuts wherever Chinese and Latin letters meet.
    """
    unfinished: etree._Element | None = None
    for text in _texts(content):
        text.set(SPACE, "preserve")
        if unfinished is not None:
            unfinished.text = (unfinished.text or "") + (text.text or "")
            content.remove(next(part for part in content if text in part.iter(TEXT)))
        else:
            unfinished = text
        if _finished(unfinished.text or ""):
            unfinished = None


def _finished(text: str) -> bool:
    """Whether a text is a template by itself; one that never will be is named when its hole is read."""
    if text.endswith("{"):
        return False
    try:
        sandbox.parse(text)
    except TemplateSyntaxError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Hole:
    """One text to fill in: what it says, its cell (`C5`) or edge (`oddFooter`), and its row (None: an edge)."""

    source: str
    where: str
    row: int | None

    def names(self, file: str) -> set[str]:
        """The names it uses; `Stop` 78 for what is no template, before another hole can hide the mistake."""
        try:
            return meta.find_undeclared_variables(sandbox.parse(self.source))
        except TemplateSyntaxError as error:
            raise template_fault(error, f"{file} › {self.where}") from error

    def script(self) -> str:
        """Its part of the sheet's template."""
        source = cleaned(_WRITTEN.sub(lambda match: chr(int(match[1], 16)), self.source))
        if self.row is None:
            source = _SIZE.sub(r"\1 ", source).replace("&", _CODE)
        return source + _END

    def finished(self, value: str) -> str:
        """A rendered value as the sheet holds it."""
        if self.row is None:
            return value.replace("&", "&&").replace(_CODE, "&")
        return _ESCAPED.sub("_x005F_", value)


class Script:
    """All holes of a sheet as one template, those of `repeated` once for each of `rows`: one rendering per sheet."""

    def __init__(self, holes: Sequence[Hole], repeated: slice, file: str) -> None:
        self._file = file
        self._before, self._inside, self._after = holes[: repeated.start], holes[repeated], holes[repeated.stop :]
        parts = ["".join(hole.script() for hole in some) for some in (self._before, self._inside, self._after)]
        if self._inside:
            parts[1] = f"{{% for row in rows %}}{parts[1]}{{% endfor %}}"
        self._lines = [hole for hole in holes for _ in range(hole.script().count("\n"))]
        self._template = sandbox.from_string("".join(parts))

    def values(self, view: Mapping[str, object]) -> tuple[list[str], list[list[str]]]:
        """The values of the fixed holes, in order, and those of each repeated row."""
        try:
            with patience():
                texts = bounded(self._template.generate(view)).split(_END)[:-1]
            return self._sorted(texts)
        except Exception as error:
            raise template_fault(error, self._where(error), list(view)) from error

    def _sorted(self, texts: list[str]) -> tuple[list[str], list[list[str]]]:
        start, stop, width = len(self._before), len(texts) - len(self._after), len(self._inside)
        inside = texts[start:stop]
        rows = [_finish(self._inside, inside[i : i + width]) for i in range(0, len(inside), width or 1)]
        return _finish([*self._before, *self._after], texts[:start] + texts[stop:]), rows

    def _where(self, error: Exception) -> str:
        lines = [line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"]
        known = bool(lines) and 0 < lines[-1] <= len(self._lines)
        return f"{self._file} › {self._lines[lines[-1] - 1].where}" if known else self._file


def _finish(holes: Sequence[Hole], texts: Sequence[str]) -> list[str]:
    return [hole.finished(text) for hole, text in zip(holes, texts, strict=True)]
