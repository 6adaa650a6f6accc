"""`aftersales cutover …`: check, notify, deadline."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_cli.cli import (
    cutover_evidence,
    cutover_feedback,
    cutover_import,
    cutover_receipt,
    cutover_reschedule,
    cutover_status,
    options,
    session,
)
from aftersales_cli.cli.output import leave
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say, _, language

app = typer.Typer()
app.command("import", help=_("draft cutover rows from other carriers' notices"))(cutover_import.command)
app.command("evidence", help=_("one frozen folder of a task: what to show two years later"))(cutover_evidence.evidence)
app.command("receipt", help=_("record what reached its customer, when, and who said so"))(cutover_receipt.command)
app.command("status", help=_("who was told, who has confirmed it, and who should have"))(cutover_status.command)
app.command("feedback", help=_("questions, objections and requests for protection, until they are closed"))(
    cutover_feedback.command
)
app.command("reschedule", help=_("the earliest windows that no rule stands against"))(cutover_reschedule.command)

Tasks = Annotated[list[str] | None, typer.Option("--task", metavar="NO", help=_("only this task; repeatable"))]
CustomerCodes = Annotated[
    list[str] | None, typer.Option("--customer", metavar="CODE", help=_("only this customer; repeatable"))
]


@app.command("check", help=_("judge every task by the rule book, before anything goes out"))
def check(
    context: typer.Context,
    named: Annotated[list[str] | None, typer.Argument(metavar="TASK", help=_("only these tasks"))] = None,
    task: Tasks = None,
    explain: Annotated[bool, typer.Option("--explain", help=_("tell the whole story of each decision"))] = False,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    assurances: options.Assurances = None,
    feedback: options.Feedback = None,
    departments: options.Departments = None,
    encoding: options.Encoding = None,
    json: options.Json = False,
) -> None:
    """`cutover check`."""
    from aftersales_cli.cli import cutover_views as views
    from aftersales_cli.jobs import check as job

    given = session.given(context.params)
    report = job.check(session.desk(given), job.Wishes((*(named or ()), *(task or ()))))
    leave(report, views.explained if explain else views.checked, json=json)


@app.command("notify", help=_("write every customer's notices, and remember them"))
def notify(
    context: typer.Context,
    task: Tasks = None,
    customer: CustomerCodes = None,
    despite: Annotated[
        list[str] | None, typer.Option("--despite", metavar="RULE", help=_("release what this rule holds"))
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help=_("the reason, kept for ever"))
    ] = None,
    letters: Annotated[
        bool, typer.Option("--letters", help=_("also a letter on paper (.docx) for each customer, with a slip to sign"))
    ] = False,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    assurances: options.Assurances = None,
    feedback: options.Feedback = None,
    departments: options.Departments = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`cutover notify`."""
    from pathlib import Path

    from aftersales_cli.cli import cutover_views as views
    from aftersales_cli.jobs import notify as job

    given = session.given(context.params)
    wishes = job.Wishes(
        numbers=task or (),
        customers=customer or (),
        released=_released(despite, because),
        letters=letters,
        dry_run=dry_run,
        output=Path(out).absolute() if out else None,
        wait=wait,
    )
    leave(job.notify(session.desk(given), wishes), views.notified, json=json)


def _released(despite: list[str] | None, because: str | None) -> dict[str, str]:
    if despite and not (because or "").strip():
        raise Stop(Say("--despite needs --because TEXT"), code=Exit.USAGE)
    if because and not despite:
        raise Stop(Say("--because needs --despite RULE"), code=Exit.USAGE)
    return dict.fromkeys(despite or (), because or "")


@app.command("impact", help=_("which circuits each task touches, and which tasks together cut both paths"))
def impact(
    context: typer.Context,
    named: Annotated[list[str] | None, typer.Argument(metavar="TASK", help=_("only these tasks"))] = None,
    task: Tasks = None,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    encoding: options.Encoding = None,
    json: options.Json = False,
) -> None:
    """`cutover impact`."""
    from aftersales_cli.cli import cutover_views as views
    from aftersales_cli.jobs import impact as job

    given = session.given(context.params)
    report = job.impact(session.desk(given), job.Wishes((*(named or ()), *(task or ()))))
    leave(report, views.touched, json=json)


@app.command("deadline", help=_("the latest day to publish work that begins then"))
def deadline(
    start: Annotated[str, typer.Option("--start", metavar="WHEN", help=_("when the window begins"))],
    days: Annotated[
        int | None, typer.Option("--days", metavar="N", min=0, help=_("so many working days instead"))
    ] = None,
    json: options.Json = False,
) -> None:
    """`cutover deadline`."""
    from aftersales_cli.jobs import deadline as job

    desk = session.desk()
    begins = session.instant(start, option="--start")
    report = job.deadline(begins, desk.book, desk.workdays, desk.as_of, days=days, province=desk.province)
    leave(report, lambda found: job.lines(found, language()), json=json)
