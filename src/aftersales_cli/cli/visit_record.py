"""`aftersales visit record FILE… | export`: the commands, and what people see of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.cli.visit_kinds import kind_word
from aftersales_cli.cli.visit_report import lacking
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Counted, Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.jobs.report import Report
    from aftersales_cli.jobs.visit_export import Exported
    from aftersales_cli.jobs.visit_record import Recorded
    from aftersales_cli.visit.export import Upload

SHOWN = 200
ROOM = 20
"""With fewer visits than this that lack something, others are listed too."""


def record(
    context: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="FILE", help=_("visits that were made (default: the workspace's)"))
    ] = None,
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
    """`visit record`."""
    from aftersales_cli.jobs import visit_record as job

    del customers, warnings, crises, circuits, encoding
    if files and visits:
        raise Stop(Say("name the files as arguments or with --visits, not both"), code=Exit.USAGE)
    given = session.given({**context.params, "visits": files or visits})
    wishes = job.Wishes(dry_run, Path(out).absolute() if out else None, wait)
    report = job.record(session.desk(given), wishes)
    if explain:
        from aftersales_cli.cli.visit_record_explain import judged as told

        leave(report, told, json=json)
    leave(report, recorded, json=json)


def recorded(report: Report) -> Iterator[RenderableType]:
    """A row per visit whose record lacks something, and of the others as far as there is room; then the counts."""
    from aftersales_cli.jobs.visit_record_cases import owed

    found: tuple[Recorded, ...] = report.view  # type: ignore[assignment]
    rows = table(_("visit"), _("customer"), _("missing or breached"))
    rows.columns[0].no_wrap = True
    words = {"new": _("new record"), "updated": _("updated"), "unchanged": _("known already")}
    wanting = [one for one in found if owed(one.decisions)]
    whole = [one for one in found if not owed(one.decisions)]
    shown = [*wanting[:SHOWN], *whole[: max(0, ROOM - len(wanting))]]
    for one in shown:
        row = one.case.row
        whom = f"{one.case.customer.code}\n{one.case.customer.name}"
        which = f"{row.visit_no}\n{row.date} {kind_word(row.kind)}\n{words[one.change]}"
        rows.add_row(which, whom, lacking(one.decisions))
    if shown:
        yield rows
    if len(found) > len(shown):
        yield str(Say("… and {n} more; --json lists all", n=len(found) - len(shown)))
    counts = {key: report.summary[key] for key in ("new", "updated", "unchanged", "refused", "incomplete")}
    yield str(Say("{new} new, {updated} updated, {unchanged} known already, {refused} refused; "
                  "something is missing in {incomplete}", **counts))  # fmt: skip
    yield from _corrected(report)


def _corrected(report: Report) -> Iterator[str]:
    """What goes to the CRM now, and what went there before."""
    new, before = (int(str(report.summary[key])) for key in ("corrections", "corrections_before"))
    if new:
        yield str(Counted("{n} correction of customer data for the CRM", "{n} corrections of customer data for the CRM",
                          n=new))  # fmt: skip
    elif before:
        yield str(Say("nothing new for the CRM"))
    if before:
        yield str(Counted("{n} correction was listed before; “aftersales visit report VISIT” lists it again",
                          "{n} corrections were listed before; “aftersales visit report VISIT” lists them again",
                          n=before))  # fmt: skip


def export(
    context: typer.Context,
    visits: options.Visits = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    explain: options.Explain = False,
    json: options.Json = False,
) -> None:
    """`visit export`."""
    from aftersales_cli.jobs import visit_export as job

    del visits, customers, circuits, encoding
    wishes = job.Wishes(dry_run, Path(out).absolute() if out else None, wait)
    report = job.export(session.desk(session.given(context.params)), wishes)
    if explain:
        from aftersales_cli.cli.visit_record_explain import exported as told

        leave(report, told, json=json)
    leave(report, exported, json=json)


def exported(report: Report) -> Iterator[RenderableType]:
    """A row per record of the workbook, then where it is."""
    found: tuple[Exported, ...] = report.view  # type: ignore[assignment]
    rows = table(_("visit"), _("customer"), _("why"), "")
    for one in (each.upload for each in found[:SHOWN]):
        row, customer = one.case.row, one.case.customer
        change = _("to change") if one.again else _("new record")
        rows.add_row(f"{row.visit_no} {row.date}", f"{customer.code} {customer.name}", str(_owed_by(one)), change)
    if found:
        yield rows
    if len(found) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(found) - SHOWN))
    n = len(found)
    yield str(Counted("{n} record for the group system", "{n} records for the group system", n=n))
    yield from map(str, report.files)


def _owed_by(one: Upload) -> Say:
    """Why the group's system is owed the record."""
    match one.because.field:
        case "level":
            return Say("the customer's level: {level}", level=one.because.value)
        case "cross_province":
            return Say("the customer is cross-province (是否跨省)")
    return Say("a circuit across domains (是否跨域): {place}", place=str(one.because.place))
