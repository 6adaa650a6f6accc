"""`cutover notify`: every customer's notices, written whole or not at all, and remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli import __version__
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.narrowing import only
from aftersales_cli.cutover.notices import Fate, Notice, Plan, interruptions, met_by
from aftersales_cli.cutover.planning import Planner
from aftersales_cli.cutover.task import Task
from aftersales_cli.cutover.telling import Message, enterprise_department, messages
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.locking import LOCK_FILE, Lock
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs import notified
from aftersales_cli.jobs.desk import Desk, sha256_of
from aftersales_cli.jobs.desk_lists import RECEIPTS, RESULTS, receipts_list, results_list
from aftersales_cli.jobs.evidence_kept import kept
from aftersales_cli.jobs.inputs import TABLES, Inputs, read_inputs
from aftersales_cli.jobs.judging import Judge, by_number, gatherer, owner_problems, released_rules, strange_resources
from aftersales_cli.jobs.mailing import NO_SENDER, Post, post
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_notices import Nowhere, Writer, Written
from aftersales_cli.places import Severity
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import CaseEvent, Change, Delivered, Issued, Kept
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import Run
    from aftersales_cli.ledger.store import Ledger

BEHIND = ("cutovers", "circuits", "routes")
"""The tables whose files stand behind a notice (D12)."""


@dataclass(frozen=True)
class Wishes:
    """What a `notify` was asked to do.

    `numbers` and `customers` narrow it to some tasks or customers; `released` are rules to release from, with the
    reason; `letters` asks for Word letters, too; `output` is where the run folder goes instead of the workspace's.
    """

    numbers: Sequence[str] = ()
    customers: Sequence[str] = ()
    released: Mapping[str, str] = field(default_factory=dict)
    letters: bool = False
    dry_run: bool = False
    output: Path | None = None
    wait: float = 10


@dataclass(frozen=True)
class Outcome:
    """What people are shown of a run beside its items."""

    plan: Plan
    judged: tuple[Judged, ...]
    messages: tuple[Message, ...]
    folder: Path | None


def notify(desk: Desk, wishes: Wishes) -> Report:
    """Read, judge, hold, write, remember. A dry run does all but the last two, and takes no lock."""
    released = released_rules(wishes.released)
    with ExitStack() as stack:
        if not wishes.dry_run:
            desk.workspace.root.mkdir(parents=True, exist_ok=True)
            lock = Lock(desk.workspace.root / LOCK_FILE, command="cutover notify", started=f"{desk.as_of:%F %T}")
            stack.callback(lock.release)
            lock.acquire(wishes.wait)
        return _Run(desk, wishes, Judge(desk, released)).report(stack)


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes
    judge: Judge
    _files_behind: dict[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def report(self, stack: ExitStack) -> Report:
        self._known_customers()  # read before the ledger is opened: what stops here leaves nothing behind
        unsigned = [] if self.post else [NO_SENDER]  # so is what the settings say of mail
        renderers = stack.enter_context(self.desk.renderers())
        renderers.start()  # it gets ready while the ledger is opened here
        ledger = stack.enter_context(self.desk.ledger(write=not self.wishes.dry_run))
        notes = [] if self.wishes.dry_run else settled(ledger, self.output)
        made = gatherer(self.desk, self.inputs, History(ledger.issued()), ledger.case_events())
        plan, judged = self._planned(made)
        told = messages(plan.notices, self.department)
        keep = partial(kept, self.desk, judged, plan)
        written, folder = self._write(told, plan, ledger, made.history, renderers, keep)
        outcome = Outcome(plan, judged, told, folder)
        notes += unsigned if any(message.to_render for message in told) else []
        return self._said(outcome, written, made, [*notes, *self._notes(folder)])

    @cached_property
    def inputs(self) -> Inputs:
        return read_inputs(self.desk)

    @cached_property
    def post(self) -> Post | None:
        return post(self.desk.workspace)

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    @cached_property
    def department(self) -> Department | None:
        book = self.desk.book
        roles, province = book.vocabularies["department_roles"], book.named(self.desk.province)
        return enterprise_department(self.inputs.departments.records, roles, province)

    def _known_customers(self) -> None:
        """`Stop` 2 where the run is asked for a customer that neither customers nor circuits have."""
        customers, circuits = self.inputs.customers, self.inputs.circuits
        codes = [*(row.code for row in customers.records), *(row.customer_code for row in circuits.records)]
        codes += [str(row.values.get("code", "")) for row in customers.broken]
        unknown = {folded(code): code for code in self.wishes.customers}.keys() - set(map(folded, codes))
        if unknown:
            names = sorted(code for code in self.wishes.customers if folded(code) in unknown)
            raise Stop(Say("neither customers nor circuits have the code {codes}", codes=names), code=Exit.USAGE)

    def _planned(self, made: Gatherer) -> tuple[Plan, tuple[Judged, ...]]:
        every = made.tasks(self.inputs.rows)
        tasks = by_number(every, self.wishes.numbers)
        judged = tuple(self.judge.judge(task) for task in tasks)
        late = {key: late for one in judged for key, late in self.judge.late(one).items()}
        plan = Planner(made, self._whole(), self.inputs.every_number_read, every).plan(judged, late)
        if self.wishes.customers:
            plan = only(plan, self.wishes.customers)
            touched = {f.task.name for f in plan.fates} | {n.task.name for n in plan.notices}
            return plan, tuple(one for one in judged if one.task.name in touched)
        if self.wishes.numbers:
            return Plan(plan.notices, plan.fates, (), plan.standing), judged
        return plan, judged

    def _whole(self) -> frozenset[str]:
        """The cutover, circuit and route files that were read without any error (D12 b)."""
        names = {source.name for table in BEHIND for source in self.desk.inputs(table)}
        bad = {p.place.file for p in self.inputs.problems if p.place and p.severity is Severity.ERROR}
        return frozenset(names - bad)

    def _write(
        self,
        told: Sequence[Message],
        plan: Plan,
        ledger: Ledger,
        history: History,
        renderers: Renderers,
        keep: Callable[[], Kept],
    ) -> tuple[dict[str | None, Written], Path | None]:
        to_render = [message for message in told if message.to_render]
        if not to_render:
            return {}, None
        if self.wishes.dry_run:
            rehearsal = Writer(self.desk, Nowhere(), self.post, letters=self.wishes.letters)
            tried = rehearsal.write(to_render, renderers)
            return {message.code: Written((), problems=found.problems) for message, found in tried}, None
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-notify") as folder:
            writer = Writer(self.desk, folder, self.post, letters=self.wishes.letters)
            written = {message.code: found for message, found in writer.write(to_render, renderers)}
            folder.write(RECEIPTS, receipts_list(to_render, self.desk.book.vocabularies["channels"].words))
            folder.write(RESULTS, results_list(self.inputs.rows, plan, history))
            final = ledger.issue(folder, self._run_row(), self._issued(to_render, written), keep())
        return {code: found.inside(final) for code, found in written.items()}, final

    def _run_row(self) -> Run:
        from aftersales_cli.ledger.run import Run

        return Run(
            command="cutover notify",
            as_of=self.desk.as_of,
            run_at=self.desk.as_of,
            rulebook=self.desk.book.fingerprint(),
            province=self.desk.province,
            version=__version__,
            inputs=sha256_of([source for table in TABLES for source in self.desk.inputs(table)]),
            calendar=self.desk.workdays.fingerprint(),
        )

    def _issued(self, told: Sequence[Message], written: Mapping[str | None, Written]) -> Iterator[Issued]:
        for message in told:
            for notice in message.to_render:
                yield self._issued_one(message, notice, written[message.code])

    def _issued_one(self, message: Message, notice: Notice, written: Written) -> Issued:
        cancelled = notice.last if notice.change is Change.CANCEL else None
        window = notice.task.window.known
        return Issued(
            notice_id=notice.notice_id,
            task_no=notice.task.name,
            customer_code=message.code,
            customer_name=message.name,
            sequence=notice.sequence,
            change=notice.change,
            issued_at=self.desk.as_of,
            published_at=notice.published_at,
            published_said=notice.published_said,
            window_start=cancelled.window_start if cancelled else window.start,
            window_end=cancelled.window_end if cancelled else window.end,
            interruption=cancelled.interruption if cancelled else interruptions(notice.pairs),
            province=cancelled.province if cancelled else notice.task.province.known,
            reason=cancelled.reason if cancelled else notice.task.reason.known,
            circuit_codes=cancelled.circuit_codes if cancelled else notice.circuits,
            collisions=cancelled.collisions if cancelled else met_by(notice.pairs),
            recipients=message.recipients,
            inputs=self._behind(notice.task),
            files=written.names,
            despite=dict(notice.despite),
        )

    def _behind(self, task: Task) -> Mapping[str, tuple[str, ...]]:
        """The files its notices stand on: its rows, the inventory, and the routes where its work is on resources."""
        if task.name not in self._files_behind:
            self._files_behind[task.name] = self._found_behind(task.rows)
        return self._files_behind[task.name]

    def _found_behind(self, rows: Sequence[Cutover | Broken]) -> dict[str, tuple[str, ...]]:
        tables = ["circuits"] + (["routes"] if any(row.fact("resources").value for row in rows) else [])
        files = {table: tuple(source.name for source in self.desk.inputs(table)) for table in tables}
        return {"cutovers": tuple(dict.fromkeys(row.source.file for row in rows))} | files

    def _notes(self, folder: Path | None) -> list[Say]:
        notes = []
        if not self.inputs.rows:
            notes.append(Say("no cutover rows were found; nothing was due"))
        if folder is not None:
            notes.append(Say("written to {folder}", folder=str(folder)))
        elif self.wishes.dry_run:
            notes.append(Say("a dry run: nothing was written"))
        elif self.inputs.rows:
            notes.append(Say("nothing new to tell; no file was written"))
        return notes

    def _said(
        self, outcome: Outcome, written: Mapping[str | None, Written], made: Gatherer, notes: Sequence[Say]
    ) -> Report:
        plan, judged = outcome.plan, outcome.judged
        tasks = [one.task for one in judged]
        wrong = (*owner_problems(tasks), *strange_resources(tasks, self.inputs), *notified.attributions(tasks))
        said = notified.cautions(plan, outcome.messages, self.desk.workspace.sender)
        unmailed = [problem for found in written.values() for problem in found.problems]
        problems = (*self.inputs.problems, *wrong, *unmailed, *said)
        return Report(
            command="cutover notify",
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=any(_open(one) for one in judged) or _unreached(outcome), problems=problems),
            summary=notified.summary(plan, dry_run=self.wishes.dry_run),
            items=notified.items(plan, outcome.messages, written, made.ownership.customers),
            problems=problems,
            files=[*(path for found in written.values() for path in found.paths), *_lists(outcome.folder)],
            notes=notes,
            view=outcome,
        )


@dataclass(frozen=True)
class Foreseen:
    """What a run would judge and tell now; nothing of it is rendered, written or remembered."""

    inputs: Inputs
    made: Gatherer
    plan: Plan
    judged: tuple[Judged, ...]
    messages: tuple[Message, ...]
    case_events: tuple[CaseEvent, ...] = ()
    deliveries: tuple[Delivered, ...] = ()


def foreseen(desk: Desk) -> Foreseen:
    """The same reading, judging and planning as a dry run's, on a snapshot of the ledger; takes no lock."""
    run = _Run(desk, Wishes(dry_run=True), Judge(desk, {}))
    inputs = run.inputs
    with desk.ledger(write=False) as ledger:
        events, deliveries = ledger.case_events(), ledger.deliveries()
        made = gatherer(desk, inputs, History(ledger.issued()), events)
    plan, judged = run._planned(made)
    told = messages(plan.notices, run.department)
    return Foreseen(inputs, made, plan, judged, told, events, deliveries)


def _lists(folder: Path | None) -> list[Path]:
    """What lies at the top of the run folder, for the desk."""
    return [] if folder is None else [folder / RECEIPTS, folder / RESULTS]


def settled(ledger: Ledger, output: Path) -> list[Say]:
    """Runs that were cut off before: finished now, or given up; either way said."""
    return [
        Say("a run that was cut off was finished: {folder}", folder=str(found.folder))
        if found.folder is not None
        else Say("a run that was cut off left no documents; it was given up, and its notices are due again")
        for found in ledger.recover(output)
    ]


def _unreached(outcome: Outcome) -> bool:
    """Whether a person is needed: a message that says something new has nobody to receive it, or a circuit is held."""
    alone = any(message.to_render and not message.recipients for message in outcome.messages)
    return alone or any(fated.fate is Fate.HELD for fated in outcome.plan.fates)


def _open(judged: Judged) -> bool:
    return any(d.verdict in (Verdict.BREACHED, Verdict.NEEDS_A_PERSON) for d in judged.decisions)
