"""`aftersales cutover reschedule --task NO`: the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say, _

if TYPE_CHECKING:
    from datetime import date

    from aftersales_cli.records.values import DailyHours


def command(
    context: typer.Context,
    task: Annotated[str, typer.Option("--task", metavar="NO", help=_("the task to move"))],
    first: Annotated[str | None, typer.Option("--from", metavar="DAY", help=_("no earlier than this day"))] = None,
    last: Annotated[
        str | None, typer.Option("--until", metavar="DAY", help=_("no later than this day (default: as the book says)"))
    ] = None,
    hours: Annotated[
        str | None, typer.Option("--hours", metavar="FROM-TO", help=_("such as 00:00-06:00 (default: its hours now)"))
    ] = None,
    count: Annotated[int, typer.Option("--count", metavar="N", min=1, help=_("so many windows"))] = 3,
    explain: Annotated[
        bool, typer.Option("--explain", help=_("why each earlier day is impossible, and the story of each decision"))
    ] = False,
    writing: Annotated[bool, typer.Option("--write", help=_("write its rows in the first of these windows"))] = False,
    pick: Annotated[
        int | None, typer.Option("--pick", metavar="N", min=1, help=_("in the window of this number instead"))
    ] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help=_("write them to this workbook"))] = None,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    assurances: options.Assurances = None,
    departments: options.Departments = None,
    feedback: options.Feedback = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`cutover reschedule`."""
    from pathlib import Path

    from aftersales_cli.cli import cutover_reschedule_views as views
    from aftersales_cli.jobs import reschedule as job

    given = session.given(context.params)
    wishes = job.Wishes(
        task_no=task,
        first=_day(first, "--from"),
        last=_day(last, "--until"),
        hours=_hours(hours),
        count=count,
        pick=pick,
        write=bool(writing or to or out),
        output=Path(out).absolute() if out else None,
        to=Path(to).absolute() if to else None,
        dry_run=dry_run,
        wait=wait,
    )
    leave(job.reschedule(session.desk(given), wishes), views.explained if explain else views.proposed, json=json)


def _day(text: str | None, option: str) -> date | None:
    return session.instant(text, option=option).date() if text else None


def _hours(text: str | None) -> DailyHours | None:
    from aftersales_cli.records.columns import Refused
    from aftersales_cli.records.moments import daily_hours

    try:
        return daily_hours(text) if text else None
    except Refused as refused:
        message = Say("{option}: “{text}” are no hours", option="--hours", text=text)
        raise Stop(message, hint=refused.accepted, code=Exit.USAGE) from refused
