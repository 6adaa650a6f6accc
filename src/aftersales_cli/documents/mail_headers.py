"""Mail headers as bytes: encoded words (RFC 2047), addresses, file names (RFC 2231).

Written here because Python's own differ from release to release, and some (3.11.7 among them) break a line inside an
encoded word or encode the comma between two recipients.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from urllib.parse import quote

from aftersales_cli.documents.mailbox import Mailbox

_LINE = 76  # characters of a line that holds an encoded word
_PLAIN_TEXT = re.compile(r"[!-~]+(?: [!-~]+)*")  # no space that a reader might drop
_PLAIN_NAME = re.compile(r"[A-Za-z0-9]+(?: [A-Za-z0-9]+)*")  # all else is encoded, so nothing ever needs quotes
_WORD = ("=?utf-8?b?", "?=")
_PIECE = 50  # characters of one piece of a file name


def text_header(name: str, text: str) -> str:
    """`Subject: …`: as it is where plain and short, else as encoded words, one on each line."""
    if len(name) + 2 + len(text) <= _LINE and _PLAIN_TEXT.fullmatch(text):
        return f"{name}: {text}"
    return f"{name}: " + _words(text, len(name) + 2)


def address_header(name: str, mailboxes: Sequence[Mailbox]) -> str:
    """`To: …`, each mailbox beginning a line; the commas and addresses always stand outside the encoded words."""
    return f"{name}: " + ",\r\n ".join(_mailbox(mailbox, len(name) + 2) for mailbox in mailboxes)


def file_name(name: str) -> str:
    """The parameter `filename` of an attachment, in pieces of whole characters where it is long."""
    pieces = [""]
    for character in name:
        encoded = quote(character, safe="")
        if len(pieces[-1]) + len(encoded) > _PIECE:
            pieces.append("")
        pieces[-1] += encoded
    pieces[0] = "utf-8''" + pieces[0]
    if len(pieces) == 1:
        return f";\r\n filename*={pieces[0]}"
    return "".join(f";\r\n filename*{place}*={piece}" for place, piece in enumerate(pieces))


def _mailbox(mailbox: Mailbox, used: int) -> str:
    if not mailbox.name:
        return mailbox.address
    plain = len(mailbox.name) < _LINE - used and _PLAIN_NAME.fullmatch(mailbox.name)
    return f"{mailbox.name if plain else _words(mailbox.name, used)}\r\n <{mailbox.address}>"


def _words(text: str, used: int) -> str:
    """Encoded words of whole characters, none longer than its line."""
    words: list[str] = []
    piece = b""
    for character in text:
        room = (_LINE - (1 if words else used) - len("".join(_WORD))) // 4 * 3
        encoded = character.encode()
        if piece and len(piece) + len(encoded) > room:
            words.append(_word(piece))
            piece = b""
        piece += encoded
    return "\r\n ".join([*words, _word(piece)])


def _word(piece: bytes) -> str:
    return b64encode(piece).decode().join(_WORD)
