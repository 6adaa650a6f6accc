"""Customers whose rows could not be read, as the documents of a plan show the visits that stand for them (R19)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import OpenVisit, PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.naming import Named, Person, Role, Staff
from aftersales_cli.visit.plan import Appointment, Plan, Unplaced, Wanted
from aftersales_cli.visit.slots import Slot


@dataclass(frozen=True)
class Stood:
    """What stands of a plan before: `visits`, and visits that had no day (`open_`)."""

    visits: tuple[Appointment, ...] = ()
    open_: tuple[Unplaced, ...] = ()

    @property
    def codes(self) -> frozenset[str]:
        """Whose."""
        return frozenset(wanted.customer.code for wanted in self._wanted)

    @property
    def _wanted(self) -> list[Wanted]:
        return [*(visit.wanted for visit in self.visits), *(one.wanted for one in self.open_)]

    def beside(self, plan: Plan) -> Plan:
        """A plan as documents show it: what stands beside what was planned."""
        visits = sorted(
            [*plan.visits, *self.visits],
            key=lambda v: (v.day, v.by.person.label, v.customer.code, v.wanted.number),
        )
        unplaced = sorted([*plan.unplaced, *self.open_], key=lambda one: (one.wanted.customer.code, one.wanted.number))
        wanted = dict(plan.wanted) | {wanted.customer.code: wanted.of for wanted in self._wanted}
        return replace(plan, visits=tuple(visits), unplaced=tuple(unplaced), wanted=wanted)


def standing(
    visits: Iterable[PlannedVisit], open_: Iterable[OpenVisit], broken: Sequence[Broken], staff: Staff
) -> Stood:
    """Visits as they were planned before, or left open; of the customer only what its row still tells."""
    rows = {folded(str(row.value("code") or "")): row for row in reversed(broken)}

    def wanted(one: PlannedVisit | OpenVisit, before: PlannedVisit | None) -> Wanted:
        customer = _customer(one, rows.get(folded(one.customer_code)))
        return Wanted(customer, one.number, one.of, Slot(one.slot_from, one.slot_to), 0, before)

    def person(one: PlannedVisit | OpenVisit) -> Person | None:
        return staff.person(one.engineer, one.place) if one.engineer else None

    return Stood(
        tuple(Appointment(wanted(one, one), one.day, Named(staff.person(one.engineer, one.place), Role.AS_BEFORE),
                          tuple(one.content), one.filed, one.sequence) for one in visits),
        tuple(Unplaced(wanted(one, None), person(one), one.because) for one in open_),
    )  # fmt: skip


def _customer(visit: PlannedVisit | OpenVisit, row: Broken | None) -> Customer:
    """The code stands for a name that nobody could read; a level that nobody could read is empty."""
    known = {field: row.value(field) for field in _TOLD} if row else {}
    told = {field: value for field, value in known.items() if value}
    return Customer(**({"name": visit.customer_code, "level": ""} | told),
                    code=visit.customer_code, headquarters=visit.place)  # fmt: skip


_TOLD = ("name", "level", "service_grade", "control_level", "contact", "contact_phone", "manager")
