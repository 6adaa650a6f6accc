"""The one sheet of a file that holds a table, and what is said where none does or its headings cannot be used."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from aftersales_cli.places import shortened
from aftersales_cli.records.columns import Table
from aftersales_cli.tables import headings as heads
from aftersales_cli.tables.headings import Headings
from aftersales_cli.tables.sheet import Sheet, column_letter
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say


def fitting_sheet(sheets: list[Sheet], hidden: list[str], table: Table[Any]) -> tuple[Sheet, Headings]:
    """The one sheet that has all required headings; hidden ones only where named (A14).

    `Unreadable` where there is none or are several, or where its headings cannot be used.
    """
    tried = [(sheet, heads.best(sheet, table)) for sheet in sheets]
    fitting = [(sheet, headings) for sheet, headings in tried if headings is not None and headings.fits]
    if len(fitting) == 1:
        _refuse_double(*fitting[0])
        _refuse_uncells(*fitting[0])
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
