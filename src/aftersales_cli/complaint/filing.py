"""What the rows of a task say as evidence: known only where no row contradicts another or cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from aftersales_cli.cutover.numbers import read_number
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import BEIJING, Category, Instant, Interruption, Window
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.words import Say

T = TypeVar("T")
EVER = (datetime(1, 1, 2, tzinfo=BEIJING), datetime(9999, 12, 30, tzinfo=BEIJING))


class Filing:
    """One task's evidence, worked out once for all complaints about it."""

    def __init__(self, task: Task, vocabularies: Vocabularies) -> None:
        self.task = task
        self._kept: dict[Any, Any] = {}
        self._vocabularies = vocabularies
        self._published: dict[str, tuple[Fact[Any], ...]] = {}
        self._interruptions: dict[int, Fact[Interruption]] = {}

    def once(self, key: object, made: Callable[[], T]) -> T:
        """What others work out of this task, kept with it; `key` says what, in which province."""
        if key not in self._kept:
            self._kept[key] = made()
        found: T = self._kept[key]
        return found

    @cached_property
    def window(self) -> Fact[Window]:
        """The window where all rows have the same; else why not."""
        unread = (row.fact("window") for row in self.task.rows)
        return self._doubt("window") or next((f for f in unread if isinstance(f, Unknown)), self.task.window)

    @cached_property
    def hours(self) -> tuple[datetime, datetime]:
        """From the earlier of planned and actual start to the later of planned and actual end, over all rows.

        Of a row whose window cannot be read nobody knows when: then it is ever.
        """
        task = self.task
        windows = [window for row in task.rows if (window := row.value("window")) is not None]
        if len(windows) < len(task.rows):
            return EVER
        starts, ends = [window.start for window in windows], [window.end for window in windows]
        if isinstance(task.actual_start, Known):
            starts.append(task.actual_start.value.at)
        if isinstance(task.actual_end, Known):
            ends.append(task.actual_end.value.latest)
        return min(starts), max(ends)

    @cached_property
    def category(self) -> Fact[Category]:
        """The category, by cell or else by number (D4).

        Unknown where a cell says 计划 beside a number of other work: 'planned cutover' is never guessed.
        """
        cells = [row.fact("category") for row in self.task.rows]
        unread = next((cell for cell in cells if isinstance(cell, Unknown) and cell.unread), None)
        doubt = self._doubt("category") or unread
        if doubt is not None:
            return doubt
        said, meant = self.task.category_cell, self.meant
        if said.value is Category.PLANNED and meant not in (None, Category.PLANNED):
            why = Say("割接类别 says {cell}, the task number {meant}; mend the one that is wrong",
                      cell=said.value, meant=meant)  # fmt: skip
            return Unknown("category", why, said.place)
        return self.task.category

    @cached_property
    def meant(self) -> Category | None:
        """The category that the task number says, by the book's table; None where it says none."""
        read = read_number(self.task.task_no, self._vocabularies) if self.task.task_no else None
        return read.category if read else None

    @cached_property
    def filed(self) -> tuple[Fact[Any], ...]:
        """What its rows say of the filing; empty cells beside a filled one say nothing."""
        return _said(row.fact("filed_at") for row in self.task.rows)

    @cached_property
    def actual_start(self) -> Fact[Instant]:
        """When the work began, the first of several rows."""
        return self._unread("actual_start") or self.task.actual_start

    @cached_property
    def actual_end(self) -> Fact[Instant]:
        """When the work ended, the last of several rows."""
        return self._unread("actual_end") or self.task.actual_end

    def published(self, pair: Pair, customer: str | None) -> tuple[Fact[Any], ...]:
        """What the rows of this customer say of the publication; of the circuit alone where nobody knows whose it is.

        Rows of other customers say nothing here: they may have been told on another day.
        """
        if customer is None:
            return _said(row.fact("published_at") for row in pair.rows)
        key = folded(customer)
        if key not in self._published:
            own = [p for p in self.task.pairs if p is pair or key in map(folded, p.owner.codes)]
            rows = {id(row): row for p in own for row in p.rows}
            self._published[key] = _said(row.fact("published_at") for row in rows.values())
        return self._published[key]

    def interruption(self, pair: Pair) -> Fact[Interruption]:
        """The worst that the circuit's rows declare; unknown where they differ or one cannot be read."""
        key = id(pair)  # of the task's own pairs, which live as long as it does
        if key not in self._interruptions:
            self._interruptions[key] = self._declared(pair)
        return self._interruptions[key]

    def _declared(self, pair: Pair) -> Fact[Interruption]:
        differ = next(
            (p for p in self.task.problems if p.field == "circuit_code" and p.found == pair.circuit_code), None
        )
        return Unknown("interruption", differ.message, differ.place, unread=True) if differ else pair.interruption

    def _doubt(self, field: str) -> Unknown | None:
        """The first cell in which a row differs from the others."""
        found = (p for p in self.task.problems if p.field == field)
        return next((Unknown(field, p.message, p.place, unread=True) for p in found), None)

    def _unread(self, field: str) -> Unknown | None:
        facts = (row.fact(field) for row in self.task.rows)
        return next((fact for fact in facts if isinstance(fact, Unknown) and fact.unread), None)


def _said(cells: Iterable[Fact[Any]]) -> tuple[Fact[Any], ...]:
    """The cells that say something, or cannot be read, each value once; the first empty one where none does."""
    facts = list(cells)
    unread = [fact for fact in facts if isinstance(fact, Unknown) and fact.unread]
    known = {fact.value: fact for fact in reversed(facts) if isinstance(fact, Known)}
    return (*reversed(known.values()), *unread[:1]) or tuple(facts[:1])
