"""Lines of what the program lacks: calendars that are not published, tasks no file names, cells to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.task import Task
from aftersales_cli.jobs.judging import TIMELY
from aftersales_cli.jobs.today_line import Line, Urgency, option
from aftersales_cli.jobs.today_seen import Deadline, Seen, at, cited, customers, some
from aftersales_cli.places import Known, Problem, Severity
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.words import Counted, Say


def calendars(seen: Seen) -> Iterator[Line]:
    """Years that windows or counts reach into and that are not published; pressing where a verdict waits for them."""
    reaching: dict[int, list[Judged]] = {}
    for one in seen.cutovers.judged:
        for year in _years(seen, one.task):
            reaching.setdefault(year, []).append(one)
    for year, found in sorted(reaching.items()):
        yield _calendar(seen, year, found)


def _years(seen: Seen, task: Task) -> set[int]:
    if task.cancelled or not isinstance(task.window, Known) or task.begun:
        return set()
    start, workdays = task.window.value.start.date(), seen.desk.workdays
    own = {start.year} - set(workdays.published_years)
    return own | set(workdays.unpublished(seen.now.date(), start))


def _calendar(seen: Seen, year: int, found: Sequence[Judged]) -> Line:
    open_ = [(one, decision) for one in found for decision in _waiting(one)]
    what = Counted("bring in the calendar of {year}: {n} task reaches into it",
                   "bring in the calendar of {year}: {n} tasks reach into it",
                   n=len(found), year=str(year))  # fmt: skip
    command = seen.commands.plain("calendar", "import", f"{year}.json")
    if open_:
        deadline = _soonest(seen, [one.task for one, _ in open_])
        return seen.settle(what, cited(open_[0][1]), command, deadline)
    task = found[0].task
    because = Say("D1: its days count 0 to 1 until it is published; {task} begins {start}{place}",
                  task=task.name, start=task.window.known.start, place=at(task.window.place))  # fmt: skip
    return Line(what, because, command, None, Urgency.COMING)


def _waiting(one: Judged) -> list[Decision]:
    """The decisions on it that a calendar would settle."""
    decisions = [one.decision(rule) for rule in TIMELY]
    return [
        d for d in decisions if d.verdict is Verdict.NEEDS_A_PERSON and any(m.field == "calendar" for m in d.missing)
    ]


def _soonest(seen: Seen, tasks: Sequence[Task]) -> Deadline:
    return min((seen.deadline(task) for task in tasks), key=lambda one: one.moment)


def not_seen(seen: Seen) -> Iterator[Line]:
    """Tasks that no row names any more though customers reckon with them (D12)."""
    for number in seen.cutovers.plan.not_seen:
        told = seen.cutovers.made.history.of_task(number).values()
        standing = [notices[-1] for notices in told if notices[-1].change is not Change.CANCEL]
        yield _standing(seen, number, standing)


def _standing(seen: Seen, number: str, standing: Sequence[Issued]) -> Line:
    first = min(standing, key=lambda notice: notice.window_start)
    whom = customers(n.customer_name if n.customer_code is not None else None for n in standing)
    what = Say("find out what became of {task}: no file names it, and {whom} reckon with {start}",
               task=number, whom=whom, start=first.window_start)  # fmt: skip
    files = some(file for notice in standing for file in notice.inputs.get("cutovers", ()))
    because = Say(
        "D12: told {issued} from {files}; a task that is not seen stands", issued=first.issued_at, files=files
    )
    command = seen.commands.plain("ledger", "list", *option("--task", number))
    return Line(what, because, command, None, Urgency.COMING)


def to_mend(seen: Seen) -> Iterator[Line]:
    """What is wrong in the files, one line per file: how much, and where it begins; notes are left to `check`."""
    files: dict[str | None, list[Problem]] = {}
    for problem in seen.problems:
        if problem.severity is Severity.ERROR:
            files.setdefault(problem.place.file if problem.place else None, []).append(problem)
    for file, found in files.items():
        if file is None:
            yield from (_homeless(seen, problem) for problem in found)
        else:
            yield _file(seen, file, found)


def _file(seen: Seen, file: str, found: Sequence[Problem]) -> Line:
    what = Counted("mend {n} thing in {file}", "mend {n} things in {file}", n=len(found), file=file)
    first = found[0]
    says = Say("{message}; {hint}", message=first.message, hint=first.hint) if first.hint else first.message
    if len(found) > 1:
        says = Say("the first: {says}", says=says)
    because = Say("{says}{place}", says=says, place=at(first.place))
    return Line(what, because, seen.commands.reading("cutover", "check"))


def _homeless(seen: Seen, problem: Problem) -> Line:
    return Line(problem.hint or Say("mend the inputs"), problem.message, seen.commands.reading("cutover", "check"))
