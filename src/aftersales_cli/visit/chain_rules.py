"""VIS-01, VIS-02 and VIS-12: the monthly visit, the first one on site, the branches that join (R22–R24, D2, D7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.visit.sampling import CHAIN_EXTRAS, chain_of_row
from aftersales_cli.visit.warned import Chain, next_day
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.counting import Due
from aftersales_cli.workdays.showing import not_published

MONTHLY, FIRST, JOINING = "VIS-01", "VIS-02", "VIS-12"
"""The cards of the three kinds of obligation."""


@subject("warnings", extras=CHAIN_EXTRAS)
def chain_of_warning(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Chain:
    """The chain of one warning of a case table at one place; see `sampling.py` for what stands beside the table."""
    return chain_of_row(row, extras, tools)


@rule(MONTHLY)
def visited_every_month(chain: Chain, given: Given) -> Finding:
    """While a warning is valid, each place sees its customer at least monthly (R22)."""
    if not listed(chain, given):
        return _other_level(chain)
    due = monthly_day(chain, given)
    ended = _ended(chain, due)
    if ended is not None:
        return ended
    if chain.now.date() > due:
        says = Say("the last visit on site was {since}, the next was due {due}", since=chain.since.value, due=due)
        if not chain.visits:
            says = Say("nobody has been on site since {since}; a visit was due {due}", since=chain.since.value, due=due)
        return _breached(chain, says, chain.since, unread=chain.unread_after(_before_next(chain)))
    if chain.visits:
        says = Say("visited {since}, the next visit is due {due}", since=chain.since.value, due=due)
        return Finding.of(True, says, chain.since)
    return _waiting(Say("a visit on site is due {due}", due=due), chain)


@rule(FIRST)
def visited_at_once(chain: Chain, given: Given, *, workdays: Workdays) -> Finding:
    """A newly warned customer is seen on site within two working days of the warning (R24)."""
    if not listed(chain, given):
        return _other_level(chain)
    return _once(chain, first_due(chain, given, workdays), workdays, Say("on site"))


@rule(JOINING)
def branches_join(chain: Chain, given: Given, *, workdays: Workdays) -> Finding:
    """Where a measure calls another branch in, that branch sees the customer, too (R23)."""
    for words in ("visit_words", "branch_words"):
        given.words(words)
    if not chain.joining:
        return Finding.not_applicable(Say("no measure calls this branch in"))
    return _once(chain, joining_due(chain, given, workdays), workdays, Say("by the branch"))


def _before_next(chain: Chain) -> date:
    """A visit that may be the next of the chain is of a later day: after the last one, or of the issue's day on."""
    return chain.since.value if chain.visits else chain.since.value - timedelta(days=1)


def listed(chain: Chain, given: Given) -> bool:
    """Whether the card speaks of this level; of a crisis it always does."""
    levels = given.words("levels")
    return chain.alarm.level is None or chain.alarm.level in levels


def monthly_day(chain: Chain, given: Given) -> date:
    """By when the next visit of the chain has to be made (D7)."""
    return next_day(chain.since.value, given.number("interval"))


def first_due(chain: Chain, given: Given, workdays: Workdays) -> Due:
    """By when the first visit on site has to be made (D2): a range where a calendar is not published."""
    return within(given.lead("first_within"), chain.alarm.begun.value.day, workdays)


def joining_due(chain: Chain, given: Given, workdays: Workdays) -> Due:
    """By when another branch has to have joined."""
    return within(given.lead("join_within"), chain.alarm.begun.value.day, workdays)


def within(lead: Lead, day: date, workdays: Workdays) -> Due:
    """So long after a day, which does not count itself; hours are counted in whole days, begun ones too."""
    if lead.unit is LeadUnit.WORKING_DAYS:
        return workdays.due(day, lead.amount)
    days = lead.amount if lead.unit is LeadUnit.DAYS else -(-lead.amount // 24)
    return Due(day + timedelta(days=days), day + timedelta(days=days))


def passed(due: Due, day: date) -> bool | None:
    """Whether that day is too late; None where only a calendar that is not published can tell."""
    if day <= due.no_earlier_than:
        return False
    return True if due.no_later_than is not None and day > due.no_later_than else None


def _once(chain: Chain, due: Due, workdays: Workdays, how: Say) -> Finding:
    """One visit by a day: made in time, made late, owed, overdue."""
    ended = _ended(chain, due.no_earlier_than) if not chain.visits else None
    if ended is not None:
        return ended
    day = chain.visits[0].date if chain.visits else chain.now.date()
    late = passed(due, day)
    by = _by(due)
    if late is None:
        years = workdays.unpublished(chain.alarm.begun.value.day, day + timedelta(days=1))
        unknown = Unknown("calendar", not_published(years))
        says = Say("whether {day} is in time is open: a visit {how} is due {due}", day=day, how=how, due=by)
        return Finding.of(None, says, chain.issued_at, missing=[unknown])
    if not chain.visits:
        if late:
            says = Say("no visit {how} yet; it was due {due}", how=how, due=by)
            return _breached(chain, says, chain.issued_at)
        return _waiting(Say("a visit {how} is due {due}", how=how, due=by), chain)
    seen: Fact[date] = Known("date", day, chain.visits[0].place("date"))
    if late:
        says = Say("the first visit {how} was {day}, too late: it was due {due}", how=how, day=day, due=by)
        return _breached(chain, says, chain.issued_at, seen)
    says = Say("the first visit {how} was {day}; it was due {due}", how=how, day=day, due=by)
    return Finding.of(True, says, chain.issued_at, seen)


def _by(due: Due) -> Say:
    if due.by is not None:
        return Say("{due}", due=due.by)
    return Say("{due} at the earliest", due=due.no_earlier_than)


def _breached(chain: Chain, says: Say, *facts: Fact[Any], unread: Sequence[Unknown] | None = None) -> Finding:
    """Nobody can say so where a visit of `unread` (if not given, all that may be the chain's) may have been in time."""
    may_be = tuple(each.unknown for each in chain.unread) if unread is None else unread
    if not may_be:
        return Finding.of(False, says, *facts)
    text = Say("{says}; but there may have been one: {which}", says=says, which=[each.why for each in may_be])
    return Finding.of(None, text, *facts, missing=may_be)


def _waiting(says: Say, chain: Chain) -> Finding:
    unmade = Unknown("visit", Say("no visit is recorded"))
    return Finding.of(None, says, chain.issued_at, missing=[unmade])


def _ended(chain: Chain, due: date) -> Finding | None:
    if chain.over:
        says = Say("the chain ended {when}", when=chain.alarm.last_day)
        return Finding.not_applicable(says, chain.issued_at)
    if chain.outlived(due):
        says = Say("nothing more is due: it ends {when}, before {due}", when=chain.alarm.last_day, due=due)
        return Finding.not_applicable(says, chain.issued_at)
    return None


def _other_level(chain: Chain) -> Finding:
    says = Say("level {level} asks for no such visits", level=chain.alarm.level)
    return Finding.not_applicable(says, chain.alarm.row.fact("level"))
