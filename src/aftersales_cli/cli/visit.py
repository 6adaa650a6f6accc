"""`aftersales visit …`: due, record, report, issues, export."""

from __future__ import annotations

import typer

from aftersales_cli.cli import visit_brief, visit_due, visit_plan, visit_record, visit_report
from aftersales_cli.words import _

app = typer.Typer()


@app.callback()
def group() -> None:
    """A group of its own."""


app.command("plan", help=_("the year's routine visits: who goes where on which day"))(visit_plan.command)
app.command("due", help=_("every visit that is owed, overdue first, each with its clause"))(visit_due.command)
app.command("brief", help=_("what to know before a visit, and the sheet of the customer's own results"))(
    visit_brief.brief
)
app.command("fault-report", help=_("what failed, how it went, why, and what is done: to hand over"))(
    visit_brief.fault_report
)
app.command("record", help=_("visits that were made go into the ledger; what is wrong in the archive, to the CRM"))(
    visit_record.record
)
app.command("report", help=_("the report of a visit: before, during, after, and what its record lacks"))(
    visit_report.command
)
app.command("issues", help=_("what customers brought up and is not solved: how old, whose, what was said of it"))(
    visit_report.issues
)
app.command("export", help=_("records that the group system has to be given, each once"))(visit_record.export)
