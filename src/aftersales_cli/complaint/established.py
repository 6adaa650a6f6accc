"""One of the nine facts as it was established: yes, no or unknown, with its cells, and what would settle it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from aftersales_cli.places import Fact, Unknown
from aftersales_cli.places.quick import quick
from aftersales_cli.records.values import Category, Instant, Word
from aftersales_cli.rules.decision import Evidence, Used
from aftersales_cli.words import Say


@quick
class Established:
    """`value` is yes, no, a category (K only) or None for unknown; `missing` then says what would settle it.

    `values` are the numbers of the book it was measured by.
    """

    value: bool | Category | None
    says: Say
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[Unknown, ...] = ()
    cautions: tuple[Say, ...] = ()
    values: tuple[Used, ...] = ()

    @classmethod
    def of(
        cls,
        value: bool | Category | None,
        says: Say,
        *facts: Fact[Any],
        missing: Iterable[Unknown] = (),
        cautions: Iterable[Say] = (),
        values: tuple[Used, ...] = (),
    ) -> Established:
        """Resting on these facts; where it is unknown, the unknown ones of them are missing, unless named."""
        lacking = tuple(missing) if value is None else ()
        if value is None and not lacking:
            lacking = tuple(fact for fact in facts if isinstance(fact, Unknown))
        return cls(value, says, tuple(map(Evidence.of, facts)), lacking, tuple(cautions), values)

    @classmethod
    def unknown(cls, why: Unknown, *facts: Fact[Any]) -> Established:
        """Unknown for one reason."""
        return cls(None, why.why, tuple(map(Evidence.of, facts or (why,))), (why,))


def both(*answers: bool | None) -> bool | None:
    """Yes where all are, no where one is not."""
    if False in answers:
        return False
    return None if None in answers else True


def alike(answers: Iterable[bool | None]) -> bool | None:
    """What several possibilities agree on."""
    found = set(answers)
    return found.pop() if len(found) == 1 else None


def before(said: object, moment: datetime) -> bool | None:
    """Whether what a cell says (an instant, a word of D3, nothing) lies before a moment; a day alone may be open."""
    match said:
        case Word():
            return False
        case Instant():
            if said.at >= moment:
                return False
            return True if said.latest < moment or (said.whole_day and said.latest == moment) else None
        case _:
            return None
