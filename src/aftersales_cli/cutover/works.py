"""What the rows of a task say of its reach: the circuits they list, the resources they work on, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from aftersales_cli.cutover.impact import DECLARED, Impact, Listed
from aftersales_cli.places import Place
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
        if row.value("status") is Status.CANCELLED:
            continue
        number = row.value("task_no")
        groups.setdefault(folded(number) if number else f"#{index}", []).append(row)
    return tuple(work(group) for group in groups.values())


def work(rows: Sequence[Cutover | Broken]) -> Work:
    """The one of the rows that bear one number and go on, at least one."""
    windows = [window for row in rows if (window := row.value("window")) is not None]
    named = [(code, row) for row in rows if (code := row.value("circuit_code")) is not None]
    resources: dict[str, Place | None] = {}
    for row in rows:
        for resource in row.value("resources") or ():
            resources.setdefault(resource, row.place("resources"))
    listed = tuple(Listed(code, declared(row), row.place("circuit_code")) for code, row in named)
    return Work(rows[0].value("task_no"), windows[0] if windows else None, listed, resources, tuple(rows))


def declared(row: Cutover | Broken) -> Impact:
    """The impact a row declares: 中断 outage, 瞬断 momentary, 不中断 none; unknown where that cannot be read."""
    interruption = row.value("interruption")
    return Impact.UNKNOWN if interruption is None else DECLARED[interruption.kind]
