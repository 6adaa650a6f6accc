"""What the customer's own network staff achieved, as a sheet to hand over (R35): nothing internal stands in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.values import ComplaintKind
from aftersales_cli.visit.availability import NOTHING, merged, months, together
from aftersales_cli.visit.history import History
from aftersales_cli.visit.interruptions import Since
from aftersales_cli.visit.papers import Paper, View


def results_view(paper: Paper) -> View:
    """The figures of these days in the customer's favour and otherwise, and room for what its staff did.

    Only the days on record count; what was before them nobody knows, and nobody may call it quiet.
    """
    history, since, figures = paper.history, paper.since, paper.figures
    counted = paper.recorded or Since(since.end, since.end)
    known = paper.recorded is not None and bool(history.circuits) and history.has("faults", "complaints")
    spans = [each for each in history.stretches if each.start < counted.end and each.end > counted.start]
    closed = [each for each in spans if not each.open]
    each_of = [history.availability(circuit, counted.start, counted.end) for circuit in history.circuits]
    restored = sum((each.end - each.start for each in closed), NOTHING)
    late, whole = counted.start > since.start, _whole(history)
    return paper.head() | {
        "known": known,
        "ran": _ran(known=known, whole=whole, late=late, interrupted=bool(spans)),
        "partial": known and not whole and not spans,  # else the opening says it
        "sure": whole and not late,
        "down": figures.lasted(
            sum((min(each.end, counted.end) - max(each.start, counted.start) for each in spans), NOTHING)
        ),
        "records_since": figures.date(_first(history, counted)) if late else "",
        "circuits": len(history.circuits) if history.has("circuits") else "",
        "untouched": sum(not each.down for each in each_of) if known else "",
        "availability": str(together(each_of)) if known else "",
        "interruptions": len(spans) if known else "",
        "mean": figures.lasted(restored / len(closed)) if closed else "",
        "months": len(list(months(counted.start, counted.end))) if known else "",
        "quiet_months": _quiet(history, counted) if known else "",
        "longest": figures.about(_longest(history, counted)) if known else "",
        "charts": {"months": paper.per_month()},
        **_joint(history, since),
    }


def _ran(*, known: bool, whole: bool, late: bool, interrupted: bool) -> str:
    """What may be said of the network at the top; `open` where nobody can tell.

    Of all these days `interrupted` or `quiet`, where the records are `whole` and reach back as far; of those since the
    records begin `since`, where they begin `late`; and `at_least`, where some of the records are missing.
    """
    if not known:
        return "open"
    if not interrupted:
        return "quiet" if whole and not late else "open"
    if not whole:
        return "at_least"
    return "since" if late else "interrupted"


def _first(history: History, counted: Since) -> date | None:
    """The first day the records speak of, though it may come after all that are looked at; None where none is known."""
    reach = min(history.reaches.values(), default=None)
    return max(counted.start.date(), reach.date()) if reach is not None else None


def _whole(history: History) -> bool:
    """Whether circuits, faults and reports were given, read to the last row, and every row could be counted."""
    nouns = tuple(f"{table.identity[0]} " for table in (Fault.TABLE, Complaint.TABLE) if table.identity)
    doubtful = any(name.startswith(nouns) for each in history.held for name in each.held)
    return not doubtful and not any(table in history.gaps for table in ("circuits", "faults", "complaints"))


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
