"""`visit plan`: the year's routine visits, written whole or not at all, and remembered (R19–R21)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_plan_documents import Documents
from aftersales_cli.jobs.visit_plan_explain import Explained, Explaining
from aftersales_cli.jobs.visit_plan_inputs import TABLES, PlanInputs, read_plan_inputs
from aftersales_cli.jobs.visit_plan_kept import kept, same
from aftersales_cli.jobs.visit_plan_notes import Notes
from aftersales_cli.jobs.visit_plan_part import Part
from aftersales_cli.jobs.visit_plan_report import Outcome, cautions, item, once, summary
from aftersales_cli.jobs.visit_plan_standing import Standing
from aftersales_cli.jobs.visit_plan_unread import Stood, standing
from aftersales_cli.jobs.writing_run import locked, run_row, settled
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import PlannedVisit, YearsPlan
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.book import Numbers
from aftersales_cli.visit.changed import cancelled, taken_out
from aftersales_cli.visit.days import Busy, YearDays, days_of
from aftersales_cli.visit.earlier import Earlier, as_called_now, codes_of
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.naming import Staff
from aftersales_cli.visit.plan import Plan
from aftersales_cli.visit.planning import Planner
from aftersales_cli.words import Say
from aftersales_cli.workdays.opening import conventions_of

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

COMMAND = "visit plan"


@dataclass(frozen=True)
class Wishes:
    """What a run was asked to do.

    `customers` and `engineers` (codes, names) narrow what is shown and written; the whole year is planned all the same,
    and a narrowed run is not remembered. `output` is where the run folder goes instead of the workspace's. `explain`
    judges the plan by its cards; it writes nothing, as a dry run.
    """

    year: int
    customers: Sequence[str] = ()
    engineers: Sequence[str] = ()
    dry_run: bool = False
    output: Path | None = None
    wait: float = 10
    explain: bool = False

    @property
    def part(self) -> Part:
        """What is to be shown and written."""
        return Part(self.customers, self.engineers)


def plan(desk: Desk, wishes: Wishes) -> Report:
    """Read, plan, write, remember. A dry run does the first two, and takes no lock."""
    if wishes.year < desk.as_of.year:
        raise Stop(Say("the year {year} is over", year=str(wishes.year)), code=Exit.USAGE)
    wishes = replace(wishes, dry_run=wishes.dry_run or wishes.explain)
    with ExitStack() as stack:
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        return _Run(desk, wishes).report(stack)


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes
    recorded: YearsPlan = field(default_factory=YearsPlan)
    before: YearsPlan = field(default_factory=YearsPlan)  # the same, with its engineers' labels of today
    beside: tuple[PlannedVisit, ...] = ()

    def report(self, stack: ExitStack) -> Report:
        inputs = self.inputs  # read before the ledger is opened: what stops here leaves nothing behind
        numbers = self.numbers
        writes = not self.wishes.dry_run and not Standing(self.desk, inputs).unread
        ledger = stack.enter_context(self.desk.ledger(write=writes))
        notes = settled(ledger, self.output) if writes else []
        self.recorded = ledger.years_plan(self.wishes.year)
        self.before = as_called_now(self.recorded, self.staff)
        self.beside = tuple(v for year in (-1, 1) for v in ledger.planned_visits(self.wishes.year + year))
        busy = inputs.busy(numbers.night)
        made = inputs.made(ledger.visits(), self.wishes.year, self.desk.as_of.date())
        whole = self._planned(busy, made)
        self.wishes.part.known_or_stop(whole, self._held(), self.staff.people)
        narrow = self.wishes.part.of(whole)
        folder, files = self._write(ledger, whole, narrow)
        return self._said(self._outcome(whole, narrow, folder), whole, files, notes)

    def _outcome(self, whole: Plan, narrow: Plan, folder: Path | None) -> Outcome:
        """What people see of it, beside the plan before."""
        stands, asked = self.standing, self.wishes.part.planned_before
        return Outcome(
            narrow,
            folder,
            stands.replanned,
            tuple(visit for visit in narrow.visits if visit.changed),
            self._explained(whole, narrow),
            len(stands.kept(whole)),
            tuple(filter(asked, taken_out(stands.replaced, whole))),
            tuple(filter(asked, stands.over(whole))),
        )

    def _planned(self, busy: Mapping[str, Sequence[Busy]], made: Mapping[str, Sequence[date]]) -> Plan:
        """The whole year; what stands without being planned takes up the weeks of its engineers."""
        stands, earlier = self.standing, Earlier(self.before, self.days.since)
        taken = (*stands.visits, *stands.gone, *self.beside)
        planner = Planner(self.days, self.numbers, self.staff, busy, earlier, stands.engineers, taken, made)
        return replace(planner.plan(self._once(self.inputs.customers.records)), cautions=stands.cautions)

    def _explained(self, whole: Plan, narrow: Plan) -> tuple[Explained, ...]:
        if not self.wishes.explain:
            return ()
        return tuple(Explaining(self.desk, self.inputs, self.staff, whole).of(list(narrow.wanted)))

    @cached_property
    def inputs(self) -> PlanInputs:
        return read_plan_inputs(self.desk, self.wishes.year)

    @cached_property
    def standing(self) -> Standing:
        """Asked for only when the plan before is known."""
        return Standing(self.desk, self.inputs, self.before)

    @cached_property
    def numbers(self) -> Numbered:
        """The book on the first day of the year."""
        return Numbered.of(Numbers(self.desk.book, self.desk.province), date(self.wishes.year, 1, 1))

    @cached_property
    def days(self) -> YearDays:
        rests = conventions_of(self.desk.workspace).rests_by_law.of(self.wishes.year)
        return days_of(self.wishes.year, self.desk.workdays, rests, self.desk.as_of.date())

    @cached_property
    def staff(self) -> Staff:
        provinces = self.desk.book.vocabularies["provinces"]
        return Staff(
            self.inputs.engineers.records, self.numbers.visits_per_week, provinces, self.inputs.engineers.broken
        )

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    def _once(self, customers: Sequence[Customer]) -> list[Customer]:
        """Each customer once; a code that stands twice is a problem of the table already."""
        return list({folded(customer.code): customer for customer in reversed(customers)}.values())

    def _held(self) -> list[str]:
        """The codes of customers whose rows could not be read."""
        broken = (str(row.value("code") or "") for row in self.inputs.customers.broken)
        return [*broken, *(visit.customer_code for visit in self.standing.visits)]

    def _write(self, ledger: Ledger, whole: Plan, narrow: Plan) -> tuple[Path | None, list[Path]]:
        if self.wishes.dry_run or self.standing.unread:
            return None, []
        if not (narrow.visits or narrow.unplaced or self.standing.replanned):
            return None, []
        now = kept(whole, self.standing)
        if not self.wishes.part and same(self.recorded, now):
            return None, []
        gone = tuple(filter(self.wishes.part.planned_before, cancelled(self.standing.replaced, whole)))
        busy = self.inputs.busy(self.numbers.night)
        documents = Documents(
            self.desk, narrow, busy, self.numbers, replanned=self.standing.replanned, cancelled=gone,
            stood=self._stood(), codes=codes_of(self.before),
            cautions=[problem.message for problem in self.standing.problems(whole)],
        )  # fmt: skip
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-visit-plan-{self.wishes.year}") as folder:
            names = [folder.write(name, content) for name, content in documents.made()]
            if self.wishes.part:
                folder.prepare()
                final = folder.publish()
            else:
                final = ledger.issue(folder, run_row(self.desk, COMMAND, TABLES), (), now)
        return final, [final / name for name in names]

    def _stood(self) -> Stood:
        """What the documents show of customers whose rows could not be read."""
        part, broken, today = self.wishes.part, self.inputs.customers.broken, self.desk.as_of.date()
        unread = {folded(str(row.value("code") or "")) for row in broken}
        visits = filter(part.planned_before, self.standing.visits)
        open_ = (one for one in self.standing.open if part.has(one.customer_code, one.engineer)
                 and (one.slot_to >= today or folded(one.customer_code) in unread))  # fmt: skip
        return standing(visits, open_, broken, self.staff)

    def _said(self, outcome: Outcome, whole: Plan, files: Sequence[Path], notes: Sequence[Say]) -> Report:
        words, stands = self.desk.book.vocabularies, self.standing.problems(whole)
        said = Notes(self.desk, outcome, self.wishes.dry_run, bool(self.wishes.part), bool(self.standing.unread))
        told = list(cautions(outcome.plan, self.inputs, words))
        problems = (*once(self.inputs.problems, told), *self.staff.problems, *stands, *told)
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=outcome.plan.days.provisional or bool(outcome.plan.unplaced), problems=problems),
            summary=summary(outcome),
            items=[item(visit, outcome.decisions) for visit in outcome.plan.visits],
            problems=problems,
            files=files,
            notes=[*notes, *said.all()],
            view=outcome,
        )
