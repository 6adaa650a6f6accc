"""All that the ledger has of one task, and how `cutover evidence` tells it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.evidence_files import Document, InputFile, Standing
from aftersales_cli.jobs.plain import plain
from aftersales_cli.jobs.status import receipt_item
from aftersales_cli.records.events import Delivered, Issued, Judgement, Paper
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import RecordedRun

Json = dict[str, Any]
COMPARED = ("window", "interruption", "circuit_codes", "province", "reason")


@dataclass(frozen=True)
class Story:
    """All that the ledger has of one task: `task_nos` are the spellings of its number, the latest last.

    `interrupted` are runs that may belong to it and are not settled.
    """

    task_nos: tuple[str, ...]
    notices: tuple[Issued, ...]
    judgements: tuple[Judgement, ...]
    runs: tuple[RecordedRun, ...]
    interrupted: tuple[RecordedRun, ...]
    papers: tuple[Paper, ...]
    receipts: tuple[Delivered, ...] = ()

    @property
    def task_no(self) -> str:
        """Its number as it was written last."""
        return self.task_nos[-1]


def story_of(desk: Desk, task: str) -> Story:
    """What the ledger has; `Stop` 2 where it has nothing of this task."""
    with desk.ledger(write=False) as ledger:
        known = ledger.tasks()
        names = tuple(name for name in known if folded(name) == folded(task))
        if not names:
            raise _unknown(task, known)
        notices, judgements = ledger.issued(names), ledger.judgements(names)
        concerned = {*(int(notice.run) for notice in notices), *(int(each.run) for each in judgements)}
        runs, receipts = ledger.runs(), ledger.deliveries(names)
        papers = ledger.papers(_papers(judgements))
        papers += ledger.papers({json.loads(paper.content)["sha256"] for paper in papers if paper.kind == "edition"})
    spelled = sorted([*((int(j.run), j.task_no) for j in judgements), *((int(n.run), n.task_no) for n in notices)])
    return Story(
        tuple(sorted(names, key=lambda name: max(run for run, spelling in spelled if spelling == name))),
        notices,
        judgements,
        tuple(run for run in runs if run.run_id in concerned),
        tuple(run for run in runs if run.state == "prepared"),
        papers,
        receipts,
    )


def _papers(judgements: Iterable[Judgement]) -> set[str]:
    found: set[str] = set()
    for judgement in judgements:
        found.update(judgement.said["calendar"]["years"].values())
        found.update(digest for decision in judgement.said["decisions"] for digest in decision["editions"])
    return found


def _unknown(task: str, known: Sequence[str]) -> Stop:
    message = Say(
        "the ledger has nothing of task “{task}”: nothing was issued, and no judgement of it was kept", task=task
    )
    near = get_close_matches(task, known, n=3)
    hint = Say("did you mean {near}?", near=near) if near else Say("“aftersales ledger list” shows what there is")
    return Stop(message, hint=hint, code=Exit.USAGE)


def summary(story: Story, documents: Sequence[Document], read: Sequence[InputFile]) -> Json:
    """The counts, and the runs of which no judgement was kept."""
    judged = {each.run for each in story.judgements}
    last = {notice.notice_id: notice for notice in story.notices}
    older = [run.run_id for run in story.runs if str(run.run_id) not in judged]
    return {
        "notices": len(story.notices),
        "customers": len({each.customer_code for each in story.notices if each.customer_code is not None}),
        "latest": dict(Counter(notice.change.value for notice in last.values())),
        "judgements": len(story.judgements),
        "receipts": len(story.receipts),
        "runs_without_judgement": older,
        "documents": {each.value: sum(doc.standing is each for doc in documents) for each in Standing},
        "inputs": {still: sum(each.still == still for each in read) for still in sorted({i.still.value for i in read})},
    }


def receipts(story: Story) -> Iterator[Json]:
    """Every receipt, in the order in which they were recorded."""
    names = {notice.notice_id: notice.customer_name for notice in story.notices}
    for said in story.receipts:
        whose = {"notice_id": said.notice_id, "customer_code": said.customer_code}
        item = plain(receipt_item(said), None)
        assert isinstance(item, dict)
        yield whose | {"customer_name": names.get(said.notice_id, "")} | item


def notices(issued: Sequence[Issued], judgements: Sequence[Json], documents: Sequence[Document]) -> Iterator[Json]:
    """Every notice, oldest first: what it said, what it changed, why it went out all the same, its documents."""
    late = {(j["run"], t["notice_id"]): t["late"] for j in judgements for t in j["told"]}
    found = {(doc.run, doc.name): doc for doc in documents}
    before: dict[str, Json] = {}
    for notice in issued:
        run = int(notice.run)
        said = {
            "notice_id": notice.notice_id,
            "task_no": notice.task_no,
            "customer_code": notice.customer_code,
            "customer_name": notice.customer_name,
            "sequence": notice.sequence,
            "change": notice.change.value,
            "issued_at": plain(notice.issued_at, None),
            "published_at": plain(notice.published_at, None),
            "published_said": notice.published_said,
            "window": {"start": plain(notice.window_start, None), "end": plain(notice.window_end, None)},
            "interruption": notice.interruption,
            "province": notice.province,
            "reason": notice.reason,
            "circuit_codes": list(notice.circuit_codes),
            "collisions": plain(notice.collisions, None),
            "recipients": list(notice.recipients),
            "inputs": plain(notice.inputs, None),
            "despite": dict(notice.despite),
            "late": late.get((run, notice.notice_id)),
            "run": run,
        }
        yield said | {
            "changed": _changed(before.get(notice.notice_id), said),
            "documents": [asdict(found[run, name]) for name in notice.files],
        }
        before[notice.notice_id] = said


def _changed(last: Mapping[str, Any] | None, said: Mapping[str, Any]) -> list[Json]:
    if last is None:
        return []
    return [{"what": key, "old": last[key], "new": said[key]} for key in COMPARED if last[key] != said[key]]


def run(recorded: RecordedRun) -> Json:
    """A run: what it stood on, and the folder it made."""
    made = recorded.run
    return {
        "run": recorded.run_id,
        "command": made.command,
        "as_of": plain(made.as_of, None),
        "run_at": plain(made.run_at, None),
        "folder": recorded.folder.name,
        "manifest_sha256": made.manifest_sha256,
        "version": made.version,
        "province": made.province,
        "rulebook": made.rulebook,
        "calendar": made.calendar,
        "inputs": dict(made.inputs),
    }
