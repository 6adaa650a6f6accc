"""The rule book's words for drafts: what the impact and status words of other carriers are written down as."""

from __future__ import annotations

from dataclasses import dataclass

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.values import Status
from aftersales_cli.records.vocabulary import Term, Vocabularies, Vocabulary
from aftersales_cli.words import Say

IMPACTS, STATUSES, REASONS, PROVINCES = "notice_impacts", "notice_statuses", "reasons", "provinces"


@dataclass(frozen=True)
class Words:
    """What the rule book says of drafts; `Stop` 78 where its tables do not say it."""

    vocabularies: Vocabularies

    @property
    def reason(self) -> str:
        """The reason category of another carrier's works."""
        marked = [term.word for term in self._list(REASONS).terms if term.more.get("origin") == "notice"]
        if len(marked) != 1:
            raise _unsaid(REASONS, Say("one reason must be marked “origin: notice”; there are {n}", n=len(marked)))
        return marked[0]

    def impact(self, word: str) -> tuple[Term, bool]:
        """The term of an impact, and whether the list has it; the first, which is the worst, stands for the others."""
        listed = self._list(IMPACTS)
        if not listed.terms or not all("interruption" in term.more for term in listed.terms):
            raise _unsaid(IMPACTS, Say("every impact needs its “interruption”"))
        term = listed.term(word) if word else None
        return (listed.terms[0], not word) if term is None else (term, True)

    def rank(self, term: Term) -> int:
        """Its place from the worst."""
        return self._list(IMPACTS).terms.index(term)

    def status(self, word: str) -> tuple[Status, bool]:
        """The cutover state of a status, and whether the list has it; planned stands for the others."""
        term = self._list(STATUSES).term(word) if word else None
        if term is None:
            return Status.PLANNED, False
        try:
            return Status(term.more.get("status", "")), True
        except ValueError:
            raise _unsaid(STATUSES, Say("{word} has no “status” of {known}", word=word, known=list(Status))) from None

    def province(self, name: str | None) -> str | None:
        """The desk's province as a 割接省; None where it has none, or one that is no 割接省."""
        term = self._list(PROVINCES).term(name) if name else None
        return term.word if term else None

    def _list(self, name: str) -> Vocabulary:
        if name not in self.vocabularies:
            raise _unsaid(name, Say("there is no such word list"))
        return self.vocabularies[name]


def _unsaid(name: str, why: Say) -> Stop:
    return Stop(Say("rulebook/vocabulary/{name}.yaml: {why}", name=name, why=why), code=Exit.SETTINGS)
