"""How many lines a text takes, about: too many leaves air, too few would hide words."""

from __future__ import annotations

import pytest

from aftersales_cli.documents.heights import lines


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        pytest.param("", 10.0, 1, id="nothing is one line"),
        pytest.param("20110608 00:00:00/20110608 06:00:00", 36.0, 1, id="the form's window in its column"),
        pytest.param("中国银联股份有限公司", 20.0, 1, id="ten Chinese characters take twenty digits"),
        pytest.param("中国银联股份有限公司", 19.0, 2, id="and not fewer"),
        pytest.param("ABCDEFGH", 8.0, 2, id="capitals are wider than digits"),
        pytest.param("一\n二\n三", 10.0, 3, id="line breaks count"),
    ],
)
def test_lines(text: str, room: float, expected: int) -> None:
    assert lines(text, room) == expected
