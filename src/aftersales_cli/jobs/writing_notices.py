"""One message → its documents, in the recipient's language: form, letter, short message, calendar files, mails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from aftersales_cli.cutover.telling import Message
from aftersales_cli.cutover.views import message_view
from aftersales_cli.documents.mail import Attachment, Content
from aftersales_cli.documents.mailbox import UnfitError
from aftersales_cli.documents.titled import titled
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inviting import invitations
from aftersales_cli.jobs.mailing import Post, mails, unfit, unmailable
from aftersales_cli.places import Problem

if TYPE_CHECKING:
    from aftersales_cli.documents.word import Letter

View = Mapping[str, object]


@dataclass(frozen=True)
class Written:
    """The documents of one message: names relative to the run folder, which is `folder` once it is published.

    `problems` tell why there is no calendar file and no mail among them.
    """

    names: tuple[str, ...]
    folder: Path = Path()
    problems: tuple[Problem, ...] = ()

    def inside(self, folder: Path) -> Written:
        """The same in its published folder."""
        return replace(self, folder=folder)

    @property
    def paths(self) -> list[Path]:
        """Where they are."""
        return [self.folder / name for name in self.names]


class Folder(Protocol):
    """Where documents go: a `RunFolder`, or nowhere."""

    def write(self, relative: str, content: bytes) -> str:
        """Take one file; give the name it got."""
        ...


class Nowhere:
    """What a dry run writes into: everything is rendered, so that it fails where the real run would, and forgotten."""

    def write(self, relative: str, content: bytes) -> str:
        """Forget it."""
        del content
        return relative


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    content: bytes


@dataclass
class Writer:
    """Writes one message after the other into `folder`; without a `post` no calendar files and mails.

    Each customer has a folder of its own, even where two codes give the same name. `letters` adds the Word letter.
    """

    desk: Desk
    folder: Folder
    post: Post | None = None
    letters: bool = False
    _owners: dict[str, str | None] = field(default_factory=dict)
    _opened: dict[str, Letter] = field(default_factory=dict)

    def write(self, message: Message) -> Written:
        """Render and write all documents of one message; names are made of date, code and kind, with an id.

        What may not stand in a mail keeps the message from being mailed, and is a problem; the rest is written.
        """
        view = message_view(message, self.desk.workspace.sender, self.desk.book.vocabularies)
        form, letter, short = self._forms(message, view)
        files = [form, letter, short, *self._word(message, view)]
        problems = unmailable(message) if self.post else ()
        try:
            files += self._electronic(message, view, form, letter) if not problems else []
        except UnfitError as error:
            problems = (unfit(message, error),)
        own = self._own_folder(message)
        names = tuple(self.folder.write(f"{own}/{file.name}", file.content) for file in files)
        return Written(names, problems=problems)

    def _forms(self, message: Message, view: View) -> tuple[_File, _File, _File]:
        templates, stem = self.desk.templates, _stem(message)
        return (
            self._file(message, "form", "xlsx", templates.workbook(f"cutover/{stem}.xlsx").fill(view)),
            self._file(message, "letter", "html", templates.text(f"cutover/{stem}.html.j2", view).encode()),
            self._file(message, "message", "txt", templates.text(f"cutover/{stem}.txt.j2", view).encode()),
        )

    def _word(self, message: Message, view: View) -> list[_File]:
        """The letter on paper with its slip; the department signs for nobody."""
        if not self.letters or message.customer is None:
            return []
        from aftersales_cli.documents.word import Letter  # 0.2 s, only where letters are asked for

        name = "cutover/letter.en.docx" if message.language == "en" else "cutover/letter.docx"
        if name not in self._opened:
            self._opened[name] = Letter(self.desk.templates.content(name), str(self.desk.templates.find(name)))
        return [self._file(message, "letter", "docx", self._opened[name].fill(view))]

    def _electronic(self, message: Message, view: View, form: _File, letter: _File) -> list[_File]:
        """The calendar files, then the mails."""
        if self.post is None:
            return []
        events = invitations(message, view, self.post, self.desk.templates, self.desk.as_of)
        name = f"cutover/mail.{_stem(message)}.txt.j2"
        subject, text = titled(self.desk.templates.text(name, view), name)
        attached = (Attachment(form.name, form.content),)
        content = Content(text, letter.content.decode(), events, attached)
        made = mails(message, self.post, subject, content, self.desk.as_of)
        return [
            *(_File(event.name, event.content) for event in events),
            *(self._file(message, f"mail-{n}", "eml", data) for n, data in enumerate(made, 1)),
        ]

    def _file(self, message: Message, kind: str, ending: str, content: bytes) -> _File:
        whose = _part(message.code or "department")
        name = f"{self.desk.as_of:%Y%m%d}-{whose}-{kind}-{message.message_id}.{ending}"
        return _File(safe_name(name, limit=LONGEST_PART), content)

    def _own_folder(self, message: Message) -> str:
        wanted = safe_name(_part(message.code or "department"))
        number, name = 1, wanted
        while self._owners.setdefault(name.casefold(), message.code) != message.code:
            number += 1
            name = f"{wanted}-{number}"
        return name


def _stem(message: Message) -> str:
    """`notice`, `notice.en`, `department`: which templates are the recipient's."""
    stem = "notice" if message.customer is not None else "department"
    return f"{stem}.en" if message.language == "en" else stem


def _part(code: str) -> str:
    """A customer code as a part of a path: no separators; the run folder makes the rest safe."""
    return code.replace("/", "_").replace("\\", "_")
