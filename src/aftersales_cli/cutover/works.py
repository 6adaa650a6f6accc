"""What the rows of a task say of its reach: the circuits they list, the resources they work on, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aftersales_cli.cutover.impact import Listed
from aftersales_cli.cutover.task import DECLARED, Impact
from aftersales_cli.places import Known, Place
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Status, Window


class Work(NamedTuple):
    """One task as its circuits feel it; rows that say 取消 are left out.

    `task_no` is None for a row whose number cannot be read, `window` where no row has a readable one. `resources` are
    as written, each with the row's cell; `rows` are all that go on.
    """

    task_no: str | None
    window: Window | None
    listed: tuple[Listed, ...]
    resources: dict[str, Place | None]
    rows: tuple[Cutover | Broken, ...]

    @property
    def name(self) -> str:
        """The task number, or the row's place where it has none."""
        return self.task_no or str(self.rows[0].place())


def works(rows: Iterable[Cutover | Broken]) -> tuple[Work, ...]:
    """One per task number, in the order of first rows; a row without a readable number stands alone."""
    groups: dict[str, list[Cutover | Broken]] = {}
    for index, row in enumerate(rows):
        if row.fact("status").value is Status.CANCELLED:
            continue
        number = row.fact("task_no").value
        groups.setdefault(folded(number) if number else f"#{index}", []).append(row)
    return tuple(_work(group) for group in groups.values())


def _work(rows: Sequence[Cutover | Broken]) -> Work:
    windows = [fact.value for row in rows if isinstance(fact := row.fact("window"), Known)]
    named = [(fact.value, row) for row in rows if isinstance(fact := row.fact("circuit_code"), Known)]
    resources: dict[str, Place | None] = {}
    for row in rows:
        for resource in row.fact("resources").value or ():
            resources.setdefault(resource, row.place("resources"))
    listed = tuple(Listed(code, declared(row), row.place("circuit_code")) for code, row in named)
    return Work(rows[0].fact("task_no").value, windows[0] if windows else None, listed, resources, tuple(rows))


def declared(row: Cutover | Broken) -> Impact:
    """The impact a row declares: 中断 outage, 瞬断 momentary, 不中断 none; unknown where that cannot be read."""
    fact = row.fact("interruption")
    return DECLARED[fact.value.kind] if isinstance(fact, Known) else Impact.UNKNOWN
