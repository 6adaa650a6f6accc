"""Lines of customers' feedback: reasons owed, requests not forwarded, questions unanswered (R4–R6)."""

from __future__ import annotations

from collections.abc import Iterator

from aftersales_cli.feedback.case import Case
from aftersales_cli.feedback.happening import stands
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.feedback_board import Board, board, decisions, due_of, owed
from aftersales_cli.jobs.foreseen import Foreseen
from aftersales_cli.jobs.today_line import Line, Urgency, option
from aftersales_cli.jobs.today_seen import Seen, cited
from aftersales_cli.records.values import FeedbackKind
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import Say


def feedback(seen: Seen) -> Iterator[Line]:
    """A line for each case in which something is owed, by the rule that asks for it."""
    for case in cases_of(seen.desk, seen.cutovers).cases:
        said = decisions(seen.desk, case)
        if owed(case, said):
            yield _line(seen, case, next(d for d in said if d.verdict is not Verdict.MET))


def cases_of(desk: Desk, found: Foreseen) -> Board:
    """All cases as they stand now, before anything more is recorded."""
    tasks = [one.task for one in found.judged]
    return board(desk, found.inputs, tasks, found.made.history, found.case_events, found.deliveries)


def _line(seen: Seen, case: Case, decision: Decision) -> Line:
    """Overdue by the rule's own verdict; else as its deadline presses."""
    due = due_of(seen.desk, case)
    urgency = Urgency.PERSON
    if due is not None:
        late = due.passed(seen.now)
        urgency = Urgency.OVERDUE if late else seen.urgency(due.possibly, otherwise=Urgency.COMING)
    what, because = _what(case), cited(decision, case.row.place("received_at"))
    command = ("cutover", "feedback", *(option("--task", case.row.task_no) if case.row.task_no else ()))
    return Line(what, because, seen.commands.reading(*command), due.due if due else None, urgency)


def _what(case: Case) -> Say:
    values = {"no": case.number, "customer": case.customer.name, "task": case.row.task_no}
    who = case.owner.name if case.owner else None
    match case.kind:
        case FeedbackKind.QUESTION:
            if case.row.replied_at is not None:
                return Say("close {no}: {customer} was answered", **values)
            return Say("answer the question of {customer} about {task} ({no}, {who})", who=who, **values)
        case FeedbackKind.ASSURANCE:
            if case.forwarded is not None:
                return Say("close {no}: the request of {customer} was forwarded", **values)
            if not stands(case):
                return Say("close {no}: the request of {customer} was never forwarded", **values)
            return Say("forward the request of {customer} for protection ({no}, {who})", who=who, **values)
        case FeedbackKind.OBJECTION:
            if case.refused:
                return Say("get the unit's reason why {task} cannot be moved, for {customer} ({no}, {who})",
                           who=who, **values)  # fmt: skip
            return Say("settle whether {task} can be moved, as {customer} asks ({no}, {who})", who=who, **values)
