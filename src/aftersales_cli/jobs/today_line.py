"""One line of the day's work: what, by when, because of what, and the command that does it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from aftersales_cli.records.values import BEIJING
from aftersales_cli.words import Say

DAY = timedelta(days=1)
_BARE = re.compile(r"[\w@%+=:,./-]+")
_QUOTABLE = re.compile(r"[\w@%+=:,./ ()-]+")


class Urgency(StrEnum):
    """How a line presses; all but the last ask somebody to act now, the first two today."""

    OVERDUE = "overdue"
    TODAY = "today"
    PERSON = "needs_a_person"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do. `because` names rule, clause or decision by its number, and where its evidence stands.

    `due` is a day, at whose end it is due, or an instant; None where no rule sets one. `command` is ready to be pasted.
    `begins` is when the work begins that customers have to hear of before.
    """

    what: Say
    because: Say
    command: str
    due: date | datetime | None = None
    urgency: Urgency = Urgency.PERSON
    begins: datetime | None = None

    @property
    def presses(self) -> bool:
        """Whether it is to be done today."""
        return self.urgency in (Urgency.OVERDUE, Urgency.TODAY)

    @property
    def overdue(self) -> bool:
        """Whether it should have been done already."""
        return self.urgency is Urgency.OVERDUE

    @property
    def item(self) -> dict[str, object]:
        """The contract's item (section 5)."""
        keys = ("what", "due", "because", "command", "overdue")
        return {key: getattr(self, key) for key in keys}


def in_order(lines: Iterable[tuple[int, Line]], soon: Callable[[datetime], bool]) -> tuple[Line, ...]:
    """As somebody has to take them up who reads from the top and may not come to the end; each line with its rank.

    First what presses (overdue, or of today): work that runs or begins `soon`, by its beginning; then by rank. Then
    what needs a person, then what is to come. Within each by the moment it is due, what has none last; else as they
    came.
    """

    def place(ranked: tuple[int, Line]) -> tuple[object, ...]:
        rank, line = ranked
        if not line.presses:
            return 2, line.urgency is Urgency.COMING, *_when(line.due)
        if line.begins is not None and soon(line.begins):
            return 0, 0, *_when(line.begins)
        return 1, rank, *_when(line.due)

    return tuple(line for _rank, line in sorted(lines, key=place))


def _when(due: date | datetime | None) -> tuple[bool, datetime | None]:
    """To sort by: what has no day comes last."""
    return due is None, due if due is None else end_of(due)


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
