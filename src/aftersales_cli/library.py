"""Where the shipped content is: the checkout's top level when run from one, else inside the installed package."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parents[1]


def content(name: str) -> Path:
    """The folder `rulebook`, `templates` or `examples` that belongs to this code.

    An editable install runs from its checkout, so an edit there counts at once and no stale copy is seen.
    """
    if (CHECKOUT / "pyproject.toml").is_file() and (CHECKOUT / name).is_dir():
        return CHECKOUT / name
    return PACKAGE / "content" / name
