"""One complaint with all that its answer rests on: the cutover it is matched to, what was told, what was received."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from typing import Any

from aftersales_cli.complaint.filing import Filing
from aftersales_cli.complaint.received import Receipts
from aftersales_cli.cutover.history import History, Told
from aftersales_cli.cutover.task import Pair, Protection
from aftersales_cli.places import Fact, Problem, Unknown
from aftersales_cli.places.quick import quick
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import Category, Instant, Window
from aftersales_cli.register.ownership import Owner
from aftersales_cli.words import Say


@quick
class Matched:
    """What matching found: the cutover's rows for this circuit, or `why` none can be named.

    `candidates` are the task numbers it may be. A `problem` holds the complaint.
    """

    filing: Filing | None = None
    pair: Pair | None = None
    why: Unknown | None = None
    candidates: tuple[str, ...] = ()
    cautions: tuple[Say, ...] = ()
    problem: Problem | None = None


@quick
class Case:
    """One complaint, the subject of the answer rules; of a `Task` it has what the rules of assurance judge.

    `told` are the notices of the task to this customer, in order; where it was told nothing itself, the department's
    that name the circuit. `in_ledger` says that the ledger holds notices of this task to anybody.
    `receipts` are those of task and customer, broken ones among them. `memo` keeps what was established, by province.
    """

    complaint: Complaint
    now: datetime
    filing: Filing | None = None
    pair: Pair | None = None
    why: Unknown | None = None
    candidates: tuple[str, ...] = ()
    customer_code: str | None = None
    customer: Customer | None = None
    told: Told = ()
    in_ledger: bool = False
    receipts: tuple[Receipt | Broken, ...] = ()
    every_receipt: bool = True
    cautions: tuple[Say, ...] = ()
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def circuit(self) -> str:
        """The circuit's folded code."""
        return folded_circuit(self.complaint.circuit_code)

    @property
    def reported_at(self) -> Instant:
        """The day whose editions answer it."""
        return self.complaint.reported_at

    @property
    def no_task(self) -> Unknown:
        """Why nothing is known of its cutover."""
        return self.why or Unknown("task_no", Say("no cutover is named"), self.complaint.place("task_no"))

    @property
    def window(self) -> Fact[Window]:
        """As filed."""
        return self.filing.window if self.filing else self.no_task

    @property
    def window_start(self) -> Fact[Any]:
        """The day whose editions judge the cutover."""
        return self.filing.task.window_start if self.filing else self.no_task

    @property
    def category(self) -> Fact[Category]:
        """As filed."""
        return self.filing.category if self.filing else self.no_task

    @property
    def protections(self) -> tuple[Protection, ...]:
        """The assurances its cutover touches."""
        return self.filing.task.protections if self.filing else ()

    @property
    def protections_missing(self) -> Unknown | None:
        """Why nobody can say that it touches no further one."""
        return self.filing.task.protections_missing if self.filing else None


def case_of(
    complaint: Complaint, matched: Matched, owner: Owner | None, now: datetime, history: History, receipts: Receipts
) -> Case:
    """The complaint with its evidence; `owner` is whose circuit it is as the cutover's rows or the inventory say."""
    code = complaint.customer_code or (owner.customer_code if owner else None)
    filing, number = matched.filing, matched.filing.task.task_no if matched.filing else None
    found = receipts.of(number, code) if filing else ()
    said = (owner.caution,) if owner and owner.caution else ()
    return Case(
        complaint=complaint,
        now=now,
        filing=filing,
        pair=matched.pair,
        why=matched.why,
        candidates=matched.candidates,
        customer_code=code,
        customer=owner.customer if owner else None,
        told=_told(history, number, code, folded_circuit(complaint.circuit_code)) if filing else (),
        in_ledger=bool(filing and history.of_task(number)),
        receipts=found,
        every_receipt=receipts.complete,
        cautions=(*matched.cautions, *said),
    )


def _told(history: History, number: str | None, code: str | None, circuit: str) -> Told:
    """Where the customer was told nothing itself, the department was told in its place (R3)."""
    if code is None:
        return ()
    return history.of(number, code) or tuple(
        notice for notice in history.of(number, None) if circuit in map(folded_circuit, notice.circuit_codes)
    )
