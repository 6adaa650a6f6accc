"""What is to be made for one recipient: plain values and the names of templates, so that a child can make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aftersales_cli.documents.calendar import CalendarNotice
from aftersales_cli.documents.cleaning import Cut
from aftersales_cli.documents.mail import Envelope
from aftersales_cli.words import Say

View = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Document:
    """One file and its template, whose ending tells the kind: `.xlsx`, `.docx`, or a text."""

    name: str
    template: str


@dataclass(frozen=True, slots=True)
class Event:
    """One calendar file. Its template is given the order's view with `task`, and makes summary and description."""

    name: str
    template: str
    task: View
    notice: CalendarNotice


@dataclass(frozen=True, slots=True)
class Mailing:
    """The mails of an order: file name and envelope of each, in order; the template makes subject and text.

    `html` and `attached` are names among the order's documents.
    """

    template: str
    envelopes: tuple[tuple[str, Envelope], ...]
    html: str
    attached: str


@dataclass(frozen=True, slots=True)
class Order:
    """All documents of one recipient. `view` is what their templates are given."""

    view: View
    documents: tuple[Document, ...]
    events: tuple[Event, ...] = ()
    mailing: Mailing | None = None

    @property
    def templates(self) -> tuple[str, ...]:
        """The templates it is made with, each once."""
        also = (self.mailing.template,) if self.mailing else ()
        named = (*(file.template for file in self.documents), *(event.template for event in self.events), *also)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an order has no calendar files and mails: a value that may not stand in a header (see `UnfitError`)."""

    field: str
    found: str
    message: Say
    hint: Say | None


@dataclass(frozen=True, slots=True)
class Made:
    """The finished files of an order, in order: documents, calendar files, mails.

    `cut` are texts that a cell of a file, by its name, could not hold whole.
    """

    files: tuple[tuple[str, bytes], ...] = field(default_factory=tuple)
    refusal: Refusal | None = None
    cut: tuple[tuple[str, Cut], ...] = ()
