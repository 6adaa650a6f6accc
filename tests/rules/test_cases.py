"""Case tables: what is given, what a row overrides, and what comes of it."""

from pathlib import Path

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.rules.cases import find_case
from aftersales_cli.rules.decision import Verdict
from tests.rules import toy


def lay(folder: Path, cases: str = toy.CASES) -> Path:
    return toy.lay(folder, card=toy.CARD, cases=cases)


def test_each_row_is_a_case_numbered_with_its_line(tmp_path: Path) -> None:
    cases = toy.bench(lay(tmp_path)).cases("LAD-1")
    assert [case.number for case in cases] == [1, 2, 3, 4, 5]
    assert [case.place.line for case in cases] == [5, 6, 7, 8, 9]
    assert cases[1].name == "ten days"
    assert cases[1].expected is Verdict.MET


def test_a_row_overrides_what_is_given_by_key_or_heading(tmp_path: Path) -> None:
    """`归还` in a column and `back_on` in given are one field."""
    case = toy.bench(lay(tmp_path)).cases("LAD-1")[1]
    assert case.cells == {"ladder": "A1", "back_on": "2020-01-11", "lent_on": "2020-01-01"}


def test_a_case_is_bound_as_a_row_and_judged_as_in_a_run(tmp_path: Path) -> None:
    bench = toy.bench(lay(tmp_path))
    tried = [bench.tried(case) for case in bench.cases("LAD-1")]
    assert [one.passed for one in tried] == [True] * 5
    assert [used.clause.source for one in tried for used in one.decision.values] == [
        "HOUSE",
        "HOUSE",
        "HOUSE-2",
        "HOUSE-2",
    ]
    place = tried[1].decision.evidence[0].place
    assert place is not None
    assert place.line == 6


def test_an_unreadable_cell_makes_a_broken_row_not_an_error(tmp_path: Path) -> None:
    cases = toy.CASES.replace("2022-01-09", "a Sunday")
    bench = toy.bench(lay(tmp_path, cases))
    assert bench.tried(bench.cases("LAD-1")[3]).decision.verdict is Verdict.NEEDS_A_PERSON


def test_a_wrong_verdict_and_a_wrong_number_of_cautions_both_fail(tmp_path: Path) -> None:
    cases = """\
table: loans
given: {ladder: A1, lent_on: 2020-01-01, back_on: 2020-01-02}
columns: [case, cautions, verdict]
rows: [[as it is, 0, met], [wrong verdict, 0, breached], [a caution nobody gives, 1, met]]
"""
    bench = toy.bench(lay(tmp_path, cases))
    assert [bench.tried(case).passed for case in bench.cases("LAD-1")] == [True, False, False]


GROUPS = """\
table: loans
given: {ladder: A1, lent_on: 2020-01-01}
groups:
- about: early
  given: {back_on: 2020-01-02}
  columns: [case, verdict]
  rows: [[a day, met]]
- about: agreed
  given: {lent_on: 2021-01-01}
  columns: [case, back_on, agreed, verdict]
  rows: [[with a contract, 2021-01-02, 3 days, met]]
"""


def test_groups_share_what_is_given_and_add_their_own(tmp_path: Path) -> None:
    first, second = toy.bench(lay(tmp_path, GROUPS)).cases("LAD-1")
    assert (first.about, first.number, first.cells["lent_on"]) == ("early", 1, "2020-01-01")
    assert (second.about, second.number, second.cells["lent_on"]) == ("agreed", 2, "2021-01-01")
    assert second.cells["agreed"] == "3 days"


def test_a_province_s_cases_are_judged_by_its_editions(tmp_path: Path) -> None:
    toy.lay(tmp_path, province=toy.PROVINCE, province_cases=toy.PROVINCE_CASES)
    bench = toy.bench(lay(tmp_path))
    own = [case for case in bench.cases("LAD-1") if case.province == "上海"]
    assert [case.number for case in own] == [6, 7]
    assert [bench.tried(case).decision.values[0].value for case in own] == [10, 5]


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        pytest.param("lent_on, 归还", "lent_an, 归还", "line 3: unknown key “lent_an”", id="a column nobody has"),
        pytest.param("given: {ladder", "given: {lader", "line 2: unknown key “lader”", id="a given key nobody has"),
        pytest.param("归还, verdict", "lent_on, verdict", "line 3: one column stands here twice", id="a column twice"),
        pytest.param("归还, verdict", "归还, outcome", "line 3: unknown key “outcome”", id="no verdict"),
        pytest.param("2020-01-11, met", "2020-01-11, good", "line 6: “good” is not known here", id="no such verdict"),
        pytest.param("2020-01-11, met", "met", "line 6: 3 cells stand here, 4 columns above", id="a short row"),
        pytest.param("table: loans", "table: lones", "no rules judge a table “lones”", id="no such table"),
    ],
)
def test_a_case_table_that_does_not_hold_stops_with_its_line(
    tmp_path: Path, right: str, wrong: str, message: str
) -> None:
    assert right in toy.CASES
    bench = toy.bench(lay(tmp_path, toy.CASES.replace(right, wrong)))
    with pytest.raises(Stop) as stop:
        bench.cases("LAD-1")
    assert message in str(stop.value)
    assert stop.value.code is Exit.SETTINGS


def test_a_case_is_found_by_number_and_by_name(tmp_path: Path) -> None:
    cases = toy.bench(lay(tmp_path)).cases("LAD-1")
    assert find_case(cases, "2") is find_case(cases, "ten days") is cases[1]
    with pytest.raises(Stop) as stop:
        find_case(cases, "6")
    assert stop.value.code is Exit.USAGE
    assert str(stop.value.hint) == "the cases are numbered 1 to 5"
