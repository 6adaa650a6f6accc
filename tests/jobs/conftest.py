"""A small world for each test of the cutover jobs; all read their files with one reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aftersales_cli.files.confined import Confined
from tests.jobs.world import World, one_reader


@pytest.fixture(scope="session")
def reader() -> Iterator[Confined]:
    with one_reader() as shared:
        yield shared


@pytest.fixture
def world(tmp_path: Path, reader: Confined) -> World:
    return World(tmp_path, reader)
