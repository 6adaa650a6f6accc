"""Files → records: opens each input in the confined process, finds the sheet and its headings, binds the rows."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from aftersales_cli.errors import Exit, worst
from aftersales_cli.files.confined import Confined, ConfinedError
from aftersales_cli.files.shelf import Shelf
from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.records.columns import Broken, Row, Table
from aftersales_cli.records.folding import folded
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables import headings as heads
from aftersales_cli.tables.binding import Bound, bind
from aftersales_cli.tables.headings import Headings
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.notes import hidden_values, unknown_headings
from aftersales_cli.tables.sheet import Sheet, column_letter
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
OPENER = "aftersales_cli.tables.opening"
"""The module that a `Confined` may preload while the run does other things."""
STDIN = "-"


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
        _refuse_twins(table, table.unique, total)
    stop = worst(*codes) if codes else None
    records = tuple(total.records) if shelf is None else total.records
    return Read(records, tuple(total.broken), tuple(total.problems), total.rows, tuple(failed), stop)


@contextmanager
def no_collection() -> Iterator[None]:
    """For work that keeps what it makes: rows are made by the hundred thousand and none is garbage.

    Looking for cycles would take a third of the time.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


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
    sheet, headings = _fitting(sheets, answer["hidden"], table)
    _refuse_double(sheet, headings)
    _refuse_uncells(sheet, headings)
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


def _fitting(sheets: list[Sheet], hidden: list[str], table: Table[Any]) -> tuple[Sheet, Headings]:
    """The one sheet that has all required headings; hidden ones only where named (A14)."""
    tried = [(sheet, heads.best(sheet, table)) for sheet in sheets]
    fitting = [(sheet, headings) for sheet, headings in tried if headings is not None and headings.fits]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = [sheet.name for sheet, _ in fitting]
        message = Say("several sheets hold {table}: {sheets}", table=table.heading, sheets=list(map(str, names)))
        raise Unreadable(message, Say("keep one of them, or hide the others"))
    raise _no_headings(tried, hidden, table)


def _no_headings(tried: list[tuple[Sheet, Headings | None]], hidden: list[str], table: Table[Any]) -> Unreadable:
    known = [(sheet, headings) for sheet, headings in tried if headings is not None]
    if not known:
        return _nothing_known([sheet for sheet, _ in tried], hidden, table)
    sheet, headings = max(known, key=lambda pair: len(pair[1].found))
    shown = list(_shown(sheet, headings))
    hint = heads.likely(table, headings) or _form(table)
    if headings.row < 0 and not sheet.is_text:
        message = Say("required headings are missing: {missing}; found: {found}", missing=headings.missing, found=shown)
        return Unreadable(message, hint)
    where = sheet.numbers[headings.row] if headings.row >= 0 else 1
    message = Say(
        "required headings are missing: {missing}; found in row {row}: {found}",
        missing=headings.missing,
        row=where,
        found=shown,
    )
    return Unreadable(message, hint, line=where if sheet.is_text else None)


def _shown(sheet: Sheet, headings: Headings) -> list[str]:
    cells = sheet.keys if headings.row < 0 else sheet.rows[headings.row]
    return [shortened(str(cell), 20) for cell in cells or () if cell != ""][:30]


def _nothing_known(sheets: list[Sheet], hidden: list[str], table: Table[Any]) -> Unreadable:
    first = next(column.heading for column in table.columns if column.required)
    if len(sheets) == 1 and sheets[0].name is None:
        line = next((" ".join(map(str, row)) for row in sheets[0].rows), "")
        hint = Say(
            "if its first line looks garbled, name the encoding with --encoding: {line}; in another it reads: {other}",
            line=shortened(line),
            other=shortened(_otherwise(line)),
        )
        return Unreadable(
            Say("no heading {heading} in the first {rows} rows", heading=first, rows=heads.HEADER_ROWS), hint
        )
    message = Say("no sheet has the heading {heading} in its first {rows} rows", heading=first, rows=heads.HEADER_ROWS)
    names = [str(sheet.name) for sheet in sheets]
    if hidden:
        hint = Say("its sheets are {sheets}; hidden: {hidden}", sheets=names, hidden=hidden)
        return Unreadable(message, hint)
    return Unreadable(message, Say("its sheets are {sheets}; “aftersales forms {table}” writes an empty form",
                                   sheets=names, table=table.key))  # fmt: skip


def _otherwise(line: str) -> str:
    """A line that was read in GB18030 as it reads in UTF-8 or Big5, else one read in UTF-8 as it reads in GB18030."""
    for encoding in ("utf-8", "big5"):
        with suppress(UnicodeError):
            return line.encode("gb18030").decode(encoding)
    return line.encode("utf-8", "surrogatepass").decode("gb18030", "backslashreplace")


def _form(table: Table[Any]) -> Say:
    return Say("“aftersales forms {table}” writes an empty form", table=table.key)


def _refuse_double(sheet: Sheet, headings: Headings) -> None:
    if not headings.twice:
        return
    first, second = headings.twice[0]
    cells = sheet.keys if headings.row < 0 else sheet.rows[headings.row]
    assert cells is not None
    message = Say(
        "columns {first} ({one}) and {second} ({other}) are the same field",
        first=column_letter(first), one=cells[first], second=column_letter(second), other=cells[second],
    )  # fmt: skip
    line = sheet.numbers[headings.row] if sheet.is_text and headings.row >= 0 else None
    raise Unreadable(message, Say("keep the one that is right"), line=line)


def _refuse_uncells(sheet: Sheet, headings: Headings) -> None:
    """Columns that no cell can be hold the file back only where they are read."""
    for found in headings.found:
        for index, heading in zip(found.indexes, found.headings, strict=True):
            if index in sheet.uncells:
                message = Say(
                    "the column {heading} is no column of texts, numbers or times, but of type {type}",
                    heading=heading,
                    type=shortened(sheet.uncells[index]),
                )
                raise Unreadable(message, Say("write it as a column of texts, or leave it out"))


def _refuse_twins(table: Table[R], key: str, total: Bound[R]) -> None:
    """Rows that share what must be unique are no records: none of them can be trusted (D09)."""
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
