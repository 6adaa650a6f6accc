"""The conventions of the shipped rule book, and the years that come with the program."""

from __future__ import annotations

import pytest

from aftersales_cli import library
from aftersales_cli.workdays import Conventions, Workdays, built_in, read_conventions


@pytest.fixture(scope="session")
def conventions() -> Conventions:
    return read_conventions(library.content("rulebook"))


@pytest.fixture(scope="session")
def workdays(conventions: Conventions) -> Workdays:
    return built_in(conventions)
