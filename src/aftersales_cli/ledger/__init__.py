"""What was issued and what happened since: an append-only database, SQLite by default.

Importing this room costs nothing; SQLAlchemy is imported by `open_ledger`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.ledger.run import RecordedRun, Run, Settled, State

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

__all__ = ["RecordedRun", "Run", "Settled", "State", "open_ledger"]


def open_ledger(url: str, *, root: Path = Path(), create: bool, read_only: bool = False) -> Ledger:
    """Open a workspace's ledger; `root` is where the path in a SQLite URL begins. Close it, or use it as a context.

    `create=False` where no ledger is: an empty one to read from, no file is made. `read_only` reads one snapshot and
    takes no lock. `Stop`: 69 (no server), 74 (damaged, disk full), 75 (in use), 77 (others may read it, or we may not),
    78 (no such database, a newer one, on a network file system).
    """
    from aftersales_cli.ledger.opening import opened

    return opened(url, root=root, create=create, read_only=read_only)
