from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.tables.reading import OPENER
from tests.tables.making import Reader, reader


@pytest.fixture(scope="session")
def confined() -> Iterator[Confined]:
    with Confined(preload=(OPENER,)) as worker:
        worker.start()
        yield worker


@pytest.fixture
def read(confined: Confined, tmp_path: Path) -> Reader:
    return reader(confined, tmp_path)
