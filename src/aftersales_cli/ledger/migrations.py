"""The ledger's shape, step by step from the first version. A step that has been released is never edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, func, insert, inspect, select, text

from aftersales_cli import __version__
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger.schema import versions
from aftersales_cli.words import Say

Step = Callable[[Connection], None]


def version_1(connection: Connection) -> None:
    """Runs, their notices, and the events that tell how far each run came."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        f"CREATE TABLE versions (version INTEGER PRIMARY KEY, made_by TEXT NOT NULL) {strict}",
        f"""
        CREATE TABLE runs (
          run_id {key}, command TEXT NOT NULL, as_of TEXT NOT NULL, run_at TEXT NOT NULL, output TEXT NOT NULL,
          temporary TEXT NOT NULL, name TEXT NOT NULL, manifest_sha256 TEXT NOT NULL, rulebook TEXT NOT NULL,
          province TEXT, version TEXT NOT NULL, inputs TEXT NOT NULL
        ) {strict}""",
        f"""
        CREATE TABLE notices (
          notice_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), notice_id TEXT NOT NULL,
          task_no TEXT NOT NULL, customer_code TEXT, customer_name TEXT NOT NULL, sequence INTEGER NOT NULL,
          change TEXT NOT NULL, issued_at TEXT NOT NULL, published_at TEXT NOT NULL, published_said INTEGER NOT NULL,
          window_start TEXT NOT NULL, window_end TEXT NOT NULL, interruption TEXT NOT NULL, province TEXT NOT NULL,
          reason TEXT NOT NULL, circuit_codes TEXT NOT NULL, recipients TEXT NOT NULL, inputs TEXT NOT NULL,
          files TEXT NOT NULL, despite TEXT NOT NULL
        ) {strict}""",
        f"""
        CREATE TABLE events (
          event_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id),
          state TEXT NOT NULL CHECK (state IN ('prepared', 'completed', 'abandoned')), final_name TEXT
        ) {strict}""",
        "CREATE INDEX notices_by_task ON notices (task_no)",
        "CREATE INDEX notices_by_id ON notices (notice_id, sequence)",
        "CREATE INDEX notices_by_run ON notices (run_id)",
        "CREATE INDEX events_by_run ON events (run_id)",
        "CREATE UNIQUE INDEX settled_once ON events (run_id) WHERE state <> 'prepared'",
    ):
        connection.execute(text(statement))
    for table in ("versions", "runs", "notices", "events"):
        append_only(connection, table)


def version_2(connection: Connection) -> None:
    """What a notice said of other tasks that cut a circuit at the same time."""
    connection.execute(text("ALTER TABLE notices ADD COLUMN collisions TEXT NOT NULL DEFAULT '{}'"))


def version_3(connection: Connection) -> None:
    """What cannot be worked out again later: each run's calendar, its judgement of each task, and the cards behind."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        "ALTER TABLE runs ADD COLUMN calendar TEXT",
        f"""
        CREATE TABLE judgements (
          judgement_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), task_no TEXT NOT NULL,
          said TEXT NOT NULL
        ) {strict}""",
        f"""
        CREATE TABLE papers (
          sha256 TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,
          content {"BLOB" if sqlite else "BYTEA"} NOT NULL
        ) {strict}""",
        "CREATE INDEX judgements_by_task ON judgements (task_no)",
        "CREATE INDEX judgements_by_run ON judgements (run_id)",
    ):
        connection.execute(text(statement))
    for table in ("judgements", "papers"):
        append_only(connection, table)


def version_4(connection: Connection) -> None:
    """Receipts: which notice reached its customer when, or did not, and who said so."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        f"""
        CREATE TABLE deliveries (
          delivery_no {key}, recorded_at TEXT NOT NULL, notice_id TEXT NOT NULL, sequence INTEGER NOT NULL,
          task_no TEXT NOT NULL, customer_code TEXT NOT NULL, delivered_at TEXT, whole_day INTEGER NOT NULL,
          channel TEXT NOT NULL, confirmed_by TEXT NOT NULL, circuit_codes TEXT NOT NULL,
          reply TEXT CHECK (reply IN ('accepted', 'declined', 'tentative')), source TEXT NOT NULL
        ) {strict}""",
        "CREATE INDEX deliveries_by_task ON deliveries (task_no)",
        "CREATE INDEX deliveries_by_notice ON deliveries (notice_id, sequence)",
    ):
        connection.execute(text(statement))
    append_only(connection, "deliveries")


def version_5(connection: Connection) -> None:
    """What happened to the cases of customer feedback; `run_id` where documents were written with it (R4–R6)."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        f"""
        CREATE TABLE case_events (
          case_event_no {key}, run_id INTEGER REFERENCES runs (run_id), feedback_no TEXT NOT NULL, kind TEXT NOT NULL,
          customer_code TEXT NOT NULL, task_no TEXT, event TEXT NOT NULL, happened_at TEXT NOT NULL,
          recorded_at TEXT NOT NULL, said TEXT NOT NULL, files TEXT NOT NULL
        ) {strict}""",
        "CREATE INDEX case_events_by_feedback ON case_events (feedback_no)",
        "CREATE INDEX case_events_by_run ON case_events (run_id)",
    ):
        connection.execute(text(statement))
    append_only(connection, "case_events")


def version_6(connection: Connection) -> None:
    """Answers to complaints, with what each rested on; written with their documents (R9–R14)."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        f"""
        CREATE TABLE answers (
          answer_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), complaint_no TEXT NOT NULL,
          answer TEXT NOT NULL, primary_rule TEXT, task_no TEXT, customer_code TEXT, circuit_code TEXT NOT NULL,
          answered_at TEXT NOT NULL, letter TEXT, sheet TEXT NOT NULL, decisions TEXT NOT NULL, despite TEXT NOT NULL,
          files TEXT NOT NULL
        ) {strict}""",
        "CREATE INDEX answers_by_complaint ON answers (complaint_no)",
        "CREATE INDEX answers_by_run ON answers (run_id)",
    ):
        connection.execute(text(statement))
    append_only(connection, "answers")


def version_7(connection: Connection) -> None:
    """Visits as recorded, anew whenever a record says more; and which went to the group system (R40)."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        f"""
        CREATE TABLE visits (
          record_no {key}, run_id INTEGER REFERENCES runs (run_id), visit_no TEXT NOT NULL,
          customer_code TEXT NOT NULL, recorded_at TEXT NOT NULL, said TEXT NOT NULL, source TEXT NOT NULL
        ) {strict}""",
        f"""
        CREATE TABLE visit_exports (
          export_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), visit_no TEXT NOT NULL,
          customer_code TEXT NOT NULL, exported_at TEXT NOT NULL, content TEXT NOT NULL, again INTEGER NOT NULL
        ) {strict}""",
        "CREATE INDEX visits_by_number ON visits (visit_no)",
        "CREATE INDEX visits_by_run ON visits (run_id)",
        "CREATE INDEX visit_exports_by_number ON visit_exports (visit_no)",
        "CREATE INDEX visit_exports_by_run ON visit_exports (run_id)",
    ):
        connection.execute(text(statement))
    for table in ("visits", "visit_exports"):
        append_only(connection, table)


def version_8(connection: Connection) -> None:
    """The visits of each year's routine plan, as each run planned them (R19)."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        f"""
        CREATE TABLE planned_visits (
          planned_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), year INTEGER NOT NULL,
          customer_code TEXT NOT NULL, number INTEGER NOT NULL, out_of INTEGER NOT NULL, day TEXT NOT NULL,
          place TEXT NOT NULL, engineer TEXT NOT NULL, slot_from TEXT NOT NULL, slot_to TEXT NOT NULL,
          content TEXT NOT NULL, filed INTEGER NOT NULL, provisional INTEGER NOT NULL, sequence INTEGER NOT NULL
        ) {strict}""",
        "CREATE INDEX planned_visits_by_year ON planned_visits (year, run_id)",
        "CREATE INDEX planned_visits_by_run ON planned_visits (run_id)",
    ):
        connection.execute(text(statement))
    append_only(connection, "planned_visits")


def version_9(connection: Connection) -> None:
    """Which run planned which year; visits that could not be placed; roles, and what was not read then (R19)."""
    sqlite = connection.dialect.name == "sqlite"
    key = "INTEGER PRIMARY KEY" if sqlite else "INTEGER GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    strict = "STRICT" if sqlite else ""
    for statement in (
        "ALTER TABLE planned_visits ADD COLUMN role TEXT",
        "ALTER TABLE planned_visits ADD COLUMN unread TEXT NOT NULL DEFAULT '[]'",
        "ALTER TABLE planned_visits ADD COLUMN superseded INTEGER NOT NULL DEFAULT 0",
        f"""
        CREATE TABLE plans (
          plan_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), year INTEGER NOT NULL
        ) {strict}""",
        "INSERT INTO plans (run_id, year) SELECT DISTINCT run_id, year FROM planned_visits ORDER BY run_id, year",
        "CREATE INDEX plans_by_year ON plans (year, run_id)",
        f"""
        CREATE TABLE open_visits (
          open_no {key}, run_id INTEGER NOT NULL REFERENCES runs (run_id), year INTEGER NOT NULL,
          customer_code TEXT NOT NULL, number INTEGER NOT NULL, out_of INTEGER NOT NULL, place TEXT NOT NULL,
          engineer TEXT, slot_from TEXT NOT NULL, slot_to TEXT NOT NULL, because TEXT NOT NULL, was TEXT,
          unread TEXT NOT NULL
        ) {strict}""",
        "CREATE INDEX open_visits_by_year ON open_visits (year, run_id)",
        "CREATE INDEX open_visits_by_run ON open_visits (run_id)",
    ):
        connection.execute(text(statement))
    for table in ("plans", "open_visits"):
        append_only(connection, table)


def append_only(connection: Connection, table: str) -> None:
    """Refuse UPDATE and DELETE on `table`, whoever asks for it."""
    if connection.dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_{act.lower()} BEFORE {act} ON {table} "
                    "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
                )
            )
        return
    connection.execute(
        text(
            "CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
        )
    )


STEPS: Sequence[Step] = (
    version_1,
    version_2,
    version_3,
    version_4,
    version_5,
    version_6,
    version_7,
    version_8,
    version_9,
)


def version_of(connection: Connection) -> int | None:
    """The version of the database; 0 for an empty one, None for one that is something else."""
    tables = inspect(connection).get_table_names()
    if versions.name in tables:
        return connection.execute(select(func.max(versions.c.version))).scalar_one() or 0
    return None if tables else 0


def bring_up(connection: Connection, where: Path | str, before: Callable[[int], None] = lambda _: None) -> None:
    """Bring the database to the newest version; `before(found)` runs first where one of an older version is there.

    `Stop` 78 for a database of something else, or of a newer version.
    """
    found = version_of(connection)
    if found is None or found > len(STEPS):
        raise unfit(where, found)
    if 0 < found < len(STEPS):
        before(found)
    migrate(connection, found)


def unfit(where: Path | str, found: int | None) -> Stop:
    """The `Stop` 78 for a database whose version this program cannot work with; None: it is no ledger at all."""
    if found is None:
        message = Say("{file} is a database, but no ledger", file=where)
        return Stop(message, hint=Say("name another file as ledger: in aftersales.yaml"), code=Exit.SETTINGS)
    update = Say("update aftersales; the ledger was not touched")
    write = Say("a command that writes brings it up, such as “aftersales cutover notify”")
    return Stop(
        Say("the ledger {file} has version {found}, this aftersales {own}", file=where, found=found, own=len(STEPS)),
        hint=update if found > len(STEPS) else write,
        code=Exit.SETTINGS,
    )


def migrate(connection: Connection, found: int) -> None:
    """Take a database from version `found` to the newest; in the caller's transaction: all steps or none."""
    for number, step in enumerate(STEPS[found:], start=found + 1):
        step(connection)
        connection.execute(insert(versions).values(version=number, made_by=__version__))
