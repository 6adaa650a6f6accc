"""What the ledger gives back: notices issued, with all that is needed to compare and to prove them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


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
    `despite` holds the rules it was released from, with the reason given. `collisions` are the tasks that together with
    this one cut both paths of a circuit, by circuit code, as the customer was told.
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
    collisions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    run: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one run made of one task, as JSON: rows, decisions, each circuit's fate, and the papers by sha256.

    A sentence stands in it as `{"zh": …, "en": …}`. See `jobs/evidence_kept.py` for its keys.
    """

    task_no: str
    said: Mapping[str, Any]
    run: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that judged, kept by its content: `kind` is card, province or calendar; `name` its file name."""

    kind: str
    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """What it is found by; the hexadecimal digest of its content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run keeps beside its notices, so that it can be shown later why they went out as they did."""

    judgements: tuple[Judgement, ...] = ()
    papers: tuple[Paper, ...] = ()
