"""Kills a run at its k-th step, for k = 1, 2, … until one survives; after each, a clean run. Prints what it found.

Started by test_kill.py as a program of its own: it forks a process per run, with no database open in the parent.
A step is a statement or commit of SQLite, a folder or file opened, made or renamed, or a flush.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine, event

from aftersales_cli.files import system
from aftersales_cli.files.locking import Lock
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.ledger import State
from aftersales_cli.ledger.store import Ledger
from aftersales_cli.places import Severity
from tests.ledger.samples import NAME, RUN, notice, readable, writable

WANTED = 3
AUDITED = {"open", "os.mkdir", "os.rename", "os.remove", "sqlite3.connect"}


def notify(root: Path, wait_seconds: float = 0) -> None:
    """What a command does that issues notices: those that the ledger has not yet."""
    with Lock(root / ".lock", command="notify", started="").acquire(wait_seconds), writable(root) as ledger:
        ledger.recover(root / "out")
        known = {issued.notice_id for issued in ledger.issued()}
        due = [each for number in range(WANTED) if (each := notice(number)).notice_id not in known]
        if due:
            with RunFolder(root / "out", NAME) as folder:
                for each in due:
                    folder.write(f"C001/{each.notice_id}.txt", each.customer_name.encode())
                ledger.issue(folder, RUN, due)


def dying(root: Path, at: int) -> None:
    """Run, and be killed before step `at`."""
    steps = 0

    def step(*_: object, **__: object) -> None:
        nonlocal steps
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def audited(name: str, arguments: tuple[object, ...]) -> None:
        if name in AUDITED and str(root) in str(arguments[0]):
            step()

    sys.addaudithook(audited)
    for name in ("before_cursor_execute", "commit"):
        event.listen(Engine, name, step)
    flush, flush_files = system.flush, system.flush_files
    system.flush = lambda path: (step(), flush(path))[1]  # type: ignore[func-returns-value]
    system.flush_files = lambda *given: (step(), flush_files(*given))[1]  # type: ignore[func-returns-value]
    for owner, method in ((Ledger, "complete"), (RunFolder, "publish"), (RunFolder, "prepare"), (Ledger, "record_run")):
        setattr(owner, method, _followed(getattr(owner, method), step))
    notify(root)


def _followed(method: Callable[..., object], step: Callable[[], None]) -> Callable[..., object]:
    def followed(*given: object) -> object:
        result = method(*given)
        step()
        return result

    return followed


def state_of(root: Path) -> dict[str, object]:
    """What the ledger and the output folder hold, to be compared with what was wanted."""
    with readable(root) as ledger:
        runs = [run for run in ledger.runs() if run.state is State.COMPLETED]
        return {
            "issued": sorted(n.notice_id for n in ledger.issued()),
            "documents": sorted(path.stem for path in (root / "out").glob("[!.]*/C001/*.txt")),
            "folders": sorted(path.name for path in (root / "out").glob("[!.]*")),
            "completed": sorted(str(run.final_name) for run in runs),
            "errors": [str(p.message) for p in ledger.verify(root / "out") if p.severity is Severity.ERROR],
        }


def forked(work: Callable[[], object]) -> int:
    """Do it in a process of its own; give how that ended (a negative number is a signal)."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: Path) -> None:
    """Print one line of JSON per killed run."""
    for at in range(1, 1000):
        root = folder / str(at)
        root.mkdir()
        ended = forked(lambda root=root, at=at: dying(root, at))  # type: ignore[misc]
        again = forked(lambda root=root: notify(root))  # type: ignore[misc]
        forked(lambda root=root: (root / "state").write_text(json.dumps(state_of(root))))  # type: ignore[misc]
        found = {"at": at, "ended": ended, "again": again, **json.loads((root / "state").read_text())}
        sys.stdout.write(json.dumps(found) + "\n")
        if ended == 0:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]))
