"""The rule book: picks the edition in force, lets the rule judge, and says which clause set each number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import Fact, Known, Missing, Unknown
from aftersales_cli.records.values import Instant
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules import reading
from aftersales_cli.rules.card import Card, Edition, in_force, read_card
from aftersales_cli.rules.decision import Clause, Decision, Evidence, Finding, Used, Verdict
from aftersales_cli.rules.given import Given, InForce
from aftersales_cli.rules.province import Province, out_of_bounds, read_province
from aftersales_cli.rules.rule import RULES, Rule
from aftersales_cli.rules.shelf import Shelf, collect
from aftersales_cli.rules.vocabularies import read_vocabulary
from aftersales_cli.words import Say

SAMPLE = Say("the province's edition used here is only a sample; put the real one into the workspace's rule book")


@dataclass(frozen=True)
class Book:
    """Cards, word lists and provinces' editions, read and checked. `rules` are the functions that judge."""

    cards: Mapping[str, Card]
    vocabularies: Vocabularies
    provinces: Mapping[str, Province]
    shelf: Shelf
    rules: Mapping[str, Rule] = field(default_factory=lambda: RULES)
    _found: dict[tuple[str, date, str | None], InForce | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _editions: dict[tuple[object, ...], InForce] = field(default_factory=dict, init=False, repr=False, compare=False)

    def fingerprint(self) -> str:
        """SHA-256 of all that decides: cards, word lists, provinces; the same on every machine."""
        return self.shelf.fingerprint()

    def judge(self, rule_id: str, subject: Any, tools: Mapping[str, object], province: str | None) -> Decision:
        """One rule on one subject, by the edition in force on the day the card names, in the desk's province.

        No edition in force: not applicable. The day, or a fact the rule reads, unknown: needs a person.
        """
        return Judging(self, rule_id, tools, province)(subject)

    def given(self, rule_id: str, *, on: date, province: str | None) -> Given:
        """The parameters of a card on a day, for what is no judgement; `Stop` 78 before its first edition."""
        found = self.given_or_none(rule_id, on=on, province=province)
        if found is None:
            message = Say("no edition of {rule} was in force on {day}", rule=rule_id, day=on)
            raise Stop(message, code=Exit.SETTINGS)
        return found

    def given_or_none(self, rule_id: str, *, on: date, province: str | None) -> Given | None:
        """The same, or None before the card's first edition."""
        card = self.card(rule_id)
        found = self.allowed(card, on, province)
        return Given(card, found) if found else None

    def stricter(self, rule_id: str, on: date, province: str | None, other: str | None) -> tuple[Used, ...]:
        """What another province's edition asks more than the desk's, for the caution of contract section 7.

        More means: further the way the card lets provinces go. Empty where it asks no more, or nothing is in force.
        """
        card = self.card(rule_id)
        ours, theirs = self._in_force(card, on, province), self._in_force(card, on, other)
        if ours is None or theirs is None:
            return ()
        given = Given(card, theirs)
        for name, parameter in card.parameters.items():
            if parameter.stricter(theirs.settings[name].value, ours.settings[name].value):
                given.value(name)
        return given.used

    def card(self, rule_id: str) -> Card:
        """The card of one id; `Stop` 78 with the nearest id where the book has none."""
        if rule_id not in self.cards:
            message = Say("the rule book has no card {rule}", rule=rule_id)
            raise Stop(message, hint=reading.nearest(rule_id, list(self.cards)), code=Exit.SETTINGS)
        return self.cards[rule_id]

    def function(self, rule_id: str) -> Rule:
        """The rule that judges one card; `Stop` 78 where this program has none."""
        if rule_id not in self.rules:
            message = Say("no rule of this program judges the card {rule}", rule=rule_id)
            raise Stop(message, code=Exit.SETTINGS)
        return self.rules[rule_id]

    def allowed(self, card: Card, day: date, province: str | None) -> InForce | None:
        """What is in force, looked up once; `Stop` 78 where the province has left the bounds that the card sets it."""
        key = (card.id, day, province)
        try:
            return self._found[key]
        except KeyError:
            found = self._found[key] = self._in_bounds(card, day, province)
            return found

    def _in_bounds(self, card: Card, day: date, province: str | None) -> InForce | None:
        own = self.provinces.get(self.named(province) or "")
        fault = out_of_bounds(card, own.editions.get(card.id, ()), day) if own else None
        if fault is not None:
            with reading.settings():
                raise fault
        return self._in_force(card, day, province)

    def _in_force(self, card: Card, day: date, province: str | None) -> InForce | None:
        group = in_force(card.editions, day)
        if group is None:
            return None
        own = self.provinces.get(self.named(province) or "")
        edition = in_force(own.editions.get(card.id, ()), day) if own else None
        key = (card.id, group.start, province, edition and edition.start)
        if key not in self._editions:
            self._editions[key] = _together(group, edition, sample=own is not None and own.sample)
        return self._editions[key]

    def named(self, province: str | None) -> str | None:
        """A province as the book spells it (上海市 is 上海); `Stop` 2 for one that neither list nor book has."""
        words = self.vocabularies.get("provinces")
        if province is None or words is None or province in self.provinces:
            return province
        term = words.term(province)
        if term is None:
            message = Say("there is no province “{name}”", name=province)
            raise Stop(message, hint=reading.nearest(province, words.words), code=Exit.USAGE)
        return term.word


def _together(group: Edition, own: Edition | None, *, sample: bool) -> InForce:
    if own is None:
        return InForce(group.settings, group.clause)
    return InForce({**group.settings, **own.settings}, group.clause, own.clause if sample else None)


@dataclass(frozen=True)
class Numbers:
    """The tool `numbers`, for a rule that also rests on other cards' numbers: any card on a day, in one province.

    `kept` is for the rules to keep what they have worked out from them.
    """

    book: Book
    province: str | None
    kept: dict[Any, Any] = field(default_factory=dict, compare=False)

    def __call__(self, rule_id: str, on: date) -> Given | None:
        """The parameters of a card, or None before its first edition."""
        return self.book.given_or_none(rule_id, on=on, province=self.province)


class Judging:
    """One rule with its card and tools, looked up once for many subjects; see `Book.judge`."""

    __slots__ = ("_allowed", "_card", "_function", "_province", "_tools", "_unread")

    def __init__(self, book: Book, rule_id: str, tools: Mapping[str, object], province: str | None) -> None:
        self._card, rule = book.card(rule_id), book.function(rule_id)
        self._allowed, self._province = book.allowed, province
        self._function = rule.function
        self._unread: tuple[InForce, Given] | None = None
        if "numbers" in rule.tools and "numbers" not in tools:
            tools = {"numbers": Numbers(book, province), **tools}
        self._tools = rule.pick(tools)

    def __call__(self, subject: Any) -> Decision:
        """The decision on one subject."""
        card = self._card
        said = _day(card, subject)
        if isinstance(said, Unknown):
            return _decision(card, _open(said))
        day = _day_of(said)
        found = self._allowed(card, day, self._province)
        if found is None:
            says = Say("no edition of {rule} was in force on {day}", rule=card.id, day=day)
            return _decision(card, Finding.not_applicable(says, _fact(card, said)), day)
        given = self._given(found)
        try:
            finding = self._function(subject, given, **self._tools)
        except Missing as missing:
            finding = _open(missing.unknown)
        return _decision(card, finding, day, given, found.clause)

    def _given(self, found: InForce) -> Given:
        """The parameters of what is in force; the last ones again, where nobody has read any of them."""
        if self._unread is None or self._unread[0] is not found or self._unread[1].used:
            self._unread = found, Given(self._card, found)
        return self._unread[1]


def load_book(folders: Sequence[Path], rules: Mapping[str, Rule] = RULES) -> Book:
    """Read the built-in folder and then the workspace's own; `Stop` 78 with file and line where the book does not hold.

    A folder holds cards in sub-folders, `vocabulary/*.yaml`, and `provinces/*.yaml`. A later file takes the place of an
    earlier one of the same name, whole.
    """
    shelf = collect(folders)
    with reading.settings():
        words = {name: read_vocabulary(name, reading.document(path)) for name, path in shelf.vocabularies.items()}
        cards = {name: _named_card(name, path, words) for name, path in sorted(shelf.cards.items())}
        provinces = {name: _named_province(name, path, cards) for name, path in sorted(shelf.provinces.items())}
    return Book(cards, words, provinces, shelf, rules)


def _named_card(name: str, path: Path, words: Vocabularies) -> Card:
    node = reading.document(path)
    card = read_card(node, words)
    if card.id != name:
        raise node.error(Say("the file is called {name}, its card {id}", name=path.name, id=card.id))
    return card


def _named_province(name: str, path: Path, cards: Mapping[str, Card]) -> Province:
    node = reading.document(path)
    province = read_province(node, cards)
    if province.name != name:
        raise node.error(
            Say("the file is called {name}, its province {province}", name=path.name, province=province.name)
        )
    return province


def _day(card: Card, subject: Any) -> Fact[Any] | date | Instant:
    """What says the day the card is judged on: an attribute of the subject, or a fact; see `_day_of`."""
    said: Fact[Any] | date | Instant | None = getattr(subject, card.judged_on, None)
    if said is None:
        message = Say("{file}: nothing here has a “{name}” to be judged on", file=card.file, name=card.judged_on)
        raise Stop(message, code=Exit.SETTINGS)
    return said


def _day_of(said: Known[Any] | Instant | date) -> date:
    if isinstance(said, Instant):
        return said.at.date()
    if isinstance(said, Known):
        return _day_of(said.value)
    return said.date() if isinstance(said, datetime) else said


def _fact(card: Card, said: Known[Any] | Instant | date) -> Known[date]:
    field, place = (said.field, said.place) if isinstance(said, Known) else (card.judged_on, None)
    return Known(field, _day_of(said), place)


def _open(unknown: Unknown) -> Finding:
    says = Say("this cannot be judged: {why}", why=unknown.why)
    return Finding(Verdict.NEEDS_A_PERSON, says, (Evidence.of(unknown),), missing=(unknown,))


def _decision(
    card: Card, finding: Finding, day: date | None = None, given: Given | None = None, clause: Clause | None = None
) -> Decision:
    values, cautions = finding.values, finding.cautions
    if given is not None and given.used:
        values = (*given.used, *values)
        cautions = (*cautions, SAMPLE) if given.rests_on_a_sample else cautions
    return Decision(
        rule=card.id,
        title=card.title,
        verdict=finding.verdict,
        says=finding.says,
        judged_on=day,
        values=values,
        evidence=finding.evidence,
        missing=finding.missing,
        cautions=cautions,
        holds=card.holds(finding.verdict),
        clause=clause,
    )
