"""What people see of `aftersales complaint …`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from aftersales_cli.cli.output import table
from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import Answered
from aftersales_cli.complaint.established import Established
from aftersales_cli.jobs.answer import Outcome
from aftersales_cli.jobs.answer_items import ANSWERS, ASKED_BY, FACTS, cited, decision_of, fact_words, in_a_sentence
from aftersales_cli.jobs.answer_settling import heading, settled_by
from aftersales_cli.jobs.answer_writing import Plan, State, letter_words
from aftersales_cli.jobs.report import Report
from aftersales_cli.places import TYPED, Place
from aftersales_cli.rules.decision import Decision, Used
from aftersales_cli.words import Say, _, language, shown

if TYPE_CHECKING:
    from rich.console import RenderableType

SHOWN = 200


def _outcome(report: Report) -> Outcome:
    assert isinstance(report.view, Outcome)
    return report.view


def listed(report: Report) -> Iterator[RenderableType]:
    """A row per complaint: its answer, the rule to cite, and why; of an open one what is missing."""
    outcome = _outcome(report)
    plans = {id(plan.one): plan for plan in outcome.plans}
    rows = table(_("complaint"), _("circuit"), _("answer"), _("rule"), _("why"))
    rows.columns[3].no_wrap = True
    for one in outcome.answered[:SHOWN]:
        why = "\n".join(_short(one, plans.get(id(one))))
        rows.add_row(one.complaint.complaint_no, one.complaint.circuit_code, _answer(one), one.primary or "–", why)
    if outcome.answered:
        yield rows
    if len(outcome.answered) > SHOWN:
        yield str(Say("… and {n} more; --json lists all", n=len(outcome.answered) - SHOWN))
    yield from _counts(report)


def _short(one: Answered, plan: Plan | None) -> Iterator[str]:
    decision = decision_of(one, one.primary) if one.primary else None
    if decision is not None or not one.missing:
        yield decision.title.get(language(), "") if decision else str(one.says)
    if one.task_no:
        yield str(Say("cutover {task}", task=one.task_no))
    for missing in one.missing:
        yield str(Say("missing: {why}", why=missing.why))
    for caution in one.cautions:
        yield f"! {caution}"
    if plan is not None:
        yield _letter(plan)


def _letter(plan: Plan) -> str:
    """A dry run writes nothing."""
    return _("letter to be written") if plan.state is State.DUE and not plan.files else str(letter_words(plan))


def _counts(report: Report) -> Iterator[str]:
    counts = {key: report.summary[key] for key in ("complaints", *(each.value for each in Answer), "held")}
    yield str(Say("{complaints} complaints: {planned_cutover} planned cutover, {network_fault} network fault, "
                  "{not_a_cutover} not a cutover, {needs_a_person} need a person; {held} held", **counts))  # fmt: skip


def told(report: Report) -> Iterator[RenderableType]:
    """The answer in a sentence, why in a few, what is missing, what to mind."""
    outcome = _outcome(report)
    plans = {id(plan.one): plan for plan in outcome.plans}
    for number, one in enumerate(outcome.answered):
        if number:
            yield ""
        yield str(in_a_sentence(one, language()))
        yield from _subject(one)
        yield from _clause(one)
        yield from _missing(one)
        yield from _cautions(one)
        if id(one) in plans:
            yield f"  {_letter(plans[id(one)])}"
    if outcome.answered:
        yield "  " + _("--explain tells every fact and clause")


def explained(report: Report) -> Iterator[RenderableType]:
    """The whole story: every fact with its cells and clause, every rule that holds, what would settle the rest."""
    outcome = _outcome(report)
    plans = {id(plan.one): plan for plan in outcome.plans}
    for one in outcome.answered:
        yield ""
        yield str(in_a_sentence(one, language()))
        yield from _subject(one)
        yield ""
        yield "  " + _("Why")
        for letter, found in one.facts.items():
            yield from _fact(letter, found, one)
        yield from _rules(one)
        yield from _missing(one)
        yield from _cautions(one)
        if id(one) in plans:
            yield f"  {_letter(plans[id(one)])}"
    if len(outcome.answered) != 1 or outcome.held:
        yield ""
        yield from _counts(report)


def _answer(one: Answered) -> str:
    return str(ANSWERS[one.answer])


def _subject(one: Answered) -> Iterator[str]:
    customer, code = one.case.customer, one.case.customer_code
    whose = f"{customer.code} {customer.name}" if customer else code
    words = {"customer": whose, "circuit": one.complaint.circuit_code, "task": one.task_no}
    yield "  " + str(Say("customer {customer}, circuit {circuit}, cutover {task}", **words))
    if one.candidates:
        yield "  " + str(Say("it may be any of these cutovers: {tasks}", tasks=one.candidates))


def _clause(one: Answered) -> Iterator[str]:
    decision = decision_of(one, one.primary) if one.primary else None
    if decision is not None:
        yield f"  {decision.says}"
        others = [rule for rule in one.rules if rule != one.primary]
        if others:
            yield "  " + str(Say("{rules} would answer it, too", rules=others))


def _fact(letter: str, found: Established, one: Answered) -> Iterator[str]:
    value = shown(fact_words(found.value), language())
    yield f"  {letter}  {FACTS[letter]}: {value}"
    yield f"     {found.says}"
    for evidence in found.evidence:
        said = Say("{name}: {value}", name=_name(evidence.field, evidence.place), value=evidence.value)
        yield f"     · {said}{_where(evidence.place)}"
    for used in found.values:
        yield f"     § {_used(used)}"
    decision = decision_of(one, ASKED_BY[letter])
    if decision is not None and decision.clause is not None:
        yield f"     § {cited(decision, language())}"


def _rules(one: Answered) -> Iterator[str]:
    yield ""
    yield "  " + _("Rules that hold")
    for rule in one.rules or ():
        decision = decision_of(one, rule)
        if decision is not None:
            yield from _rule(decision)
    if one.primary and one.primary not in one.rules:
        decision = decision_of(one, one.primary)
        yield from _rule(decision) if decision else ()
    if not one.rules and not one.primary:
        yield "    –"


def _rule(decision: Decision) -> Iterator[str]:
    yield f"    {cited(decision, language())}: {decision.title.get(language(), '')}"
    if decision.clause is not None:
        yield f"      {decision.clause.text.get(language(), '')}"


def _missing(one: Answered) -> Iterator[str]:
    if one.missing:
        yield "  " + _("Missing")
    for missing in one.missing:
        yield f"    {_name(missing.field, missing.place)}: {missing.why}"
        yield f"      › {settled_by(missing, one)}"


def _cautions(one: Answered) -> Iterator[str]:
    for caution in one.cautions:
        yield f"  ! {caution}"


def _used(used: Used) -> str:
    return f"{used.name} = {shown(used.amount, language())} ({used.clause.cited(language())})"


def _name(field: str, place: Place | None) -> str:
    """The heading of the cell; where no cell says it, the field's own word."""
    if place is not None and place.heading:
        return place.heading
    return heading(field) if language() == "zh" else field


def _where(place: Place | None) -> str:
    """The cell, where one says it; an option is named already."""
    return f"   [{replace(place, heading=None)}]" if place and place.file != TYPED else ""
