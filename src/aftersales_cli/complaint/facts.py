"""The nine facts of a complaint, each established from its evidence as D4's table says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aftersales_cli.complaint import timing
from aftersales_cli.complaint.answer import Decided, Facts, decide
from aftersales_cli.complaint.delivery import delivered
from aftersales_cli.complaint.established import Established
from aftersales_cli.complaint.matching import interruption
from aftersales_cli.complaint.measures import Measure, Measures, measures
from aftersales_cli.complaint.promise import Promise, promise
from aftersales_cli.complaint.subject import Case
from aftersales_cli.cutover.assurance_rules import handled_as_fault
from aftersales_cli.places import Known, Missing, Unknown
from aftersales_cli.records.values import Cause, Interrupts
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.book import Numbers
from aftersales_cli.rules.decision import Finding, Verdict
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays


@dataclass(frozen=True)
class Ground:
    """What facts are established with: the book's numbers in one province, the calendar, the word lists."""

    numbers: Numbers
    workdays: Workdays
    vocabularies: Vocabularies


class Findings:
    """The nine facts of one complaint by their letters, each worked out once, and what they decide.

    `facts` are the values alone; `beside` are cautions that belong to none of them. It does not hold the case, which
    keeps it: what is dropped then goes at once, with no collector to look for it.
    """

    __slots__ = ("all", "beside", "decided", "facts")

    def __init__(self, case: Case, ground: Ground) -> None:
        numbers, told = measures(ground.numbers, case.reported_at.day), promise(case)
        self.all = _all(case, told, numbers, ground)
        self.facts = Facts(*[fact.value for fact in self.all.values()])  # type: ignore[arg-type]  # K is a category
        self.decided: Decided = decide(self.facts)
        self.beside: tuple[Say, ...] = timing.contract_missed(case, told, ground.workdays)


def _all(case: Case, told: Promise, numbers: Measures, ground: Ground) -> Mapping[str, Established]:
    """By letter, in the order of D4."""
    late = timing.in_good_time(told, numbers.notice, ground.workdays)
    return {
        "V": verified(case, numbers),
        "K": category(case),
        "I": interrupting(told),
        "F": timing.filed_and_published_first(case, told, late.value),
        "L": late,
        "D": delivered(case, told, numbers, ground.workdays),
        "O": timing.overrun(case, told),
        "R": timing.within(case, told, numbers.announced_binds),
        "P": protected(case, ground),
    }


def established(case: Case, ground: Ground) -> Findings:
    """The facts of a case, kept with it: every rule asks for them."""
    key = ground.numbers.province
    found: Findings | None = case.memo.get(key)
    if found is None:
        found = case.memo[key] = Findings(case, ground)
    return found


def verified(case: Case, numbers: Measures) -> Established:
    """V: the cause is verified to be this cutover."""
    cause: Any = case.complaint.fact("cause")
    if cause.value is Cause.OTHER:
        return Established.of(False, Say("the cause is another one"), cause)
    if cause.value in (Cause.CUTOVER, Cause.UNFILED_CUTOVER):
        says = Say("the cause is verified: {cause}", cause=cause.value)
        if case.filing is not None:
            says = Say("the cause is verified: {cause} {task}", cause=cause.value, task=case.filing.task.name)
        said = (*case.cautions, *_elsewhere(case, numbers.afterwards), *numbers.afterwards.cautions)
        return Established.of(True, says, cause, cautions=said, values=numbers.afterwards.used)
    why = Say("nobody has verified the cause; fill in 查实原因")
    return Established.unknown(Unknown("cause", why, cause.place), cause)


def _elsewhere(case: Case, afterwards: Measure) -> list[Say]:
    """The caution where the named cutover was not at work when, or shortly before, the interruption was (D4)."""
    if case.filing is None or not isinstance(afterwards.value, int):
        return []
    (start, end), (begins, ends) = interruption(case.complaint, timedelta(hours=afterwards.value)), case.filing.hours
    if begins <= end and start <= ends:
        return []
    return [Say("the interruption is not within {hours} hours of cutover {task}",
                hours=afterwards.value, task=case.filing.task.name)]  # fmt: skip


def category(case: Case) -> Established:
    """K: planned, temporary or emergency."""
    return case.filing.once("category", lambda: _category(case)) if case.filing else _category(case)


def _category(case: Case) -> Established:
    fact = case.category
    if isinstance(fact, Unknown):
        return Established.unknown(fact)
    said = case.filing.task.category_cell if case.filing else fact
    meant = case.filing.meant if case.filing else None
    differs = isinstance(said, Known) and meant is not None and meant is not fact.value
    cautions = [Say("the task number says {meant}", meant=meant)] if differs else []
    return Established.of(fact.value, Say("the work is {category}", category=fact.value), fact, cautions=cautions)


def interrupting(told: Promise) -> Established:
    """I: declared as interrupting; 瞬断 is."""
    fact = told.interruption
    if told.unclear or isinstance(fact, Unknown):
        return Established.unknown(told.unclear or fact)  # type: ignore[arg-type]  # one of them is Unknown
    yes = fact.value.kind is not Interrupts.NO
    return Established.of(yes, Say("declared as {interruption}", interruption=fact.value), fact, cautions=told.cautions)


def protected(case: Case, ground: Ground) -> Established:
    """P: work that ASR-2 says is handled as a fault; that rule judges the cutover, once for all its complaints."""
    if case.filing is None:
        return Established.unknown(case.no_task)
    return case.filing.once(("ASR-2", ground.numbers.province), lambda: _protected(case, ground))


def _protected(case: Case, ground: Ground) -> Established:
    """A cutover that is planned is no matter of this rule; one of unknown category may be."""
    day = case.window_start
    if isinstance(day, Unknown):
        return Established.unknown(day)
    given = ground.numbers("ASR-2", day.value)
    if given is None:
        return Established.of(
            False, Say("no edition of {rule} was in force on {day}", rule="ASR-2", day=day.value), day
        )
    try:
        finding: Finding = handled_as_fault(case, given, vocabularies=ground.vocabularies)
    except Missing as missing:
        return Established.unknown(missing.unknown)
    value = {Verdict.MET: True, Verdict.NOT_APPLICABLE: False}.get(finding.verdict)
    missing_ = finding.missing if value is None else ()
    return Established(value, finding.says, finding.evidence, missing_, (), given.used)


def cautions(found: Findings) -> tuple[Say, ...]:
    """What is said beside the answer and never changes it (D4), each once."""
    said = [caution for fact in found.all.values() for caution in fact.cautions]
    said += found.beside
    return tuple(dict.fromkeys(said) if len(said) > 1 else said)  # comparing sentences takes long
