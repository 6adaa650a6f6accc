"""All rules about cutovers, registered, and how a case table's row becomes what they judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

from aftersales_cli.cutover import assurance_rules, confirming, form_rules, lint_rules, rescheduling, timing_rules
from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.impact import Hop, Routes
from aftersales_cli.cutover.task import Task
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.places import Fact, Known
from aftersales_cli.records import amounts, cells, moments
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.routes import Path
from aftersales_cli.records.values import BEIJING, Window
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.rules.rule import subject

RULES_IN = (form_rules, timing_rules, lint_rules, assurance_rules, confirming, rescheduling)
RULE_IDS = (
    *(f"CUT-{n:02}" for n in range(1, 12)),
    *(f"ASR-{n}" for n in range(1, 4)),
)
"""The rules that judge a task, in the order they are shown."""

OWNER = "K0001"
EXTRAS = (
    *("as_of", "owner", "agreed_notice", "ledger_published"),
    *("other_resources", "other_window"),
    *("assured_level", "assured_from", "assured_to", "assured_daily"),
)
"""What a case may say beside the columns of the table; see `task_of_case`."""


@subject("cutovers", extras=EXTRAS)
def task_of_case(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Task:
    """The task that one row of a case table makes.

    Extras: `as_of` (default: the day before the window), `owner` (the name of the circuit's owner; `none` for a circuit
    the inventory has not; default: the row's own name), `agreed_notice`, `ledger_published`, an assurance by
    `assured_level`, `assured_from`, `assured_to` and `assured_daily`, and a second task by `other_resources` and
    `other_window`. The circuit's working path runs over 主用光缆, its protecting path over 备用光缆.
    """
    made = cast("Cutover | Broken", row)
    window = made.fact("window")
    begins = window.value.start if isinstance(window, Known) else datetime(2011, 6, 1, tzinfo=BEIJING)
    now = moments.instant(extras["as_of"]).at if extras.get("as_of") else begins - timedelta(days=1)
    gatherer = Gatherer(
        now=now,
        ownership=_ownership(made, extras),
        vocabularies=cast("Vocabularies", tools["vocabularies"]),
        assurances=_assurances(extras),
        history=History(_issued(made, window, extras)),
        routes=_routes(made),
    )
    return gatherer.tasks((made, *_other(made, extras)))[0]


def _routes(row: Cutover | Broken) -> Routes:
    circuit = str(row.fact("circuit_code").value or "")
    hops = {Path.WORKING: "主用光缆", Path.PROTECTING: "备用光缆"}
    riding = {folded(resource): (Hop(circuit, path, resource),) for path, resource in hops.items()}
    return Routes(riding, {folded_circuit(circuit): frozenset(hops)}) if circuit else Routes()


def _other(row: Cutover | Broken, extras: Mapping[str, str]) -> tuple[Cutover, ...]:
    """The second task: the same circuit, by its resources alone."""
    if not extras.get("other_resources") or isinstance(row, Broken):
        return ()
    window = moments.window(extras["other_window"]) if extras.get("other_window") else row.window
    resources = cells.codes(extras["other_resources"])
    return (replace(row, task_no=f"{row.task_no}-2", circuit_code=None, window=window, resources=resources),)


def _ownership(row: Cutover | Broken, extras: Mapping[str, str]) -> Ownership:
    name, code = row.fact("customer_name").value, row.fact("circuit_code").value
    owner = extras.get("owner") or name or "示例客户"
    notice = amounts.lead(extras["agreed_notice"]) if extras.get("agreed_notice") else None
    facts: dict[str, Any] = {"level": "集团级", "headquarters": "北京", "contact_phone": "010-00000000"}
    customers = [Customer(code=OWNER, name=str(owner), notice=notice, **facts)]
    if name and folded(str(name)) != folded(str(owner)):
        customers.append(Customer(code="K0002", name=str(name), **facts))
    circuits = [Circuit(circuit_code=str(code), customer_code=OWNER)] if code and extras.get("owner") != "none" else []
    return Ownership(MemoryInventory(circuits, complete=True), Customers(customers))


def _assurances(extras: Mapping[str, str]) -> Assurances:
    if not extras.get("assured_level"):
        return Assurances()
    daily = extras.get("assured_daily")
    row = Assurance(
        customer_code=OWNER,
        level=extras["assured_level"],
        start=moments.instant(extras["assured_from"]),
        end=moments.instant(extras["assured_to"]),
        daily=moments.daily_hours(daily) if daily else None,
    )
    return Assurances((row,))


def _issued(row: Cutover | Broken, window: Fact[Window], extras: Mapping[str, str]) -> tuple[Issued, ...]:
    if not extras.get("ledger_published"):
        return ()
    told, of = moments.instant(extras["ledger_published"]).at, window.known
    number, circuit = str(row.fact("task_no").value or ""), str(row.fact("circuit_code").value or "")
    dates = (told, told, False, of.start, of.end)
    return (Issued("case", number, OWNER, "", 0, Change.NEW, *dates, "", "", "", (circuit,)),)
