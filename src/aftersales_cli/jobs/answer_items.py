"""What `complaint answer` says of each complaint: the contract's item, and the words for answers and facts."""

from __future__ import annotations

from collections.abc import Mapping

from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import Answered
from aftersales_cli.jobs.answer_settling import settled_by
from aftersales_cli.records.values import Category
from aftersales_cli.rules.decision import Decision
from aftersales_cli.words import Say

Item = dict[str, object]
ANSWERS: Mapping[Answer, Say] = {
    Answer.PLANNED_CUTOVER: Say("planned cutover"),
    Answer.NETWORK_FAULT: Say("network fault"),
    Answer.NOT_A_CUTOVER: Say("not a cutover"),
    Answer.NEEDS_A_PERSON: Say("needs a person"),
}
FACTS: Mapping[str, Say] = {
    "V": Say("the cause is verified to be this cutover"),
    "K": Say("category of the work"),
    "I": Say("declared as interrupting"),
    "F": Say("filed and published before it began"),
    "L": Say("published early enough"),
    "D": Say("delivered to this customer as required"),
    "O": Say("the works overran"),
    "R": Say("interrupted within the window only"),
    "P": Say("temporary or emergency work on an assured circuit"),
}
"""What each letter of D4 asks."""
CATEGORIES = {
    Category.PLANNED: Say("planned"),
    Category.TEMPORARY: Say("temporary"),
    Category.EMERGENCY: Say("emergency"),
}
ASKED_BY = {"V": "ANS-3", "K": "ANS-3", "I": "ANS-1", "F": "ANS-6", "L": "ANS-5", "D": "ANS-4", "O": "ANS-2",
            "R": "ANS-3", "P": "ASR-2"}  # fmt: skip
"""The rule whose clause makes each fact matter."""


def item(one: Answered) -> Item:
    """The contract's item (section 5)."""
    return {
        "complaint_no": one.complaint.complaint_no,
        "answer": one.answer,
        "primary": one.primary,
        "task_no": one.task_no,
        "facts": {letter: fact_value(found.value) for letter, found in one.facts.items()},
        "missing": [
            {"field": lacking.field, "why": lacking.why, "source": lacking.place, "settle": settled_by(lacking, one)}
            for lacking in one.missing
        ],
        "cautions": one.cautions,
        "decisions": one.decisions,
    }


def fact_value(value: bool | Category | None) -> bool | str | None:
    """As scripts get it: the category by its English word."""
    return value.name.lower() if isinstance(value, Category) else value


def fact_words(value: bool | Category | None) -> object:
    """As people read it."""
    if isinstance(value, Category):
        return CATEGORIES[value]
    return Say("unknown") if value is None else value


def decision_of(one: Answered, rule: str) -> Decision | None:
    """The decision of one of the answer rules."""
    return next((decision for decision in one.decisions if decision.rule == rule), None)


def cited(decision: Decision, language: str) -> str:
    """`ANS-5 (TB-2.3.3 answer rule 5)`."""
    if decision.clause is None:
        return decision.rule
    return f"{decision.rule} ({decision.clause.cited(language)})"


def in_a_sentence(one: Answered, language: str) -> Say:
    """The answer as a person would say it over the phone."""
    number, primary = one.complaint.complaint_no, decision_of(one, one.primary) if one.primary else None
    if one.answer is Answer.NEEDS_A_PERSON:
        return Say("Complaint {number} cannot be answered yet: {says}.", number=number, says=one.says)
    if one.answer is Answer.NOT_A_CUTOVER or primary is None:
        return Say("Complaint {number} is not about a cutover: {says}.", number=number, says=one.says)
    title, rule = primary.title.get(language, ""), cited(primary, language)
    answer = ANSWERS[one.answer]
    return Say("Answer complaint {number} as a {answer}, by {rule}: {title}.",
               number=number, answer=answer, rule=rule, title=title)  # fmt: skip
