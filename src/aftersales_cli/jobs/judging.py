"""The part that `check` and `notify` share: gather, judge, hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.holding import Judged, held_or_not
from aftersales_cli.cutover.rules import RULE_IDS
from aftersales_cli.cutover.task import Task
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inputs import Inputs
from aftersales_cli.jobs.routing import RoutesOnRecord, nowhere, routes_of
from aftersales_cli.places import Known, Place, Problem
from aftersales_cli.records.events import CaseEvent
from aftersales_cli.records.folding import folded
from aftersales_cli.register.ownership import Whose
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import Say

TIMELY = ("CUT-04", "CUT-06")
"""A notice is late by these (D11)."""


def gatherer(desk: Desk, inputs: Inputs, history: History, events: Sequence[CaseEvent] = ()) -> Gatherer:
    """What makes tasks of the rows; `events` are the ledger's about feedback, for requests that no file has."""
    return Gatherer(
        now=desk.as_of,
        ownership=inputs.ownership,
        vocabularies=desk.book.vocabularies,
        assurances=inputs.protected(events),
        history=history,
        routes=routes_of(inputs.asked),
        tell_not_interrupting=desk.workspace.tell_not_interrupting,
        tell_reduced_redundancy=desk.workspace.tell_reduced_redundancy,
        has_routes=RoutesOnRecord(desk, inputs.asked, history).has_routes,
    )


@dataclass(frozen=True)
class Judge:
    """The rules of the desk's province, on one task after the other; `released` as `released_rules` gives them."""

    desk: Desk
    released: Mapping[str, str]

    def judge(self, task: Task) -> Judged:
        """All decisions on a task, and what they hold."""
        return held_or_not(task, [self._decide(rule, task) for rule in RULE_IDS], self.released)

    def _decide(self, rule: str, task: Task) -> Decision:
        decision = self.desk.book.judge(rule, task, self.desk.tools, self.desk.province)
        return replace(decision, cautions=(*decision.cautions, *self._stricter(decision, task)))

    def _stricter(self, decision: Decision, task: Task) -> tuple[Say, ...]:
        """The caution of contract §7: the edition of the 割接省 asks more than the desk's."""
        day = decision.judged_on
        if day is None or decision.verdict is Verdict.NOT_APPLICABLE or not isinstance(task.province, Known):
            return ()
        more = self.desk.book.stricter(decision.rule, day, self.desk.province, task.province.value)
        return tuple(
            Say("{province} asks more: {value} {unit}", province=task.province.value, value=used.value, unit=used.unit)
            for used in more
        )

    def late(self, judged: Judged) -> dict[tuple[str, str | None], bool]:
        """Who is told too late, by (task name, customer code): each customer judged alone."""
        task = judged.task
        breached = [rule for rule in TIMELY if judged.decision(rule).verdict is Verdict.BREACHED]
        late = {(task.name, telling.code): False for telling in task.tellings}
        for telling in task.tellings if breached else ():
            alone = task if len(task.tellings) == 1 else replace(task, tellings=(telling,))
            late[task.name, telling.code] |= any(self._decide(r, alone).verdict is Verdict.BREACHED for r in breached)
        return late


def released_rules(wanted: Mapping[str, str]) -> dict[str, str]:
    """The rules a run is released from, by id; `Stop` 2 for an id no rule has: a slip must not look like a release."""
    known = {rule.casefold(): rule for rule in RULE_IDS}
    wrong = sorted(rule for rule in wanted if rule.strip().casefold() not in known)
    if wrong:
        raise Stop(
            Say("there is no rule {rules}", rules=wrong), hint=Say("rules: {known}", known=RULE_IDS), code=Exit.USAGE
        )
    return {known[rule.strip().casefold()]: because for rule, because in wanted.items()}


def owner_problems(tasks: Sequence[Task]) -> tuple[Problem, ...]:
    """What is wrong with the circuits of tasks: owners that nobody can name, rows that do not agree."""
    found = [
        pair.owner.problem.holding(*_held(task, pair.circuit_code, pair.owner.whose))
        for task in tasks
        for pair in task.pairs
        if pair.owner.problem is not None
    ]
    return tuple(dict.fromkeys((*found, *(problem for task in tasks for problem in task.problems))))


def strange_resources(tasks: Sequence[Task], inputs: Inputs) -> Iterator[Problem]:
    """A caution for each resource of coming work that no route runs over."""
    named = {resource: place for task in tasks for resource, place in coming_resources(task)}
    return nowhere(named, inputs.asked)


def coming_resources(task: Task) -> Iterator[tuple[str, Place]]:
    """The resources that a task is still to work on, each with the row that names it."""
    for row in () if task.cancelled or task.begun else task.rows:
        for resource in row.value("resources") or ():
            yield resource, row.place("resources")


def _held(task: Task, circuit: str | None, whose: Whose) -> tuple[str, ...]:
    if whose is not Whose.HELD:
        return ()
    return (f"circuit {circuit} of task {task.name}" if circuit else f"task {task.name}",)


def by_number(tasks: Sequence[Task], numbers: Sequence[str]) -> Sequence[Task]:
    """The tasks of these numbers, or all where none are named; `Stop` 2 for a number that no row has."""
    if not numbers:
        return tasks
    wanted = {folded(number): number for number in numbers}
    found = tuple(task for task in tasks if folded(task.task_no or "") in wanted)
    missing = set(wanted) - {folded(task.task_no or "") for task in found}
    if missing:
        names = sorted(wanted[key] for key in missing)
        raise Stop(Say("no cutover row has the task number {names}", names=names), code=Exit.USAGE)
    return found
