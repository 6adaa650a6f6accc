"""`aftersales today`: what must be done today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.jobs.today_line import Commands, Line

SHOWN = 100
PAGES = (".html", ".htm")
ANSWERING = ("complaints", "receipts")
"""The tables that only the lines of complaints read."""


def command(
    context: typer.Context,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help=_("also a page to print or send, in place of FILE"))
    ] = None,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    assurances: options.Assurances = None,
    complaints: options.Complaints = None,
    receipts: options.Receipts = None,
    feedback: options.Feedback = None,
    departments: options.Departments = None,
    encoding: options.Encoding = None,
    out: Annotated[
        str | None, typer.Option("--output", metavar="DIR", help=_("the folder of FILE (default: this one)"))
    ] = None,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Say what must be done today: what to publish, what is late, held or missing. Exit 0: nothing presses."""
    from aftersales_cli.jobs import today as job

    page = _page(html, out)
    report = job.today(session.desk(session.given(context.params)), job.Wishes(page, dry_run, _typed(context.params)))
    leave(report, _lines, json=json, problems=False)


def _page(html: str | None, out: str | None) -> Path | None:
    """Where the page goes. It replaces what is there, so it must look like a page: a slip shall not cost a workbook."""
    if html is None and out is not None:
        raise Stop(Say("--output needs --html FILE"), code=Exit.USAGE)
    if html is None:
        return None
    page = (Path(out) / html if out else Path(html)).absolute()
    if page.suffix.lower() not in PAGES:
        raise Stop(Say("“{file}” is no name of a page", file=html), hint=Say("let it end in .html"), code=Exit.USAGE)
    return page


def _typed(parameters: Mapping[str, Any]) -> Commands:
    """The global options and inputs of this command line, for those it proposes."""
    from aftersales_cli.jobs.today_line import Commands, option
    from aftersales_cli.settings import TABLES

    chosen = session.options()
    given = (("-w", chosen.workspace), ("--as-of", chosen.as_of), ("--province", chosen.province))
    named = {table: [(f"--{table}", file) for file in parameters.get(table) or ()] for table in TABLES}
    beside = [each for table in ANSWERING for each in named.pop(table)]
    inputs = [*(each for found in named.values() for each in found), ("--encoding", parameters.get("encoding"))]
    words = ([word for name, value in each if value for word in option(name, value)]
             for each in (given, inputs, beside))  # fmt: skip
    return Commands(*map(tuple, words))


def _lines(report: Report) -> Iterator[RenderableType]:
    """A row per line: due, and what with its reason and command; then what comes later."""
    lines: tuple[Line, ...] = report.view  # type: ignore[assignment]
    if lines:
        rows = table(_("due"), _("what must be done"))
        rows.columns[0].no_wrap = True
        for line in lines[:SHOWN]:
            rows.add_row(_due(line), _told(line))
            rows.add_row()
        yield rows
    if len(lines) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(lines) - SHOWN))
    counts = {key: report.summary[key] for key in ("overdue", "today", "needs_a_person", "coming")}
    if lines:
        yield str(Say("{overdue} overdue, {today} for today, {needs_a_person} for a person to settle, "
                      "{coming} in the days to come", **counts))  # fmt: skip
    else:
        yield _("nothing has to be done today")
    later = report.summary["later"]
    if isinstance(later, int) and later:
        yield str(Counted("{n} more is due later", "{n} more are due later", n=later))


def _due(line: Line) -> Text:
    from rich.text import Text

    from aftersales_cli.jobs.today_line import Urgency

    marks = {Urgency.OVERDUE: (_("overdue"), "bold red"), Urgency.TODAY: (_("today"), "bold")}
    mark, style = marks.get(line.urgency, ("", ""))
    due = shown(line.due, language()).replace(" ", "\n") if line.due is not None else ""
    return Text("\n".join(filter(None, (due, mark))), style=style)


def _told(line: Line) -> Text:
    from rich.text import Text

    return Text.assemble((str(line.what), "bold"), "\n", (str(line.because), "dim"), "\n", f"› {line.command}")
