"""Lines of notices whose customers have not confirmed them: overdue, or due today (REC-1, D3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from aftersales_cli.jobs.status_standing import Standing, State, standings
from aftersales_cli.jobs.today_line import DAY, Line, Urgency, option
from aftersales_cli.jobs.today_seen import Seen, cited, customers
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say


def receipts(seen: Seen) -> Iterator[Line]:
    """A line for each task and urgency; what is due later is not said: the customers have just been told."""
    groups: dict[tuple[str, Urgency], list[Standing]] = {}
    for one in standings(seen.desk, seen.cutovers.made.history.notices(), seen.cutovers.deliveries):
        urgency = _urgency(seen, one)
        if urgency is not None:
            groups.setdefault((folded(one.notice.task_no), urgency), []).append(one)
    for (_, urgency), found in groups.items():
        yield _line(seen, found, urgency)


def _urgency(seen: Seen, one: Standing) -> Urgency | None:
    """None where the notice is confirmed, its window is over, or there is time until tomorrow."""
    if one.due is None or one.over or one.delivered is not None:
        return None
    if one.overdue:
        return Urgency.OVERDUE if one.due.certain is not None and one.due.certain <= seen.now else Urgency.PERSON
    return Urgency.TODAY if one.due.possible <= seen.tonight else None


def _due_of(one: Standing) -> datetime:
    assert one.due is not None
    return one.due.certain or one.due.possible


def _line(seen: Seen, found: Sequence[Standing], urgency: Urgency) -> Line:
    first = min(found, key=_due_of)
    notice, due, decision = first.notice, _due_of(first), first.decision
    values = {
        "whom": customers(one.notice.customer_name for one in found),
        "task": notice.task_no,
        "issued": notice.issued_at,
        "start": notice.window_start,
    }
    what = Say("ask {whom} to confirm the notice of {task}, sent {issued}; the window begins {start}", **values)
    if all(one.state is State.FAILED for one in found):
        what = Say("reach {whom} with the notice of {task}: it was not delivered; the window begins {start}", **values)
    if notice.window_start <= seen.now:
        what = Say(
            "find out whether {whom} had the notice of {task}, sent {issued}; the window began {start}", **values
        )
    assert decision is not None
    day = due if due.time() != seen.tonight.time() else (due - DAY).date()
    command = seen.commands.plain("cutover", "status", *option("--task", notice.task_no))
    return Line(what, cited(decision), command, day, urgency, notice.window_start)
