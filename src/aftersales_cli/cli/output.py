"""The one sink: JSON on stdout, or a table for people; talk and problems on stderr."""

from __future__ import annotations

import json as _json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, NoReturn

import typer

from aftersales_cli.cli import session
from aftersales_cli.jobs.report import Report
from aftersales_cli.places import Place, Problem, Severity, Unknown, shortened
from aftersales_cli.records.values import BEIJING, Instant
from aftersales_cli.words import Say, language

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table as RichTable

    from aftersales_cli.rules.decision import Decision

SHOWN_PROBLEMS = 50


def leave(report: Report, people: Callable[[Report], Iterable[RenderableType]], *, json: bool) -> NoReturn:
    """Show the report, the one way or the other, and end the command with its exit code.

    `people` gives what people see on stdout: rich renderables or plain texts, in order.
    """
    if json:
        write(_json.dumps(envelope(report), ensure_ascii=False, indent=2))
    else:
        for part in people(report):
            # rich breaks lines at spaces, which Chinese has not: leave its sentences to the terminal
            console().print(part, soft_wrap=isinstance(part, str) and language() == "zh")
        tell_problems(report.problems)
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


def _held(text: str) -> Say:
    """`task JT2011SHJH000160`, which the JSON gives as it is, in the language of the talk."""
    noun, _space, name = text.partition(" ")
    match noun:
        case "task":
            return Say("task {name}", name=name)
        case "circuit" if " of task " in name:
            circuit, _of, task = name.partition(" of task ")
            return Say("circuit {circuit} of task {task}", circuit=circuit, task=task)
        case "circuit":
            return Say("circuit {name}", name=name)
        case "customer":
            return Say("customer {name}", name=name)
        case "row":
            return Say("row {n}", n=name)
        case "line":
            return Say("line {n}", n=name)
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
    """A value in the contract's JSON form: instants with offset, paths absolute, sentences in the talk's language."""
    match value:
        case None | bool() | int() | float():
            return value if not isinstance(value, Enum) else value.value
        case Say():
            return value.to(language())
        case Enum():
            return value.value
        case str():
            return value
        case Instant():
            return plain(value.day if value.whole_day else value.at)
        case datetime():
            return value.astimezone(BEIJING).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Path():
            return str(value.absolute())
        case Place():
            return _place(value)
        case Problem():
            return _problem(value)
        case Unknown():
            return {"field": value.field, "why": plain(value.why), "source": plain(value.place)}
        case Mapping():
            return {str(plain(key)): plain(item) for key, item in value.items()}
        case Iterable():
            return [plain(item) for item in value]
        case _:
            return _other(value)


def _other(value: object) -> object:
    from aftersales_cli.rules.decision import Clause, Decision, Evidence, Used

    match value:
        case Decision():
            return _decision(value)
        case Evidence():
            return {"field": value.field, "value": plain(value.value), "source": plain(value.place)}
        case Used():
            keys = ("name", "value", "unit", "clause")
            return {key: plain(getattr(value, key)) for key in keys}
        case Clause():
            here = language()
            return {"source": value.source, "article": value.article.get(here, ""), "text": value.text.get(here, "")}
    if is_dataclass(value) and hasattr(value, "__str__") and type(value).__str__ is not object.__str__:
        return str(value)
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    return str(value)


def _decision(decision: Decision) -> dict[str, object]:
    keys = ("rule", "title", "verdict", "says", "judged_on", "values", "evidence", "missing", "cautions")
    return {key: plain(getattr(decision, key)) for key in keys} | {"title": decision.title.get(language(), "")}


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "column": place.column, "line": place.line}


def _problem(problem: Problem) -> dict[str, object]:
    return {
        "source": plain(problem.place or Place("")),
        "field": problem.field,
        "found": None if problem.found is None else shortened(problem.found),
        "message": plain(problem.message),
        "hint": plain(problem.hint),
        "held": list(problem.held),
        "severity": problem.severity.value,
    }
