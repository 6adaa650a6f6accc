"""`aftersales calendar`: what a year holds, the n-th working day from a day, a year brought in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import output
from aftersales_cli.cli.options import DryRun, Json, Output
from aftersales_cli.cli.session import Session, instant
from aftersales_cli.jobs import calendar as job
from aftersales_cli.jobs import calendar_import
from aftersales_cli.jobs.calendar import YearView
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Say, _
from aftersales_cli.workdays.showing import weekday

if TYPE_CHECKING:
    from rich.console import RenderableType

app = typer.Typer()


@app.command("show", help=_("a year's working days, holidays and make-up days"))
def show(year: Annotated[int, typer.Argument(metavar="YEAR", min=1, max=9999)], json: Json = False) -> None:
    """Show one year."""
    session = Session()
    output.leave(job.show(session.workspace, session.as_of, year), _year, json=json)


@app.command(
    "add",
    help=_("the N-th working day after a day, which does not count; before it where N is negative"),
    context_settings={"ignore_unknown_options": True},  # so that -2 is a number
)
def add(
    day: Annotated[str, typer.Argument(metavar="DATE")],
    n: Annotated[int, typer.Argument(metavar="N", min=-9999, max=9999)],
    json: Json = False,
) -> None:
    """Say the N-th working day."""
    session = Session()
    start = instant(day, option="DATE").date()
    output.leave(job.add(session.workspace, session.as_of, start, n), _sentence, json=json)


@app.command("import", help=_("bring in a year: our YAML, or the JSON of the public holiday-cn"))
def import_(
    file: Annotated[str, typer.Argument(metavar="FILE")],
    dry_run: DryRun = False,
    to: Output = None,
    json: Json = False,
) -> None:
    """Bring in a year."""
    session = Session()
    report = calendar_import.bring_in(
        session.workspace, session.as_of, Path(file), output=Path(to) if to else None, dry_run=dry_run
    )
    output.leave(report, _sentence, json=json)


def _sentence(report: Report) -> Iterable[RenderableType]:
    return [str(report.view)]


def _year(report: Report) -> Iterator[RenderableType]:
    view = report.view
    if not isinstance(view, YearView):
        yield str(view)
        return
    table = output.table(_("month"), _("working days"), _("holidays"), _("make-up working days"), title=str(view.year))
    for month in view.months:
        holidays = ", ".join(str(run.say()) for run in month.holidays)
        made_up = ", ".join(f"{day:%m-%d} {weekday(day)}" for day in month.made_up)
        table.add_row(f"{month.number:02}", str(month.worked), holidays, made_up)
    table.add_section()
    table.add_row(_("year"), str(view.worked), "", "")
    yield table
    source = Say("source: {source} ({notice})", source=view.source, notice=view.notice) if view.notice else None
    yield str(source or Say("source: {source}", source=view.source))
