"""How a case table's row and what stands beside it become a case of feedback."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from aftersales_cli.feedback.case import Case
from aftersales_cli.records import moments
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import CaseEvent, Happened
from aftersales_cli.records.feedback import Feedback

EXTRAS = ("as_of", "window", "forwarded_at", "reason_seen_at")
"""What a case may say beside the row: the moment of the run, the window of the work, and what the ledger has seen."""

OWNER = Customer(code="K0001", name="示例客户", level="集团级", headquarters="北京", contact_phone="010-00000000")


def case_of_row(row: Row | Broken, extras: Mapping[str, str]) -> Case:
    """The case as a run would make it; without `as_of` the run is at the moment the feedback was received."""
    said = cast("Feedback", row)
    now = moments.instant(extras["as_of"]).at if "as_of" in extras else said.received_at.at
    window = moments.window(extras["window"]) if "window" in extras else None
    seen = {"forwarded_at": Happened.FORWARDED, "reason_seen_at": Happened.REASON_GIVEN}
    events = tuple(_event(said, event, moments.instant(extras[key]).at) for key, event in seen.items() if key in extras)
    return Case(said, OWNER, None, now, events=events, told=window)


def _event(row: Feedback, event: Happened, at: datetime) -> CaseEvent:
    return CaseEvent(row.feedback_no, row.kind.value, row.customer_code, row.task_no, event, at, at)
