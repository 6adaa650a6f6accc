"""When a customer counts as told: the cell, the ledger, or this very run (D3)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from aftersales_cli.cutover.history import Told, since_cancel
from aftersales_cli.cutover.task import Publication
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.events import Issued
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import Instant, Window
from aftersales_cli.words import Say

DAY = timedelta(days=1)
FIELD = "published_at"
EMPTY = Say("nobody has said when it was published; fill in 发布时间")


def said_by(cells: Sequence[Fact[Any]], field: str) -> Fact[Any]:
    """What several rows say of one moment: the latest instant said, else a word, else the first Unknown.

    People often fill only one of a task's rows, so an empty cell beside a filled one says nothing. A cell that could
    not be read leaves it Unknown: what it says may be later.
    """
    unread = [c for c in cells if isinstance(c, Unknown) and c.unread]
    known = [c for c in cells if isinstance(c, Known)]
    instants = [c for c in known if isinstance(c.value, Instant)]
    if unread:
        return unread[0]
    if instants:
        return max(instants, key=lambda c: c.value)
    return known[0] if known else cells[0] if cells else Unknown(field, EMPTY)


def publication(
    cell: Fact[Any], window: Fact[Window], now: datetime, told: Told, circuits: Collection[str]
) -> Publication:
    """What counts as the publication of this window to one customer.

    `told` are its notices of this task, in order; `circuits` those it has to be told of now.
    """
    if isinstance(window, Unknown):
        return _from_file(cell, begun=True, now=now)
    begun, standing = window.value.start <= now, since_cancel(told)
    carried = [n for n in standing if (n.window_start, n.window_end) == (window.value.start, window.value.end)]
    if carried:
        firsts = [_first_naming(folded_circuit(circuit), carried) for circuit in circuits]
        if all(firsts) or _is_instant(cell):
            return _later(cell, max((first for first in firsts if first), default=carried[0].published_at))
    elif told and not begun:
        return _counts_from_now(cell, now)
    elif told and not standing:
        return Publication(Unknown(FIELD, Say("the last notice was a cancel"), cell.place), never=True)
    return _from_file(cell, begun=begun, now=now)


def _from_file(cell: Fact[Any], *, begun: bool, now: datetime) -> Publication:
    if isinstance(cell, Known) and isinstance(cell.value, Instant):
        return Publication(cell, said=True)
    if isinstance(cell, Unknown) and cell.unread:
        return Publication(cell)
    if not begun:
        return Publication(Known(FIELD, Instant(now), cell.place), as_if=True)
    if isinstance(cell, Known):
        return Publication(Unknown(FIELD, Say("it was not published"), cell.place), never=True, said=True)
    return Publication(Unknown(FIELD, EMPTY, cell.place))


def _first_naming(circuit: str, carried: Sequence[Issued]) -> datetime | None:
    naming = (n for n in carried if circuit in {folded_circuit(code) for code in n.circuit_codes})
    return next((notice.published_at for notice in naming), None)


def _counts_from_now(cell: Fact[Any], now: datetime) -> Publication:
    """Told before, and not of this window: the customer hears of it by this run (D3)."""
    if not _is_instant(cell) or now - cell.known.at < DAY:
        return _from_file(cell, begun=False, now=now)
    caution = Say(
        "the file says published {file}, but the last notice did not announce this window; it counts from now",
        file=cell.known,
    )
    return Publication(Known(FIELD, Instant(now)), as_if=True, caution=caution)


def _later(cell: Fact[Any], recorded: datetime) -> Publication:
    """Of the file's time and the ledger's, which outweighs a word and an empty cell, the later."""
    ledger = Known(FIELD, Instant(recorded))
    if not _is_instant(cell):
        return Publication(ledger)
    said: Instant = cell.known
    if abs(said.at - recorded) < DAY:
        return Publication(cell, said=True)
    caution = Say("the file says published {file}, the ledger {ledger}; the later counts", file=said, ledger=recorded)
    if said.at > recorded:
        return Publication(cell, said=True, caution=caution)
    return Publication(ledger, caution=caution)


def _is_instant(cell: Fact[Any]) -> bool:
    return isinstance(cell, Known) and isinstance(cell.value, Instant)
