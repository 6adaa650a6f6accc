"""What a rule is given: the parameters in force on the day it judges, each remembered with its clause once read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.values import Lead
from aftersales_cli.rules.card import Card, Setting
from aftersales_cli.rules.decision import Clause, Used
from aftersales_cli.rules.parameter import WHOLE, May, Parameter, PerWord, Unit, Value
from aftersales_cli.words import Say

CONTRACT = Clause(
    "contract",
    MappingProxyType({"zh": "客户 › 约定提前量", "en": "customers › notice"}),
    MappingProxyType({"zh": "与客户约定的提前量。", "en": "The notice agreed with the customer."}),
)


@dataclass(frozen=True, slots=True)
class InForce:
    """One card on one day for one province: each parameter's setting, the edition's clause.

    `sample` is the clause of a province's edition that is only a sample, where such a one set something.
    """

    settings: Mapping[str, Setting]
    clause: Clause
    sample: Clause | None = None


class Given:
    """Hands out the parameters of a card by name. `used` lists what was read, in that order, for the decision.

    Reading a parameter that the card does not declare, or as something else than its unit, is a `Stop` (78).
    """

    __slots__ = ("_card", "_in_force", "_used")

    def __init__(self, card: Card, in_force: InForce) -> None:
        self._card = card
        self._in_force = in_force
        self._used: list[Used] = []

    @property
    def used(self) -> tuple[Used, ...]:
        """Every parameter read so far, once, with the clause that set it."""
        return tuple(self._used)

    @property
    def rests_on_a_sample(self) -> bool:
        """Whether a parameter read so far came from a province's sample edition."""
        sample = self._in_force.sample
        return sample is not None and any(used.clause is sample for used in self._used)

    def value(self, name: str) -> Value:
        """A parameter whatever its unit, for showing the book."""
        return self._read(name, *Unit)

    def number(self, name: str) -> int:
        """A whole number: a number, minutes, hours or days."""
        value = self._read(name, *WHOLE)
        assert isinstance(value, int)
        return value

    def lead(self, name: str) -> Lead:
        """The book's lead time."""
        value = self._read(name, Unit.LEAD)
        assert isinstance(value, Lead)
        return value

    def leads(self, name: str, contract: Lead | None = None) -> tuple[Lead, ...]:
        """The book's lead time, and the contract's beside it where the card lets a contract raise it.

        A contract's is left out where it asks no more in the same unit; in another unit both have to be kept.
        """
        book = self.lead(name)
        parameter = self._card.parameters[name]
        if contract is None or parameter.contract_may is not May.RAISE or parameter.higher(contract, book) is False:
            return (book,)
        self._remember(parameter, contract, CONTRACT)
        return (book, contract)

    def word(self, name: str) -> str:
        """One word, or a level of an ordered vocabulary."""
        value = self._read(name, Unit.WORD, Unit.LEVEL)
        assert isinstance(value, str)
        return value

    def words(self, name: str) -> tuple[str, ...]:
        """Several words, in the card's order."""
        value = self._read(name, Unit.WORDS)
        assert isinstance(value, tuple)
        return value

    def yes(self, name: str) -> bool:
        """Yes or no."""
        value = self._read(name, Unit.YES_NO)
        assert isinstance(value, bool)
        return value

    def number_per_word(self, name: str) -> Mapping[str, int]:
        """A whole number for every word of the parameter's vocabulary, in its order."""
        value = self._read(name, Unit.NUMBER_PER_WORD)
        assert isinstance(value, PerWord)
        return {word: number for word, number in value.rows if isinstance(number, int)}

    def words_per_word(self, name: str) -> Mapping[str, tuple[str, ...]]:
        """Several words for every word of the parameter's vocabulary, in its order."""
        value = self._read(name, Unit.WORDS_PER_WORD)
        assert isinstance(value, PerWord)
        return {word: words for word, words in value.rows if isinstance(words, tuple)}

    def _read(self, name: str, *units: Unit) -> Value:
        parameter = self._card.parameters.get(name)
        if parameter is None:
            raise self._misread(Say("its rule reads a parameter “{name}”, which the card does not have", name=name))
        if parameter.unit not in units:
            message = Say("its rule reads “{name}” as {units}, not as {unit}",
                          name=name, units=sorted(units), unit=parameter.unit)  # fmt: skip
            raise self._misread(message)
        setting = self._in_force.settings[name]
        self._remember(parameter, setting.value, setting.clause)
        return setting.value

    def _remember(self, parameter: Parameter, value: Value, clause: Clause) -> None:
        amount, unit = (value.amount, value.unit.value) if isinstance(value, Lead) else (value, parameter.unit.value)
        used = Used(parameter.name, amount, unit, clause)
        if used not in self._used:
            self._used.append(used)

    def _misread(self, message: Say) -> Stop:
        return Stop(Say("{file}: {message}", file=self._card.file, message=message), code=Exit.SETTINGS)
