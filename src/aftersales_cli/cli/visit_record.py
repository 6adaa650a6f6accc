"""`aftersales visit record FILE… | export`: the commands, and what people see of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.cli.visit_report import lacking
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Counted, Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.jobs.visit_record import Recorded
    from aftersales_cli.visit.export import Upload

SHOWN = 200


def record(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help=_("visits that were made (default: the workspace's)"))
    ] = None,
    visits: options.Visits = None,
    customers: options.Customers = None,
    warnings: options.Warnings = None,
    crises: options.Crises = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`visit record`."""
    from aftersales_cli.jobs import visit_record as job

    del customers, warnings, crises, encoding
    if files and visits:
        raise Stop(Say("name the files as arguments or with --visits, not both"), code=Exit.USAGE)
    given = session.given({**context.params, "visits": files or visits})
    wishes = job.Wishes(dry_run, Path(out).absolute() if out else None, wait)
    leave(job.record(session.desk(given), wishes), recorded, json=json)


def recorded(report: Report) -> Iterator[RenderableType]:
    """A row per visit: what became of it, what it brought up, what its record lacks; then the counts."""
    from aftersales_cli.jobs.visit_record_cases import owed

    found: tuple[Recorded, ...] = report.view  # type: ignore[assignment]
    rows = table(_("visit"), _("customer"), "", _("missing or breached"))
    rows.columns[0].no_wrap = True
    words = {"new": _("new record"), "updated": _("updated"), "unchanged": _("known already")}
    for one in sorted(found, key=lambda one: not owed(one.decisions))[:SHOWN]:  # what lacks something first
        row = one.case.row
        whom = f"{one.case.customer.code}\n{one.case.customer.name}"
        rows.add_row(f"{row.visit_no}\n{row.date} {row.kind.value}", whom, words[one.change], lacking(one.decisions))
    if found:
        yield rows
    if len(found) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(found) - SHOWN))
    counts = {key: report.summary[key] for key in ("new", "updated", "unchanged", "refused", "incomplete")}
    yield str(Say("{new} new, {updated} updated, {unchanged} known already, {refused} refused; "
                  "something is missing in {incomplete}", **counts))  # fmt: skip
    corrections = report.summary["corrections"]
    if isinstance(corrections, int) and corrections:
        yield str(Counted("{n} correction of customer data for the CRM", "{n} corrections of customer data for the CRM",
                          n=corrections))  # fmt: skip


def export(
    context: typer.Context,
    visits: options.Visits = None,
    customers: options.Customers = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`visit export`."""
    from aftersales_cli.jobs import visit_export as job

    del visits, customers, encoding
    wishes = job.Wishes(dry_run, Path(out).absolute() if out else None, wait)
    leave(job.export(session.desk(session.given(context.params)), wishes), exported, json=json)


def exported(report: Report) -> Iterator[RenderableType]:
    """A row per record of the workbook, then where it is."""
    found: tuple[Upload, ...] = report.view  # type: ignore[assignment]
    rows = table(_("visit"), _("customer"), "")
    for one in found[:SHOWN]:
        row, customer = one.case.row, one.case.customer
        whom = f"{customer.code} {customer.name} ({customer.level})"
        rows.add_row(f"{row.visit_no} {row.date}", whom, _("to change") if one.again else _("new record"))
    if found:
        yield rows
    if len(found) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(found) - SHOWN))
    n = len(found)
    yield str(Counted("{n} record for the group system", "{n} records for the group system", n=n))
    yield from map(str, report.files)
