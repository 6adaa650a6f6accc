"""DuckDB, shut in: no file in reach but those named; and what a question put to it needs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from aftersales_cli.inventory.sources import Connection, literal
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

T = TypeVar("T")

THREADS = 2
MEMORY = "700MB"
_BATCH = 10_000
_FEWEST_BITS, _MOST_BITS = 16, 27  # as powers of two


class Stumbled(Unreadable):
    """DuckDB could not read it."""


def connected(files: Sequence[Path], folder: Path, *, in_order: bool) -> Connection:
    """A database in memory that may read `files`, read and write in `folder`, and nothing else.

    `in_order`: rows come as they stand in a file, which costs time.
    """
    import duckdb

    options: dict[str, Any] = {"threads": THREADS, "memory_limit": MEMORY, "temp_directory": str(folder),
                               "preserve_insertion_order": in_order}  # fmt: skip
    connection: Connection = duckdb.connect(":memory:", config=options)
    allowed = ", ".join(literal(path) for path in files)
    for statement in (
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        f"SET allowed_paths = [{allowed}]",
        f"SET allowed_directories = [{literal(folder)}]",
        "SET enable_external_access = false",
        "SET lock_configuration = true",
    ):
        connection.execute(statement)
    return connection


def guarded(work: Callable[[], T]) -> T:
    """What DuckDB cannot read, as a verdict on the file."""
    import duckdb

    try:
        return work()
    except duckdb.OutOfMemoryException:
        raise MemoryError from None
    except duckdb.Error as error:
        what = str(error).splitlines()[0]
        raise Stumbled(Say("the file is damaged, or no such table: {what}", what=what)) from None


def streamed(connection: Connection, query: str, then: str = "") -> Iterator[tuple[Any, ...]]:
    """The rows of a query, in its order: put aside first, because DuckDB works on one thread while rows are fetched.

    `then` says which of those put aside, and how they are sorted.
    """
    for table in ("reject_errors", "reject_scans", "found"):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(f"CREATE TEMP TABLE found AS {query}")
    result = connection.execute(f"FROM found {then}")
    while batch := result.fetchmany(_BATCH):
        yield from batch


def fill(connection: Connection, texts: Collection[str]) -> None:
    """The wanted keys, and '', which stands for a row without a key: NULL IN (nothing) would be false, and it lost."""
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted (k VARCHAR)")
    connection.execute("INSERT INTO wanted SELECT unnest(?)", [[*texts, ""]])


def wanting(connection: Connection, key: str, keys: int, *, in_order: bool) -> str:
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
