"""An open word list of the rule book (levels, reasons, provinces …): words, other spellings, order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aftersales_cli.records.folding import folded


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


Vocabularies = Mapping[str, Vocabulary]
