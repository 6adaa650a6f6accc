"""The entry point: lifts the global options, imports only the group that is named, and builds the wall."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from itertools import takewhile
from typing import TYPE_CHECKING

from aftersales_cli import __version__, words
from aftersales_cli.cli import exits
from aftersales_cli.cli.help_words import HELP, explain_help
from aftersales_cli.cli.session import GlobalOptions, begin
from aftersales_cli.errors import Exit, Stop, worst
from aftersales_cli.words import Say, _

if TYPE_CHECKING:
    import typer

VALUED = {"-w": "workspace", "--workspace": "workspace", "--as-of": "as_of", "--province": "province", "--lang": "lang"}
FLAGS = {"-q": "quiet", "--quiet": "quiet", "-v": "verbose", "--verbose": "verbose", "--debug": "debug"}
GROUPS = ("cutover", "complaint", "visit", "calendar", "rules", "ledger")
COMMANDS = ("today", "forms", "schema", "init")


def run() -> None:
    """The console script."""
    raise SystemExit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command line; give its exit code."""
    heard = exits.streams()
    try:
        options, rest = lifted(arguments)
        if rest != ["--version"]:
            begin(options)
    except Stop as stop:
        return exits.say(stop)
    asked_json = " ".join(_named(rest)) if "--json" in rest else None
    code = exits.walled(lambda: _dispatch(rest), debug=options.debug, json=asked_json)
    return code if heard else worst(Exit(code), Exit.NOT_WRITTEN)


def lifted(arguments: Sequence[str]) -> tuple[GlobalOptions, list[str]]:
    """The global options wherever they stand, and the rest of the line; nothing is lifted after `--`."""
    valued: dict[str, str] = {}
    flags: set[str] = set()
    rest: list[str] = []
    waiting = list(arguments)
    while waiting:
        word = waiting.pop(0)
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *waiting]
            break
        if name in VALUED:
            if not equals and not waiting:
                raise Stop(Say("{option} needs a value", option=name), code=Exit.USAGE)
            valued[VALUED[name]] = value if equals else waiting.pop(0)
        elif word in FLAGS:
            flags.add(FLAGS[word])
        else:
            rest.append(word)
    chosen = GlobalOptions(
        workspace=valued.get("workspace"),
        as_of=valued.get("as_of"),
        province=valued.get("province"),
        lang=valued.get("lang"),
        quiet="quiet" in flags,
        verbose="verbose" in flags,
        debug="debug" in flags,
    )
    return chosen, rest


def _dispatch(rest: list[str]) -> int:
    if rest == ["--version"]:
        print(f"aftersales {__version__}")
        return Exit.DONE
    _speak_typers_words()
    import typer

    try:
        command = typer.main.get_command(app(rest))
        explain_help(command)
        code = command(rest, prog_name="aftersales", standalone_mode=False)
    except typer.Abort:
        return Exit.INTERRUPTED
    except SystemExit as left:  # Typer's way to say that the reader of stdout has left
        raise BrokenPipeError from left
    except typer.TyperException as error:
        return _misused(error, rest)
    if code == Exit.INTERRUPTED:  # Typer's way to keep Ctrl-C to itself
        raise KeyboardInterrupt
    return code if isinstance(code, int) else Exit.DONE


def _misused(error: typer.TyperException, rest: Sequence[str]) -> int:
    """Typer's usage error in our words; without a message it has shown the help, which says it all."""
    from aftersales_cli.cli.typer_words import said

    message, context = error.format_message(), getattr(error, "ctx", None)
    if not message:
        return Exit.USAGE
    path = context.command_path if context else " ".join(["aftersales", *_named(rest)])
    raise Stop(said(message), hint=Say("“{command} --help” shows how", command=path), code=Exit.USAGE) from error


def _named(rest: Sequence[str]) -> list[str]:
    """The group and command of a line, as far as they stand at its beginning."""
    return list(takewhile(lambda word: not word.startswith("-"), rest[: 2 if rest and rest[0] in GROUPS else 1]))


def _speak_typers_words() -> None:
    """Typer asks gettext for its own words (Usage, Options …); ours has them."""
    gettext.bindtextdomain("aftersales", str(words.LOCALES))
    gettext.textdomain("aftersales")
    os.environ["LANGUAGE"] = words.language()


def app(rest: Sequence[str]) -> typer.Typer:
    """The command tree, with only the named group's or command's module imported."""
    import typer

    # no completion: its commands would be told nothing by the groups that are not imported
    top = typer.Typer(
        name="aftersales",
        help=_("Cutover notices and rule checks for government and enterprise customers, from the files you keep."),
        epilog=_("Global options may stand before the group or after the command."),
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        pretty_exceptions_show_locals=False,
        context_settings={"help_option_names": HELP},
    )
    _show_global_options(top)
    helps = _helps()
    named = next((word for word in rest if not word.startswith("-")), None)
    for group in GROUPS:
        made = import_module(f"aftersales_cli.cli.{group}").app if group == named else typer.Typer()
        if group != named:
            made.callback()(_nothing)
        top.add_typer(made, name=group, help=helps[group], no_args_is_help=True)
    for command in COMMANDS:
        function = import_module(f"aftersales_cli.cli.{command}").command if command == named else _nothing
        top.command(command, help=helps[command])(function)
    return top


def _helps() -> dict[str, str]:
    return {
        "cutover": _("what is cut over when, who must be told, and the notices"),
        "complaint": _("what a complaint is answered, and why"),
        "visit": _("going to see the customer: plan, obligations, briefs, reports"),
        "calendar": _("working days, holidays and make-up days"),
        "rules": _("the rule book: cards, clauses, cases"),
        "ledger": _("what was issued"),
        "today": _("what must be done today"),
        "forms": _("an empty workbook to fill in"),
        "schema": _("a table's fields as JSON schema"),
        "init": _("make a workspace"),
    }


def _nothing() -> None:
    """Stands for a group or command that is not named on this line."""


def _show_global_options(top: typer.Typer) -> None:
    """Only for the help: `lifted` has taken these before Typer sees the line."""
    import typer

    def shown(
        workspace: str = typer.Option(
            "", "-w", "--workspace", metavar="DIR", help=_("the folder with aftersales.yaml")
        ),
        as_of: str = typer.Option("", "--as-of", metavar="WHEN", help=_("the moment the run pretends to be")),
        province: str = typer.Option("", "--province", metavar="NAME", help=_("whose editions of the rule book apply")),
        lang: str = typer.Option("", "--lang", metavar="zh|en", help=_("language of the talk")),
        quiet: bool = typer.Option(False, "-q", "--quiet", help=_("say less")),
        verbose: bool = typer.Option(False, "-v", "--verbose", help=_("say more")),
        debug: bool = typer.Option(False, "--debug", help=_("show what went wrong inside")),
        version: bool = typer.Option(False, "--version", help=_("say the version")),
    ) -> None:
        del workspace, as_of, province, lang, quiet, verbose, debug, version

    top.callback()(shown)
