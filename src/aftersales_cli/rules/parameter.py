"""A parameter of a card: its unit, how its values are read and compared, and who may bend it how far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aftersales_cli.files.yaml_text import Node
from aftersales_cli.records import amounts
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.values import Lead
from aftersales_cli.records.vocabulary import Vocabularies, Vocabulary
from aftersales_cli.rules import reading
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class PerWord:
    """A small table: for every word of a vocabulary a whole number, or several words."""

    rows: tuple[tuple[str, int | tuple[str, ...]], ...]

    def say(self) -> Say:
        """`集团级 6, 省清单级 4`, to stand inside a sentence."""
        return Say("{rows}", rows=[Say("{word} {value}", word=word, value=value) for word, value in self.rows])


Value = Lead | int | str | tuple[str, ...] | bool | PerWord


class Unit(StrEnum):
    """What a parameter's value is: a lead time, a number, one word or several, yes or no, or a table over words."""

    LEAD = "lead"
    NUMBER = "number"
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    LEVEL = "level"  # a word of an ordered vocabulary, the highest first
    WORD = "word"
    WORDS = "words"
    YES_NO = "yes_no"
    NUMBER_PER_WORD = "number_per_word"  # for every word of a vocabulary
    WORDS_PER_WORD = "words_per_word"


WHOLE = frozenset({Unit.NUMBER, Unit.MINUTES, Unit.HOURS, Unit.DAYS})
ORDERED = WHOLE | {Unit.LEAD, Unit.LEVEL}
PER_WORD = frozenset({Unit.NUMBER_PER_WORD, Unit.WORDS_PER_WORD})


class May(StrEnum):
    """How far somebody else may bend a parameter; a level is raised towards the top of its vocabulary."""

    NOTHING = "nothing"
    RAISE = "raise"
    LOWER = "lower"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One number or word of a rule. `sample` marks a value that no published text gives."""

    name: str
    unit: Unit
    province_may: May = May.NOTHING
    contract_may: May = May.NOTHING
    sample: bool = False
    vocabulary: Vocabulary | None = None

    def read(self, node: Node) -> Value:
        """The value of an edition, checked against the unit."""
        match self.unit:
            case Unit.LEAD:
                return lead(node)
            case Unit.NUMBER | Unit.MINUTES | Unit.HOURS | Unit.DAYS:
                return reading.whole(node)
            case Unit.LEVEL | Unit.WORD:
                return self._word(node)
            case Unit.WORDS:
                return tuple(map(self._word, node.elements()))
            case Unit.YES_NO:
                return reading.yes(node)
            case Unit.NUMBER_PER_WORD:
                return self._per_word(node, reading.whole)
            case Unit.WORDS_PER_WORD:
                return self._per_word(node, reading.texts)

    def _per_word(self, node: Node, read: Callable[[Node], int | tuple[str, ...]]) -> PerWord:
        """In the vocabulary's order; a word without a value is an error: the book has no defaults."""
        assert self.vocabulary is not None
        found = reading.entries(node, self.vocabulary.words, self.vocabulary.words)
        return PerWord(tuple((word, read(found[word])) for word in self.vocabulary.words))

    def _word(self, node: Node) -> str:
        written = reading.text(node)
        if self.vocabulary is None:
            return written
        term = self.vocabulary.term(written)
        if term is None:
            message = Say("“{text}” is no word of “{vocabulary}”", text=written, vocabulary=self.vocabulary.name)
            raise node.error(message, reading.nearest(written, self.vocabulary.words))
        return term.word

    def higher(self, one: Value, than: Value) -> bool | None:
        """Whether `one` is higher; None where the two cannot be compared (hours with working days, two words)."""
        a, b = self._height(one), self._height(than)
        return None if a is None or b is None or a[0] != b[0] else a[1] > b[1]

    def _height(self, value: Value) -> tuple[str, int] | None:
        match value:
            case Lead():
                return value.unit.value, value.amount
            case int() if self.unit in WHOLE:
                return self.unit.value, value
            case str() if self.unit is Unit.LEVEL and self.vocabulary:
                return self.unit.value, -self.vocabulary.words.index(value)
            case _:
                return None

    def lets(self, province: Value, group: Value) -> bool:
        """Whether a province may put its value where the group's book has another."""
        match self.province_may:
            case May.RAISE:
                return self.higher(group, province) is False
            case May.LOWER:
                return self.higher(province, group) is False
            case May.REPLACE:
                return True
            case May.NOTHING:
                return False

    def stricter(self, one: Value, than: Value) -> bool:
        """Whether `one` asks more: it is further the way a province may go. Values that only differ are not."""
        match self.province_may:
            case May.RAISE:
                return bool(self.higher(one, than))
            case May.LOWER:
                return bool(self.higher(than, one))
            case _:
                return False


def read_parameters(node: Node | None, vocabularies: Vocabularies) -> dict[str, Parameter]:
    """The parameters a card declares, by name."""
    if node is None:
        return {}
    return {name: _parameter(name, value, vocabularies) for name, _, value in node.items()}


def _parameter(name: str, node: Node, vocabularies: Vocabularies) -> Parameter:
    if name in ("from", "clause"):
        raise node.error(Say("a parameter cannot be called “{name}”", name=name))
    found = reading.entries(node, ("unit", "province_may", "contract_may", "sample", "vocabulary"), ("unit",))
    unit = reading.one_of(found["unit"], Unit)
    if unit in {Unit.LEVEL, *PER_WORD} and "vocabulary" not in found:
        raise node.error(Say("“{key}” is missing here", key="vocabulary"))
    return Parameter(
        name,
        unit,
        _province_may(found, unit),
        _contract_may(found, unit),
        "sample" in found and reading.yes(found["sample"]),
        _vocabulary(found["vocabulary"], vocabularies) if "vocabulary" in found else None,
    )


def _province_may(found: Mapping[str, Node], unit: Unit) -> May:
    may = reading.one_of(found["province_may"], May) if "province_may" in found else May.NOTHING
    if may in (May.RAISE, May.LOWER) and unit not in ORDERED:
        raise found["province_may"].error(Say("a value of unit “{unit}” cannot be raised or lowered", unit=unit))
    return may


def _contract_may(found: Mapping[str, Node], unit: Unit) -> May:
    may = reading.one_of(found["contract_may"], May) if "contract_may" in found else May.NOTHING
    if may is not May.NOTHING and (may is not May.RAISE or unit is not Unit.LEAD):
        raise found["contract_may"].error(Say("a contract can only raise, and only a lead time"))
    return may


def _vocabulary(node: Node, vocabularies: Vocabularies) -> Vocabulary:
    name = reading.text(node)
    if name not in vocabularies:
        raise node.error(Say("there is no vocabulary “{name}”", name=name), reading.nearest(name, list(vocabularies)))
    return vocabularies[name]


def lead(node: Node) -> Lead:
    """`6 working days`, `14 days`, `72 hours`, or the same in Chinese; unlike in a table, never a bare number."""
    written = reading.text(node)
    try:
        if not written.isdigit():
            return amounts.lead(written)
    except Refused:
        pass
    raise node.error(Say("“{text}” is no lead time; write 6 working days, 14 days or 72 hours", text=written))
