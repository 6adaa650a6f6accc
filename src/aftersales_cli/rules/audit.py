"""Whether the rule book holds: cards and functions meet, cases pass, each edition is tried on both sides of its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from aftersales_cli.errors import Stop
from aftersales_cli.places import Place, Problem
from aftersales_cli.rules.card import Card, Edition
from aftersales_cli.rules.cases import Bench, Case, Tried
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.rules.province import meeting_days, out_of_bounds
from aftersales_cli.words import Say

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Audit:
    """Every case tried, by rule in the book's order, and what does not hold; an empty `faults` means it all does."""

    tried: dict[str, tuple[Tried, ...]]
    faults: tuple[Problem, ...]


def audit(bench: Bench) -> Audit:
    """Try the whole book. What stops a reading (an unknown key) is raised as `Stop` 78."""
    tried: dict[str, tuple[Tried, ...]] = {}
    faults = [*_strangers(bench)]
    for card in bench.book.cards.values():
        if card.id not in bench.book.rules:
            continue
        done, stopped = _tried(bench, card)
        tried[card.id] = done
        faults += _out_of_bounds(bench, card)
        faults += stopped
        faults += [_failed(one) for one in done if not one.passed]
        faults += _unread(card, done)
        faults += _contradictions(bench, card)
        faults += _untried_days(bench, card, done)
    return Audit(tried, tuple(faults))


def _tried(bench: Bench, card: Card) -> tuple[tuple[Tried, ...], list[Problem]]:
    done, stopped = [], []
    for case in bench.cases(card.id):
        try:
            done.append(bench.tried(case))
        except Stop as stop:
            stopped.append(Problem(_about(case, stop.message), case.place, hint=stop.hint))
    return tuple(done), stopped


def _strangers(bench: Bench) -> Iterator[Problem]:
    """What one side has and the other does not."""
    book = bench.book
    for rule in sorted(book.cards.keys() - book.rules.keys()):
        yield Problem(Say("no rule of this program judges the card {rule}", rule=rule), Place(book.cards[rule].file))
    for rule in sorted(book.rules.keys() - book.cards.keys()):
        yield Problem(Say("the rule {rule} has no card", rule=rule))
    for (province, rule), path in sorted(book.shelf.cases.items()):
        if rule not in book.cards or (province and rule not in _bent(bench, province)):
            yield Problem(Say("these cases belong to nothing in the book"), Place(str(path)))


def _bent(bench: Bench, province: str) -> frozenset[str]:
    own = bench.book.provinces.get(province)
    return frozenset(own.editions) if own else frozenset()


def _failed(tried: Tried) -> Problem:
    case, decision = tried.case, tried.decision
    if decision.verdict is not case.expected:
        says = Say("expected {expected}, found {found}: {says}",
                   expected=case.expected, found=decision.verdict, says=decision.says)  # fmt: skip
    else:
        says = Say("expected {n} cautions, found: {cautions}", n=case.cautions, cautions=decision.cautions or None)
    return Problem(_about(case, says), case.place)


def _about(case: Case, says: Say) -> Say:
    return Say("{rule}, case {number} “{case}”: {says}", rule=case.rule, number=case.number, case=case.name, says=says)


def _unread(card: Card, tried: tuple[Tried, ...]) -> Iterator[Problem]:
    read = {used.name for one in tried for used in one.decision.values}
    for name in card.parameters:
        if name not in read:
            yield Problem(
                Say("{rule}: no case reads the parameter “{name}”", rule=card.id, name=name), Place(card.file)
            )


def _untried_days(bench: Bench, card: Card, tried: tuple[Tried, ...]) -> Iterator[Problem]:
    """Each edition's first day and the day before it need a case, the group's and each province's."""
    yield from _days(card, card.editions, _judged(tried, None), card.file)
    for province in bench.book.provinces.values():
        editions = province.editions.get(card.id, ())
        yield from _days(card, editions, _judged(tried, province.name), province.file)


def _judged(tried: tuple[Tried, ...], province: str | None) -> frozenset[date]:
    days = (one.decision.judged_on for one in tried if one.case.province == province)
    return frozenset(day for day in days if day)


def _out_of_bounds(bench: Bench, card: Card) -> Iterator[Problem]:
    for province in bench.book.provinces.values():
        editions = province.editions.get(card.id, ())
        found = [out_of_bounds(card, editions, day) for day in meeting_days(card, editions)]
        for fault in {(f.line, str(f)): f for f in found if f}.values():
            yield Problem(fault.message, Place(province.file, line=fault.line))


def _contradictions(bench: Bench, card: Card) -> Iterator[Problem]:
    """Two rules with different answers that hold together in one of the cases.

    Each case of a rule that answers is put to every other one that judges such a subject.
    """
    answering = [other for other in bench.book.cards.values() if other.answer and other.id in bench.book.rules]
    for case in bench.cases(card.id) if card.answer else ():
        subject = bench.subject(case)
        asked = [other for other in answering if hasattr(subject, other.judged_on)]
        met = [o for o in asked if bench.judged(o.id, subject, case.province).verdict is Verdict.MET]
        if len({other.answer for other in met}) > 1:
            answers = [Say("{rule}: {answer}", rule=other.id, answer=other.answer) for other in met]
            says = Say("rules with different answers hold together: {answers}", answers=answers)
            yield Problem(_about(case, says), case.place)


def _days(card: Card, editions: tuple[Edition, ...], judged: frozenset[date], file: str) -> Iterator[Problem]:
    for edition in editions:
        for day in (edition.start - DAY, edition.start):
            if day not in judged:
                message = Say("{rule}: no case is judged on {day}, beside the first day of an edition",
                              rule=card.id, day=day)  # fmt: skip
                yield Problem(message, Place(file))
