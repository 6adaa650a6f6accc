"""The audit finds what would let the book and the program drift apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from aftersales_cli.rules.audit import audit
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.rule import rule
from aftersales_cli.words import Say
from tests.rules import toy

WHOLE = {"card": toy.CARD, "cases": toy.CASES, "province": toy.PROVINCE, "province_cases": toy.PROVINCE_CASES}


def faults(folder: Path, **files: str | None) -> list[str]:
    toy.lay(folder, **{name: text for name, text in (WHOLE | files).items() if text is not None})
    return [str(fault.message) for fault in audit(toy.bench(folder)).faults]


SAYS = "LAD-1, case"


def test_a_book_that_holds_has_no_fault_and_every_case_was_tried(tmp_path: Path) -> None:
    toy.lay(tmp_path, **WHOLE)
    found = audit(toy.bench(tmp_path))
    assert found.faults == ()
    assert [len(tried) for tried in found.tried.values()] == [7]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            {"cases": toy.CASES.replace("2020-01-11, met", "2020-01-11, breached")},
            ["LAD-1, case 2 “ten days”: expected breached, found met: 10 of 10"],
            id="a case that fails",
        ),
        pytest.param(
            {"card": toy.CARD.replace("keep: 7 days", "keep: 8 days")},
            ["LAD-1, case 4 “eight days under the second edition”: expected breached, found met: 8 of 8"],
            id="a number changed in place",
        ),
        pytest.param(
            {"card": toy.CARD.replace("2022-01-01", "2022-01-02")},
            [
                "LAD-1, case 4 “eight days under the second edition”: expected breached, found met: 8 of 10",
                "LAD-1: no case is judged on 2022-01-02, beside the first day of an edition",
            ],
            id="an edition's day moved",
        ),
        pytest.param(
            {"cases": toy.CASES.replace("2019-12-31", "2019-12-30")},
            ["LAD-1: no case is judged on 2019-12-31, beside the first day of an edition"],
            id="no case on the day before the first edition",
        ),
        pytest.param(
            {"province_cases": None},
            [
                "LAD-1: no case is judged on 2020-12-31, beside the first day of an edition",
                "LAD-1: no case is judged on 2021-01-01, beside the first day of an edition",
            ],
            id="a province without cases",
        ),
        pytest.param(
            {
                "card": toy.CARD.replace("  keep:", "  fee: {unit: number}\n  keep:", 1).replace(
                    " days\n", " days\n  fee: 3\n"
                )
            },
            ["LAD-1: no case reads the parameter “fee”"],
            id="a parameter that no case reads",
        ),
        pytest.param(
            {"province": toy.PROVINCE.replace("5 days", "9 days"), "province_cases": None},
            [
                "LAD-1: a province may lower “keep”; the group's book has 7 days from 2022-01-01, this is 9 days",
                "LAD-1: no case is judged on 2020-12-31, beside the first day of an edition",
                "LAD-1: no case is judged on 2021-01-01, beside the first day of an edition",
            ],
            id="a province that leaves its bounds later",
        ),
        pytest.param(
            {"LAD-2": toy.CARD.replace("id: LAD-1", "id: LAD-2")},
            ["no rule of this program judges the card LAD-2"],
            id="a card without a function",
        ),
        pytest.param(
            {"LAD-9.cases": toy.CASES},
            ["these cases belong to nothing in the book"],
            id="cases without a card",
        ),
    ],
)
def test_the_audit_names(tmp_path: Path, files: dict[str, str | None], expected: list[str]) -> None:
    assert faults(tmp_path, **files) == expected


def test_the_audit_names_a_function_without_a_card(tmp_path: Path) -> None:
    toy.lay(tmp_path, **WHOLE)
    rules = dict(toy.RULES)
    rule("LAD-3", into=rules)(lambda subject, given: Finding.of(True, Say("fine")))
    bench = toy.bench(tmp_path)
    found = audit(replace(bench, book=replace(bench.book, rules=rules)))
    assert [str(fault.message) for fault in found.faults] == ["the rule LAD-3 has no card"]


def test_a_rule_that_reads_another_unit_is_a_fault_of_its_case_not_a_stop(tmp_path: Path) -> None:
    card = toy.CARD.replace("unit: lead, province_may: lower, contract_may: raise", "unit: days")
    card = card.replace("10 days\n", "10\n").replace("7 days\n", "7\n")
    found = faults(tmp_path, card=card, province=None, province_cases=None)
    assert len([fault for fault in found if "reads “keep” as lead, not as days" in fault]) == 4


def test_a_fault_names_the_line_of_its_case(tmp_path: Path) -> None:
    toy.lay(tmp_path, **(WHOLE | {"cases": toy.CASES.replace("2020-01-11, met", "2020-01-11, breached")}))
    places = [fault.place for fault in audit(toy.bench(tmp_path)).faults]
    assert [place.line for place in places if place] == [6]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        pytest.param("gone", ["rules with different answers hold together: LAD-1: back, LAD-2: gone"], id="different"),
        pytest.param("back", [], id="the same"),
    ],
)
def test_two_rules_with_different_answers_that_hold_together_are_named(
    tmp_path: Path, other: str, expected: list[str]
) -> None:
    second = toy.CARD.replace("LAD-1", "LAD-2").replace("judged_on:", f"answer: {other}\njudged_on:")
    first = toy.CARD.replace("judged_on:", "answer: back\njudged_on:")
    toy.lay(tmp_path, **{"card": first, "cases": toy.CASES, "LAD-2": second, "LAD-2.cases": toy.CASES})
    rules = dict(toy.RULES)
    rule("LAD-2", into=rules)(toy.back_in_time)
    bench = toy.bench(tmp_path)
    found = audit(replace(bench, book=replace(bench.book, rules=rules)))
    says = {str(fault.message).rpartition("”: ")[2] for fault in found.faults}
    assert sorted(says) == expected
