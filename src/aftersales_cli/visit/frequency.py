"""How often a customer is visited in a year, and what about, by level, service grade and control level (R19, R21)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import Fact, shortened
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.book import Numbers
from aftersales_cli.rules.given import Given
from aftersales_cli.visit.slots import DIVIDES
from aftersales_cli.words import Say

FREQUENCY, CONTENT, CAPACITY, FILING, PEACE = "PLN-1", "PLN-2", "PLN-3", "PLN-4", "PLN-5"
CARDS = (FREQUENCY, CONTENT, CAPACITY, FILING, PEACE)
"""The cards of the routine plan."""
LISTS = {"level": "customer_levels", "service_grade": "service_grades", "control_level": "control_levels"}
"""The fields of a customer that the plan goes by, each with the list of its words."""
LEVELS, GRADES, CONTROLS = LISTS.values()


@dataclass(frozen=True)
class Frequency:
    """The numbers of the card PLN-1 in force on a day."""

    by_level: Mapping[str, int]
    by_grade: Mapping[str, int]
    by_control: Mapping[str, int]
    ladder: tuple[int, ...]
    words: Vocabularies

    def visits(self, level: str, grade: str | None, control: str | None) -> int:
        """The visits of a year, at least one; a word that is not listed counts as the lowest of its list."""
        number = self.by_level[listed(self.words, LEVELS, level)]
        steps = self.by_grade[listed(self.words, GRADES, grade)]
        steps += self.by_control[listed(self.words, CONTROLS, control)]
        above = [rung for rung in self.ladder if rung > number]
        return max(1, above[min(steps, len(above)) - 1] if steps and above else number)


def frequency(given: Given, words: Vocabularies) -> Frequency:
    """The card's numbers; `Stop` 78 for one that has no equal runs of months."""
    found = Frequency(
        given.number_per_word("visits_by_level"),
        given.number_per_word("steps_by_grade"),
        given.number_per_word("steps_by_control"),
        tuple(_rung(word) for word in given.words("ladder")),
        words,
    )
    for number in {max(1, number) for number in found.by_level.values()} - set(DIVIDES):
        raise _uneven(str(number))
    return found


def _rung(word: str) -> int:
    if not word.isdecimal() or int(word) not in DIVIDES:
        raise _uneven(word)
    return int(word)


def _uneven(number: str) -> Stop:
    message = Say(
        "{rule}: with “{number}” visits a year there are no equal runs of months", rule=FREQUENCY, number=number
    )
    return Stop(message, hint=Say("write one of {numbers}", numbers=DIVIDES), code=Exit.SETTINGS)


def listed(words: Vocabularies, name: str, text: str | None) -> str:
    """The word of a list that a text spells, or the lowest."""
    term = words[name].term(text) if text else None
    return term.word if term else words[name].words[-1]


def unlisted(words: Vocabularies, *facts: Fact[str]) -> Iterator[Say]:
    """A sentence for each of these facts about a customer (`LISTS`) whose word its list does not have."""
    for fact in facts:
        vocabulary = words[LISTS[fact.field]]
        if fact.value and vocabulary.term(fact.value) is None:
            yield Say(
                "“{found}” is not in the list of {heading}; it counts as the lowest, {lowest}",
                found=shortened(fact.value),
                heading=Customer.TABLE.column(fact.field).heading,
                lowest=vocabulary.words[-1],
            )


@dataclass(frozen=True)
class Numbered:
    """All that the cards say for the plan of one year, read once."""

    frequency: Frequency
    contents: Mapping[str, tuple[str, ...]]
    filed: frozenset[str]
    visits_per_week: int
    night: tuple[int, int]
    words: Vocabularies

    @classmethod
    def of(cls, numbers: Numbers, on: date) -> Numbered:
        """The cards in force on a day; `Stop` 78 before their first edition."""
        words, book = numbers.book.vocabularies, numbers.book
        card = {rule: book.given(rule, on=on, province=numbers.province)
                for rule in CARDS}  # fmt: skip
        return cls(
            frequency(card[FREQUENCY], words),
            card[CONTENT].words_per_word("content_by_level"),
            frozenset(card[FILING].words("filed_levels")),
            card[CAPACITY].number("visits_per_week"),
            (card[PEACE].number("night_begins"), card[PEACE].number("night_ends")),
            words,
        )

    def content(self, level: str) -> tuple[str, ...]:
        """What a visit to a customer of this level is about."""
        return self.contents[listed(self.words, LEVELS, level)]

    def is_filed(self, level: str) -> bool:
        """Whether the plan for a customer of this level goes to the group company (R20)."""
        return listed(self.words, LEVELS, level) in self.filed
