"""`aftersales visit report VISIT_NO… | issues`: the commands, and what people see of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.cli.visit_kinds import kind_word
from aftersales_cli.words import Say, _, language

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.jobs.visit_issues import Standing
    from aftersales_cli.jobs.visit_report import Reported
    from aftersales_cli.rules.decision import Decision

SHOWN = 200


def command(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="VISIT", help=_("the numbers of visits"))],
    visits: options.Visits = None,
    customers: options.Customers = None,
    warnings: options.Warnings = None,
    crises: options.Crises = None,
    circuits: options.Circuits = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    explain: options.Explain = False,
    json: options.Json = False,
) -> None:
    """`visit report`."""
    from aftersales_cli.jobs import visit_report as job

    del visits, customers, warnings, crises, circuits, encoding
    wishes = job.Wishes(tuple(numbers), dry_run, Path(out).absolute() if out else None, wait)
    report = job.report(session.desk(session.given(context.params)), wishes)
    if explain:
        from aftersales_cli.cli.visit_record_explain import judged as told

        leave(report, told, json=json)
    leave(report, reported, json=json)


def reported(report: Report) -> Iterator[RenderableType]:
    """Each visit: what its record lacks, and where its report is."""
    found: tuple[Reported, ...] = report.view  # type: ignore[assignment]
    for one in found:
        row = one.case.row
        yield f"{row.visit_no}  {row.date} {kind_word(row.kind)}  {one.case.customer.name}"
        yield lacking(one.decisions) or _("the record is complete")
        yield from map(str, one.files)


def issues(
    context: typer.Context,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="CODE", help=_("only this customer's; repeatable"))
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help=_("also those that are solved"))] = False,
    visits: options.Visits = None,
    customers: options.Customers = None,
    encoding: options.Encoding = None,
    explain: options.Explain = False,
    json: options.Json = False,
) -> None:
    """`visit issues`."""
    from aftersales_cli.jobs import visit_issues as job

    del visits, customers, encoding
    wishes = job.Wishes(tuple(customer or ()), all_)
    report = job.issues(session.desk(session.given(context.params)), wishes)
    if explain:
        from aftersales_cli.cli.visit_record_explain import issues as told

        leave(report, told, json=json)
    leave(report, standing, json=json)


def standing(report: Report) -> Iterator[RenderableType]:
    """A row per issue, those of which somebody has to be reminded first; then the counts."""
    found: tuple[Standing, ...] = report.view  # type: ignore[assignment]
    rows = table(_("issue"), _("customer"), _("days"), _("owner"), _("progress"))
    for one in found[:SHOWN]:
        said = [f"{p.day} {p.text}" for p in one.issue.progress] or ["–"]
        whom = f"{one.customer.code}\n{one.customer.name}"
        owner = str(one.held_by.say()) if one.held_by else "–"
        rows.add_row(f"{one.issue.text}\n{one.issue.reference}", whom, str(one.age), owner, _said(said, one))
    if found:
        yield rows
    if len(found) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(found) - SHOWN))
    yield counted(report)


def counted(report: Report) -> str:
    """How many issues are open and solved."""
    counts = {key: report.summary[key] for key in ("open", "solved", "to_remind")}
    return str(Say("{open} open, {solved} solved; a reminder is due for {to_remind}", **counts))


def _said(lines: list[str], one: Standing) -> Text:
    from rich.text import Text

    text = Text("\n".join(lines))
    if one.remind is not None:
        text.append(f"\n{one.remind.to(language())}", style="bold red")
    return text


def lacking(decisions: Iterable[Decision]) -> str:
    """What is missing or breached, a line each."""
    from aftersales_cli.rules.decision import Verdict

    return "\n".join(
        f"{d.rule} {Say('{title}: {says}', title=d.title.get(language(), ''), says=d.says)}"
        for d in decisions
        if d.verdict is not Verdict.MET
    )
