"""One message → its documents: form, letter, short message, in the recipient's language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from aftersales_cli.cutover.telling import Message
from aftersales_cli.cutover.views import message_view
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk

KINDS = (("xlsx", "form"), ("html", "letter"), ("txt", "message"))


@dataclass(frozen=True)
class Written:
    """The documents of one message: names relative to the run folder, which is `folder` once it is published."""

    names: tuple[str, ...]
    folder: Path = Path()

    def inside(self, folder: Path) -> Written:
        """The same in its published folder."""
        return replace(self, folder=folder)

    @property
    def paths(self) -> list[Path]:
        """Where they are."""
        return [self.folder / name for name in self.names]


def write_message(message: Message, folder: RunFolder, desk: Desk) -> Written:
    """Render and write the three documents; names are made of date, code and kind, with the message's id."""
    view = message_view(message, desk.workspace.sender, desk.book.vocabularies)
    stem = "notice" if message.customer is not None else "department"
    suffix = ".en" if message.language == "en" else ""
    whose = message.code or "department"
    workbook = desk.templates.workbook(f"cutover/{stem}{suffix}.xlsx").fill(view)
    letter = desk.templates.text(f"cutover/{stem}{suffix}.html.j2", view)
    short = desk.templates.text(f"cutover/{stem}{suffix}.txt.j2", view)
    contents = (workbook, letter.encode(), short.encode())
    day = f"{desk.as_of:%Y%m%d}"
    return Written(
        tuple(
            folder.write(f"{_part(whose)}/{day}-{_part(whose)}-{kind}-{message.message_id}.{ending}", content)
            for (ending, kind), content in zip(KINDS, contents, strict=True)
        )
    )


def _part(code: str) -> str:
    """A customer code as a part of a path: no separators; the run folder makes the rest safe."""
    return code.replace("/", "_").replace("\\", "_")
