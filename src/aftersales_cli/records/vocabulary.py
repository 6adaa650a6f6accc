"""An open word list of the rule book (levels, reasons, provinces …): words, other spellings, order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Term:
    """One word: as it is written, other accepted spellings, its English, and further columns of its table."""

    word: str
    aliases: tuple[str, ...] = ()
    english: str | None = None
    more: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """A word list in its rule-book order (highest first where the order means something)."""

    name: str
    terms: tuple[Term, ...]
    note: str = ""

    @cached_property
    def _by_spelling(self) -> dict[str, Term]:
        return {folded(spelling): term for term in self.terms for spelling in (term.word, *term.aliases)}

    @property
    def words(self) -> tuple[str, ...]:
        """The words as they are written, in order."""
        return tuple(term.word for term in self.terms)

    def term(self, text: str) -> Term | None:
        """The term that `text` spells, or None."""
        return self._by_spelling.get(folded(text))

    def rank(self, text: str) -> int | None:
        """Its place from the top, 0 first; None for a word the list does not have."""
        term = self.term(text)
        return None if term is None else self.terms.index(term)

    def worded(self, text: str) -> Say:
        """A word as a value of a sentence: an English sentence shows its English, where the list has it."""
        term = self.term(text)
        return Worded(text, (term.english if term else None) or text)


class Worded(Say):
    """A word in both languages, to stand inside a sentence; it comes from a list, not from the catalogue."""

    __slots__ = ("english",)

    def __init__(self, word: str, english: str) -> None:
        super().__init__(word, english=english)
        self.english = english

    def to(self, language: str) -> str:
        """The word, or its English."""
        return self.english if language == "en" else self.text


Vocabularies = Mapping[str, Vocabulary]
