"""`aftersales visit brief` and `visit fault-report`: the papers of one customer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Counted, Say, _, language

if TYPE_CHECKING:
    from rich.console import RenderableType

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer's code"))]
From = Annotated[
    str | None,
    typer.Option(
        "--from", metavar="DAY", help=_("the first day looked at (default: this month and the eleven before it)")
    ),
]
To = Annotated[str | None, typer.Option("--to", metavar="DAY", help=_("the last day looked at"))]


def brief(
    context: typer.Context,
    customer: Customer,
    start: From = None,
    end: To = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    cutovers: options.Cutovers = None,
    complaints: options.Complaints = None,
    faults: options.Faults = None,
    warnings: options.Warnings = None,
    crises: options.Crises = None,
    inspections: options.Inspections = None,
    visits: options.Visits = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """`visit brief`."""
    from aftersales_cli.jobs import visit_brief as job

    del customers, circuits, routes, cutovers, complaints, faults, warnings, crises, inspections, visits, encoding
    desk = session.desk(_given(context))
    first, last = _day(start, "--from"), _day(end, "--to")
    wishes = job.Wishes(customer, first, last, language(), dry_run, _folder(out))
    leave(job.brief(desk, wishes), _prepared, json=json)


def fault_report(
    context: typer.Context,
    customer: Customer,
    fault: Annotated[
        list[str] | None, typer.Option("--fault", metavar="NO", help=_("only this fault; repeatable"))
    ] = None,
    start: From = None,
    end: To = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    routes: options.Routes = None,
    cutovers: options.Cutovers = None,
    complaints: options.Complaints = None,
    faults: options.Faults = None,
    warnings: options.Warnings = None,
    crises: options.Crises = None,
    inspections: options.Inspections = None,
    visits: options.Visits = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """`visit fault-report`."""
    from aftersales_cli.jobs import fault_report as job

    del customers, circuits, routes, cutovers, complaints, faults, warnings, crises, inspections, visits, encoding
    desk = session.desk(_given(context))
    first, last = _day(start, "--from"), _day(end, "--to")
    wishes = job.Wishes(customer, first, last, language(), dry_run, _folder(out), tuple(fault or ()))
    leave(job.fault_report(desk, wishes), _analysed, json=json)


def _given(context: typer.Context) -> Any:
    return session.given(context.params)


def _folder(out: str | None) -> Path | None:
    return Path(out).absolute() if out else None


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        message = Say("{option}: “{text}” is no day", option=option, text=text)
        raise Stop(message, hint=Say("write 2026-06-01"), code=Exit.USAGE) from error


def _prepared(report: Report) -> Iterator[RenderableType]:
    """What is in the brief, in a few lines; what the records point to; what was missing."""
    item = cast("dict[str, Any]", report.items[0])
    yield str(Say("{name} ({code}), {start} to {end}", name=item["customer_name"], code=item["customer_code"],
                  start=item["from"], end=item["to"]))  # fmt: skip
    rows = table(_("circuits"), _("faults"), _("complaints"), _("availability"), _("who leads"))
    shown = (item["circuits"], item["faults"], item["complaints"], item["availability"], item["leader"] or None)
    rows.add_row(*("–" if each is None else str(each) for each in shown))
    yield rows
    yield from _owed(item["obligations"])
    yield str(item["decisions"][0].says)
    for point in item["points"]:
        yield f"· {point}"
    yield from _missing(item)


def _owed(obligations: list[dict[str, Any]]) -> Iterator[str]:
    """A line for each visit that is owed."""
    late = {True: _("overdue"), None: _("or later"), False: ""}
    for each in obligations:
        day = f"{each['due_by']} {late[each['overdue']]}".rstrip()
        yield str(Say("{day}: {because}", day=day, because=each["because"]))


def _analysed(report: Report) -> Iterator[RenderableType]:
    """A row per fault, and how many have no cause."""
    item = cast("dict[str, Any]", report.items[0])
    rows = table(_("fault"), _("circuit"), _("began"), _("restored"), _("lasted"), _("cause"))
    for each in item["faults"]:
        keys = ("number", "circuit", "began", "restored", "duration", "cause")
        rows.add_row(*(each[key] or "–" for key in keys))
    yield rows
    if item["unexplained"]:
        yield str(Say("no cause is on record for {faults}", faults=item["unexplained"]))
    if item["kept_back"]:
        yield str(Say("not in the report, as warnings and crises hold them for us: {measures}",
                      measures=item["kept_back"]))  # fmt: skip
    yield from _missing(item)


def _missing(item: dict[str, Any]) -> Iterator[str]:
    missing = item["missing"]
    if missing:
        counted = Counted("{n} table was not given or not read whole: {tables}",
                          "{n} tables were not given or not read whole: {tables}", n=len(missing),
                          tables=list(missing))  # fmt: skip
        yield str(counted)
