"""Lines of what goes out to nobody, or not to whom it should: held tasks and circuits, unreachable customers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.notices import Fate, Fated
from aftersales_cli.cutover.task import Publication, Task, Telling
from aftersales_cli.jobs.today_line import Line, Urgency
from aftersales_cli.jobs.today_seen import Deadline, Seen, at, cited, some, untold
from aftersales_cli.places import Known, Problem
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.values import Instant
from aftersales_cli.rules.decision import Decision
from aftersales_cli.words import Say


def held(seen: Seen) -> Iterator[Line]:
    """Tasks that are held, then circuits, then notices that could not be compared; each with what to mend."""
    whole = {one.task.name for one in seen.cutovers.judged if one.held}
    for one in seen.cutovers.judged:
        if one.held and not _over(seen, one.task):
            yield _task(seen, one)
    for found in _circuits(seen.cutovers.plan.fates, whole):
        if not _over(seen, found[0].task):
            yield _some_circuits(seen, found)
    for standing in seen.cutovers.plan.standing:
        who = standing.last.customer_name or Say("the department")
        what = Say(
            "settle what {who} has to expect of {task}: the last notice stands", who=who, task=standing.task.name
        )
        because = Say("D12: {why}{place}", why=standing.why, place=at(standing.task.place))
        begins = standing.last.window_start
        urgency = seen.urgency(begins, otherwise=Urgency.PERSON) if begins > seen.now else Urgency.PERSON
        yield Line(what, because, seen.check(standing.task), begins, urgency, begins)


def _over(seen: Seen, task: Task) -> bool:
    """Whether nothing can be told any more."""
    return task.cancelled or (isinstance(task.window, Known) and task.window.value.end <= seen.now)


def _task(seen: Seen, one: Judged) -> Line:
    problems = _in_rows(one.task)
    decisions = [decision for decision in one.decisions if decision.holds and not _unread(decision)]
    why = [*map(_told, problems), *map(cited, decisions)] or list(one.reasons)
    hints = dict.fromkeys(problem.hint for problem in problems if problem.hint)
    if seen.cutovers.made.history.of_task(one.task.task_no):
        what = Say("settle what holds {task}: what was told stands, and the customers hear nothing more",
                   task=one.task.name)  # fmt: skip
    elif hints:
        what = Say("mend what holds {task}, or nobody hears of it: {hint}", task=one.task.name, hint=next(iter(hints)))
    else:
        what = Say("settle what holds {task}, or nobody hears of it", task=one.task.name)
    return seen.settle(what, _first(why), seen.check(one.task), _deadline(seen, one.task), _begins(one.task))


def _in_rows(task: Task) -> list[Problem]:
    unread = [problem for row in task.rows if isinstance(row, Broken) for problem in row.problems.values()]
    return list(dict.fromkeys([*unread, *task.problems]))


def _unread(decision: Decision) -> bool:
    """Whether it only waits for cells that cannot be read: that is said of the cells."""
    return bool(decision.missing) and all(missing.unread for missing in decision.missing)


def _told(problem: Problem) -> Say:
    return Say("{message}{place}", message=problem.message, place=at(problem.place))


def _first(reasons: Sequence[Say]) -> Say:
    if len(reasons) == 1:
        return reasons[0]
    return Say("{first} (and {n} more)", first=reasons[0], n=len(reasons) - 1)


def _deadline(seen: Seen, task: Task) -> Deadline | None:
    """By when it has to be settled; None where the window cannot be read, or everybody was told."""
    waiting = untold(task)
    if not isinstance(task.window, Known) or not waiting:
        return None
    return seen.beginning(task) if task.begun else seen.deadline(task, waiting)


def _begins(task: Task) -> datetime | None:
    return task.window.value.start if isinstance(task.window, Known) else None


def _circuits(fates: Sequence[Fated], whole: set[str]) -> list[list[Fated]]:
    """The held circuits of tasks that are not held as a whole, those of one task and one kind of reason together."""
    groups: dict[tuple[str, str], list[Fated]] = {}
    for fated in fates:
        if fated.fate is Fate.HELD and fated.task.name not in whole:
            groups.setdefault((fated.task.name, fated.why.text if fated.why else ""), []).append(fated)
    return list(groups.values())


def _some_circuits(seen: Seen, found: Sequence[Fated]) -> Line:
    first, task = found[0], found[0].task
    problem = first.pair.owner.problem
    which = some(fated.pair.circuit_code or str(Say("no circuit code")) for fated in found)
    values: Mapping[str, object] = {"circuits": which, "task": task.name}
    if problem is not None and problem.hint is not None:
        what = Say("mend what holds {circuits} of {task}: {hint}", **values, hint=problem.hint)
    else:
        what = Say("settle what holds {circuits} of {task}", **values)
    place = problem.place if problem is not None else first.pair.row.place("circuit_code")
    number = "D6" if problem is not None else "D12"
    because = Say("{rule}: {says}{place}", rule=number, says=first.why, place=at(place))
    return seen.settle(what, because, seen.check(task), _circuits_deadline(seen, found), _begins(task))


def _circuits_deadline(seen: Seen, found: Sequence[Fated]) -> Deadline:
    """As for customers who would be told now: those they seem to belong to, as far as that is known."""
    task, now = found[0].task, Publication(Known("published_at", Instant(seen.now)), as_if=True)
    if task.begun:
        return seen.beginning(task)
    return seen.deadline(task, [Telling(fated.pair.owner.customer, now) for fated in found])


def unreachable(seen: Seen) -> Iterator[Line]:
    """Customers who are told through the department because nobody can reach them, one line each; and a mute one."""
    through: dict[str, list[Fated]] = {}
    for fated in seen.cutovers.plan.fates:
        if fated.fate is Fate.DEPARTMENT and fated.pair.owner.customer_code and not fated.task.begun:
            through.setdefault(fated.pair.owner.customer_code, []).append(fated)
    for code, found in through.items():
        yield _customer(seen, code, found)
    for message in seen.cutovers.messages:
        if message.code is None and message.to_render and not message.recipients:
            tasks = some(notice.task.name for notice in message.to_render)
            what = Say("say in a departments table how to reach the enterprise customer department")
            because = Say("R3: it has to be told of {tasks}, and nobody would receive it", tasks=tasks)
            yield Line(what, because, seen.commands.plain("forms", "departments"))


def _customer(seen: Seen, code: str, found: Sequence[Fated]) -> Line:
    owner = found[0].pair.owner
    name = f"{code} {owner.customer.name}" if owner.customer else code
    hint = owner.problem.hint if owner.problem else Say("add the customer, or mend the code")
    what = Say("see that {customer} can be told directly: {hint}", customer=name, hint=hint)
    place = owner.problem.place if owner.problem else owner.place
    because = Say("R3: {why}; the department is told of {tasks} in its place{place}",
                  why=owner.why, tasks=some(f.task.name for f in found), place=at(place))  # fmt: skip
    return Line(what, because, seen.commands.reading("cutover", "notify", "--customer", code))
