"""Which work of the period touches what a customer wants protected, and what the rules say of it (R6–R8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from aftersales_cli.cutover.assurance import Assurances, overlaps
from aftersales_cli.cutover.task import Pair, Task
from aftersales_cli.feedback.case import Case, own_pairs
from aftersales_cli.feedback.protecting import assurance
from aftersales_cli.places import Known
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.rules.decision import Decision, Verdict

RULES = ("ASR-1", "ASR-2", "ASR-3")
Judges = Callable[[str, Task], Decision]


@dataclass(frozen=True, slots=True)
class Affected:
    """One task with those of its circuits that are asked for, and the rules that speak of it."""

    task: Task
    pairs: tuple[Pair, ...]
    decisions: tuple[Decision, ...]


def affected(case: Case, tasks: Iterable[Task], judge: Judges) -> tuple[Affected, ...]:
    """The tasks of a request's period by their beginning, judged with nothing but this request and these circuits.

    What others asked for is left out: the request goes to people whom it does not concern. A task whose window cannot
    be read is listed last, for nobody can say that it lies outside.
    """
    found = [one for row in assurance(case.row) for one in _met(case, row, tasks, judge)]
    return tuple(sorted(found, key=_beginning))


def _met(case: Case, row: Assurance, tasks: Iterable[Task], judge: Judges) -> Iterator[Affected]:
    for task in tasks:
        pairs = tuple(pair for pair in own_pairs(task, case.customer) if _asked_for(row, pair))
        if not pairs or not _within(case, row, task):
            continue
        alone = replace(task, pairs=pairs, protections=(), protections_missing=None)
        if isinstance(task.window, Known):
            alone = replace(
                alone, protections=Assurances((row,)).touching(pairs, task.start, max(task.end, task.start))
            )
        decisions = (judge(rule, alone) for rule in RULES)
        yield Affected(task, pairs, tuple(d for d in decisions if _speaks(d)))


def _asked_for(row: Assurance, pair: Pair) -> bool:
    named = {folded_circuit(code) for code in row.circuit_codes}
    return not named or (pair.circuit_code is not None and folded_circuit(pair.circuit_code) in named)


def _within(case: Case, row: Assurance, task: Task) -> bool:
    if not isinstance(task.window, Known):
        return True
    return task.end > case.now and overlaps(row, task.start, max(task.end, task.start))


def _speaks(decision: Decision) -> bool:
    return decision.verdict is not Verdict.NOT_APPLICABLE and not (
        decision.verdict is Verdict.MET and not decision.cautions
    )


def _beginning(one: Affected) -> tuple[bool, str, str]:
    window = one.task.window
    return (not isinstance(window, Known), window.value.start.isoformat() if window.value else "", one.task.name)
