"""A reader that finds something else in a document than was written there: such a document is not released."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest


def misread(monkeypatch: pytest.MonkeyPatch, module: ModuleType, reader: str, was: bytes, becomes: bytes) -> None:
    """From now on `reader` reads a document in which `was`, which has to be there, has become something else."""
    original = getattr(module, reader)

    def read(data: bytes) -> Any:
        assert was in data
        return original(data.replace(was, becomes, 1))

    monkeypatch.setattr(module, reader, read)
