"""When a customer counts as told: the cell, the ledger, or this very run (D3)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from aftersales_cli.cutover.task import Publication
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.events import Issued
from aftersales_cli.records.values import Instant, Window, Word
from aftersales_cli.words import Say

DAY = timedelta(days=1)
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
    if any(isinstance(c.value, Word) for c in known) and not instants:
        return known[0]
    if instants:
        return max(instants, key=lambda c: c.value)
    return cells[0] if cells else Unknown(field, EMPTY)


def publication(cell: Fact[Any], window: Fact[Window], now: datetime, history: Sequence[Issued]) -> Publication:
    """What counts as the publication of this window to one customer; `history`: its notices of this task, in order."""
    begun = isinstance(window, Known) and window.value.start <= now
    if history and isinstance(window, Known):
        return _told(cell, window.value, now, history, begun=begun)
    if isinstance(cell, Known) and isinstance(cell.value, Instant):
        return Publication(cell, said=True)
    if isinstance(window, Unknown) or (isinstance(cell, Unknown) and cell.unread):
        return Publication(Unknown("published_at", EMPTY, cell.place) if isinstance(cell, Known) else cell)
    if not begun:
        return Publication(Known("published_at", Instant(now), cell.place), as_if=True)
    if isinstance(cell, Known):
        return Publication(Unknown("published_at", Say("it was not published"), cell.place), never=True, said=True)
    return Publication(Unknown("published_at", EMPTY, cell.place))


def _told(cell: Fact[Any], window: Window, now: datetime, history: Sequence[Issued], *, begun: bool) -> Publication:
    carried = [n for n in history if n.window_start == window.start and n.window_end == window.end]
    if carried:
        ledger = Known("published_at", Instant(carried[0].published_at))
        as_if = False
    elif begun:
        # told of another window only: what the file says of this one is all there is
        return _from_file(cell)
    else:
        ledger, as_if = Known("published_at", Instant(now)), True
    if not (isinstance(cell, Known) and isinstance(cell.value, Instant)):
        return Publication(ledger, as_if=as_if)
    if abs(cell.value.at - ledger.value.at) < DAY:
        return Publication(cell, said=True)
    caution = Say(
        "the file says published {file}, the ledger {ledger}; the later counts", file=cell.value, ledger=ledger.value
    )
    if cell.value.at > ledger.value.at:
        return Publication(cell, said=True, caution=caution)
    return Publication(ledger, as_if=as_if, caution=caution)


def _from_file(cell: Fact[Any]) -> Publication:
    if isinstance(cell, Known) and isinstance(cell.value, Instant):
        return Publication(cell, said=True)
    if isinstance(cell, Known):
        return Publication(Unknown("published_at", Say("it was not published"), cell.place), never=True, said=True)
    return Publication(cell)
