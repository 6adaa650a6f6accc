"""What holds for every test: it speaks English until it says otherwise."""

from __future__ import annotations

import pytest

from aftersales_cli import words


@pytest.fixture(autouse=True)
def english() -> None:
    """A command run in this process chooses its language for good; the next test starts anew."""
    words.use("en")
