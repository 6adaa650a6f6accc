"""Messages → their documents, each in the recipient's language: ordered here, made in the children, written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol

from aftersales_cli.cutover.telling import Message
from aftersales_cli.cutover.views import message_view
from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.documents.order import Document, Made, Mailing, Order
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.files.names import LONGEST_PART, Names, safe_name
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inviting import events
from aftersales_cli.jobs.mailing import Post, envelopes, unfit, unmailable
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.words import Counted, Say

View = Mapping[str, object]


@dataclass(frozen=True)
class Written:
    """The documents of one message: names relative to the run folder.

    `problems` tell why there is no calendar file and no mail among them.
    """

    names: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


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


@dataclass
class Writer:
    """Writes one message after the other into `folder`; without a `post` no calendar files and mails.

    Each customer has a folder of its own, even where two codes give the same name. `letters` adds the Word letter.
    """

    desk: Desk
    folder: Folder
    post: Post | None = None
    letters: bool = False
    _folders: Names = field(default_factory=Names)

    def write(self, messages: Iterable[Message], renderers: Renderers) -> Iterator[tuple[Message, Written]]:
        """Have the documents of each message made and write them; names are made of date, code and kind, with an id.

        What may not stand in a mail keeps its message from being mailed, and is a problem; the rest is written.
        """
        ordered = ((message, self._order(message)) for message in messages)
        for message, made in renderers.made(self.desk.template_folders, ordered):
            yield message, self._written(message, made)

    def _written(self, message: Message, made: Made) -> Written:
        own, problems = self._own_folder(message), unmailable(message) if self.post else ()
        if made.refusal is not None:
            problems = (unfit(message, made.refusal),)
        names = tuple(self.folder.write(f"{own}/{name}", content) for name, content in made.files)
        return Written(names, problems=(*problems, *(not_whole(f"{own}/{name}", cut) for name, cut in made.cut)))

    def _order(self, message: Message) -> Order:
        broken = self.post is not None and unmailable(message)
        name = partial(self._name, message.code, message.message_id)
        view = message_view(message, self.desk.workspace.sender, self.desk.book.vocabularies)
        stem = _stem(message)
        form = Document(name("form", "xlsx"), f"cutover/{stem}.xlsx")
        letter = Document(name("letter", "html"), f"cutover/{stem}.html.j2")
        short = Document(name("message", "txt"), f"cutover/{stem}.txt.j2")
        documents = (form, letter, short, *self._word(message, name))
        if self.post is None or broken:
            return Order(view, documents)
        mails = tuple(
            (name(f"mail-{n}", "eml"), envelope)
            for n, envelope in enumerate(envelopes(message, self.post, self.desk.as_of), 1)
        )
        mailing = Mailing(f"cutover/mail.{stem}.txt.j2", mails, letter.name, form.name)
        return Order(view, documents, events(message, view, self.post, self.desk.as_of), mailing)

    def _word(self, message: Message, name: Callable[[str, str], str]) -> list[Document]:
        """The letter on paper with its slip; the department signs for nobody."""
        if not self.letters or message.customer is None:
            return []
        template = "cutover/letter.en.docx" if message.language == "en" else "cutover/letter.docx"
        return [Document(name("letter", "docx"), template)]

    def _name(self, code: str | None, message_id: str, kind: str, ending: str) -> str:
        name = f"{self.desk.as_of:%Y%m%d}-{_part(code or 'department')}-{kind}-{message_id}.{ending}"
        return safe_name(name, limit=LONGEST_PART)

    def _own_folder(self, message: Message) -> str:
        return str(self._folders.free(Path(safe_name(_part(message.code or "department")))))


def not_whole(file: str, cut: Cut) -> Problem:
    """The caution about a text that a cell of a file could not hold whole (O04)."""
    letters = cut.cell.rstrip("0123456789")
    row = cut.cell[len(letters) :]
    place = Place(file, cut.sheet, int(row) if row else None, letters)
    message = Counted("a cell holds 32,767 characters at most; {n} character more is left out, and … stands there",
                      "a cell holds 32,767 characters at most; {n} characters more are left out, and … stands there",
                      n=cut.left_out)  # fmt: skip
    return Problem(message, place, hint=Say("tell the rest another way"), severity=Severity.CAUTION)


def _stem(message: Message) -> str:
    """`notice`, `notice.en`, `department`: which templates are the recipient's."""
    stem = "notice" if message.customer is not None else "department"
    return f"{stem}.en" if message.language == "en" else stem


def _part(code: str) -> str:
    """A customer code as a part of a path: no separators; the run folder makes the rest safe."""
    return code.replace("/", "_").replace("\\", "_")
