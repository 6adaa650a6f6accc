"""The questions of one run put to files of any size, one pass over each. Runs in the confined child.

DuckDB decides nothing alone: it gives out the rows that may answer, and those that may be broken, and Python looks at
each. What comes back are raw rows, bound to records by the parent just as those of small tables are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from aftersales_cli.inventory import doubt, lines, sources
from aftersales_cli.inventory.folding import CIRCUIT, RESOURCE, Folding
from aftersales_cli.inventory.opening import Kept, Named, Opened, is_parquet, opened
from aftersales_cli.inventory.session import Stumbled, connected, fill, guarded, streamed, wanting
from aftersales_cli.inventory.sources import Connection, Source
from aftersales_cli.tables import delimited
from aftersales_cli.tables.unreadable import Unreadable


def ask(files: Sequence[Named], circuits: Sequence[str], resources: Sequence[str], folder: str) -> dict[str, Any]:
    """`files` are (table, name, path, encoding); `circuits` and `resources` are folded; `folder` is for scratch files.

    The answer: `files`, each with its rows: of routes those over the resources, of circuits those of the wanted codes
    and of all that ride on the resources. `paths` has (folded circuit, path as it is written) of all of them.
    """
    named = [Path(path) for _, _, path, _ in files]
    # the lines of a text are counted in its order; the rows of a Parquet file bring their numbers with them
    connection = connected(named, Path(folder), in_order=not all(map(is_parquet, named)))
    asked = opened(connection, files, folder)
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


def owned(files: Sequence[Named], customers: Sequence[str], circuits: Sequence[str], folder: str) -> dict[str, Any]:
    """The circuits of these customers (folded), and the hops of those and of the `circuits` (folded); as `ask`."""
    connection = connected([Path(path) for _, _, path, _ in files], Path(folder), in_order=True)
    asked = opened(connection, files, folder)
    wanted = dict.fromkeys(circuits)
    for file in (each for each in asked if each.table.key == "circuits"):
        _rows(connection, file, "customer_code", RESOURCE, dict.fromkeys(customers), Path(folder))
        at = file.at.get("circuit_code", 0)
        wanted |= {CIRCUIT.python(delimited.unwrapped(row[at])): None for row in file.kept.rows if len(row) > at}
    for file in (each for each in asked if each.table.key == "routes"):
        _rows(connection, file, "circuit_code", CIRCUIT, wanted, Path(folder))
    return {"files": [file.plain() for file in asked], "wanted": list(wanted)}


def recorded(files: Sequence[Named], circuits: Sequence[str], folder: str) -> dict[str, Any]:
    """All hops of the `circuits` (folded), as `ask`; `last`: of each file the circuit in its last row, if readable."""
    connection = connected([Path(path) for _, _, path, _ in files], Path(folder), in_order=True)
    asked = opened(connection, files, folder)
    for file in asked:
        _rows(connection, file, "circuit_code", CIRCUIT, dict.fromkeys(circuits), Path(folder))
    return {"files": [file.plain() for file in asked], "last": [_last(connection, file) for file in asked]}


def _last(connection: Connection, file: Opened) -> str | None:
    """The folded circuit in the last row."""
    if file.source is None or file.kept.unreadable is not None:
        return None
    source, at = file.source, file.at["circuit_code"]
    cell = sources.last_cell(connection, source, at)
    return CIRCUIT.python(delimited.unwrapped(cell)) or None if cell is not None else None


def _riding(connection: Connection, file: Opened, resources: Sequence[str], folder: Path) -> Iterator[str]:
    """Keep the hops over the resources; their folded circuits."""
    _rows(connection, file, "resource", RESOURCE, dict.fromkeys(resources), folder)
    at = file.at.get("circuit_code", 0)
    for row in file.kept.rows:
        if len(row) > at:
            yield CIRCUIT.python(delimited.unwrapped(row[at]))


def _rows(
    connection: Connection, file: Opened, key: str, folding: Folding, wanted: Mapping[str, None], folder: Path
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


def _rewrite(file: Opened, folder: Path, encoding: str) -> None:
    try:
        path = sources.rewritten(file.path, folder, encoding)
        file.source = replace(sources.text(path, folder, file.table, "utf-8"), encoding=encoding)
    except Unreadable as error:
        file.kept = Kept(unreadable=error)


def _kept(connection: Connection, file: Opened, key: str, folding: Folding, wanted: Mapping[str, None]) -> None:
    source, kept, at = file.source, file.kept, file.at[key]
    assert source is not None
    fill(connection, [folding.key(text) for text in wanted])
    is_broken = doubt.judge(file.table, file.at)
    for number, *cells in streamed(connection, *_candidates(connection, file, key, folding, len(wanted))):
        row = ["" if cell is None else cell for cell in cells] if None in cells else cells
        if not any(row):
            continue  # a line of separators is no row
        if is_broken(row):
            kept.add(number, row, broken=True)
        elif folding.python(delimited.unwrapped(row[at])) in wanted:
            kept.add(number, row)
    if source.text is not None:
        kept.lines = file.aside.submit(lines.lines_of, source.text, tuple(kept.rows), source.mark)
        for line, row in doubt.rejected(connection, source):
            if any(row):
                kept.add(line, row, broken=True)


def _candidates(connection: Connection, file: Opened, key: str, folding: Folding, keys: int) -> tuple[str, str]:
    """What to put aside of a file, and what of that to look at: of a text the bits let through a few too many."""
    source = file.source
    assert source is not None
    columns = ", ".join(f"{column} AS f{index}" for index, column in enumerate((source.number or "0", *source.columns)))

    def condition(of: Source, *, in_order: bool) -> str:
        asked = wanting(connection, folding.sql(of.columns[file.at[key]]), keys, in_order=in_order)
        return f"WHERE {asked} OR {doubt.suspected(file.table, file.at, of, key)}"

    is_text = source.text is not None
    query = f"SELECT {columns} FROM {source.sql} {condition(source, in_order=is_text)}"  # noqa: S608 - quoted names
    aside = replace(source, columns=tuple(f"f{index + 1}" for index in range(len(source.columns))))
    return query, f"{condition(aside, in_order=False)} ORDER BY rowid" if is_text else ""


def _paths(
    connection: Connection, file: Opened, wanted: Mapping[str, None], paths: dict[tuple[str, str], None]
) -> None:
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
