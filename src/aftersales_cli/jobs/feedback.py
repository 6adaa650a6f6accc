"""`cutover feedback`: questions, objections and requests for protection as cases, until they are closed (R4–R6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.task import Task
from aftersales_cli.feedback.case import Case
from aftersales_cli.feedback.happening import WITH_DOCUMENTS, due, recorded
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.feedback_board import Board, board, decisions, due_of
from aftersales_cli.jobs.feedback_report import Standing, item, problems, summary
from aftersales_cli.jobs.feedback_typed import refuse_second, typed
from aftersales_cli.jobs.feedback_writing import Due, Writer, approval_departments
from aftersales_cli.jobs.inputs import TABLES, Inputs, read_inputs, stopped
from aftersales_cli.jobs.judging import gatherer
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_notices import Nowhere
from aftersales_cli.jobs.writing_run import locked, run_row, settled
from aftersales_cli.records.events import CaseEvent, Happened, Kept
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import FeedbackKind
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

COMMAND = "cutover feedback"


@dataclass(frozen=True)
class Wishes:
    """What a `feedback` was asked to do.

    `one` is a single piece given by options, its cells by the table's keys; `tasks` and `customers` show only theirs.
    `letters` asks for the letter with the reason in Word, too.
    """

    one: Mapping[str, str] = field(default_factory=dict)
    tasks: Sequence[str] = ()
    customers: Sequence[str] = ()
    letters: bool = False
    dry_run: bool = False
    output: Path | None = None
    wait: float = 10


def feedback(desk: Desk, wishes: Wishes) -> Report:
    """Read, judge, render what is due, record. A dry run does all but the last, and takes no lock."""
    with ExitStack() as stack:
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        return _Run(_told(desk, wishes), wishes).report(stack)


def _told(desk: Desk, wishes: Wishes) -> Desk:
    """The desk with what the options say as its feedback. `Stop` 66 where no feedback is named and none is known."""
    with desk.ledger(write=False) as ledger:
        events, deliveries = ledger.case_events(), ledger.deliveries()
    if wishes.one:
        return typed(desk, wishes.one, events)
    if not events and not any(each.reply for each in deliveries):
        needed(desk, "feedback")
    return desk


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes
    _before: list[Say] = field(default_factory=list)

    def report(self, stack: ExitStack) -> Report:
        inputs = read_inputs(self.desk)
        if inputs.feedback.stop is not None and not inputs.feedback.rows:
            raise stopped(inputs.feedback.problems, inputs.feedback.stop)
        ledger = stack.enter_context(self.desk.ledger(write=not self.wishes.dry_run))
        self._before = [] if self.wishes.dry_run else settled(ledger, self.output)
        events, history = ledger.case_events(), History(ledger.issued())
        made = gatherer(self.desk, inputs, history, events)
        tasks = made.tasks(inputs.rows)
        found = self._board(inputs, tasks, history, events, ledger)
        new, folder = self._record(found, inputs, tasks, ledger, stack)
        return self._said(found, inputs, tasks, new, folder)

    def _board(
        self, inputs: Inputs, tasks: Sequence[Task], history: History, events: Sequence[CaseEvent], ledger: Ledger
    ) -> Board:
        """All cases; the one that the options give, where they give one."""
        found = board(self.desk, inputs, tasks, history, events, ledger.deliveries())
        if not self.wishes.one:
            return found
        own = {folded(row.feedback_no) for row in inputs.feedback.records}
        mine = tuple(case for case in found.cases if folded(case.number) in own)
        if not self.wishes.one.get("feedback_no"):
            for case in mine:
                refuse_second(case, found.cases)
        return replace(found, cases=mine)

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    def _record(
        self, found: Board, inputs: Inputs, tasks: Sequence[Task], ledger: Ledger, stack: ExitStack
    ) -> tuple[list[CaseEvent], Path | None]:
        """What is new, recorded in the ledger with its documents, or neither; and the folder, if there is one."""
        reachable = bool(approval_departments(inputs.departments.records, self.desk))
        new = [(case, each) for case in found.cases
               for each in due(case, letters=self.wishes.letters, reachable=reachable)]  # fmt: skip
        papers = [each for each in new if each[1].event in WITH_DOCUMENTS]
        if not papers:
            events = [recorded(case, each) for case, each in new]
            if not self.wishes.dry_run:
                ledger.record_case_events(events)
            return events, None
        renderers = stack.enter_context(self.desk.renderers())
        writer = Writer(self.desk, Nowhere(), tasks, inputs.departments.records)
        if self.wishes.dry_run:
            return self._events(new, dict(_by_event(writer.write(papers, renderers)))), None
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-feedback") as folder:
            files = dict(_by_event(replace(writer, folder=folder).write(papers, renderers)))
            events = self._events(new, files)
            final = ledger.issue(folder, run_row(self.desk, COMMAND, TABLES), (), Kept(case_events=tuple(events)))
        return events, final

    def _events(self, new: Sequence[Due], files: Mapping[tuple[str, Happened], tuple[str, ...]]) -> list[CaseEvent]:
        return [recorded(case, each, files.get((case.number, each.event), ())) for case, each in new]

    def _said(
        self, found: Board, inputs: Inputs, tasks: Sequence[Task], new: Sequence[CaseEvent], folder: Path | None
    ) -> Report:
        writer = Writer(self.desk, Nowhere(), tasks, inputs.departments.records)
        standing = tuple(self._standing(case, new, folder, writer) for case in found.cases if self._shown(case))
        wrong = problems(standing, found, inputs, self.desk)
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=any(one.owed for one in standing), problems=wrong),
            summary=summary(standing, new, dry_run=self.wishes.dry_run),
            items=[item(one) for one in standing],
            problems=wrong,
            files=[path for one in standing for path in one.files],
            notes=self._notes(new, folder),
            view=standing,
        )

    def _shown(self, case: Case) -> bool:
        wanted = ((self.wishes.tasks, case.row.task_no), (self.wishes.customers, case.customer.code))
        return all(not names or folded(of or "") in map(folded, names) for names, of in wanted)

    def _standing(self, case: Case, new: Sequence[CaseEvent], folder: Path | None, writer: Writer) -> Standing:
        own = tuple(each for each in new if folded(each.feedback_no) == folded(case.number))
        after = case if self.wishes.dry_run else replace(case, events=(*case.events, *own))
        met = writer.affected(case) if case.kind is FeedbackKind.ASSURANCE and not case.refused else ()
        files = tuple(folder / name for each in own for name in each.files) if folder else ()
        return Standing(after, decisions(self.desk, after), due_of(self.desk, after), met, own, files)

    def _notes(self, new: Sequence[CaseEvent], folder: Path | None) -> list[Say]:
        if self.wishes.dry_run:
            return [Say("a dry run: nothing was written")]
        if folder is not None:
            return [*self._before, Say("written to {folder}", folder=str(folder))]
        return self._before if new else [*self._before, Say("nothing new to record")]


def _by_event(
    written: Iterable[tuple[Due, tuple[str, ...]]],
) -> Iterator[tuple[tuple[str, Happened], tuple[str, ...]]]:
    for (case, new), names in written:
        yield (case.number, new.event), names
