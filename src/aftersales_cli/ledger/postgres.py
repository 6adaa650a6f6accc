"""A ledger on a PostgreSQL server, shared by several desks. Not run against a server yet."""

from __future__ import annotations

from importlib.util import find_spec

from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger import sqlite
from aftersales_cli.ledger.faults import told
from aftersales_cli.ledger.migrations import STEPS, bring_up, unfit, version_of
from aftersales_cli.words import Say

LOCK = 0x4146_5445_5253  # any number that is the same for all of us; writers wait for one another


def engine(address: URL, *, read_only: bool) -> Engine:
    """An engine for one run: a reader sees one state, writers take turns; a writer brings an older schema up."""
    if find_spec("psycopg") is None:
        raise Stop(
            Say("a ledger on PostgreSQL needs the package psycopg"),
            hint=Say("pip install 'aftersales-cli[postgres]'"),
            code=Exit.SETTINGS,
        )
    # a writer must see what was committed while it waited for its turn; a reader must not
    level = "REPEATABLE READ" if read_only else "READ COMMITTED"
    made = create_engine(address.set(drivername="postgresql+psycopg"), isolation_level=level)
    event.listen(made, "begin", _take_turns)
    where = address.render_as_string()
    with told(where), made.execution_options(writes=not read_only).begin() as connection:
        if not read_only:
            bring_up(connection, where)
            return made
        found = version_of(connection)
    if found == 0:
        return sqlite.empty()
    if found != len(STEPS):
        raise unfit(where, found)
    return made


def _take_turns(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
