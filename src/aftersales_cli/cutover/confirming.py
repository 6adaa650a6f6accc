"""REC-1: a notice that went out is confirmed by its customer in good time (R11, R12, D3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import cast

from aftersales_cli.places import Fact, Known
from aftersales_cli.records import moments
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import BEIJING, Instant, InstantOrWord, Lead, LeadUnit
from aftersales_cli.rules.decision import Evidence, Finding, Verdict
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

RULE = "REC-1"
WITHIN = "within"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A notice at the moment `now`, and what its receipts say, in any order: when it was delivered, or 未送达."""

    issued_at: datetime
    window_start: datetime
    now: datetime
    said: tuple[Fact[InstantOrWord], ...] = ()

    @property
    def delivered(self) -> Known[Instant] | None:
        """The earliest delivery; of several the one that counts (D4)."""
        found = [Known(f.field, f.value, f.place) for f in self.said if isinstance(f.value, Instant)]
        return min(found, key=lambda fact: fact.value, default=None)


@dataclass(frozen=True, slots=True)
class DueBy:
    """From when on a receipt is overdue: `certain` whatever unpublished years bring, `possible` at the earliest.

    `certain` is None where unpublished years set no bound; both are never later than the window's start.
    """

    possible: datetime
    certain: datetime | None


def due_by(awaited: Awaited, within: Lead, workdays: Workdays) -> DueBy:
    """By when a receipt has to be in: the end of the n-th day after the day of issue (D2), or so many hours after."""
    issued, start = awaited.issued_at, awaited.window_start
    match within.unit:
        case LeadUnit.HOURS:
            possible = certain = issued + timedelta(hours=within.amount)
        case LeadUnit.DAYS:
            possible = certain = _end(issued + within.amount * DAY)
        case LeadUnit.WORKING_DAYS:
            due = workdays.due(issued.date(), within.amount)
            possible = _end(datetime.combine(due.no_earlier_than, time()))
            if due.no_later_than is None:
                return DueBy(min(possible, start), start if possible >= start else None)
            certain = _end(datetime.combine(due.no_later_than, time()))
    return DueBy(min(possible, start), min(certain, start))


def _end(day: datetime) -> datetime:
    return datetime.combine(day.date() + DAY, time(), BEIJING)


@rule(RULE)
def confirmed_in_good_time(awaited: Awaited, given: Given, *, workdays: Workdays) -> Finding:
    """The customer's confirmation is in before it is due; until then the rule does not speak."""
    due = due_by(awaited, given.lead(WITHIN), workdays)
    issued: Fact[datetime] = Known("issued_at", awaited.issued_at)
    delivered = awaited.delivered
    if delivered is not None:
        late = due.certain is not None and delivered.value.at >= due.certain
        cautions = [Say("delivered after it was due ({due})", due=due.certain)] if late else []
        says = Say("delivered {at}", at=delivered.value)
        return Finding.of(True, says, issued, delivered, cautions=cautions)
    if awaited.now < due.possible:
        return Finding.not_applicable(Say("there is time until {due}", due=due.possible), issued, *awaited.said)
    if due.certain is not None and awaited.now >= due.certain:
        says = Say("no receipt says that it was delivered; one was due by {due}", due=due.certain)
        return Finding.of(False, says, issued, *awaited.said)
    says = Say("no receipt says that it was delivered; unpublished days decide whether one is due")
    return Finding(Verdict.NEEDS_A_PERSON, says, (Evidence.of(issued),))


@subject("receipts", extras=("issued_at", "window", "as_of"))
def awaited_of_case(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Awaited:
    """The notice a receipt belongs to, issued at `issued_at` for `window`, as it stands at `as_of` (else at its start).

    A case without `delivered_at` has no receipt.
    """
    del tools
    made, window = cast("Receipt | Broken", row), moments.window(extras["window"])
    now = moments.instant(extras["as_of"]).at if "as_of" in extras else window.start
    said = made.fact("delivered_at")
    return Awaited(
        moments.instant(extras["issued_at"]).at, window.start, now, (said,) if isinstance(said, Known) else ()
    )
