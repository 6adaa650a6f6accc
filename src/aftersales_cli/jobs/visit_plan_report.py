"""What a plan has to say: items, summary, cautions (contract, section 5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from aftersales_cli.jobs.visit_plan_explain import CELLS, Explained
from aftersales_cli.jobs.visit_plan_inputs import PlanInputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.places.problem import shortened
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.values import VisitKind
from aftersales_cli.records.vocabulary import Vocabularies, Vocabulary
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.frequency import FREQUENCY, LISTS, unlisted
from aftersales_cli.visit.naming import Named, Person
from aftersales_cli.visit.plan import Appointment, Past, Plan, Unplaced
from aftersales_cli.words import Counted, Say

_NAMED = 10
"""A sentence names no more customers than this."""
_ALSO = 3
"""Beside the cell a problem stands at, it names no more of its kind than this."""


@dataclass(frozen=True)
class Outcome:
    """What people are shown of a run beside its items; `explained` only where that was asked for.

    `standing` counts the visits that stand as planned before because a row could not be read; `taken_out`
    are those of the plan before that this one has no more. `over` are those it has no more though their day is over:
    the ledger keeps them.
    """

    plan: Plan
    folder: Path | None
    replanned: bool
    moved: tuple[Appointment, ...]
    explained: tuple[Explained, ...] = ()
    standing: int = 0
    taken_out: tuple[PlannedVisit, ...] = ()
    over: tuple[PlannedVisit, ...] = ()

    @cached_property
    def decisions(self) -> Mapping[str, tuple[Decision, ...]]:
        """The decisions on each customer's plan, by code."""
        return {one.customer.code: one.decisions for one in self.explained}


def summary(outcome: Outcome) -> Mapping[str, object]:
    """Counts, what could not be placed and why, what was past before there was a plan, each engineer's load by week."""
    plan = outcome.plan
    return {
        "year": plan.days.year,
        "provisional": plan.days.provisional,
        "customers": len(plan.wanted),
        "visits": len(plan.visits),
        "not_placed": [_open(one, outcome.decisions) for one in plan.unplaced],
        "past": [_past(one) for one in plan.past],
        "changed": len(outcome.moved) if outcome.replanned else 0,
        "standing": outcome.standing,
        "taken_out": [_before(visit) for visit in outcome.taken_out],
        "over": [_before(visit) for visit in outcome.over],
        "peaks": [_peak(person.label, person.capacity, weeks) for person, weeks in plan.loads.items()],
    }


def cautions(plan: Plan, inputs: PlanInputs, words: Vocabularies) -> Iterator[Problem]:
    """What was read as the lowest, who is not in the table, and who goes for want of one of the customer's own."""
    yield from _unlisted(inputs.customers.records, words)
    people = {visit.by.person: visit for visit in reversed(plan.visits) if visit.day >= plan.days.since}
    for person in plan.loads:
        if person in people and not person.listed:
            by, row = people[person].by, people[person].customer
            unread = person.unread or bool(inputs.engineers.failed)
            yield Problem(_assumed(person, unread), row.place(CELLS.get(by.role)), severity=Severity.CAUTION)
    yield from _namesakes(plan.visits)


def _assumed(person: Person, unread: bool) -> Say:
    """What is taken for somebody without a row, or (`unread`) without one that could be read."""
    if unread:
        return Counted("no row of {engineer} in the table of engineers could be read; {n} visit a week is assumed",
                       "no row of {engineer} in the table of engineers could be read; {n} visits a week are assumed",
                       n=person.capacity, engineer=person.label)  # fmt: skip
    return Counted("{engineer} is not in the table of engineers; {n} visit a week is assumed",
                   "{engineer} is not in the table of engineers; {n} visits a week are assumed",
                   n=person.capacity, engineer=person.label)  # fmt: skip


def _namesakes(visits: Iterable[Appointment]) -> Iterator[Problem]:
    """Whoever goes though others have the same name, and nothing tells who is meant: once for each choice (D10)."""
    found: dict[Named, dict[str, Customer]] = {}
    for visit in visits:
        if visit.by.others:
            found.setdefault(visit.by, {}).setdefault(visit.customer.code, visit.customer)
    for named, customers in found.items():
        field = CELLS.get(named.role)
        first = min(customers.values(), key=lambda row: row.code)
        message = Say(
            "nothing tells which engineer of this name is meant by {customers}: {engineer} goes, and not {others}",
            customers=_few(sorted(customers)), engineer=named.person.label, others=named.others,
        )  # fmt: skip
        hint = Say("write which one, such as {engineer}, or the chief engineer's e-mail", engineer=named.person.label)
        yield Problem(message, first.place(field), field, hint=hint, severity=Severity.CAUTION)


def _few(codes: Sequence[str]) -> list[str]:
    return [*codes[:_NAMED], *(["…"] if len(codes) > _NAMED else [])]


def _unlisted(customers: Sequence[Customer], words: Vocabularies) -> Iterator[Problem]:
    """Each word once that is not in the list of its column: at the first cell that has it, with the number of all."""
    for field, name in LISTS.items():
        found: dict[str, list[Customer]] = {}
        for row in customers:
            text = row.value(field)
            if text and words[name].term(text) is None:
                found.setdefault(text, []).append(row)
        for text, rows in found.items():
            message, place = _as_lowest(field, rows, words), rows[0].place(field)
            yield Problem(message, place, field, text, _meant(text, words[name]), severity=Severity.CAUTION)


def _as_lowest(field: str, rows: Sequence[Customer], words: Vocabularies) -> Say:
    """What is made of a word, and in which other cells it stands."""
    (says,) = unlisted(words, rows[0].fact(field))
    if len(rows) == 1:
        return says
    also: list[object] = [replace(row.place(field), heading=None) for row in rows[1 : _ALSO + 1]]
    return Say("{says}; {n} cells have it, also {places}",
               says=says, n=len(rows), places=[*also, *(["…"] if len(rows) > _ALSO + 1 else [])])  # fmt: skip


def once(read: Iterable[Problem], told: Sequence[Problem]) -> Iterator[Problem]:
    """What was said in reading, without the words of which the plan has `told` more."""
    known = {(problem.field, problem.place) for problem in told if problem.field in LISTS}
    return (problem for problem in read if (problem.field, problem.place) not in known)


def _meant(text: str, words: Vocabulary) -> Say:
    """The spelling that was perhaps meant: 重点管控 by 重点."""
    file = f"vocabulary/{words.name}.yaml"
    spelt = {spelling: term.word for term in words.terms for spelling in (term.word, *term.aliases)}
    near = [one for one in spelt if one.startswith(text)] or get_close_matches(text, list(spelt), 1)
    if near:
        return Say("did you mean {near}, which is {word}? Write that, or add “{found}” to {file} of the rule book",
                   near=near[0], word=spelt[near[0]], found=shortened(text), file=file)  # fmt: skip
    return Say("write one of {words}, or add “{found}” to {file} of the rule book",
               words=words.words, found=shortened(text), file=file)  # fmt: skip


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
        "planned_before": one.wanted.before.day if one.wanted.before else None,
        "rule": FREQUENCY,
    }
    return found | _judged(one.wanted.customer.code, decisions)


def _before(visit: PlannedVisit) -> dict[str, object]:
    return {"customer_code": visit.customer_code, "date": visit.day, "engineer": visit.engineer}


def _past(one: Past) -> dict[str, object]:
    slot = one.wanted.slot
    return {"customer_code": one.wanted.customer.code, "slot": {"from": slot.start, "to": slot.end},
            "made_on": one.made}  # fmt: skip


def _peak(engineer: str, capacity: int, weeks: Mapping[date, int]) -> dict[str, object]:
    most = max(weeks.values())
    monday = min(week for week, load in weeks.items() if load == most)
    by_week = {f"{day.isocalendar().year}-W{day.isocalendar().week:02}": load for day, load in sorted(weeks.items())}
    year, week, _ = monday.isocalendar()
    return {"engineer": engineer, "peak": most, "week": f"{year}-W{week:02}", "visits_per_week": capacity,
            "weeks": by_week}  # fmt: skip
