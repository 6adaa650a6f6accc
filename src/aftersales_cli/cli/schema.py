"""`aftersales schema TABLE`: a table's fields as JSON schema."""

from __future__ import annotations

import json as _json
from collections.abc import Iterator
from typing import Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave
from aftersales_cli.jobs import forms as job
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import _, language


def command(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=_("such as cutovers or 割接"))],
    json: options.Json = False,
) -> None:
    """Print the JSON schema of a table's rows."""
    leave(job.schema(session.desk(), table, language()), _printed, json=json)


def _printed(report: Report) -> Iterator[str]:
    yield _json.dumps(report.items[0], ensure_ascii=False, indent=2)
