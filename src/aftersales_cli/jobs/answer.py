"""`complaint answer`: what each complaint is answered and why; letters and decision sheets where they are asked for.

Exit codes (contract §2). 0: every complaint has its answer, whichever it is: 'network fault' is an answer, no breach.
1: one of them needs a person, or its letter is held. 3: something in the data is wrong, and held a complaint or more;
where only some complaints are asked for, of the data that may concern them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.complaint import answering as domain
from aftersales_cli.complaint.answer import Answer
from aftersales_cli.complaint.answering import FORBIDS, Answered, Held
from aftersales_cli.cutover.history import History
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.garbage import no_collection
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.answer_inputs import TABLES, Answering, concerns, read_answering, typed
from aftersales_cli.jobs.answer_items import Item, item
from aftersales_cli.jobs.answer_letters import Letters
from aftersales_cli.jobs.answer_sheet import Sheets
from aftersales_cli.jobs.answer_writing import Plan, Planner, State, Writer, by_complaint
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.judging import gatherer
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_notices import Nowhere
from aftersales_cli.jobs.writing_run import locked, run_row, settled, unsigned
from aftersales_cli.places import Problem
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.events import AnswerGiven, Kept
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.values import Cause
from aftersales_cli.register.customers import Customers
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

COMMAND = "complaint answer"
SHOWN_NUMBERS = 20


@dataclass(frozen=True)
class Wishes:
    """What is asked for.

    `one` is a complaint given by options, its cells by the table's keys; `numbers` are those of the complaints' table
    that are asked for, all where it is empty. `released` are rules that letters are released from, with the reason.
    """

    one: Mapping[str, str] = field(default_factory=dict)
    numbers: Sequence[str] = ()
    letters: bool = False
    released: Mapping[str, str] = field(default_factory=dict)
    language: str = "zh"
    dry_run: bool = False
    output: Path | None = None
    wait: float = 10

    @property
    def writes(self) -> bool:
        """Whether ledger and output are touched."""
        return self.letters and not self.dry_run


@dataclass(frozen=True)
class Outcome:
    """What people are shown: each complaint in its order, and what is written of those that are answered."""

    results: tuple[Answered | Held, ...]
    customers: Customers
    plans: tuple[Plan, ...] = ()

    @property
    def answered(self) -> tuple[Answered, ...]:
        """Those that are not held."""
        return tuple(one for one in self.results if isinstance(one, Answered))

    @property
    def held(self) -> tuple[Held, ...]:
        """Those in which something is wrong."""
        return tuple(one for one in self.results if isinstance(one, Held))


def answer(desk: Desk, wishes: Wishes) -> Report:
    """Read, match, establish, decide; with `letters` write and remember. Only that takes the lock."""
    released = _released(wishes)
    one = typed(wishes.one, desk) if wishes.one else None
    found = read_answering(desk, one, wishes.numbers)
    with ExitStack() as stack:
        if wishes.writes:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        ledger = stack.enter_context(desk.ledger(write=wishes.writes))
        return _Run(desk, replace(wishes, released=released), found, ledger).report(stack)


def _released(wishes: Wishes) -> dict[str, str]:
    """The rules by their ids. `Stop` 2 without letters, and for a rule that holds no letter."""
    if wishes.released and not wishes.letters:
        raise Stop(Say("--despite releases letters: it needs --letters"), code=Exit.USAGE)
    wrong = sorted(rule for rule in wishes.released if rule.strip().upper() != FORBIDS)
    if wrong:
        message = Say("no letter is held by {rules}", rules=wrong)
        raise Stop(message, hint=Say("rules: {known}", known=[FORBIDS]), code=Exit.USAGE)
    return {rule.strip().upper(): because for rule, because in wishes.released.items()}


def answers(desk: Desk, found: Answering, ledger: Ledger) -> Outcome:
    """What the book answers to each complaint, on the evidence of files and ledger."""
    history = History(ledger.issued())
    made = gatherer(desk, found.inputs, history, ledger.case_events())
    judging = domain.Desk(
        book=desk.book,
        workdays=desk.workdays,
        vocabularies=desk.book.vocabularies,
        ownership=made.ownership,
        now=desk.as_of,
        history=history,
        receipts=found.received(ledger.deliveries()),
        province=desk.province,
    )
    with no_collection():
        tasks = made.tasks(found.inputs.rows)
        given = domain.answer_all(found.complaints.records, tasks, judging)
        results = tuple(_sound(one, found) for one in given)
    return Outcome(results, made.ownership.customers)


def _sound(one: Answered | Held, found: Answering) -> Answered | Held:
    """Where cutovers or routes could not be read, nobody knows that no other cutover than the one found is meant."""
    complaint = one.complaint
    if found.every_cutover_known:
        return one
    if isinstance(one, Held) and one.problem.field == "task_no":
        return Held(complaint, _unread(complaint, complaint.task_no))
    if isinstance(one, Answered) and complaint.cause is Cause.CUTOVER and not complaint.task_no:
        return Held(complaint, _unread(complaint, None))
    return one


def _unread(complaint: Complaint, number: str | None) -> Problem:
    message = Say("which cutover it was cannot be told: cutovers or routes could not be read completely")
    hint = Say("mend the file that is named above, then ask again")
    held = (f"complaint {complaint.complaint_no}",)
    return Problem(message, complaint.place("task_no"), "task_no", number, hint, held)


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes
    found: Answering
    ledger: Ledger

    def __post_init__(self) -> None:
        self.notes = settled(self.ledger, self.output) if self.wishes.writes else []
        self.letters, self.sheets = Letters(self.desk), Sheets(self.desk, self.wishes.language)

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    def report(self, stack: ExitStack) -> Report:
        outcome = answers(self.desk, self.found, self.ledger)
        final = None
        if self.wishes.letters:
            planner = self._planner(outcome.customers)
            plans = [planner.plan(one) for one in outcome.answered]
            plans, final = self._written(plans, stack)
            outcome = replace(outcome, plans=tuple(plans))
        return self._said(outcome, final)

    def _planner(self, customers: Customers) -> Planner:
        recorded = by_complaint(self.ledger.answers())
        return Planner(self.letters, self.sheets, customers, self.wishes.released, recorded)

    def _written(self, plans: list[Plan], stack: ExitStack) -> tuple[list[Plan], Path | None]:
        due = [plan for plan in plans if plan.due]
        if not due:
            return plans, None
        renderers = stack.enter_context(self.desk.renderers())
        writer = Writer(self.desk, Nowhere(), self.letters, self.sheets)
        if self.wishes.dry_run:
            list(writer.write(due, renderers))  # so that it fails where the real run would
            return plans, None
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-answer") as folder:
            written = list(replace(writer, folder=folder).write(due, renderers))
            kept = Kept(answers=tuple(writer.recorded(plan, names) for plan, names in written))
            final = self.ledger.issue(folder, run_row(self.desk, COMMAND, TABLES), (), kept)
        files = {id(plan): tuple(final / name for name in names) for plan, names in written}
        return [replace(plan, files=files.get(id(plan), ())) for plan in plans], final

    def _said(self, outcome: Outcome, final: Path | None) -> Report:
        problems = tuple(dict.fromkeys((*self._problems(outcome), *self._cautions(outcome))))
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=_for_a_person(outcome), problems=problems),
            summary=self._summary(outcome),
            items=_items(outcome),
            problems=problems,
            files=[path for plan in outcome.plans for path in plan.files],
            notes=[*self.notes, *self._notes(outcome, final)],
            view=outcome,
        )

    def _problems(self, outcome: Outcome) -> Iterator[Problem]:
        """What is wrong; where only some complaints were asked for, of the files only what may concern them."""
        names = _names(outcome)
        for problem in self.found.problems:
            if not self.found.narrowed or concerns(problem, names):
                yield problem
        for one in outcome.answered:
            if one.case.pair is not None and one.task is not None:
                yield from one.task.problems
                if one.case.pair.owner.problem is not None:
                    yield one.case.pair.owner.problem.holding(f"complaint {one.complaint.complaint_no}")
        yield from (held.problem for held in outcome.held)

    def _cautions(self, outcome: Outcome) -> Iterator[Problem]:
        yield from (plan.caution for plan in outcome.plans if plan.caution is not None)
        if any(plan.state is State.DUE for plan in outcome.plans):
            yield from unsigned(self.desk, Say("the letters do not say who sends them and whom to call"))

    def _summary(self, outcome: Outcome) -> Item:
        given = [one.answer for one in outcome.answered]
        held = len(outcome.held) + len(self.found.complaints.broken)
        counts: Item = {"complaints": len(given) + held, **{each.value: given.count(each) for each in Answer}}
        states = [plan.state for plan in outcome.plans]
        letters = {state.value: states.count(state) for state in State if state is not State.NONE}
        return {**counts, "held": held} | (
            {"letters": letters, "dry_run": self.wishes.dry_run} if self.wishes.letters else {}
        )

    def _notes(self, outcome: Outcome, final: Path | None) -> Iterator[Say]:
        if not outcome.results and not self.found.complaints.broken:
            yield Say("no complaints were found; nothing was due")
        elif final is not None:
            yield Say("written to {folder}", folder=str(final))
        elif self.wishes.letters and self.wishes.dry_run:
            yield Say("a dry run: nothing was written")
        elif self.wishes.letters:
            yield Say("nothing new to tell; no file was written")


def _items(outcome: Outcome) -> list[Item]:
    """The contract's items; of a run with letters also what became of each letter, and its files."""
    if not outcome.plans:
        return [item(one) for one in outcome.answered]
    return [item(plan.one) | {"letter": plan.state, "files": plan.files} for plan in outcome.plans]


def _names(outcome: Outcome) -> set[str]:
    """All that a problem may hold for these complaints to be concerned."""
    found: set[str | None] = set()
    for one in outcome.results:
        complaint = one.complaint
        found |= {complaint.complaint_no, complaint.circuit_code, complaint.customer_code, complaint.task_no}
        if isinstance(one, Answered):
            found |= {one.task_no, one.case.customer_code, *one.candidates}
    return {folded_circuit(name) for name in found if name}


def _for_a_person(outcome: Outcome) -> bool:
    return any(not one.definite for one in outcome.answered) or any(p.state is State.HELD for p in outcome.plans)


def recorded_letters(recorded: Sequence[AnswerGiven]) -> Mapping[str, tuple[AnswerGiven, ...]]:
    """The answers that customers were told, by folded complaint number."""
    return by_complaint(each for each in recorded if each.letter is not None)
