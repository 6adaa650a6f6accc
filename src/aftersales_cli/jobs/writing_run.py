"""What a run that writes does beside its work: it locks, settles what was cut off, says what it stood on and lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli import __version__
from aftersales_cli.files.locking import LOCK_FILE, Lock
from aftersales_cli.jobs.desk import Desk, sha256_of
from aftersales_cli.places import Problem, Severity
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import Run
    from aftersales_cli.ledger.store import Ledger


def locked(desk: Desk, command: str, wait: float) -> Lock:
    """The workspace's lock, taken, as a context that gives it back; the workspace's folder is made where there is none.

    `Stop` 75 where another run holds it for longer than `wait` seconds.
    """
    root = desk.workspace.root
    root.mkdir(parents=True, exist_ok=True)
    return Lock(root / LOCK_FILE, command=command, started=f"{desk.as_of:%F %T}").acquire(wait)


def settled(ledger: Ledger, output: Path) -> list[Say]:
    """Runs that were cut off before: finished now, or given up; either way said."""
    return [
        Say("a run that was cut off was finished: {folder}", folder=str(found.folder))
        if found.folder is not None
        else Say("a run that was cut off left no documents; it was given up, and its notices are due again")
        for found in ledger.recover(output)
    ]


def unsigned(desk: Desk, says: Say) -> Iterator[Problem]:
    """The caution `says` where the workspace does not say who sends what goes out, and whom to call."""
    sender = desk.workspace.sender
    if not (sender.get("unit") and sender.get("phone")):
        hint = Say("fill in unit and phone under “sender:” in aftersales.yaml")
        yield Problem(says, hint=hint, severity=Severity.CAUTION)


def run_row(desk: Desk, command: str, tables: Iterable[str]) -> Run:
    """The run as the ledger keeps it: its moment, rule book and calendar, and the files of these tables."""
    from aftersales_cli.ledger.run import Run

    return Run(
        command=command,
        as_of=desk.as_of,
        run_at=desk.as_of,
        rulebook=desk.book.fingerprint(),
        province=desk.province,
        version=__version__,
        inputs=sha256_of([source for table in tables for source in desk.inputs(table)]),
        calendar=desk.workdays.fingerprint(),
    )
