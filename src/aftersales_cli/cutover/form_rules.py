"""What the book says of a task's form: complete, its reason in the list, every circuit attributable."""

from __future__ import annotations

from aftersales_cli.cutover.task import Task
from aftersales_cli.places import Unknown
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.register.ownership import Whose
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule
from aftersales_cli.words import Counted, Say

FORM = ("task_no", "window", "interruption", "province", "reason")


@rule("CUT-01")
def form_complete(task: Task, given: Given) -> Finding:
    """Every column of the notice form can be filled, for every row."""
    del given
    facts = [row.fact(field) for row in task.rows for field in FORM]
    unread = [fact for fact in facts if isinstance(fact, Unknown) and fact.unread]
    empty = [fact for fact in facts if isinstance(fact, Unknown) and not fact.unread]
    if empty:
        return Finding.of(False, Say("missing: {fields}", fields=_headings(empty)), *empty, *unread)
    if unread:
        return Finding.of(None, Say("cannot be read: {fields}", fields=_headings(unread)), *unread)
    return Finding.of(True, Say("every column of the form is filled"), *facts[: len(FORM)])


def _headings(facts: list[Unknown]) -> list[str]:
    return list(dict.fromkeys(Cutover.TABLE.column(fact.field).heading for fact in facts))


@rule("CUT-02")
def reason_in_list(task: Task, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """The reason category is one of the book's list (R17)."""
    del given
    reason = task.reason.known
    if vocabularies["reasons"].term(reason) is not None:
        return Finding.of(True, Say("“{reason}” is in the list", reason=reason), task.reason)
    says = Say("“{reason}” is not in the list: {words}", reason=reason, words=vocabularies["reasons"].words)
    return Finding.of(False, says, task.reason)


@rule("CUT-03")
def attributable(task: Task, given: Given) -> Finding:
    """Each circuit has one customer, or the enterprise customer department is told in its place (R3)."""
    del given
    held = [pair for pair in task.pairs if pair.owner.whose is Whose.HELD]
    department = [pair for pair in task.pairs if pair.owner.whose is Whose.DEPARTMENT]
    facts = [pair.row.fact("circuit_code") for pair in task.pairs]
    cautions = [pair.owner.caution for pair in task.pairs if pair.owner.caution is not None]
    cautions += [pair.owner.why for pair in department if pair.owner.why is not None]
    if held:
        whys = [pair.owner.why for pair in held]
        unknown = [Unknown("circuit_code", w or Say("held"), p.owner.place) for p, w in zip(held, whys, strict=True)]
        return Finding.of(
            None, Say("nobody can say whose: {whys}", whys=whys), *facts, cautions=cautions, missing=unknown
        )
    if department:
        says = Counted(
            "{n} circuit is told through the enterprise customer department",
            "{n} circuits are told through the enterprise customer department",
            n=len(department),
        )
        return Finding.of(True, says, *facts, cautions=cautions)
    return Finding.of(True, Say("every circuit has its customer"), *facts, cautions=cautions)
