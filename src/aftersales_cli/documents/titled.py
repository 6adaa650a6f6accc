"""Rendered texts whose first line is a title: the subject of a mail, the summary of a calendar event."""

from __future__ import annotations

from aftersales_cli.documents.faults import refused
from aftersales_cli.words import Say


def titled(text: str, file: str) -> tuple[str, str]:
    """The first line and what follows it, without the empty lines between; `Stop` 78 where the first line is empty."""
    title, _, rest = text.partition("\n")
    if not title.strip():
        raise refused(
            Say("{file}: its first line is empty", file=file),
            Say("the first line of this template is the subject; what follows is the text"),
        )
    return title.strip(), rest.strip("\n") + "\n"
