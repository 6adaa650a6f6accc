"""The SQLite ledger: a private file, settings that survive a power cut, writers that wait for one another."""

from __future__ import annotations

import os
import shlex
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event, text

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files import system
from aftersales_cli.files.writing import not_written
from aftersales_cli.ledger.faults import damaged, told
from aftersales_cli.ledger.migrations import STEPS, bring_up, migrate, unfit, version_of
from aftersales_cli.words import Say

OLDEST = (3, 37, 0)  # the first with STRICT tables
PATIENCE = 10_000  # milliseconds that a writer waits for another


def make(path: Path) -> None:
    """Make the file, readable by its owner only, before SQLite opens it: its -wal and -shm take over its rights."""
    if there(path):
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _refuse_network(path)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        system.flush(path.parent)
    except OSError as error:
        raise not_written(path, error) from error


def there(path: Path) -> bool:
    """Whether the file is there; `Stop` 77 where its folder does not let us look."""
    try:
        return path.exists()
    except OSError as error:
        raise Stop(
            Say("the ledger {file} cannot be opened: {why}", file=path, why=error.strerror or str(error)),
            hint=Say("its file and folder must be yours to read and write"),
            code=Exit.NOT_PRIVATE,
        ) from error


def writing(path: Path) -> Engine:
    """An engine on the file for a run that writes; checks it, and brings an older one up after a copy of it."""
    _refuse_exposed(path)
    _refuse_network(path)
    engine = _engine(lambda: _connected(path))
    with _closed_on_failure(engine), told(path), engine.execution_options(writes=True).begin() as connection:
        _refuse_damaged(connection, path)
        bring_up(connection, path, before=lambda found: _copy(path, found))
    return engine


def snapshot(path: Path) -> Engine:
    """An engine on the file for a run that only reads; an older version is copied to memory and brought up there.

    The file is opened for writing although nothing is written: a reader without that right leaves -wal and -shm behind.
    """
    _refuse_exposed(path)
    engine = _engine(lambda: _connected(path, "PRAGMA query_only = ON"))
    with _closed_on_failure(engine), told(path), engine.begin() as connection:
        found = version_of(connection)
    if found == len(STEPS):
        return engine
    engine.dispose()
    if found is None or found > len(STEPS):
        raise unfit(path, found)
    return _in_memory(path)


def empty() -> Engine:
    """An engine on a ledger that holds nothing and is nowhere."""
    engine = _engine(lambda: sqlite3.connect(":memory:", isolation_level=None))
    with engine.begin() as connection:
        migrate(connection, 0)
    return engine


def check(connection: Connection, path: Path | str) -> None:
    """Read the whole file: structure, indexes and references; `Stop` 74 with what was found first."""
    found = [row[0] for row in connection.execute(text("PRAGMA integrity_check(1)")) if row[0] != "ok"]
    if not found and connection.execute(text("PRAGMA foreign_key_check")).first():
        found = ["a notice or an event belongs to no run"]
    if found:
        raise damaged(path, found[0])


def _connected(path: Path, *settings: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None)
    for setting in (
        f"PRAGMA busy_timeout = {PATIENCE}",
        *(settings or ("PRAGMA journal_mode = WAL",)),
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE deletes without asking the triggers
    ):
        try:
            connection.execute(setting)
        except sqlite3.Error:
            connection.close()
            raise
    return connection


@contextmanager
def _closed_on_failure(engine: Engine) -> Iterator[None]:
    """What is tried with an engine that nobody else has yet; its connection does not outlive a failure."""
    try:
        yield
    except BaseException:
        engine.dispose()
        raise


def _engine(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """One connection for the whole run, and transactions that are ours: the module's own begin too late."""
    if sqlite3.sqlite_version_info < OLDEST:
        raise Stop(
            Say("this Python's SQLite is {found}; the ledger needs 3.37", found=sqlite3.sqlite_version),
            hint=Say("use a Python that brings a newer SQLite, or a ledger on PostgreSQL"),
            code=Exit.SETTINGS,
        )
    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # a transaction that begins by reading fails at its first write once another has written, and no wait helps
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _in_memory(path: Path) -> Engine:
    with told(path):
        memory = sqlite3.connect(":memory:", isolation_level=None)
        with closing(_connected(path, "PRAGMA query_only = ON")) as source:
            source.backup(memory)
        engine = _engine(lambda: memory)
        with _closed_on_failure(engine), engine.begin() as connection:
            bring_up(connection, path)
        return engine


def _copy(path: Path, version: int) -> None:
    """Copy the ledger to `ledger.sqlite3.version1` (or `…version1-2` …) beside it, private, and flush the copy."""
    for number in count(1):
        copy = path.with_name(f"{path.name}.version{version}" + (f"-{number}" if number > 1 else ""))
        try:
            os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            continue
        except OSError as error:
            raise not_written(copy, error) from error
        with told(copy), closing(_connected(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        system.flush(path.parent)
        return


def _refuse_exposed(path: Path) -> None:
    files = [file for end in ("", "-wal", "-shm") if there(file := path.with_name(path.name + end))]
    exposed = [file for file in files if system.others_may(file)]
    if exposed:
        command = shlex.join(["chmod", "600", *map(str, exposed)])
        raise Stop(
            Say("others may read the ledger {file}", file=path),
            hint=Say("make it private: {command}", command=command),
            code=Exit.NOT_PRIVATE,
        )


def _refuse_network(path: Path) -> None:
    kind = system.network_filesystem(path.parent)
    if kind is not None:
        raise Stop(
            Say(
                "the ledger {file} is on a network file system ({kind}), where SQLite loses data", file=path, kind=kind
            ),
            hint=Say("put it on a local disk (ledger: sqlite:////var/lib/…), or use postgresql://"),
            code=Exit.SETTINGS,
        )


def _refuse_damaged(connection: Connection, path: Path) -> None:
    found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
    if found != "ok":
        raise damaged(path, found)
