"""`aftersales cutover import FILE…`: the command, and what people see of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table, unbroken
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Counted, Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

    from aftersales_cli.jobs.cutover_import import Judgement

SHOWN = 200


def command(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", help=_("notices: .ics, or .eml with one inside"))],
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help=_("write the drafts to this workbook"))] = None,
    cutovers: options.Cutovers = None,
    customers: options.Customers = None,
    circuits: options.Circuits = None,
    encoding: options.Encoding = None,
    out: options.Output = None,
    dry_run: options.DryRun = False,
    wait: options.Wait = 10,
    json: options.Json = False,
) -> None:
    """`cutover import`."""
    from pathlib import Path

    from aftersales_cli.jobs import cutover_import as job

    job.usable(to, out)
    given = session.given(context.params)
    wishes = job.Wishes(
        files=files,
        encoding=encoding,
        output=Path(out).absolute() if out else None,
        to=Path(to).absolute() if to else None,
        dry_run=dry_run,
        wait=wait,
    )
    leave(job.bring_in(session.desk(given), wishes), proposed, json=json)


def proposed(report: Report) -> Iterator[RenderableType]:
    """A row per maintenance, each rule of its timing that is not met, and the counts."""
    from aftersales_cli.cli.cutover_views import verdict_words

    assert isinstance(report.view, tuple)
    judged: tuple[Judgement, ...] = report.view
    rows = table(_("task"), _("change"), _("window"), _("circuits"), _("publish by"), _("verdict"))
    for one in judged[:SHOWN]:
        notice = one.proposal.draft.notice
        day = shown(one.publish_by or one.certainly_by, language())
        window = f"{notice.window.start:%Y-%m-%d %H:%M} –\n{notice.window.end:%Y-%m-%d %H:%M}"
        rows.add_row(notice.task_no, _change(one), window, "\n".join(_circuits(one)), day, verdict_words(one.verdict))
    if judged:
        yield unbroken(rows, 0, 3)
    if len(judged) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(judged) - SHOWN))
    for one in judged[:SHOWN]:
        yield from _open(one)
    notices, drafted = report.summary["notices"], report.summary["rows"]
    assert isinstance(notices, int)
    assert isinstance(drafted, int)
    yield str(Say("{notices}: {rows}",
                  notices=Counted("{n} notice", "{n} notices", n=notices),
                  rows=Counted("{n} draft row", "{n} draft rows", n=drafted)))  # fmt: skip


def _change(one: Judgement) -> str:
    from aftersales_cli.jobs.cutover_import_changes import Change

    return {
        Change.NEW: _("new"),
        Change.UPDATE: _("update"),
        Change.RESCHEDULE: _("rescheduled"),
        Change.CANCEL: _("cancel"),
        Change.UNCHANGED: _("unchanged"),
    }[one.proposal.change]


def _circuits(one: Judgement) -> list[str]:
    """Our circuit beside the carrier's; `?` where none of ours is known."""
    draft = one.proposal.draft
    texts = []
    for line, row in zip(draft.lines, draft.rows, strict=True):
        leased = shown(line.leased, language())
        ours = row.fact("circuit_code").value or "?"
        texts.append(f"{ours} ← {leased}" if leased else ours)
    return [*texts[:5], *([f"… {len(texts)}"] if len(texts) > 5 else [])]


def _open(one: Judgement) -> Iterator[str]:
    """What is not met, in the words of the decision and with its clause."""
    from aftersales_cli.rules.decision import Verdict

    for decision in one.decisions:
        if decision.verdict in (Verdict.BREACHED, Verdict.NEEDS_A_PERSON):
            title = f"{decision.rule} {decision.title.get(language(), '')}"
            clauses = [used.clause for used in decision.values] or [c for c in [decision.clause] if c]
            says = Say("{title}: {says}", title=title, says=decision.says)
            sources = [clause.cited(language()) for clause in clauses]
            cited = f" — {'; '.join(dict.fromkeys(sources))}" if sources else ""
            yield f"{one.proposal.draft.notice.task_no}  {says}{cited}"
        for caution in decision.cautions:
            yield f"{one.proposal.draft.notice.task_no}  {Say('{rule}: {says}', rule=decision.rule, says=caution)}"
