"""`cutover notify`: every customer's notices, written whole or not at all, and remembered.

Task by task the rows are judged and planned, then customer by customer the documents are written: what lies between
is set aside (`files/shelf.py`), so that a nation's night takes no more memory than a province's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.cutover.absence import Absence
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.narrowing import only
from aftersales_cli.cutover.notices import Fate
from aftersales_cli.cutover.planning import Planner
from aftersales_cli.cutover.task import Task
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs import notified
from aftersales_cli.jobs.by_customer import ByCustomer
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.foreseen import department, whole
from aftersales_cli.jobs.inputs import TABLES, Inputs, read_inputs
from aftersales_cli.jobs.judging import Judge, by_number, coming_resources, gatherer, owner_problems, released_rules
from aftersales_cli.jobs.mailing import NO_SENDER, Post, post
from aftersales_cli.jobs.notify_account import Account
from aftersales_cli.jobs.notify_recording import Items, Recording
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.routing import nowhere
from aftersales_cli.jobs.writing_notices import Folder, Nowhere, Writer, Written
from aftersales_cli.jobs.writing_run import locked, run_row, settled, unsigned
from aftersales_cli.places import Place, Problem
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.cutover.telling import Message
    from aftersales_cli.ledger.store import Ledger

COMMAND = "cutover notify"


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
    """What people are shown of a run beside its items: every customer's message, and what became of each circuit."""

    messages: ByCustomer
    account: Account


def notify(desk: Desk, wishes: Wishes) -> Report:
    """Read, judge, hold, write, remember. A dry run does all but the last two, and takes no lock."""
    released = released_rules(wishes.released)
    with ExitStack() as stack:
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        return _Run(desk, wishes, Judge(desk, released)).report(stack)


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes
    judge: Judge
    account: Account = field(default_factory=Account)
    recording: Recording = field(init=False)
    _problems: dict[Problem, None] = field(default_factory=dict)
    _attributed: list[Problem] = field(default_factory=list)
    _resources: dict[str, Place | None] = field(default_factory=dict)

    def report(self, stack: ExitStack) -> Report:
        self._known_customers()  # read before the ledger is opened: what stops here leaves nothing behind
        no_mail = [] if self.post else [NO_SENDER]  # so is what the settings say of mail
        renderers = stack.enter_context(self.desk.renderers())
        renderers.start()  # it gets ready while the ledger is opened here
        ledger = stack.enter_context(self.desk.ledger(write=not self.wishes.dry_run))
        notes = [] if self.wishes.dry_run else settled(ledger, self.output)
        history = History(ledger.each_issued(), aside=True)
        self.recording = Recording(self.desk, self.inputs, history)
        self._decide(gatherer(self.desk, self.inputs, history, ledger.case_events()))
        folder = self._write(ledger, renderers)
        notes += no_mail if self.told.news else []
        return self._said(folder, [*notes, *self._notes(folder)])

    @cached_property
    def inputs(self) -> Inputs:
        return read_inputs(self.desk, aside=True)

    @cached_property
    def post(self) -> Post | None:
        return post(self.desk.workspace)

    @cached_property
    def told(self) -> ByCustomer:
        return ByCustomer(department(self.desk, self.inputs))

    @cached_property
    def items(self) -> Items:
        return Items(self.account, self.inputs)

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    def _known_customers(self) -> None:
        """`Stop` 2 where the run is asked for a customer that neither customers nor circuits have."""
        if not self.wishes.customers:
            self.inputs  # noqa: B018 - read now
            return
        customers, circuits = self.inputs.customers, self.inputs.circuits
        codes = [*(row.code for row in customers.records), *(row.customer_code for row in circuits.records)]
        codes += [str(row.values.get("code", "")) for row in customers.broken]
        unknown = {folded(code): code for code in self.wishes.customers}.keys() - set(map(folded, codes))
        if unknown:
            names = sorted(code for code in self.wishes.customers if folded(code) in unknown)
            raise Stop(Say("neither customers nor circuits have the code {codes}", codes=names), code=Exit.USAGE)

    def _decide(self, made: Gatherer) -> None:
        """Judge and plan every task; what is decided is set aside until its customer's turn."""
        every = made.tasks_aside(self.inputs.rows)
        planner = Planner(made, Absence(made, whole(self.desk, self.inputs), self.inputs.every_number_read, every))
        seen: set[str] = set()
        for task in by_number(every, self.wishes.numbers):
            seen.add(folded(task.task_no or ""))
            self._decide_one(task, planner)
        if not (self.wishes.numbers or self.wishes.customers):
            self.account.not_seen = planner.not_seen(seen)

    def _decide_one(self, task: Task, planner: Planner) -> None:
        one = self.judge.judge(task)
        plan = planner.of_task(one, self.judge.late(one))
        if self.wishes.customers:
            plan = only(plan, self.wishes.customers)
        self.account.planned(plan)
        if self.wishes.customers and not (plan.fates or plan.notices):
            return
        self.account.judged(one)
        if not self.wishes.dry_run:
            self.recording.decided(one, plan)
        self._problems.update(dict.fromkeys(owner_problems([task])))
        self._attributed += notified.attributions([task])
        self._resources.update(coming_resources(task))
        for notice in plan.notices:
            self.told.add(notice)

    def _write(self, ledger: Ledger, renderers: Renderers) -> Path | None:
        """The published folder; None where nothing is written."""
        if self.wishes.dry_run or not self.told.news:
            self._render(Nowhere(), renderers)
            return None
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-notify") as folder:
            self._render(folder, renderers)
            self.items.problems += self.recording.lists(folder)
            return ledger.issue(
                folder, run_row(self.desk, COMMAND, TABLES), self.recording.issued, self.recording.keeper.kept()
            )

    def _render(self, folder: Folder, renderers: Renderers) -> None:
        """Every message an item; those with news have their documents made, which a dry run forgets."""
        writer = Writer(self.desk, folder, self.post, letters=self.wishes.letters)
        for message, found in writer.write(self._with_news(), renderers):
            if self.wishes.dry_run:
                self.items.add(message, replace(found, names=()))
                continue
            self.recording.written(message, found)
            self.items.add(message, found)
        self.items.complete()

    def _with_news(self) -> Iterator[Message]:
        for message in self.told:
            if message.to_render:
                yield message
            else:
                self.items.add(message, Written(()))

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

    def _said(self, folder: Path | None, notes: Sequence[Say]) -> Report:
        account, items = self.account, self.items
        unreached = items.unreached or account.accounting()[Fate.HELD] > 0
        problems = (*self.inputs.problems, *self._wrong(), *items.problems, *self._cautions())
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=account.open or unreached, problems=problems),
            summary=notified.summary(account, dry_run=self.wishes.dry_run),
            items=items.inside(folder or Path()),
            problems=problems,
            files=items.files(folder) if folder else (),
            notes=notes,
            view=Outcome(self.told, account),
        )

    def _wrong(self) -> tuple[Problem, ...]:
        return (*self._problems, *nowhere(self._resources, self.inputs.asked), *self._attributed)

    def _cautions(self) -> Iterator[Problem]:
        """What a person should know though nothing is held for it (D6, D12)."""
        if self.told.news:
            yield from unsigned(self.desk, Say("the notices do not say who sends them and whom to call"))
        if self.items.nobody_there:
            yield notified.nobody_there()
        yield from notified.stands(self.account.standing)
