from __future__ import annotations

import pytest

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.tables.limits import Limits


def test_settings_replace_single_limits() -> None:
    assert Limits.of({"rows": "1_000", "file_mb": 2.5}) == Limits(rows=1000, file_mb=2.5)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({"row": "5"}, "there is no limit “row”", id="unknown"),
        pytest.param({"rows": "many"}, "must be a positive number, not “many”", id="word"),
        pytest.param({"rows": "-1"}, "must be a positive number", id="negative"),
        pytest.param({"rows": "nan"}, "must be a positive number", id="not-a-number"),
    ],
)
def test_a_limit_that_does_not_hold_stops_with_78(settings: dict[str, object], words: str) -> None:
    with pytest.raises(Stop, match=words) as stop:
        Limits.of(settings)
    assert stop.value.code is Exit.SETTINGS


def test_inventories_have_no_limit_of_rows() -> None:
    assert Limits(rows=5).plain(big=True)["rows"] == float("inf")
    assert Limits(rows=5).plain()["rows"] == 5
