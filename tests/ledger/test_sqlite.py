"""The SQLite file: private, whole, only added to, and refused where it would not hold (G02, G06, G07)."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files import system
from aftersales_cli.ledger import open_ledger, schema, sqlite
from tests.ledger.samples import RUN, URL, filled, issue, notice, readable, writable


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def careless_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def rights(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir() if file.is_file()}


@pytest.mark.usefixtures("careless_umask")
def test_the_ledger_and_its_companions_are_private(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger:
        ledger.record_run(RUN.of(filled(tmp_path, notice(1))), [notice(1)])

        assert rights(tmp_path) == {"ledger.sqlite3": 0o600, "ledger.sqlite3-wal": 0o600, "ledger.sqlite3-shm": 0o600}


@pytest.mark.parametrize("companion", ["", "-wal"])
@pytest.mark.parametrize("open_it", [pytest.param(writable, id="writing"), pytest.param(readable, id="reading")])
def test_a_ledger_that_others_may_read_is_refused_with_the_command_that_helps(
    tmp_path: Path, path: Path, companion: str, open_it: object
) -> None:
    issue(tmp_path, notice(1))
    exposed = path.with_name(path.name + companion)
    exposed.touch()
    exposed.chmod(0o644)

    with pytest.raises(Stop) as stopped:
        open_it(tmp_path)  # type: ignore[operator]

    assert stopped.value.code is Exit.NOT_PRIVATE
    assert f"chmod 600 {exposed}" in str(stopped.value.hint)


def test_the_settings_are_those_that_survive_a_power_cut(path: Path) -> None:
    sqlite.make(path)
    engine = sqlite.writing(path)
    with engine.begin() as connection:
        found = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
        }
        strict = connection.execute(text("SELECT strict FROM pragma_table_list WHERE schema = 'main'")).scalars().all()
    engine.dispose()

    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "busy_timeout": 10_000,
    }
    assert sorted(strict) == [0, *[1] * len(schema.metadata.tables)]  # all but sqlite_schema


@pytest.mark.parametrize("table", ["versions", "runs", "notices", "events"])
@pytest.mark.parametrize(
    "statement",
    [
        pytest.param("UPDATE {table} SET {column} = {column}", id="update"),
        pytest.param("DELETE FROM {table}", id="delete"),
        pytest.param("INSERT OR REPLACE INTO {table} SELECT * FROM {table}", id="replace"),
    ],
)
def test_what_was_recorded_cannot_be_changed_or_removed(tmp_path: Path, path: Path, table: str, statement: str) -> None:
    issue(tmp_path, notice(1))
    engine = sqlite.writing(path)
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        column = connection.execute(text(f"SELECT name FROM pragma_table_info('{table}')")).scalars().first()
        connection.execute(text(statement.format(table=table, column=column)))
    engine.dispose()


def test_a_run_is_settled_once(tmp_path: Path) -> None:
    issue(tmp_path, notice(1))

    with writable(tmp_path) as ledger, pytest.raises(Exception, match="UNIQUE"):
        ledger.complete(1, "another-name")


def test_a_notice_needs_its_run(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger, pytest.raises(Exception, match="FOREIGN KEY"):
        ledger.complete(99, "no-such-run")


def test_a_full_disk_rolls_the_whole_run_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issue(tmp_path, notice(1))
    connected = sqlite._connected

    def cramped(path: Path, *settings: str) -> sqlite3.Connection:
        connection = connected(path, *settings)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages + 2}")  # SQLite's own 'disk full'
        return connection

    monkeypatch.setattr(sqlite, "_connected", cramped)
    with writable(tmp_path) as ledger, pytest.raises(Stop) as stopped:
        ledger.record_run(RUN.of(filled(tmp_path)), [notice(number) for number in range(2, 500)])
    monkeypatch.undo()

    assert stopped.value.code is Exit.NOT_WRITTEN
    assert "free space" in str(stopped.value.hint)
    with readable(tmp_path) as ledger:
        assert [n.notice_id for n in ledger.issued()] == ["N1"]
        assert len(ledger.runs()) == 1


def test_a_writer_that_waits_too_long_for_another_is_told_so(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    issue(tmp_path, notice(1))
    monkeypatch.setattr(sqlite, "PATIENCE", 1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Stop) as stopped:
            writable(tmp_path)
        with readable(tmp_path) as reader:
            assert len(reader.issued()) == 1

    assert stopped.value.code is Exit.BUSY


@pytest.mark.parametrize("open_it", [pytest.param(writable, id="writing"), pytest.param(readable, id="reading")])
def test_a_file_that_is_no_database_is_damaged_and_the_copy_named(tmp_path: Path, path: Path, open_it: object) -> None:
    path.write_bytes(b"not a database, but long enough to be looked at" * 20)
    path.chmod(0o600)
    (tmp_path / "ledger.sqlite3.version1").touch(0o600)

    with pytest.raises(Stop) as stopped:
        open_it(tmp_path)  # type: ignore[operator]

    assert stopped.value.code is Exit.NOT_WRITTEN
    assert f"cp -p {path}.version1 {path}" in str(stopped.value.hint)


def overwritten(path: Path, start: int, length: int) -> None:
    content = bytearray(path.read_bytes())
    content[start : start + length] = b"\xff" * length
    path.write_bytes(content)


def test_a_damaged_page_is_found_before_anything_is_written(tmp_path: Path, path: Path) -> None:
    issue(tmp_path, *(notice(number) for number in range(200)))
    overwritten(path, path.stat().st_size * 3 // 4, 4096)  # among the notices, behind the pages of the schema

    with pytest.raises(Stop) as stopped:
        writable(tmp_path)

    assert stopped.value.code is Exit.NOT_WRITTEN
    assert "damaged" in str(stopped.value)
    assert "your own backup" in str(stopped.value.hint)


def test_verify_reads_every_page(tmp_path: Path, path: Path) -> None:
    issue(tmp_path, *(notice(number) for number in range(200)))
    overwritten(path, path.stat().st_size * 3 // 4, 4096)  # among the notices, behind the pages of the schema

    with readable(tmp_path) as ledger, pytest.raises(Stop) as stopped:
        ledger.verify()

    assert stopped.value.code is Exit.NOT_WRITTEN


def test_verify_finds_a_notice_without_its_run(tmp_path: Path, path: Path) -> None:
    issue(tmp_path, notice(1))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO events (run_id, state) VALUES (99, 'prepared')")  # a program without foreign keys

    with readable(tmp_path) as ledger, pytest.raises(Stop, match="belongs to no run"):
        ledger.verify()


@pytest.mark.parametrize("open_it", [pytest.param(writable, id="writing"), pytest.param(readable, id="reading")])
def test_a_database_of_something_else_is_left_alone(tmp_path: Path, path: Path, open_it: object) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    path.chmod(0o600)

    with pytest.raises(Stop, match="no ledger") as stopped:
        open_it(tmp_path)  # type: ignore[operator]

    assert stopped.value.code is Exit.SETTINGS
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("recipes",)]


def test_an_empty_file_from_an_interrupted_start_becomes_a_ledger(tmp_path: Path, path: Path) -> None:
    path.touch(0o600)

    with readable(tmp_path) as ledger:
        assert ledger.issued() == ()
    issue(tmp_path, notice(1))
    with readable(tmp_path) as ledger:
        assert len(ledger.issued()) == 1


def test_a_ledger_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "network_filesystem", lambda path: "nfs4")

    with pytest.raises(Stop, match="nfs4") as stopped:
        writable(tmp_path)

    assert stopped.value.code is Exit.SETTINGS
    assert list(tmp_path.iterdir()) == []


def test_an_older_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "OLDEST", (99, 0, 0))

    with pytest.raises(Stop) as stopped:
        writable(tmp_path)

    assert stopped.value.code is Exit.SETTINGS


def test_a_ledger_below_a_file_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")

    with pytest.raises(Stop) as stopped:
        open_ledger("sqlite:///data/ledger.sqlite3", root=tmp_path, create=True)

    assert stopped.value.code is Exit.NOT_WRITTEN


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("ledger.sqlite3", id="a bare path"),
        pytest.param("sqlite://", id="no file"),
        pytest.param("sqlite:///:memory:", id="memory"),
        pytest.param("mysql://desk@db/ledger", id="another database"),
        pytest.param("postgresql://desk@db:port/ledger", id="a port that is none"),
    ],
)
def test_a_url_that_names_no_ledger_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(Stop) as stopped:
        open_ledger(url, root=tmp_path, create=True)

    assert stopped.value.code is Exit.SETTINGS
    assert "postgresql://" in str(stopped.value.hint)


def test_postgresql_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftersales_cli.ledger.postgres.find_spec", lambda name: None)

    with pytest.raises(Stop) as stopped:
        open_ledger("postgresql://desk:secret@db/ledger", root=tmp_path, create=True)

    assert stopped.value.code is Exit.SETTINGS
    assert "aftersales-cli[postgres]" in str(stopped.value.hint)


def test_a_blank_and_a_question_mark_in_the_path_do_no_harm(tmp_path: Path) -> None:
    root = tmp_path / "our desk? %20#1"
    issue(root, notice(1))

    assert (root / "ledger.sqlite3").is_file()
    with readable(root) as ledger:
        assert len(ledger.issued()) == 1


def test_the_default_url_is_relative_to_the_workspace(tmp_path: Path) -> None:
    with open_ledger(URL, root=tmp_path, create=True):
        assert (tmp_path / "ledger.sqlite3").is_file()
