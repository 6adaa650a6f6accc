"""Which mark separates the cells of a text."""

from __future__ import annotations

import pytest

from aftersales_cli.tables.delimited import separator


@pytest.mark.parametrize(
    ("lines", "mark"),
    [
        pytest.param(["a,b", "1,x;y;z"], ",", id="a long list in one cell"),
        pytest.param(["a,b", *['"1, 2, 3",x;y', '"1",x;y', '"1, 2",x;y'] * 3], ",", id="commas in quotes"),
        pytest.param(["月报, 二季度", "a;b;c", *["1;2,5;3"] * 9], ";", id="decimal commas below a title with one"),
        pytest.param(["a|b|c", "1|2,3|4", "1|2|4"], "|", id="bars"),
        pytest.param(["a\tb", "1, 2, 3\t4"], "\t", id="tabs"),
        pytest.param(["a"], ",", id="a single column"),
        pytest.param([], ",", id="nothing"),
    ],
)
def test_the_separator_is_the_mark_that_all_lines_have_alike(lines: list[str], mark: str) -> None:
    assert separator("\n".join(lines)) == mark
