"""Reads a finished mail back with Python's parser, which had no part in writing it."""

from __future__ import annotations

from binascii import a2b_base64
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from aftersales_cli.documents.mailbox import Mailbox

_LONGEST = 998  # characters of a line of mail, without its end


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
    """Structure and leaves of a body: media type, method, file name and bytes of each."""
    message = message_from_bytes(data)
    parts = list(message.walk())
    leaves = [part for part in parts if not part.is_multipart()]
    said = {**_lines_say(data), "structure": _structure(message)}
    said |= {f"part {i}": _leaf(part) for i, part in enumerate(leaves, 1)}
    defects = [defect for part in parts for defect in part.defects]
    return {**said, "defects": defects} if defects else said


def _structure(message: Message) -> tuple[str, str, int]:
    letter = message.get_payload(0) if message.is_multipart() else None
    if not isinstance(letter, Message) or not letter.is_multipart():
        return (message.get_content_subtype(), "", 0)
    return (message.get_content_subtype(), letter.get_content_subtype(), len(letter.get_payload()))


def _leaf(part: Message) -> tuple[str, object, str | None, object]:
    held = part.get_payload() if part["Content-Transfer-Encoding"] == "base64" else ""
    content = a2b_base64(held) if isinstance(held, str) else held  # get_payload(decode=True) takes ten times as long
    return (part.get_content_type(), part.get_param("method"), part.get_filename(), content)


def _lines_say(data: bytes) -> dict[str, object]:
    """What is wrong with the lines as such: nothing, unless one is too long, not ASCII, or ended otherwise."""
    ends = {data.count(end) for end in (b"\r\n", b"\r", b"\n")}
    if data.isascii() and len(ends) == 1 and max(map(len, data.split(b"\r\n"))) <= _LONGEST:
        return {}
    return {"lines": "longer than 998 characters, not ASCII, or not ended by CR LF"}
