"""What `--help` says of itself, which Typer has in English only."""

from __future__ import annotations

from typing import Any

from aftersales_cli.words import _

HELP = ["-h", "--help"]
"""How help is asked for."""


def explain_help(command: Any) -> None:
    """Put it into the language of the talk, for a command that Typer made and those below it."""
    import typer

    option = command.get_help_option(typer.Context(command, help_option_names=HELP))
    if option is not None:
        option.help = _("show this page and leave")
    for below in getattr(command, "commands", {}).values():
        explain_help(below)
