"""A desk of one evening, given cell by cell: a complaint, the rows of its cutovers, receipts, notices of the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aftersales_cli.complaint import rules as _rules  # noqa: F401 - registers the rules
from aftersales_cli.complaint.answering import Answered, Desk, Held, answer_all
from aftersales_cli.complaint.received import Receipts
from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.impact import Routes
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.jobs.rules import bench_of
from aftersales_cli.places import Problem
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Row, Source, Table
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Issued
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.rules.cases import Bench
from aftersales_cli.tables.binding import bind_row
from aftersales_cli.workspace import Workspace
from tests.cutover.samples import at, customer, issued

TASK = "BD2011SHJH000001"
Cells = dict[str, str]

COMPLAINT: Cells = {
    "complaint_no": "S1", "customer_code": "K1", "circuit_code": "X1", "reported_at": "2011-06-08 02:10",
    "began_at": "2011-06-08 02:00", "restored_at": "2011-06-08 02:25", "cause": "割接", "task_no": "",
}  # fmt: skip
CUTOVER: Cells = {
    "task_no": TASK, "category": "", "window": "20110608 00:00-06:00", "interruption": "中断: 30分钟",
    "province": "上海", "reason": "外力施工", "circuit_code": "X1", "customer_name": "", "resources": "",
    "filed_at": "", "published_at": "2011-05-25 09:00", "actual_start": "", "actual_end": "", "status": "",
}  # fmt: skip
RECEIPT: Cells = {
    "task_no": TASK, "customer_code": "K1", "delivered_at": "2011-05-25 10:00", "channel": "电话", "confirmed_by": "王",
    "notice_id": "", "sequence": "", "circuit_codes": "",
}  # fmt: skip
NOTHING: Cells = {}
OWNERS = {"X1": "K1", "Y1": "K1", "X2": "K2"}


@cache
def bench() -> Bench:
    """The shipped book with its tools."""
    return bench_of(Workspace(root=Path()))


@dataclass(frozen=True)
class World:
    """Rows as cells; an empty text is an empty cell."""

    complaints: Sequence[Cells] = (COMPLAINT,)
    cutovers: Sequence[Cells] = (CUTOVER,)
    receipts: Sequence[Cells] = (RECEIPT,)
    told: Sequence[Issued] = ()
    assurances: Sequence[Assurance] = ()
    customers: Sequence[Customer] = (customer(), customer("K2", "乙公司"))
    owners: Mapping[str, str] = field(default_factory=lambda: OWNERS)
    routes: Routes = field(default_factory=Routes)
    whole: bool = True

    def answers(self) -> list[Answered | Held]:
        """What each complaint that can be read is answered."""
        tools = bench().tools
        words: Any = tools["vocabularies"]
        workdays: Any = tools["workdays"]
        circuits = [Circuit(circuit_code=code, customer_code=owner) for code, owner in self.owners.items()]
        ownership = Ownership(MemoryInventory(circuits, complete=True), Customers(self.customers))
        history, now = History(self.told), at("2011-06-20T09:00")
        gatherer = Gatherer(now, ownership, words, Assurances(self.assurances), history, self.routes)
        rows: list[Any] = [bound(Cutover.TABLE, cells, n) for n, cells in enumerate(self.cutovers)]
        read: list[Any] = [bound(Receipt.TABLE, cells, n) for n, cells in enumerate(self.receipts)]
        received = Receipts(
            [row for row in read if isinstance(row, Receipt)],
            [row for row in read if isinstance(row, Broken)],
            complete=self.whole,
        )
        asked: list[Any] = [bound(Complaint.TABLE, cells, n) for n, cells in enumerate(self.complaints)]
        desk = Desk(bench().book, workdays, words, ownership, now, history, received)
        return list(answer_all([c for c in asked if isinstance(c, Complaint)], gatherer.tasks(rows), desk))

    def answered(self) -> Answered:
        """The one complaint's answer."""
        (found,) = self.answers()
        assert isinstance(found, Answered)
        return found

    def problem(self) -> Problem:
        """Why the one complaint is held."""
        (found,) = self.answers()
        assert isinstance(found, Held)
        return found.problem


def bound(table: Table[Any], cells: Cells, n: int) -> Row | Broken:
    """One row as the reader would make it."""
    row: Row | Broken = bind_row(table, cells, bench().book.vocabularies, Source(f"{table.key}.csv", line=n + 2))
    return row


def world(
    *, complaint: Cells = NOTHING, cutover: Cells = NOTHING, receipt: Cells | None = NOTHING, **given: Any
) -> World:
    """The good evening with some cells changed; `receipt=None` for none."""
    facts: dict[str, Any] = {
        "complaints": (COMPLAINT | complaint,),
        "cutovers": (CUTOVER | cutover,),
        "receipts": () if receipt is None else (RECEIPT | receipt,),
    }
    return World(**(facts | given))


def told(code: str | None = "K1", **given: Any) -> Issued:
    """A notice of 25 May 2011, published when it was issued."""
    moment = at("2011-05-25T09:00")
    return issued(code, **({"issued_at": moment, "published_at": moment} | given))
