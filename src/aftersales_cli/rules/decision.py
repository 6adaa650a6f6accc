"""What a rule finds and what the book makes of it: verdict, sentence, evidence, each number with its clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from aftersales_cli.places import Fact, Place, Unknown
from aftersales_cli.places.quick import quick
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.words import Counted, Say


class Verdict(StrEnum):
    """How a rule ends for one subject."""

    MET = "met"
    BREACHED = "breached"
    NEEDS_A_PERSON = "needs_a_person"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Clause:
    """The text that stands behind an edition: source (`TB-2.3.3`), article, and what it says in our own words.

    `article` and `text` are by language (`zh`, `en`).
    """

    source: str
    article: Mapping[str, str]
    text: Mapping[str, str]

    def cited(self, language: str) -> str:
        """Source and article as one phrase; of a sample its article alone, which says that it is one."""
        article = self.article.get(language, "")
        return article if self.source == "sample" and article else f"{self.source} {article}".rstrip()


@quick
class Used:
    """One parameter a decision rests on. A lead time is its amount with the unit it counts in (`6`, `working days`)."""

    name: str
    value: object
    unit: str
    clause: Clause

    @property
    def amount(self) -> object:
        """The value as a sentence shows it: a number of days, hours or minutes with its unit, a word as it is."""
        match self.value, self.unit:
            case int(n), LeadUnit.WORKING_DAYS | LeadUnit.DAYS | LeadUnit.HOURS:
                return Lead(n, LeadUnit(self.unit))
            case int(n), "minutes":
                return Counted("{n} minute", "{n} minutes", n=n)
        return self.value


@quick
class Evidence:
    """One fact a decision rests on; `value` is None where it is unknown, `place` where no cell says it."""

    field: str
    value: object
    place: Place | None = None

    @classmethod
    def of(cls, fact: Fact[Any]) -> Evidence:
        """The fact as evidence, known or not."""
        return cls(fact.field, fact.value, fact.place)


@quick
class Finding:
    """What a rule's function says about its subject; the book adds day, numbers and clauses.

    `values` are numbers of other cards that it rests on.
    """

    verdict: Verdict
    says: Say
    evidence: tuple[Evidence, ...] = ()
    cautions: tuple[Say, ...] = ()
    missing: tuple[Unknown, ...] = ()
    values: tuple[Used, ...] = ()

    @classmethod
    def of(
        cls,
        answer: bool | None,
        says: Say,
        *facts: Fact[Any],
        cautions: Sequence[Say] = (),
        missing: Sequence[Unknown] = (),
    ) -> Finding:
        """Met, breached, or (None) needs a person; then the unknown ones of `facts` are missing, unless named."""
        verdict = {True: Verdict.MET, False: Verdict.BREACHED, None: Verdict.NEEDS_A_PERSON}[answer]
        if answer is None and not missing:
            missing = [fact for fact in facts if isinstance(fact, Unknown)]
        return cls(verdict, says, tuple(map(Evidence.of, facts)), tuple(cautions), tuple(missing))

    @classmethod
    def not_applicable(cls, says: Say, *facts: Fact[Any], cautions: Sequence[Say] = ()) -> Finding:
        """The rule does not speak about this subject, for the reason `says`."""
        return cls(Verdict.NOT_APPLICABLE, says, tuple(map(Evidence.of, facts)), tuple(cautions))


@quick
class Decision:
    """One rule's decision on one subject (contract section 5).

    `title` is by language. `judged_on` is the day whose edition was in force, None where that day is unknown.
    `clause` is the edition's own, None where none was in force. `holds` says that the card holds back on this verdict
    (D11).
    """

    rule: str
    title: Mapping[str, str]
    verdict: Verdict
    says: Say
    judged_on: date | None = None
    values: tuple[Used, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Unknown, ...] = ()
    cautions: tuple[Say, ...] = ()
    holds: bool = False
    clause: Clause | None = None
