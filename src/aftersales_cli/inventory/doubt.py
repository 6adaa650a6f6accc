"""Rows that cannot be read: those SQL suspects, those Python finds broken, those DuckDB could not split into cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from aftersales_cli.inventory import lines
from aftersales_cli.inventory.folding import RESOURCE
from aftersales_cli.inventory.sources import Connection, Source, literal
from aftersales_cli.records.columns import Table
from aftersales_cli.records.folding import cleaned
from aftersales_cli.records.routes import SPELLINGS, Path
from aftersales_cli.tables import delimited
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

_VISIBLE = re.compile("[!-&(-<>-~\u4e00-\u9fff]")  # no blank begins so, nor what exporters wrap


class OtherEncoding(Exception):  # noqa: N818 - it says what was found
    """A text that began like UTF-8 is not."""


def suspected(table: Table[Any], at: Mapping[str, int], source: Source, key: str) -> str:
    """Where a row may be broken: a required cell that may be blank, or a path that is none of the usual words.

    The `key` itself needs no test: where it is blank it has no key.
    """
    asked = [column.key for column in table.columns if column.required and column.key not in {key, "path"}]
    tests = [_maybe_blank(source.columns[at[name]]) for name in asked]
    if "path" in at:
        # a list for IN would become a join, and a join gives rows out of order; the commonest words first
        usual = " ".join(f"WHEN {literal(word)} THEN false" for word in dict.fromkeys((*Path, *SPELLINGS)))
        tests.append(f"CASE {source.columns[at['path']]} {usual} ELSE true END")
    return " OR ".join(tests)


def _maybe_blank(column: str) -> str:
    """Blank cells begin with a blank; so do few others (texts compare by their bytes)."""
    wrapped = f"""{column} = '=""' OR starts_with({column}, '=" ')"""
    seen = f"{column} >= '\u4e00' AND {column} < '\ufe00' OR {column} >= '!' AND {column} < chr(127)"
    return f"NOT coalesce({seen}, false) OR {wrapped}"


def judge(table: Table[Any], at: Mapping[str, int]) -> Callable[[Sequence[str]], bool]:
    """Tells of a row whether a required cell is blank, or the path no path; other cells only where it is wanted."""
    required = [at[column.key] for column in table.columns if column.required and column.key != "path"]
    path = at.get("path")

    def broken(row: Sequence[str]) -> bool:
        if path is not None and row[path] not in SPELLINGS and not _is_path(row[path]):
            return True
        return any(not _VISIBLE.match(row[index]) and _is_blank(row[index]) for index in required)

    return broken


def _is_path(cell: str) -> bool:
    return RESOURCE.python(delimited.unwrapped(cell)) in SPELLINGS


def _is_blank(cell: str) -> bool:
    return not cleaned(delimited.unwrapped(cell))


def rejected(connection: Connection, source: Source) -> Iterator[tuple[int, list[str]]]:
    """The rows with too few or too many cells and their lines, as they stand in the file.

    Raises `Unreadable` where more is wrong, such as a quotation mark that stays open: what follows it was swallowed.
    """
    assert source.text is not None
    found = connection.execute(
        "SELECT line_byte_position, error_type, csv_line FROM reject_errors ORDER BY line_byte_position"
    ).fetchall()
    first = {at: (kind, text) for at, kind, text in reversed(found)}
    places = sorted(first)
    numbers = lines.lines_at(source.text, [at - 1 for at in places])
    for number, (kind, text) in zip(numbers, map(first.__getitem__, places), strict=True):
        if kind == "INVALID ENCODING" and source.guessed:
            raise OtherEncoding
        if kind not in {"MISSING COLUMNS", "TOO MANY COLUMNS"}:
            raise _verdict(kind, text, number, source)
        yield number, next(csv.reader([text], delimiter=source.mark), [])


def _verdict(kind: str, text: str, line: int, source: Source) -> Unreadable:
    if kind == "INVALID ENCODING":
        message = Say("line {line} is no {encoding} text", line=line, encoding=source.encoding.upper())
        return Unreadable(message, Say("name the encoding with --encoding"), line=line)
    if kind == "LINE SIZE OVER MAXIMUM" or "\n" in text.rstrip("\r\n"):
        message = Say("a quotation mark opened in line {line} is not closed", line=line)
        return Unreadable(message, Say("close it, or write a quotation mark inside quotes twice"), line=line)
    return Unreadable(Say("line {line} cannot be read as a row: {what}", line=line, what=kind.lower()), line=line)
