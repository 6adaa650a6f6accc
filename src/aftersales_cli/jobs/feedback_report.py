"""What a `cutover feedback` says of its cases: how each stands, its item, and what a person should know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aftersales_cli.feedback.affected import Affected
from aftersales_cli.feedback.case import Case, State
from aftersales_cli.feedback.deadline import Deadline
from aftersales_cli.feedback.happening import asked_of_unit
from aftersales_cli.feedback.views import initiating_unit
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.feedback_board import Board, owed
from aftersales_cli.jobs.feedback_writing import APPROVAL, approval_departments
from aftersales_cli.jobs.inputs import Inputs
from aftersales_cli.places import Known, Problem, Severity
from aftersales_cli.records.events import CaseEvent
from aftersales_cli.records.values import FeedbackKind
from aftersales_cli.rules.decision import Decision
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Standing:
    """One case as it stands after the run; `files` are the documents that this run wrote for it."""

    case: Case
    decisions: tuple[Decision, ...]
    due: Deadline | None
    affected: tuple[Affected, ...] = ()
    new: tuple[CaseEvent, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether somebody has to do something."""
        return owed(self.case, self.decisions)

    @property
    def overdue(self) -> bool:
        """Whether it should have been done already."""
        return self.owed and self.due is not None and self.due.passed(self.case.now) is True


def item(one: Standing) -> dict[str, object]:
    """The contract's item: what was recorded and what is owed, with its decisions."""
    case = one.case
    return {
        "feedback_no": case.number,
        "kind": case.kind,
        "customer_code": case.customer.code,
        "customer_name": case.customer.name,
        "task_no": case.row.task_no,
        "state": case.state,
        "owner": case.owner,
        "received_at": case.row.received_at,
        "due": one.due.due if one.due else None,
        "owed": one.owed,
        "overdue": one.overdue,
        "recorded": [each.event for each in one.new],
        "events": [{"event": each.event, "at": each.happened_at} for each in case.events],
        "affected": [_affected(each) for each in one.affected],
        "decisions": one.decisions,
        "files": one.files,
    }


def _affected(one: Affected) -> dict[str, object]:
    return {
        "task_no": one.task.task_no,
        "circuit_codes": [pair.circuit_code for pair in one.pairs if pair.circuit_code],
        "decisions": one.decisions,
    }


def summary(standing: Sequence[Standing], new: Sequence[CaseEvent], *, dry_run: bool) -> dict[str, object]:
    """The cases by state, what is owed, what was recorded."""
    states = [one.case.state for one in standing]
    return {
        "cases": len(standing),
        **{state.value: states.count(state) for state in State},
        "owed": sum(one.owed for one in standing),
        "overdue": sum(one.overdue for one in standing),
        "recorded": len(new),
        "dry_run": dry_run,
    }


def problems(standing: Sequence[Standing], found: Board, inputs: Inputs, desk: Desk) -> tuple[Problem, ...]:
    """What is wrong in the files, that of feedback last; then what a person should know."""
    return (*_others(inputs, found), *found.problems, *_cautions(standing, inputs, desk))


def _others(inputs: Inputs, found: Board) -> list[Problem]:
    """What is wrong in the other files; the feedback's own is said once."""
    said = {(p.place, p.field) for p in found.problems}
    return [p for p in inputs.problems if (p.place, p.field) not in said]


def _cautions(standing: Sequence[Standing], inputs: Inputs, desk: Desk) -> Iterator[Problem]:
    """What a person should know though nothing waits for it."""
    for one in standing:
        yield from _of_case(one.case)
    waiting = [one.case for one in standing if one.case.kind is FeedbackKind.ASSURANCE and one.owed]
    if waiting and not approval_departments(inputs.departments.records, desk):
        says = Say("no department has the role {role}: requests for protection cannot be forwarded", role=APPROVAL)
        hint = Say("add it to a departments table, and name that table under “inputs:”")
        yield Problem(says, hint=hint, held=tuple(f"feedback {case.number}" for case in waiting))


def _of_case(case: Case) -> Iterator[Problem]:
    if case.state is State.CLOSED:
        return
    if case.owner is None:
        says = Say("customer {code} has neither a chief engineer nor an account manager: nobody is in charge of {no}",
                   code=case.customer.code, no=case.number)  # fmt: skip
        yield Problem(says, case.customer.place("chief_engineer"), "chief_engineer", severity=Severity.CAUTION)
    if asked_of_unit(case) is not None and case.task is not None and initiating_unit(case.task) is None:
        says = Say("no row of {task} names the initiating unit; its request has no addressee", task=case.task.name)
        yield Problem(says, case.task.rows[0].place("initiating_unit"), "initiating_unit", severity=Severity.CAUTION)
    if case.customer.language == "en" and isinstance(case.reason, Known) and _chinese(case.reason.value):
        says = Say("the reason is in Chinese, the letter to {name} in English; have it translated",
                   name=case.customer.name)  # fmt: skip
        yield Problem(says, case.reason.place, "unit_reason", severity=Severity.CAUTION)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
