"""What is said beside a year's plan: who goes for want of another, what is past, what was written and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_plan_report import Outcome
from aftersales_cli.visit.frequency import CARDS
from aftersales_cli.visit.naming import Role
from aftersales_cli.words import Counted, Say


@dataclass(frozen=True)
class Notes:
    """The sentences of one run; `unread`: a table was not read whole, so that the plan is not recorded."""

    desk: Desk
    outcome: Outcome
    dry_run: bool
    narrowed: bool
    unread: bool

    def all(self) -> Iterator[Say]:
        """Every sentence, what was written last."""
        yield from self._people()
        yield from self._past()
        if n := len(self.outcome.over):
            yield Counted("{n} visit whose day is over is in the plan no more, for its customer is gone or visited "
                          "less often; the ledger keeps it",
                          "{n} visits whose days are over are in the plan no more, for their customers are gone or "
                          "visited less often; the ledger keeps them", n=n)  # fmt: skip
        yield from self._provinces()
        if self.outcome.plan.days.provisional:
            yield Say("the calendar of {year} is not published: every day of this plan is provisional", year=self._year)
            yield Say("only the days of rest that the law fixes are left out; those by the moon, such as the Spring "
                      "Festival, and exchanged weekdays come with the notice")  # fmt: skip
        yield self._written()
        if self.narrowed and not self.dry_run:
            yield Say("only a part was asked for: the plan was not recorded")

    @property
    def _year(self) -> str:
        return str(self.outcome.plan.days.year)

    def _people(self) -> Iterator[Say]:
        nearby = {visit.customer.code for visit in self.outcome.plan.visits if visit.by.role is Role.LEAST_LOADED}
        if nearby:
            yield Counted("{n} customer has no engineer of its own; the place's least loaded goes",
                          "{n} customers have no engineer of their own; the place's least loaded goes",
                          n=len(nearby))  # fmt: skip

    def _past(self) -> Iterator[Say]:
        """What no plan had and no plan can have any more, each kind in one sentence (R19)."""
        past = self.outcome.plan.past
        made = sum(one.made is not None for one in past)
        if made:
            yield Counted("{n} visit was made before this plan and is not planned again",
                          "{n} visits were made before this plan and are not planned again", n=made)  # fmt: skip
        if len(past) > made:
            yield Counted(
                "{n} visit is not planned: its slot was over before there was a plan, and no record says it was made",
                "{n} visits are not planned: their slots were over before there was a plan, and no record says "
                "they were made",
                n=len(past) - made,
            )  # fmt: skip

    def _provinces(self) -> Iterator[Say]:
        """That a province's own numbers do not count, where the settings name none and the book has some (R70)."""
        if self.desk.province is not None:
            return
        first = date(self.outcome.plan.days.year, 1, 1)
        names = [name for name, each in self.desk.book.provinces.items() if not each.sample and any(
            edition.start <= first for card in CARDS for edition in each.editions.get(card, ()))]  # fmt: skip
        if names:
            yield Say("aftersales.yaml names no province: the group's numbers count, not those of {provinces}",
                      provinces=sorted(names))  # fmt: skip

    def _written(self) -> Say:
        if self.dry_run:
            return Say("a dry run: nothing was written")
        if self.outcome.folder is not None:
            return Say("written to {folder}", folder=str(self.outcome.folder))
        if self.unread:
            return Say("the plan was not recorded, and no file was written")
        if self.outcome.plan.visits or self.outcome.plan.unplaced:
            return Say("the plan of {year} stands as it was written before; no file was written", year=self._year)
        return Say("there is nobody to visit")
