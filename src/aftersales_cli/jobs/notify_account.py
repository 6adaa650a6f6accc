"""What a notifying run has decided, kept in few words: the fate of every circuit, and what was not told, and why."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aftersales_cli.cutover.holding import Judged, worth_saying
from aftersales_cli.cutover.notices import Fate, Fated, Plan, Standing, accounting, notice_id
from aftersales_cli.files.shelf import Arranged, Shelf
from aftersales_cli.places.quick import quick
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.words import Say

OPEN = (Verdict.BREACHED, Verdict.NEEDS_A_PERSON)


@quick
class Became:
    """What became of one circuit of one task; `task` is its number, or the place of a row without one."""

    task: str
    task_no: str | None
    circuit_code: str | None
    customer_code: str | None
    fate: Fate
    why: Say | None

    @classmethod
    def of(cls, fated: Fated) -> Became:
        """The same in few words."""
        task, pair = fated.task, fated.pair
        return cls(task.name, task.task_no, pair.circuit_code, pair.owner.customer_code, fated.fate, fated.why)


@quick
class HeldBack:
    """What one customer is not told of one task now; `sequence` is that of the notice that stands, if any."""

    task: str
    customer_code: str
    circuit_codes: tuple[str, ...]
    why: Say | None
    sequence: int | None = None

    @property
    def notice_id(self) -> str:
        """That of the notice it would be, or is."""
        return notice_id(self.task, self.customer_code)


@dataclass
class Account:
    """Takes the tasks one by one. Each (task, circuit) pair has one fate (D6).

    `open`: a rule is breached or needs a person; `open_rules` has the names of tasks by rule, where that is more than
    a cell that cannot be read.
    """

    became: Shelf[Became] = field(default_factory=Shelf)
    held_back: Shelf[HeldBack] = field(default_factory=Shelf)
    standing: list[Standing] = field(default_factory=list)
    not_seen: tuple[str, ...] = ()
    open: bool = False
    open_rules: dict[str, list[str]] = field(default_factory=dict)
    _counts: Counter[Fate] = field(default_factory=Counter)
    _by_fate: dict[Fate, array[int]] = field(default_factory=lambda: {fate: array("Q") for fate in Fate})
    _held_by_customer: dict[str, list[int]] = field(default_factory=dict)

    def planned(self, plan: Plan) -> None:
        """Take what was planned of one task."""
        self.standing += plan.standing
        for fated in plan.fates:
            self._by_fate[fated.fate].append(self.became.append(Became.of(fated)))
            self._counts[fated.fate] += 1
        for held in _held_back(plan):
            place = self.held_back.append(held)
            self._held_by_customer.setdefault(folded(held.customer_code), []).append(place)

    def judged(self, one: Judged) -> None:
        """Take what the rules say of one task."""
        for decision in one.decisions:
            self.open |= decision.verdict in OPEN
            if worth_saying(decision):
                self.open_rules.setdefault(decision.rule, []).append(one.task.name)

    def accounting(self) -> dict[str, int]:
        """What became of all pairs, counted."""
        return accounting(self._counts)

    def of(self, fate: Fate) -> Sequence[Became]:
        """The circuits of one fate, in the order of their tasks."""
        return Arranged(self.became, order=self._by_fate[fate])

    def customers_held(self) -> Iterator[str]:
        """The folded codes of customers of whom something is held, or stands as told."""
        return iter(self._held_by_customer)

    def held_of(self, code: str) -> list[HeldBack]:
        """What is held of a customer, by folded code."""
        return [self.held_back[place] for place in self._held_by_customer.get(code, ())]


def _held_back(plan: Plan) -> list[HeldBack]:
    """By customer: what is held of one task, and what stands because it could not be compared."""
    found: dict[str, tuple[str, str, list[str], Say | None]] = {}
    for fated in plan.fates:
        if fated.fate is Fate.HELD:
            for code in fated.pair.owner.codes:
                entry = found.setdefault(folded(code), (fated.task.name, code, [], fated.why))
                entry[2].extend([fated.pair.circuit_code] if fated.pair.circuit_code else [])
    held = [HeldBack(task, code, tuple(circuits), why) for task, code, circuits, why in found.values()]
    for standing in plan.standing:
        last, whom = standing.last, standing.last.customer_code
        if whom is not None and folded(whom) not in found:
            held.append(HeldBack(standing.task.name, whom, tuple(last.circuit_codes), standing.why, last.sequence))
    return held
