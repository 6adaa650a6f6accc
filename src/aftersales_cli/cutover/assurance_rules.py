"""What the book says of work on protected circuits: planned work stops, other work is handled as a fault."""

from __future__ import annotations

from typing import Protocol

from aftersales_cli.cutover.task import Protection, Task
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.values import Category, Window
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule
from aftersales_cli.words import Say


class Protected(Protocol):
    """What these rules judge: a task, or a complaint about one."""

    @property
    def category(self) -> Fact[Category]:
        """What kind of work it is."""
        ...

    @property
    def window(self) -> Fact[Window]:
        """When it was to be done."""
        ...

    @property
    def protections(self) -> tuple[Protection, ...]:
        """The assurances it touches."""
        ...

    @property
    def protections_missing(self) -> Unknown | None:
        """Why nobody can say that it touches no further one."""
        ...


@rule("ASR-1")
def planned_work_stops(task: Protected, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """Planned work stays away from circuits under assurance of the level or above (R7)."""
    strong = _from_level(task, given.word("from_level"), vocabularies)
    if isinstance(task.category, Known) and task.category.value is not Category.PLANNED:
        return Finding.not_applicable(
            Say("it is {category}, not planned work", category=task.category.value), task.category
        )
    if strong and isinstance(task.category, Unknown):
        return Finding.of(
            None, Say("it touches an assurance; is it planned work?"), task.category, missing=[task.category]
        )
    if strong:
        says = Say("planned work must stop: {which}", which=[_which(p) for p in strong])
        return Finding.of(False, says, *_seen(task, strong))
    if task.protections_missing is not None:
        return Finding.of(None, task.protections_missing.why, task.window, missing=[task.protections_missing])
    _ = task.window.known
    return Finding.of(True, Say("no assurance of this level is touched"), task.window)


@rule("ASR-2")
def handled_as_fault(task: Protected, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """Temporary and emergency work inside such a period may go on, and is handled as a fault (R8)."""
    strong = _from_level(task, given.word("from_level"), vocabularies)
    if isinstance(task.category, Known) and task.category.value is Category.PLANNED:
        return Finding.not_applicable(Say("it is planned work"), task.category)
    if strong and isinstance(task.category, Unknown):
        return Finding.of(
            None, Say("it touches an assurance; is it planned work?"), task.category, missing=[task.category]
        )
    if strong:
        says = Say("it may go on, handled as a fault: {which}", which=[_which(p) for p in strong])
        return Finding.of(True, says, task.category, *_seen(task, strong), cautions=[Say("handled as a fault")])
    if task.protections_missing is not None:
        return Finding.of(None, task.protections_missing.why, task.window, missing=[task.protections_missing])
    _ = task.window.known
    return Finding.not_applicable(Say("no assurance of this level is touched"), task.window)


@rule("ASR-3")
def lesser_assurance(task: Task, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """An assurance below the level that stops work is still said."""
    level = given.word("level")
    rank = vocabularies["assurance_levels"].rank(level)
    weak = [p for p in task.protections if vocabularies["assurance_levels"].rank(p.assurance.level) == rank]
    if weak:
        says = Say("it touches an assurance of level {level}: {which}", level=level, which=[_which(p) for p in weak])
        return Finding.of(True, says, *_seen(task, weak), cautions=[says])
    if task.protections_missing is not None:
        return Finding.of(None, task.protections_missing.why, task.window, missing=[task.protections_missing])
    _ = task.window.known
    return Finding.not_applicable(Say("no assurance of level {level} is touched", level=level), task.window)


def _from_level(task: Protected, level: str, vocabularies: Vocabularies) -> list[Protection]:
    levels = vocabularies["assurance_levels"]
    limit = levels.rank(level)
    assert limit is not None  # the audit holds the card to the vocabulary
    ranked = [(levels.rank(p.assurance.level), p) for p in task.protections]
    return [p for rank, p in ranked if rank is not None and rank <= limit]


def _which(protection: Protection) -> Say:
    row = protection.assurance
    return Say(
        "{level} {customer} {start} to {end} ({circuits})",
        level=row.level,
        customer=row.customer_code,
        start=row.start,
        end=row.end,
        circuits=protection.circuits,
    )


def _seen(task: Protected, protections: list[Protection]) -> list[Fact[object]]:
    places = [Known("assurance", p.assurance.level, p.assurance.place("level")) for p in protections]
    return [task.window, *places]
