"""`aftersales ledger`: what was issued, the story of one notice or one run, and whether all is still there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from aftersales_cli.cli import output
from aftersales_cli.cli.options import Json
from aftersales_cli.cli.session import Session
from aftersales_cli.errors import Exit
from aftersales_cli.jobs import ledger as job
from aftersales_cli.jobs.ledger import Found
from aftersales_cli.jobs.report import Report
from aftersales_cli.ledger import RecordedRun, State
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.values import Window
from aftersales_cli.words import Counted, Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType

app = typer.Typer()


@app.command("list", help=_("the notices issued, oldest first"))
def list_(
    task: Annotated[str | None, typer.Option("--task", metavar="NO", help=_("of this task only"))] = None,
    customer: Annotated[str | None, typer.Option("--customer", metavar="CODE", help=_("of this customer only"))] = None,
    json: Json = False,
) -> None:
    """List the notices."""
    session = Session()
    output.leave(job.listed(session.workspace, session.as_of, task=task, customer=customer), _list, json=json)


@app.command("show", help=_("one notice with all its sequences, or one run by its number or folder"))
def show(name: Annotated[str, typer.Argument(metavar="NOTICE|RUN")], json: Json = False) -> None:
    """Show a notice or a run."""
    session = Session()
    output.leave(job.shown(session.workspace, session.as_of, name), _story, json=json)


@app.command("verify", help=_("whether the ledger is sound and every document is as it was written"))
def verify(json: Json = False) -> None:
    """Verify the ledger and the run folders."""
    session = Session()
    output.leave(job.verified(session.workspace, session.as_of), _verdict, json=json)


def _list(report: Report) -> Iterator[RenderableType]:
    notices = cast("Sequence[Issued]", report.view)
    if not notices:
        yield _("no such notice was issued")
        return
    table = output.table(_("notice"), _("task"), _("customer"), _("what"), _("issued at"), _("run"))
    for n in notices:
        table.add_row(n.notice_id, n.task_no, n.customer_name, _what(n), _at(n), n.run)
    yield output.unbroken(table, 1, 0)


def _what(notice: Issued) -> str:
    return f"{_word(notice)} ({notice.sequence})"


def _word(notice: Issued) -> str:
    words = {
        Change.NEW: _("new"),
        Change.UPDATE: _("update"),
        Change.CANCEL: _("cancel"),
        Change.UNCHANGED: _("unchanged"),
    }
    return words[notice.change]


def _at(notice: Issued) -> str:
    return f"{notice.issued_at:%Y-%m-%d %H:%M}"


def _story(report: Report) -> Iterator[RenderableType]:
    found = cast("Found", report.view)
    if found.by_run:
        yield from _of_run(found.runs[0])
        yield from (f"  {notice.notice_id} · {_what(notice)} · {notice.customer_name}" for notice in found.notices)
        return
    for notice, item in zip(found.notices, report.items, strict=True):
        words = {"notice": notice.notice_id, "number": notice.sequence, "what": _word(notice), "run": notice.run}
        yield str(Say("notice {notice}, sequence {number}: {what}, by run {run}", **words))
        yield from _of_notice(notice)
        for path in cast("Sequence[Path]", item["files"]):
            yield "  " + str(Say("document: {file}", file=path))
    for run in found.runs:
        yield from _of_run(run)


def _of_notice(notice: Issued) -> Iterator[str]:
    for heading, value in (
        (_("task"), notice.task_no),
        (_("customer"), " ".join(filter(None, (notice.customer_name, notice.customer_code)))),
        (_("cutover time"), str(Window(notice.window_start, notice.window_end))),
        (_("interruption"), notice.interruption),
        (_("circuits"), ", ".join(notice.circuit_codes)),
        (_("province"), notice.province),
        (_("reason"), notice.reason),
        (_("published at"), f"{notice.published_at:%Y-%m-%d %H:%M}"),
        (_("issued at"), _at(notice)),
        (_("recipients"), ", ".join(notice.recipients)),
        (_("released from"), "; ".join(f"{rule}: {why}" for rule, why in notice.despite.items())),
    ):
        if value:
            yield "  " + str(Say("{name}: {value}", name=heading, value=value))


def _of_run(recorded: RecordedRun) -> Iterator[str]:
    run = recorded.run
    yield str(
        Say(
            "run {run}: {command}, as of {as_of}, {state}",
            run=recorded.run_id,
            command=run.command,
            as_of=run.as_of,
            state=_state(recorded),
        )
    )
    yield "  " + str(Say("folder: {folder}", folder=recorded.folder))
    yield "  " + str(Say("inputs: {files}", files=run.inputs))


def _state(recorded: RecordedRun) -> str:
    words = {
        State.PREPARED: _("interrupted, not settled yet"),
        State.COMPLETED: _("completed"),
        State.ABANDONED: _("abandoned"),
    }
    return words[recorded.state]


def _verdict(report: Report) -> Iterator[RenderableType]:
    runs = Counted("{n} run", "{n} runs", n=cast("int", report.summary["runs"]))
    notices = Counted("{n} notice", "{n} notices", n=cast("int", report.summary["notices"]))
    if report.exit is Exit.DONE:
        yield str(Say("{runs}, {notices}: the ledger is sound, every document as written", runs=runs, notices=notices))
    else:
        yield str(Say("{runs}, {notices}: the ledger is sound, but documents are not", runs=runs, notices=notices))
