"""The conventions of counting, read from `rulebook/workdays.yaml`: each value with the clause that set it (D1)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.yaml_text import Node, YamlError, read_yaml
from aftersales_cli.words import Say
from aftersales_cli.workdays.stopping import known_keys, stopped

FILE = "workdays.yaml"
_MONTH_DAY = re.compile(r"(\d\d)-(\d\d)", re.ASCII)


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day of every year, such as December 29; February 29 is none."""

    month: int
    day: int

    def of(self, year: int) -> date:
        """The day in that year."""
        return date(year, self.month, self.day)

    def __str__(self) -> str:
        """`12-29`."""
        return f"{self.month:02}-{self.day:02}"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a convention comes from: a decision or law by its short name, and what it says, by language."""

    source: str
    text: Mapping[str, str]

    def to(self, language: str) -> str:
        """The text in `language` (`zh` or `en`)."""
        return self.text[language]


@dataclass(frozen=True, slots=True)
class RestsByLaw:
    """The days of rest that the law fixes: on the same `days` every year since 2025, and the Tomb-Sweeping Days.

    What goes by the moon is not among them, and no exchanged weekday.
    """

    days: tuple[MonthDay, ...]
    tomb_sweeping: tuple[date, ...]
    clause: Clause

    def of(self, year: int) -> frozenset[date]:
        """Those of one year."""
        return frozenset({*(day.of(year) for day in self.days), *(d for d in self.tomb_sweeping if d.year == year)})


@dataclass(frozen=True, slots=True)
class Conventions:
    """`unsettled_from`: the December days that wait for the next year's notice (D1).

    `every_year_rests_on`: the days of rest that no year's notice leaves out; a calendar file without them is cut off.
    `rests_by_law`: all that is known of a year before its notice.
    """

    unsettled_from: MonthDay
    unsettled_clause: Clause
    every_year_rests_on: tuple[MonthDay, ...]
    rests_clause: Clause
    rests_by_law: RestsByLaw


def read_conventions(rulebook: Path) -> Conventions:
    """The conventions of one rule book folder; `Stop` 78 where the file is missing or does not hold."""
    path = rulebook / FILE
    try:
        return _conventions(read_yaml(path))
    except YamlError as error:
        raise stopped(str(path), error, Exit.SETTINGS) from error
    except OSError as error:
        message = Say("{file} cannot be read: {error}", file=path, error=error.strerror or str(error))
        raise Stop(message, code=Exit.SETTINGS) from error


def _conventions(root: Node) -> Conventions:
    top = known_keys(root, ("unsettled_from", "every_year_rests_on", "rests_by_law"), needed=True)
    unsettled = known_keys(top["unsettled_from"], ("day", "clause"), needed=True)
    rests = known_keys(top["every_year_rests_on"], ("days", "clause"), needed=True)
    return Conventions(
        unsettled_from=_december(unsettled["day"]),
        unsettled_clause=_clause(unsettled["clause"]),
        every_year_rests_on=tuple(_month_day(node) for node in rests["days"].elements()),
        rests_clause=_clause(rests["clause"]),
        rests_by_law=_by_law(top["rests_by_law"]),
    )


def _by_law(node: Node) -> RestsByLaw:
    law = known_keys(node, ("days", "tomb_sweeping", "clause"), needed=True)
    return RestsByLaw(
        tuple(_month_day(each) for each in law["days"].elements()),
        tuple(_day(each) for each in law["tomb_sweeping"].elements()),
        _clause(law["clause"]),
    )


def _day(node: Node) -> date:
    try:
        return date.fromisoformat(node.as_text())
    except ValueError:
        raise node.error(Say("“{text}” is no day; write it as 2027-01-31", text=node.as_text())) from None


def _clause(node: Node) -> Clause:
    clause = known_keys(node, ("source", "text"), needed=True)
    texts = known_keys(clause["text"], ("en", "zh"), needed=True)
    return Clause(clause["source"].as_text(), {language: text.as_text() for language, text in texts.items()})


def _december(node: Node) -> MonthDay:
    found = _month_day(node)
    if found.month != 12:
        raise node.error(Say("a day of December is expected, such as 12-29"))
    return found


def _month_day(node: Node) -> MonthDay:
    match = _MONTH_DAY.fullmatch(node.as_text())
    try:
        return MonthDay(*_valid(int(match[1]), int(match[2]))) if match else _refused(node)
    except ValueError:
        return _refused(node)


def _valid(month: int, day: int) -> tuple[int, int]:
    found = date(2001, month, day)  # any year without a February 29
    return found.month, found.day


def _refused(node: Node) -> MonthDay:
    raise node.error(Say("“{text}” is no day of the year; write month and day, such as 12-29", text=node.as_text()))
