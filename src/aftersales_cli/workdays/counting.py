"""What counting gives back: a number that may be a range, and the days that follow from it (D1, D2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Range:
    """So many days: `certain` whatever unpublished years bring, `possible` at most; 0 ≤ certain ≤ possible (D1)."""

    certain: int
    possible: int

    @property
    def exact(self) -> bool:
        """Whether no unpublished day is in it."""
        return self.certain == self.possible

    def at_least(self, needed: int) -> bool | None:
        """True where the certain days suffice, False where the possible ones do not, None where it is open."""
        if self.certain >= needed:
            return True
        return False if self.possible < needed else None

    def say(self) -> Say:
        """`6`, or `5 to 7`; to stand inside another sentence."""
        if self.exact:
            return Say("{days}", days=self.certain)
        return Say("{certain} to {possible}", certain=self.certain, possible=self.possible)

    def __str__(self) -> str:
        return str(self.say())


@dataclass(frozen=True, slots=True)
class Span:
    """A day that lies between two: `earliest` or `latest` is None where unpublished years set no bound on that side."""

    earliest: date | None
    latest: date | None

    @property
    def day(self) -> date | None:
        """The day itself, where nothing unpublished decides it."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(frozen=True, slots=True)
class Latest:
    """The last day of publication that is early enough (D1).

    `certainly_by` is early enough whatever unpublished years bring (None: no day is, the calendar begins later);
    after `possibly_by` it is too late whatever they bring.
    """

    certainly_by: date | None
    possibly_by: date

    @property
    def publish_by(self) -> date | None:
        """The day itself; None where unpublished days decide it."""
        return self.possibly_by if self.certainly_by == self.possibly_by else None


@dataclass(frozen=True, slots=True)
class Due:
    """The day at whose end something is due (D2); `no_later_than` is None where unpublished years set no bound."""

    no_earlier_than: date
    no_later_than: date | None

    @property
    def by(self) -> date | None:
        """The day itself; None where unpublished days decide it."""
        return self.no_earlier_than if self.no_earlier_than == self.no_later_than else None
