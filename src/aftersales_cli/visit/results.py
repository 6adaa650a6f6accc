"""What the customer's own network staff achieved, as a sheet to hand over (R35): nothing internal stands in it."""

from __future__ import annotations

from datetime import datetime, timedelta

from aftersales_cli.records.values import ComplaintKind
from aftersales_cli.visit.availability import NOTHING, merged, months, together
from aftersales_cli.visit.history import History, Since
from aftersales_cli.visit.papers import Paper, View


def results_view(paper: Paper) -> View:
    """The figures of these days in the customer's favour and otherwise, and room for what its staff did."""
    history, since, figures = paper.history, paper.since, paper.figures
    known = bool(history.circuits) and history.has("faults", "complaints")
    spans = [each for each in history.stretches if each.start < since.end and each.end > since.start]
    closed = [each for each in spans if not each.open]
    whole = together(history.availability(c, since.start, since.end) for c in history.circuits)
    down = (history.availability(c, since.start, since.end).down for c in history.circuits)
    restored = sum((each.end - each.start for each in closed), NOTHING)
    return paper.head() | {
        "known": known,
        "ran": _ran(history, since, known=known, interrupted=bool(spans)),
        "partial": known and not _whole(history),
        "down": figures.lasted(
            sum((min(each.end, since.end) - max(each.start, since.start) for each in spans), NOTHING)
        ),
        "records_since": _records_since(history, since),
        "circuits": len(history.circuits) if history.has("circuits") else "",
        "untouched": sum(not each for each in down) if known else "",
        "availability": str(whole) if known else "",
        "interruptions": len(spans) if known else "",
        "mean": figures.lasted(restored / len(closed)) if closed else "",
        "months": len(list(months(since.start, since.end))) if known else "",
        "quiet_months": _quiet(history, since) if known else "",
        "longest": figures.about(_longest(history, since)) if known else "",
        "charts": {"months": paper.per_month()},
        **_joint(history, since),
    }


def _ran(history: History, since: Since, *, known: bool, interrupted: bool) -> str:
    """What may be said of the network at the top: `interrupted`, `quiet`, or `open` where nobody can tell.

    Nothing on record is quiet only where the records were read whole and reach back as far as these days.
    """
    if known and interrupted:
        return "interrupted"
    reach = min(history.reaches.values(), default=None)
    return "quiet" if known and _whole(history) and reach is not None and reach <= since.start else "open"


def _records_since(history: History, since: Since) -> str:
    """The first day the records speak of, where these days begin before it."""
    reach = min(history.reaches.values(), default=None)
    return reach.date().isoformat() if reach is not None and reach > since.start else ""


def _whole(history: History) -> bool:
    """Whether faults and reports were both given and read to the last row."""
    return not any(table in history.gaps for table in ("faults", "complaints"))


def _quiet(history: History, since: Since) -> int:
    """The months in which nothing was interrupted."""
    return sum(
        not any(each.start < month.end and each.end > month.start for each in history.stretches)
        for month in months(since.start, since.end)
    )


def _longest(history: History, since: Since) -> timedelta:
    """The longest stretch of these days in which every circuit worked."""
    quiet: list[timedelta] = []
    last: datetime = since.start
    for start, end in merged(history.stretches):
        if end > since.start and start < since.end:
            quiet.append(max(NOTHING, start - last))
            last = max(last, end)
    return max((*quiet, since.end - last, NOTHING))


def _joint(history: History, since: Since) -> View:
    """What was done together with the customer's staff; nothing is said for a table that was not given."""
    done = [each for each in history.planned if since.holds(each.start) and each.end <= history.now]
    looked = [row for row in history.inspections if since.start.date() <= row.date <= since.last]
    visits = [row for row in history.visits if since.start.date() <= row.date <= since.last]
    raised = [each for each in history.issues if since.start.date() <= each.raised_on <= since.last]
    reported = [row for row in history.complaints
                if row.kind is not ComplaintKind.GRIEVANCE and since.holds(row.reported_at.at)]  # fmt: skip
    return {
        "reported": len(reported) if history.has("complaints") else "",
        "cutovers": sum(not each.cancelled for each in done) if history.has("cutovers") or history.issued else "",
        "findings": len(looked) if history.has("inspections") else "",
        "closed": sum(row.closed_on is not None for row in looked) if history.has("inspections") else "",
        "meetings": len(visits) if history.has("visits") else "",
        "raised": len(raised) if history.has("visits") else "",
    }
