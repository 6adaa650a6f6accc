"""Looks through whatever a file holds for what belongs to somebody else.

Searched for are, of every customer of the archive: the code and the name; every circuit's code; the contact, the
customer manager, the chief engineer and those who step in elsewhere, by name; every telephone number; every mail
address. Spelling does not hide them: width, case, spaces, hyphens, invisible characters and tags within a word are
taken away first.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from urllib.parse import unquote
from zipfile import ZipFile, is_zipfile

from tools.province.model import Customer, Province

_FOLDED_LINE = re.compile(r"\r?\n[ \t]")
_TAG = re.compile(r"<[^<>]*>")
_HOLLOW = {"Cf", "Zs", "Cc", "Pd"}
_GAPS = {code: None for code in range(0x10000) if unicodedata.category(chr(code)) in _HOLLOW}


def plain(text: str) -> str:
    """As the search compares."""
    return unicodedata.normalize("NFKC", text).translate(_GAPS).casefold()


def pieces(name: str, data: bytes) -> Iterator[str | bytes]:
    """All a file says to whoever looks closely: its name, each part of an archive, each header and part of a mail."""
    yield name
    if name.endswith(".eml"):
        yield from _mailed(message_from_bytes(data, policy=default))
    elif is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for part in archive.infolist():
                yield part.comment
                yield from pieces(part.filename, archive.read(part))
    else:
        yield data


def _mailed(mail: EmailMessage) -> Iterator[str | bytes]:
    for part in mail.walk():
        yield from (f"{key}: {value}" for key, value in part.items())
        yield from (text for text in (part.preamble, part.epilogue) if text)
        if not part.is_multipart():
            held = part.get_payload(decode=True)
            assert isinstance(held, bytes)
            yield from pieces(part.get_filename() or "part", held)


def read(piece: str | bytes) -> str:
    """A piece as the search compares it: as it stands, with its escapes undone, and without its tags."""
    if isinstance(piece, str):
        return plain(piece)
    text = unescape(_FOLDED_LINE.sub("", piece.decode(errors="replace")))
    return "|".join(map(plain, (text, unquote(text), _TAG.sub("", text))))


def shingles(text: str) -> set[str]:
    """All two or three neighbouring characters: a word is looked for only where its rarest are there."""
    threes = {text[n : n + 3] for n in range(len(text) - 2)}
    return {*threes, *(three[:2] for three in threes), text[-2:]}


def words(one: Customer) -> set[str]:
    """All that stands for one customer, circuits left out."""
    people = [one.contact, one.manager, one.chief, *re.findall(r":([^；]+)", one.local)]
    mails = re.split(r"[;；，,、\n]", f"{one.email};{one.manager_email};{one.chief_email}")
    return {plain(word) for word in (one.code, one.name, *people, one.phone, one.manager_phone, *mails)} - {""}


@dataclass
class Search:
    """Knows whose every word of a province is."""

    province: Province
    whose: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    _by_part: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _seen: dict[str | bytes, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.province.customers:
            for word in words(one):
                self.whose[word].add(one.code)
        for circuit in self.province.circuits:
            self.whose[plain(circuit.code)].add(circuit.customer)
        for line in (line for task in self.province.tasks for line in task.lines):
            self.whose.setdefault(plain(line.circuit), set())  # what no inventory knows is nobody's
        common = Counter(part for word in self.whose for part in shingles(word))
        for word in self.whose:
            self._by_part[min(shingles(word), key=lambda part: (common[part], part))].append(word)

    def own(self, code: str) -> set[str]:
        """All words of one customer."""
        return {word for word, owners in self.whose.items() if code in owners}

    def found(self, name: str, data: bytes) -> set[str]:
        """Whatever is anybody's, in a file."""
        return {word for piece in pieces(name, data) for word in self._known(piece)}

    def leaks(self, own: Collection[str], name: str, data: bytes) -> set[str]:
        """What is others' and nobody of `own`; a word inside one of the own words is not another's."""
        suspect = [piece for piece in pieces(name, data) if not self._known(piece) <= set(own)]
        return {word for piece in suspect for word in self._left(read(piece), own)}

    def _left(self, text: str, own: Collection[str]) -> Collection[str]:
        for word in sorted(own, key=len, reverse=True):
            text = text.replace(word, "\0")
        return self._in(text)

    def _known(self, piece: str | bytes) -> frozenset[str]:
        """The words of a piece; most are the same in everybody's files, and are looked through once."""
        if piece not in self._seen:
            self._seen[piece] = self._in(read(piece))
        return self._seen[piece]

    def _in(self, text: str) -> frozenset[str]:
        near = shingles(text) & self._by_part.keys()
        return frozenset(word for part in near for word in self._by_part[part] if word in text)
