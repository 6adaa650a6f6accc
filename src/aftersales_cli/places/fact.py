"""A fact is known, with the place it was read from, or unknown, with the reason why."""

from __future__ import annotations

from typing import Generic, NoReturn, TypeVar

from aftersales_cli.places.place import Place
from aftersales_cli.places.quick import quick
from aftersales_cli.words import Say

T_co = TypeVar("T_co", covariant=True)


class Missing(Exception):  # noqa: N818 - not an error of the program: a rule read what nobody knows
    """Raised when a rule reads an `Unknown`; the engine turns it into `needs_a_person`, naming the fact."""

    def __init__(self, unknown: Unknown) -> None:
        super().__init__(unknown.field)
        self.unknown = unknown


@quick
class Known(Generic[T_co]):
    """A value and where it stood; `place` is None for what no cell says (the ledger, the run's own instant)."""

    field: str
    value: T_co
    place: Place | None = None

    @property
    def known(self) -> T_co:
        """The value."""
        return self.value


@quick
class Unknown:
    """Nobody has said, or what was said cannot be read (`unread`); `why` tells which, and what would settle it."""

    field: str
    why: Say
    place: Place | None = None
    unread: bool = False

    @property
    def value(self) -> None:
        """None: for evidence and for code that treats 'unknown' as an answer of its own."""
        return None

    @property
    def known(self) -> NoReturn:
        """Raises `Missing`."""
        raise Missing(self)


Fact = Known[T_co] | Unknown
