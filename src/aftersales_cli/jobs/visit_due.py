"""`visit due`: the visits owed as of a day, overdue first, then what comes; each with clause and cell (R19–R25, D7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.today_seen import at, cited
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.jobs.visit_due_owed import Owed
from aftersales_cli.jobs.visit_due_plan import planned_visits
from aftersales_cli.jobs.visit_due_reading import read_visit_inputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.obligations import Because, Obligation, Planned
from aftersales_cli.words import Say

COMMAND = "visit due"


AHEAD = 31
"""So many days ahead are shown where nobody says how many: all that warnings and crises ask for falls within (D7)."""


@dataclass(frozen=True)
class Wishes:
    """`customers` shows only theirs. `days` is how far ahead: if None, everything of named customers, else `AHEAD`."""

    customers: Sequence[str] = ()
    days: int | None = None

    def until(self, today: date) -> date | None:
        """The last day that is shown; None for no end."""
        if self.days is None and self.customers:
            return None
        days = AHEAD if self.days is None else self.days
        return today + timedelta(days=min(days, (date.max - today).days))


@dataclass(frozen=True)
class Found:
    """What was read, what is owed, the plan it goes by, and what that has for later days than were asked for.

    `strangers` are codes of planned and promised visits that no row of the customers has.
    """

    inputs: VisitInputs
    obligations: tuple[Obligation, ...]
    planned: tuple[Planned, ...] = ()
    ahead: tuple[Planned, ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the files, and whose visits are not listed because nobody knows them."""
        if not self.strangers:
            return self.inputs.problems
        message = Say("their planned or agreed visits are not listed, the customers have no code {codes}",
                      codes=self.strangers)  # fmt: skip
        hint = Say("add the customers, or let it be where they have left")
        return (*self.inputs.problems, Problem(message, None, "customer_code", hint=hint, severity=Severity.CAUTION))


def found(desk: Desk, until: date | None = date.min) -> Found:
    """Read everything and work out what is owed; also for `today` and for briefs.

    Of the plan, the slots that have begun, and what it has up to the day `until` (None: all the rest).
    """
    inputs, planned = read_visit_inputs(desk), planned_visits(desk)
    owed = Owed(desk, inputs, planned, until)
    return Found(inputs, owed.obligations(), planned, owed.ahead(), owed.strangers())


def due(desk: Desk, wishes: Wishes) -> Report:
    """The report; exit 1 where one of our own visits is overdue, or nobody can tell whether it is.

    `Stop` 2 for a customer nobody knows.
    """
    until = wishes.until(desk.as_of.date())
    seen = found(desk, until)
    owing = {folded(each.customer.code) for each in seen.obligations}
    seen.inputs.known_or_stop(code for code in wishes.customers if folded(code) not in owing)
    owed = [each for each in seen.obligations if _wanted(each.customer.code, wishes.customers)]
    shown = [each for each in owed if _near(each, until)]
    ahead = sum(_wanted(each.customer_code, wishes.customers) for each in seen.ahead)
    ours = [each for each in shown if each.theirs is None]
    return Report(
        command=COMMAND,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(each.overdue is not False for each in ours), problems=seen.inputs.problems),
        summary={
            **_counts(ours, [each for each in shown if each.theirs is not None]),
            "until": until,
            "later": _visits(owed) - _visits(shown) + ahead,
        },
        items=[item(each) for each in shown],
        problems=seen.problems,
        notes=_notes(desk, shown),
        view=tuple(shown),
    )


def _counts(ours: Sequence[Obligation], theirs: Sequence[Obligation]) -> dict[str, object]:
    """Visits, not lines: one line may be for several of the year's plan."""
    return {
        "due": _visits(ours),
        "customers": len({folded(each.customer.code) for each in ours}),
        "overdue": _visits(ours, True),
        "open": _visits(ours, None),
        "theirs": _visits(theirs),
        "theirs_overdue": _visits(theirs, True),
    }


def _visits(owed: Iterable[Obligation], *overdue: bool | None) -> int:
    """How many visits these are; if asked for, those that are overdue (True), or may be (None)."""
    return sum(each in overdue or not overdue for one in owed for each in one.visits)


def item(one: Obligation) -> dict[str, object]:
    """The contract's item; `overdue` is null where a calendar not published, or unread visits, leave it open."""
    led = [one.led] if one.led else []
    return {
        "customer_code": one.customer.code,
        "customer_name": one.customer.name,
        "kind": one.kind,
        "place": one.where.text,
        "due_by": one.due_by,
        "planned_on": one.planned,
        "because": reason(one.because),
        "overdue": one.overdue,
        "visits": len(one.visits),
        "visits_overdue": one.visits.count(True),
        "on_site": one.on_site,
        "leader_rank": one.leader,
        "engineer": one.engineer,
        "theirs": one.theirs,
        "asked_by": one.asked_by,
        "others": [reason(each) for each in one.others],
        "decisions": [*(each.decision for each in (one.because, *one.others) if each.decision), *led],
    }


def reason(because: Because) -> Say:
    """Rule, clause, sentence and cell in one line."""
    if because.decision is not None:
        return cited(because.decision, because.place)
    return Say("{rule}: {says}{place}", rule=because.rule, says=because.says, place=at(because.place))


def _wanted(code: str, customers: Iterable[str]) -> bool:
    names = [folded(name) for name in customers]
    return not names or folded(code) in names


def _near(one: Obligation, until: date | None) -> bool:
    """Whether it is shown: always what is or may be overdue, all else where somebody is to go by `until`."""
    return one.overdue is not False or until is None or one.meant_for <= until


def _notes(desk: Desk, shown: Sequence[Obligation]) -> list[Say]:
    notes = []
    if desk.named_nowhere("warnings") and desk.named_nowhere("crises"):
        notes.append(Say("neither warnings nor crises are named: what they ask for is not in this list"))
    provinces = sorted({each.where.province for each in shown if each.where.province})
    if desk.province is None and len(provinces) > 1:
        notes.append(Say("no province is set, so the visits in all of {provinces} count as ours; set province in "
                         "aftersales.yaml, or --province", provinces=provinces))  # fmt: skip
    if any(each.theirs for each in shown):
        notes.append(Say("visits that another province owes are a task for the group system (R74)"))
    return notes
