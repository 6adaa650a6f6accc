"""What a plan before keeps where this run could not read the tables, and when a plan is not recorded (R19)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_plan_inputs import PEACE_TABLES, PlanInputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.events import OpenVisit, PlannedVisit, YearsPlan
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.changed import over
from aftersales_cli.visit.plan import Plan
from aftersales_cli.visit.planning import is_of
from aftersales_cli.words import Counted, Say

_NAMED = 10
"""A sentence names no more customers than this."""


@dataclass(frozen=True)
class Standing:
    """The plans `before` beside what was read: what nobody could read is not what is no longer there (R19)."""

    desk: Desk
    inputs: PlanInputs
    before: YearsPlan = field(default_factory=YearsPlan)

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """The headings of the tables that were not read whole, so that no plan is recorded; a held row is no such.

        A pattern that finds no file counts only where there is a plan to lose.
        """
        reads = ((Customer.TABLE, self.inputs.customers.failed), (Engineer.TABLE, self.inputs.engineers.failed))
        return tuple(
            table.heading for table, failed in reads if failed or (self.replanned and self._finds_none(table.key))
        )

    @property
    def replanned(self) -> bool:
        """Whether the year has a plan already."""
        return bool(self.before.visits or self.before.open)

    @cached_property
    def peace_unread(self) -> tuple[str, ...]:
        """The keys of the tables that say when a customer is left in peace, and of which something was not read."""
        gaps, none = self.inputs.gaps, (key for key in PEACE_TABLES if self._finds_none(key))
        return tuple(dict.fromkeys([*gaps, *none]))

    @property
    def cautions(self) -> tuple[Say, ...]:
        """What stands in every document, for nobody knows all days of peace."""
        headings = [table.heading for table in PEACE_TABLES.values() if table.key in self.peace_unread]
        if not headings:
            return ()
        return (
            Say(
                "not read whole: {tables}. Days on which a customer is not to be visited may be missing: check before "
                "you go",
                tables=headings,
            ),
        )

    def _finds_none(self, table: str) -> bool:
        workspace = self.desk.workspace
        patterns = () if table in self.desk.given.files else workspace.inputs.get(table, ())
        return any(not workspace.paths((pattern,)) for pattern in patterns)

    @cached_property
    def visits(self) -> tuple[PlannedVisit, ...]:
        """The visits before of customers without a row that could be read; none where the table was read completely."""
        if self.inputs.customers.complete and not self._finds_none("customers"):
            return ()
        return self._without_row

    @cached_property
    def _without_row(self) -> tuple[PlannedVisit, ...]:
        return tuple(visit for visit in self.before.visits if folded(visit.customer_code) not in self._read)

    @cached_property
    def _read(self) -> frozenset[str]:
        return frozenset(folded(row.code) for row in self.inputs.customers.records)

    @property
    def replaced(self) -> list[PlannedVisit]:
        """The plan before without what stands: what the new plan takes the place of."""
        stands = {folded(visit.customer_code) for visit in self.visits}
        return [visit for visit in self.before.visits if folded(visit.customer_code) not in stands]

    @property
    def open(self) -> tuple[OpenVisit, ...]:
        """What the plan before had no day for, and this one cannot know better: its customer could not be read, or is
        gone, and the slot is over."""
        whole = self.inputs.customers.complete and not self._finds_none("customers")
        today = self.desk.as_of.date()
        return tuple(
            left
            for left in self.before.open
            if folded(left.customer_code) not in self._read and (not whole or left.slot_to < today)
        )

    @property
    def gone(self) -> list[PlannedVisit]:
        """The visits that are over of customers that are not in the table any more."""
        today = self.desk.as_of.date()
        return [v for v in self.replaced if v.day < today and folded(v.customer_code) not in self._read]

    def over(self, plan: Plan) -> Iterator[PlannedVisit]:
        """What is over and not in the plan: it is kept, whatever the tables say now."""
        return over([*self.replaced, *self.before.superseded], plan)

    @cached_property
    def engineers(self) -> frozenset[str]:
        """The folded names of engineers whose rows could not be read; of a row without a name, all it may be."""
        names = [row.value("name") for row in self.inputs.engineers.broken]
        found = {folded(name) for name in names if name}
        if self.unread or len(found) < len(set(names)):
            read = frozenset(folded(row.name) for row in self.inputs.engineers.records)
            found |= {folded(visit.engineer) for visit in self.before.visits if not is_of(visit.engineer, read)}
        return frozenset(found)

    def kept(self, plan: Plan) -> list[PlannedVisit]:
        """All that stands for want of a row: of customers, and of engineers."""
        stays = (visit.wanted.before for visit in plan.visits if not visit.changed)
        return [*self.visits, *(each for each in stays if each and is_of(each.engineer, self.engineers))]

    def problems(self, plan: Plan) -> Iterator[Problem]:
        """Which table keeps the plan from being recorded; how many visits of whom stand as they were."""
        for heading in self.unread:
            yield Problem(
                Say("{table} was not read whole: the plan is shown, and not recorded", table=heading),
                hint=Say(
                    "mend or bring back the file, or take it out of “inputs:” in aftersales.yaml; then plan again"
                ),
                held=(f"plan {plan.days.year}",),
            )
        for caution in self.cautions:
            hint = Say("mend or bring back the file, and plan again; until then every document of the plan says so")
            yield Problem(caution, hint=hint, severity=Severity.CAUTION)
        kept = self.kept(plan)
        if kept:
            codes = list(dict.fromkeys(visit.customer_code for visit in kept))
            yield Problem(
                Counted(
                    "{n} visit of {customers} stands as planned before, for a row could not be read: {codes}",
                    "{n} visits of {customers} stand as planned before, for a row could not be read: {codes}",
                    n=len(kept),
                    customers=Counted("{n} customer", "{n} customers", n=len(codes)),
                    codes=[*codes[:_NAMED], *(["…"] if len(codes) > _NAMED else [])],
                ),
                severity=Severity.CAUTION,
            )
