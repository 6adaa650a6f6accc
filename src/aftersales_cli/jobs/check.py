"""`cutover check`: what the rule book says of every task, before anything goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inputs import read_inputs
from aftersales_cli.jobs.judging import Judge, by_number, gatherer, owner_problems, strange_resources
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.rules.decision import Verdict

WORST = (Verdict.BREACHED, Verdict.NEEDS_A_PERSON, Verdict.MET)


@dataclass(frozen=True)
class Wishes:
    """`numbers`: only these tasks."""

    numbers: Sequence[str] = field(default_factory=tuple)


def check(desk: Desk, wishes: Wishes) -> Report:
    """Judge every task by every rule; takes no lock, writes nothing."""
    inputs = read_inputs(desk)
    with desk.ledger(write=False) as ledger:
        history, events = History(ledger.issued()), ledger.case_events()
    tasks = by_number(gatherer(desk, inputs, history, events).tasks(inputs.rows), wishes.numbers)
    judged = [Judge(desk, {}).judge(task) for task in tasks]
    problems = (*inputs.problems, *owner_problems(tasks), *strange_resources(tasks, inputs))
    verdicts = [verdict_of(one) for one in judged]
    return Report(
        command="cutover check",
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(v is not Verdict.MET for v in verdicts), problems=problems),
        summary={
            "tasks": len(judged),
            **{verdict.value: verdicts.count(verdict) for verdict in WORST},
            "held": sum(one.silent for one in judged),
        },
        items=[
            {"task_no": one.task.task_no, "verdict": verdict, "held": one.silent, "decisions": one.decisions}
            for one, verdict in zip(judged, verdicts, strict=True)
        ],
        problems=problems,
        view=tuple(judged),
    )


def verdict_of(judged: Judged) -> Verdict:
    """The worst of breached, needs a person, met."""
    found = {decision.verdict for decision in judged.decisions}
    return next((verdict for verdict in WORST if verdict in found), Verdict.MET)
