"""What the ledger gives back: notices issued, with all that is needed to compare and to prove them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Change(StrEnum):
    """What a notice is to its customer, compared with the last one (D12)."""

    NEW = "new"
    UPDATE = "update"
    CANCEL = "cancel"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class Issued:
    """One notice: one task for one customer at one sequence (D12).

    `notice_id` stays the same over sequences. `customer_code` is None for the enterprise customer department's notice.
    `published_at` is the publication the notice acted on (D3); `published_said` tells that a cell said so (else it is
    the run's own instant). `window`, `interruption`, `province` and `reason` are as the form printed them;
    `circuit_codes` as the inventory spells them. `inputs` are the files that stood behind it, by table.
    `despite` holds the rules it was released from, with the reason given.
    """

    notice_id: str
    task_no: str
    customer_code: str | None
    customer_name: str
    sequence: int
    change: Change
    issued_at: datetime
    published_at: datetime
    published_said: bool
    window_start: datetime
    window_end: datetime
    interruption: str
    province: str
    reason: str
    circuit_codes: tuple[str, ...]
    recipients: tuple[str, ...] = ()
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    despite: Mapping[str, str] = field(default_factory=dict)
    run: str = ""
