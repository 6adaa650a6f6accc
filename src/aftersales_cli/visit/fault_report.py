"""The fault analysis report a customer is handed: overview, process, causes, measures with owner and date (R79)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import Instant
from aftersales_cli.visit.availability import NOTHING, merged
from aftersales_cli.visit.brief_events import Events
from aftersales_cli.visit.figures import Figures
from aftersales_cli.visit.history import History
from aftersales_cli.visit.interruptions import Interruption
from aftersales_cli.visit.papers import Paper, View
from aftersales_cli.words import Say

REPORTED = 40
"""How many faults one report tells in full; of more it says how many."""


def report_view(paper: Paper, faults: Sequence[Interruption]) -> View:
    """What the template is given: the `faults`, in the order they began, each told from beginning to end."""
    events, figures = Events(paper), paper.figures
    spans = [each.outage for each in faults if each.outage]
    down = sum(_lasted(faults), NOTHING)
    longest = max(_lasted(faults), default=NOTHING)
    rows = [each.row for each in faults if isinstance(each.row, Fault)]
    return paper.head() | {
        "first": figures.date(rows[0].began_at.day) if rows else "",
        "last": figures.date(rows[-1].began_at.day) if rows else "",
        "count": len(faults),
        "circuits": list(dict.fromkeys(row.circuit_code for row in rows)),
        "down": figures.lasted(down),
        "longest": figures.lasted(longest),
        "open": sum(span.open for span in spans),
        "faults": [
            events.fault(each) | {"steps": list(_steps(paper.history, each, figures))} for each in faults[:REPORTED]
        ],
        "more": max(0, len(faults) - REPORTED),
        "causes": list(_causes(rows)),
        "unexplained": [row.fault_no for row in rows if not row.cause],
        "repeated": _repeated(rows),
        "measures": list(_measures(paper.history, faults, figures)),
    }


def _lasted(faults: Sequence[Interruption]) -> Iterator[timedelta]:
    """How long circuits were down, stretch by stretch: faults of one circuit that overlap count once."""
    for circuit in dict.fromkeys(each.circuit for each in faults):
        for start, end in merged(each.outage for each in faults if each.outage and each.circuit == circuit):
            yield end - start


def _steps(history: History, fault: Interruption, figures: Figures) -> Iterator[View]:
    """What happened when: beginning, the customer's reports, escalation, restoration."""
    row = fault.row
    assert isinstance(row, Fault)
    steps: list[tuple[Instant, Say]] = [(row.began_at, Say("the circuit was interrupted"))]
    steps += [
        (complaint.reported_at, Say("the customer reported it ({number})", number=complaint.complaint_no))
        for complaint in _reports(history, fault)
    ]
    if row.escalated_at is not None:
        steps.append((row.escalated_at, Say("it was escalated to {whom}", whom=row.escalated_to)))
    if isinstance(row.restored_at, Instant):
        by_itself = Say("the circuit came back by itself") if row.self_recovered else Say("the circuit was restored")
        steps.append((row.restored_at, by_itself))
    for at, what in sorted(steps, key=lambda step: step[0].at):
        yield {"at": figures.at(at), "what": figures.say(what)}
    if not isinstance(row.restored_at, Instant):
        yield {"at": figures.restored(row), "what": figures.say(Say("no restoration is on record"))}


def _reports(history: History, fault: Interruption) -> Iterator[Complaint]:
    """The reports of the circuit that were made while the fault lasted, or whose interruption overlaps it."""
    key, outage = folded_circuit(fault.row.circuit_code), fault.outage
    for row in history.complaints:
        if folded_circuit(row.circuit_code) == key and outage and outage.start <= row.reported_at.at <= outage.end:
            yield row


def _causes(rows: Sequence[Fault]) -> Iterator[View]:
    """Each cause on record with the faults it brought, in the order of the first."""
    by_cause: dict[str, list[str]] = {}
    for row in rows:
        if row.cause:
            by_cause.setdefault(row.cause, []).append(row.fault_no)
    for cause, numbers in by_cause.items():
        yield {"cause": cause, "faults": numbers}


def _repeated(rows: Sequence[Fault]) -> list[View]:
    """Circuits that failed more than once."""
    by_circuit: dict[str, list[Fault]] = {}
    for row in rows:
        by_circuit.setdefault(folded_circuit(row.circuit_code), []).append(row)
    return [{"circuit": each[0].circuit_code, "count": len(each)} for each in by_circuit.values() if len(each) > 1]


def _measures(history: History, faults: Sequence[Interruption], figures: Figures) -> Iterator[View]:
    """Measures of the visits since the first of the faults, with owner and day."""
    first = _first(history, faults).date()
    for visit in sorted(history.visits, key=lambda row: (row.date, row.visit_no)):
        for action in visit.actions if visit.date >= first else ():
            yield {"text": action.text, "owner": action.owner or "", "due": figures.date(action.due)}


def kept_back(history: History, faults: Sequence[Interruption]) -> list[str]:
    """Measures of warnings and crises since the first of the faults: written for the carrier, not for the customer."""
    first = _first(history, faults)
    warned = [text for row in history.warnings if row.issued_at.at >= first for text in row.measures]
    upset = [text for row in history.crises if row.occurred_at.at >= first for text in row.measures]
    return list(dict.fromkeys((*warned, *upset)))


def _first(history: History, faults: Sequence[Interruption]) -> datetime:
    """When the first of the faults began."""
    return min((each.outage.start for each in faults if each.outage), default=history.now)
