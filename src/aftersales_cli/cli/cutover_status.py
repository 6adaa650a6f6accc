"""`aftersales cutover status`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.text import Text

    from aftersales_cli.jobs.status_standing import Standing

SHOWN = 200


def command(
    task: Annotated[
        list[str] | None, typer.Option("--task", metavar="NO", help=_("only this task; repeatable"))
    ] = None,
    customer: Annotated[
        list[str] | None, typer.Option("--customer", metavar="CODE", help=_("only this customer; repeatable"))
    ] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=_("only those whose receipt should have been there by now"))
    ] = False,
    json: options.Json = False,
) -> None:
    """`cutover status`."""
    from aftersales_cli.jobs import status as job

    leave(job.status(session.desk(), job.Wishes(task or (), customer or (), overdue)), standing, json=json)


def standing(report: Report) -> Iterator[RenderableType]:
    """A row per notice: what is overdue first, then by window; those whose window is over only where named."""
    from aftersales_cli.jobs.status import Outcome

    assert isinstance(report.view, Outcome)
    open_ = [one for one in report.view.standings if report.view.named or not one.over]
    rows = table(_("customer"), _("task"), _("window"), _("state"), _("confirmed by"))
    rows.columns[1].no_wrap = True
    for one in sorted(open_, key=lambda one: (not one.overdue, one.notice.window_start))[:SHOWN]:
        rows.add_row(_whom(one), _told(one), f"{one.notice.window_start:%Y-%m-%d\n%H:%M}", _state(one), _confirmed(one))
    if open_:
        yield rows
    if len(open_) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(open_) - SHOWN))
    for one in open_[:SHOWN]:
        yield from _objections(one)
    past = len(report.view.standings) - len(open_)
    if past:
        yield str(Counted("{n} notice whose window is over is not shown; name its task with --task",
                          "{n} notices whose window is over are not shown; name their tasks with --task",
                          n=past))  # fmt: skip
    counts = {key: report.summary[key] for key in ("delivered", "rendered", "failed", "expired", "overdue")}
    notices = report.summary["notices"]
    assert isinstance(notices, int)
    yield str(Say("{notices}: {delivered} delivered, {rendered} without a receipt, {failed} not delivered, "
                  "{expired} never confirmed; {overdue} overdue",
                  notices=Counted("{n} notice", "{n} notices", n=notices), **counts))  # fmt: skip


def _whom(one: Standing) -> str:
    code = one.notice.customer_code
    return f"{code} {one.notice.customer_name}" if code is not None else _("department")


def _told(one: Standing) -> str:
    from aftersales_cli.records.events import Change

    words = {Change.UPDATE: _("update"), Change.CANCEL: _("cancel")}
    word = words.get(one.notice.change)
    return f"{one.notice.task_no}\n{word} ({one.notice.sequence})" if word else one.notice.task_no


def _state(one: Standing) -> Text:
    from rich.text import Text

    from aftersales_cli.jobs.status_standing import State

    words = {
        State.DELIVERED: _("delivered"),
        State.FAILED: _("not delivered"),
        State.EXPIRED: _("never confirmed"),
        State.RENDERED: _("no receipt"),
    }
    if one.notice.customer_code is None:
        return Text(_("issued"))
    lines = [words[one.state]]
    if one.contradicting:
        lines.append(_("receipts contradict"))
    if one.overdue:
        since = Say("overdue since {when}", when=_moment(one.overdue_since))
        return Text("\n".join([*lines, str(since)]), style="bold red")
    if one.delivered is None and one.due is not None and not one.over:
        lines.append(str(Say("due by {when}", when=_last(one.due.certain or one.due.possible))))
    return Text("\n".join(lines))


def _moment(at: datetime | None) -> object:
    """A day where it is the beginning of one."""
    return at.date() if at is not None and at.time() == time() else at


def _last(at: datetime) -> object:
    """What is due before a day begins is due by the day before."""
    return at.date() - timedelta(days=1) if at.time() == time() else at


def _confirmed(one: Standing) -> str:
    said = one.delivered
    if said is not None:
        return f"{said.confirmed_by}\n{shown(said.delivered_at, language())} {said.channel}"
    if one.confirmed_sequence is not None:
        return str(Say("only version {n}", n=one.confirmed_sequence))
    return ""


def _objections(one: Standing) -> Iterator[str]:
    for said in one.objections:
        yield str(Say("{customer} declines {task} ({who}, {when}); “aftersales cutover feedback” settles it",
                      customer=one.notice.customer_name, task=one.notice.task_no, who=said.confirmed_by,
                      when=str(said.delivered_at)))  # fmt: skip
