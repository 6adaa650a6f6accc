"""BRF-1: whether the account manager comes along (R30); and who leads, by the numbers of VIS-03 (R25)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar, cast

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded
from aftersales_cli.records.moments import day, instant
from aftersales_cli.records.values import ComplaintKind, Instant
from aftersales_cli.records.vocabulary import Vocabularies, Vocabulary
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.visit import leading
from aftersales_cli.visit.history import History, is_active
from aftersales_cli.visit.interruptions import began
from aftersales_cli.visit.warned import Alarm, crisis_alarm, warning_alarm
from aftersales_cli.words import Counted, Say

T = TypeVar("T")
RULE = "BRF-1"
EXTRAS = ("as_of", "level", "warning", "fault_days", "grievance_days", "contract_end")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a customer stands on the day before a visit. A fact is unknown where its table was not given or read.

    `warning` is the highest level in force, `""` for none; `faults` and `grievances` are the moments of all known;
    `contract_end` is the next to come, None for none.
    """

    as_of: datetime
    level: str
    warning: Fact[str]
    faults: Fact[tuple[datetime, ...]]
    grievances: Fact[tuple[datetime, ...]]
    contract_end: Fact[date | None]


def standing(history: History, vocabularies: Vocabularies) -> Standing:
    """The standing that the customer's rows tell of."""
    active = [each.level for each in history.warnings if is_active(each, history.now)]
    levels = vocabularies["warning_levels"]
    ends = [each.contract_end for each in history.circuits if each.contract_end]
    rows = [each.row for each in history.interruptions]
    faults = tuple(began(row).at for row in rows if isinstance(row, Fault) and began(row).at <= history.now)
    grievances = tuple(
        row.reported_at.at
        for row in history.complaints
        if row.kind is ComplaintKind.GRIEVANCE and row.reported_at.at <= history.now
    )
    coming = min((end for end in ends if end >= history.now.date()), default=None)
    return Standing(
        history.now,
        history.customer.level,
        _known(history, "warnings", "warning", min(active, key=lambda level: _rank(levels, level), default="")),
        _known(history, "faults", "faults", faults),
        _known(history, "complaints", "grievances", grievances),
        _known(history, "circuits", "contract_end", coming),
    )


def _known(history: History, table: str, field: str, value: T) -> Fact[T]:
    if history.gaps.get(table) is None:
        return Known(field, value)
    return Unknown(field, Say("{table} were not given, or not read whole", table=table))


def reasons(who: Standing, given: Given, vocabularies: Vocabularies) -> Iterator[tuple[Say | None, Fact[object]]]:
    """Each thing the card asks about: the reason it gives, None where it gives none, and the fact it rests on."""
    levels = vocabularies["warning_levels"]
    warning = who.warning.value
    high = bool(warning) and _rank(levels, str(warning)) <= _rank(levels, given.word("manager_from_warning"))
    yield (
        (Say("a warning of level {level} is in force", level=levels.worded(str(warning))) if high else None),
        who.warning,
    )
    days = given.number("looked_back")
    faults, grievances = _recent(who.faults, who, days), _recent(who.grievances, who, days)
    often = faults >= given.number("manager_from_faults")
    said = Counted("{n} fault within {days} days", "{n} faults within {days} days", n=faults, days=days)
    yield (said if often else None), who.faults
    complained = grievances >= given.number("manager_from_grievances")
    said = Counted("{n} grievance within {days} days", "{n} grievances within {days} days", n=grievances, days=days)
    yield (said if complained else None), who.grievances
    end, within = who.contract_end.value, timedelta(days=given.number("contract_ends_within"))
    soon = end is not None and end - who.as_of.date() <= within
    yield (Say("a contract ends on {day}", day=end) if soon else None), who.contract_end
    of_level = folded(who.level) in map(folded, given.words("manager_for_levels"))
    named = Say("customers of {level} are visited with the account manager",
                level=vocabularies["customer_levels"].worded(who.level))  # fmt: skip
    yield (named if of_level else None), Known("level", who.level)


def _rank(levels: Vocabulary, level: str) -> int:
    """Its place from the top; behind all others where the list does not have it."""
    rank = levels.rank(level)
    return len(levels.terms) if rank is None else rank


def _recent(moments: Fact[tuple[datetime, ...]], who: Standing, days: int) -> int:
    since = who.as_of - timedelta(days=days)
    return sum(at > since for at in moments.value or ())


@dataclass(frozen=True, slots=True)
class Leader:
    """The rank that has to lead at least, and what asks for it: a warning's or crisis's number."""

    rank: str
    because: Say


def leader(history: History, given: Given, vocabularies: Vocabularies) -> Leader | None:
    """The highest rank that a warning or crisis in force asks for (R25); None where nothing asks for one.

    A rank that the customer demands and the book's list does not have goes before all: a person has to place it.
    """
    ranks = vocabularies[leading.RANKS]
    alarms = [*map(warning_alarm, history.warnings), *map(crisis_alarm, history.crises)]
    found: dict[str, Alarm] = {}
    for alarm in alarms:
        if alarm.begun.value.at > history.now or alarm.over(history.now):
            continue
        if alarm.demanded_rank and ranks.term(alarm.demanded_rank) is None:
            return Leader(alarm.demanded_rank, Say("the customer demands it in {number}", number=alarm.number))
        rank = leading.leader(alarm, given, ranks)
        if rank is not None:
            found.setdefault(rank, alarm)
    highest = leading.highest(found, ranks)
    return Leader(highest, _asked_by(found[highest], vocabularies["warning_levels"])) if highest else None


def _asked_by(alarm: Alarm, levels: Vocabulary) -> Say:
    if alarm.level is None:
        return Say("crisis {number} is open", number=alarm.number)
    return Say("warning {number} of level {level} is in force",
               number=alarm.number, level=levels.worded(alarm.level))  # fmt: skip


@subject("engineers", extras=EXTRAS)
def standing_of_case(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Standing:
    """The customer an engineer is to visit, for the case tables; `fault_days` are days, `未知` is not given."""
    del tools
    assert cast("Engineer", row).name
    return Standing(
        instant(extras["as_of"]).at,
        extras.get("level", ""),
        _said("warning", extras, str),
        _said("fault_days", extras, _moments),
        _said("grievance_days", extras, _moments),
        _said("contract_end", extras, _day),
    )


def _said(key: str, extras: Mapping[str, str], read: Callable[[str], T]) -> Fact[T]:
    text = extras.get(key, "")
    if text == "未知":
        return Unknown(key, Say("{table} were not given, or not read whole", table=key))
    return Known(key, read(text))


def _day(text: str) -> date | None:
    return day(text) if text else None


def _moments(text: str) -> tuple[datetime, ...]:
    found: list[Instant] = [instant(each) for each in text.split()]
    return tuple(each.at for each in found)


@rule(RULE)
def account_manager_comes_along(who: Standing, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """Where the customer is under strain or of high rank the account manager makes the visit too (R30)."""
    asked = tuple(reasons(who, given, vocabularies))
    facts = tuple(fact for _, fact in asked)
    why = [reason for reason, _ in asked if reason is not None]
    if why:
        return Finding.of(True, Say("take the account manager along: {reasons}", reasons=why), *facts)
    if any(isinstance(fact, Unknown) for fact in facts):
        says = Say("whether the account manager has to come along cannot be said")
        return Finding.of(None, says, *facts)
    return Finding.not_applicable(Say("the account manager need not come along"), *facts)
