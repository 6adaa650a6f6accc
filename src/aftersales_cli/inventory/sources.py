"""One big file as DuckDB reads it: every column as text, its headings found as in small tables. In the confined child.

A text that is not UTF-8, or whose line ends are not alike, is rewritten while streaming into the run's temporary
folder; its lines keep their numbers.
"""

from __future__ import annotations

import codecs
import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from aftersales_cli.records.columns import Table
from aftersales_cli.tables import delimited, headings
from aftersales_cli.tables.sheet import Sheet
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

HEAD = 1 << 20
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_TAIL = 1_000  # lines: below the last row there may be some that hold separators only
_MOST_REJECTED = 100_000
_LONGEST_LINE = 4_000_000
_ENCODING_HINT = Say("name the encoding with --encoding, such as --encoding gb18030 or --encoding utf-8")


class Connection(Protocol):
    """What is used of a DuckDB connection."""

    def execute(self, query: str, parameters: object = None) -> Any:
        """Run one statement."""
        ...


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ask: `sql` is what to select from, `columns` the expression of each of its columns as text.

    `names` are the cells of its heading row, which stands in `line` (0 for Parquet, which has none). `text` is the
    UTF-8 file behind a CSV, `mark` its separator, `guessed` says that its encoding was.
    """

    sql: str
    columns: tuple[str, ...]
    names: tuple[str, ...]
    number: str | None = None
    line: int = 0
    text: Path | None = None
    mark: str = ","
    guessed: bool = False
    encoding: str = "utf-8"


def literal(text: object) -> str:
    """A text as SQL writes it."""
    return "'" + str(text).replace("'", "''") + "'"


def parquet(connection: Connection, path: Path) -> Source:
    """A Parquet file; its rows are numbered from 1. `Unreadable` where it has none: an export that failed."""
    sql = f"read_parquet({literal(path)}, file_row_number = true)"
    described = connection.execute(f"DESCRIBE FROM read_parquet({literal(path)})").fetchall()
    names = tuple(str(row[0]) for row in described)
    if connection.execute(f"FROM read_parquet({literal(path)}) LIMIT 1").fetchone() is None:
        raise Unreadable(Say("there are headings and no rows below them"), Say("is this the right file?"))
    quoted = ['"' + name.replace('"', '""') + '"' for name in names]
    texts = [name if row[1] == "VARCHAR" else f"CAST({name} AS VARCHAR)" for name, row in zip(quoted, described,
                                                                                             strict=True)]  # fmt: skip
    return Source(sql, tuple(texts), names, number="file_row_number + 1")


def text(path: Path, folder: Path, table: Table[Any], encoding: str | None) -> Source:
    """A CSV file of any encoding; `Unreadable` where its encoding or headings cannot be made out."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Unreadable(Say("the file is empty (0 bytes)"), Say("get it again: it has not arrived whole"))
    named = encoding or delimited.encoding_of(head[: head.rfind(b"\n") + 1] or head)
    plain = codecs.lookup(named).name in {"utf-8", "utf-8-sig", "ascii"}
    readable = path if plain and not _LONE_RETURN.search(head[:-1]) else rewritten(path, folder, named)
    return _described(readable, table, guessed=encoding is None and plain, encoding=named)


def last_cell(connection: Connection, source: Source, at: int) -> str | None:
    """One cell of the last row; None where a text ends in what is no plain row."""
    if source.text is None:
        rows = f"(SELECT count(*) FROM {source.sql})"  # noqa: S608 - quoted names, as below
        query = f"SELECT {source.columns[at]} FROM {source.sql} WHERE {source.number} = {rows}"  # noqa: S608
        found = connection.execute(query).fetchone()
        return str(found[0] or "") if found else None
    with source.text.open("rb") as file:
        file.seek(max(0, source.text.stat().st_size - HEAD))
        end = file.read().decode("utf-8", errors="replace").splitlines()
    for line in reversed(end[-_TAIL:]):
        cells = next(csv.reader([line], delimiter=source.mark), [])
        if any(cells):
            return cells[at] if len(cells) >= len(source.names) else None
    return None


def rewritten(path: Path, folder: Path, encoding: str) -> Path:
    """The same text as UTF-8 with plain line ends, in `folder`; `Unreadable` names the line of a byte that is none."""
    decoder = codecs.getincrementaldecoder(encoding)()
    target = folder / f"{len(list(folder.iterdir()))}.csv"
    done, line = 0, 1
    with path.open("rb") as file, target.open("x", encoding="utf-8", newline="") as out:
        held = ""
        while block := file.read(HEAD):
            try:
                kept = held + decoder.decode(block)
            except UnicodeDecodeError as error:
                raise _bad_byte(error, done + len(block), line, encoding) from None
            done, line = done + len(block), line + block.count(b"\n")
            held = "\r" if kept.endswith("\r") else ""  # may be one half of a line end
            out.write(kept.removesuffix(held).replace("\r\n", "\n").replace("\r", "\n"))
        try:
            out.write(held.replace("\r", "\n") + decoder.decode(b"", final=True))
        except UnicodeDecodeError as error:
            raise _bad_byte(error, done, line, encoding) from None
    return target


def _bad_byte(error: UnicodeDecodeError, done: int, line: int, encoding: str) -> Unreadable:
    """`error` speaks of the last of `done` bytes; before them were `line - 1` whole lines."""
    found = error.object[error.start :][:4]
    message = Say(
        "byte {offset} is no {encoding} text: {bytes}",
        offset=done - len(error.object) + error.start,
        encoding=encoding.upper(),
        bytes=bytes(found[: max(error.end - error.start, 1)]).hex(" ").upper(),
    )
    return Unreadable(message, _ENCODING_HINT, line=line + error.object.count(b"\n", 0, error.start))


def _described(path: Path, table: Table[Any], *, guessed: bool, encoding: str) -> Source:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.read(HEAD)
    mark = delimited.separator(head)
    records = _first_records(head, mark)
    kept = [(index, line, cells) for index, (line, cells) in enumerate(records) if any(cells)]
    sheet = Sheet(None, [list(cells) for _, _, cells in kept], [line for _, line, _ in kept], is_text=True)
    found = headings.best(sheet, table)
    if found is None:
        first = next(column.heading for column in table.columns if column.required)
        shown = kept[0][2][0] if kept else ""
        hint = Say("if its first line looks garbled, name the encoding with --encoding: {line}", line=shown)
        rows = headings.HEADER_ROWS
        raise Unreadable(Say("no heading {heading} in the first {rows} rows", heading=first, rows=rows), hint)
    index, line, names = kept[found.row]
    if len(kept) == found.row + 1:
        raise Unreadable(Say("there are headings and no rows below them"), Say("is this the right file?"))
    columns = tuple(f"c{column}" for column in range(len(names)))
    return Source(_reading(path, columns, mark, index + 1), columns, tuple(names), None, line, path, mark, guessed,
                  encoding)  # fmt: skip


def _first_records(head: str, mark: str) -> list[tuple[int, list[str]]]:
    """The first records and their lines, blank ones included, enough to find the headings and a row below them."""
    reader = csv.reader(head.splitlines(keepends=True), delimiter=mark)
    found: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            found.append((line, cells))
            line = reader.line_num + 1
            if len(found) > 4 * headings.HEADER_ROWS:
                break
    except csv.Error:
        pass  # DuckDB will say where
    return found


def _reading(path: Path, columns: tuple[str, ...], mark: str, skip: int) -> str:
    named = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in columns)
    return (
        f"read_csv({literal(path)}, auto_detect = false, header = false, skip = {skip}, delim = {literal(mark)}, "
        f"quote = '\"', escape = '\"', columns = {{{named}}}, max_line_size = {_LONGEST_LINE}, strict_mode = true, "
        f"store_rejects = true, rejects_limit = {_MOST_REJECTED})"
    )
