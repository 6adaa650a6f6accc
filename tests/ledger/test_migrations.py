"""An older ledger is copied and brought up, whole or not at all; a newer one is left alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger import migrations, schema, sqlite
from tests.ledger.samples import issue, notice, readable, writable

VERSION_1 = Path(__file__).with_name("version_1.sql")  # a ledger of the first version, as text; never edited


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The ledger of version 1, with two notices of one completed run."""
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(VERSION_1.read_text("utf-8"))
    path.chmod(0o600)
    return path


def broken(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE runs ADD COLUMN desk TEXT"))
    raise RuntimeError("halfway")


def versions_in(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as opened:
        return [row[0] for row in opened.execute("SELECT version FROM versions ORDER BY version")]


def test_the_tables_that_queries_see_are_those_that_the_steps_make() -> None:
    engine = sqlite.empty()
    with engine.connect() as connection:
        found = inspect(connection)
        made = {
            table: {(c["name"], str(c["type"]), bool(c["nullable"])) for c in found.get_columns(table)}
            for table in found.get_table_names()
        }
    engine.dispose()

    seen = {
        table.name: {(c.name, str(c.type.compile(engine.dialect)), bool(c.nullable)) for c in table.columns}
        for table in schema.metadata.sorted_tables
    }
    # an INTEGER PRIMARY KEY of SQLite is the row's number and never null, although it is reported so
    assert made == {
        table: {
            (name, kind, nullable or (kind == "INTEGER" and _is_key(table, name))) for name, kind, nullable in columns
        }
        for table, columns in seen.items()
    }


def _is_key(table: str, column: str) -> bool:
    return schema.metadata.tables[table].columns[column].primary_key


def test_a_ledger_of_the_first_version_is_read(old: Path) -> None:
    with readable(old.parent) as ledger:
        assert [(n.notice_id, n.customer_code, n.circuit_codes) for n in ledger.issued()] == [
            ("JT2026SHJH000001.C001", "C001", ("北京上海30N0001NP",)),
            ("JT2026SHJH000001", None, ("北京桂林30N0002NP",)),
        ]
        assert [run.notices for run in ledger.runs()] == [2]


def test_an_older_ledger_is_copied_and_brought_up(old: Path) -> None:
    with writable(old.parent) as ledger:
        assert len(ledger.issued()) == 2

    copy = old.with_name("ledger.sqlite3.version1")
    assert versions_in(old) == list(range(1, len(migrations.STEPS) + 1))
    assert versions_in(copy) == [1]
    assert copy.stat().st_mode & 0o777 == 0o600
    with writable(old.parent):
        pass
    assert not old.with_name("ledger.sqlite3.version1-2").exists()


def test_an_older_copy_is_not_overwritten(old: Path) -> None:
    old.with_name("ledger.sqlite3.version1").write_text("an earlier one")
    with writable(old.parent):
        pass

    assert old.with_name("ledger.sqlite3.version1").read_text() == "an earlier one"
    assert versions_in(old.with_name("ledger.sqlite3.version1-2")) == [1]


def test_a_step_that_fails_leaves_the_old_ledger(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftersales_cli.ledger.migrations.STEPS", (migrations.version_1, broken))
    with pytest.raises(RuntimeError):
        writable(old.parent)
    monkeypatch.undo()

    assert versions_in(old) == [1]
    with readable(old.parent) as ledger:
        assert len(ledger.issued()) == 2


def test_a_judging_command_reads_an_older_ledger_without_touching_it(old: Path) -> None:
    before = old.read_bytes()
    with readable(old.parent) as ledger:
        assert len(ledger.issued()) == 2
        assert len(ledger.runs()) == 1

    assert old.read_bytes() == before
    assert [path.name for path in old.parent.iterdir()] == [old.name]


@pytest.mark.parametrize("open_it", [pytest.param(writable, id="writing"), pytest.param(readable, id="reading")])
def test_a_newer_ledger_is_refused_and_left_alone(tmp_path: Path, open_it: object) -> None:
    issue(tmp_path, notice(1))
    path = tmp_path / "ledger.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO versions VALUES (99, 'a later aftersales')")
    before = path.read_bytes()

    with pytest.raises(Stop, match="version 99") as stopped:
        open_it(tmp_path)  # type: ignore[operator]

    assert stopped.value.code is Exit.SETTINGS
    assert "update aftersales" in str(stopped.value.hint)
    assert path.read_bytes() == before
