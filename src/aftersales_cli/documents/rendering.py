"""The child's side of `renderers.py`: orders → finished files, with the templates of one run opened once."""

from __future__ import annotations

import gc
import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftersales_cli.documents.calendar import calendar_file
from aftersales_cli.documents.carrying import packed, packed_stop
from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.documents.mail import Attachment, Content, Invitation, body, mail
from aftersales_cli.documents.mailbox import UnfitError
from aftersales_cli.documents.order import Document, Event, Mailing, Order, View
from aftersales_cli.documents.templates import Templates
from aftersales_cli.documents.titled import titled
from aftersales_cli.errors import Stop

if TYPE_CHECKING:
    from aftersales_cli.documents.word import Letter

Files = list[tuple[str, bytes]]
_rooms: dict[int, Room] = {}


def render(run: int, folders: tuple[str, ...], orders: list[Order]) -> list[dict[str, Any]]:
    """A mapping per order: `files` (name, bytes), `refusal` and `cut`; the last may be a `stop` or a `fault` instead.

    `run` tells one use of the template folders from the next: within it each template is read once.
    """
    if run not in _rooms:
        gc.enable()  # a worker reads without; here documents are made and dropped by the thousand
        _rooms.clear()
        _rooms[run] = Room(folders)
    answers: list[dict[str, Any]] = []
    for order in orders:
        try:
            answers.append(_rooms[run].made(order))
        except Stop as stop:
            return [*answers, {"stop": packed_stop(stop)}]
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 - our own mistake: the parent says so, with this in its log
            return [*answers, {"fault": traceback.format_exc()}]
    return answers


class Room:
    """The templates of one run, and what is made with them."""

    def __init__(self, folders: tuple[str, ...]) -> None:
        self._templates = Templates([Path(folder) for folder in folders])
        self._letters: dict[str, Letter] = {}
        self._cut: list[tuple[str, Cut]] = []

    def made(self, order: Order) -> dict[str, Any]:
        """All files of an order; without calendar files and mails where a value may not stand in them."""
        self._cut = []
        files = [(document.name, self._document(document, order.view)) for document in order.documents]
        try:
            sent, refusal = self._sent(order, dict(files)), None
        except UnfitError as error:
            sent = []
            refusal = (error.field, error.found, packed(error.message), packed(error.hint))
        cut = [(name, *each) for name, each in self._cut]
        return {"files": [*files, *sent], "refusal": refusal, "cut": cut}

    def _document(self, document: Document, view: View) -> bytes:
        name = document.template
        if name.endswith(".xlsx"):
            cut: list[Cut] = []
            filled = self._templates.workbook(name).fill(view, cut)
            self._cut += [(document.name, each) for each in cut]
            return filled
        if name.endswith(".docx"):
            return self._letter(name).fill(view)
        return self._templates.text(name, view).encode()

    def _letter(self, name: str) -> Letter:
        from aftersales_cli.documents.word import Letter  # 0.2 s, only where letters are asked for

        if name not in self._letters:
            self._letters[name] = Letter(self._templates.content(name), str(self._templates.find(name)))
        return self._letters[name]

    def _sent(self, order: Order, files: dict[str, bytes]) -> Files:
        invitations = tuple(self._invitation(event, order.view) for event in order.events)
        mails = self._mails(order.mailing, order.view, files, invitations) if order.mailing else []
        return [*((event.name, event.content) for event in invitations), *mails]

    def _invitation(self, event: Event, view: View) -> Invitation:
        summary, description = self._titled(event.template, {**view, "task": event.task})
        notice = replace(event.notice, summary=summary, description=description)
        return Invitation(event.name, calendar_file(notice), notice.method)

    def _mails(
        self, mailing: Mailing, view: View, files: dict[str, bytes], invitations: tuple[Invitation, ...]
    ) -> Files:
        subject, text = self._titled(mailing.template, view)
        if not mailing.envelopes:
            return []
        attached = (Attachment(mailing.attached, files[mailing.attached]),)
        finished = body(Content(text, files[mailing.html].decode(), invitations, attached))
        return [(name, mail(replace(envelope, subject=subject), finished)) for name, envelope in mailing.envelopes]

    def _titled(self, template: str, view: View) -> tuple[str, str]:
        return titled(self._templates.text(template, view), template)
