"""What a database refuses or reports becomes an error that stops the command, with what to do about it."""

from __future__ import annotations

import shlex
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say


@contextmanager
def told(where: Path | str) -> Iterator[None]:
    """Turn the faults of the ledger at `where` (a file, or a URL without its password) into `Stop`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _stop(where, error, error) from error
    except DBAPIError as error:
        if isinstance(error.orig, sqlite3.Error):
            raise _stop(where, error.orig, error) from error
        if isinstance(error, OperationalError):
            raise _unreachable(where, error) from error
        raise


def _stop(where: Path | str, error: sqlite3.Error, otherwise: Exception) -> Exception:
    # a ProgrammingError of the module itself has no code
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # the primary code is the low byte
    match code:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return damaged(where, str(error))
        case sqlite3.SQLITE_FULL:
            return _not_written(
                where, error, Say("free space on its disk and run again; what stood before still stands")
            )
        case sqlite3.SQLITE_IOERR:
            return _not_written(
                where, error, Say("its disk is full or reports an error; look at it before you run again")
            )
        case sqlite3.SQLITE_READONLY:
            return _not_written(where, error, Say("make the file and its folder writable for you"))
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return Stop(
                Say("the ledger {file} cannot be opened: {why}", file=where, why=str(error)),
                hint=Say("its file and folder must be yours to read and write"),
                code=Exit.NOT_PRIVATE,
            )
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Stop(
                Say("the ledger {file} is in use by another program", file=where),
                hint=Say("try again; nothing was done"),
                code=Exit.BUSY,
            )
    return otherwise


def _not_written(where: Path | str, error: sqlite3.Error, hint: Say) -> Stop:
    message = Say("the ledger {file} cannot be written: {why}", file=where, why=str(error))
    return Stop(message, hint=hint, code=Exit.NOT_WRITTEN)


def damaged(where: Path | str, why: str) -> Stop:
    """The `Stop` 74 for a database that does not hold; names the newest copy beside it, where there is one."""
    return Stop(
        Say("the ledger {file} is damaged: {why}", file=where, why=why),
        hint=_restore(Path(where)),
        code=Exit.NOT_WRITTEN,
    )


def _restore(path: Path) -> Say:
    aside = f"mv {shlex.quote(str(path))} {shlex.quote(f'{path}.damaged')}"
    copies = sorted(path.parent.glob(f"{path.name}.version*"), key=lambda copy: copy.stat().st_mtime)
    if copies:
        back = f"cp -p {shlex.quote(str(copies[-1]))} {shlex.quote(str(path))}"
        return Say("keep it ({aside}) and put the copy back: {back}", aside=aside, back=back)
    return Say("keep it ({aside}) and put your own backup in its place", aside=aside)


def _unreachable(where: Path | str, error: OperationalError) -> Stop:
    return Stop(
        Say("the database {url} cannot be reached: {why}", url=where, why=str(error.orig).strip().partition("\n")[0]),
        hint=Say("see that the server runs and lets you in, then run again"),
        code=Exit.UNREACHABLE,
    )
