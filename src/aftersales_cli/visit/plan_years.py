"""Each customer's year in a plan: its visits, those that could not be placed, and those that are past (R20, R21)."""

from __future__ import annotations

from dataclasses import dataclass, field

from aftersales_cli.records.customers import Customer
from aftersales_cli.visit.plan import Appointment, Past, Plan, Unplaced, Wanted
from aftersales_cli.words import Say


@dataclass
class CustomerYear:
    """One customer that is to be visited `of` times; each list in order of days or slots."""

    customer: Customer
    of: int
    visits: list[Appointment] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)
    past: list[Past] = field(default_factory=list)

    @property
    def engineers(self) -> list[str]:
        """Who goes, and who was to go, each once."""
        labels = [
            *(one.by.person.label for one in self.visits),
            *(one.person.label for one in self.unplaced if one.person),
        ]
        return list(dict.fromkeys(labels))

    @property
    def reasons(self) -> list[tuple[Say, list[Unplaced]]]:
        """Why visits could not be placed, each reason once with its visits."""
        found: dict[str, tuple[Say, list[Unplaced]]] = {}
        for one in self.unplaced:
            found.setdefault(str(one.because), (one.because, []))[1].append(one)
        return list(found.values())


def years(plan: Plan) -> list[CustomerYear]:
    """Every customer of the plan by code, though none of its visits has a day."""
    found: dict[str, CustomerYear] = {}

    def of(wanted: Wanted) -> CustomerYear:
        return found.setdefault(wanted.customer.code, CustomerYear(wanted.customer, wanted.of))

    for visit in plan.visits:
        of(visit.wanted).visits.append(visit)
    for unplaced in plan.unplaced:
        of(unplaced.wanted).unplaced.append(unplaced)
    for past in plan.past:
        of(past.wanted).past.append(past)
    return [found[code] for code in sorted(found)]
