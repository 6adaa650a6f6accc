"""The answer rules ANS-0 … ANS-6 (R9–R14), registered, and how a case table's row becomes what they judge.

A rule that holds is `met`, one that does not is `not_applicable`, one that unknown facts leave open `needs_a_person`;
none is ever `breached` (docs/decisions/0012). ASR-2, the rule of assurance, judges a complaint as it judges a task.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from aftersales_cli.complaint.answer import ANSWERS, FAULTS, Answer
from aftersales_cli.complaint.established import Established
from aftersales_cli.complaint.facts import Findings, Ground, established
from aftersales_cli.complaint.sampling import PARSERS, case_of_row
from aftersales_cli.complaint.subject import Case
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.book import Numbers
from aftersales_cli.rules.decision import Finding, Verdict
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

RULE_IDS = (*FAULTS, "ANS-3", "ANS-0")
"""The rules that answer a complaint, in the order in which they are cited (D4)."""

RESTS_ON = {
    "ANS-6": "VF",
    "ANS-5": "VL",
    "ASR-2": "VP",
    "ANS-1": "VKI",
    "ANS-4": "VKID",
    "ANS-2": "VKIOR",
    "ANS-3": "VKIDRFLP",
    "ANS-0": "VKIFLDORP",
}
"""The facts that each rule rests on, by their letters."""

EXTRAS = (
    *("as_of", "cutover", "owner", "agreed_notice"),
    *PARSERS,
    *("delivered_at", "delivered_circuits", "also_delivered_at"),
    *("told_at", "told_window", "told_interruption", "told_circuits", "told_whom", "told_change"),
    *("assured_level", "assured_from", "assured_to"),
)
"""What a case may say beside the complaint's row; see `case_of_complaint`."""


@subject("complaints", extras=EXTRAS)
def case_of_complaint(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Case:
    """The complaint of one row of a case table, with cutover, receipts and ledger from the extras.

    The cutover: its number is the complaint's, else that of the sample rows; its columns by their own keys
    (`filed_at`, …); `cutover: none` for no cutover at all. `owner: none` for a circuit the inventory has not,
    `agreed_notice` for the customer's contract. A receipt: `delivered_at`, `delivered_circuits`, and a second one by
    `also_delivered_at`. A notice in the ledger: `told_at` (its publication), `told_window`, `told_interruption`,
    `told_circuits`, `told_whom` (else the customer), `told_change` (`cancel`). An assurance: `assured_level`,
    `assured_from`, `assured_to`.
    """
    return case_of_row(row, extras, cast("Vocabularies", tools["vocabularies"]))


def finding(rule_id: str, case: Case, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies) -> Finding:
    """What a rule finds: whether it holds, on the facts it rests on, with every number they were measured by."""
    found = case.memo.get(numbers.province) or established(case, Ground(numbers, workdays, vocabularies))
    rests = [found.all[letter] for letter in RESTS_ON[rule_id]]
    holds = found.decided.holds[rule_id]
    evidence = [each for fact in rests for each in fact.evidence]
    return Finding(
        VERDICTS[holds],
        _says(rule_id, holds, rests, found),
        # without a cutover several facts rest on one cell: it is listed once
        tuple(evidence if case.filing is not None else dict.fromkeys(evidence)),
        tuple([each for fact in rests if fact.cautions for each in fact.cautions]),
        () if holds is not None else tuple({id(each): each for fact in rests for each in fact.missing}.values()),
        tuple({id(each): each for fact in rests if fact.values for each in fact.values}.values()),
    )


VERDICTS = {True: Verdict.MET, False: Verdict.NOT_APPLICABLE, None: Verdict.NEEDS_A_PERSON}
"""What it is called that a rule holds, does not hold, may hold."""


def _says(rule_id: str, holds: bool | None, rests: list[Established], found: Findings) -> Say:
    said = [fact.says for fact in rests]
    if holds is None:
        return Say("it is open whether it holds: {facts}", facts=[fact.says for fact in rests if fact.value is None])
    if not holds:
        return Say("it does not hold: {facts}", facts=said)
    if ANSWERS[rule_id] is Answer.PLANNED_CUTOVER:
        return Say("answered as a planned cutover: {facts}", facts=said)
    if rule_id == "ANS-0" and len(found.decided.rules) == 1:
        return Say("no clause permits the answer “planned cutover”: {facts}", facts=said)
    return Say("answered as a network fault: {facts}", facts=said)


@rule("ANS-6")
def not_filed_and_published(
    case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies
) -> Finding:
    """Work that was not filed and published before it began is answered as a network fault (R14)."""
    del given
    return finding("ANS-6", case, numbers, workdays, vocabularies)


@rule("ANS-5")
def published_too_late(
    case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies
) -> Finding:
    """Work published too late is answered as a network fault (R13)."""
    del given
    return finding("ANS-5", case, numbers, workdays, vocabularies)


@rule("ANS-1")
def interrupts_though_declared_not_to(
    case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies
) -> Finding:
    """Planned work declared as interrupting nobody is answered as a network fault where it did (R9)."""
    del given
    return finding("ANS-1", case, numbers, workdays, vocabularies)


@rule("ANS-4")
def not_delivered(
    case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies
) -> Finding:
    """A notice that was not delivered as required leaves the answer network fault (R12)."""
    del given
    return finding("ANS-4", case, numbers, workdays, vocabularies)


@rule("ANS-2")
def overran(case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies) -> Finding:
    """Works that took longer than planned, and reached this customer by it, are answered as a network fault (R10)."""
    del given
    return finding("ANS-2", case, numbers, workdays, vocabularies)


@rule("ANS-3")
def as_announced(
    case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies
) -> Finding:
    """The one path to the answer 'planned cutover': told as required, restored in time, no other rule (R11)."""
    del given
    return finding("ANS-3", case, numbers, workdays, vocabularies)


@rule("ANS-0")
def no_clause_permits_it(
    case: Case, given: Given, *, numbers: Numbers, workdays: Workdays, vocabularies: Vocabularies
) -> Finding:
    """Planned work that no rule permits to be answered as such is answered as a network fault (D4)."""
    del given
    return finding("ANS-0", case, numbers, workdays, vocabularies)
