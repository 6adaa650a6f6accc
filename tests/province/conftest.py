from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tools.province.making import files, make
from tools.province.model import Province

if TYPE_CHECKING:
    from tests.province.desks import Night

EXAMPLE = Path(__file__).parents[2] / "examples" / "province"


@pytest.fixture(scope="session")
def made() -> Province:
    """The province of the repository's seed."""
    return make()


@pytest.fixture(scope="session")
def contents(made: Province) -> dict[str, bytes]:
    """Its files."""
    return files(made)


@pytest.fixture(scope="session")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    """The first morning, letters included: made once, and only looked at (`desks.copied` gives a copy to work on)."""
    from tests.province.desks import fresh, notified

    return notified(fresh(tmp_path_factory.mktemp("night")), "--letters")
