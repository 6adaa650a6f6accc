"""What may be believed of what is not there: a circuit no row names any more, or nobody knows (D12 b)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.impact import Impact
from aftersales_cli.cutover.notices import interruptions, issued_interruptions, names
from aftersales_cli.cutover.share import Share
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.places import Known
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import Window
from aftersales_cli.words import Say

DOUBTFUL = Say("its routes could not be read as when the last notice went out, which does not name it")


@dataclass
class Absence:
    """Compares a notice that stands with what the tasks say now.

    `whole` are the input files that were read again in this run without problem (D12 b); `every` are all tasks of the
    files, those that the run was not asked for among them.
    """

    gatherer: Gatherer
    whole: Collection[str] = ()
    every_number_read: bool = True
    every: Sequence[Task] = ()

    def doubtful(self, task: Task, code: str | None, pair: Pair) -> Say | None:
        """Why this circuit may be no news, but a file that is missing or broken (D12); None where it is what it is."""
        standing = self.gatherer.history.last(task.task_no, code)
        if pair.cancelled or task.begun or names(standing, pair):
            return None
        if standing is not None and pair.impact is Impact.UNKNOWN and not self._behind_read(standing):
            return DOUBTFUL
        if code is not None:
            return None
        told = self.gatherer.history.of_task(task.task_no).values()
        same = (last[-1] for last in told if last[-1].customer_code and _told_as_it_is(task, pair, last[-1]))
        if not pair.circuit_code:  # what nobody knows may be what routes led to, when somebody was told of it
            touched = {folded_circuit(other.circuit_code) for other in task.pairs if other.circuit_code}
            same = (last for last in same if not touched.issuperset(map(folded_circuit, last.circuit_codes)))
        return next((Say("{customer} was told of it, and cannot be found or reached now", customer=last.customer_name)
                     for last in same), None)  # fmt: skip

    def comparable(self, share: Share) -> bool:
        """Whether it is known what became of every circuit of the standing notice."""
        assert share.standing is not None
        absent = share.absent
        return not absent or (not absent & share.blocked and self.may_drop(share.task, share.standing))

    def may_drop(self, task: Task, last: Issued) -> bool:
        """Whether absence may be believed: every file behind the last notice was read again, and every number.

        A row that names no circuit may touch any, and a circuit that nobody knows may be a misspelling of one they do.
        A new number over the same circuit at the same time may be a misspelling of this one.
        """
        known = all(pair.circuit_code and pair.owner.codes for pair in task.pairs)
        window = Window(last.window_start, last.window_end)
        renumbered = any((window, folded_circuit(code)) in self._renumbered for code in last.circuit_codes)
        read = self.every_number_read and self._behind_read(last)
        return known and not renumbered and read and self._led_elsewhere(task, last)

    def _led_elsewhere(self, task: Task, last: Issued) -> bool:
        """Whether circuits that no route leads to any more are whole in the routes: else they may be cut off (0015)."""
        if not last.inputs.get("routes"):
            return True
        touched = {folded_circuit(pair.circuit_code) for pair in task.pairs if pair.circuit_code}
        return all(self.gatherer.has_routes(code) for code in last.circuit_codes if folded_circuit(code) not in touched)

    def _behind_read(self, last: Issued) -> bool:
        """Whether every file that stood behind a notice was read again without problem."""
        return {file for files in last.inputs.values() for file in files} <= set(self.whole)

    @cached_property
    def _renumbered(self) -> Collection[tuple[Window, str]]:
        """Where tasks that the ledger does not know work, and when."""
        return {
            (task.window.value, folded_circuit(pair.circuit_code or ""))
            for task in self.every
            if isinstance(task.window, Known) and not self.gatherer.history.knows(task.task_no)
            for pair in task.pairs
        }


def _told_as_it_is(task: Task, pair: Pair, last: Issued) -> bool:
    """Whether a standing notice has said of this circuit what its rows say now."""
    if last.change is Change.CANCEL or not names(last, pair):
        return False
    own = folded_circuit(pair.circuit_code or "")
    said = {form for circuit, form in issued_interruptions(last) if not own or folded_circuit(circuit) == own}
    window = task.window.known
    now = (window.start, window.end, task.reason.known, task.province.known)
    return now == (last.window_start, last.window_end, last.reason, last.province) and interruptions([pair]) in said
