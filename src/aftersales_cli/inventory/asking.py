"""The questions of one run put to files of any size, one pass over each. Runs in the confined child.

DuckDB decides nothing alone: it gives out the rows that may answer, and those that may be broken, and Python looks at
each. What comes back are raw rows, bound to records by the parent just as those of small tables are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aftersales_cli.errors import Exit
from aftersales_cli.inventory import doubt, lines, sources
from aftersales_cli.inventory.folding import CIRCUIT, RESOURCE, Folding
from aftersales_cli.inventory.session import Stumbled, connected, fill, guarded, streamed, wanting
from aftersales_cli.inventory.sources import Connection, Source
from aftersales_cli.records.columns import Table
from aftersales_cli.records.tables import TABLES
from aftersales_cli.tables import delimited, headings
from aftersales_cli.tables.sheet import column_letter
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

BROKEN_SHOWN = 1_000
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

    def add(self, number: int, row: list[str], *, broken: bool = False) -> None:
        """One more row; `number` is 0 for a text's, whose lines are found later."""
        self.broken += broken
        if not broken or self.broken <= BROKEN_SHOWN:
            self.rows.append(row)
            self.numbers.append(number)

    def sort(self) -> None:
        """The order of the file."""
        order = sorted(range(len(self.rows)), key=self.numbers.__getitem__)
        self.rows = [self.rows[index] for index in order]
        self.numbers = [self.numbers[index] for index in order]


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
    and of all that ride on the resources. `paths` has (folded circuit, path as it is written) of all of them.
    """
    named = [Path(path) for _, _, path, _ in files]
    # the lines of a text are counted in its order; the rows of a Parquet file bring their numbers with them
    connection = connected(named, Path(folder), in_order=not all(map(_is_parquet, named)))
    asked = [_File(TABLES[table], name, Path(path), encoding) for table, name, path, encoding in files]
    for file in asked:
        _open(connection, file, Path(folder))
    routes = [file for file in asked if file.table.key == "routes" and resources]
    wanted = dict.fromkeys(circuits)
    for file in routes:
        wanted |= dict.fromkeys(_riding(connection, file, resources, Path(folder)))
    paths: dict[tuple[str, str], None] = {}
    for file in routes:
        _paths(connection, file, wanted, paths)
    for file in asked:
        if file.table.key == "circuits":
            _rows(connection, file, "circuit_code", CIRCUIT, wanted, Path(folder))
    return {
        "files": [file.plain() for file in asked],
        "paths": list(paths),
    }


def owned(
    files: Sequence[tuple[str, str, str, str | None]], customers: Sequence[str], circuits: Sequence[str], folder: str
) -> dict[str, Any]:
    """The circuits of these customers (folded), and the hops of those and of the `circuits` (folded); as `ask`."""
    connection = connected([Path(path) for _, _, path, _ in files], Path(folder), in_order=True)
    asked = [_File(TABLES[table], name, Path(path), encoding) for table, name, path, encoding in files]
    for file in asked:
        _open(connection, file, Path(folder))
    wanted = dict.fromkeys(circuits)
    for file in (each for each in asked if each.table.key == "circuits"):
        _rows(connection, file, "customer_code", RESOURCE, dict.fromkeys(customers), Path(folder))
        at = file.at.get("circuit_code", 0)
        wanted |= {CIRCUIT.python(delimited.unwrapped(row[at])): None for row in file.kept.rows if len(row) > at}
    for file in (each for each in asked if each.table.key == "routes"):
        _rows(connection, file, "circuit_code", CIRCUIT, wanted, Path(folder))
    return {"files": [file.plain() for file in asked], "wanted": list(wanted)}


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
    file.path.open("rb").close()  # OSError says why it cannot be
    if not _is_parquet(file.path):
        return sources.text(file.path, folder, file.table, file.encoding)
    return guarded(lambda: sources.parquet(connection, file.path))


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as opened:
            return opened.read(4) == _PARQUET
    except OSError:
        return False


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
            guarded(lambda: _kept(connection, file, key, folding, wanted))
            return
        except doubt.OtherEncoding:
            _rewrite(file, folder, "gb18030")
        except Unreadable as error:
            # DuckDB stumbles over line ends that are not alike; Python does not
            if isinstance(error, Stumbled) and file.source.text == file.path:
                _rewrite(file, folder, file.source.encoding)
            else:
                file.kept = Kept(unreadable=error)


def _rewrite(file: _File, folder: Path, encoding: str) -> None:
    try:
        path = sources.rewritten(file.path, folder, encoding)
        file.source = replace(sources.text(path, folder, file.table, "utf-8"), encoding=encoding)
    except Unreadable as error:
        file.kept = Kept(unreadable=error)


def _kept(connection: Connection, file: _File, key: str, folding: Folding, wanted: Mapping[str, None]) -> None:
    source, kept, at = file.source, file.kept, file.at[key]
    assert source is not None
    fill(connection, [folding.key(text) for text in wanted])
    condition = wanting(connection, folding.sql(source.columns[at]), len(wanted), in_order=source.text is not None)
    columns = ", ".join(f"{column} AS f{index}" for index, column in enumerate((source.number or "0", *source.columns)))
    query = (  # nothing foreign stands in it but names, and those are quoted
        f"SELECT {columns} FROM {source.sql} "  # noqa: S608
        f"WHERE {condition} OR {doubt.suspected(file.table, file.at, source, key)}"
    )
    is_broken = doubt.judge(file.table, file.at)
    for number, *cells in streamed(connection, query):
        row = ["" if cell is None else cell for cell in cells] if None in cells else cells
        if not any(row):
            continue  # a line of separators is no row
        if is_broken(row):
            kept.add(number, row, broken=True)
        elif folding.python(delimited.unwrapped(row[at])) in wanted:
            kept.add(number, row)
    if source.text is not None:
        kept.numbers = lines.lines_of(source.text, kept.rows, source.mark)
        for line, row in doubt.rejected(connection, source):
            if any(row):
                kept.add(line, row, broken=True)
    kept.sort()


def _paths(connection: Connection, file: _File, wanted: Mapping[str, None], paths: dict[tuple[str, str], None]) -> None:
    """Add the paths of each wanted circuit, as they are written; broken rows are kept already."""
    source = file.source
    if source is None or file.kept.unreadable is not None or not wanted:
        return
    fill(connection, [CIRCUIT.key(text) for text in wanted])
    code, path = source.columns[file.at["circuit_code"]], source.columns[file.at["path"]]
    query = _pairs(connection, source, code, path, len(wanted))
    folded: dict[str, str] = {}
    try:
        for circuit, word in guarded(lambda: list(streamed(connection, query))):
            key = folded.get(circuit)
            if key is None:
                key = folded[circuit] = CIRCUIT.python(delimited.unwrapped(circuit or ""))
            if key in wanted:
                paths[key, delimited.unwrapped(word or "")] = None
    except Unreadable as error:
        file.kept = Kept(unreadable=error)


def _pairs(connection: Connection, source: Source, code: str, path: str, keys: int) -> str:
    """(circuit, path) of the wanted circuits as they are written, and of some others.

    A Parquet file is asked twice, which is much cheaper than once: cells that are keys as they stand are found by a
    join, which DuckDB takes down to the file's dictionaries, and to those it also puts the question which are odd.
    """
    pairs = f"SELECT {code} AS circuit, {path} AS path FROM {source.sql} WHERE"  # noqa: S608
    wanted = wanting(connection, CIRCUIT.sql(code), keys, in_order=False)
    if source.text is not None:
        return f"SELECT DISTINCT * FROM ({pairs} {wanted})"  # noqa: S608
    plain, others = f"{pairs} {code} IN (FROM wanted)", f"{pairs} {CIRCUIT.odd(code)} AND {wanted}"
    return f"SELECT DISTINCT * FROM ({plain} UNION ALL {others})"  # noqa: S608
