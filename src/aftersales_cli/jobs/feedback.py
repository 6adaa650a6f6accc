"""`cutover feedback`: questions, objections and requests for protection as cases, until they are closed (R4–R6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli import __version__
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.task import Task
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.feedback.affected import Affected
from aftersales_cli.feedback.case import Case, State
from aftersales_cli.feedback.deadline import Deadline
from aftersales_cli.feedback.happening import WITH_DOCUMENTS, asked_of_unit, due, recorded
from aftersales_cli.feedback.views import initiating_unit
from aftersales_cli.files.locking import LOCK_FILE, Lock
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk, needed, sha256_of
from aftersales_cli.jobs.feedback_board import Board, board, decisions, due_of, owed
from aftersales_cli.jobs.feedback_typed import typed
from aftersales_cli.jobs.feedback_writing import APPROVAL, Due, Writer, approval_departments
from aftersales_cli.jobs.inputs import TABLES, Inputs, read_inputs, stopped
from aftersales_cli.jobs.judging import gatherer
from aftersales_cli.jobs.notify import settled
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_notices import Nowhere
from aftersales_cli.places import Known, Problem, Severity
from aftersales_cli.records.events import CaseEvent, Happened, Kept
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import FeedbackKind
from aftersales_cli.rules.decision import Decision
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import Run
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


@dataclass(frozen=True)
class Standing:
    """One case as it stands after the run; `files` are the documents that this run wrote for it."""

    case: Case
    decisions: tuple[Decision, ...]
    due: Deadline | None
    affected: tuple[Affected, ...] = ()
    new: tuple[CaseEvent, ...] = ()
    files: tuple[Path, ...] = ()

    @property
    def owed(self) -> bool:
        """Whether somebody has to do something."""
        return owed(self.case, self.decisions)

    @property
    def overdue(self) -> bool:
        """Whether it should have been done already."""
        return self.owed and self.due is not None and self.due.passed(self.case.now) is True


def feedback(desk: Desk, wishes: Wishes) -> Report:
    """Read, judge, render what is due, record. A dry run does all but the last, and takes no lock."""
    with ExitStack() as stack:
        if not wishes.dry_run:
            desk.workspace.root.mkdir(parents=True, exist_ok=True)
            lock = Lock(desk.workspace.root / LOCK_FILE, command=COMMAND, started=f"{desk.as_of:%F %T}")
            stack.callback(lock.release)
            lock.acquire(wishes.wait)
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
                _refuse_second(case, found.cases)
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
            final = ledger.issue(folder, self._run_row(), (), Kept(case_events=tuple(events)))
        return events, final

    def _events(self, new: Sequence[Due], files: Mapping[tuple[str, Happened], tuple[str, ...]]) -> list[CaseEvent]:
        return [recorded(case, each, files.get((case.number, each.event), ())) for case, each in new]

    def _run_row(self) -> Run:
        from aftersales_cli.ledger.run import Run

        return Run(
            command=COMMAND,
            as_of=self.desk.as_of,
            run_at=self.desk.as_of,
            rulebook=self.desk.book.fingerprint(),
            province=self.desk.province,
            version=__version__,
            inputs=sha256_of([source for table in TABLES for source in self.desk.inputs(table)]),
            calendar=self.desk.workdays.fingerprint(),
        )

    def _said(
        self, found: Board, inputs: Inputs, tasks: Sequence[Task], new: Sequence[CaseEvent], folder: Path | None
    ) -> Report:
        writer = Writer(self.desk, Nowhere(), tasks, inputs.departments.records)
        standing = tuple(self._standing(case, new, folder, writer) for case in found.cases if self._shown(case))
        problems = (*_others(inputs, found), *found.problems, *_cautions(standing, inputs, self.desk))
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=any(one.owed for one in standing), problems=problems),
            summary=self._summary(standing, new),
            items=[item(one) for one in standing],
            problems=problems,
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

    def _summary(self, standing: Sequence[Standing], new: Sequence[CaseEvent]) -> dict[str, object]:
        states = [one.case.state for one in standing]
        return {
            "cases": len(standing),
            **{state.value: states.count(state) for state in State},
            "owed": sum(one.owed for one in standing),
            "overdue": sum(one.overdue for one in standing),
            "recorded": len(new),
            "dry_run": self.wishes.dry_run,
        }

    def _notes(self, new: Sequence[CaseEvent], folder: Path | None) -> list[Say]:
        if self.wishes.dry_run:
            return [Say("a dry run: nothing was written")]
        if folder is not None:
            return [*self._before, Say("written to {folder}", folder=str(folder))]
        return self._before if new else [*self._before, Say("nothing new to record")]


def _refuse_second(new: Case, cases: Sequence[Case]) -> None:
    """`Stop` 2 for an objection by options whose customer has one to the same task that is not closed yet.

    Who sees it again writes further what is there, with its number; a number of its own asks for another.
    """
    if new.events or new.kind is not FeedbackKind.OBJECTION:
        return
    open_ = next((case for case in cases if case is not new and case.state is not State.CLOSED
                  and _about(case) == _about(new)), None)  # fmt: skip
    if open_ is not None:
        message = Say("customer {customer} has an objection to {task} that is still open: {no}, received {received}",
                      customer=new.customer.code, task=new.row.task_no, no=open_.number,
                      received=open_.row.received_at)  # fmt: skip
        hint = Say("give --no {no} to write it further, or --no with a number of its own for another case",
                   no=open_.number)  # fmt: skip
        raise Stop(message, hint=hint, code=Exit.USAGE)


def _about(case: Case) -> tuple[str, str, str]:
    return case.kind, folded(case.customer.code), folded(case.row.task_no or "")


def item(one: Standing) -> dict[str, object]:
    """The contract's item: what was recorded and what is owed, with its decisions."""
    case = one.case
    return {
        "feedback_no": case.number,
        "kind": case.kind,
        "customer_code": case.customer.code,
        "customer_name": case.customer.name,
        "task_no": case.row.task_no,
        "state": case.state,
        "owner": case.owner,
        "received_at": case.row.received_at,
        "due": one.due.due if one.due else None,
        "owed": one.owed,
        "overdue": one.overdue,
        "recorded": [each.event for each in one.new],
        "events": [{"event": each.event, "at": each.happened_at} for each in case.events],
        "affected": [_affected(each) for each in one.affected],
        "decisions": one.decisions,
        "files": one.files,
    }


def _affected(one: Affected) -> dict[str, object]:
    return {
        "task_no": one.task.task_no,
        "circuit_codes": [pair.circuit_code for pair in one.pairs if pair.circuit_code],
        "decisions": one.decisions,
    }


def _by_event(
    written: Iterable[tuple[Due, tuple[str, ...]]],
) -> Iterator[tuple[tuple[str, Happened], tuple[str, ...]]]:
    for (case, new), names in written:
        yield (case.number, new.event), names


def _others(inputs: Inputs, found: Board) -> list[Problem]:
    """What is wrong in the other files; the feedback's own is said once."""
    said = {(p.place, p.field) for p in found.problems}
    return [p for p in inputs.problems if (p.place, p.field) not in said]


def _cautions(standing: Sequence[Standing], inputs: Inputs, desk: Desk) -> Iterator[Problem]:
    """What a person should know though nothing waits for it."""
    for one in standing:
        yield from _of_case(one.case)
    waiting = [one.case for one in standing if one.case.kind is FeedbackKind.ASSURANCE and one.owed]
    if waiting and not approval_departments(inputs.departments.records, desk):
        says = Say("no department has the role {role}: requests for protection cannot be forwarded", role=APPROVAL)
        hint = Say("add it to a departments table, and name that table under “inputs:”")
        yield Problem(says, hint=hint, held=tuple(f"feedback {case.number}" for case in waiting))


def _of_case(case: Case) -> Iterator[Problem]:
    if case.state is State.CLOSED:
        return
    if case.owner is None:
        says = Say("customer {code} has neither a chief engineer nor an account manager: nobody is in charge of {no}",
                   code=case.customer.code, no=case.number)  # fmt: skip
        yield Problem(says, case.customer.place("chief_engineer"), "chief_engineer", severity=Severity.CAUTION)
    if asked_of_unit(case) is not None and case.task is not None and initiating_unit(case.task) is None:
        says = Say("no row of {task} names the initiating unit; its request has no addressee", task=case.task.name)
        yield Problem(says, case.task.rows[0].place("initiating_unit"), "initiating_unit", severity=Severity.CAUTION)
    if case.customer.language == "en" and isinstance(case.reason, Known) and _chinese(case.reason.value):
        says = Say("the reason is in Chinese, the letter to {name} in English; have it translated",
                   name=case.customer.name)  # fmt: skip
        yield Problem(says, case.reason.place, "unit_reason", severity=Severity.CAUTION)


def _chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
