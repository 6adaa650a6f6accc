"""Other carriers' notices as values: each event of the files, and what was wrong in them, with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aftersales_cli.documents.foreign_notices import OPENER
from aftersales_cli.files.confined import Confined, ConfinedError
from aftersales_cli.jobs.mail_parts import Opened
from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.records.values import BEIJING, Window
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.unreadable import Unreadable, sentence
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Leased:
    """One circuit of the other carrier, by its own code; `impact` as the notice writes it, empty where it says none."""

    code: str
    impact: str
    place: Place


@dataclass(frozen=True, slots=True)
class Announced:
    """One event of another carrier's notice: one maintenance with its window, Beijing time."""

    place: Place
    provider: str
    maintenance_id: str
    uid: str
    sequence: int
    window: Window
    objects: tuple[Leased, ...]
    status: str
    summary: str
    method: str = ""
    stamp: datetime | None = None

    @property
    def task_no(self) -> str:
        """The task number of its drafts: the same for every version of one maintenance."""
        return task_number(self.provider, self.maintenance_id)

    @property
    def codes(self) -> tuple[str, ...]:
        """The circuits it names, each once."""
        return tuple(dict.fromkeys(leased.code for leased in self.objects))


def task_number(provider: str, maintenance_id: str) -> str:
    """Provider and maintenance number in one: numbers of two carriers are never taken for one another."""
    return f"{provider}/{maintenance_id}"


@dataclass
class Reading(Opened):
    """What the files gave."""

    found: list[Announced] = field(default_factory=list)


def read_notices(files: Sequence[str], encoding: str | None, confined: Confined, limits: Limits) -> Reading:
    """Open every file in the child. Nothing is raised for what is wrong in one; the others are read all the same."""
    reading = Reading()
    for name in dict.fromkeys(files):
        try:
            answer = confined.call(f"{OPENER}:open_notices", str(Path(name).absolute()), encoding, limits.plain())
        except ConfinedError as error:
            hint = Say("ask the sender for the notice as a plain calendar file (.ics)")
            answer = {"unreadable": Unreadable(error.reason, hint).plain()}
        for place, event in reading.events(name, answer):
            _event(reading, place, event)
    return reading


def _event(reading: Reading, file: Place, event: Mapping[str, Any]) -> None:
    place = _line(file, event["line"])
    if event["ordinary"]:
        message = Say("an ordinary invitation: it has no X-MAINTNOTE fields (“{summary}”)",
                      summary=shortened(event["summary"]))  # fmt: skip
        hint = Say("if it is a maintenance notice, type the row into the form of “aftersales forms cutovers”")
        reading.problems.append(Problem(message, place, hint=hint, held=(str(place),)))
        return
    troubles = [_trouble(file, plain) for plain in event["troubles"]]
    errors = [problem for problem in troubles if problem.severity is Severity.ERROR]
    if errors:
        held = _held(event) or (str(place),)
        reading.problems += [p.holding(*held) if p is errors[0] else p for p in troubles]
        return
    reading.problems += troubles
    reading.found.append(_announced(file, place, event))


def _held(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Every circuit of an event that cannot be used: none of them is lost."""
    provider, number = event["provider"], event["maintenance_id"]
    number = task_number(provider, number) if provider and number else number
    of = f" of task {number}" if number else ""
    held = tuple(dict.fromkeys(f"circuit {code}{of}" for code, _, _ in event["objects"]))
    return held or ((f"task {number}",) if number else ())


def _announced(file: Place, place: Place, event: Mapping[str, Any]) -> Announced:
    return Announced(
        place,
        event["provider"],
        event["maintenance_id"],
        event["uid"] or event["maintenance_id"],
        event["sequence"],
        Window(_beijing(event["start"]), _beijing(event["end"])),
        tuple(_objects(file, event)),
        event["status"],
        event["summary"],
        event["method"],
        event["stamp"],
    )


def _objects(file: Place, event: Mapping[str, Any]) -> Iterator[Leased]:
    for code, impact, line in event["objects"]:
        yield Leased(code, impact or event["impact"], _line(file, line))


def _beijing(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC).astimezone(BEIJING)


def _trouble(file: Place, plain: Mapping[str, Any]) -> Problem:
    hint = sentence(plain["hint"]) if plain["hint"] else None
    severity = Severity.ERROR if plain["error"] else Severity.CAUTION
    place = _line(file, plain["line"])
    return Problem(sentence(plain["message"]), place, plain["field"], plain["found"], hint, severity=severity)


def _line(place: Place, line: int | None) -> Place:
    return Place(place.file, place.sheet, line=line)
