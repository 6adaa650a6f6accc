"""Files → records: opens each input in the confined process, chooses the sheet, binds its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from aftersales_cli.errors import Exit, worst
from aftersales_cli.files.confined import Confined, ConfinedError
from aftersales_cli.files.garbage import no_collection
from aftersales_cli.files.shelf import Shelf
from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.records.columns import Broken, Row, Table
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables.binding import Bound, bind
from aftersales_cli.tables.choosing import fitting_sheet
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.notes import hidden_values, unknown_headings
from aftersales_cli.tables.sheet import Sheet
from aftersales_cli.tables.twins import refuse_twins
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
OPENER = "aftersales_cli.tables.opening"
"""The module that a `Confined` may preload while the run does other things."""


@dataclass(frozen=True, slots=True)
class Input:
    """One file of a table: its name as the user wrote it and its absolute path; or `data`, the bytes of stdin (CSV)."""

    table: str
    name: str
    path: Path | None = None
    data: bytes | None = None
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Read(Generic[R]):
    """All rows of a table. `rows` counts data rows seen; `failed` names inputs that gave none at all.

    `stop` is the exit code (65, 66) for a run that has nothing else to go on; None where every input gave rows.
    """

    records: Sequence[R] = ()
    broken: tuple[Broken, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: int = 0
    failed: tuple[str, ...] = ()
    stop: Exit | None = None

    @property
    def complete(self) -> bool:
        """Every input was read completely: no file failed, no row is broken (D6)."""
        return not self.failed and not any(p.severity is Severity.ERROR for p in self.problems)


def read_table(
    inputs: Sequence[Input],
    table: Table[R],
    *,
    confined: Confined,
    vocabularies: Vocabularies,
    limits: Limits | None = None,
    aside: bool = False,
) -> Read[R]:
    """Read every input of one table. Nothing is raised for what is wrong in a file; it is in `problems`.

    `aside`: the records are on a `Shelf`, for a run that goes through them in order and may have no room for all.
    """
    shelf: Shelf[R] | None = Shelf() if aside else None
    total: Bound[R] = Bound() if shelf is None else Bound(shelf)
    failed: list[str] = []
    codes: list[Exit] = []
    for each in inputs:
        try:
            with no_collection():
                bound = _read(each, table, confined, vocabularies, limits or Limits(), shelf)
        except Unreadable as error:
            failed.append(each.name)
            codes.append(error.code)
            total.problems.append(_problem(each, error))
            continue
        if shelf is None:
            total.records.extend(bound.records)
        total.broken += bound.broken
        total.problems += bound.problems
        total.rows += bound.rows
    if table.unique:
        refuse_twins(table, table.unique, total)
    stop = worst(*codes) if codes else None
    records = tuple(total.records) if shelf is None else total.records
    return Read(records, tuple(total.broken), tuple(total.problems), total.rows, tuple(failed), stop)


def _read(
    each: Input,
    table: Table[R],
    confined: Confined,
    vocabularies: Vocabularies,
    limits: Limits,
    aside: Shelf[R] | None,
) -> Bound[R]:
    answer = _opened(each, table, confined, limits)
    sheets = [Sheet.of(data) for data in answer["sheets"]]
    sheet, headings = fitting_sheet(sheets, answer["hidden"], table)
    bound = bind(sheet, headings, table, file=each.name, vocabularies=vocabularies, aside=aside)
    if bound.rows == 0:
        raise Unreadable(Say("there are headings and no rows below them"), Say("is this the right file?"))
    said = (Say(text, **values) for text, values in answer["notes"])
    notes = [Problem(note, Place(each.name), severity=Severity.CAUTION) for note in said]
    hidden = hidden_values(sheet, headings, each.name)
    bound.problems[:0] = notes + unknown_headings(sheet, headings, table, each.name) + hidden
    return bound


def _opened(each: Input, table: Table[Any], confined: Confined, limits: Limits) -> dict[str, Any]:
    source: str | bytes = each.data if each.data is not None else str(each.path or each.name)
    plain = limits.plain(big=table.big)
    names = (table.key, table.heading)
    try:
        answer = confined.call(f"{OPENER}:open_table", source, each.name, each.encoding, each.sheet, names, plain)
    except ConfinedError as error:
        hint = Say("open it in Excel or WPS, copy the table into a new workbook and save that")
        raise Unreadable(error.reason, hint) from None
    if "unreadable" in answer:
        raise Unreadable.of(answer["unreadable"])
    found: dict[str, Any] = answer
    return found


def _problem(each: Input, error: Unreadable) -> Problem:
    place = Place(each.name, line=error.line)
    found = shortened(error.found) if error.found else None
    return Problem(error.message, place, None, found, error.hint, (each.table,))
