"""What the customer was promised: the last notice before the work began, or the file where the ledger has none (D4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aftersales_cli.complaint.subject import Case
from aftersales_cli.cutover.history import Told, since_cancel
from aftersales_cli.cutover.notices import issued_interruptions
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.places.quick import quick
from aftersales_cli.records import amounts
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import Instant, Interruption, Window
from aftersales_cli.words import Say

DAY = timedelta(days=1)  # D3: two times that differ by less are the same publication


@quick
class Promise:
    """Window, interruption and publication that count for this customer.

    `published` are all times that are said, more than one where rows differ. `unclear` is set where nobody can say
    which notice counts; then nothing else here may be used. `named` tells whether the last notice names the circuit,
    None where the ledger has none for this customer. `carrying` are those that name it and carry this window.
    """

    window: Fact[Window]
    interruption: Fact[Interruption]
    published: tuple[Fact[Any], ...]
    named: bool | None = None
    cancelled: bool = False
    carrying: Told = ()
    unclear: Unknown | None = None
    cautions: tuple[Say, ...] = ()


def promise(case: Case) -> Promise:
    """What counts for the complaint's circuit and customer."""
    if case.filing is None or case.pair is None:
        why = case.no_task
        return Promise(why, why, (why,), unclear=why)
    filing, pair = case.filing, case.pair
    file = Promise(filing.window, filing.interruption(pair), filing.published(pair, case.customer_code))
    if not case.in_ledger:
        return file
    if case.customer_code is None:
        return _unclear(Unknown("customer_code", Say(
            "the ledger holds notices of this cutover, and nobody says whose circuit it is; fill in 客户编码"
        ), case.complaint.place("customer_code")))  # fmt: skip
    last = _last(case.told, filing.actual_start)
    if isinstance(last, Unknown):
        return _unclear(last)
    return file if last is None else _told(case, last, file)


def _unclear(why: Unknown) -> Promise:
    return Promise(why, why, (why,), unclear=why)


def _last(told: Told, actual: Fact[Instant]) -> Issued | Unknown | None:
    """The last notice before the work began.

    The work began at its actual start, else at the window's. Where a later notice moved a window that had begun, only
    the actual start tells whether the work was done in it.
    """
    valid = [notice for notice in told if notice.issued_at < notice.window_start]
    if not valid:
        return None
    last, earlier = valid[-1], valid[:-1]
    if not any(notice.window_start <= last.issued_at for notice in earlier):
        return last
    if isinstance(actual, Unknown):
        why = Say("the window was moved {moved}, after it had begun; fill in 实际开始时间", moved=last.issued_at)
        return Unknown("actual_start", why, actual.place)
    before = [notice for notice in valid if notice.issued_at < actual.value.at]
    return before[-1] if before else last


def _told(case: Case, last: Issued, file: Promise) -> Promise:
    window = Window(last.window_start, last.window_end)
    upto = since_cancel(case.told[: case.told.index(last) + 1])
    naming = [n for n in upto if case.circuit in map(folded_circuit, n.circuit_codes)]
    carrying = tuple(n for n in naming if (n.window_start, n.window_end) == (window.start, window.end))
    if last.change is Change.CANCEL:
        return Promise(Known("window", window), file.interruption, file.published, None, True)
    if case.circuit not in map(folded_circuit, last.circuit_codes):
        return Promise(Known("window", window), file.interruption, file.published, False, cautions=_moved(file, window))
    published = Known("published_at", Instant(carrying[0].published_at))
    interruption = _announced(case.circuit, last) or file.interruption
    differing = (*_moved(file, window), *_changed(file, interruption), *_dated(file, carrying[0].published_at))
    return Promise(Known("window", window), interruption, (published,), True, carrying=carrying, cautions=differing)


def _announced(circuit: str, last: Issued) -> Known[Interruption] | None:
    for code, text in issued_interruptions(last):
        if folded_circuit(code) == circuit:
            try:
                return Known("interruption", amounts.interruption(text))
            except Refused:
                return None
    return None


def _moved(file: Promise, window: Window) -> tuple[Say, ...]:
    if isinstance(file.window, Unknown) or file.window.value == window:
        return ()
    return (Say("the file has the window {file}, the customer was told {told}", file=file.window.value, told=window),)


def _changed(file: Promise, told: Fact[Interruption]) -> tuple[Say, ...]:
    if isinstance(file.interruption, Unknown) or file.interruption.value == told.value:
        return ()
    return (
        Say("the file declares {file}, the customer was told {told}", file=file.interruption.value, told=told.value),
    )


def _dated(file: Promise, recorded: datetime) -> tuple[Say, ...]:
    said = [fact.value for fact in file.published if isinstance(fact, Known)]
    other = [v for v in said if not isinstance(v, Instant) or abs(v.at - recorded) >= DAY]
    return tuple(Say("the file says published {file}, the ledger {ledger}", file=v, ledger=recorded) for v in other)
