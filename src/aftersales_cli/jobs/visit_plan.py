"""`visit plan`: the year's routine visits, written whole or not at all, and remembered (R19–R21)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli import __version__
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.locking import LOCK_FILE, Lock
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk, sha256_of
from aftersales_cli.jobs.notify import settled
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_plan_documents import Documents
from aftersales_cli.jobs.visit_plan_explain import Explained, Explaining
from aftersales_cli.jobs.visit_plan_inputs import TABLES, PlanInputs, read_plan_inputs
from aftersales_cli.jobs.visit_plan_report import Outcome, cautions, item, summary
from aftersales_cli.jobs.visit_plan_standing import Standing
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import Kept, PlannedVisit
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.book import Numbers
from aftersales_cli.visit.changed import cancelled, taken_out
from aftersales_cli.visit.days import YearDays, days_of
from aftersales_cli.visit.frequency import Numbered
from aftersales_cli.visit.naming import Places, Role, Staff
from aftersales_cli.visit.planning import Appointment, Plan, Planner
from aftersales_cli.words import Counted, Say
from aftersales_cli.workdays.opening import conventions_of

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import Run
    from aftersales_cli.ledger.store import Ledger


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
    def narrowed(self) -> bool:
        """Whether only a part is to be shown."""
        return bool(self.customers or self.engineers)


def plan(desk: Desk, wishes: Wishes) -> Report:
    """Read, plan, write, remember. A dry run does the first two, and takes no lock."""
    if wishes.year < desk.as_of.year:
        raise Stop(Say("the year {year} is over", year=str(wishes.year)), code=Exit.USAGE)
    wishes = replace(wishes, dry_run=wishes.dry_run or wishes.explain)
    with ExitStack() as stack:
        if not wishes.dry_run:
            desk.workspace.root.mkdir(parents=True, exist_ok=True)
            lock = Lock(desk.workspace.root / LOCK_FILE, command="visit plan", started=f"{desk.as_of:%F %T}")
            stack.callback(lock.release)
            lock.acquire(wishes.wait)
        return _Run(desk, wishes).report(stack)


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes
    before: tuple[PlannedVisit, ...] = field(default=())

    def report(self, stack: ExitStack) -> Report:
        inputs = self.inputs  # read before the ledger is opened: what stops here leaves nothing behind
        numbers = self.numbers
        writes = not self.wishes.dry_run and not Standing(self.desk, inputs).unread
        ledger = stack.enter_context(self.desk.ledger(write=writes))
        notes = settled(ledger, self.output) if writes else []
        self.before = ledger.planned_visits(self.wishes.year)
        stands = self.standing
        busy = inputs.busy(numbers.night)
        planner = Planner(self.days, numbers, self.staff, busy, self._before(), stands.engineers, stands.visits)
        whole = planner.plan(self._once(inputs.customers.records))
        narrow = self._narrowed(whole)
        folder, files = self._write(ledger, whole, narrow)
        moved = tuple(visit for visit in narrow.visits if visit.changed)
        out = tuple(filter(self._asked_for, taken_out(self.standing.replaced, whole)))
        stand = len(self.standing.kept(whole))
        outcome = Outcome(narrow, folder, bool(self.before), moved, self._explained(whole, narrow), stand, out)
        return self._said(outcome, whole, files, notes)

    def _explained(self, whole: Plan, narrow: Plan) -> tuple[Explained, ...]:
        if not self.wishes.explain:
            return ()
        return tuple(Explaining(self.desk, self.inputs, self.staff, whole).of(list(narrow.wanted)))

    @cached_property
    def inputs(self) -> PlanInputs:
        return read_plan_inputs(self.desk)

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
        rests = conventions_of(self.desk.workspace).every_year_rests_on
        return days_of(self.wishes.year, self.desk.workdays, rests, self.desk.as_of.date())

    @cached_property
    def staff(self) -> Staff:
        places = Places(self.desk.book.vocabularies["provinces"])
        return Staff(self.inputs.engineers.records, self.numbers.visits_per_week, places)

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    def _once(self, customers: Sequence[Customer]) -> list[Customer]:
        """Each customer once; a code that stands twice is a problem of the table already."""
        return list({folded(customer.code): customer for customer in reversed(customers)}.values())

    def _before(self) -> dict[str, list[PlannedVisit]]:
        codes = {folded(row.code): row.code for row in self.inputs.customers.records}
        found: dict[str, list[PlannedVisit]] = {}
        for visit in self.before:
            found.setdefault(codes.get(folded(visit.customer_code), visit.customer_code), []).append(visit)
        return found

    def _narrowed(self, whole: Plan) -> Plan:
        """The part that was asked for; `Stop` 2 for a customer or engineer that is not in the plan."""
        codes, names = set(map(folded, self.wishes.customers)), set(map(folded, self.wishes.engineers))
        if not codes and not names:
            return whole
        self._known(whole, codes, names)
        visits = tuple(v for v in whole.visits if (not codes or folded(v.customer.code) in codes)
                       and (not names or folded(v.by.person.label) in names))  # fmt: skip
        open_ = tuple(u for u in whole.unplaced if (not codes or folded(u.wanted.customer.code) in codes)
                      and (not names or (u.person and folded(u.person.label) in names)))  # fmt: skip
        shown = {v.customer.code for v in visits} | {u.wanted.customer.code for u in open_}
        wanted = {code: number for code, number in whole.wanted.items() if code in shown}
        return Plan(whole.days, visits, open_, wanted)

    def _asked_for(self, visit: PlannedVisit) -> bool:
        codes, names = set(map(folded, self.wishes.customers)), set(map(folded, self.wishes.engineers))
        return (not codes or folded(visit.customer_code) in codes) and (not names or folded(visit.engineer) in names)

    def _known(self, whole: Plan, codes: set[str], names: set[str]) -> None:
        held = {folded(str(row.value("code") or "")) for row in self.inputs.customers.broken}
        held |= {folded(visit.customer_code) for visit in self.standing.visits}
        people = {folded(p.label) for p in (*self.staff.people, *whole.loads)}
        for wished, unknown in (
            (self.wishes.customers, codes - set(map(folded, whole.wanted)) - held),
            (self.wishes.engineers, names - people),
        ):
            if unknown:
                named = sorted(word for word in wished if folded(word) in unknown)
                raise Stop(Say("the plan knows nobody called {names}", names=named), code=Exit.USAGE)

    def _write(self, ledger: Ledger, whole: Plan, narrow: Plan) -> tuple[Path | None, list[Path]]:
        if self.wishes.dry_run or self.standing.unread or not narrow.visits:
            return None, []
        if not self.wishes.narrowed and self._stands(whole):
            return None, []
        gone = tuple(filter(self._asked_for, cancelled(self.standing.replaced, whole)))
        busy = self.inputs.busy(self.numbers.night)
        documents = Documents(self.desk, narrow, busy, replanned=bool(self.before), cancelled=gone)
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-visit-plan-{self.wishes.year}") as folder:
            names = [folder.write(name, content) for name, content in documents.made()]
            if self.wishes.narrowed:
                folder.prepare()
                final = folder.publish()
            else:
                final = ledger.issue(folder, self._run_row(), (), Kept(planned=self._kept(whole)))
        return final, [final / name for name in names]

    def _stands(self, whole: Plan) -> bool:
        """Whether the ledger has this very plan: the same visits, as provisional as before."""
        known = sorted((_identity(visit) for visit in self.before), key=repr)
        return known == sorted((_identity(visit) for visit in self._kept(whole)), key=repr)

    def _kept(self, whole: Plan) -> tuple[PlannedVisit, ...]:
        """What is remembered from now on: this plan, and what stands of the one before; in order of days."""
        visits = [*map(self._remembered, whole.visits), *self.standing.visits]
        return tuple(sorted(visits, key=lambda v: (v.day, v.engineer, v.customer_code, v.number)))

    def _remembered(self, visit: Appointment) -> PlannedVisit:
        wanted = visit.wanted
        return PlannedVisit(
            year=self.wishes.year,
            customer_code=visit.customer.code,
            number=wanted.number,
            of=wanted.of,
            day=visit.day,
            place=visit.customer.headquarters,
            engineer=visit.by.person.label,
            slot_from=wanted.slot.start,
            slot_to=wanted.slot.end,
            content=visit.content,
            filed=visit.filed,
            provisional=self.days.provisional,
            sequence=visit.sequence,
        )

    def _run_row(self) -> Run:
        from aftersales_cli.ledger.run import Run

        return Run(
            command="visit plan",
            as_of=self.desk.as_of,
            run_at=self.desk.as_of,
            rulebook=self.desk.book.fingerprint(),
            province=self.desk.province,
            version=__version__,
            inputs=sha256_of([source for table in TABLES for source in self.desk.inputs(table)]),
            calendar=self.desk.workdays.fingerprint(),
        )

    def _said(self, outcome: Outcome, whole: Plan, files: Sequence[Path], notes: Sequence[Say]) -> Report:
        words, stands = self.desk.book.vocabularies, self.standing.problems(whole)
        problems = (*self.inputs.problems, *stands, *cautions(outcome.plan, self.inputs, words))
        return Report(
            command="visit plan",
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=outcome.plan.days.provisional or bool(outcome.plan.unplaced), problems=problems),
            summary=summary(outcome),
            items=[item(visit, outcome.decisions) for visit in outcome.plan.visits],
            problems=problems,
            files=files,
            notes=[*notes, *self._notes(outcome)],
            view=outcome,
        )

    def _notes(self, outcome: Outcome) -> list[Say]:
        plan, year = outcome.plan, str(self.wishes.year)
        notes: list[Say] = []
        nearby = {visit.customer.code for visit in plan.visits if visit.by.role is Role.LEAST_LOADED}
        if nearby:
            notes.append(Counted("{n} customer has no engineer of its own; the place's least loaded goes",
                                 "{n} customers have no engineer of their own; the place's least loaded goes",
                                 n=len(nearby)))  # fmt: skip
        if plan.days.provisional:
            notes.append(
                Say("the calendar of {year} is not published: every day of this plan is provisional", year=year)
            )
        if self.wishes.dry_run:
            notes.append(Say("a dry run: nothing was written"))
        elif outcome.folder is not None:
            notes.append(Say("written to {folder}", folder=str(outcome.folder)))
        elif self.standing.unread:
            notes.append(Say("the plan was not recorded, and no file was written"))
        elif plan.visits:
            notes.append(Say("the plan of {year} stands as it was written before; no file was written", year=year))
        else:
            notes.append(Say("there is nobody to visit"))
        if self.wishes.narrowed and not self.wishes.dry_run:
            notes.append(Say("only a part was asked for: the plan was not recorded"))
        return notes


def _identity(visit: PlannedVisit) -> PlannedVisit:
    return replace(visit, run="", sequence=0)
