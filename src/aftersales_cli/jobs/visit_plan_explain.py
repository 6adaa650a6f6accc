"""Why a customer's year is as it is: the cards of the plan on what was planned for it, down to cells and clauses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_plan_inputs import PlanInputs
from aftersales_cli.places import Known, Place
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Window
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.days import DAY
from aftersales_cli.visit.frequency import CAPACITY, CARDS
from aftersales_cli.visit.naming import Person, Role, Staff
from aftersales_cli.visit.plan import Appointment, Past, Plan, Unplaced
from aftersales_cli.visit.plan_rules import NOBODY_SAYS, InPlan


@dataclass(frozen=True)
class Explained:
    """One customer's year: its visits, what could not be placed, what is past, and what the cards say of all."""

    customer: Customer
    visits: tuple[Appointment, ...]
    unplaced: tuple[Unplaced, ...]
    past: tuple[Past, ...]
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Explaining:
    """Judges the `whole` plan of the year, which has the loads of its engineers, customer by customer."""

    desk: Desk
    inputs: PlanInputs
    staff: Staff
    whole: Plan

    def of(self, codes: Sequence[str]) -> Iterator[Explained]:
        """The customers of these codes, in the order of codes."""
        rows = {folded(row.code): row for row in reversed(self.inputs.customers.records)}
        for code in sorted(codes):
            visits = tuple(one for one in self.whole.visits if one.customer.code == code)
            unplaced = tuple(one for one in self.whole.unplaced if one.wanted.customer.code == code)
            past = tuple(one for one in self.whole.past if one.wanted.customer.code == code)
            customer = rows[folded(code)]
            made = sum(one.made is not None for one in past)
            people = dict.fromkeys([*(one.by.person for one in visits), *(u.person for u in unplaced if u.person)])
            decisions = tuple(self._decisions(customer, visits, people, made))
            yield Explained(customer, visits, unplaced, past, decisions)

    def _decisions(
        self, customer: Customer, visits: Sequence[Appointment], people: Iterable[Person], made: int
    ) -> Iterator[Decision]:
        """In the order of the cards; the one about engineers once for each who goes or was to go."""
        for rule in CARDS:
            for person in people if rule == CAPACITY else (None,):
                yield self._judged(rule, self._planned(customer, visits, person, made))

    def _judged(self, rule: str, planned: InPlan) -> Decision:
        return self.desk.book.judge(rule, planned, self.desk.tools, self.desk.province)

    def _planned(self, customer: Customer, visits: Sequence[Appointment], person: Person | None, made: int) -> InPlan:
        row = self.staff.row(person) if person else None
        return InPlan(
            begins=date(self.whole.days.year, 1, 1),
            level=customer.fact("level"),
            service_grade=customer.fact("service_grade"),
            control_level=customer.fact("control_level"),
            visits=len(visits) + made,
            content=tuple(dict.fromkeys(item for visit in visits for item in visit.content)),
            filed=any(visit.filed for visit in visits),
            busiest=max(self.whole.loads.get(person, {}).values(), default=0) if person else 0,
            visits_per_week=row.fact("visits_per_week") if row else NOBODY_SAYS,
            visited_on=tuple(visit.day for visit in visits),
            peace=self._near(self.inputs.assured(customer.code)),
            works=self._near(self.inputs.cut_over(customer.code)),
        )

    def _near(self, found: Iterable[Known[Window]]) -> tuple[Known[Window], ...]:
        """Those that can keep anybody from a day of the year; the night before its first day is one of them."""
        days = self.whole.days
        return tuple(one for one in found if one.value.end.date() >= date(days.year, 1, 1) - DAY
                     and one.value.start.year <= days.year)  # fmt: skip


CELLS = {Role.LOCAL: "local_engineers", Role.CHIEF: "chief_engineer"}
"""The column of the customers that names who goes by a role."""


def cell(visit: Appointment) -> Place | None:
    """The cell that names the engineer; None where none does, and the least loaded goes."""
    field = CELLS.get(visit.by.role)
    return visit.customer.place(field) if field else None
