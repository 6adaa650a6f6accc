"""What a plan has to say: items, summary, cautions (contract, section 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from aftersales_cli.jobs.visit_plan_explain import Explained
from aftersales_cli.jobs.visit_plan_inputs import PlanInputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.values import VisitKind
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.frequency import FREQUENCY, unlisted
from aftersales_cli.visit.planning import Appointment, Plan, Unplaced
from aftersales_cli.words import Counted, Say


@dataclass(frozen=True)
class Outcome:
    """What people are shown of a run beside its items; `explained` only where that was asked for.

    `standing` counts the visits that stand as planned before because a row could not be read; `taken_out`
    are those of the plan before that this one has no more.
    """

    plan: Plan
    folder: Path | None
    replanned: bool
    moved: tuple[Appointment, ...]
    explained: tuple[Explained, ...] = ()
    standing: int = 0
    taken_out: tuple[PlannedVisit, ...] = ()

    @cached_property
    def decisions(self) -> Mapping[str, tuple[Decision, ...]]:
        """The decisions on each customer's plan, by code."""
        return {one.customer.code: one.decisions for one in self.explained}


def summary(outcome: Outcome) -> Mapping[str, object]:
    """Counts, what could not be placed and why, and each engineer's load by ISO week."""
    plan = outcome.plan
    return {
        "year": plan.days.year,
        "provisional": plan.days.provisional,
        "customers": len(plan.wanted),
        "visits": len(plan.visits),
        "not_placed": [_open(one, outcome.decisions) for one in plan.unplaced],
        "changed": len(outcome.moved) if outcome.replanned else 0,
        "standing": outcome.standing,
        "taken_out": [
            {"customer_code": visit.customer_code, "date": visit.day, "engineer": visit.engineer}
            for visit in outcome.taken_out
        ],
        "peaks": [_peak(person.label, person.capacity, weeks) for person, weeks in plan.loads.items()],
    }


def cautions(plan: Plan, inputs: PlanInputs, words: Vocabularies) -> Iterator[Problem]:
    """What was read as the lowest, who is not in the table, and who goes for want of one of the customer's own."""
    seen: set[object] = set()
    for row in inputs.customers.records:
        for name, text in unlisted(words, row.level, row.service_grade, row.control_level):
            if name == "control_levels" and text not in seen:
                seen.add(text)
                message = Say("{heading} “{text}” is not in the list “{list}”; it counts as the lowest",
                              heading=row.TABLE.column("control_level").heading, text=text, list=name)  # fmt: skip
                yield Problem(message, row.place("control_level"), "control_level", text,
                              severity=Severity.CAUTION)  # fmt: skip
    people = {visit.by.person: visit for visit in reversed(plan.visits)}
    for person in plan.loads:
        if not person.listed:
            row = people[person].customer
            message = Counted("{engineer} is not in the table of engineers; {n} visit a week is assumed",
                              "{engineer} is not in the table of engineers; {n} visits a week are assumed",
                              n=person.capacity, engineer=person.label)  # fmt: skip
            yield Problem(message, row.place("chief_engineer"), severity=Severity.CAUTION)


def item(visit: Appointment, decisions: Mapping[str, Sequence[Decision]]) -> dict[str, object]:
    """One visit with the contract's keys, and by which role its engineer goes; its customer's decisions if judged."""
    slot = visit.wanted.slot
    found: dict[str, object] = {
        "customer_code": visit.customer.code,
        "date": visit.day,
        "kind": VisitKind.ROUTINE,
        "place": visit.customer.headquarters,
        "engineer": visit.by.person.label,
        "role": visit.by.role,
        "content": visit.content,
        "slot": {"from": slot.start, "to": slot.end},
        "file_with_group": visit.filed,
        "moved_from": visit.moved_from,
    }
    return found | _judged(visit.customer.code, decisions)


def _judged(code: str, decisions: Mapping[str, Sequence[Decision]]) -> dict[str, object]:
    return {"decisions": decisions[code]} if code in decisions else {}


def _open(one: Unplaced, decisions: Mapping[str, Sequence[Decision]]) -> dict[str, object]:
    slot = one.wanted.slot
    found: dict[str, object] = {
        "customer_code": one.wanted.customer.code,
        "slot": {"from": slot.start, "to": slot.end},
        "engineer": one.person.label if one.person else None,
        "because": one.because,
        "rule": FREQUENCY,
    }
    return found | _judged(one.wanted.customer.code, decisions)


def _peak(engineer: str, capacity: int, weeks: Mapping[date, int]) -> dict[str, object]:
    most = max(weeks.values())
    monday = min(week for week, load in weeks.items() if load == most)
    by_week = {f"{day.isocalendar().year}-W{day.isocalendar().week:02}": load for day, load in sorted(weeks.items())}
    year, week, _ = monday.isocalendar()
    return {"engineer": engineer, "peak": most, "week": f"{year}-W{week:02}", "visits_per_week": capacity,
            "weeks": by_week}  # fmt: skip
