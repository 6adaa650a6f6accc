"""`aftersales visit …`: due, record, report, issues, export."""

from __future__ import annotations

import typer

from aftersales_cli.cli import visit_due
from aftersales_cli.words import _

app = typer.Typer()


@app.callback()
def group() -> None:
    """A group of its own."""


app.command("due", help=_("every visit that is owed, overdue first, each with its clause"))(visit_due.command)
