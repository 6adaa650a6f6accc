"""`cutover reschedule`: the earliest windows for a task that no rule stands against, and its rows in one of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.rescheduling import (
    REACH,
    Hours,
    Mover,
    Range,
    Search,
    moved,
    why_not,
)
from aftersales_cli.cutover.task import Task
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import RunFolder, new_file
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.inputs import read_inputs
from aftersales_cli.jobs.judging import Judge, gatherer, owner_problems, strange_resources
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.reschedule_report import COMMAND, Rescheduled, report
from aftersales_cli.jobs.reschedule_rows import workbook
from aftersales_cli.jobs.writing_run import locked
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import DailyHours
from aftersales_cli.words import Counted, Say

FILE = "割接改期.xlsx"
NEAREST = 3


@dataclass(frozen=True)
class Wishes:
    """What is asked: `task_no` is moved to one of `count` windows.

    They begin from the day `first` (else today) to the day `last` (else as far as the book reaches), at `hours` (else
    those the task has now). With `write` the rows of the proposal number `pick` go into a run folder in `output`, or
    to the file `to`.
    """

    task_no: str
    first: date | None = None
    last: date | None = None
    hours: DailyHours | None = None
    count: int = 3
    pick: int | None = None
    write: bool = False
    output: Path | None = None
    to: Path | None = None
    dry_run: bool = False
    wait: float = 10


def reschedule(desk: Desk, wishes: Wishes) -> Report:
    """Look for windows; write the rows of one on demand. Takes the lock only to write."""
    _usable(wishes)
    with ExitStack() as stack:
        if wishes.write and not wishes.dry_run and desk.workspace.named:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        return _reschedule(desk, wishes)


def _reschedule(desk: Desk, wishes: Wishes) -> Report:
    inputs = read_inputs(desk)
    with desk.ledger(write=False) as ledger:
        makes = gatherer(desk, inputs, History(ledger.issued()), ledger.case_events())
    tasks = makes.tasks(inputs.rows)
    task = _named(tasks, wishes.task_no)
    judge = Judge(desk, {})
    found = (*inputs.problems, *owner_problems(tasks), *strange_resources([task], inputs))
    files = {row.source.file for row in inputs.rows}
    problems = [problem for problem in found if not _of_another(problem, task, files)]
    present = judge.judge(task)
    if task.broken:
        return report(desk, Rescheduled(present, None), problems, (), ())
    why = why_not(task)
    if why is not None:
        raise Stop(Say("{why}; it is not moved", why=why), code=Exit.USAGE)
    mover = Mover(task, tasks, makes, judge.judge)
    search = mover.search(
        _range(desk, wishes, task), lambda moved: desk.book.judge(REACH, moved, desk.tools, desk.province)
    )
    written, notes = _written(desk, wishes, task, search)
    return report(desk, Rescheduled(present, search), problems, written, notes)


def _usable(wishes: Wishes) -> None:
    """`Stop` 2 for wishes that contradict each other."""
    if wishes.to and wishes.output:
        raise Stop(Say("name --to FILE or --output DIR, not both"), code=Exit.USAGE)
    if wishes.pick is not None and not wishes.write:
        raise Stop(Say("--pick says which proposal is written: add --write, --to FILE or --output DIR"),
                   code=Exit.USAGE)  # fmt: skip
    if wishes.first and wishes.last and wishes.last < wishes.first:
        raise Stop(
            Say("--until {last} is before --from {first}", last=wishes.last, first=wishes.first), code=Exit.USAGE
        )


def _named(tasks: Sequence[Task], number: str) -> Task:
    """The task of a number; `Stop` 2 with those that look like it where no row has it."""
    for task in tasks:
        if folded(task.task_no or "") == folded(number):
            return task
    known = {folded(task.task_no): task.task_no for task in tasks if task.task_no}
    near = [known[key] for key in get_close_matches(folded(number), known, NEAREST)]
    message = Say("no cutover row has the task number {names}", names=[number])
    raise Stop(message, hint=Say("is it {near}?", near=near) if near else None, code=Exit.USAGE)


def _range(desk: Desk, wishes: Wishes, task: Task) -> Range:
    hours = Hours.daily(wishes.hours) if wishes.hours else Hours.of(task.window.known)
    today = desk.as_of.date()
    return Range(max(wishes.first or today, today), wishes.last, hours, max(wishes.count, wishes.pick or 0))


def _of_another(problem: Problem, task: Task, files: Collection[str]) -> bool:
    """Whether a problem stands in rows of other tasks, or is only a caution of other tables: `cutover check` tells.

    `files` are those of the cutovers. What is wrong in the other tables stays: the judgement rests on them.
    """
    place = problem.place
    if place is None:
        return False
    if place.file not in files:
        return problem.severity is Severity.CAUTION
    mine = {(row.source.file, row.source.sheet, row.source.row, row.source.line) for row in task.rows}
    if place.row is None and place.line is None:  # of a whole file
        return problem.severity is Severity.CAUTION and place.file not in _files(task)
    return (place.file, place.sheet, place.row, place.line) not in mine


def _written(desk: Desk, wishes: Wishes, task: Task, search: Search) -> tuple[list[Path], list[Say]]:
    """The rows of the proposal that was picked, in their file."""
    if not wishes.write or not search.proposals:
        return [], [Say("nothing was written: there is no window to propose")] if wishes.write else []
    pick = wishes.pick or 1
    if pick > len(search.proposals):
        message = Counted("there is no proposal {pick}: {n} was found", "there is no proposal {pick}: {n} were found",
                          n=len(search.proposals), pick=pick)  # fmt: skip
        raise Stop(message, code=Exit.USAGE)
    window = search.proposals[pick - 1].candidate.window
    rows = moved([row for row in task.rows if isinstance(row, Cutover)], window)
    if wishes.dry_run:
        return [], [Say("a dry run: nothing was written")]
    content = workbook(rows, desk.book.vocabularies)
    files = [new_file(wishes.to, content) if wishes.to else _in_folder(desk, wishes, content)]
    where = Say("the rows of {task} for {window} are in {file}; put them in the place of those in {old}",
                task=task.name, window=window, file=files[0], old=_files(task))  # fmt: skip
    return files, [where]


def _in_folder(desk: Desk, wishes: Wishes, content: bytes) -> Path:
    output = wishes.output or desk.workspace.output
    with RunFolder(output, f"{desk.as_of:%Y-%m-%dT%H%M}-reschedule") as folder:
        name = folder.write(FILE, content)
        folder.prepare()
        return folder.publish() / name


def _files(task: Task) -> list[str]:
    return list(dict.fromkeys(row.source.file for row in task.rows))
