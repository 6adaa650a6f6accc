"""The answer as a pure function of the nine facts, each of which may be unknown (D4, R8–R14)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import product
from typing import NamedTuple

from aftersales_cli.records.values import Category


class Answer(StrEnum):
    """What a complaint is answered (contract §5)."""

    PLANNED_CUTOVER = "planned_cutover"
    NETWORK_FAULT = "network_fault"
    NOT_A_CUTOVER = "not_a_cutover"
    NEEDS_A_PERSON = "needs_a_person"


class Facts(NamedTuple):
    """The nine facts by their letters in D4; None is unknown."""

    V: bool | None = None
    K: Category | None = None
    I: bool | None = None  # noqa: E741 - the letter D4 gives it
    F: bool | None = None
    L: bool | None = None
    D: bool | None = None
    O: bool | None = None  # noqa: E741 - the letter D4 gives it
    R: bool | None = None
    P: bool | None = None


LETTERS = Facts._fields


@dataclass(frozen=True, slots=True)
class Decided:
    """The answer with what stands behind it.

    `primary` is the rule to cite, None where no answer comes from a rule. `holds` says of every rule whether it holds
    whatever the unknown facts are (True), cannot hold (False), or may. `matters` are the letters of the unknown facts
    that keep the answer open; empty where it is definite, and where the book is silent.
    """

    answer: Answer
    primary: str | None
    holds: Mapping[str, bool | None]
    matters: tuple[str, ...] = ()

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that hold, in the order of D4."""
        return tuple(rule for rule, holds in self.holds.items() if holds)


def _planned_and_told(f: Facts) -> bool:
    return bool(f.V and f.K is Category.PLANNED and f.I)


FAULTS: Mapping[str, Callable[[Facts], bool]] = {
    "ANS-6": lambda f: bool(f.V and not f.F),
    "ANS-5": lambda f: bool(f.V and not f.L),
    "ASR-2": lambda f: bool(f.V and f.P),
    "ANS-1": lambda f: bool(f.V and f.K is Category.PLANNED and not f.I),
    "ANS-4": lambda f: _planned_and_told(f) and not f.D,
    "ANS-2": lambda f: _planned_and_told(f) and bool(f.O and not f.R),
}
"""The rules that answer 'network fault', in the order in which they are cited; of complete facts."""

PERMITS, NONE_PERMITS = "ANS-3", "ANS-0"
RULES = (*FAULTS, PERMITS, NONE_PERMITS)
ANSWERS = dict.fromkeys(RULES, Answer.NETWORK_FAULT) | {PERMITS: Answer.PLANNED_CUTOVER}
"""What each rule answers where it is the one that is cited; the cards say the same."""


def of_complete(facts: Facts) -> tuple[Answer, tuple[str, ...]]:
    """The answer where nothing is unknown, and the rules that hold."""
    if not facts.V:
        return Answer.NOT_A_CUTOVER, ()
    faults = tuple(rule for rule, holds in FAULTS.items() if holds(facts))
    if faults:
        return Answer.NETWORK_FAULT, faults
    if _planned_and_told(facts) and facts.D and facts.R:
        return Answer.PLANNED_CUTOVER, (PERMITS,)
    if facts.K is Category.PLANNED:
        return Answer.NETWORK_FAULT, (NONE_PERMITS,)
    return Answer.NEEDS_A_PERSON, ()


@cache
def decide(facts: Facts) -> Decided:
    """Definite exactly when every way of filling in the unknown facts gives the same answer (D4)."""
    ways = {way: of_complete(way) for way in completions(facts)}
    answers = {answer for answer, _ in ways.values()}
    definite = len(answers) == 1
    answer = next(iter(answers)) if definite else Answer.NEEDS_A_PERSON
    held = [rules for _, rules in ways.values()]
    holds = {rule: _in_all([rule in rules for rules in held]) for rule in RULES}
    certain = [rule for rule in RULES if holds[rule]]
    primary = certain[0] if certain else None
    if answer is Answer.NETWORK_FAULT and primary is None:  # one of several, and nobody knows which
        primary = NONE_PERMITS
        holds[NONE_PERMITS] = True
    return Decided(answer, primary, holds, () if definite else _matters(facts, ways))


def completions(facts: Facts) -> Iterator[Facts]:
    """Every way of filling in what is unknown."""
    each = [
        (value,) if value is not None else tuple(Category) if letter == "K" else (True, False)
        for letter, value in zip(LETTERS, facts, strict=True)
    ]
    return (Facts(*way) for way in product(*each))  # type: ignore[arg-type]  # one value for each letter


def _in_all(held: list[bool]) -> bool | None:
    return True if all(held) else None if any(held) else False


def _matters(facts: Facts, ways: Mapping[Facts, tuple[Answer, tuple[str, ...]]]) -> tuple[str, ...]:
    """The unknown facts of which one alone can turn the answer."""
    return tuple(letter for letter, value in zip(LETTERS, facts, strict=True) if value is None and _turns(letter, ways))


def _turns(letter: str, ways: Mapping[Facts, tuple[Answer, tuple[str, ...]]]) -> bool:
    first: dict[Facts, Answer] = {}
    for way, (answer, _) in ways.items():
        if first.setdefault(way._replace(**{letter: None}), answer) is not answer:
            return True
    return False
