"""What a run has to record of a case, and which document goes with it; nothing that the ledger says already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from aftersales_cli.feedback.case import Case, State
from aftersales_cli.feedback.memory import WANTED, said
from aftersales_cli.places import Known
from aftersales_cli.records.events import CaseEvent, Happened
from aftersales_cli.records.values import FeedbackKind, Outcome


class Asked(StrEnum):
    """What the initiating unit is asked for."""

    EXPLAIN = "explain"
    DECIDE = "decide"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Next:
    """One event that is due to be recorded. Those of `WITH_DOCUMENTS` are recorded with the document they stand for."""

    event: Happened
    at: datetime
    said: Mapping[str, Any]


WITH_DOCUMENTS = (Happened.SUPPORT_REQUESTED, Happened.LETTER_WRITTEN, Happened.FORWARDED)


def due(case: Case, *, letters: bool, reachable: bool) -> tuple[Next, ...]:
    """Everything new about a case, in order; `reachable` tells whether there are departments to forward it to.

    `letters` asks for the letter in Word, too: one that was written without is written again.
    """
    return (*_heard(case), *_asked(case), *_told(case, letters=letters), *_forwarded(case, reachable), *_closed(case))


def _heard(case: Case) -> Iterator[Next]:
    """What the files say that the ledger does not."""
    heard = [each for each in case.events if each.event in (Happened.RECEIVED, Happened.CHANGED)]
    content = said(case.row, WANTED)
    if not heard:
        yield Next(Happened.RECEIVED, case.row.received_at.at, content)
    elif dict(heard[-1].said) != content:
        yield Next(Happened.CHANGED, case.now, content)
    if case.row.outcome in (Outcome.MET, Outcome.NOT_MET):
        yield from _new(case, Happened.DECIDED, case.now, said(case.row, ["outcome"]))
    if case.row.unit_reason:
        yield from _new(case, Happened.REASON_GIVEN, case.now, said(case.row, ["unit_reason"]))
    if case.row.replied_at is not None:
        yield from _new(case, Happened.REPLIED, case.row.replied_at.at, said(case.row, ["replied_at"]))


def asked_of_unit(case: Case) -> Asked | None:
    """What the initiating unit has to do for this case, if anything (R4, R5)."""
    if case.task is None or isinstance(case.replied_at, Known):
        return None
    if case.kind is FeedbackKind.QUESTION:
        return Asked.EXPLAIN
    if case.kind is not FeedbackKind.OBJECTION or isinstance(case.reason, Known) or case.row.outcome is Outcome.MET:
        return None
    if case.begins is not None and case.begins <= case.now:
        return None
    return Asked.REASON if case.refused else Asked.DECIDE


def _asked(case: Case) -> Iterator[Next]:
    asked = asked_of_unit(case)
    if asked is not None:
        content = {"asked": asked.value} | said(case.row, ["task_no", "text"])
        yield from _new(case, Happened.SUPPORT_REQUESTED, case.now, content)


def _told(case: Case, *, letters: bool) -> Iterator[Next]:
    """The letter with the reason, as long as it comes before the work and the customer was not answered (R5)."""
    late = case.begins is None or case.begins <= case.now
    if case.kind is not FeedbackKind.OBJECTION or not case.refused or case.task is None or late:
        return
    if not isinstance(case.reason, Known) or isinstance(case.replied_at, Known):
        return
    window = case.window.value if case.window else None
    content = {"unit_reason": case.reason.value, "window": str(window)}
    last = case.last(Happened.LETTER_WRITTEN)
    before = {key: value for key, value in last.said.items() if key != "word"} if last else None
    if before != content or (letters and last is not None and not last.said.get("word")):
        yield Next(Happened.LETTER_WRITTEN, case.now, content | {"word": letters})


def stands(case: Case) -> bool:
    """Whether a request for protection is still to be forwarded: not refused, and its period not over (R6)."""
    if case.kind is not FeedbackKind.ASSURANCE or case.refused or case.state is State.CLOSED:
        return False
    return case.row.end is not None and case.row.end.latest > case.now


def _forwarded(case: Case, reachable: bool) -> Iterator[Next]:
    if stands(case) and reachable:
        content = said(case.row, ["level", "start", "end", "circuit_codes"])
        yield from _new(case, Happened.FORWARDED, case.now, content)


def _closed(case: Case) -> Iterator[Next]:
    if case.state is State.CLOSED and case.row.replied_at is not None:
        yield from _new(case, Happened.CLOSED, case.row.replied_at.at, said(case.row, ["outcome"]))


def _new(case: Case, event: Happened, at: datetime, content: Mapping[str, Any]) -> Iterator[Next]:
    last = case.last(event)
    if last is None or dict(last.said) != dict(content):
        yield Next(event, at, content)


def recorded(case: Case, new: Next, files: tuple[str, ...] = ()) -> CaseEvent:
    """The event as the ledger keeps it."""
    return CaseEvent(
        feedback_no=case.number,
        kind=case.kind.value,
        customer_code=case.customer.code,
        task_no=case.row.task_no,
        event=new.event,
        happened_at=new.at,
        recorded_at=case.now,
        said=new.said,
        files=files,
    )
