"""How a case table's row and what stands beside it become a complaint with its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from aftersales_cli.complaint.matching import Index
from aftersales_cli.complaint.received import Receipts
from aftersales_cli.complaint.subject import Case, case_of
from aftersales_cli.cutover.assurance import Assurances
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records import amounts, cells, milestones, moments, one_of
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Parse, Row
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import Cause
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.words import Say

OWNER, TASK = "K0001", "BD2011SHJH000001"
WINDOW, INTERRUPTION = "20110608 00:00-06:00", "中断: 30分钟"
PARSERS: dict[str, Parse] = {
    "category": one_of.category, "window": moments.window,
    "interruption": amounts.interruption, "status": one_of.status,
    "filed_at": milestones.filed, "published_at": milestones.published,
    "actual_start": moments.instant, "actual_end": moments.instant,
}  # fmt: skip


NO_NAME: Fact[str] = Unknown("customer_name", Say("no row names the customer"))


def case_of_row(row: Row | Broken, extras: Mapping[str, str], vocabularies: Vocabularies) -> Case:
    """The case as a run would make it: gathered, matched by number, with receipts and ledger.

    Nobody names a cutover that was not filed; `cutover: none` leaves it out for other causes.
    """
    complaint = cast("Complaint", row)
    number = complaint.task_no or TASK
    now = moments.instant(extras["as_of"]).at if "as_of" in extras else complaint.reported_at.at
    ownership = _ownership(extras, complaint.circuit_code)
    history = History(_notices(extras, number, complaint.circuit_code))
    gatherer = Gatherer(now, ownership, vocabularies, _assurances(extras), history)
    filed = () if extras.get("cutover") == "none" else (gatherer.task([_cutover(extras, number, complaint)]),)
    named = complaint.task_no or (number if filed and complaint.cause is not Cause.UNFILED_CUTOVER else None)
    matched = Index(filed, vocabularies).match(replace(complaint, task_no=named), timedelta())
    circuit: Known[str] = Known("circuit_code", complaint.circuit_code)
    owner = matched.pair.owner if matched.pair else ownership.of(circuit, NO_NAME)
    return case_of(complaint, matched, owner, now, history, Receipts(_receipts(extras, number)))


def _ownership(extras: Mapping[str, str], circuit: str) -> Ownership:
    notice = amounts.lead(extras["agreed_notice"]) if "agreed_notice" in extras else None
    owner = Customer(
        code=OWNER, name="示例客户", level="集团级", headquarters="北京", contact_phone="010-00000000", notice=notice
    )
    known = [] if extras.get("owner") == "none" else [Circuit(circuit_code=circuit, customer_code=OWNER)]
    return Ownership(MemoryInventory(known, complete=True), Customers([owner]))


def _cutover(extras: Mapping[str, str], number: str, complaint: Complaint) -> Cutover:
    given = {"window": WINDOW, "interruption": INTERRUPTION} | {k: v for k, v in extras.items() if k in PARSERS}
    fields: dict[str, Any] = {key: PARSERS[key](text) for key, text in given.items()}
    return Cutover(task_no=number, province="上海", reason="外力施工", circuit_code=complaint.circuit_code, **fields)


def _receipts(extras: Mapping[str, str], number: str) -> tuple[Receipt, ...]:
    """Up to two; the circuits are those of the first."""
    said = [extras[key] for key in ("delivered_at", "also_delivered_at") if key in extras]
    codes = [cells.codes(extras["delivered_circuits"]) if "delivered_circuits" in extras else (), ()]
    return tuple(
        Receipt(
            task_no=number,
            customer_code=OWNER,
            delivered_at=milestones.delivered(text),
            channel="电话",
            confirmed_by="示例",
            circuit_codes=circuits,
        )
        for text, circuits in zip(said, codes, strict=False)
    )


def _notices(extras: Mapping[str, str], number: str, circuit: str) -> tuple[Issued, ...]:
    if "told_at" not in extras:
        return ()
    told, window = moments.instant(extras["told_at"]).at, moments.window(extras.get("told_window", WINDOW))
    circuits = cells.codes(extras.get("told_circuits", circuit))
    change = Change(extras.get("told_change", "new"))
    whom = extras.get("told_whom", OWNER)
    said = extras.get("told_interruption", extras.get("interruption", INTERRUPTION))
    dates = (told, told, True, window.start, window.end)
    return (Issued("case", number, whom, "示例客户", 0, change, *dates, said, "上海", "外力施工", circuits),)


def _assurances(extras: Mapping[str, str]) -> Assurances:
    if "assured_level" not in extras:
        return Assurances()
    start, end = moments.instant(extras["assured_from"]), moments.instant(extras["assured_to"])
    return Assurances((Assurance(customer_code=OWNER, level=extras["assured_level"], start=start, end=end),))
