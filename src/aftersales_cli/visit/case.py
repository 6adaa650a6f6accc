"""One visit as its rules see it: the record, the customer, what was brought up before, the warnings of that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from aftersales_cli.places import Fact, Known
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import VisitExported
from aftersales_cli.records.values import VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.group_wide import NONE_KNOWN
from aftersales_cli.visit.issues import NO_WORDS, Issue, Wording
from aftersales_cli.visit.warned import Alarm


@dataclass(frozen=True)
class VisitCase:
    """`issues` are all of the customer's, `later` its visits after this one; `alarms` were on when it was visited.

    `served` are those of them for which the visit counts as one of the visits on site they ask for, or may count.
    `wording` tells what records mean; `crossing` whether one of the customer's circuits goes across domains.
    """

    row: Visit
    customer: Customer
    now: datetime
    issues: tuple[Issue, ...] = ()
    later: tuple[Visit, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    exported: VisitExported | None = None
    wording: Wording = NO_WORDS
    crossing: Fact[bool] = NONE_KNOWN
    served: tuple[Alarm, ...] = ()

    @property
    def number(self) -> str:
        """The visit's."""
        return self.row.visit_no

    @property
    def date(self) -> Known[date]:
        """The day of the visit: whose editions judge it."""
        return Known("date", self.row.date, self.row.place("date"))

    @property
    def is_crisis(self) -> bool:
        """Whether it was made because of a crisis or a warning."""
        return self.row.kind is VisitKind.CRISIS
