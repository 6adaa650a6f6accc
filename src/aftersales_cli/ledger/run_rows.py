"""Runs, and what they made of tasks and kept of inputs, as rows of the ledger, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping

from aftersales_cli.ledger.run import RecordedRun, Run, State
from aftersales_cli.records.events import Judgement, Paper


def run_row(run: Run) -> dict[str, Any]:
    """The columns of one run."""
    return {
        "command": run.command,
        "as_of": run.as_of,
        "run_at": run.run_at,
        "output": str(run.output.absolute()),
        "temporary": run.temporary,
        "name": run.name,
        "manifest_sha256": run.manifest_sha256,
        "rulebook": run.rulebook,
        "province": run.province,
        "version": run.version,
        "inputs": dict(run.inputs),
        "calendar": run.calendar,
    }


def recorded_run(row: RowMapping) -> RecordedRun:
    """A row of runs with `state`, `final_name` and the number of `notices`."""
    run = Run(
        command=row["command"],
        as_of=row["as_of"],
        run_at=row["run_at"],
        output=Path(row["output"]),
        temporary=row["temporary"],
        name=row["name"],
        manifest_sha256=row["manifest_sha256"],
        rulebook=row["rulebook"],
        province=row["province"],
        version=row["version"],
        inputs=row["inputs"],
        calendar=row["calendar"],
    )
    return RecordedRun(row["run_id"], run, State(row["state"] or State.PREPARED), row["final_name"], row["notices"])


def judgement_row(run_id: int, judgement: Judgement) -> dict[str, Any]:
    """The columns of one judgement; its `run` is given by the run it is recorded with."""
    said = json.dumps(judgement.said, ensure_ascii=False, separators=(",", ":"))
    if not _is_unicode(said):  # a file name of a POSIX system need not be
        said = json.dumps(judgement.said, separators=(",", ":"))
    return {"run_id": run_id, "task_no": judgement.task_no, "said": said}


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def judgement(row: RowMapping) -> Judgement:
    """A row of judgements; `run` is the run's id as text."""
    return Judgement(row["task_no"], json.loads(row["said"]), str(row["run_id"]))


def paper_row(paper: Paper) -> dict[str, Any]:
    """The columns of one paper."""
    return {"sha256": paper.sha256, "kind": paper.kind, "name": paper.name, "content": paper.content}


def paper(row: RowMapping) -> Paper:
    """A row of papers."""
    return Paper(row["kind"], row["name"], bytes(row["content"]))
