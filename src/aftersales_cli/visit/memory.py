"""Visits as the ledger keeps them, and back: what was recorded once is not lost by an empty cell or a missing row."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from aftersales_cli.records.columns import Source
from aftersales_cli.records.events import Visited
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Action, Manner, VisitKind
from aftersales_cli.records.visits import Visit

LEDGER = "ledger"
"""The file that visits are of which only the ledger knows."""
WRITTEN = "corrections"
"""Beside the fields of a record in the ledger: the corrections that went to the CRM with it, as field and new value."""
FIELDS = tuple(column.key for column in Visit.TABLE.columns)


def said(row: Visit) -> dict[str, Any]:
    """A row's fields as JSON, empty ones left out."""
    found = {field: row.value(field) for field in FIELDS}
    return {field: _plain(value) for field, value in found.items() if value is not None and value != ()}


def remembered(events: Iterable[Visited]) -> dict[str, Visit]:
    """The visits that the ledger knows, by folded number, each as its records together say."""
    known: dict[str, dict[str, Any]] = {}
    for event in events:
        known.setdefault(folded(event.visit_no), {}).update(event.said)
    return {number: _row(fields) for number, fields in known.items()}


def written(events: Iterable[Visited]) -> frozenset[tuple[str, str, str]]:
    """The corrections that went to the CRM already: folded visit number, field and folded new value."""
    return frozenset(
        (folded(event.visit_no), each["field"], folded(each["new"]))
        for event in events
        for each in event.said.get(WRITTEN, ())
    )


def last_written(events: Iterable[Visited]) -> dict[tuple[str, str], tuple[str, str]]:
    """What the CRM was told last, by folded customer and field: folded visit number and folded value (R84)."""
    return {
        (folded(event.customer_code), each["field"]): (folded(event.visit_no), folded(each["new"]))
        for event in events
        for each in event.said.get(WRITTEN, ())
    }


def completed(row: Visit, before: Visit | None) -> Visit:
    """The row, its empty cells filled with what the ledger knows: an empty cell takes nothing back (D3)."""
    if before is None:
        return row
    missing = {field: before.value(field) for field in FIELDS if row.value(field) in (None, ())}
    return dataclasses.replace(row, **missing) if missing else row


def _row(fields: Mapping[str, Any]) -> Visit:
    read = {field: _READ.get(field, _same)(value) for field, value in fields.items() if field in FIELDS}
    return Visit(source=Source(LEDGER), **read)


def _plain(value: object) -> object:
    match value:
        case date():
            return value.isoformat()
        case VisitKind() | Manner():
            return value.value
        case tuple():
            return [_plain(each) for each in value]
        case Action():
            return {"text": value.text, "owner": value.owner, "due": value.due and value.due.isoformat()}
    return value


def _same(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _actions(value: Iterable[Mapping[str, Any]]) -> tuple[Action, ...]:
    return tuple(
        Action(each["text"], each["owner"], date.fromisoformat(each["due"]) if each["due"] else None) for each in value
    )


_READ: Mapping[str, Any] = {
    "kind": VisitKind,
    "manner": Manner,
    "next_manner": Manner,
    "date": date.fromisoformat,
    "next_on": date.fromisoformat,
    "actions": _actions,
}
