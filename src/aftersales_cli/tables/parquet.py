"""Parquet files as raw sheets, through DuckDB, which may read this one file and nothing else. In the confined process.

Circuits and routes do not come this way: `inventory` asks them for what a run needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from aftersales_cli.tables.delimited import unwrapped
from aftersales_cli.tables.unreadable import Unreadable, too_big
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MARK = b"PAR1"
"""How a Parquet file begins and ends."""
_MEMORY = "300MB"
_BATCH = 10_000
_EXACT = 10**15  # a number with a point keeps 15 digits; the readers of cells refuse what is longer
_AS_IT_IS = "{}"
_AS_TEXT = "CAST({} AS VARCHAR)"
# without a zone, as cells are; what has no such number (infinity) stays what it is and is not lost
_IN_BEIJING = "coalesce(make_timestamp(epoch_us({0}) + 28800000000), CAST({0} AS TIMESTAMP))"
_ANYTHING = "nullif({} IS NOT NULL, false)"
_ASKED = {
    **dict.fromkeys(("VARCHAR", "BOOLEAN", "FLOAT", "DOUBLE", "DECIMAL", "DATE", "TIME", "INTERVAL"), _AS_IT_IS),
    **dict.fromkeys(("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"), _AS_IT_IS),
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UUID"), _AS_TEXT),
    **dict.fromkeys(("UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT"), _AS_TEXT),
    "TIMESTAMP WITH TIME ZONE": _IN_BEIJING,
}
"""How a column of each type is asked for, so that its values are cells."""
_SIZE = re.compile(r"\([\d, ]+\)$")


def opened(path: str, limits: dict[str, float]) -> dict[str, Any]:
    """The one sheet; its headings are the names of the columns, its numbers the rows counted from 1.

    Whole numbers are their digits, as in a text table; moments with a zone are Beijing's time.
    """
    import duckdb

    connection = _connected(path)
    try:
        return {"sheets": [_sheet(connection, path, limits)], "hidden": [], "notes": []}
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.PermissionException:
        message = Say("its name means other files as well")
        raise Unreadable(message, Say("give it a name without * ? [ ]")) from None
    except duckdb.Error as error:
        what = str(error).splitlines()[0]
        raise Unreadable(Say("the file is damaged, or no such table: {what}", what=what)) from None


def _connected(path: str) -> DuckDBPyConnection:
    """A database in memory that may read the file, and write nothing at all."""
    import duckdb

    # each further thread would take some 70 MB of the address space
    options: dict[str, Any] = {"threads": 1, "async_threads": 0, "memory_limit": _MEMORY, "temp_directory": "",
                               "autoinstall_known_extensions": False, "autoload_known_extensions": False}  # fmt: skip
    connection = duckdb.connect(":memory:", config=options)
    named = path.replace("'", "''")
    for setting in (f"allowed_paths = ['{named}']", "enable_external_access = false", "lock_configuration = true"):
        connection.execute(f"SET {setting}")
    return connection


def _sheet(connection: DuckDBPyConnection, path: str, limits: dict[str, float]) -> dict[str, Any]:
    table = "FROM read_parquet(?, hive_partitioning = false)"
    described = connection.execute(f"DESCRIBE {table}", [path]).fetchall()
    kinds = [(str(name), str(kind)) for name, kind, *_ in described]
    asked = [_ASKED.get(_SIZE.sub("", kind), _ANYTHING) for _, kind in kinds]
    quoted = ('"' + name.replace('"', '""') + '"' for name, _ in kinds)
    columns = ", ".join(how.format(name) for how, name in zip(asked, quoted, strict=True))
    connection.execute(f"SELECT {columns} {table}", [path])
    rows, numbers = _rows(connection, limits)
    foreign = {index: kind for index, (_, kind) in enumerate(kinds) if asked[index] == _ANYTHING}
    uncells = {index: kind for index, kind in foreign.items() if any(row[index] != "" for row in rows)}
    return {"name": None, "rows": rows, "numbers": numbers, "keys": [name for name, _ in kinds], "uncells": uncells}


def _rows(connection: DuckDBPyConnection, limits: dict[str, float]) -> tuple[list[list[Any]], list[int]]:
    """The rows that hold something, and their numbers."""
    kept: list[list[Any]] = []
    numbers: list[int] = []
    cells = 0
    for number, row in enumerate(_fetched(connection), 1):
        made = [_cell(value) for value in row]
        filled = len(made) - made.count("")
        if not filled:
            continue
        cells += filled
        kept.append(made)
        numbers.append(number)
        if len(kept) > limits["rows"]:
            raise too_big("rows", limits["rows"])
        if cells > limits["cells"]:
            raise too_big("cells", limits["cells"])
    return kept, numbers


def _fetched(connection: DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while batch := connection.fetchmany(_BATCH):
        yield from batch


def _cell(value: Any) -> Any:
    match value:
        case str():
            return unwrapped(value)
        case None:
            return ""
        case float() if value != value:  # not a number: how data frames write that there is nothing
            return ""
        case float() if abs(value) < _EXACT:
            return str(int(value)) if value.is_integer() else repr(value)
        case Decimal():
            text = f"{value:f}"
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return value
