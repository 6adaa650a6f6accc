"""One exit code stands for several causes, in the contract's order (section 2)."""

import pytest

from aftersales_cli.errors import PRECEDENCE, Exit, worst


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        pytest.param([], Exit.DONE, id="no cause is done"),
        pytest.param([Exit.RULE, Exit.PARTLY], Exit.PARTLY, id="held data outweighs a breached rule"),
        pytest.param([Exit.PARTLY, Exit.BAD_INPUT], Exit.BAD_INPUT, id="65 outweighs 3"),
        pytest.param([Exit.BAD_INPUT, Exit.NO_INPUT], Exit.NO_INPUT, id="66 outweighs 65"),
        pytest.param([Exit.OURS, Exit.NOT_WRITTEN], Exit.NOT_WRITTEN, id="74 outweighs 70"),
        pytest.param([Exit.NOT_WRITTEN, Exit.INTERRUPTED], Exit.INTERRUPTED, id="a signal outweighs all"),
    ],
)
def test_the_worst_cause_decides(codes: list[Exit], expected: Exit) -> None:
    assert worst(*codes) is expected


def test_every_code_has_its_place_in_the_order() -> None:
    assert set(PRECEDENCE) == set(Exit)
