"""No workspace, moment or language of the machine's reaches a command."""

from __future__ import annotations

import pytest

from aftersales_cli.cli import output


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal wide enough for every line."""
    monkeypatch.setenv("COLUMNS", "300")
    for name in ("AFTERSALES_WORKSPACE", "AFTERSALES_AS_OF", "AFTERSALES_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    output.console.cache_clear()
