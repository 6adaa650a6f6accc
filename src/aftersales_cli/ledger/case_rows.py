"""What happened to cases of feedback, and answers to complaints, as rows of the ledger, and back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import RowMapping

from aftersales_cli.records.events import AnswerGiven, CaseEvent, Happened


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
