"""The options that mean the same everywhere, declared once."""

from __future__ import annotations

from typing import Annotated

import typer

from aftersales_cli.words import _

Json = Annotated[bool, typer.Option("--json", help=_("one JSON document on stdout, nothing else"))]
Explain = Annotated[bool, typer.Option("--explain", help=_("tell the whole story of each decision"))]
DryRun = Annotated[bool, typer.Option("--dry-run", help=_("say what would be done; touch nothing"))]
Output = Annotated[
    str | None, typer.Option("--output", metavar="DIR", help=_("where files go (default: the workspace's)"))
]
Wait = Annotated[float, typer.Option("--wait", metavar="SECONDS", help=_("how long to wait for another run"))]
Encoding = Annotated[str | None, typer.Option("--encoding", help=_("of a text file whose encoding cannot be told"))]


def _table(name: str) -> object:
    return typer.Option(
        f"--{name}", metavar="FILE", help=_("instead of the workspace's {table}; repeatable").format(table=name)
    )


Cutovers = Annotated[list[str] | None, _table("cutovers")]
Customers = Annotated[list[str] | None, _table("customers")]
Circuits = Annotated[list[str] | None, _table("circuits")]
Routes = Annotated[list[str] | None, _table("routes")]
Assurances = Annotated[list[str] | None, _table("assurances")]
Departments = Annotated[list[str] | None, _table("departments")]
Receipts = Annotated[list[str] | None, _table("receipts")]
Feedback = Annotated[list[str] | None, _table("feedback")]
Complaints = Annotated[list[str] | None, _table("complaints")]
Warnings = Annotated[list[str] | None, _table("warnings")]
Crises = Annotated[list[str] | None, _table("crises")]
Visits = Annotated[list[str] | None, _table("visits")]
Engineers = Annotated[list[str] | None, _table("engineers")]
Faults = Annotated[list[str] | None, _table("faults")]
Inspections = Annotated[list[str] | None, _table("inspections")]
