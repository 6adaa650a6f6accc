"""How each customer's last notice of each task stands: delivered, or waiting for a receipt and since when too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from aftersales_cli.cutover.confirming import RULE, WITHIN, Awaited, DueBy, due_by
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.places import Known
from aftersales_cli.records.events import Delivered, Issued, Reply
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.values import Instant, InstantOrWord, Word
from aftersales_cli.rules.decision import Decision, Verdict


class State(StrEnum):
    """The contract's words for a notice (section 5), as far as receipts tell; from what presses most."""

    FAILED = "failed"
    RENDERED = "rendered"
    EXPIRED = "expired"
    DELIVERED = "delivered"


@dataclass(frozen=True, slots=True)
class Standing:
    """One task for one customer: its last notice, what its receipts say, and what the book says of that.

    `confirmed_sequence` is the newest version anybody has confirmed. `objections` are calendar replies that decline,
    whatever the version, unless their sender has answered otherwise since. `decision` and `due` are None for the
    department, of which nobody asks a receipt, and where no edition of REC-1 was in force.
    """

    notice: Issued
    said: tuple[Delivered, ...]
    confirmed_sequence: int | None
    objections: tuple[Delivered, ...]
    decision: Decision | None
    due: DueBy | None
    now: datetime

    @property
    def delivered(self) -> Delivered | None:
        """The receipt by which all of the notice had reached its customer."""
        return _delivered(self.notice, self.said)

    @property
    def contradicting(self) -> bool:
        """Whether one receipt says delivered and another 未送达."""
        said = {one.delivered_at is None for one in self.said}
        return len(said) > 1

    @property
    def over(self) -> bool:
        """Whether the window is over."""
        return self.notice.window_end <= self.now

    @property
    def state(self) -> State:
        """Where the notice stands."""
        if self.delivered is not None:
            return State.DELIVERED
        if self.over:
            return State.EXPIRED
        return State.FAILED if any(one.delivered_at is None for one in self.said) else State.RENDERED

    @property
    def overdue(self) -> bool:
        """Whether a receipt should have been there by now, and the window is not over."""
        open_ = (Verdict.BREACHED, Verdict.NEEDS_A_PERSON)
        return not self.over and self.decision is not None and self.decision.verdict in open_

    @property
    def overdue_since(self) -> datetime | None:
        """Since when; where unpublished days decide it, since when at the earliest."""
        return (self.due.certain or self.due.possible) if self.overdue and self.due else None


def standings(desk: Desk, issued: Iterable[Issued], recorded: Iterable[Delivered]) -> tuple[Standing, ...]:
    """The last notice of each task to each customer, in the order these were first told."""
    told: dict[str, list[Issued]] = {}
    for notice in issued:
        told.setdefault(notice.notice_id, []).append(notice)
    said: dict[str, list[Delivered]] = {}
    for one in recorded:
        said.setdefault(one.notice_id, []).append(one)
    return tuple(_standing(desk, notices, said.get(id_, ())) for id_, notices in told.items())


def _standing(desk: Desk, notices: Sequence[Issued], recorded: Sequence[Delivered]) -> Standing:
    last = notices[-1]
    said = tuple(one for one in recorded if one.sequence == last.sequence)
    confirmed = {n.sequence for n in notices if _delivered(n, [o for o in recorded if o.sequence == n.sequence])}
    asked = last.customer_code is not None
    return Standing(
        last,
        said,
        max(confirmed, default=None),
        tuple(_objections(recorded)),
        judged(desk, last, said) if asked else None,
        _due(desk, last) if asked else None,
        desk.as_of,
    )


def judged(desk: Desk, notice: Issued, said: Sequence[Delivered]) -> Decision:
    """What REC-1 says of a notice with these receipts."""
    return desk.book.judge(RULE, _awaited(notice, said, desk.as_of), desk.tools, desk.province)


def _due(desk: Desk, notice: Issued) -> DueBy | None:
    given = desk.book.given_or_none(RULE, on=notice.issued_at.date(), province=desk.province)
    return due_by(_awaited(notice, (), desk.as_of), given.lead(WITHIN), desk.workdays) if given else None


def _awaited(notice: Issued, said: Sequence[Delivered], now: datetime) -> Awaited:
    delivered = _delivered(notice, said)
    found: list[InstantOrWord] = [delivered.delivered_at] if delivered and delivered.delivered_at else []
    if not found and any(one.delivered_at is None for one in said):
        found = [Word.NOT_DELIVERED]
    return Awaited(notice.issued_at, notice.window_start, now, tuple(Known("delivered_at", at) for at in found))


def _delivered(notice: Issued, said: Iterable[Delivered]) -> Delivered | None:
    """The earliest receipt of all of it; else, where receipts of parts make a whole, the last of these."""
    parts: list[tuple[Instant, Delivered]] = [(one.delivered_at, one) for one in said if one.delivered_at is not None]
    whole = [part for part in parts if not part[1].circuit_codes]
    if whole:
        return min(whole, key=_at)[1]
    named = {folded_circuit(code) for _, one in parts for code in one.circuit_codes}
    if parts and named >= {folded_circuit(code) for code in notice.circuit_codes}:
        return max(parts, key=_at)[1]
    return None


def _at(part: tuple[Instant, Delivered]) -> Instant:
    return part[0]


def _objections(recorded: Sequence[Delivered]) -> Iterator[Delivered]:
    """Each sender's last answer, where it declines."""
    answers: Mapping[str, Delivered] = {
        folded(one.confirmed_by): one
        for one in sorted((o for o in recorded if o.reply and o.delivered_at), key=lambda o: o.delivered_at)  # type: ignore[arg-type,return-value]  # filtered
    }
    yield from (one for one in answers.values() if one.reply is Reply.DECLINED)
