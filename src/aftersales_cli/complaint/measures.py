"""The numbers of the book that the facts are measured by, on the day of a complaint."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftersales_cli.places import Unknown
from aftersales_cli.records.values import Lead
from aftersales_cli.rules.book import SAMPLE, Numbers
from aftersales_cli.rules.decision import Used
from aftersales_cli.rules.given import Given
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Measure:
    """One number of one card; `lead` is set for a lead time. `missing` says that the card was not in force."""

    value: object = None
    lead: Lead | None = None
    used: tuple[Used, ...] = ()
    cautions: tuple[Say, ...] = ()
    missing: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers by what they measure.

    How early a publication (ANS-5) and a delivery (ANS-4) must be; how many hours after a cutover an interruption may
    still be its (ANS-0); whether the announced minutes bind (ANS-3); how early the state wants users told (CUT-06).
    """

    notice: Measure
    delivered_ahead: Measure
    afterwards: Measure
    announced_binds: Measure
    statutory: Measure


def measures(numbers: Numbers, day: date) -> Measures:
    """What is in force on a day; read once for each."""
    found = numbers.kept.get(day)
    if not isinstance(found, Measures):
        found = numbers.kept[day] = Measures(
            _lead(numbers, "ANS-5", "notice", day),
            _lead(numbers, "ANS-4", "delivered_ahead", day),
            _other(numbers, "ANS-0", "afterwards", day),
            _other(numbers, "ANS-3", "announced_binds", day),
            _lead(numbers, "CUT-06", "notice", day),
        )
    return found


def _lead(numbers: Numbers, rule: str, name: str, day: date) -> Measure:
    given = numbers(rule, day)
    if given is None:
        return _not_in_force(rule, day)
    lead = given.lead(name)
    return Measure(lead, lead, given.used, _sample(given))


def _other(numbers: Numbers, rule: str, name: str, day: date) -> Measure:
    given = numbers(rule, day)
    if given is None:
        return _not_in_force(rule, day)
    return Measure(given.value(name), None, given.used, _sample(given))


def _sample(given: Given) -> tuple[Say, ...]:
    return (SAMPLE,) if given.rests_on_a_sample else ()


def _not_in_force(rule: str, day: date) -> Measure:
    why = Say("no edition of {rule} was in force on {day}", rule=rule, day=day)
    return Measure(missing=Unknown("rule", why))
