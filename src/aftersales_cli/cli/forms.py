"""`aftersales forms TABLE…`: an empty workbook to fill in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave, table
from aftersales_cli.jobs import forms as job
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.tables import TABLES
from aftersales_cli.words import Say, _

if TYPE_CHECKING:
    from rich.console import RenderableType


def command(
    tables: Annotated[list[str] | None, typer.Argument(metavar="TABLE", help=_("without one: which there are"))] = None,
    to: Annotated[
        str | None, typer.Option("--output", metavar="DIR", help=_("where files go (default: the current folder)"))
    ] = None,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Write an empty workbook for each table into the current folder, or list the tables."""
    if not tables:
        items = [{"table": t.key, "heading": t.heading, "columns": len(t.columns)} for t in TABLES.values()]
        leave(Report("forms", items=items), _listed, json=json)
    folder = Path(to) if to else Path.cwd()
    leave(job.forms(session.desk(), tables, folder.absolute(), dry_run=dry_run), _written, json=json)


def _listed(report: Report) -> Iterator[RenderableType]:
    rows = table(_("table"), _("name"), _("columns"))
    for item in report.items:
        rows.add_row(str(item["table"]), str(item["heading"]), str(item["columns"]))
    yield rows


def _written(report: Report) -> Iterator[RenderableType]:
    for path in report.files:
        yield str(Say("written: {file}", file=str(path)))
