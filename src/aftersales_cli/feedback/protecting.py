"""What requests for protection ask for, as assurances: judged from the moment they are received (R6, R7, D5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersales_cli.feedback.checking import faults
from aftersales_cli.places import Problem
from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.values import FeedbackKind, Outcome

Foreign = Callable[[Feedback], Sequence[Problem]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Requests as assurances, each with the row it came from; `unusable` are those nobody can judge by.

    What cannot be used may touch any circuit of its customer, as an assurance that cannot be read. `problems` are of
    rows that could be read but do not hold.
    """

    rows: tuple[Assurance, ...] = ()
    unusable: tuple[Broken, ...] = ()
    problems: tuple[Problem, ...] = ()


def wanted(rows: Sequence[Feedback], broken: Sequence[Broken], now: datetime, foreign: Foreign) -> Wanted:
    """All requests that were not refused; broken rows whose kind is another ask for nothing."""
    asked = [row for row in rows if row.kind is FeedbackKind.ASSURANCE and row.outcome is not Outcome.NOT_MET]
    found = {id(row): [*faults(row, now), *foreign(row)] for row in asked}
    good = [row for row in asked if not found[id(row)]]
    bad = [Broken({"customer_code": row.customer_code}, {}, row.source) for row in asked if found[id(row)]]
    return Wanted(
        tuple(made for row in good for made in assurance(row)),
        (*bad, *filter(may_ask, broken)),
        tuple(problem for problems in found.values() for problem in problems),
    )


def assurance(row: Feedback) -> Iterator[Assurance]:
    """The request as a row of assurances; nothing where level or period is missing."""
    if row.level is None or row.start is None or row.end is None:
        return
    yield Assurance(
        assurance_no=row.feedback_no,
        customer_code=row.customer_code,
        level=row.level,
        start=row.start,
        end=row.end,
        circuit_codes=row.circuit_codes,
        requested_at=row.received_at,
        reason=row.text,
        source=row.source,
    )


def may_ask(row: Broken) -> bool:
    """Whether a row that cannot be read may be a request that still stands."""
    return row.value("kind") in (FeedbackKind.ASSURANCE, None) and row.value("outcome") is not Outcome.NOT_MET
