"""Calendars that people were sent, alone or in a mail: each part's events, and what could not be read of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from aftersales_cli.errors import Exit
from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Say


@dataclass
class Opened:
    """What was wrong in the files. `codes` are exit codes of files, or calendars in them, that gave nothing at all."""

    problems: list[Problem] = field(default_factory=list)
    codes: list[Exit] = field(default_factory=list)

    def events(self, name: str, answer: Mapping[str, Any]) -> Iterator[tuple[Place, Mapping[str, Any]]]:
        """Each event of what the child answered of the file `name`, with the place of the part that it stands in.

        What is damaged or cannot be read becomes a problem when its turn comes.
        """
        if "unreadable" in answer:
            self._unreadable(Place(name), answer["unreadable"])
            return
        for part in answer["parts"]:
            place = Place(name, part["name"])
            if part["damaged"]:
                says = Say("this part of the mail is damaged; something may be missing in it")
                self.problems.append(Problem(says, place, severity=Severity.CAUTION))
            if "unreadable" in part:
                self._unreadable(place, part["unreadable"])
                continue
            for event in part["events"]:
                yield place, event

    def _unreadable(self, place: Place, plain: dict[str, Any]) -> None:
        error = Unreadable.of(plain)
        self.codes.append(error.code)
        where = Place(place.file, place.sheet, line=error.line)
        found = shortened(error.found) if error.found else None
        self.problems.append(Problem(error.message, where, None, found, error.hint, (place.file,)))
