"""Runs and notices as rows of the ledger, and back."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import RowMapping

from aftersales_cli.ledger.run import RecordedRun, Run, State
from aftersales_cli.records.events import (
    AnswerGiven,
    CaseEvent,
    Change,
    Delivered,
    Happened,
    Issued,
    Judgement,
    Paper,
    PlannedVisit,
    Reply,
    Visited,
    VisitExported,
)
from aftersales_cli.records.values import Instant


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


def notice_row(run_id: int, notice: Issued) -> dict[str, Any]:
    """The columns of one notice; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "notice_id": notice.notice_id,
        "task_no": notice.task_no,
        "customer_code": notice.customer_code,
        "customer_name": notice.customer_name,
        "sequence": notice.sequence,
        "change": notice.change.value,
        "issued_at": notice.issued_at,
        "published_at": notice.published_at,
        "published_said": int(notice.published_said),
        "window_start": notice.window_start,
        "window_end": notice.window_end,
        "interruption": notice.interruption,
        "province": notice.province,
        "reason": notice.reason,
        "circuit_codes": list(notice.circuit_codes),
        "recipients": list(notice.recipients),
        "inputs": {table: list(files) for table, files in notice.inputs.items()},
        "files": list(notice.files),
        "despite": dict(notice.despite),
        "collisions": {circuit: list(tasks) for circuit, tasks in notice.collisions.items()},
    }


def issued(row: RowMapping) -> Issued:
    """A row of notices; `run` is the run's id as text."""
    return Issued(
        notice_id=row["notice_id"],
        task_no=row["task_no"],
        customer_code=row["customer_code"],
        customer_name=row["customer_name"],
        sequence=row["sequence"],
        change=Change(row["change"]),
        issued_at=row["issued_at"],
        published_at=row["published_at"],
        published_said=bool(row["published_said"]),
        window_start=row["window_start"],
        window_end=row["window_end"],
        interruption=row["interruption"],
        province=row["province"],
        reason=row["reason"],
        circuit_codes=tuple(row["circuit_codes"]),
        recipients=tuple(row["recipients"]),
        inputs={table: tuple(files) for table, files in row["inputs"].items()},
        files=tuple(row["files"]),
        despite=row["despite"],
        collisions={circuit: tuple(tasks) for circuit, tasks in row["collisions"].items()},
        run=str(row["run_id"]),
    )


def delivery_row(delivery: Delivered) -> dict[str, Any]:
    """The columns of one receipt."""
    at = delivery.delivered_at
    return {
        "recorded_at": delivery.recorded_at,
        "notice_id": delivery.notice_id,
        "sequence": delivery.sequence,
        "task_no": delivery.task_no,
        "customer_code": delivery.customer_code,
        "delivered_at": at.at if at else None,
        "whole_day": int(at.whole_day) if at else 0,
        "channel": delivery.channel,
        "confirmed_by": delivery.confirmed_by,
        "circuit_codes": list(delivery.circuit_codes),
        "reply": delivery.reply.value if delivery.reply else None,
        "source": delivery.source,
    }


def delivered(row: RowMapping) -> Delivered:
    """A row of deliveries."""
    at = row["delivered_at"]
    return Delivered(
        notice_id=row["notice_id"],
        sequence=row["sequence"],
        task_no=row["task_no"],
        customer_code=row["customer_code"],
        delivered_at=Instant(at, whole_day=bool(row["whole_day"])) if at else None,
        channel=row["channel"],
        confirmed_by=row["confirmed_by"],
        circuit_codes=tuple(row["circuit_codes"]),
        source=row["source"],
        recorded_at=row["recorded_at"],
        reply=Reply(row["reply"]) if row["reply"] else None,
    )


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


def case_event_row(run_id: int | None, happened: CaseEvent) -> dict[str, Any]:
    """The columns of one event of a case; its `run` is given by the run it is recorded with, if with any."""
    return {
        "run_id": run_id,
        "feedback_no": happened.feedback_no,
        "kind": happened.kind,
        "customer_code": happened.customer_code,
        "task_no": happened.task_no,
        "event": happened.event.value,
        "happened_at": happened.happened_at,
        "recorded_at": happened.recorded_at,
        "said": dict(happened.said),
        "files": list(happened.files),
    }


def case_event(row: RowMapping) -> CaseEvent:
    """A row of case events; `run` is the run's id as text, None where no document was written with it."""
    return CaseEvent(
        feedback_no=row["feedback_no"],
        kind=row["kind"],
        customer_code=row["customer_code"],
        task_no=row["task_no"],
        event=Happened(row["event"]),
        happened_at=row["happened_at"],
        recorded_at=row["recorded_at"],
        said=row["said"],
        files=tuple(row["files"]),
        run=None if row["run_id"] is None else str(row["run_id"]),
    )


def answer_row(run_id: int, given: AnswerGiven) -> dict[str, Any]:
    """The columns of one answer; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "complaint_no": given.complaint_no,
        "answer": given.answer,
        "primary_rule": given.primary,
        "task_no": given.task_no,
        "customer_code": given.customer_code,
        "circuit_code": given.circuit_code,
        "answered_at": given.answered_at,
        "letter": given.letter,
        "sheet": given.sheet,
        "decisions": list(given.decisions),
        "despite": dict(given.despite),
        "files": list(given.files),
    }


def answer_given(row: RowMapping) -> AnswerGiven:
    """A row of answers; `run` is the run's id as text."""
    return AnswerGiven(
        complaint_no=row["complaint_no"],
        answer=row["answer"],
        primary=row["primary_rule"],
        task_no=row["task_no"],
        customer_code=row["customer_code"],
        circuit_code=row["circuit_code"],
        answered_at=row["answered_at"],
        letter=row["letter"],
        sheet=row["sheet"],
        decisions=tuple(row["decisions"]),
        despite=row["despite"],
        files=tuple(row["files"]),
        run=str(row["run_id"]),
    )


def visit_row(run_id: int | None, visited: Visited) -> dict[str, Any]:
    """The columns of one visit's record; its `run` is given by the run it is recorded with, if with any."""
    return {
        "run_id": run_id,
        "visit_no": visited.visit_no,
        "customer_code": visited.customer_code,
        "recorded_at": visited.recorded_at,
        "said": dict(visited.said),
        "source": visited.source,
    }


def visited(row: RowMapping) -> Visited:
    """A row of visits; `run` is the run's id as text, None where no document was written with it."""
    return Visited(
        visit_no=row["visit_no"],
        customer_code=row["customer_code"],
        said=row["said"],
        source=row["source"],
        recorded_at=row["recorded_at"],
        run=None if row["run_id"] is None else str(row["run_id"]),
    )


def export_row(run_id: int, exported: VisitExported) -> dict[str, Any]:
    """The columns of one export; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "visit_no": exported.visit_no,
        "customer_code": exported.customer_code,
        "exported_at": exported.exported_at,
        "content": exported.content,
        "again": int(exported.again),
    }


def visit_exported(row: RowMapping) -> VisitExported:
    """A row of exports; `run` is the run's id as text."""
    return VisitExported(
        visit_no=row["visit_no"],
        customer_code=row["customer_code"],
        content=row["content"],
        again=bool(row["again"]),
        exported_at=row["exported_at"],
        run=str(row["run_id"]),
    )


def planned_row(run_id: int, planned: PlannedVisit) -> dict[str, Any]:
    """The columns of one visit of a plan; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "year": planned.year,
        "customer_code": planned.customer_code,
        "number": planned.number,
        "out_of": planned.of,
        "day": planned.day.isoformat(),
        "place": planned.place,
        "engineer": planned.engineer,
        "slot_from": planned.slot_from.isoformat(),
        "slot_to": planned.slot_to.isoformat(),
        "content": list(planned.content),
        "filed": int(planned.filed),
        "provisional": int(planned.provisional),
        "sequence": planned.sequence,
    }


def planned_visit(row: RowMapping) -> PlannedVisit:
    """A row of planned visits; `run` is the run's id as text."""
    return PlannedVisit(
        year=row["year"],
        customer_code=row["customer_code"],
        number=row["number"],
        of=row["out_of"],
        day=date.fromisoformat(row["day"]),
        place=row["place"],
        engineer=row["engineer"],
        slot_from=date.fromisoformat(row["slot_from"]),
        slot_to=date.fromisoformat(row["slot_to"]),
        content=tuple(row["content"]),
        filed=bool(row["filed"]),
        provisional=bool(row["provisional"]),
        sequence=row["sequence"],
        run=str(row["run_id"]),
    )
