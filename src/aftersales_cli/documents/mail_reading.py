"""Reads mails with Python's parser: our own finished ones back, and the calendars in those of other carriers."""

from __future__ import annotations

from binascii import a2b_base64
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime
from functools import lru_cache

from aftersales_cli.documents.mailbox import Mailbox

_LONGEST = 998  # characters of a line of mail, without its end
_CALENDARS = frozenset({"text/calendar", "text/x-vcalendar", "application/ics", "application/calendar"})
_OPENING = b"BEGIN:VCALENDAR"


def headers_say(data: bytes) -> dict[str, object]:
    """What each header says, in order; a name that stands twice, or a line that is none, is among them."""
    said: dict[str, object] = _lines_say(data)
    message = BytesHeaderParser().parsebytes(data)
    for name, value in message.items():
        said[name if name not in said else f"{name} again"] = _read(name, " ".join(value.split("\r\n ")))
    if message.defects or message.get_payload():
        said["defects"] = (message.defects, message.get_payload())
    return said


def _read(name: str, value: str) -> object:
    match name:
        case "From" | "To" | "Cc":  # split first, decode then: a decoded comma separates nobody
            return tuple(Mailbox(_decoded(name), address) for name, address in getaddresses([value]))
        case "Subject":
            return _decoded(value)
        case "Date":
            return parsedate_to_datetime(value)
        case _:
            return value


def _decoded(value: str) -> str:
    return "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
        for part, charset in decode_header(value)
    )


def body_says(data: bytes) -> dict[str, object]:
    """Structure and leaves of a body: media type, method, file name and bytes of each.

    Python's parser reads the headers; it would look for boundaries line by line, which takes ten times as long, so the
    parts are cut here, by the letter of RFC 2046.
    """
    said: dict[str, object] = _lines_say(data)
    try:
        mixed, (letter, *files) = _cut(data)
        alternative, forms = _cut(letter)
        said["structure"] = (mixed, alternative, len(forms))
        return said | {f"part {i}": _leaf(part) for i, part in enumerate([*forms, *files], 1)}
    except ValueError as error:
        return said | {"defects": str(error)}


def _cut(data: bytes) -> tuple[str, list[bytes]]:
    """The kind of a multipart and its parts; `ValueError` for anything before, between or after them."""
    headers, content = _halves(data)
    boundary = headers.get_boundary()
    if headers.get_content_maintype() != "multipart" or not boundary:
        raise ValueError(f"{headers.get_content_type()} where parts are expected")
    before, *parts, after = (b"\r\n" + content).split(b"\r\n--" + boundary.encode())
    if before or after != b"--\r\n" or not parts or not all(part.startswith(b"\r\n") for part in parts):
        raise ValueError("something stands beside the parts")
    return headers.get_content_subtype(), [part[2:] for part in parts]


def _halves(data: bytes) -> tuple[Message, bytes]:
    headers, _, content = data.partition(b"\r\n\r\n")
    return _headers(headers), content


@lru_cache(64)
def _headers(data: bytes) -> Message:
    message = BytesHeaderParser().parsebytes(data + b"\r\n\r\n")
    if message.defects:
        raise ValueError(str(message.defects))
    return message


def _leaf(part: bytes) -> tuple[str, object, str | None, bytes]:
    headers, content = _halves(part)
    if headers["Content-Transfer-Encoding"] != "base64":
        raise ValueError(f"encoding {headers['Content-Transfer-Encoding']}")
    held = a2b_base64(content.replace(b"\r\n", b""), strict_mode=True)
    return (headers.get_content_type(), headers.get_param("method"), headers.get_filename(), held)


def _lines_say(data: bytes) -> dict[str, object]:
    """What is wrong with the lines as such: nothing, unless one is too long, not ASCII, or ended otherwise."""
    ends = {data.count(end) for end in (b"\r\n", b"\r", b"\n")}
    if data.isascii() and len(ends) == 1 and max(map(len, data.split(b"\r\n"))) <= _LONGEST:
        return {}
    return {"lines": "longer than 998 characters, not ASCII, or not ended by CR LF"}


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A calendar as a mail holds it: bytes without transfer encoding, and the character set the mail names for them.

    `name` is its file name, or which part of the mail it is; None for a calendar that is a file of its own. `damaged`
    says that the transfer encoding was broken, so that something may be missing.
    """

    name: str | None
    content: bytes
    charset: str | None = None
    damaged: bool = False


def calendar_parts(data: bytes) -> Iterator[CalendarPart]:
    """The calendars of a mail, however deep: by type, by file name, or by what they begin with.

    Mails inside a mail are looked through, too. Raises `RecursionError` for one nested beyond all sense.
    """
    leaves = (part for part in message_from_bytes(data).walk() if not part.is_multipart())
    for number, part in enumerate(leaves, 1):
        content = part.get_payload(decode=True)
        if not isinstance(content, bytes):
            continue
        name = _file_name(part)
        begins = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[: len(_OPENING)].upper() == _OPENING
        if begins or part.get_content_type() in _CALENDARS or name.lower().endswith((".ics", ".ical")):
            shown = name or f"part {number}"
            yield CalendarPart(shown, content, part.get_content_charset(), damaged=bool(part.defects))


def _file_name(part: Message) -> str:
    """The file name, also where it is written as RFC 2047 does not allow and everybody does."""
    name = str(part.get_filename() or "")
    try:
        return _decoded(name)
    except (HeaderParseError, LookupError, ValueError):
        return name
