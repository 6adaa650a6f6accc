"""Which column of a sheet is which field: headings, aliases, English headings and keys, folded (contract §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from aftersales_cli.records.columns import Cell, Column, Table
from aftersales_cli.records.folding import folded
from aftersales_cli.tables.sheet import Sheet
from aftersales_cli.words import Say

HEADER_ROWS = 50  # exports have up to 24 lines before the headings (A15)
_MARKS = re.compile(r"[*]|\(必填\)|\(required\)|\(选填\)|\(可选\)|\(optional\)")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading stands for: a field, or one part of it; `direct` where it is no alias."""

    key: str
    part: int | None
    direct: bool


@dataclass(frozen=True, slots=True)
class Found:
    """One field and where it stands: the indexes of its column, or of the columns of its parts, and their headings."""

    column: Column
    indexes: tuple[int, ...]
    headings: tuple[str, ...]


@dataclass(slots=True)
class Headings:
    """The headings of one row of a sheet (`row` counts from 0 within its rows; -1: keys of YAML or JSON).

    `width` counts columns up to the last heading. `unknown` and `unused` have (index, heading); `twice` has two
    columns that claim one field; `missing` the required headings that are not there.
    """

    row: int
    width: int
    found: list[Found] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    unused: list[tuple[int, str]] = field(default_factory=list)
    twice: list[tuple[int, int]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        """Every required heading is there."""
        return not self.missing


def best(sheet: Sheet, table: Table[Any]) -> Headings | None:
    """The row of headings: the first that fits best; None for a sheet without any known heading."""
    if sheet.keys is not None:
        return match(table, sheet.keys, -1)
    tried = [
        match(table, row, index)
        for index, row in enumerate(sheet.rows[:HEADER_ROWS])
        if sheet.is_text or sheet.numbers[index] <= HEADER_ROWS
    ]
    known = [headings for headings in tried if headings.found or headings.twice]
    return max(known, key=lambda headings: (headings.fits, len(headings.found), -headings.row), default=None)


def match(table: Table[Any], cells: Sequence[Cell], row: int) -> Headings:
    """What the cells of one row name, as headings of `table`."""
    names = spellings(table)
    claims: dict[tuple[str, int | None], list[tuple[int, Meaning]]] = {}
    made = Headings(row, 0)
    for index, cell in enumerate(cells):
        if not isinstance(cell, str) or not folded(cell):
            continue
        made.width = index + 1
        place = names.get(_folded(cell))
        if place is None:
            made.unknown.append((index, _written(cell)))
        else:
            claims.setdefault((place.key, place.part), []).append((index, place))
    at = {claim: _settled(claimed, made, cells) for claim, claimed in claims.items()}
    for column in table.columns:
        _take(column, at, cells, made)
    return made


def _settled(claimed: list[tuple[int, Meaning]], made: Headings, cells: Sequence[Cell]) -> int:
    """The one column of a field; an alias gives way to the heading itself, two equals are an error (B08)."""
    direct = [index for index, place in claimed if place.direct]
    if len(direct) == 1:
        made.unused += [(index, _written(cells[index])) for index, place in claimed if not place.direct]
        return direct[0]
    first, *others = direct or [index for index, _ in claimed]
    made.twice += [(first, other) for other in others]
    return first


def _take(column: Column, at: dict[tuple[str, int | None], int], cells: Sequence[Cell], made: Headings) -> None:
    whole = at.get((column.key, None))
    parts = [at.get((column.key, part)) for part in range(len(column.parts))]
    if whole is not None:
        made.found.append(Found(column, (whole,), (_written(cells[whole]),)))
        made.unused += [(index, _written(cells[index])) for index in parts if index is not None]
    elif parts and None not in parts:
        indexes = tuple(index for index in parts if index is not None)
        made.found.append(Found(column, indexes, tuple(_written(cells[index]) for index in indexes)))
    elif any(index is not None for index in parts):
        made.missing += [name for name, index in zip(column.parts, parts, strict=True) if index is None]
    elif column.required:
        made.missing.append(column.heading)


def spellings(table: Table[Any]) -> dict[str, Meaning]:
    """Every accepted spelling of a heading, folded, and what it stands for."""
    names: dict[str, Meaning] = {}
    for column in table.columns:
        for alias in column.aliases:
            names[_folded(alias)] = Meaning(column.key, None, False)
    for column in table.columns:
        for part, heading in enumerate(column.parts):
            names[_folded(heading)] = Meaning(column.key, part, True)
        for part, ending in enumerate(("_start", "_end") if len(column.parts) == 2 else ()):
            names[column.key + ending] = Meaning(column.key, part, True)
        for name in (column.english, column.key, column.heading):
            names[_folded(name)] = Meaning(column.key, None, True)
    return names


def nearest(table: Table[Any], heading: str) -> str | None:
    """The accepted heading most like an unknown one."""
    names = [name for c in table.columns for name in (c.heading, *c.aliases, *c.parts, c.english, c.key)]
    near = get_close_matches(_written(heading), names, 1, 0.6)
    return near[0] if near else None


def likely(table: Table[Any], headings: Headings) -> Say | None:
    """Where a required heading is missing: what was perhaps meant by an unknown one (C08)."""
    for _, heading in headings.unknown:
        near = nearest(table, heading)
        if near:
            return Say("did you mean “{near}” by “{heading}”?", near=near, heading=heading)
    return None


def _folded(heading: str) -> str:
    return _MARKS.sub("", folded(heading))


def _written(cell: Cell) -> str:
    return " ".join(str(cell).split())
