"""Rows → tasks: grouped by number, checked to agree, each circuit with its owner, each customer with its telling."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.cutover.collisions import collisions, partners
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.impact import Impact, Routes
from aftersales_cli.cutover.numbers import read_number
from aftersales_cli.cutover.publication import publication, said_by
from aftersales_cli.cutover.reach import collided, reach, strikes
from aftersales_cli.cutover.task import Pair, Task, Telling
from aftersales_cli.files.shelf import ROOM, Shelf
from aftersales_cli.places import Fact, Known, Problem, Unknown
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Category
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.words import Say

AGREEING = ("window", "province", "reason", "category")
Rows = Sequence[Cutover | Broken]


@dataclass(frozen=True)
class Gatherer:
    """What turns rows into tasks: who owns what, who is protected, what was told before, and the moment of the run.

    `has_routes` tells whether the routes have all of a circuit (None: nobody can say), see decision 0015.
    """

    now: datetime
    ownership: Ownership
    vocabularies: Vocabularies
    assurances: Assurances = field(default_factory=Assurances)
    history: History = field(default_factory=History)
    routes: Routes = field(default_factory=Routes)
    tell_not_interrupting: bool = False
    tell_reduced_redundancy: bool = False
    has_routes: Callable[[str], bool | None] = lambda _: None

    def tasks(self, rows: Rows) -> tuple[Task, ...]:
        """One task per number, in the order of first rows; a row without a readable number is a task of its own."""
        return tuple(self._each(rows, room=len(rows)))

    def tasks_aside(self, rows: Rows) -> Shelf[Task]:
        """The same for a run that goes through them one after the other and may have no room for all."""
        return Shelf(self._each(rows, room=ROOM), weigh=_rows_of)

    def _each(self, rows: Rows, room: int) -> Iterator[Task]:
        groups: dict[str, array[int]] = {}
        for index, row in enumerate(rows):
            number = row.value("task_no")
            groups.setdefault(folded(number) if number else f"#{index}", array("Q")).append(index)
        bare: Iterable[Task] = (self._bare([rows[index] for index in group]) for group in groups.values())
        if not self.routes.riding:  # nothing can collide
            yield from map(self._told, bare)
            return
        bare = Shelf(bare, room=room, weigh=_rows_of)
        met = partners(collisions(strikes(bare)))
        for task in bare:
            yield self._told(collided(task, met))

    def task(self, rows: Rows) -> Task:
        """One task of the rows that bear its number, as if there were no other."""
        return self._told(self._bare(rows))

    def _bare(self, rows: Rows) -> Task:
        """What its rows and the routes say, without whom it is told to."""
        number = rows[0].value("task_no")
        pairs, problems = reach(rows, self.ownership, self.routes)
        problems += [problem for field in AGREEING for problem in _deviations(rows, field)]
        return Task(
            task_no=number,
            rows=tuple(rows),
            now=self.now,
            window=_first(rows, "window"),
            province=_first(rows, "province"),
            reason=_first(rows, "reason"),
            category=self._category(_first(rows, "category"), number),
            category_cell=_first(rows, "category"),
            filed=said_by([row.fact("filed_at") for row in rows], "filed_at"),
            published_cell=said_by([row.fact("published_at") for row in rows], "published_at"),
            actual_start=_first(sorted(rows, key=_when("actual_start")), "actual_start"),
            actual_end=_first(sorted(rows, key=_when("actual_end"), reverse=True), "actual_end"),
            pairs=pairs,
            problems=tuple(p.holding(f"task {number or rows[0].place()}") for p in problems),
        )

    def _told(self, task: Task) -> Task:
        return self._protected(replace(task, tellings=self._tellings(task)))

    def _category(self, cell: Fact[Category], number: str | None) -> Fact[Category]:
        if isinstance(cell, Known) or cell.unread:
            return cell
        read = read_number(number, self.vocabularies) if number else None
        if read is not None and read.category is not None:
            return Known("category", read.category, cell.place)
        why = Say("neither 割接类别 nor the task number says whether it is planned, temporary or an emergency")
        return Unknown("category", why, cell.place)

    def _tellings(self, task: Task) -> tuple[Telling, ...]:
        """One per customer; the department is told in the place of each customer it stands for."""
        told: dict[tuple[str | None, str | None], list[Pair]] = {}
        for code, pairs in task.by_customer().items():
            for pair in filter(self.is_told, pairs):
                told.setdefault((code, pair.owner.customer_code), []).append(pair)
        made = tuple(self._telling(task, code, pairs) for (code, _), pairs in told.items())
        return made or (self._telling(task, None, task.pairs),)

    def _telling(self, task: Task, code: str | None, pairs: Sequence[Pair]) -> Telling:
        cell = said_by([row.fact("published_at") for pair in pairs for row in pair.rows], "published_at")
        if isinstance(cell, Unknown) and not cell.unread:
            cell = task.published_cell
        circuits = [pair.circuit_code for pair in pairs if pair.circuit_code]
        told = self.history.of(task.task_no, code)
        counts = publication(cell, task.window, self.now, told, circuits)
        return Telling(pairs[0].owner.customer if pairs else None, counts, code)

    def is_told(self, pair: Pair) -> bool:
        """Whether the impact on this circuit is one that customers are told of (D6)."""
        if pair.impact is Impact.REDUCED_REDUNDANCY:
            return self.tell_reduced_redundancy and not pair.cancelled
        return not pair.cancelled and (pair.impact is not Impact.NONE or self.tell_not_interrupting)

    def _protected(self, task: Task) -> Task:
        if isinstance(task.window, Unknown):
            return task
        start, end = task.start, max(task.end, task.start)
        met = self.assurances.touching(task.pairs, start, end)
        return replace(task, protections=met, protections_missing=self.assurances.missing(task.pairs, start, end))


def _rows_of(task: Task) -> int:
    return len(task.rows)


def _first(rows: Rows, field: str) -> Fact[Any]:
    """The first known value of a field, else the first Unknown, unreadable ones before empty ones."""
    for row in rows:
        if row.value(field) not in (None, ()):
            return row.fact(field)
    facts: list[Fact[Any]] = [row.fact(field) for row in rows]
    unread = [fact for fact in facts if isinstance(fact, Unknown) and fact.unread]
    return (unread or facts)[0]


def _deviations(rows: Rows, field: str) -> list[Problem]:
    said = [value for row in rows if (value := row.value(field)) not in (None, ())]
    if all(value == said[0] for value in said):  # as it should be, and nobody asks where it stood
        return []
    facts = [fact for row in rows if isinstance(fact := row.fact(field), Known)]
    return [
        Problem(
            Say(
                "the rows of one task must agree: here “{here}”, above “{above}”", here=fact.value, above=facts[0].value
            ),
            fact.place,
            field,
            str(fact.value),
            Say("mend the one that is wrong ({place})", place=str(facts[0].place)),
        )
        for fact in facts[1:]
        if fact.value != facts[0].value
    ]


def _when(field: str) -> Callable[[Cutover | Broken], float]:
    """For sorting rows by an instant: of several starts the first counts, of several ends the last."""
    return lambda row: value.at.timestamp() if (value := row.value(field)) is not None else 0.0
