"""`aftersales complaint …`: answer."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say, _, language

app = typer.Typer()


@app.callback()
def group() -> None:
    """A group of its own, though it has one command."""


@app.command("answer", help=_("what the rule book answers to each complaint, and why; with --letters, in writing"))
def answer(
    context: typer.Context,
    named: Annotated[
        list[str] | None, typer.Argument(metavar="COMPLAINT", help=_("only the complaints of these numbers"))
    ] = None,
    circuit: Annotated[
        str | None, typer.Option("--circuit", metavar="CODE", help=_("one complaint: of this circuit"))
    ] = None,
    reported: Annotated[
        str | None, typer.Option("--reported", metavar="WHEN", help=_("when it was reported (default: now)"))
    ] = None,
    began: Annotated[str | None, typer.Option("--began", metavar="WHEN", help=_("when the interruption began"))] = None,
    restored: Annotated[
        str | None, typer.Option("--restored", metavar="WHEN", help=_("when the service was back, or 未恢复"))
    ] = None,
    cause: Annotated[
        str | None,
        typer.Option(
            "--cause", metavar="WORD", help=_("what was found to be the cause: 割接, 其他, 未查实, 未填报割接")
        ),
    ] = None,
    task: Annotated[str | None, typer.Option("--task", metavar="NO", help=_("the cutover, where it is known"))] = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="CODE", help=_("who complains"))] = None,
    number: Annotated[
        str | None,
        typer.Option("--number", metavar="NO", help=_("the complaint's number (default: made from the rest)")),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help=_("tell the whole story of each answer"))] = False,
    letters: Annotated[
        bool, typer.Option("--letters", help=_("write the letters to customers and the internal decision sheets"))
    ] = False,
    despite: Annotated[
        list[str] | None, typer.Option("--despite", metavar="RULE", help=_("release the letters this rule holds"))
    ] = None,
    because: Annotated[
        str | None, typer.Option("--because", metavar="TEXT", help=_("the reason, kept for ever"))
    ] = None,
    complaints: options.Complaints = None,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    assurances: options.Assurances = None,
    receipts: options.Receipts = None,
    feedback: options.Feedback = None,
    departments: options.Departments = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`complaint answer`."""
    from pathlib import Path

    from aftersales_cli.cli import complaint_views as views
    from aftersales_cli.jobs import answer as job

    said = {"complaint_no": number, "circuit_code": circuit, "reported_at": reported, "began_at": began,
            "restored_at": restored, "cause": cause, "task_no": task, "customer_code": customer}  # fmt: skip
    one = {key: text for key, text in said.items() if text}
    if one and (named or complaints):
        raise Stop(Say("name complaints, or give one by its options, not both"), code=Exit.USAGE)
    wishes = job.Wishes(
        one=one,
        numbers=named or (),
        letters=letters,
        released=_released(despite, because),
        language=language(),
        dry_run=dry_run,
        output=Path(out).absolute() if out else None,
        wait=wait,
    )
    report = job.answer(session.desk(session.given(context.params)), wishes)
    leave(report, views.explained if explain else views.told if one or named else views.listed, json=json)


def _released(despite: list[str] | None, because: str | None) -> dict[str, str]:
    if despite and not (because or "").strip():
        raise Stop(Say("--despite needs --because TEXT"), code=Exit.USAGE)
    if because and not despite:
        raise Stop(Say("--because needs --despite RULE"), code=Exit.USAGE)
    return dict.fromkeys(despite or (), because or "")
