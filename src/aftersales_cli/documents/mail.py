"""A ready mail (.eml) per recipient: one body for all recipients of a message, under the headers of each.

The bytes depend on nothing but the values: no clock, no chance, no Python release.
"""

from __future__ import annotations

import hashlib
from base64 import encodebytes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from aftersales_cli.documents.cleaning import cleaned
from aftersales_cli.documents.mail_headers import address_header, file_name, text_header
from aftersales_cli.documents.mailbox import Mailbox, UnfitError, addressed, harmless, identified
from aftersales_cli.documents.readback import compare
from aftersales_cli.words import Say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; `kind` is its media type."""

    name: str
    content: bytes
    kind: str = XLSX


@dataclass(frozen=True, slots=True)
class Invitation:
    """A calendar file of a mail; `method` is the one it holds (`REQUEST`, `CANCEL`)."""

    name: str
    content: bytes
    method: str


@dataclass(frozen=True, slots=True)
class Content:
    """What a mail says, the same for all recipients: text and HTML of the same letter, calendar files, attachments.

    A single invitation is offered as a third form of the letter, which mail programs show as an event to accept.
    Several are attached: of several alternatives a program would show only the last.
    """

    text: str
    html: str
    invitations: tuple[Invitation, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What differs per recipient. `key` and `domain` make the Message-ID; `date` is the run's as-of, with its zone."""

    sender: Mailbox
    to: tuple[Mailbox, ...]
    subject: str
    date: datetime
    key: str
    domain: str
    cc: tuple[Mailbox, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A finished body, already read back: its own headers and all its parts."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """One leaf of a body: its headers without the encoding, and what it holds."""

    headers: str
    content: bytes


def body(content: Content) -> Body:
    """The body of a message, read back; to be put under the headers of each of its recipients by `mail`."""
    from aftersales_cli.documents.mail_reading import body_says

    for name in [file.name for file in content.invitations] + [file.name for file in content.attachments]:
        if harmless("filename", name).strip() != name or not name:
            raise UnfitError("filename", name, Say("a file name is not empty and has no space at its ends"))
    data = _mixed(content).encode("ascii")
    compare("body.eml", _said(content), body_says(data))
    return Body(data)


def mail(envelope: Envelope, finished: Body) -> bytes:
    """The whole mail, its headers read back. `UnfitError` names the header of a value that may not stand in it."""
    from aftersales_cli.documents.mail_reading import headers_say

    said = _checked(envelope)
    headers = _headers(envelope, str(said["Message-ID"])).encode("ascii")
    compare("mail.eml", said, headers_say(headers))
    return headers + finished.data


def _checked(envelope: Envelope) -> dict[str, object]:
    """What the headers are to say, in their order."""
    if envelope.date.tzinfo is None:
        raise ValueError("the date of a mail carries its zone")
    if not envelope.to:
        raise UnfitError("To", "", Say("a mail needs a recipient"))
    if not envelope.subject.strip():
        raise UnfitError("Subject", envelope.subject, Say("a mail needs a subject"))
    said: dict[str, object] = {
        "Date": envelope.date.replace(microsecond=0),
        "From": _people("From", [envelope.sender]),
        "To": _people("To", envelope.to),
    }
    if envelope.cc:
        said["Cc"] = _people("Cc", envelope.cc)
    said["Subject"] = harmless("Subject", envelope.subject)
    said["Message-ID"] = f"<{identified('Message-ID', envelope.key, envelope.domain)}>"
    return {**said, "MIME-Version": "1.0"}


def _people(field: str, mailboxes: Sequence[Mailbox]) -> tuple[Mailbox, ...]:
    return tuple(addressed(field, mailbox) for mailbox in mailboxes)


def _headers(envelope: Envelope, message_id: str) -> str:
    lines = [
        f"Date: {format_datetime(envelope.date)}",
        address_header("From", [envelope.sender]),
        address_header("To", envelope.to),
        *([address_header("Cc", envelope.cc)] if envelope.cc else []),
        text_header("Subject", envelope.subject),
        f"Message-ID: {message_id}",
        "MIME-Version: 1.0",
    ]
    return "".join(f"{line}\r\n" for line in lines)


def _mixed(content: Content) -> str:
    letter = _multipart("alternative", [_leaf(part) for part in _forms(content)])
    return _multipart("mixed", [letter, *(_leaf(part) for part in _files(content))])


def _forms(content: Content) -> Iterator[Part]:
    """The forms of the letter, the simplest first."""
    yield Part("Content-Type: text/plain; charset=utf-8", _canonical(content.text))
    yield Part("Content-Type: text/html; charset=utf-8", _canonical(content.html))
    if len(content.invitations) == 1:
        yield Part(_calendar_type(content.invitations[0]), content.invitations[0].content)


def _files(content: Content) -> Iterator[Part]:
    attached = "\r\nContent-Disposition: attachment"
    for file in content.attachments:
        yield Part(f"Content-Type: {file.kind}{attached}{file_name(file.name)}", file.content)
    for invitation in content.invitations if len(content.invitations) > 1 else ():
        yield Part(f"{_calendar_type(invitation)}{attached}{file_name(invitation.name)}", invitation.content)


def _calendar_type(invitation: Invitation) -> str:
    return f"Content-Type: text/calendar; charset=utf-8; method={invitation.method}"


def _canonical(text: str) -> bytes:
    """A text as mail transports it: UTF-8, lines ended by CR LF."""
    return cleaned(text).replace("\n", "\r\n").encode()


def _leaf(part: Part) -> str:
    encoded = encodebytes(part.content).decode("ascii").replace("\n", "\r\n")
    return f"{part.headers}\r\nContent-Transfer-Encoding: base64\r\n\r\n{encoded}"


def _multipart(kind: str, parts: Sequence[str]) -> str:
    """The parts between boundaries made of their content; `=_` stands in no base64 line."""
    boundary = "=_" + hashlib.sha256("".join([kind, *parts]).encode()).hexdigest()[:32]
    inside = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts)
    return f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n{inside}--{boundary}--\r\n'


def _said(content: Content) -> dict[str, object]:
    """What a reader must find in the body, leaf by leaf: media type, method, file name, bytes."""
    leaves: list[tuple[str, str | None, str | None, bytes]] = [
        ("text/plain", None, None, _canonical(content.text)),
        ("text/html", None, None, _canonical(content.html)),
    ]
    alone = len(content.invitations) == 1
    events = [
        ("text/calendar", event.method, None if alone else event.name, event.content) for event in content.invitations
    ]
    files = [(file.kind, None, file.name, file.content) for file in content.attachments]
    leaves += [*events, *files] if alone else [*files, *events]
    forms = 3 if alone else 2
    return {"structure": ("mixed", "alternative", forms), **{f"part {i}": leaf for i, leaf in enumerate(leaves, 1)}}
