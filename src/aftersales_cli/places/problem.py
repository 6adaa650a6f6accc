"""What is wrong in the data: a value with its place, collected and shown, never raised."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from enum import StrEnum

from aftersales_cli.places.place import Place
from aftersales_cli.places.quick import quick
from aftersales_cli.words import Say


class Severity(StrEnum):
    """An error holds something back; a caution is only said."""

    ERROR = "error"
    CAUTION = "caution"


@quick
class Problem:
    """One thing wrong at one place.

    `field` is the table key (`window`), `found` the cell as written (shortened when shown), `held` names what is held
    back because of it, such as `task JT2011SHJH000160` or `customer C001`; empty for a caution.
    """

    message: Say
    place: Place | None = None
    field: str | None = None
    found: str | None = None
    hint: Say | None = None
    held: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    def holding(self, *held: str) -> Problem:
        """The same problem, holding these back as well."""
        return replace(self, held=(*self.held, *(h for h in held if h not in self.held)))


def shortened(text: str, limit: int = 40) -> str:
    """`text` as a message may show it: at most `limit` characters, control and bidirectional characters as escapes."""
    kept = text if len(text) <= limit else text[: limit - 1] + "…"
    return "".join(
        c if c == " " or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} else ascii(c)[1:-1]
        for c in kept
    )
