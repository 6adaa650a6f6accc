"""The command as a user runs it, in this process: exit code, stdout, stderr."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from aftersales_cli.cli.main import main


@dataclass(frozen=True)
class Ran:
    """What came out."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Mapping[str, Any]:
        """The one document on stdout."""
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


def ran(capsys: pytest.CaptureFixture[str], *arguments: object, lang: str | None = "en") -> Ran:
    """Run one command line through `main`, wall and all."""
    words = [str(argument) for argument in arguments]
    code = main([*(["--lang", lang] if lang else []), *words])
    captured = capsys.readouterr()
    return Ran(int(code), captured.out, captured.err)
