"""What makes a window impossible, by name: whose notice, which assurance, which other work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.task import Task, Telling
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.customers import Customer
from aftersales_cli.rules.decision import Decision, Evidence, Verdict
from aftersales_cli.words import Say

Judges = Callable[[Task], Judged]

STANDING = ("CUT-01", "CUT-02", "CUT-03", "CUT-09", "CUT-10")
"""Rules that never look at the window: what they find, no other window mends."""

NOTICE = ("CUT-04", "CUT-06")
"""Rules that are judged for each customer, by the customer's own lead time and publication."""


@dataclass(frozen=True, slots=True)
class Bind:
    """One decision that a window fails by, and whom it is about.

    `customers` are those it asks notice for (None: the department, with no customer behind it), `assurances` those
    the window meets, `tasks` the numbers of those that cut the other path meanwhile.
    """

    decision: Decision
    customers: tuple[Customer | None, ...] = ()
    assurances: tuple[Assurance, ...] = ()
    tasks: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """The same on every day on which the same binds."""
        codes = tuple(customer.code if customer else None for customer in self.customers)
        return self.decision.rule, self.decision.verdict, codes, self.assurances, self.tasks


def binds(judged: Judged, judge: Judges) -> tuple[Bind, ...]:
    """All that the window fails by, in the order of the rules; empty for one that can be proposed.

    A breach of any rule; a question for a person only where it is about the window.
    """
    return tuple(bind for decision in judged.decisions if _fails(decision) for bind in _named(decision, judged, judge))


def _fails(decision: Decision) -> bool:
    open_ = decision.verdict is Verdict.NEEDS_A_PERSON and decision.rule not in STANDING
    return open_ or decision.verdict is Verdict.BREACHED


def _named(decision: Decision, judged: Judged, judge: Judges) -> Iterator[Bind]:
    task = judged.task
    if decision.rule in NOTICE:
        yield from _whose_notice(decision.rule, task, judge)
        return
    met = [row for p in task.protections if (row := p.assurance) and _seen(row) in decision.evidence]
    tasks = [number for pair in task.pairs for number in pair.collides] if decision.rule == "CUT-11" else []
    yield Bind(decision, assurances=tuple(met), tasks=tuple(dict.fromkeys(tasks)))


def _seen(assurance: Assurance) -> Evidence:
    return Evidence("assurance", assurance.level, assurance.place("level"))


def _whose_notice(rule: str, task: Task, judge: Judges) -> Iterator[Bind]:
    """Each customer judged alone; those of one lead time and one publication are judged alike, so one stands for all.

    What is then said in the same words of several is one thing that binds.
    """
    alike: dict[tuple[object, ...], list[Telling]] = {}
    for telling in task.tellings:
        told, notice = telling.publication, telling.customer.notice if telling.customer else None
        alike.setdefault((notice, told.at.value, told.never, told.as_if), []).append(telling)
    said: dict[tuple[Verdict, Say], tuple[Decision, list[Customer | None]]] = {}
    for group in alike.values():
        alone = judge(replace(task, tellings=(group[0],))).decision(rule)
        if _fails(alone):
            _, customers = said.setdefault((alone.verdict, alone.says), (alone, []))
            customers += [telling.customer for telling in group]
    for decision, customers in said.values():
        yield Bind(decision, customers=tuple(customers))
