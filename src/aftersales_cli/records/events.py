"""What the ledger gives back: notices issued, with all that is needed to compare and to prove them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from aftersales_cli.places.quick import quick
from aftersales_cli.records.values import Instant
from aftersales_cli.words import Say


class Change(StrEnum):
    """What a notice is to its customer, compared with the last one (D12)."""

    NEW = "new"
    UPDATE = "update"
    CANCEL = "cancel"
    UNCHANGED = "unchanged"


@quick
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


class Reply(StrEnum):
    """What a customer's calendar answered to our event (PARTSTAT); each of them proves that it arrived."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


@dataclass(frozen=True, slots=True)
class Delivered:
    """One receipt of one notice: that it reached its customer, or that it did not (D3).

    `notice_id` is empty where the ledger has no notice of the task. `delivered_at` is None for 未送达. `confirmed_by`
    is the person who said so; `circuit_codes` empty means all of the notice. `reply` is set where a calendar answered;
    a declined one is an objection too (R5). `source` tells where it was read (`回执登记表.xlsx › row 3`), `recorded_at`
    the as-of of the run that recorded it.
    """

    notice_id: str
    sequence: int
    task_no: str
    customer_code: str
    delivered_at: Instant | None
    channel: str
    confirmed_by: str
    circuit_codes: tuple[str, ...]
    source: str
    recorded_at: datetime
    reply: Reply | None = None


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


class Happened(StrEnum):
    """What happened to a case of customer feedback (R4–R6)."""

    RECEIVED = "received"
    CHANGED = "changed"  # what the customer wants is said differently from before
    SUPPORT_REQUESTED = "support_requested"
    DECIDED = "decided"
    REASON_GIVEN = "reason_given"
    LETTER_WRITTEN = "letter_written"
    FORWARDED = "forwarded"
    REPLIED = "replied"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """One event of one case. `happened_at` is when it happened as far as is known, `recorded_at` the run's moment.

    `said` is what makes it this event and no other, as JSON: of an event that says the same as the last of its kind
    nothing is recorded. `files` are the documents written with it, by their names in the run's folder.
    """

    feedback_no: str
    kind: str
    customer_code: str
    task_no: str | None
    event: Happened
    happened_at: datetime
    recorded_at: datetime
    said: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    run: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerGiven:
    """What one complaint was answered, as a run wrote it down (R9–R14).

    `letter` is the fingerprint of what the customer was told, None where no letter went out (a person is needed, or the
    cause is another); `sheet` that of the decision sheet. `decisions` are those of all answer rules, as the contract
    has them. `despite` are the rules the letter was released from, with the reason. `files` are this run's documents.
    """

    complaint_no: str
    answer: str
    primary: str | None
    task_no: str | None
    customer_code: str | None
    circuit_code: str
    answered_at: datetime
    letter: str | None
    sheet: str
    decisions: tuple[Any, ...] = ()
    despite: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    run: str = ""


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit as a run recorded it; said anew with the same number where a later record says more.

    `said` are the row's fields as JSON, empty ones left out, and `corrections`, those of the customer's data that were
    written for the CRM with it; `source` tells where they were read.
    """

    visit_no: str
    customer_code: str
    said: Mapping[str, Any]
    source: str
    recorded_at: datetime
    run: str | None = None


@dataclass(frozen=True, slots=True)
class VisitExported:
    """That a visit's record went into an upload workbook for the group system (R40).

    `content` is the fingerprint of what was said of the visit there; `again` tells that the system had it already and
    has to change it.
    """

    visit_no: str
    customer_code: str
    content: str
    again: bool
    exported_at: datetime
    run: str = ""


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """One visit of a year's routine plan, as a run wrote it down (R19); the plan of a year is that of its last run.

    It is the `number`-th `of` so many for its customer, between `slot_from` and `slot_to`. `engineer` is the name in
    the plan, `role` by what they go (None: written before that was kept); `sequence` grows when a later plan moves the
    visit. `provisional`: the year was not published then. `unread` are the keys of the tables that were not read
    whole, so that nobody knew all days on which the customer is left in peace. `superseded`: its day was over when
    another visit took its slot, for its customer has fewer visits since; it is kept, and owed no more.
    """

    year: int
    customer_code: str
    number: int
    of: int
    day: date
    place: str
    engineer: str
    slot_from: date
    slot_to: date
    content: tuple[str, ...] = ()
    filed: bool = False
    provisional: bool = False
    sequence: int = 0
    run: str = ""
    role: str | None = None
    unread: tuple[str, ...] = ()
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """One visit of a year's routine plan for which there was no day or nobody, and why (R19); its slot is owed.

    `engineer` is None where nobody was found at the `place`. `was` is the day of the plan before, where it had one.
    """

    year: int
    customer_code: str
    number: int
    of: int
    place: str
    engineer: str | None
    slot_from: date
    slot_to: date
    because: Say
    was: date | None = None
    unread: tuple[str, ...] = ()
    run: str = ""


@dataclass(frozen=True, slots=True)
class YearsPlan:
    """What the ledger knows of one year's routine plan: the last run's, and what earlier runs had beside it.

    `former` are visits that the last plan does not have: each as the last run had it that planned it, so that a visit
    which comes back gets its day back, and a calendar's number above all it ever had.
    """

    visits: tuple[PlannedVisit, ...] = ()
    superseded: tuple[PlannedVisit, ...] = ()
    open: tuple[OpenVisit, ...] = ()
    former: tuple[PlannedVisit, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run keeps beside its notices, so that it can be shown later why they went out as they did.

    `plans` are the years that it planned, though no visit be left in them.
    """

    judgements: Sequence[Judgement] = ()
    papers: tuple[Paper, ...] = ()
    case_events: tuple[CaseEvent, ...] = ()
    answers: tuple[AnswerGiven, ...] = ()
    visits: tuple[Visited, ...] = ()
    exports: tuple[VisitExported, ...] = ()
    planned: tuple[PlannedVisit, ...] = ()
    open_visits: tuple[OpenVisit, ...] = ()
    plans: tuple[int, ...] = ()
