"""What `cutover reschedule` has to say: an item per proposal, and every impossible day with what binds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aftersales_cli.cutover.binds import Bind
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.rescheduling import Proposal, Search, to_publish
from aftersales_cli.cutover.task import Task
from aftersales_cli.jobs.check import verdict_of
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.places import Problem
from aftersales_cli.records.values import Window
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.words import Say

COMMAND = "cutover reschedule"


@dataclass(frozen=True)
class Rescheduled:
    """What people are shown: the task as it is judged now, and the search; None where its rows are wrong."""

    present: Judged
    search: Search | None


def report(
    desk: Desk, seen: Rescheduled, problems: Sequence[Problem], files: Sequence[Path], notes: Sequence[Say]
) -> Report:
    """Exit 1 where no window is proposed, or a proposal leaves something to a person."""
    search, task = seen.search, seen.present.task
    proposals = search.proposals if search else ()
    items = [_item(desk, task, proposal) for proposal in proposals]
    if search is None:
        notes = [Say("no window is proposed while the rows of {task} are wrong", task=task.name)]
    open_ = not items or any(item["verdict"] is not Verdict.MET for item in items)
    return Report(
        command=COMMAND,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=open_, problems=problems),
        summary=_summary(seen, len(items)),
        items=items,
        problems=problems,
        files=files,
        notes=notes,
        view=seen,
    )


def _summary(seen: Rescheduled, count: int) -> dict[str, object]:
    search, task = seen.search or Search(), seen.present.task
    window = task.window.value
    return {
        "task_no": task.task_no,
        "window": _window(window) if window else None,
        "verdict": verdict_of(seen.present),
        "proposals": count,
        "last": search.last.window.start.date() if search.last else None,
        "ended": search.ended,
        "standing": search.standing,
        "rejected": [
            {"window": _window(one.window), "binds": [_bind(bind) for bind in one.binds]} for one in search.rejected
        ],
    }


def _item(desk: Desk, task: Task, proposal: Proposal) -> Mapping[str, Any]:
    judged = proposal.candidate.judged
    latest = to_publish(judged, desk.workdays)
    return {
        "task_no": task.task_no,
        "window": _window(proposal.candidate.window),
        "verdict": verdict_of(judged),
        "binds": [_bind(bind) for bind in proposal.bound],
        "publish_by": latest.publish_by if latest else None,
        "certainly_by": latest.certainly_by if latest else None,
        "decisions": judged.decisions,
    }


def _window(window: Window) -> dict[str, object]:
    return {"from": window.start, "to": window.end}


def _bind(bind: Bind) -> dict[str, object]:
    decision = bind.decision
    return {
        "rule": decision.rule,
        "verdict": decision.verdict,
        "says": decision.says,
        "values": decision.values,
        "customers": [
            {"customer_code": c.code if c else None, "customer_name": c.name if c else None} for c in bind.customers
        ],
        "assurances": [
            {"assurance_no": a.assurance_no, "customer_code": a.customer_code, "level": a.level,
             "start": a.start, "end": a.end, "daily": a.daily}
            for a in bind.assurances
        ],
        "with": bind.tasks,
    }  # fmt: skip
