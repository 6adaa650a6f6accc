"""Lines of cutovers to be told: late, today, in the days to come, changed, or begun with nobody told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from aftersales_cli.cutover.notices import Fate, Notice
from aftersales_cli.cutover.planning import BEGUN
from aftersales_cli.cutover.task import Pair, Task, Telling
from aftersales_cli.jobs.today_line import Line, Urgency
from aftersales_cli.jobs.today_seen import Deadline, Seen, at, cited, customers
from aftersales_cli.places import Place
from aftersales_cli.records.events import Change
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.words import Say


class _Kind(Enum):
    """What a notice that has to go out is to its customer."""

    PUBLISH = auto()  # the customer has heard nothing of this window
    CHANGE = auto()  # the customer reckons with something that is no longer so
    RECORD = auto()  # a cell says that it was published; the ledger has no notice


@dataclass(frozen=True)
class _Due:
    """The notices of one task that are due for the same reason; `late` by the judgement of the run."""

    task: Task
    kind: _Kind
    late: bool
    notices: tuple[Notice, ...]
    tellings: tuple[Telling, ...]

    @property
    def whom(self) -> object:
        """Who has to be told."""
        return customers(notice.customer.name if notice.customer else None for notice in self.notices)


def to_publish(seen: Seen) -> Iterator[Line]:
    """What has to be published; corrections of what was told are due at once."""
    for due in _dues(seen):
        match due.kind:
            case _Kind.PUBLISH:
                yield _published(seen, due)
            case _Kind.CHANGE:
                yield _changed(seen, due)
            case _Kind.RECORD:
                yield _recorded(seen, due)


def begun(seen: Seen) -> Iterator[Line]:
    """Work that goes on right now though customers it touches were not told."""
    untold: dict[str, list[Pair]] = {}
    tasks = {one.task.name: one for one in seen.cutovers.judged}
    for fated in seen.cutovers.plan.fates:
        if fated.fate is Fate.EXEMPT and fated.why == BEGUN and not fated.pair.cancelled:
            untold.setdefault(fated.task.name, []).append(fated.pair)
    for name, pairs in untold.items():
        decision = tasks[name].decision("CUT-05")
        task = tasks[name].task
        if task.window.known.end <= seen.now or decision.verdict not in (Verdict.BREACHED, Verdict.NEEDS_A_PERSON):
            continue
        owners = {pair.owner.customer_code: pair.owner for pair in pairs}
        whom = customers(owner.customer.name if owner.customer else code for code, owner in owners.items())
        what = Say("call {whom}: {task} began {start}, and they were not told",
                   whom=whom, task=name, start=task.window.known.start)  # fmt: skip
        start = task.window.known.start
        yield Line(what, cited(decision), seen.check(task), start, Urgency.OVERDUE, start)


def _dues(seen: Seen) -> list[_Due]:
    """All that a run would tell now, by task, kind and whether it is late."""
    known = {one.task.name: _by_customer(one.task) for one in seen.cutovers.judged}
    groups: dict[tuple[str, _Kind, bool], list[tuple[Notice, list[Telling]]]] = {}
    for notice in seen.cutovers.plan.notices:
        if notice.change is Change.UNCHANGED:
            continue
        name = notice.task.name
        tellings = known[name].get(_key(notice.customer.code if notice.customer else None), [])
        kind = _kind(notice, tellings)
        groups.setdefault((name, kind, notice.late and kind is _Kind.PUBLISH), []).append((notice, tellings))
    return [
        _Due(found[0][0].task, kind, late, tuple(n for n, _ in found), tuple(t for _, told in found for t in told))
        for (_, kind, late), found in groups.items()
    ]


def _by_customer(task: Task) -> dict[str | None, list[Telling]]:
    found: dict[str | None, list[Telling]] = {}
    for telling in task.tellings:
        found.setdefault(_key(telling.code), []).append(telling)
    return found


def _key(code: str | None) -> str | None:
    return None if code is None else folded(code)


def _kind(notice: Notice, tellings: Sequence[Telling]) -> _Kind:
    if notice.change is Change.CANCEL:
        return _Kind.CHANGE
    if any(telling.publication.as_if for telling in tellings):
        return _Kind.PUBLISH
    return _Kind.CHANGE if notice.change is Change.UPDATE else _Kind.RECORD


def _published(seen: Seen, due: _Due) -> Line:
    deadline = _earliest(seen, due)
    urgency = Urgency.OVERDUE if due.late else seen.urgency(deadline.moment, otherwise=Urgency.COMING)
    values = {"whom": due.whom, "task": due.task.name, "start": due.task.window.known.start}
    says = {
        Urgency.OVERDUE: Say("tell {whom} of {task} at once: it is late; the window begins {start}", **values),
        Urgency.TODAY: Say("publish {task} to {whom} today; the window begins {start}", **values),
    }
    if urgency is Urgency.TODAY and deadline.moment > seen.tonight:
        values["due"] = deadline.due
        says[urgency] = Say("publish {task} to {whom} today, the last working day before it is due ({due}); "
                            "the window begins {start}", **values)  # fmt: skip
    what = says.get(urgency, Say("publish {task} to {whom}; the window begins {start}", **values))
    begins = min([due.task.window.known.start, *(start for start in _told(due) if start > seen.now)])
    return Line(what, deadline.because, seen.notify(due.task.name), deadline.due, urgency, begins)


def _earliest(seen: Seen, due: _Due) -> Deadline:
    """The rules' deadline; or the window that was told before, where that is no longer so and comes first."""
    found = [seen.deadline(due.task, due.tellings)]
    window = due.task.window.known
    for last in (notice.last for notice in due.notices if notice.last and notice.change is Change.UPDATE):
        if seen.now < last.window_start and (last.window_start, last.window_end) != (window.start, window.end):
            why = Say("D12: the notice of {issued} still says {window}{place}", issued=last.issued_at,
                      window=f"{last.window_start:%F %H:%M}", place=at(due.task.window.place))  # fmt: skip
            found.append(Deadline.at(last.window_start, why))
    return min(found, key=lambda one: one.moment)


def _changed(seen: Seen, due: _Due) -> Line:
    cancels = [notice for notice in due.notices if notice.change is Change.CANCEL]
    last = due.notices[0].last
    assert last is not None
    values = {"whom": due.whom, "task": due.task.name}
    if len(cancels) == len(due.notices):
        what = Say("tell {whom} that {task} will not touch them", **values)
    else:
        what = Say("tell {whom} what has changed in {task}", **values)
    because = Say("D12: the notice of {issued} is no longer true{place}", issued=last.issued_at,
                  place=at(_changed_at(due.task)))  # fmt: skip
    begins = min([last.window_start, *_starts(due.task)])
    urgency = Urgency.OVERDUE if begins <= seen.now else Urgency.TODAY
    return Line(what, because, seen.notify(due.task.name), begins, urgency, begins)


def _starts(task: Task) -> Sequence[datetime]:
    return [task.window.value.start] if task.window.value is not None else []


def _told(due: _Due) -> list[datetime]:
    """The beginnings that its customers were told before."""
    return [notice.last.window_start for notice in due.notices if notice.last is not None]


def _changed_at(task: Task) -> Place:
    """The cell that says 取消, else the task's first row."""
    return next((pair.row.place("status") for pair in task.pairs if pair.cancelled), task.place)


def _recorded(seen: Seen, due: _Due) -> Line:
    begins, said = seen.beginning(due.task), due.task.published_cell
    what = Say("write the notices of {task} for {whom}: the ledger has none", task=due.task.name, whom=due.whom)
    because = Say("D3: the file says it was published {when}{place}", when=said.value, place=at(said.place))
    return Line(what, because, seen.notify(due.task.name), begins.due, Urgency.COMING)
