"""What went wrong in a template, said to the person who edits it: file, line or cell, and what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from aftersales_cli.documents.patience import LONGEST, TooLongError
from aftersales_cli.documents.sandbox import BIGGEST, EmptyValueError, TooMuchError, UnknownNameError
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.places import shortened
from aftersales_cli.words import Say


def refused(message: Say, hint: Say | None = None) -> Stop:
    """A template that does not hold: exit code 78, and nothing of the batch is made."""
    return Stop(message, hint=hint, code=Exit.SETTINGS)


def template_fault(error: Exception, where: Say | str, names: Sequence[str] = ()) -> Stop:
    """Any error of a rendering as a `Stop`; `where` is file and line or cell, `names` what the whole view offers."""
    match error:
        case UnknownNameError():
            return refused(
                Say("{where}: there is no value “{name}”", where=where, name=shortened(error.asked)),
                _offer(error.asked, error.known or names),
            )
        case EmptyValueError():
            message = Say("{where}: a value that is empty would be printed as “None”", where=where)
            return refused(message, Say("say what stands there instead: {example}", example="{{ value or '–' }}"))
        case TooMuchError():
            return refused(Say("{where}: the document grows over {limit} bytes", where=where, limit=BIGGEST))
        case TooLongError():
            message = Say("{where}: the template takes longer than {seconds} seconds", where=where, seconds=LONGEST)
            return refused(message, Say("look for loops inside of loops"))
        case MemoryError():
            return refused(Say("{where}: the template needs more memory than is allowed", where=where))
        case TemplateNotFound():
            return refused(
                Say("{where}: there is no template “{name}” to include", where=where, name=shortened(str(error))),
                Say("what is included stands in the template folders and is named from there, without “..”"),
            )
        case SecurityError():
            reason = shortened(str(error), 160)
            return refused(Say("{where}: not allowed in a template: {reason}", where=where, reason=reason))
        case TemplateSyntaxError():
            reason = shortened(error.message or "", 160)
            return refused(Say("{where}: {reason}", where=where, reason=reason), _braces(reason))
        case _:
            reason = shortened(f"{type(error).__name__}: {error}", 160)
            return refused(Say("{where}: {reason}", where=where, reason=reason))


def _offer(asked: str, names: Sequence[str]) -> Say | None:
    near = get_close_matches(asked, names, 3, 0.5)
    if near:
        return Say("did you mean {names}?", names=near)
    return Say("there are: {names}", names=names) if names else None


def _braces(reason: str) -> Say | None:
    if "filter" in reason:
        return Say("filters are those of Jinja, without “safe” and “random”: values are always escaped")
    return Say(
        "a value is written {value}, a condition {condition}", value="{{ … }}", condition="{% if … %}…{% endif %}"
    )
