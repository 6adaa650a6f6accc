"""What a task number says (facts.md §1)."""

from __future__ import annotations

import pytest

from aftersales_cli.cutover.numbers import TaskNumber, read_number
from aftersales_cli.records.values import Category
from tests.cutover.samples import words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("JT2011SHJH000160", TaskNumber("JT", 2011, "SH", "JH", Category.PLANNED), id="the group's"),
        pytest.param("bd2011gdjh000473", TaskNumber("BD", 2011, "GD", "JH", Category.PLANNED), id="small letters"),
        pytest.param("ＢＤ2011GXJH000084", TaskNumber("BD", 2011, "GX", "JH", Category.PLANNED), id="full width"),
        pytest.param("BD2011SHLS000001", TaskNumber("BD", 2011, "SH", "LS", Category.TEMPORARY), id="a sample code"),
        pytest.param("BD2011SHJH00001", None, id="a digit short"),
        pytest.param("XX2011SHJH000001", None, id="a scope the table has not"),
        pytest.param("BD2011SHXX000001", None, id="a kind the table has not"),
        pytest.param("割接-7", None, id="another make"),
    ],
)
def test_the_parts_of_a_task_number(text: str, expected: TaskNumber | None) -> None:
    assert read_number(text, words()) == expected
