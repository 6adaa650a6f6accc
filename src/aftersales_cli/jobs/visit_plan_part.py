"""The part of a year's plan that was asked for, by customers and engineers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.naming import Person
from aftersales_cli.visit.plan import Past, Plan, Unplaced
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Part:
    """Codes of `customers` and names of `engineers` as they were typed; both empty for the whole plan."""

    customers: Sequence[str] = ()
    engineers: Sequence[str] = ()

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes, folded."""
        return frozenset(map(folded, self.customers))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names, folded."""
        return frozenset(map(folded, self.engineers))

    def __bool__(self) -> bool:
        """Whether it is a part only."""
        return bool(self.codes or self.names)

    def has(self, customer_code: str, engineer: str | None) -> bool:
        """Whether a visit belongs to it; `engineer` is None where nobody was found."""
        return (not self.codes or folded(customer_code) in self.codes) and (
            not self.names or (engineer is not None and folded(engineer) in self.names)
        )

    def planned_before(self, visit: PlannedVisit) -> bool:
        """Whether a visit of an earlier plan belongs to it."""
        return self.has(visit.customer_code, visit.engineer)

    def of(self, whole: Plan) -> Plan:
        """The plan without what was not asked for; what is past is nobody's, and only asked for by customer."""
        if not self:
            return whole
        visits = tuple(v for v in whole.visits if self.has(v.customer.code, v.by.person.label))
        unplaced = tuple(u for u in whole.unplaced if self.has(u.wanted.customer.code, _label(u)))
        past = tuple(p for p in whole.past if self._has_past(p))
        wants = [*(v.wanted for v in visits), *(u.wanted for u in unplaced), *(p.wanted for p in past)]
        shown = {one.customer.code for one in wants}
        wanted = {code: number for code, number in whole.wanted.items() if code in shown}
        return Plan(whole.days, visits, unplaced, wanted, past, whole.cautions)

    def _has_past(self, one: Past) -> bool:
        return not self.names and folded(one.wanted.customer.code) in self.codes

    def known_or_stop(self, whole: Plan, held: Iterable[str], staff: Iterable[Person]) -> None:
        """`Stop` 2 for a customer or engineer not in the plan; `held` are codes of rows that could not be read."""
        codes = {*map(folded, whole.wanted), *map(folded, held)}
        people = {folded(person.label) for person in (*staff, *whole.loads)}
        for wished, known in ((self.customers, codes), (self.engineers, people)):
            named = sorted(word for word in wished if folded(word) not in known)
            if named:
                raise Stop(Say("the plan knows nobody called {names}", names=named), code=Exit.USAGE)


def _label(one: Unplaced) -> str | None:
    return one.person.label if one.person else None
