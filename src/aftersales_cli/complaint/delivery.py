"""D: whether a notice naming the circuit was delivered to this customer as required (R11, R12, D3)."""

from __future__ import annotations

from typing import Any

from aftersales_cli.complaint.established import Established, both
from aftersales_cli.complaint.measures import Measure, Measures
from aftersales_cli.complaint.promise import Promise
from aftersales_cli.complaint.subject import Case
from aftersales_cli.cutover.ahead import ahead, unit_words
from aftersales_cli.places import Fact, Unknown
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.events import Issued
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import Instant, Window, Word
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

NO_RECEIPT = Say("no receipt says that the notice was delivered to this customer; register one in receipts")


def delivered(case: Case, told: Promise, numbers: Measures, workdays: Workdays) -> Established:
    """A receipt counts that names the circuit or is blank; of several positive ones the earliest (D4)."""
    if told.unclear is not None:
        return Established.unknown(told.unclear)
    if case.customer_code is None:
        whose = Say("nobody says whose circuit it is; fill in 客户编码")
        return Established.unknown(Unknown("customer_code", whose, case.complaint.place("customer_code")))
    if told.cancelled:
        return Established.of(False, Say("the last notice before the work began took it back"), told.window)
    if told.named is False:
        return Established.of(False, Say("the last notice to this customer does not name the circuit"), told.window)
    counting = [r for r in case.receipts if isinstance(r, Receipt) and covers(r, case, told)]
    facts: list[Fact[Any]] = [receipt.fact("delivered_at") for receipt in counting]
    positive = [fact for fact in facts if isinstance(fact.value, Instant) and not _impossible(fact.value, told)]
    refused = [fact for fact in facts if isinstance(fact.value, Word)]
    if not facts:
        return _none(case, told)
    if positive and refused:
        why = Unknown("receipts", Say("one receipt says delivered, another 未送达; which is right?"), refused[0].place)
        return Established.unknown(why, *facts)
    if not positive and not refused:
        why = Unknown("delivered_at", Say("delivered {at}, before the notice was published; mend the one that is wrong",
                                          at=facts[0].value), facts[0].place)  # fmt: skip
        return Established.unknown(why, *facts)
    if refused:
        return _settled(case, False, Established.of(False, Say("a receipt says 未送达"), *refused))
    return _timely(case, told, min(positive, key=lambda fact: fact.known), numbers, workdays)


def _impossible(at: Instant, told: Promise) -> bool:
    """Whether it lies before every publication that is said: nothing could have been delivered then."""
    said = [fact.value.at for fact in told.published if isinstance(fact.value, Instant)]
    return bool(said) and at.latest < min(said)


def covers(receipt: Receipt, case: Case, told: Promise) -> bool:
    """Whether a receipt is one of a notice with this circuit and this window.

    Named circuits must be ours. Where the ledger knows the notices that carry both, a positive receipt belongs to one
    of them: not older than it, and of its id and sequence where those are given.
    """
    if receipt.circuit_codes and case.circuit not in map(folded_circuit, receipt.circuit_codes):
        return False
    return not told.carrying or any(_is_of(receipt, notice) for notice in told.carrying)


def _is_of(receipt: Receipt, notice: Issued) -> bool:
    if receipt.notice_id is not None and folded(receipt.notice_id) != folded(notice.notice_id):
        return False
    if receipt.sequence is not None and receipt.sequence != notice.sequence:
        return False
    # the first may have gone out another way as a cell says; a later one only when it was issued
    since = min(notice.published_at, notice.issued_at) if notice.sequence == 0 else notice.issued_at
    at = receipt.delivered_at
    return isinstance(at, Word) or at.latest >= since.replace(second=0, microsecond=0)


def _none(case: Case, told: Promise) -> Established:
    doubt = _unread(case, value=False)
    if case.in_ledger and told.named is None and doubt is None:
        says = Say("the ledger holds notices of this cutover, none of them to this customer naming the circuit")
        return Established.of(False, says, told.window)
    return Established.unknown(doubt or Unknown("receipts", NO_RECEIPT))


def _settled(case: Case, value: bool | None, found: Established) -> Established:
    doubt = _unread(case, value=value)
    return Established.unknown(doubt) if doubt is not None and value is not None else found


def _unread(case: Case, *, value: bool | None) -> Unknown | None:
    """A receipt nobody can read may say otherwise; one whose time is blank may still say delivered."""
    if not case.every_receipt:
        return Unknown("receipts", Say("the receipts could not be read completely"), unread=True)
    for row in case.receipts:
        if isinstance(row, Broken):
            at = row.fact("delivered_at")
            if value is not True or not isinstance(at, Unknown) or at.unread:
                return Unknown(
                    "delivered_at", Say("a receipt that may be of this customer cannot be read"), row.place()
                )
    return None


def _timely(case: Case, told: Promise, fact: Fact[Any], numbers: Measures, workdays: Workdays) -> Established:
    needed = numbers.delivered_ahead
    if needed.lead is None or isinstance(told.window, Unknown):
        return Established.unknown(needed.missing or told.window)  # type: ignore[arg-type]  # one of them is Unknown
    at, start = fact.known, told.window.value.start
    begun = False if at.at >= start else True if at.latest <= start else None
    value = both(begun, ahead(at, start, needed.lead.unit, workdays).at_least(needed.lead.amount))
    says = Say("delivered {at}, window {start}", at=at, start=start)
    missing = [] if value is not None else [
        Unknown(fact.field, Say("the hour of delivery decides; write it with its time"), fact.place)
    ]  # fmt: skip
    short = _short(at, told.window.value, numbers.statutory, workdays) if value else []
    found = Established.of(value, says, fact, told.window, missing=missing, cautions=(*short, *needed.cautions),
                           values=needed.used)  # fmt: skip
    return _settled(case, value, found)


def _short(at: Instant, window: Window, statutory: Measure, workdays: Workdays) -> list[Say]:
    """The caution where it was delivered later than the state wants users told (facts §5)."""
    lead = statutory.lead
    if lead is None or ahead(at, window.start, lead.unit, workdays).at_least(lead.amount) is not False:
        return []
    return [Say("delivered less than {needed} ahead", needed=unit_words(lead))]
