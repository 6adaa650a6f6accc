"""What is held, and why (D11): one function decides, from decisions and problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from aftersales_cli.cutover.task import Task
from aftersales_cli.places import Problem
from aftersales_cli.places.quick import quick
from aftersales_cli.records.columns import Broken
from aftersales_cli.register.ownership import Whose
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import Say


@quick
class Judged:
    """A task with the decisions of its rules and the reasons it is held for (none: it may go out).

    `despite` are the rules that would have held it and were released, each with the reason given.
    """

    task: Task
    decisions: tuple[Decision, ...]
    reasons: tuple[Say, ...]
    despite: Mapping[str, str] = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether nothing of the task may go out."""
        return bool(self.reasons)

    @property
    def silent(self) -> bool:
        """Whether nothing of it goes out: the task is held, or each of its circuits is for its own sake."""
        return self.held or all(pair.owner.whose is Whose.HELD for pair in self.task.pairs)

    def decision(self, rule: str) -> Decision:
        """The decision of one rule; `StopIteration` for a rule that did not judge."""
        return next(d for d in self.decisions if d.rule == rule)


def worth_saying(decision: Decision) -> bool:
    """Not met, and not merely because a cell cannot be read: that is said once, of the cell."""
    if decision.verdict is Verdict.NEEDS_A_PERSON:
        return not decision.missing or not all(missing.unread for missing in decision.missing)
    return decision.verdict is Verdict.BREACHED


def held_or_not(task: Task, decisions: Sequence[Decision], released: Mapping[str, str]) -> Judged:
    """The one function that decides holding (D11).

    A row that cannot be read or deviates holds the task, and so does a decision whose card says so, unless that rule
    was released (`--despite RULE --because TEXT`). Problems of one circuit hold that circuit only; see `Pair.owner`.
    """
    rows = dict.fromkeys(Say("{place}: {message}", place=str(p.place), message=p.message) for p in _in_rows(task))
    holding = [d for d in decisions if d.holds]
    kept = [Say("{rule}: {says}", rule=d.rule, says=d.says) for d in holding if d.rule not in released]
    despite = {d.rule: released[d.rule] for d in holding if d.rule in released}
    return Judged(task, tuple(decisions), (*rows, *kept), despite)


def _in_rows(task: Task) -> list[Problem]:
    """What is wrong in the task's rows: cells that cannot be read, then those that deviate."""
    unread = [problem for row in task.rows if isinstance(row, Broken) for problem in row.problems.values()]
    return [*unread, *task.problems]
