"""Rows of feedback as the ledger's events say them, and back: what was recorded once is not lost by an empty cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from aftersales_cli.records.columns import Source
from aftersales_cli.records.events import CaseEvent, Happened
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import BEIJING, FeedbackKind, Instant, Outcome

WANTED = ("kind", "customer_code", "task_no", "received_at", "text", "level", "start", "end", "circuit_codes")
"""What the customer said: the fields of the events `received` and `changed`."""
ANSWERED = {
    Happened.DECIDED: ("outcome",),
    Happened.REASON_GIVEN: ("unit_reason",),
    Happened.REPLIED: ("replied_at",),
}
"""What was made of it: the fields of the events that follow."""
LEDGER = "ledger"
"""The file that rows are of which only the ledger knows."""

Events = Mapping[str, tuple[CaseEvent, ...]]


def by_case(events: Iterable[CaseEvent]) -> Events:
    """The events of each case, by its folded number, in order."""
    found: dict[str, list[CaseEvent]] = {}
    for event in events:
        found.setdefault(folded(event.feedback_no), []).append(event)
    return {number: tuple(each) for number, each in found.items()}


def said(row: Feedback, fields: Iterable[str]) -> dict[str, Any]:
    """These fields of a row as JSON, empty ones left out."""
    found = {field: getattr(row, field) for field in fields}
    return {field: _plain(value) for field, value in found.items() if value is not None and value != ()}


def remembered(events: Iterable[CaseEvent]) -> Feedback | None:
    """The row that the events of one case tell of; None where none of them says what the customer wants."""
    known: dict[str, Any] = {}
    number = ""
    for event in events:
        number = number or event.feedback_no
        if event.event in (Happened.RECEIVED, Happened.CHANGED):
            known = {field: value for field, value in known.items() if field not in WANTED} | dict(event.said)
        elif event.event in ANSWERED:
            known |= event.said
    if "received_at" not in known:
        return None
    fields = {field: _READ.get(field, str)(value) for field, value in known.items()}
    return Feedback(feedback_no=number, source=Source(LEDGER), **fields)


def completed(row: Feedback, before: Feedback | None) -> Feedback:
    """The row, its empty cells filled with what the ledger knows: an empty cell takes nothing back (D3)."""
    if before is None:
        return row
    fields = (*WANTED, *(field for fields in ANSWERED.values() for field in fields))
    missing = {field: getattr(before, field) for field in fields if getattr(row, field) in (None, ())}
    return replace(row, **missing)


def _plain(value: object) -> object:
    match value:
        case Instant():
            return value.day.isoformat() if value.whole_day else value.at.isoformat()
        case FeedbackKind() | Outcome():
            return value.value
        case tuple():
            return list(value)
    return value


def _instant(said: str) -> Instant:
    at = datetime.fromisoformat(said)
    return Instant(at if at.tzinfo else at.replace(tzinfo=BEIJING), whole_day=len(said) == len("2011-06-08"))


_READ: Mapping[str, Any] = {
    "kind": FeedbackKind,
    "outcome": Outcome,
    "circuit_codes": tuple,
    **dict.fromkeys(("received_at", "replied_at", "start", "end"), _instant),
}
