"""A name and an address; what may stand in a header of a mail, and what is refused (O05, O06)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import shortened
from aftersales_cli.words import Say

# Every way to end a line or a word that some program knows: controls, U+0085, U+2028 and U+2029, half characters.
_BREAKING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ENCODED_WORD = re.compile(r"=\?.*?\?=")
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)*{_LABEL}")
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+{_LABEL}")
_LONGEST = 254  # characters of an address that SMTP can carry


class UnfitError(Stop):
    """A value that may not stand in a header; `field` is the header's name (`Subject`, `To`), `found` the value."""

    def __init__(self, field: str, found: str, hint: Say) -> None:
        message = Say("{field}: “{found}” may not stand in a mail", field=field, found=shortened(found))
        super().__init__(message, hint=hint, code=Exit.BAD_INPUT)
        self.field = field
        self.found = found


@dataclass(frozen=True, slots=True)
class Mailbox:
    """One person or desk; `address` is bare (`a@example.cn`), `name` may be empty."""

    name: str
    address: str


def harmless(field: str, text: str) -> str:
    """`text` as it is; `UnfitError` for control characters, line separators, and what reads as an encoded word."""
    if _BREAKING.search(text):
        raise UnfitError(field, text, Say("it holds a line break or another control character; take it out"))
    if _ENCODED_WORD.search(text):
        raise UnfitError(field, text, Say("“=?…?=” would be read as something else; write the text itself"))
    return text


def addressed(field: str, mailbox: Mailbox) -> Mailbox:
    """`mailbox` as it is; `UnfitError` unless its name is harmless and its address one plain address."""
    harmless(field, mailbox.name)
    harmless(field, mailbox.address)
    if len(mailbox.address) > _LONGEST or not _ADDRESS.fullmatch(mailbox.address):
        raise UnfitError(field, mailbox.address, Say("write one address such as {example}", example="li@example.cn"))
    return mailbox


def identified(field: str, key: str, domain: str) -> str:
    """`key@domain`, which names a message or an event for ever; `UnfitError` where it would not hold together."""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]*", key) or key.endswith(".") or ".." in key:
        raise UnfitError(field, key, Say("letters, digits, “.”, “-” and “_” are possible"))
    if not _DOMAIN.fullmatch(domain):
        raise UnfitError(field, domain, Say("write a domain such as {example}", example="example.cn"))
    return f"{key}@{domain}"
