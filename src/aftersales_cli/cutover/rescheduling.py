"""New windows for a task: day after day is judged by the rules as if published now, and what binds is named (R7)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import count

from aftersales_cli.cutover.ahead import DAY, latest_day
from aftersales_cli.cutover.binds import NOTICE, STANDING, Bind, Judges, binds
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.reach import strikes
from aftersales_cli.cutover.task import Task, is_cancelled
from aftersales_cli.places import Known
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import DailyHours, Instant, Lead, Status, Window
from aftersales_cli.rules.decision import Decision, Finding, Verdict
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule
from aftersales_cli.words import Counted, Say
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.counting import Latest

REACH = "MOV-1"
"""The card that says how far ahead a new window is looked for."""


NEW = ("window", "status", "published_at")
"""The cells that moving a task changes."""


@rule(REACH)
def within_reach(task: Task, given: Given) -> Finding:
    """A new window lies near enough that moving there still means something; not asked of what is not moved."""
    within, ahead = given.number("within"), (task.window.known.start.date() - task.as_of).days
    says = Say(
        "{ahead} ahead; a new window is looked for within {within}",
        ahead=Counted("{n} day", "{n} days", n=max(ahead, 0)),
        within=Counted("{n} day", "{n} days", n=within),
    )
    return Finding.of(ahead <= within, says, task.window)


@dataclass(frozen=True, slots=True)
class Hours:
    """When a window begins, after midnight, and how long it lasts."""

    begins: timedelta
    lasts: timedelta

    @classmethod
    def of(cls, window: Window) -> Hours:
        """The hours of a window."""
        midnight = datetime.combine(window.start.date(), time(), window.start.tzinfo)
        return cls(window.start - midnight, window.end - window.start)

    @classmethod
    def daily(cls, hours: DailyHours) -> Hours:
        """The hours somebody asks for."""
        return cls(timedelta(minutes=hours.start), timedelta(minutes=hours.end - hours.start))

    def on(self, day: date, like: datetime) -> Window:
        """The window that begins on a day, in the zone of `like`."""
        start = datetime.combine(day, time(), like.tzinfo) + self.begins
        return Window(start, start + self.lasts)


@dataclass(frozen=True, slots=True)
class Range:
    """The days on which a window may begin, both included; without a `last`, as far as the book reaches."""

    first: date
    last: date | None
    hours: Hours
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """One window as the rules judge it, and what it fails by (nothing: it can be proposed)."""

    window: Window
    judged: Judged
    binds: tuple[Bind, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A window that can be proposed; `before` is the window of the day before, where that was looked at."""

    candidate: Candidate
    before: Candidate | None

    @property
    def bound(self) -> tuple[Bind, ...]:
        """What makes the day before it impossible; nothing, where that is possible too or was not looked at."""
        return self.before.binds if self.before else ()


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: proposals and impossible windows, each in order of days.

    `last` is the last window looked at, None where none was. `ended` is the decision that ended it before enough was
    found, None where the range did. `standing` are breaches that no window mends; then nothing is looked at.
    """

    proposals: tuple[Proposal, ...] = ()
    rejected: tuple[Candidate, ...] = ()
    last: Candidate | None = None
    ended: Decision | None = None
    standing: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Mover:
    """Puts one task into other windows. `among` are all tasks of the run, as `gatherer` made them, this one too."""

    task: Task
    among: Sequence[Task]
    gatherer: Gatherer
    judge: Judges

    def search(self, range_: Range, reach: Callable[[Task], Decision]) -> Search:
        """The earliest windows that fail by nothing; the one the task has now is no proposal."""
        present = self.judge(self.task).decisions
        standing = [d for d in present if d.rule in STANDING and d.verdict is Verdict.BREACHED]
        if standing:
            return Search(standing=tuple(standing))
        return self._searched(range_, reach)

    def _searched(self, range_: Range, reach: Callable[[Task], Decision]) -> Search:
        others = [row for other in self._rivals() for row in other.rows]
        found: list[Proposal] = []
        rejected: list[Candidate] = []
        last: Candidate | None = None
        for window in self._windows(range_):
            task = self.gatherer.tasks((*moved(self._rows, window), *others))[0]
            if range_.last is None and (ended := reach(task)).verdict is not Verdict.MET:
                return Search(tuple(found), tuple(rejected), last, ended)
            before, last = last, self._candidate(task, window)
            if last.binds:
                rejected.append(last)
            elif window != self.task.window.value:
                found.append(Proposal(last, before))
            if len(found) == range_.count:
                break
        return Search(tuple(found), tuple(rejected), last)

    def _candidate(self, task: Task, window: Window) -> Candidate:
        judged = self.judge(task)
        return Candidate(window, judged, binds(judged, self.judge))

    def _windows(self, range_: Range) -> Iterator[Window]:
        for n in count():
            day = range_.first + n * DAY
            if range_.last is not None and day > range_.last:
                return
            window = range_.hours.on(day, self.task.now)
            if window.start > self.task.now:
                yield window

    @property
    def _rows(self) -> tuple[Cutover, ...]:
        """Its rows; a task with a broken one is not moved."""
        return tuple(row for row in self.task.rows if isinstance(row, Cutover))

    def _rivals(self) -> list[Task]:
        """The others that could collide with it at some hour: the rest never can, and need not be gathered again."""
        mine = {folded_circuit(one.circuit_code) for one in strikes([self.task])}
        others = [task for task in self.among if task is not self.task]
        return [task for task in others if mine & {folded_circuit(one.circuit_code) for one in strikes([task])}]


def moved(rows: Sequence[Cutover], window: Window) -> tuple[Cutover, ...]:
    """The rows of a task in another window: 改期, unless they say 取消; the other cells as read.

    The time of publication is that of the old window: nobody has been told of the new one, so it is left out (D3).
    What is new stands in no cell of the files: only the row is its place.
    """
    return tuple(
        replace(
            row,
            window=window,
            status=Status.CANCELLED if is_cancelled(row) else Status.RESCHEDULED,
            published_at=None if isinstance(row.published_at, Instant) else row.published_at,
            source=replace(row.source, columns={k: v for k, v in row.source.columns.items() if k not in NEW}),
        )
        for row in rows
    )


def why_not(task: Task) -> Say | None:
    """Why a task cannot be moved at all: it is cancelled, done, or has begun; else None."""
    if task.cancelled:
        return Say("{task} is cancelled", task=task.name)
    if any(row.fact("status").value is Status.DONE for row in task.rows):
        return Say("{task} is done", task=task.name)
    for fact in (task.actual_start, task.actual_end):
        if isinstance(fact, Known):
            return Say("{task} has begun: its row gives an actual time, {at}", task=task.name, at=fact.value)
    if task.begun:
        return Say("{task} has begun: its window began {at}", task=task.name, at=task.window.known.start)
    return None


def to_publish(judged: Judged, workdays: Workdays) -> Latest | None:
    """The last day of publication that is early enough for every lead time that binds; None where none does."""
    start = judged.task.window.known.start
    leads = [
        used.amount
        for decision in map(judged.decision, NOTICE)
        if decision.verdict is not Verdict.NOT_APPLICABLE
        for used in decision.values
        if isinstance(used.amount, Lead)
    ]
    found = [latest_day(lead, start, workdays) for lead in leads]
    if not found:
        return None
    certain = [one.certainly_by for one in found]
    certainly = None if None in certain else min(day for day in certain if day)
    return Latest(certainly, min(one.possibly_by for one in found))
