"""`visit due`: every visit that is owed as of a day, overdue first, each with its clause and its cell (R19–R25, D7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.today_seen import at, cited
from aftersales_cli.jobs.visit_due_inputs import VisitInputs, read_visit_inputs
from aftersales_cli.jobs.visit_due_owed import Owed
from aftersales_cli.jobs.visit_due_plan import planned_visits
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.obligations import Because, Obligation, Planned
from aftersales_cli.words import Say

COMMAND = "visit due"


@dataclass(frozen=True)
class Wishes:
    """`customers` shows only theirs."""

    customers: Sequence[str] = ()


@dataclass(frozen=True)
class Found:
    """What was read, what is owed, and the plan it goes by."""

    inputs: VisitInputs
    obligations: tuple[Obligation, ...]
    planned: tuple[Planned, ...] = ()


def found(desk: Desk) -> Found:
    """Read everything and work out what is owed; also for `today`."""
    inputs, planned = read_visit_inputs(desk), planned_visits(desk)
    return Found(inputs, Owed(desk, inputs, planned).obligations(), planned)


def due(desk: Desk, wishes: Wishes) -> Report:
    """The report; exit 1 where one of our own visits is overdue, or only an unpublished calendar can tell."""
    seen = found(desk)
    shown = [each for each in seen.obligations if _wanted(each, wishes.customers)]
    ours = [each for each in shown if each.theirs is None]
    return Report(
        command=COMMAND,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(each.overdue is not False for each in ours), problems=seen.inputs.problems),
        summary={
            "due": len(ours),
            "overdue": sum(each.overdue is True for each in ours),
            "open": sum(each.overdue is None for each in ours),
            "theirs": len(shown) - len(ours),
            "theirs_overdue": sum(each.overdue is True for each in shown if each.theirs is not None),
        },
        items=[item(each) for each in shown],
        problems=seen.inputs.problems,
        notes=_notes(desk, shown),
        view=tuple(shown),
    )


def item(one: Obligation) -> dict[str, object]:
    """The contract's item; `overdue` is null where only a calendar that is not published can tell."""
    return {
        "customer_code": one.customer.code,
        "customer_name": one.customer.name,
        "kind": one.kind,
        "place": one.where.text,
        "due_by": one.due_by,
        "because": reason(one.because),
        "overdue": one.overdue,
        "on_site": one.on_site,
        "leader_rank": one.leader,
        "engineer": one.engineer,
        "theirs": one.theirs,
        "asked_by": one.asked_by,
        "others": [reason(each) for each in one.others],
        "decisions": [each.decision for each in (one.because, *one.others) if each.decision is not None],
    }


def reason(because: Because) -> Say:
    """Rule, clause, sentence and cell in one line."""
    if because.decision is not None:
        return cited(because.decision, because.place)
    return Say("{rule}: {says}{place}", rule=because.rule, says=because.says, place=at(because.place))


def _wanted(one: Obligation, customers: Iterable[str]) -> bool:
    names = [folded(name) for name in customers]
    return not names or folded(one.customer.code) in names


def _notes(desk: Desk, shown: Sequence[Obligation]) -> list[Say]:
    notes = []
    if desk.named_nowhere("warnings") and desk.named_nowhere("crises"):
        notes.append(Say("neither warnings nor crises are named: what they ask for is not in this list"))
    if any(each.theirs for each in shown):
        notes.append(Say("visits that another province owes are a task for the group system (R74)"))
    return notes
