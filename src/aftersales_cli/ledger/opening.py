"""From the `ledger:` of a workspace to an open ledger: which database it names, and which version that has."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger import postgres, sqlite
from aftersales_cli.ledger.store import Ledger
from aftersales_cli.words import Say


def opened(url: str, *, root: Path, create: bool, read_only: bool) -> Ledger:
    """See `aftersales_cli.ledger.open_ledger`."""
    address = _parsed(url)
    if address.get_backend_name() == "postgresql":
        engine = postgres.engine(address, read_only=read_only)
        return Ledger(engine, where=address.render_as_string(), read_only=read_only)
    path = root.absolute() / str(address.database)
    if create and not read_only:
        sqlite.make(path)
        return Ledger(sqlite.writing(path), where=path, read_only=False)
    if not sqlite.there(path):
        return Ledger(sqlite.empty(), where=path, read_only=True)
    return Ledger(sqlite.snapshot(path) if read_only else sqlite.writing(path), where=path, read_only=read_only)


def _parsed(url: str) -> URL:
    accepted = Say("write sqlite:///ledger.sqlite3 or postgresql://user@host/database")
    try:
        address = make_url(url)
    except (ArgumentError, ValueError) as error:
        raise Stop(Say("ledger: “{url}” is no database URL", url=url), hint=accepted, code=Exit.SETTINGS) from error
    known = {"sqlite": bool(address.database) and address.database != ":memory:", "postgresql": True}
    if not known.get(address.get_backend_name()):
        shown = address.render_as_string()
        raise Stop(Say("ledger: “{url}” names no ledger", url=shown), hint=accepted, code=Exit.SETTINGS)
    return address
