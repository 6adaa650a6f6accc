"""`cutover import`: other carriers' notices become draft cutover rows, with what is left of their lead time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aftersales_cli.cutover.ahead import latest_day
from aftersales_cli.cutover.gathering import Gatherer
from aftersales_cli.cutover.history import History
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.task import Task
from aftersales_cli.documents.lists import Column, table_workbook
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import RunFolder, new_file
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.jobs.check import WORST
from aftersales_cli.jobs.cutover_import_changes import Change, Proposal, Standing, newest
from aftersales_cli.jobs.cutover_import_drafts import Draft, Drafter, Mapped
from aftersales_cli.jobs.cutover_import_notices import Reading, read_notices
from aftersales_cli.jobs.cutover_import_words import Words
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.judging import TIMELY, Judge
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_run import locked
from aftersales_cli.places import Known, Problem, Severity
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Lead
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Ownership
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.tables.describing import words
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

COMMAND = "cutover import"
DRAFTS = "割接草稿.xlsx"


@dataclass(frozen=True)
class Wishes:
    """`files` are the notices; the drafts go into a run folder in `output`, or to the file `to`."""

    files: Sequence[str] = field(default_factory=tuple)
    encoding: str | None = None
    output: Path | None = None
    to: Path | None = None
    dry_run: bool = False
    wait: float = 10


@dataclass(frozen=True)
class Judgement:
    """One proposal with the decisions on its timing, and the latest days (None where unpublished days decide)."""

    proposal: Proposal
    task: Task
    decisions: tuple[Decision, ...]
    publish_by: object
    certainly_by: object

    @property
    def verdict(self) -> Verdict:
        """The worst of its decisions."""
        found = {decision.verdict for decision in self.decisions}
        return next((verdict for verdict in WORST if verdict in found), Verdict.MET)


@dataclass(frozen=True)
class _Tables:
    circuits: Read[Circuit]
    customers: Read[Customer]
    cutovers: Read[Cutover]


def bring_in(desk: Desk, wishes: Wishes) -> Report:
    """Read, map, compare, judge, write. A dry run does all but the last, and takes no lock."""
    needed(desk, "circuits")
    with ExitStack() as stack:
        if not wishes.dry_run and desk.workspace.named:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        return _Run(desk, wishes).report()


class _Run:
    """One run, from the files to its report."""

    def __init__(self, desk: Desk, wishes: Wishes) -> None:
        self.desk, self.wishes = desk, wishes
        with desk.reader() as confined:
            self.reading: Reading = read_notices(wishes.files, wishes.encoding, confined, desk.limits)
            self.tables = _Tables(
                desk.read(Circuit.TABLE, confined),
                desk.read(Customer.TABLE, confined),
                desk.read(Cutover.TABLE, confined),
            )
        read = self.tables.customers
        self.customers = Customers(read.records, read.broken, complete=read.complete, whole_files=not read.failed)
        book = Words(desk.book.vocabularies)
        mapped = Mapped(self.tables.circuits.records)
        self.drafter = Drafter(book, mapped, self.customers, book.province(desk.province))

    def report(self) -> Report:
        """Do it."""
        notices, superseded = newest(self.reading.found)
        standing = Standing((*self.tables.cutovers.records, *self.tables.cutovers.broken))
        proposals = [p for notice in notices if (p := standing.propose(self.drafter, notice)) is not None]
        judged = self._judged(proposals)
        written = [p.draft for p in proposals if p.change is not Change.UNCHANGED]
        files = self._write(written)
        problems = (
            *self.reading.problems, *self._of_tables({folded(notice.task_no) for notice in notices}),
            *superseded, *self.drafter.problems, *standing.problems,
        )  # fmt: skip
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=self._exit(judged, problems),
            summary=self._summary(judged, written),
            items=[_item(one, files) for one in judged],
            problems=problems,
            files=files,
            notes=self._notes(judged, written, files),
            view=tuple(judged),
        )

    def _of_tables(self, tasks: set[str]) -> list[Problem]:
        """What was wrong in the inputs; of other tasks' rows in the cutovers nothing, they were only looked through."""
        found = [*self.tables.circuits.problems, *self.tables.customers.problems]
        errors = (p for p in self.tables.cutovers.problems if p.severity is Severity.ERROR)
        return [*found, *(p for p in errors if not _of_another(p, tasks))]

    def _judged(self, proposals: Sequence[Proposal]) -> list[Judgement]:
        with self.desk.ledger(write=False) as ledger:
            history = History(ledger.issued())
        circuits = self.tables.circuits
        gatherer = Gatherer(
            now=self.desk.as_of,
            ownership=Ownership(
                MemoryInventory(circuits.records, circuits.broken, complete=circuits.complete), self.customers
            ),
            vocabularies=self.desk.book.vocabularies,
            history=history,
            tell_not_interrupting=self.desk.workspace.tell_not_interrupting,
        )
        judge = Judge(self.desk, {})
        return [self._one(proposal, judge.judge(gatherer.task(proposal.rows))) for proposal in proposals]

    def _one(self, proposal: Proposal, judged: Judged) -> Judgement:
        decisions = tuple(judged.decision(rule) for rule in TIMELY)
        leads = [
            used.amount
            for decision in decisions
            if decision.verdict is not Verdict.NOT_APPLICABLE
            for used in decision.values
            if isinstance(used.amount, Lead)
        ]
        window = judged.task.window
        if not leads or not isinstance(window, Known):
            return Judgement(proposal, judged.task, decisions, None, None)
        latest = [latest_day(lead, window.value.start, self.desk.workdays) for lead in leads]
        known = [one.publish_by for one in latest]
        publish_by = min((day for day in known if day), default=None) if all(known) else None
        certain = [one.certainly_by for one in latest]
        certainly_by = min((day for day in certain if day), default=None) if all(certain) else None
        return Judgement(proposal, judged.task, decisions, publish_by, certainly_by)

    def _write(self, drafts: Sequence[Draft]) -> list[Path]:
        if self.wishes.dry_run or not drafts:
            return []
        content = workbook(drafts, self.desk)
        if self.wishes.to is not None:
            return [new_file(self.wishes.to, content)]
        output = self.wishes.output or self.desk.workspace.output
        with RunFolder(output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-import") as folder:
            name = folder.write(DRAFTS, content)
            folder.prepare()
            return [folder.publish() / name]

    def _exit(self, judged: Sequence[Judgement], problems: Sequence[Problem]) -> Exit:
        """Where no notice could be had at all, the files' own codes; an event that is none is a wrong input."""
        if not self.reading.found and any(p.severity is Severity.ERROR for p in self.reading.problems):
            return exit_for(others=self.reading.codes or [Exit.BAD_INPUT])
        rule = any(one.verdict is not Verdict.MET for one in judged)
        return exit_for(rule=rule, problems=problems)

    def _summary(self, judged: Sequence[Judgement], written: Sequence[Draft]) -> dict[str, object]:
        changes = [one.proposal.change for one in judged]
        verdicts = [one.verdict for one in judged]
        return {
            "notices": len(self.reading.found),
            "rows": sum(len(draft.rows) for draft in written),
            **{change.value: changes.count(change) for change in Change},
            **{verdict.value: verdicts.count(verdict) for verdict in WORST},
        }

    def _notes(self, judged: Sequence[Judgement], written: Sequence[Draft], files: Sequence[Path]) -> list[Say]:
        notes = [
            Say("{task}: {provider} calls it {status}", task=n.task_no, provider=n.provider, status=n.status)
            for n in (one.proposal.draft.notice for one in judged)
            if n.status
        ]
        if self.wishes.dry_run:
            return [*notes, Say("a dry run: nothing was written")]
        if files:
            where = Say("the drafts are in {file}; look through them, then put them among the cutovers", file=files[0])
            return [*notes, where]
        return notes if written else [*notes, Say("there is nothing new to write")]


def _of_another(problem: Problem, tasks: Iterable[str]) -> bool:
    return any(held.startswith("task ") and folded(held.removeprefix("task ")) not in tasks for held in problem.held)


def workbook(drafts: Iterable[Draft], desk: Desk) -> bytes:
    """All rows of the drafts with the columns of the cutovers table; a required cell that is empty is tinted."""
    table, vocabularies = Cutover.TABLE.columns, desk.book.vocabularies
    rows = [[cells.get(column.heading, "") for column in table] for draft in drafts for cells in draft.cells]
    empty = [any(not cell for cell in cells) for cells in zip(*rows, strict=True)]
    columns = [
        Column(column.heading, tuple(words(column, vocabularies)), to_fill_in=column.required and missing)
        for column, missing in zip(table, empty, strict=True)
    ]
    return table_workbook("割接草稿", columns, rows)


def _item(one: Judgement, files: Sequence[Path]) -> Mapping[str, Any]:
    draft, notice = one.proposal.draft, one.proposal.draft.notice
    return {
        "task_no": notice.task_no,
        "change": one.proposal.change,
        "status": draft.rows[0].fact("status").value if draft.rows else draft.status,
        "window": {"from": notice.window.start, "to": notice.window.end},
        "provider": notice.provider,
        "maintenance_id": notice.maintenance_id,
        "uid": notice.uid,
        "sequence": notice.sequence,
        "said": notice.status,
        "summary": notice.summary,
        "source": notice.place,
        "rows": list(_rows(one)),
        "publish_by": one.publish_by,
        "certainly_by": one.certainly_by,
        "verdict": one.verdict,
        "decisions": one.decisions,
        "files": [] if one.proposal.change is Change.UNCHANGED else files,
    }


def _rows(one: Judgement) -> Iterable[dict[str, object]]:
    draft = one.proposal.draft
    for line, row in zip(draft.lines, draft.rows, strict=True):
        yield {
            "circuit_code": row.fact("circuit_code").value,
            "customer_code": line.circuit.customer_code if line.circuit else None,
            "customer_name": row.fact("customer_name").value,
            "interruption": row.fact("interruption").value,
            "impact": line.term.word,
            "leased": line.leased,
        }


def usable(to: str | None, output: str | None) -> None:
    """`Stop` 2 where both places are named."""
    if to and output:
        raise Stop(Say("name --to FILE or --output DIR, not both"), code=Exit.USAGE)
