"""The work of `ledger list`, `show` and `verify`: what was issued, by which run, and whether it is still there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.records.events import Issued
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Counted, Say
from aftersales_cli.workspace import Workspace

if TYPE_CHECKING:
    from aftersales_cli.ledger import RecordedRun
    from aftersales_cli.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Found:
    """What `ledger show` shows to people: notices of one id by sequence, or a run's; and the runs they came from."""

    notices: tuple[Issued, ...]
    runs: tuple[RecordedRun, ...]
    by_run: bool


def listed(workspace: Workspace, as_of: datetime, *, task: str | None = None, customer: str | None = None) -> Report:
    """The notices issued, oldest first; of one task or one customer only, where asked, whatever their spelling."""
    with opened(workspace) as ledger:
        folders = _folders(ledger.runs(), workspace.output)
        notices = [n for n in ledger.issued() if _asked(n.task_no, task) and _asked(n.customer_code or "", customer)]
    note = Counted("{n} notice", "{n} notices", n=len(notices))
    return Report(
        "ledger list",
        as_of,
        summary={"notices": len(notices)},
        items=[_notice(notice, folders) for notice in notices],
        notes=[note],
        view=notices,
    )


def _asked(found: str, asked: str | None) -> bool:
    return asked is None or folded(found) == folded(asked)


def shown(workspace: Workspace, as_of: datetime, name: str) -> Report:
    """All sequences of one notice, or one run (by number or folder) and its notices; `Stop` 2 where neither is.

    A notice is named by its id, or by the number printed on its documents.
    """
    with opened(workspace) as ledger:
        runs, issued = ledger.runs(), ledger.issued()
    folders = _folders(runs, workspace.output)
    notices = tuple(n for n in issued if folded(n.notice_id) == folded(name) or _printed(n, name))
    if notices:
        numbers = {n.run for n in notices}
        made = {str(run.run_id): run for run in runs if str(run.run_id) in numbers}
        items = [_notice(n, folders) | {"made_by": _run(made[n.run], folders)} for n in notices]
        return _shown(as_of, items, Found(notices, tuple(made.values()), by_run=False), folders)
    run = next((run for run in runs if name in (str(run.run_id), run.folder.name)), None)
    if run is None:
        raise _neither(name, [*(n.notice_id for n in issued), *(run.folder.name for run in runs)])
    notices = tuple(n for n in issued if n.run == str(run.run_id))
    items = [_run(run, folders) | {"notices": [_notice(n, folders) for n in notices]}]
    return _shown(as_of, items, Found(notices, (run,), by_run=True), folders)


def _printed(notice: Issued, number: str) -> bool:
    """Whether `number` is the one printed on the notice's documents; their names end in it, too."""
    return len(number) == 8 and any(PurePosixPath(file).stem.endswith(f"-{number.lower()}") for file in notice.files)


def _shown(as_of: datetime, items: list[dict[str, object]], found: Found, folders: Mapping[str, Path]) -> Report:
    files = [path for notice in found.notices for path in _files(notice, folders)]
    return Report("ledger show", as_of, items=items, files=list(dict.fromkeys(files)), view=found)


def _neither(name: str, known: Iterable[str]) -> Stop:
    near = get_close_matches(name, list(dict.fromkeys(known)), n=3)
    hint = Say("did you mean {near}?", near=near) if near else Say("“aftersales ledger list” shows what there is")
    return Stop(Say("the ledger has no notice and no run “{name}”", name=name), hint=hint, code=Exit.USAGE)


def verified(workspace: Workspace, as_of: datetime) -> Report:
    """Compare the ledger with itself and with the run folders: 3 where documents are missing or were changed.

    `Stop` 74 where the database itself is damaged.
    """
    with opened(workspace) as ledger:
        runs, issued = ledger.runs(), ledger.issued()
        problems = ledger.verify(workspace.output)
    code = exit_for(problems=problems)
    summary = {"runs": len(runs), "notices": len(issued), "whole": code is Exit.DONE}
    return Report("ledger verify", as_of, exit=code, summary=summary, problems=problems)


def opened(workspace: Workspace) -> Ledger:
    """The workspace's ledger, to read from."""
    from aftersales_cli.ledger import open_ledger  # SQLAlchemy takes a tenth of a second

    return open_ledger(workspace.ledger, root=workspace.root, create=False, read_only=True)


def _folders(runs: Iterable[RecordedRun], output: Path) -> dict[str, Path]:
    """Where each run's documents are, by its id as text: as recorded, or in a workspace that has moved."""
    return {str(run.run_id): _folder(run.folder, output / run.folder.name) for run in runs}


def _folder(recorded: Path, moved: Path) -> Path:
    return moved if moved.is_dir() and not recorded.is_dir() else recorded


def _files(notice: Issued, folders: Mapping[str, Path]) -> list[Path]:
    return [folders[notice.run] / name for name in notice.files]


def _notice(notice: Issued, folders: Mapping[str, Path]) -> dict[str, object]:
    return {
        "notice_id": notice.notice_id,
        "task_no": notice.task_no,
        "customer_code": notice.customer_code,
        "customer_name": notice.customer_name,
        "change": notice.change,
        "sequence": notice.sequence,
        "issued_at": notice.issued_at,
        "published_at": notice.published_at,
        "window": {"start": notice.window_start, "end": notice.window_end},
        "interruption": notice.interruption,
        "province": notice.province,
        "reason": notice.reason,
        "circuit_codes": notice.circuit_codes,
        "recipients": notice.recipients,
        "inputs": notice.inputs,
        "despite": notice.despite,
        "run": int(notice.run),
        "files": _files(notice, folders),
    }


def _run(recorded: RecordedRun, folders: Mapping[str, Path]) -> dict[str, object]:
    run = recorded.run
    return {
        "run": recorded.run_id,
        "command": run.command,
        "as_of": run.as_of,
        "state": recorded.state,
        "folder": folders[str(recorded.run_id)],
        "manifest_sha256": run.manifest_sha256,
        "rulebook": run.rulebook,
        "province": run.province,
        "inputs": run.inputs,
        "version": run.version,
    }
