"""Why a file cannot be read at all: raised in the worker, carried to the parent as plain data."""

from __future__ import annotations

from typing import Any

from aftersales_cli.errors import Exit
from aftersales_cli.words import Say


class Unreadable(Exception):  # noqa: N818 - a verdict on a file, shown as a problem
    """The whole file cannot be read. `code` is 65 or 66; `line` and `found` where a place in a text is known."""

    def __init__(
        self,
        message: Say,
        hint: Say | None = None,
        *,
        code: Exit = Exit.BAD_INPUT,
        line: int | None = None,
        found: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message, self.hint, self.code, self.line, self.found = message, hint, code, line, found

    def plain(self) -> dict[str, Any]:
        """As plain data for the pipe."""
        return {
            "message": said(self.message),
            "hint": said(self.hint) if self.hint else None,
            "code": int(self.code),
            "line": self.line,
            "found": self.found,
        }

    @classmethod
    def of(cls, data: dict[str, Any]) -> Unreadable:
        """What `plain` was made from."""
        hint = sentence(data["hint"]) if data["hint"] else None
        return cls(sentence(data["message"]), hint, code=Exit(data["code"]), line=data["line"], found=data["found"])


def said(one: Say) -> tuple[str, dict[str, object]]:
    """A sentence whose values are texts, numbers and such sentences, as plain data."""
    return one.text, {name: said(value) if isinstance(value, Say) else value for name, value in one.values.items()}


def sentence(data: tuple[str, dict[str, Any]]) -> Say:
    """What `said` was made from."""
    text, values = data
    return Say(text, **{name: sentence(value) if isinstance(value, tuple) else value for name, value in values.items()})


def too_big(limit: str, most: float) -> Unreadable:
    """The file crosses one of the limits, named."""
    return Unreadable(
        Say("the file is larger than the limit {limit} allows ({most})", limit=limit, most=f"{most:g}"),
        Say("split it, or raise “limits: {limit}” in aftersales.yaml", limit=limit),
    )
