"""The big files of one run as they are opened: their headings found, their rows kept. In the confined child."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aftersales_cli.errors import Exit
from aftersales_cli.inventory import sources
from aftersales_cli.inventory.session import guarded
from aftersales_cli.inventory.sources import Connection, Source
from aftersales_cli.records.columns import Table
from aftersales_cli.records.tables import TABLES
from aftersales_cli.tables import delimited, headings
from aftersales_cli.tables.sheet import column_letter
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say

Named = tuple[str, str, str, str | None]
"""Table, name, path and encoding of a file."""
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
    lines: Future[list[int]] | None = None

    def add(self, number: int, row: list[str], *, broken: bool = False) -> None:
        """One more row; `number` is 0 for a text's, whose `lines` are found later."""
        self.broken += broken
        if not broken or self.broken <= BROKEN_SHOWN:
            self.rows.append(row)
            self.numbers.append(number)

    def sort(self) -> None:
        """The order of the file; waits for the lines."""
        if self.lines is not None:
            found = self.lines.result()
            self.numbers[: len(found)] = found
        order = sorted(range(len(self.rows)), key=self.numbers.__getitem__)
        self.rows = [self.rows[index] for index in order]
        self.numbers = [self.numbers[index] for index in order]


@dataclass(slots=True)
class Opened:
    """One file of a run; `at` says in which column each field stands, `aside` is where lines are counted."""

    table: Table[Any]
    name: str
    path: Path
    encoding: str | None
    aside: Executor
    kept: Kept = field(default_factory=Kept)
    source: Source | None = None
    at: dict[str, int] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As plain data for the pipe."""
        source, kept = self.source, self.kept
        kept.sort()
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


def opened(connection: Connection, files: Sequence[Named], folder: str) -> list[Opened]:
    """Every file with its headings, or with the reason why it cannot be read; `folder` is for scratch files."""
    counting = ThreadPoolExecutor(1)  # lines are counted while DuckDB works at the next question
    asked = [Opened(TABLES[table], name, Path(path), encoding, counting) for table, name, path, encoding in files]
    for file in asked:
        _open(connection, file, Path(folder))
    return asked


def _open(connection: Connection, file: Opened, folder: Path) -> None:
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


def _source(connection: Connection, file: Opened, folder: Path) -> Source:
    file.path.open("rb").close()  # OSError says why it cannot be
    if not is_parquet(file.path):
        return sources.text(file.path, folder, file.table, file.encoding)
    return guarded(lambda: sources.parquet(connection, file.path))


def is_parquet(path: Path) -> bool:
    """Whether it begins as Parquet files do; a file that cannot be opened does not."""
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
