"""`aftersales cutover evidence TASK`: the frozen folder of one task."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Counted, Say, _, language

if TYPE_CHECKING:
    from rich.console import RenderableType


def evidence(
    task: Annotated[str, typer.Argument(metavar="TASK", help=_("the task number"))],
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`cutover evidence`."""
    from aftersales_cli.jobs import evidence as job

    wishes = job.Wishes(task, language(), dry_run, Path(out).absolute() if out else None, wait)
    leave(job.evidence(session.desk(), wishes), _bound, json=json)


def _bound(report: Report) -> Iterator[RenderableType]:
    """A row per notice, what its files and the inputs are today, and how many receipts there are."""
    data = cast("dict[str, Any]", report.view)
    words = {"new": _("new"), "update": _("update"), "cancel": _("cancel"), "unchanged": _("unchanged")}
    rows = table(_("customer"), _("name"), _("change"), _("issued at"), _("released from"), _("files"))
    for notice in data["notices"][:200]:
        whole = sum(each["standing"] == "as_issued" for each in notice["documents"])
        rows.add_row(
            notice["customer_code"] or _("department"),
            notice["customer_name"],
            f"{words[notice['change']]} ({notice['sequence']})",
            notice["issued_at"][:16].replace("T", " "),
            ", ".join(notice["despite"]),
            f"{whole}/{len(notice['documents'])}",
        )
    if data["notices"]:
        yield rows
    if len(data["notices"]) > 200:
        yield str(Say("… and {n} more; --json lists all", n=len(data["notices"]) - 200))
    summary = data["summary"]
    notices = Counted("{n} notice", "{n} notices", n=summary["notices"])
    judgements = Counted("{n} judgement", "{n} judgements", n=summary["judgements"])
    yield str(
        Say(
            "{notices}, {judgements}; files: {as_issued} as issued, {altered} altered, "
            "{missing} missing, {unproven} not proven",
            notices=notices,
            judgements=judgements,
            **summary["documents"],
        )
    )
    received = summary["receipts"]
    yield str(Counted("{n} receipt", "{n} receipts", n=received)) if received else _("no receipts recorded")
