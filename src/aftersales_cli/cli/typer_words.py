"""Typer's own words: marked here so that they reach the catalogue, and its usage errors as our sentences."""

from __future__ import annotations

import re

from aftersales_cli.words import Say, _

ASKED_FOR_BY_TYPER = (
    _("(deprecated) "),
    _("(dynamic)"),
    _("Aborted!"),
    _("Aborted."),
    _("Arguments"),
    _("Commands"),
    _("Error"),
    _("Missing command."),
    _("No such command {name!r}."),
    _("Options"),
    _("Try [blue]'{command_path} {help_option}'[/] for help."),
    _("[default: {}]"),
    _("[env var: {}]"),
    _("[required]"),
    _("default: {default}"),
    _("env var: {var}"),
    _("required"),
)
"""What Typer gives to gettext, in the domain that `main` binds; the tuple itself is used by nobody."""

_NAME = r"'?(?P<name>[^'\s]*)'?"
_NEAR = r"\(Possible options: (?P<near>[^)]*)\)"


def said(message: str) -> Say:
    """A usage error of Typer, which it words in English only, as our sentence; an unknown one as it is."""
    for pattern, sentence in _errors():
        found = re.fullmatch(pattern, message, re.DOTALL)
        if found:
            parts = found.groupdict()
            return Say(sentence.text, **{key: said(part) if key == "why" else part for key, part in parts.items()})
    return Say("{message}", message=message)


def _errors() -> tuple[tuple[str, Say], ...]:
    return (
        (
            r"No such command '(?P<name>[^']*)'\.?\s+Did you mean '(?P<near>[^']*)'\?",
            Say("there is no command {name}; near it: {near}"),
        ),
        (r"No such command '(?P<name>[^']*)'\.?", Say("there is no command {name}")),
        (rf"Missing option {_NAME}\.", Say("{name} is missing")),
        (rf"Missing argument {_NAME}\.", Say("{name} is missing")),
        (rf"No such option: {_NAME} {_NEAR}", Say("there is no option {name}; near it: {near}")),
        (rf"No such option: {_NAME}", Say("there is no option {name}")),
        (rf"Option {_NAME} requires an argument\.", Say("{name} needs a value")),
        (rf"Option {_NAME} does not take a value\.", Say("{name} takes no value")),
        (r"Got unexpected extra arguments?(?:\(s\))? \((?P<words>.*)\)", Say("“{words}” is too much here")),
        (rf"Invalid value for {_NAME}: (?P<why>.*)", Say("{name}: {why}")),
        (r"Input should be a valid integer.*", Say("this has to be a whole number")),
        (r"Input should be a valid number.*", Say("this has to be a number")),
        (r"Input should be greater than or equal to (?P<least>.*)", Say("this has to be {least} or more")),
        (r"Input should be less than or equal to (?P<most>.*)", Say("this has to be {most} or less")),
    )
