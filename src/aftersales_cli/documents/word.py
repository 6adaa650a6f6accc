"""Word letters people restyle in Word or WPS: filled by docxtpl in the sandbox, packed to the same bytes every time.

A letter takes ten times as long as a form, so letters are made when asked for, not for every notice.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from docxtpl import DocxTemplate
from jinja2 import Template

from aftersales_cli.documents.faults import refused, template_fault
from aftersales_cli.documents.package import Shell
from aftersales_cli.documents.patience import patience
from aftersales_cli.documents.properties import impersonal
from aftersales_cli.documents.sandbox import Sandbox, bounded, plain
from aftersales_cli.words import Say

_MAIN_PART = "word/document.xml"
_BIGGEST_INSIDE = 50_000_000  # bytes, inflated
_MOST_PARTS = 1_000


class _Bounded(Template):
    """A part of a letter that stops growing at the sandbox's limit (E04)."""

    def render(self, *args: Any, **values: Any) -> str:
        return bounded(self.generate(*args, **values))


class _WordSandbox(Sandbox):
    """Compiles each part of a template once: docxtpl asks for the same ones again for every letter."""

    template_class = _Bounded

    def __init__(self) -> None:
        super().__init__(autoescape=True)
        self._compiled: dict[str, Template] = {}

    def from_string(self, source: Any, *args: Any, **options: Any) -> Template:
        if source not in self._compiled:
            self._compiled[source] = super().from_string(source, *args, **options)
        return self._compiled[source]


class Letter:
    """A .docx template with `{{ … }}` in its text, `{%p … %}` around paragraphs, `{%tr … %}` around table rows.

    `file` is how messages call it. What does not hold in it is a `Stop` 78: what is no Word file at once, names and
    tags when it is filled.
    """

    def __init__(self, data: bytes, file: str = "letter.docx") -> None:
        self._file = file
        self._sandbox = _WordSandbox()
        parts = _opened(data, file)
        if _MAIN_PART not in parts:
            raise _damaged(file)
        if any(name.lower().endswith("vbaproject.bin") for name in parts):
            raise refused(Say("{file} contains macros", file=file), Say("save it as a .docx document without macros"))
        self._data = Shell({}).around(impersonal(parts, file, filled=True))

    def fill(self, view: Mapping[str, object]) -> bytes:
        """The letter for one view: values stay text, a line break in one breaks the line; same view, same bytes."""
        values = plain(view)
        buffer = BytesIO()
        try:
            letter = DocxTemplate(BytesIO(self._data))
            with patience():
                letter.render(dict(values), self._sandbox, autoescape=True)
            letter.save(buffer)
        except Exception as error:
            raise template_fault(error, self._file, list(values)) from error
        return Shell({}).around(_opened(buffer.getvalue(), self._file))


def _opened(data: bytes, file: str) -> dict[str, bytes]:
    """The parts by name; `Stop` 78 for what is no .docx."""
    try:
        with ZipFile(BytesIO(data)) as package:
            entries = package.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _BIGGEST_INSIDE:
                raise refused(Say("{file} is too big for a template", file=file))
            return {entry.filename: package.read(entry) for entry in entries if not entry.is_dir()}
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise _damaged(file) from error


def _damaged(file: str) -> Exception:
    return refused(
        Say("{file} is not a .docx document, or is damaged", file=file),
        Say("open it in Word, WPS or LibreOffice and save it as .docx without a password"),
    )
