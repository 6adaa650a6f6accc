"""All cases of feedback at one moment: from files, ledger and calendars, each with its decisions and deadline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.task import Task
from aftersales_cli.feedback.case import Case, State
from aftersales_cli.feedback.checking import Cases
from aftersales_cli.feedback.deadline import Deadline
from aftersales_cli.feedback.memory import by_case
from aftersales_cli.feedback.rules import DEADLINES, RULE_IDS, deadline
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inputs import Inputs
from aftersales_cli.places import Problem
from aftersales_cli.records.columns import Source
from aftersales_cli.records.events import CaseEvent, Delivered, Reply
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import FeedbackKind, Instant
from aftersales_cli.rules.decision import Decision, Verdict

DECLINED = "客户的日历谢绝了这次割接的时间安排。"
"""What an objection says that came as a calendar's answer; data, as the customer's own words would be."""


@dataclass(frozen=True)
class Board:
    """The cases in the order of files, those only the ledger or a calendar knows after them; and what is wrong."""

    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def board(
    desk: Desk,
    inputs: Inputs,
    tasks: Iterable[Task],
    history: History,
    events: Sequence[CaseEvent],
    deliveries: Iterable[Delivered] = (),
) -> Board:
    """Everything the run knows about feedback; `events` and `deliveries` are the ledger's."""
    made = Cases(
        now=desk.as_of,
        ownership=inputs.ownership,
        tasks={folded(task.task_no): task for task in tasks if task.task_no},
        history=history,
        events=by_case(events),
        province=desk.book.named(desk.province),
    )
    cases, problems = made.made(inputs.opinions(events, declined(deliveries)))
    return Board(cases, (*inputs.feedback.problems, *problems))


def declined(deliveries: Iterable[Delivered]) -> tuple[Feedback, ...]:
    """The objections that calendars' answers are (R5): of each notice the last answer counts."""
    last = {each.notice_id: each for each in deliveries if each.reply is not None}
    return tuple(_objection(each) for each in last.values() if each.reply is Reply.DECLINED)


def _objection(answer: Delivered) -> Feedback:
    return Feedback(
        feedback_no=f"CAL-{answer.notice_id}-{answer.sequence}",
        task_no=answer.task_no,
        customer_code=answer.customer_code,
        received_at=answer.delivered_at or Instant(answer.recorded_at),
        kind=FeedbackKind.OBJECTION,
        text=DECLINED,
        source=Source(answer.source),
    )


def decisions(desk: Desk, case: Case) -> tuple[Decision, ...]:
    """What the rules of feedback say of a case; those that do not speak of its kind are left out."""
    found = (desk.book.judge(rule, case, desk.tools, desk.province) for rule in RULE_IDS)
    return tuple(decision for decision in found if decision.verdict is not Verdict.NOT_APPLICABLE)


def owed(case: Case, found: Sequence[Decision]) -> bool:
    """Whether somebody still has to do something: a rule is not met, and the case is not closed."""
    return case.state is not State.CLOSED and any(d.verdict is not Verdict.MET for d in found)


def due_of(desk: Desk, case: Case) -> Deadline | None:
    """By when a case has to be dealt with; None before the first edition of its card."""
    rule, name = DEADLINES[case.kind]
    given = desk.book.given_or_none(rule, on=case.row.received_at.day, province=desk.province)
    return None if given is None else deadline(case, given.lead(name), desk.workdays)
