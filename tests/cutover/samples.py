"""Tasks, customers and notices for the tests of the cutover rooms, made without any file."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Any

from aftersales_cli import library
from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.task import Task
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Source
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.values import BEIJING, Instant, Interruption, Interrupts, Window
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.rules.book import load_book


def at(text: str) -> datetime:
    """A moment in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def day(text: str) -> Instant:
    """A day without a time."""
    return Instant(at(text), whole_day=True)


NOW = at("2011-05-27T09:00")
NIGHT = Window(at("2011-06-08T00:00"), at("2011-06-08T06:00"))
HALF_AN_HOUR = Interruption(Interrupts.YES, 30)
TASK = "BD2011SHJH000001"


@cache
def words() -> Vocabularies:
    """The rule book's word lists."""
    return load_book([library.content("rulebook")]).vocabularies


def customer(code: str = "K1", name: str = "甲公司", **given: Any) -> Customer:
    """A customer who can be reached."""
    facts: dict[str, Any] = {"level": "省级", "headquarters": "上海", "contact_phone": "021-12345678"} | given
    return Customer(code=code, name=name, **facts)


def row(circuit: str | None = "X1", line: int = 2, **given: Any) -> Cutover:
    """A row of cutovers; `line` is where it stood."""
    facts: dict[str, Any] = {
        "task_no": TASK,
        "window": NIGHT,
        "interruption": HALF_AN_HOUR,
        "province": "上海",
        "reason": "外力施工",
    }
    source = Source("cutovers.csv", line=line, columns={"circuit_code": ("F", "电路代号"), "window": ("B", "割接时间")})
    return Cutover(circuit_code=circuit, source=source, **(facts | given))


def gatherer(
    *issued: Issued,
    owners: dict[str, str] | None = None,
    customers: tuple[Customer, ...] = (customer(), customer("K2", "乙公司")),
    now: datetime = NOW,
    assurances: Assurances | None = None,
) -> Gatherer:
    """A gatherer over a small inventory: X1 and Y1 are K1's, X2 is K2's."""
    found = {"X1": "K1", "Y1": "K1", "X2": "K2"} if owners is None else owners
    circuits = [Circuit(circuit_code=code, customer_code=owner) for code, owner in found.items()]
    return Gatherer(
        now=now,
        ownership=Ownership(MemoryInventory(circuits, complete=True), Customers(customers)),
        vocabularies=words(),
        assurances=assurances or Assurances(),
        history=History(issued),
    )


def task(*rows: Cutover, **given: Any) -> Task:
    """The task that these rows make (none: one row)."""
    return gatherer(**given).task(rows or (row(),))


def issued(code: str | None = "K1", **given: Any) -> Issued:
    """A notice of the task, issued on 27 May 2011."""
    facts: dict[str, Any] = {
        "notice_id": "N1",
        "task_no": TASK,
        "customer_name": "甲公司",
        "sequence": 0,
        "change": Change.NEW,
        "issued_at": NOW,
        "published_at": NOW,
        "published_said": False,
        "window_start": NIGHT.start,
        "window_end": NIGHT.end,
        "interruption": "中断: 30分钟",
        "province": "上海",
        "reason": "外力施工",
        "circuit_codes": ("X1",),
    }
    return Issued(customer_code=code, **(facts | given))
