"""Errors that stop a command: what happened, what to do about it, and the exit code."""

from __future__ import annotations

from enum import IntEnum

from aftersales_cli.words import Say


class Exit(IntEnum):
    """The exit codes of the contract (section 2)."""

    DONE = 0
    RULE = 1  # a rule is breached, or something needs a person
    USAGE = 2
    PARTLY = 3  # problems in the data; what they touch was held
    BAD_INPUT = 65
    NO_INPUT = 66
    UNREACHABLE = 69
    OURS = 70
    NOT_WRITTEN = 74
    BUSY = 75
    NOT_PRIVATE = 77
    SETTINGS = 78
    INTERRUPTED = 130
    TERMINATED = 143


PRECEDENCE = (
    Exit.INTERRUPTED,
    Exit.TERMINATED,
    Exit.NOT_WRITTEN,
    Exit.OURS,
    Exit.SETTINGS,
    Exit.NOT_PRIVATE,
    Exit.BUSY,
    Exit.UNREACHABLE,
    Exit.NO_INPUT,
    Exit.BAD_INPUT,
    Exit.USAGE,
    Exit.PARTLY,
    Exit.RULE,
    Exit.DONE,
)


def worst(*codes: Exit) -> Exit:
    """The one code that stands for several causes, in the contract's order; none: `DONE`."""
    return min(codes, key=PRECEDENCE.index, default=Exit.DONE)


class Stop(Exception):  # noqa: N818 - it is what it does: it stops a command
    """The command cannot go on. `message` says what was found, `hint` what would be right."""

    def __init__(self, message: Say, *, hint: Say | None = None, code: Exit) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        return str(self.message)
