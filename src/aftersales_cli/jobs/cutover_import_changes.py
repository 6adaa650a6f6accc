"""What became of a maintenance since: which version of a notice counts, and what the workspace's rows hold of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from aftersales_cli.jobs.cutover_import_drafts import Draft, Drafter, referred
from aftersales_cli.jobs.cutover_import_notices import Announced
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.values import Status
from aftersales_cli.words import Counted, Say

Row = Cutover | Broken


class Change(StrEnum):
    """What a draft is to the rows that stand already."""

    NEW = "new"
    UPDATE = "update"
    RESCHEDULE = "reschedule"
    CANCEL = "cancel"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Proposal:
    """One draft with what it changes; `rows` are to be judged: the draft's, or those that stand if nothing changed."""

    draft: Draft
    change: Change
    rows: tuple[Row, ...]


def newest(found: Sequence[Announced]) -> tuple[list[Announced], list[Problem]]:
    """Of several versions of one event the last; what the others named is said. In the order of the files."""
    last: dict[tuple[str, str], Announced] = {}
    for notice in found:
        key = (folded(notice.task_no), notice.uid)
        last[key] = max(last.get(key, notice), notice, key=_version)
    kept = [notice for notice in found if last[folded(notice.task_no), notice.uid] is notice]
    problems = [_superseded(n, last[folded(n.task_no), n.uid]) for n in found if n not in kept]
    return kept, [*problems, *_two_windows(kept)]


def _version(notice: Announced) -> tuple[int, datetime]:
    return notice.sequence, notice.stamp or datetime.min  # noqa: DTZ901 - stamps are UTC without saying so


def _superseded(old: Announced, new: Announced) -> Problem:
    message = Say(
        "{task}: sequence {old} is superseded by sequence {new} in {place}; it named {codes}",
        task=old.task_no, old=old.sequence, new=new.sequence, place=str(new.place), codes=old.codes,
    )  # fmt: skip
    return Problem(message, old.place, "SEQUENCE", str(old.sequence), severity=Severity.CAUTION)


def _two_windows(kept: Iterable[Announced]) -> list[Problem]:
    """Two events of one maintenance at different times: two nights, or a change under a new UID; nobody can tell."""
    first: dict[str, Announced] = {}
    problems = []
    for notice in kept:
        other = first.setdefault(folded(notice.task_no), notice)
        if other.window != notice.window:
            message = Say("{task} has two events with different windows; the other is {place}",
                          task=notice.task_no, place=str(other.place))  # fmt: skip
            hint = Say("take the one out that no longer holds, or give the second night a task number of its own")
            held = (f"task {notice.task_no}",)
            problems.append(Problem(message, notice.place, "window", str(notice.window), hint, held))
    return problems


@dataclass
class Standing:
    """The rows of the workspace's cutovers by task; of several versions in them the last counts."""

    rows: Sequence[Row]
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_task: dict[str, list[Row]] = {}
        for row in self.rows:
            number = row.fact("task_no").value
            if number:
                self._by_task.setdefault(folded(number), []).append(row)

    def propose(self, drafter: Drafter, notice: Announced) -> Proposal | None:
        """What to do about one notice; None where the rows that stand come of a later version of it."""
        there = self._latest(notice)
        refers = referred(there[0].fact("notice_ref").value) if there else None
        if refers is not None and refers[0] == notice.uid and refers[1] > notice.sequence:
            self._stale(notice, there[0], refers[1])
            return None
        draft = drafter.draft(notice)
        if not there:
            return Proposal(draft, Change.CANCEL if draft.status is Status.CANCELLED else Change.NEW, draft.rows)
        if _content(there) == _content(draft.rows):
            return Proposal(draft, Change.UNCHANGED, there)
        if draft.status is Status.CANCELLED:
            return self._replacing(drafter.called_off(draft, there), Change.CANCEL, there)
        if _windows(there) != {notice.window} and draft.status is Status.PLANNED:
            self._doubt(notice, there[0], refers)
            moved = Drafter(drafter.words, drafter.mapped, drafter.customers, drafter.province).draft(
                notice, Status.RESCHEDULED
            )
            return self._replacing(moved, Change.RESCHEDULE, there)
        return self._replacing(draft, Change.UPDATE, there)

    def _latest(self, notice: Announced) -> tuple[Row, ...]:
        rows = self._by_task.get(folded(notice.task_no), [])
        numbers = [_number(row) for row in rows]
        return tuple(row for row, number in zip(rows, numbers, strict=True) if number == max(numbers))

    def _replacing(self, draft: Draft, change: Change, there: Sequence[Row]) -> Proposal:
        task = draft.notice.task_no
        message = Counted("{n} row of {task} stands here already; put the draft in its place",
                          "{n} rows of {task} stand here already; put the draft in their place",
                          n=len(there), task=task)  # fmt: skip
        place = there[0].place()
        self.problems.append(Problem(message, place, "task_no", task, severity=Severity.CAUTION))
        return Proposal(draft, change, draft.rows)

    def _stale(self, notice: Announced, row: Row, number: int) -> None:
        message = Say(
            "{task}: sequence {old} is older than sequence {new}, which stands in {place}; it named {codes}",
            task=notice.task_no, old=notice.sequence, new=number, place=str(row.place()), codes=notice.codes,
        )  # fmt: skip
        self.problems.append(
            Problem(message, notice.place, "SEQUENCE", str(notice.sequence), severity=Severity.CAUTION)
        )

    def _doubt(self, notice: Announced, row: Row, refers: tuple[str, int] | None) -> None:
        """The window changed, and the sequence does not say so."""
        if refers is None:
            why = Say("the rows that stand do not say which notice they were made of")
        elif refers[0] != notice.uid:
            why = Say("the event has another UID")
        elif refers[1] == notice.sequence:
            why = Say("the sequence is still {n}", n=notice.sequence)
        else:
            return
        message = Say("{task} has another window than the rows that stand, but {why}", task=notice.task_no, why=why)
        self.problems.append(
            Problem(message, row.place("window"), "window", str(notice.window), severity=Severity.CAUTION)
        )


def _number(row: Row) -> int:
    refers = referred(row.fact("notice_ref").value)
    return refers[1] if refers else -1


def _windows(rows: Iterable[Row]) -> set[object]:
    return {row.fact("window").value for row in rows}


def _content(rows: Iterable[Row]) -> set[tuple[object, ...]]:
    """What two versions are compared by; 改期 and 计划 are the same: the work goes on."""
    return {
        (
            folded_circuit(row.fact("circuit_code").value or ""),
            "" if row.fact("circuit_code").value else row.fact("impact_range").value,
            row.fact("window").value,
            row.fact("interruption").value,
            _going(row),
        )
        for row in rows
    }


def _going(row: Row) -> Status:
    status: Status | None = row.fact("status").value
    return Status.PLANNED if status in (None, Status.RESCHEDULED) else status
