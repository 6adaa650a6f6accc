"""The one sink: JSON on stdout, or a table for people; talk and problems on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import IO, TYPE_CHECKING, NoReturn

import typer

from aftersales_cli.cli import json_text, session
from aftersales_cli.jobs.report import Report
from aftersales_cli.places import Problem, Severity
from aftersales_cli.words import Say, language

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table as RichTable

SHOWN_PROBLEMS = 50


def leave(
    report: Report, people: Callable[[Report], Iterable[RenderableType]], *, json: bool, problems: bool = True
) -> NoReturn:
    """Show the report, the one way or the other, and end the command with its exit code.

    `people` gives what people see on stdout: rich renderables or plain texts, in order. It tells the `problems` itself
    where these are not to be listed after it.
    """
    if json:
        from aftersales_cli.files.garbage import no_collection

        with no_collection():
            write(json_text.written(envelope(report)))
    else:
        for part in people(report):
            # rich breaks lines at spaces, which Chinese has not: leave its sentences to the terminal
            console().print(part, soft_wrap=isinstance(part, str) and language() == "zh")
        tell_problems(report.problems if problems else ())
    if not session.options().quiet and not json:
        for note in report.notes:
            talk(str(note))
    raise typer.Exit(report.exit)


@cache
def console() -> Console:
    """The terminal on stdout: no colour when it is none, or when `NO_COLOR` is set."""
    from rich.console import Console

    width = None if sys.stdout.isatty() or "COLUMNS" in os.environ else 120
    return Console(highlight=False, soft_wrap=False, width=width, emoji=False, markup=False)


def table(*headings: str, title: str | None = None) -> RichTable:
    """A table in the house style; add rows with `add_row`."""
    from rich import box
    from rich.table import Table

    made = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", pad_edge=False)
    for heading in headings:
        made.add_column(heading, overflow="fold")
    return made


def unbroken(made: RichTable, *columns: int) -> RichTable:
    """The table with the codes of these columns on one line each, the first of them first: they are copied and typed.

    Only as far as a quarter of the terminal is left for what can be read over several lines.
    """
    from rich.cells import cell_len

    room = console().width * 3 // 4
    for column in (made.columns[place] for place in columns):
        room -= 3 + max((cell_len(line) for cell in column.cells for line in str(cell).split("\n")), default=0)
        column.no_wrap = column.no_wrap or room >= 0
    return made


def write(text: str) -> None:
    """A line on stdout."""
    print(text)


def talk(text: str) -> None:
    """A line on stderr."""
    print(text, file=sys.stderr)


def tell_problems(problems: Iterable[Problem], to: IO[str] | None = None) -> None:
    """All problems, errors first, at most 50 shown, with what each holds back."""
    ordered = sorted(problems, key=lambda p: p.severity is Severity.CAUTION)
    for problem in ordered[:SHOWN_PROBLEMS]:
        print(problem_line(problem), file=to or sys.stderr)
    if len(ordered) > SHOWN_PROBLEMS:
        print(str(Say("… and {n} more; --json lists all", n=len(ordered) - SHOWN_PROBLEMS)), file=to or sys.stderr)


def problem_line(problem: Problem) -> str:
    """`problem: file › sheet › cell (heading): what; hint. Held back: …`"""
    what = problem.message
    if problem.hint is not None:
        what = Say("{message}; {hint}", message=what, hint=problem.hint)
    if problem.place:
        what = Say("{place}: {message}", place=str(problem.place), message=what)
    line = Say("problem: {what}", what=what) if problem.severity is Severity.ERROR else Say("note: {what}", what=what)
    held = Say("[held back: {held}]", held=[_held(name) for name in problem.held])
    return f"{line} {held}" if problem.held else str(line)


HELD: dict[str, Callable[[str], Say]] = {
    "task": lambda name: Say("task {name}", name=name),
    "circuit": lambda name: Say("circuit {name}", name=name),
    "customer": lambda name: Say("customer {name}", name=name),
    "complaint": lambda name: Say("complaint {name}", name=name),
    "feedback": lambda name: Say("feedback {name}", name=name),
    "visit": lambda name: Say("visit {name}", name=name),
    "warning": lambda name: Say("warning {name}", name=name),
    "crisis": lambda name: Say("crisis {name}", name=name),
    "engineer": lambda name: Say("engineer {name}", name=name),
    "fault": lambda name: Say("fault {name}", name=name),
    "inspection": lambda name: Say("inspection {name}", name=name),
    "row": lambda name: Say("row {name}", name=name),
    "line": lambda name: Say("line {name}", name=name),
    "issue": lambda name: Say("issue {name}", name=name),
    "plan": lambda name: Say("plan {name}", name=name),
    "mail": lambda name: Say("mail to {whom}", whom=_held(name.removeprefix("to "))),
    "the": lambda _name: Say("the department"),
    "correction": lambda name: _correction(*name.removeprefix("of ").rsplit(" of customer ", 1)),
}
"""What the nouns of `held` are called in the talk: the `identity` of every table, places of a file, what is written."""


def _correction(field: str, customer: str) -> Say:
    return Say("correction of {field} of customer {customer}", field=field, customer=customer)


def _held(text: str) -> Say:
    """`task JT2011SHJH000160`, which the JSON gives as it is, in the language of the talk."""
    noun, _space, name = text.partition(" ")
    if noun == "circuit" and " of task " in name:
        circuit, _of, task = name.partition(" of task ")
        return Say("circuit {circuit} of task {task}", circuit=circuit, task=task)
    if noun in HELD and name:
        return HELD[noun](name)
    from aftersales_cli.records.tables import TABLES

    whole = TABLES.get(text)
    return Say("{table}", table=whole.heading if whole and language() == "zh" else text)


def envelope(report: Report) -> dict[str, object]:
    """The contract's JSON document."""
    return {
        "command": report.command,
        "as_of": plain(report.as_of),
        "province": report.province,
        "exit": int(report.exit),
        "summary": plain(report.summary),
        "items": plain(report.items),
        "problems": plain(report.problems),
        "files": plain(report.files),
    }


def plain(value: object) -> object:
    """A value in the contract's JSON form, sentences in the talk's language."""
    from aftersales_cli.jobs import plain as job  # the rules' values, only where JSON is asked for

    return job.plain(value, language())
