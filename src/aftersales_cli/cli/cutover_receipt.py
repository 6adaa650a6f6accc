"""`aftersales cutover receipt [FILE…]`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.jobs.receipt_ledger import Taken

SHOWN = 200


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE", help=_("filled-in lists of receipts, or customers' replies (.ics, .eml)")),
    ] = None,
    task: Annotated[str | None, typer.Option("--task", metavar="NO", help=_("one receipt: of this task"))] = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="CODE", help=_("by this customer"))] = None,
    delivered_at: Annotated[
        str | None, typer.Option("--delivered-at", metavar="WHEN", help=_("when it was delivered, or 未送达"))
    ] = None,
    channel: Annotated[str | None, typer.Option("--channel", metavar="WORD", help=_("how, such as 电话"))] = None,
    confirmed_by: Annotated[
        str | None, typer.Option("--confirmed-by", metavar="NAME", help=_("who confirmed it"))
    ] = None,
    circuit: Annotated[
        list[str] | None,
        typer.Option("--circuit", metavar="CODE", help=_("only for this circuit of the notice; repeatable")),
    ] = None,
    receipts: options.Receipts = None,
    encoding: options.Encoding = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`cutover receipt`."""
    from aftersales_cli.jobs import receipt as job

    one = _one({"task_no": task, "customer_code": customer, "delivered_at": delivered_at, "channel": channel,
                "confirmed_by": confirmed_by}, circuit)  # fmt: skip
    named = [*(files or ()), *(receipts or ())]
    if one and named:
        raise Stop(Say("name files, or one receipt by its options, not both"), code=Exit.USAGE)
    tables = [name for name in named if not job.is_reply(name)]
    wishes = job.Wishes([name for name in named if job.is_reply(name)], one, dry_run, wait)
    given = session.given({"receipts": tables, "encoding": encoding})
    leave(job.receipt(session.desk(given), wishes), recorded, json=json)


def _one(said: dict[str, str | None], circuits: list[str] | None) -> dict[str, str]:
    """The cells of the one receipt that the options tell; none where there are no options."""
    given = {key: text for key, text in said.items() if text is not None}
    if not given and not circuits:
        return {}
    missing = [_option(key) for key in said if key not in given]
    if missing:
        message = Say("a receipt needs {options} as well", options=missing)
        raise Stop(message, code=Exit.USAGE)
    return given | ({"circuit_codes": "; ".join(circuits)} if circuits else {})


def _option(key: str) -> str:
    return "--" + key.removesuffix("_no").removesuffix("_code").replace("_", "-")


def recorded(report: Report) -> Iterator[RenderableType]:
    """A row per receipt that can be true, and the counts."""
    assert isinstance(report.view, tuple)
    taken: tuple[Taken, ...] = report.view
    rows = table(_("task"), _("customer"), _("delivered at"), _("confirmed by"), "")
    rows.columns[0].no_wrap = True
    for one in taken[:SHOWN]:
        said = one.delivered
        at = str(said.delivered_at) if said.delivered_at else _("not delivered")
        whom = f"{said.customer_code} {one.notice.customer_name}" if one.notice else said.customer_code
        rows.add_row(said.task_no, whom, at, f"{said.confirmed_by} ({said.channel})", _became(one))
    if taken:
        yield rows
    if len(taken) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(taken) - SHOWN))
    counts = {key: report.summary[key] for key in ("recorded", "unchanged", "refused", "not_yet")}
    if report.summary["dry_run"]:
        yield str(Say("{recorded} to record, {unchanged} known already, {refused} refused, {not_yet} not filled in yet",
                      **counts))  # fmt: skip
        return
    yield str(Say("{recorded} recorded, {unchanged} known already, {refused} refused, {not_yet} not filled in yet",
                  **counts))  # fmt: skip


def _became(one: Taken) -> str:
    from aftersales_cli.records.events import Reply

    if not one.new:
        return _("known already")
    if one.contradicts:
        return _("contradicts")
    if one.notice is None:
        return _("recorded, without a notice in the ledger")
    return {Reply.DECLINED: _("declined"), Reply.TENTATIVE: _("tentative")}.get(
        one.delivered.reply or Reply.ACCEPTED, _("recorded")
    )
