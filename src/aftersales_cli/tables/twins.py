"""Rows that share what must be unique are no records: none of them can be trusted (D09)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from aftersales_cli.files.shelf import Shelf
from aftersales_cli.places import Problem, shortened
from aftersales_cli.records.columns import Broken, Row, Table
from aftersales_cli.records.folding import folded
from aftersales_cli.tables.binding import Bound
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)


def refuse_twins(table: Table[R], key: str, total: Bound[R]) -> None:
    """Take rows that share their value of `key` from the records to the broken ones, a problem for each."""
    counts = Counter(_unique(row, key) for row in _every(total))
    groups: dict[str, list[R | Broken]] = {value: [] for value, n in counts.items() if n > 1 and value}
    if not groups:
        return
    for row in _every(total):
        _group(groups, row, key).append(row)
    total.problems += [_twin(table, key, row, group) for row in total.broken if (group := _group(groups, row, key))]
    single: list[R] | Shelf[R] = type(total.records)()
    for record in total.records:
        group = _group(groups, record, key)
        if not group:
            single.append(record)
            continue
        problem = _twin(table, key, record, group)
        total.problems.append(problem)
        values = {column.key: getattr(record, column.key) for column in table.columns}
        total.broken.append(Broken(values, {key: problem}, record.source))
    total.records = single


def _every(total: Bound[R]) -> Iterator[R | Broken]:
    yield from total.records
    yield from total.broken


def _unique(row: Row | Broken, key: str) -> str:
    """What no other row may have; empty where the row has nothing there."""
    value = row.value(key)
    return "" if value is None or value == () else folded(str(value))


def _group(groups: Mapping[str, list[R | Broken]], row: R | Broken, key: str) -> list[R | Broken]:
    """The rows that share the row's value, itself among them; none where it has its own."""
    return groups.get(_unique(row, key), [])


def _twin(table: Table[R], key: str, record: R | Broken, group: list[R | Broken]) -> Problem:
    others = [str(replace(other.place(key), heading=None)) for other in group if other.source != record.source]
    value = str(record.fact(key).value)
    message = Say("“{value}” stands in another row as well: {others}", value=shortened(value), others=others)
    noun = table.identity[0] if table.identity else "row"
    return Problem(message, record.place(key), key, value, Say("keep one of the rows"), (f"{noun} {value}",))
