"""The nine facts of a complaint, each established from its evidence as D4's table says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from aftersales_cli.complaint import timing
from aftersales_cli.complaint.answer import LETTERS, Decided, Facts, decide
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

    `measures` are the book's numbers on the day of the complaint, `promise` is what the customer was told, or what the
    file says; `facts` are the values alone.
    """

    def __init__(self, case: Case, ground: Ground) -> None:
        self.case, self.ground = case, ground
        self.measures: Measures = measures(ground.numbers, case.reported_at.day)
        self.promise: Promise = promise(case)
        self.all = self._all()
        self.facts = Facts(*[self.all[letter].value for letter in LETTERS])  # type: ignore[arg-type]  # K is a category
        self.decided: Decided = decide(self.facts)

    def _all(self) -> Mapping[str, Established]:
        """By letter, in the order of D4."""
        late = timing.in_good_time(self.promise, self.measures.notice, self.ground.workdays)
        return {
            "V": verified(self.case, self.measures),
            "K": category(self.case),
            "I": interrupting(self.promise),
            "F": timing.filed_and_published_first(self.case, self.promise, late.value),
            "L": late,
            "D": delivered(self.case, self.promise, self.measures, self.ground.workdays),
            "O": timing.overrun(self.case, self.promise),
            "R": timing.within(self.case, self.promise, self.measures.announced_binds),
            "P": protected(self.case, self.ground),
        }


def established(case: Case, ground: Ground) -> Findings:
    """The facts of a case, kept with it: every rule asks for them."""
    key = ground.numbers.province
    if key not in case.memo:
        case.memo[key] = Findings(case, ground)
    found: Findings = case.memo[key]
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
    key = ("ASR-2", ground.numbers.province)
    if key not in case.filing.judged:
        case.filing.judged[key] = _protected(case, ground)
    found: Established = case.filing.judged[key]
    return found


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
    said += timing.contract_missed(found.case, found.promise, found.ground.workdays)
    return tuple(dict.fromkeys(said) if len(said) > 1 else said)  # comparing sentences takes long
