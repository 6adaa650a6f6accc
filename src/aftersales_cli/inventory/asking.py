"""The questions of one run put to files of any size, one pass over each. Runs in the confined child.

DuckDB decides nothing alone: it gives out the rows that may answer, and those that may be broken, and Python looks at
each. What comes back are raw rows, bound to records by the parent just as those of small tables are.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from aftersales_cli.errors import Exit
from aftersales_cli.inventory import lines, sources
from aftersales_cli.inventory.folding import CIRCUIT, RESOURCE, Folding
from aftersales_cli.inventory.sources import Connection, Source
from aftersales_cli.records.columns import Table
from aftersales_cli.records.folding import cleaned
from aftersales_cli.records.routes import SPELLINGS
from aftersales_cli.records.routes import Path as RoutePath
from aftersales_cli.records.tables import TABLES
from aftersales_cli.tables import delimited, headings
from aftersales_cli.tables.sheet import column_letter
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

T = TypeVar("T")

THREADS = 2
MEMORY = "700MB"
BROKEN_SHOWN = 1_000
_BATCH = 10_000
_FEWEST_BITS, _MOST_BITS = 16, 27  # as powers of two
_PARQUET = b"PAR1"


@dataclass(slots=True)
class Kept:
    """What one file answered: rows in its order, each as long as its headings, or shorter or longer if broken.

    Of `broken` rows the first `BROKEN_SHOWN` are among them, the others are only counted.
    """

    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    broken: int = 0
    unreadable: Unreadable | None = None


@dataclass(slots=True)
class _File:
    table: Table[Any]
    name: str
    path: Path
    encoding: str | None
    kept: Kept = field(default_factory=Kept)
    source: Source | None = None
    at: dict[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As plain data for the pipe."""
        source, kept = self.source, self.kept
        return {
            "table": self.table.key,
            "name": self.name,
            "unreadable": kept.unreadable.plain() if kept.unreadable else None,
            "names": list(source.names) if source else [],
            "line": source.line if source else 0,
            "is_text": source is not None and source.text is not None,
            "rows": [[delimited.unwrapped(cell) for cell in row] for row in kept.rows],
            "numbers": kept.numbers,
            "more": max(0, kept.broken - BROKEN_SHOWN),
        }


def ask(
    files: Sequence[tuple[str, str, str, str | None]], circuits: Sequence[str], resources: Sequence[str], folder: str
) -> dict[str, Any]:
    """`files` are (table, name, path, encoding); `circuits` and `resources` are folded; `folder` is for scratch files.

    The answer: `files`, each with its rows: of routes those over the resources, of circuits those of the wanted codes
    and of all that ride on the resources. `paths` has (folded circuit, path as it is written, hops) of all of them.
    """
    connection = _connected([Path(path) for _, _, path, _ in files], Path(folder))
    asked = [_File(TABLES[table], name, Path(path), encoding) for table, name, path, encoding in files]
    for file in asked:
        _open(connection, file, Path(folder))
    routes = [file for file in asked if file.table.key == "routes" and resources]
    wanted = dict.fromkeys(circuits)
    for file in routes:
        wanted |= dict.fromkeys(_riding(connection, file, resources, Path(folder)))
    paths: dict[tuple[str, str], int] = {}
    for file in routes:
        _paths(connection, file, wanted, paths)
    for file in asked:
        if file.table.key == "circuits":
            _rows(connection, file, "circuit_code", CIRCUIT, wanted, Path(folder))
    return {
        "files": [file.plain() for file in asked],
        "paths": [(circuit, path, hops) for (circuit, path), hops in paths.items()],
    }


def _connected(files: Sequence[Path], folder: Path) -> Connection:
    import duckdb

    options: dict[str, Any] = {"threads": THREADS, "memory_limit": MEMORY, "temp_directory": str(folder)}
    connection: Connection = duckdb.connect(":memory:", config=options)
    allowed = ", ".join(sources.literal(path) for path in files)
    for statement in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_paths = [{allowed}]",
        f"SET allowed_directories = [{sources.literal(folder)}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection


def _open(connection: Connection, file: _File, folder: Path) -> None:
    try:
        file.source = _source(connection, file, folder)
        file.at = _columns(file.table, file.source.names)
    except Unreadable as error:
        file.kept.unreadable = error
    except FileNotFoundError:
        file.kept.unreadable = Unreadable(Say("there is no such file"), code=Exit.NO_INPUT)
    except OSError as error:
        why = Say("it cannot be read: {why}", why=error.strerror or "")
        file.kept.unreadable = Unreadable(why, code=Exit.NO_INPUT)


def _source(connection: Connection, file: _File, folder: Path) -> Source:
    with file.path.open("rb") as opened:
        is_parquet = opened.read(4) == _PARQUET
    if not is_parquet:
        return sources.text(file.path, folder, file.table, file.encoding)
    return _guarded(lambda: sources.parquet(connection, file.path))


def _guarded(work: Callable[[], T]) -> T:
    """What DuckDB cannot read, as a verdict on the file."""
    import duckdb

    try:
        return work()
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        what = str(error).splitlines()[0]
        raise _Stumbled(Say("the file is damaged, or no such table: {what}", what=what)) from None


def _columns(table: Table[Any], names: Sequence[str]) -> dict[str, int]:
    """Field → index of its column; `Unreadable` where a required one is missing."""
    found = headings.match(table, list(names), 0)
    if found.twice:
        first, second = found.twice[0]
        raise Unreadable(
            Say(
                "columns {first} ({one}) and {second} ({other}) are the same field",
                first=column_letter(first), one=names[first], second=column_letter(second), other=names[second],
            ),
            Say("keep the one that is right"),
        )  # fmt: skip
    if found.missing:
        message = Say(
            "required headings are missing: {missing}; found: {found}",
            missing=", ".join(found.missing),
            found=", ".join(name for name in names if name)[:200],
        )
        raise Unreadable(message, headings.likely(table, found))
    return {one.column.key: one.indexes[0] for one in found.found}


def _riding(connection: Connection, file: _File, resources: Sequence[str], folder: Path) -> Iterator[str]:
    """Keep the hops over the resources; their folded circuits."""
    _rows(connection, file, "resource", RESOURCE, dict.fromkeys(resources), folder)
    at = file.at.get("circuit_code", 0)
    for row in file.kept.rows:
        if len(row) > at:
            yield CIRCUIT.python(delimited.unwrapped(row[at]))


def _rows(
    connection: Connection, file: _File, key: str, folding: Folding, wanted: Mapping[str, None], folder: Path
) -> None:
    """Keep the rows whose `key` is wanted, and those that are broken, with their numbers."""
    while file.source is not None and file.kept.unreadable is None:
        file.kept = Kept()
        try:
            _guarded(lambda: _kept(connection, file, key, folding, wanted))
            return
        except _OtherEncoding:
            _rewrite(file, folder, "gb18030")
        except Unreadable as error:
            # DuckDB stumbles over line ends that are not alike; Python does not
            if isinstance(error, _Stumbled) and file.source.text == file.path:
                _rewrite(file, folder, file.source.encoding)
            else:
                file.kept = Kept(unreadable=error)


def _rewrite(file: _File, folder: Path, encoding: str) -> None:
    try:
        path = sources.rewritten(file.path, folder, encoding)
        file.source = replace(sources.text(path, folder, file.table, "utf-8"), encoding=encoding)
    except Unreadable as error:
        file.kept = Kept(unreadable=error)


class _OtherEncoding(Exception):  # noqa: N818 - it says what was found
    """A text that began like UTF-8 is not."""


class _Stumbled(Unreadable):
    """DuckDB could not read it."""


def _kept(connection: Connection, file: _File, key: str, folding: Folding, wanted: Mapping[str, None]) -> None:
    source = file.source
    assert source is not None
    _fill(connection, [folding.key(text) for text in wanted])
    kept, at = file.kept, file.at[key]
    in_order = source.text is not None
    wanting = _wanted(connection, folding.sql(source.columns[at]), len(wanted), in_order=in_order)
    columns = ", ".join(f"{column} AS f{index}" for index, column in enumerate((source.number or "0", *source.columns)))
    query = (  # nothing foreign stands in it but names, and those are quoted
        f"SELECT {columns} FROM {source.sql} "  # noqa: S608
        f"WHERE {wanting} OR {_doubtful(file, source, key)}"
    )
    for found, *cells in _streamed(connection, query):
        row = ["" if cell is None else cell for cell in cells]
        if not any(row):
            continue  # a line of separators is no row
        bad = _broken(file, row)
        kept.broken += bad
        if kept.broken <= BROKEN_SHOWN if bad else folding.python(delimited.unwrapped(row[at])) in wanted:
            kept.rows.append(row)
            kept.numbers.append(found)
    if source.text is not None:
        kept.numbers = lines.lines_of(source.text, kept.rows, source.mark)
        _rejected(connection, file, source)


def _streamed(connection: Connection, query: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a query, in its order: put aside first, because DuckDB works on one thread while rows are fetched."""
    for table in ("reject_errors", "reject_scans", "found"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(f"CREATE TEMP TABLE found AS {query}")
    result = connection.execute("FROM found")
    while batch := result.fetchmany(_BATCH):
        yield from batch


def _fill(connection: Connection, texts: Collection[str]) -> None:
    """The wanted keys, and '', which stands for a row without a key: NULL IN (nothing) would be false, and it lost."""
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted (k VARCHAR)")
    connection.execute("INSERT INTO wanted SELECT unnest(?)", [[*texts, ""]])


def _wanted(connection: Connection, key: str, keys: int, *, in_order: bool) -> str:
    """The condition that a key is wanted, or NULL.

    A join gives rows out of order. Where the order is needed a table of bits is asked instead, which lets through a
    few too many.
    """
    if not in_order:
        return f"coalesce({key} IN (FROM wanted), true)"
    bits = 1 << max(_FEWEST_BITS, min(_MOST_BITS, (keys * 256).bit_length()))
    connection.execute(
        f"SET VARIABLE bits = (SELECT bitstring_agg((hash(k) % {bits})::INTEGER, 0, {bits - 1}) FROM wanted)"  # noqa: S608
    )
    return f"get_bit(getvariable('bits'), (hash(coalesce({key}, '')) % {bits})::INTEGER) = 1"


def _doubtful(file: _File, source: Source, key: str) -> str:
    """Where a row may be broken: a required cell that may be blank, or a path that is none of the usual words.

    The `key` itself needs no test: where it is blank it has no key.
    """
    asked = [column.key for column in file.table.columns if column.required and column.key not in {key, "path"}]
    tests = [_maybe_blank(source.columns[file.at[name]]) for name in asked]
    if "path" in file.at:
        # a list for IN would become a join, and a join gives rows out of order; the commonest words first
        usual = " ".join(f"WHEN {sources.literal(word)} THEN false" for word in dict.fromkeys((*RoutePath, *SPELLINGS)))
        tests.append(f"CASE {source.columns[file.at['path']]} {usual} ELSE true END")
    return " OR ".join(tests)


def _maybe_blank(column: str) -> str:
    """Blank cells begin with a blank; so do few others (texts compare by their bytes)."""
    wrapped = f"""{column} = '=""' OR starts_with({column}, '=" ')"""
    return (
        f"coalesce({column}, '') < '!' OR {column} BETWEEN chr(127) AND '\u4dff' OR {column} >= '\ufe00' OR {wrapped}"
    )


def _broken(file: _File, row: Sequence[str]) -> bool:
    if any(not cleaned(delimited.unwrapped(row[file.at[c.key]])) for c in file.table.columns if c.required):
        return True
    path = file.at.get("path")
    return path is not None and RESOURCE.python(delimited.unwrapped(row[path])) not in SPELLINGS


def _rejected(connection: Connection, file: _File, source: Source) -> None:
    """Rows that have too few or too many cells, in their places among the others; the file, if a quote stays open."""
    found = connection.execute(
        "SELECT line_byte_position, error_type, csv_line FROM reject_errors ORDER BY line_byte_position"
    ).fetchall()
    if not found:
        return
    assert source.text is not None
    first = {at: (kind, text) for at, kind, text in reversed(found)}
    places = sorted(first)
    numbers = lines.lines_at(source.text, [at - 1 for at in places])
    for number, (kind, text) in zip(numbers, map(first.__getitem__, places), strict=True):
        if kind == "INVALID ENCODING" and source.guessed:
            raise _OtherEncoding
        if kind not in {"MISSING COLUMNS", "TOO MANY COLUMNS"}:
            raise _verdict(kind, text, number, source)
        cells = next(csv.reader([text], delimiter=source.mark), [])
        file.kept.broken += any(cells)
        if any(cells) and file.kept.broken <= BROKEN_SHOWN:
            file.kept.rows.append(cells)
            file.kept.numbers.append(number)
    order = sorted(range(len(file.kept.rows)), key=file.kept.numbers.__getitem__)
    file.kept.rows = [file.kept.rows[index] for index in order]
    file.kept.numbers = [file.kept.numbers[index] for index in order]


def _verdict(kind: str, text: str, line: int, source: Source) -> Unreadable:
    if kind == "INVALID ENCODING":
        message = Say("line {line} is no {encoding} text", line=line, encoding=source.encoding.upper())
        return Unreadable(message, Say("name the encoding with --encoding"), line=line)
    if kind == "LINE SIZE OVER MAXIMUM" or "\n" in text.rstrip("\r\n"):
        message = Say("a quotation mark opened in line {line} is not closed", line=line)
        return Unreadable(message, Say("close it, or write a quotation mark inside quotes twice"), line=line)
    return Unreadable(Say("line {line} cannot be read as a row: {what}", line=line, what=kind.lower()), line=line)


def _paths(connection: Connection, file: _File, wanted: Mapping[str, None], paths: dict[tuple[str, str], int]) -> None:
    """Add how many hops each wanted circuit has on each path; broken rows are left out, they are kept already."""
    source = file.source
    if source is None or file.kept.unreadable is not None or not wanted:
        return
    code, path = (source.columns[file.at[key]] for key in ("circuit_code", "path"))
    _fill(connection, [CIRCUIT.key(text) for text in wanted])
    wanting = _wanted(connection, CIRCUIT.sql(code), len(wanted), in_order=False)
    query = (
        f"SELECT {code} AS circuit, {path} AS path, count(*) AS hops FROM {source.sql} "  # noqa: S608
        f"WHERE {wanting} GROUP BY ALL"
    )
    for circuit, word, hops in _guarded(lambda: list(_streamed(connection, query))):
        key = CIRCUIT.python(delimited.unwrapped(circuit or ""))
        if key in wanted:
            pair = (key, word or "")
            paths[pair] = paths.get(pair, 0) + hops
