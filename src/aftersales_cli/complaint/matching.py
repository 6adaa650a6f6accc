"""Which cutover a complaint is about: by the number it names, else by circuit and time (D4)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from aftersales_cli.complaint.filing import Filing
from aftersales_cli.complaint.subject import Matched
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Problem, Unknown
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.values import Cause, Instant
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.words import Say


class Touch(NamedTuple):
    """One circuit of one cutover, from the earlier to the later of planned and actual times (whenever, if unknown)."""

    start: datetime
    end: datetime
    filing: Filing
    pair: Pair


class Touches:
    """The touches of one circuit by start; asked in time that does not grow with those that lie elsewhere."""

    def __init__(self, touches: Iterable[Touch]) -> None:
        self._all = sorted(touches, key=lambda touch: (touch.start, touch.end))
        self._starts = [touch.start for touch in self._all]
        self._ends: list[datetime] = []  # the latest end up to each
        for touch in self._all:
            self._ends.append(max(touch.end, self._ends[-1]) if self._ends else touch.end)

    def between(self, start: datetime, end: datetime) -> list[Touch]:
        """Those that share a moment with `start` to `end`, both included."""
        found = []
        at = bisect_right(self._starts, end) - 1
        while at >= 0 and self._ends[at] >= start:
            if self._all[at].end >= start:
                found.append(self._all[at])
            at -= 1
        return found[::-1]


NOWHERE = Touches(())


class Index:
    """All cutovers of a run, by circuit and by number."""

    def __init__(self, tasks: Iterable[Task], vocabularies: Vocabularies) -> None:
        touches: dict[str, list[Touch]] = {}
        self._numbered: dict[str, dict[str, Touch]] = {}
        for task in tasks:
            filing = Filing(task, vocabularies)
            named = self._numbered.setdefault(folded(task.task_no), {}) if task.task_no else {}
            for pair in task.pairs:
                if pair.circuit_code:
                    touch = Touch(*filing.hours, filing, pair)
                    key = folded_circuit(pair.circuit_code)
                    named[key] = touch
                    touches.setdefault(key, []).append(touch)
        self._touches = {circuit: Touches(found) for circuit, found in touches.items()}

    def match(self, complaint: Complaint, after: timedelta) -> Matched:
        """The cutover of a complaint; `after` is how long after its end an interruption may still be its.

        Another cause needs none. One that nobody filed is looked for only where a number is named all the same.
        """
        if complaint.cause is Cause.OTHER and not complaint.task_no:
            return Matched()
        circuit = folded_circuit(complaint.circuit_code)
        near = self._touches.get(circuit, NOWHERE).between(*interruption(complaint, after))
        if complaint.task_no:
            return self._named(complaint, complaint.task_no, circuit, near)
        if complaint.cause is Cause.UNFILED_CUTOVER:
            return Matched(cautions=_filed_all_the_same(near))
        return _found(complaint, near)

    def _named(self, complaint: Complaint, number: str, circuit: str, near: Sequence[Touch]) -> Matched:
        touch = self._numbered.get(folded(number), {}).get(circuit)
        if complaint.cause is Cause.UNFILED_CUTOVER:
            said = (Say("a task number stands beside 未填报割接"),)
            return Matched(touch.filing, touch.pair, cautions=said) if touch else Matched(cautions=said)
        if touch is None:
            return Matched(problem=self._stranger(complaint, number))
        others = [other for other in near if other.filing is not touch.filing]
        if others and len(others) == len(near):
            return _open(complaint, [touch, *others])
        return Matched(touch.filing, touch.pair)

    def _stranger(self, complaint: Complaint, number: str) -> Problem:
        if folded(number) in self._numbered:
            message = Say("task {task} does not touch circuit {circuit}", task=number, circuit=complaint.circuit_code)
        else:
            message = Say("no cutover row has the task number {names}", names=number)
        hint = Say("mend the number or the circuit code, or leave the number blank")
        held = (f"complaint {complaint.complaint_no}",)
        return Problem(message, complaint.place("task_no"), "task_no", number, hint, held)


def interruption(complaint: Complaint, after: timedelta) -> tuple[datetime, datetime]:
    """From when to when a cutover must have been at work to be its cause; `after` reaches back.

    A missing begin is the report; without restoration it lasted until the report (D4).
    """
    reported = complaint.reported_at
    began = complaint.began_at or reported
    restored = complaint.restored_at if isinstance(complaint.restored_at, Instant) else None
    end = restored.latest if restored else max(reported.latest, began.latest)
    return min(began.at, end) - after, end


def _found(complaint: Complaint, near: Sequence[Touch]) -> Matched:
    if len(near) == 1:
        return Matched(near[0].filing, near[0].pair)
    if near:
        return _open(complaint, near)
    why = Say(
        "no cutover touches circuit {circuit} at this time: fill in 割接任务号; if none was filed, write 未填报割接",
        circuit=complaint.circuit_code,
    )
    return Matched(why=Unknown("task_no", why, complaint.place("task_no")))


def _open(complaint: Complaint, near: Sequence[Touch]) -> Matched:
    names = tuple(touch.filing.task.name for touch in near)
    why = Say("more than one cutover may be the cause: {tasks}; fill in 割接任务号", tasks=names)
    return Matched(why=Unknown("task_no", why, complaint.place("task_no")), candidates=names)


def _filed_all_the_same(near: Sequence[Touch]) -> tuple[Say, ...]:
    names = [touch.filing.task.name for touch in near]
    return (Say("it is called 未填报割接, but {tasks} touches the circuit at this time", tasks=names),) if names else ()
