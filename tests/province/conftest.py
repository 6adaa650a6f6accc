from __future__ import annotations

from pathlib import Path

import pytest

from tools.province.making import files, make
from tools.province.model import Province

EXAMPLE = Path(__file__).parents[2] / "examples" / "province"


@pytest.fixture(scope="session")
def made() -> Province:
    """The province of the repository's seed."""
    return make()


@pytest.fixture(scope="session")
def contents(made: Province) -> dict[str, bytes]:
    """Its files."""
    return files(made)
