"""References follow their cells when row 4 of 通知 表 becomes three rows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.documents.shifting import Shift

THREE = Shift(4, 3, "通知 表")
NONE = Shift(4, 0, "通知 表")


@pytest.mark.parametrize(
    ("area", "three", "none"),
    [
        pytest.param("A3", "A3", "A3", id="above"),
        pytest.param("A4", "A4:A6", None, id="the row itself"),
        pytest.param("A5", "A7", "A4", id="below"),
        pytest.param("A1:G3", "A1:G3", "A1:G3", id="area above"),
        pytest.param("A3:G4", "A3:G6", "A3:G3", id="ends in the row"),
        pytest.param("A4:G5", "A4:G7", "A4:G4", id="begins in the row"),
        pytest.param("$A$1:$G$9", "$A$1:$G$11", "$A$1:$G$8", id="around it"),
        pytest.param("A:G", "A:G", "A:G", id="whole columns"),
    ],
)
def test_areas(area: str, three: str, none: str | None) -> None:
    assert (THREE.area(area), NONE.area(area)) == (three, none)


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        pytest.param("SUM(A4:A4)*B5", "SUM(A4:A6)*B7", id="ranges grow, single cells move"),
        pytest.param("$B4", "$B4", id="a single cell of the row stays"),
        pytest.param('"A5"&A5', '"A5"&A7', id="texts stay"),
        pytest.param("LOG10(A5)+X1Y5", "LOG10(A7)+X1Y5", id="names of functions and values stay"),
        pytest.param("'通知 表'!A5+Sheet2!A5+'别的 表'!A5", "'通知 表'!A7+Sheet2!A5+'别的 表'!A5", id="sheets"),
        pytest.param("'通知 表'!$2:$5", "'通知 表'!$2:$7", id="whole rows"),
    ],
)
def test_formulas(formula: str, moved: str) -> None:
    assert THREE.formula(formula, here=True) == moved


def test_names_without_a_sheet_mean_another_place_in_the_workbooks_names() -> None:
    assert THREE.formula("A5", here=False) == "A5"


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 40), st.integers(1, 60))
def test_a_range_keeps_exactly_the_rows_it_had(first: int, more: int, count: int, pivot: int) -> None:
    """Each row of the range other than the repeated one is in it afterwards; the repeated one counts `count` times."""
    shift = Shift(pivot, count, "x")
    area = shift.area(f"A{first}:B{first + more}")
    rows = 0 if area is None else int(area.split(":B")[1]) - int(area[1:].split(":")[0]) + 1
    inside = first <= pivot <= first + more
    assert rows == more + 1 + (count - 1 if inside else 0)
