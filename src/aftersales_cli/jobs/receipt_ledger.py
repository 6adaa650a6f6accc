"""Whether a receipt can be true, by the notices the ledger has; then it becomes what the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from aftersales_cli.cutover.history import History, Told
from aftersales_cli.places import Place, Problem, Severity, shortened
from aftersales_cli.records.columns import Source
from aftersales_cli.records.events import Delivered, Issued, Reply
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import Instant
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Taken:
    """A receipt that can be true: `new` unless the ledger has it already.

    `notice` is None where the ledger has none of the task at all: it went out another way, and the receipt is evidence
    by itself (D4). `contradicts` are receipts of the same notice that say otherwise; both are kept.
    """

    delivered: Delivered
    notice: Issued | None
    receipt: Receipt
    new: bool
    cautions: tuple[Problem, ...] = ()
    contradicts: tuple[Delivered, ...] = ()


class _Impossible(Exception):  # noqa: N818 - a verdict on a receipt, told as a problem
    def __init__(self, field: str, message: Say, hint: Say | None = None) -> None:
        super().__init__(message)
        self.field, self.message, self.hint = field, message, hint


class Recorder:
    """Takes receipts one after the other; each sees those taken before it."""

    def __init__(self, issued: Iterable[Issued], recorded: Iterable[Delivered], now: datetime) -> None:
        notices = tuple(issued)
        self._history, self._now = History(notices), now
        self._by_id = {notice.notice_id: notice for notice in notices}
        self._strange: set[str] = set()
        self._recorded: dict[tuple[str, int], list[Delivered]] = {}
        for one in recorded:
            self._recorded.setdefault(_version(one), []).append(one)

    def notice(self, notice_id: str) -> Issued | None:
        """The last notice of an id."""
        return self._by_id.get(notice_id.strip().lower())

    def told(self, task_no: str, customer_code: str | None) -> Told:
        """All notices of a task to a customer."""
        return self._history.of(task_no, customer_code)

    def recorded(self, notice: Issued) -> tuple[Delivered, ...]:
        """What its receipts say, those taken in this run among them."""
        return tuple(self._recorded.get((notice.notice_id, notice.sequence), ()))

    def take(self, receipt: Receipt, reply: Reply | None = None) -> Taken | Problem:
        """The receipt as the ledger keeps it, or the cell that cannot be true."""
        try:
            notice = self._notice_of(receipt)
            circuits = _circuits(receipt, notice) if notice else receipt.circuit_codes
        except _Impossible as error:
            found = receipt.fact(error.field).value
            text = None if found is None else shortened(str(found))
            problem = Problem(error.message, _place(receipt, error.field), error.field, text, error.hint)
            return problem.holding(*_held(receipt))
        return self._taken(self._delivered(receipt, notice, circuits, reply), notice, receipt)

    def _delivered(
        self, receipt: Receipt, notice: Issued | None, circuits: tuple[str, ...], reply: Reply | None
    ) -> Delivered:
        at = receipt.delivered_at
        return Delivered(
            notice_id=notice.notice_id if notice else "",
            sequence=notice.sequence if notice else 0,
            task_no=notice.task_no if notice else receipt.task_no,
            customer_code=(notice.customer_code or "") if notice else receipt.customer_code,
            delivered_at=at if isinstance(at, Instant) else None,
            channel=receipt.channel,
            confirmed_by=receipt.confirmed_by,
            circuit_codes=circuits,
            source=_read_in(receipt.source),
            recorded_at=self._now,
            reply=reply,
        )

    def _taken(self, said: Delivered, notice: Issued | None, receipt: Receipt) -> Taken:
        others = self._recorded.setdefault(_version(said), [])
        if any(_same(said, other) for other in others):
            return Taken(said, notice, receipt, new=False, cautions=() if notice else tuple(self._unknown(receipt)))
        against = tuple(other for other in others if _contradict(said, other))
        others.append(said)
        return Taken(said, notice, receipt, True, tuple(self._cautions(said, notice, receipt, against)), against)

    def _notice_of(self, receipt: Receipt) -> Issued | None:
        at = receipt.delivered_at
        if not self._history.of_task(receipt.task_no):
            self._happened(at)
            return None
        told = self._told(receipt)
        if receipt.sequence is not None:
            found = next((notice for notice in told if notice.sequence == receipt.sequence), None)
            if found is None:
                numbers = [notice.sequence for notice in told]
                raise _Impossible("sequence", Say("the ledger has no such version of this notice; it has {numbers}",
                                                  numbers=numbers))  # fmt: skip
        else:
            found = told[-1] if not isinstance(at, Instant) else _standing(told, at)
        if isinstance(at, Instant):
            self._possible(at, found)
        return found

    def _told(self, receipt: Receipt) -> Told:
        told = self.told(receipt.task_no, receipt.customer_code)
        if not told:
            message = Say("the ledger has no notice of {task} to the customer {customer}",
                          task=receipt.task_no, customer=receipt.customer_code)  # fmt: skip
            hint = Say("“aftersales cutover status --task {task}” shows who was told", task=receipt.task_no)
            raise _Impossible("customer_code", message, hint)
        ids = dict.fromkeys(notice.notice_id for notice in told)
        if receipt.notice_id is not None and folded(receipt.notice_id) not in map(folded, ids):
            raise _Impossible("notice_id", Say("the ledger has no such notice of {task} to {customer}; it is {ids}",
                task=receipt.task_no, customer=receipt.customer_code, ids=list(ids)))  # fmt: skip
        return told

    def _happened(self, at: object) -> None:
        if isinstance(at, Instant) and at.at > self._now:
            raise _Impossible("delivered_at", Say("{at} is still to come; it is {now}", at=at, now=self._now),
                              Say("register a delivery once it has happened"))  # fmt: skip

    def _possible(self, at: Instant, notice: Issued) -> None:
        self._happened(at)
        if at.latest < _published(notice):
            raise _Impossible("delivered_at", Say("{at} is before the notice was published ({published})",
                                                  at=at, published=_published(notice)))  # fmt: skip

    def _cautions(
        self, said: Delivered, notice: Issued | None, receipt: Receipt, against: Iterable[Delivered]
    ) -> Iterator[Problem]:
        yield from self._late(said, notice, receipt) if notice else self._unknown(receipt)
        name = notice.customer_name if notice else said.customer_code
        for other in against:
            yield _caution(receipt, "delivered_at", Say(
                "{task}, {customer}: {this} here, {that} by {by} ({source}); both are kept, which is right?",
                task=said.task_no, customer=name, this=_said(said), that=_said(other), by=other.confirmed_by,
                source=other.source or other.recorded_at.date()))  # fmt: skip

    def _unknown(self, receipt: Receipt) -> Iterator[Problem]:
        """Said once of each task, for the number may be mistyped."""
        if folded(receipt.task_no) in self._strange:
            return
        self._strange.add(folded(receipt.task_no))
        known = {folded(notice.task_no): notice.task_no for notice in self._history.notices()}
        near = [known[key] for key in get_close_matches(folded(receipt.task_no), known, n=3, cutoff=0.8)]
        hint = Say("is it {near}?", near=near) if near else Say("“aftersales ledger list” shows what was issued")
        message = Say("the ledger has no notice of the task {task}", task=receipt.task_no)
        yield Problem(message, _place(receipt, "task_no"), "task_no", None, hint, severity=Severity.CAUTION)

    def _late(self, said: Delivered, notice: Issued, receipt: Receipt) -> Iterator[Problem]:
        last = self.told(notice.task_no, notice.customer_code)[-1]
        values = {"task": notice.task_no, "customer": notice.customer_name}
        if notice.sequence < last.sequence:
            yield _caution(receipt, "sequence", Say(
                "{customer} confirms version {number} of {task}; version {last} of {issued} is not confirmed by that",
                **values, number=notice.sequence, last=last.sequence, issued=last.issued_at))  # fmt: skip
        if said.delivered_at is not None and said.delivered_at.at >= notice.window_start:
            yield _caution(receipt, "delivered_at", Say("delivered only after the window had begun ({start})",
                                                        start=notice.window_start))  # fmt: skip


def _version(said: Delivered) -> tuple[str, int]:
    """The notice a receipt is of; where the ledger has none, task and customer."""
    return said.notice_id or f"{folded(said.task_no)}\x1f{folded(said.customer_code)}", said.sequence


def _standing(told: Told, at: Instant) -> Issued:
    """The version a customer can have had then: the last one published by that time, else the first."""
    return next((notice for notice in reversed(told) if _published(notice) <= at.latest), told[0])


def _published(notice: Issued) -> datetime:
    """From when on a version can have reached its customer, to the minute; what a cell says counts for the first."""
    since = notice.published_at if notice.published_said and notice.sequence == 0 else notice.issued_at
    return min(since, notice.issued_at).replace(second=0, microsecond=0)


def _circuits(receipt: Receipt, notice: Issued) -> tuple[str, ...]:
    """As the notice spells them; empty where they are all of the notice."""
    ours = {folded_circuit(code): code for code in notice.circuit_codes}
    strange = [code for code in receipt.circuit_codes if folded_circuit(code) not in ours]
    if strange:
        raise _Impossible("circuit_codes", Say("the notice does not name {circuits}; it names {known}",
                                               circuits=strange, known=list(notice.circuit_codes)))  # fmt: skip
    named = {folded_circuit(code) for code in receipt.circuit_codes}
    return () if named == set(ours) else tuple(code for key, code in ours.items() if key in named)


def _same(one: Delivered, other: Delivered) -> bool:
    """The same receipt again, wherever it was read."""
    return _content(one) == _content(other)


def _content(one: Delivered) -> tuple[object, ...]:
    return (one.delivered_at, folded(one.channel), folded(one.confirmed_by), frozenset(one.circuit_codes), one.reply)


def _contradict(one: Delivered, other: Delivered) -> bool:
    """Delivered and not delivered; or two times, but not a calendar's: it tells only when somebody answered."""
    if one.circuit_codes and other.circuit_codes and not set(one.circuit_codes) & set(other.circuit_codes):
        return False
    this, that = one.delivered_at, other.delivered_at
    if this is None or that is None:
        return this is not that
    if one.reply or other.reply:
        return False
    return this.latest < that.at or that.latest < this.at


def _said(one: Delivered) -> object:
    return one.delivered_at if one.delivered_at is not None else Say("not delivered")


def _caution(receipt: Receipt, field: str, message: Say) -> Problem:
    return Problem(message, _place(receipt, field), field, severity=Severity.CAUTION)


def _place(receipt: Receipt, field: str | None = None) -> Place | None:
    return receipt.place(field) if receipt.source.file else None


def _read_in(source: Source) -> str:
    """File, sheet, and row or line; the same in every language, for it is kept."""
    file = source.file.replace("\\", "/").rsplit("/", 1)[-1]
    number = source.row if source.row is not None else source.line
    return " › ".join(str(part) for part in (file, source.sheet, number) if part)


def _held(receipt: Receipt) -> tuple[str, ...]:
    source = receipt.source
    if not source.file:
        return (f"task {receipt.task_no}",)
    if source.row is not None:
        return (f"row {source.row}",)
    return (f"line {source.line}",) if source.line else (f"task {receipt.task_no}",)
