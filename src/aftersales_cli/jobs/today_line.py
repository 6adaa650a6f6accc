"""One line of the day's work: what, by when, because of what, and the command that does it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from aftersales_cli.records.values import BEIJING
from aftersales_cli.words import Say

DAY = timedelta(days=1)
_BARE = re.compile(r"[\w@%+=:,./-]+")
_QUOTABLE = re.compile(r"[\w@%+=:,./ ()-]+")


class Urgency(StrEnum):
    """How a line presses; all but the last ask somebody to act now."""

    OVERDUE = "overdue"
    TODAY = "today"
    PERSON = "needs_a_person"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. `because` names rule, clause or decision by its number, and where its evidence stands.

    `due` is a day, at whose end it is due, or an instant; None where no rule sets one. `command` is ready to be pasted.
    """

    what: Say
    because: Say
    command: str
    due: date | datetime | None = None
    urgency: Urgency = Urgency.PERSON

    @property
    def overdue(self) -> bool:
        """Whether it should have been done already."""
        return self.urgency is Urgency.OVERDUE

    @property
    def item(self) -> dict[str, object]:
        """The contract's item (section 5)."""
        keys = ("what", "due", "because", "command", "overdue")
        return {key: getattr(self, key) for key in keys}


def in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Overdue first, then by the moment they are due, those without one last; else as they came."""
    return tuple(sorted(lines, key=lambda line: (not line.overdue, line.due is None, line.due and end_of(line.due))))


def end_of(due: date | datetime) -> datetime:
    """The first moment that is too late: the end of a day, or the instant itself."""
    return due if isinstance(due, datetime) else datetime.combine(due + DAY, time(), BEIJING)


@dataclass(frozen=True, slots=True)
class Commands:
    """Writes command lines as this run's would have to be: with the global options and the inputs it was given.

    `beside` are the inputs that only `complaint answer` reads.
    """

    options: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    def reading(self, *words: str) -> str:
        """A command that reads the same inputs."""
        return _line(("aftersales", *self.options, *words, *self.inputs))

    def answering(self, *words: str) -> str:
        """A `complaint answer` that reads the same inputs."""
        return self.reading("complaint", "answer", *words, *self.beside)

    def plain(self, *words: str) -> str:
        """A command that reads none."""
        return _line(("aftersales", *self.options, *words))


def option(name: str, value: str) -> tuple[str, ...]:
    """An option with its value, joined where the value looks like an option itself."""
    return (f"{name}={value}",) if value.startswith("-") and value != "-" else (name, value)


def _line(words: Iterable[str]) -> str:
    return " ".join(map(_quoted, words))


def _quoted(word: str) -> str:
    """As a shell takes it: task numbers and file names come from foreign files, and lines are pasted."""
    if _BARE.fullmatch(word):
        return word
    return f'"{word}"' if _QUOTABLE.fullmatch(word) else shlex.quote(word)
