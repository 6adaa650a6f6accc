"""The answer as a function of the nine facts: total, definite, safe, and what the book's text says (D4)."""

from __future__ import annotations

from itertools import product

import pytest

from aftersales_cli.complaint.answer import LETTERS, RULES, Answer, Decided, Facts, completions, decide
from aftersales_cli.records.values import Category

PLANNED, TEMPORARY, EMERGENCY = Category
NO, FAULT, PLAN, PERSON = Answer.NOT_A_CUTOVER, Answer.NETWORK_FAULT, Answer.PLANNED_CUTOVER, Answer.NEEDS_A_PERSON
OPEN = (True, False, None)
EVERY = [Facts(*way) for way in product(OPEN, (*Category, None), *[OPEN] * 7)]
COMPLETE = [facts for facts in EVERY if None not in facts]

# D4's table, a line for each rule: what it wants of V K I F L D O R P (y, n; p planned; a dot: whatever), read from the
# book's text and not from the program. The first line that fits is cited.
TABLE = """
ANS-6  y . . n . . . . .  network_fault
ANS-5  y . . . n . . . .  network_fault
ASR-2  y . . . . . . . y  network_fault
ANS-1  y p n . . . . . .  network_fault
ANS-4  y p y . . n . . .  network_fault
ANS-2  y p y . . . y n .  network_fault
ANS-3  y p y . . y . y .  planned_cutover
ANS-0  y p . . . . . . .  network_fault
""".strip().splitlines()


def by_the_table(facts: Facts) -> tuple[str, str | None]:
    """Answer and citation of complete facts, as one would find them with a finger on the page."""
    if not facts.V:
        return "not_a_cutover", None
    for line in TABLE:
        rule, *wanted, answer = line.split()
        if all(_fits(want, fact) for want, fact in zip(wanted, facts, strict=True)):
            return answer, rule
    return "needs_a_person", None


def _fits(want: str, fact: object) -> bool:
    return want == "." or (fact is PLANNED if want == "p" else fact is (want == "y"))


def test_there_are_all_ways_to_know_and_not_to_know() -> None:
    assert (len(EVERY), len(COMPLETE)) == (4 * 3**8, 3 * 2**8)


def test_complete_facts_are_answered_as_the_table_says() -> None:
    found = [(decide(facts).answer.value, decide(facts).primary) for facts in COMPLETE]
    assert found == [by_the_table(facts) for facts in COMPLETE]


def test_every_combination_has_one_answer_and_it_is_definite_exactly_when_all_completions_agree() -> None:
    for facts in EVERY:
        answers = {by_the_table(way)[0] for way in completions(facts)}
        expected = answers.pop() if len(answers) == 1 else "needs_a_person"
        assert decide(facts).answer.value == expected, facts


def test_the_citation_is_the_first_rule_that_holds_whatever_is_unknown_else_none_permits_it() -> None:
    for facts in EVERY:
        found = decide(facts)
        certain = [line.split()[0] for line in TABLE[:-1] if _holds_in_all(line, facts)]
        if found.answer in (NO, PERSON):
            assert found.primary is None, facts
        else:
            assert found.primary == (certain[0] if certain else "ANS-0"), facts


def _holds_in_all(line: str, facts: Facts) -> bool:
    rule, *wanted, _ = line.split()
    ways = list(completions(facts))
    if rule == "ANS-3":
        return all(by_the_table(way)[1] == "ANS-3" for way in ways)
    return all(all(_fits(want, fact) for want, fact in zip(wanted, way, strict=True)) for way in ways)


def test_only_ans_3_answers_planned_cutover() -> None:
    assert {decide(facts).primary for facts in EVERY if decide(facts).answer is PLAN} == {"ANS-3"}
    assert {decide(facts).rules for facts in EVERY if decide(facts).answer is PLAN} == {("ANS-3",)}


def test_planned_cutover_needs_seven_facts_and_the_overrun_is_none_of_them() -> None:
    """R = yes says that the overrun, if any, did not reach this customer."""
    planned = {facts for facts in EVERY if decide(facts).answer is PLAN}
    expected = {Facts(True, PLANNED, True, True, True, True, late, True, False) for late in OPEN}
    assert planned == expected


def test_filling_in_an_unknown_fact_keeps_a_definite_answer() -> None:
    for facts in EVERY:
        answer = decide(facts).answer
        if answer is not PERSON:
            assert {decide(way).answer for way in filled_once(facts)} <= {answer}, facts


def filled_once(facts: Facts) -> list[Facts]:
    """The facts with one unknown one filled in, every way."""
    values = {"K": tuple(Category)}
    return [
        facts._replace(**{letter: value})  # type: ignore[arg-type]  # a letter with one of its values
        for letter, known in zip(LETTERS, facts, strict=True)
        if known is None
        for value in values.get(letter, (True, False))
    ]


def test_what_matters_is_unknown_and_keeps_the_answer_open() -> None:
    for facts in EVERY:
        found = decide(facts)
        assert all(getattr(facts, letter) is None for letter in found.matters)
        answers = {by_the_table(way)[0] for way in completions(facts)}
        assert bool(found.matters) == (len(answers) > 1), facts


def test_a_fact_that_does_not_matter_may_be_anything() -> None:
    """Once the facts that matter are known, the answer is too."""
    for facts in EVERY[::5]:
        matters = decide(facts).matters
        for way in completions(facts):
            known = facts._replace(**{letter: getattr(way, letter) for letter in matters})
            assert decide(known).answer.value == by_the_table(way)[0], facts


def test_an_unverified_cause_is_always_a_matter_for_a_person() -> None:
    assert {decide(facts).answer for facts in EVERY if facts.V is None} == {PERSON}


def test_another_cause_is_ordinary_fault_handling() -> None:
    assert {decide(facts).answer for facts in EVERY if facts.V is False} == {NO}


def test_rules_with_different_answers_never_hold_together() -> None:
    both = [facts for facts in EVERY if "ANS-3" in decide(facts).rules and len(decide(facts).rules) > 1]
    assert both == []


GOOD = Facts(True, PLANNED, True, True, True, True, False, True, False)


@pytest.mark.parametrize(
    ("change", "answer", "primary"),
    [
        pytest.param({}, PLAN, "ANS-3", id="everything as it should be"),
        pytest.param({"V": False}, NO, None, id="another cause"),
        pytest.param({"F": False}, FAULT, "ANS-6", id="not filed and published first"),
        pytest.param({"L": False}, FAULT, "ANS-5", id="published late"),
        pytest.param({"F": False, "L": False}, FAULT, "ANS-6", id="both: the first of the table is cited"),
        pytest.param({"I": False}, FAULT, "ANS-1", id="declared as interrupting nobody"),
        pytest.param({"D": False}, FAULT, "ANS-4", id="not delivered"),
        pytest.param({"O": True, "R": False}, FAULT, "ANS-2", id="the overrun reached the customer"),
        pytest.param({"O": True}, PLAN, "ANS-3", id="an overrun that did not"),
        pytest.param({"R": False}, FAULT, "ANS-0", id="restored late although the works ended in time"),
        pytest.param({"R": False, "O": None}, FAULT, "ANS-0", id="late whatever the works did"),
        pytest.param({"I": None, "D": False}, FAULT, "ANS-0", id="one of two rules, nobody knows which"),
        pytest.param({"K": TEMPORARY, "P": True}, FAULT, "ASR-2", id="temporary work under assurance"),
        pytest.param({"K": EMERGENCY}, PERSON, None, id="an emergency in time: the book is silent"),
        pytest.param({"D": None}, PERSON, None, id="no receipt"),
        pytest.param({"F": None, "L": False}, FAULT, "ANS-5", id="an unknown fact that does not matter"),
        pytest.param({"V": None, "L": False}, PERSON, None, id="unverified, although published late"),
    ],
)
def test_the_book_by_example(change: dict[str, object], answer: Answer, primary: str | None) -> None:
    found = decide(GOOD._replace(**change))  # type: ignore[arg-type]  # letters with their values
    assert (found.answer, found.primary) == (answer, primary)


def test_all_rules_that_hold_are_listed() -> None:
    bad = Facts(True, PLANNED, True, False, False, False, True, False, False)
    assert decide(bad).rules == ("ANS-6", "ANS-5", "ANS-4", "ANS-2")


def test_what_is_missing_is_named_by_its_letter() -> None:
    assert decide(GOOD._replace(D=None, O=None)).matters == ("D",)


def test_a_silent_book_lacks_nothing() -> None:
    assert decide(GOOD._replace(K=EMERGENCY)) == Decided(PERSON, None, dict.fromkeys(RULES, False))
