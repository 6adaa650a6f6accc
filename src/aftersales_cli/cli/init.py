"""`aftersales init DIR`: make a workspace."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from aftersales_cli.cli import options, session
from aftersales_cli.cli.output import leave
from aftersales_cli.jobs import init as job
from aftersales_cli.jobs.desk import Desk, Given
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Say, _
from aftersales_cli.workspace import Workspace


def command(
    folder: Annotated[str, typer.Argument(metavar="DIR", help=_("made where it does not exist"))],
    example: Annotated[str | None, typer.Option("--example", metavar="NAME", help=_("copy this example"))] = None,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """Make a workspace: settings, folders, and empty forms, or a whole example."""
    here = session.Session()
    desk = Desk(Workspace(root=Path.cwd()), here.as_of, None, Given())
    language = session.options().lang or "zh"
    report = job.init(desk, Path(folder).absolute(), example=example, language=language, dry_run=dry_run)
    leave(report, _said, json=json)


def _said(report: Report) -> Iterator[str]:
    folder, example = report.items[0]["folder"], report.items[0]["example"]
    if not report.files:
        yield str(Say("{folder} would be a workspace", folder=str(folder)))
        return
    yield str(Say("{folder} is a workspace now", folder=str(folder)))
    if example:
        yield str(Say("read {file} for its story", file=str(Path(str(folder)) / "README.md")))
        if report.items[0]["try"]:
            yield str(Say("cd {folder}, then: {command}", folder=str(folder), command=report.items[0]["try"]))
        return
    yield _("1. say in aftersales.yaml who sends the notices (sender:)")
    yield _("2. fill in forms/customers.xlsx and forms/circuits.xlsx, and save them in data/; departments come later")
    yield _("3. fill in forms/cutovers.xlsx, and save it in inbox/")
    yield str(Say("4. run “aftersales -w {folder} cutover check”, then “… cutover notify”", folder=str(folder)))
