"""A terminal of known width, and no workspace or language of the machine's."""

from __future__ import annotations

import pytest

from aftersales_cli.cli import output


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """120 columns; nothing of the environment reaches a command."""
    monkeypatch.setenv("COLUMNS", "120")
    for name in ("AFTERSALES_WORKSPACE", "AFTERSALES_AS_OF", "AFTERSALES_LANG", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    output.console.cache_clear()
