"""`cutover notify`: every customer's notices, written whole or not at all, and remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli import __version__
from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.notices import Fate, Fated, Notice, Plan, interruptions, notice_id
from aftersales_cli.cutover.planning import Planner
from aftersales_cli.cutover.telling import Message, enterprise_department, messages
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.locking import LOCK_FILE, Lock
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk, sha256_of
from aftersales_cli.jobs.judging import (
    TABLES,
    Inputs,
    Judge,
    by_number,
    gatherer,
    history_of,
    owner_problems,
    read_inputs,
)
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.writing_notices import Written, write_message
from aftersales_cli.places import Severity
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.folding import folded
from aftersales_cli.register.customers import recipients
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.words import Counted, Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.run import Run
    from aftersales_cli.ledger.store import Ledger


@dataclass(frozen=True)
class Wishes:
    """What a `notify` was asked to do.

    `numbers` and `customers` narrow it to some tasks or customers; `released` are rules to release from, with the
    reason; `output` is where the run folder goes instead of the workspace's.
    """

    numbers: Sequence[str] = ()
    customers: Sequence[str] = ()
    released: Mapping[str, str] = field(default_factory=dict)
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
    with ExitStack() as stack:
        if not wishes.dry_run:
            desk.workspace.root.mkdir(parents=True, exist_ok=True)
            lock = Lock(desk.workspace.root / LOCK_FILE, command="cutover notify", started=f"{desk.as_of:%F %T}")
            stack.callback(lock.release)
            lock.acquire(wishes.wait)
        return _Run(desk, wishes).report(stack)


@dataclass
class _Run:
    desk: Desk
    wishes: Wishes

    def report(self, stack: ExitStack) -> Report:
        self.inputs  # noqa: B018 - read before the ledger is opened: what stops here leaves nothing behind
        ledger = stack.enter_context(self.desk.ledger(write=not self.wishes.dry_run))
        notes = [] if self.wishes.dry_run else _settled(ledger, self.output)
        planner, judged = self._judged(ledger)
        plan = self._narrowed(planner.plan(judged, _late(self.judge, judged)))
        told = messages(plan.notices, self.department)
        written, folder = self._write(told, ledger)
        return self._said(Outcome(plan, judged, told, folder), written, [*notes, *self._notes(plan, told, folder)])

    @cached_property
    def inputs(self) -> Inputs:
        return read_inputs(self.desk)

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.desk, self.wishes.released)

    @property
    def output(self) -> Path:
        return self.wishes.output or self.desk.workspace.output

    @cached_property
    def department(self) -> Department | None:
        roles = self.desk.book.vocabularies["department_roles"]
        return enterprise_department(self.inputs.departments.records, roles, self.desk.province)

    def _judged(self, ledger: Ledger) -> tuple[Planner, tuple[Judged, ...]]:
        made = gatherer(self.desk, self.inputs, history_of(ledger.issued()))
        tasks = by_number(made.tasks(self.inputs.rows), self.wishes.numbers)
        planner = Planner(made, self._whole(), every_number_read=self.inputs.every_number_read)
        return planner, tuple(self.judge.judge(task) for task in tasks)

    def _whole(self) -> frozenset[str]:
        """The cutover and circuit files that were read without any error."""
        names = {source.name for table in ("cutovers", "circuits") for source in self.desk.inputs(table)}
        bad = {p.place.file for p in self.inputs.problems if p.place and p.severity is Severity.ERROR}
        return frozenset(names - bad)

    def _narrowed(self, plan: Plan) -> Plan:
        """Only the asked customers' notices and circuits, where the run was asked for some."""
        wanted = {folded(code) for code in self.wishes.customers}
        if not wanted:
            return plan if not self.wishes.numbers else Plan(plan.notices, plan.fates, (), plan.cautions)
        known = {folded(customer.code) for customer in self.inputs.customers.records}
        if wanted - known:
            names = sorted(code for code in self.wishes.customers if folded(code) not in known)
            raise Stop(Say("the customers have no code {codes}", codes=names), code=Exit.USAGE)
        return Plan(
            tuple(n for n in plan.notices if n.customer is not None and folded(n.customer.code) in wanted),
            tuple(f for f in plan.fates if folded(f.pair.owner.customer_code or "") in wanted),
            (),
            plan.cautions,
        )

    def _write(self, told: Sequence[Message], ledger: Ledger) -> tuple[dict[str | None, Written], Path | None]:
        to_render = [message for message in told if message.to_render]
        if self.wishes.dry_run or not to_render:
            return {}, None
        with RunFolder(self.output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-notify") as folder:
            written = {message.code: write_message(message, folder, self.desk) for message in to_render}
            digest = folder.prepare()
            run_id = ledger.record_run(self._run_row(folder, digest), self._issued(to_render, written))
            final = folder.publish()
            ledger.complete(run_id, final.name)
        return {code: found.inside(final) for code, found in written.items()}, final

    def _run_row(self, folder: RunFolder, digest: str) -> Run:
        from aftersales_cli.ledger.run import Run

        return Run(
            command="cutover notify",
            as_of=self.desk.as_of,
            run_at=self.desk.as_of,
            output=folder.output,
            temporary=folder.temporary,
            name=folder.name,
            manifest_sha256=digest,
            rulebook=self.desk.book.fingerprint(),
            province=self.desk.province,
            version=__version__,
            inputs=sha256_of([source for table in TABLES for source in self.desk.inputs(table)]),
        )

    def _issued(self, told: Sequence[Message], written: Mapping[str | None, Written]) -> list[Issued]:
        return [
            self._issued_one(message, notice, written[message.code]) for message in told for notice in message.to_render
        ]

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
            province=notice.task.province.known,
            reason=notice.task.reason.known,
            circuit_codes=cancelled.circuit_codes if cancelled else notice.circuits,
            recipients=message.recipients,
            inputs={
                "cutovers": tuple(dict.fromkeys(row.source.file for row in notice.task.rows)),
                "circuits": tuple(source.name for source in self.desk.inputs("circuits")),
            },
            files=written.names,
            despite=dict(self.wishes.released),
        )

    def _notes(self, plan: Plan, told: Sequence[Message], folder: Path | None) -> list[Say]:
        notes = list(plan.cautions)
        if any(message.customer is None for message in told) and self.department is None:
            notes.append(Say("no department with the role 政企客户部 is on record; its notice has no recipient"))
        if not self.inputs.rows:
            notes.append(Say("no cutover rows were found; nothing was due"))
        if folder is not None:
            notes.append(Say("written to {folder}", folder=str(folder)))
        if self.wishes.dry_run:
            notes.append(Say("a dry run: nothing was written"))
        return notes

    def _said(self, outcome: Outcome, written: Mapping[str | None, Written], notes: Sequence[Say]) -> Report:
        plan, judged = outcome.plan, outcome.judged
        problems = (*self.inputs.problems, *owner_problems([one.task for one in judged]))
        return Report(
            command="cutover notify",
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=any(_open(one) for one in judged), problems=problems),
            summary={
                "accounting": plan.accounting(),
                "not_seen": plan.not_seen,
                "exempt": _whys(plan, Fate.EXEMPT),
                "held": _whys(plan, Fate.HELD),
                "department": _whys(plan, Fate.DEPARTMENT),
                "dry_run": self.wishes.dry_run,
            },
            items=_items(outcome, written),
            problems=problems,
            files=[path for found in written.values() for path in found.paths],
            notes=notes,
            view=outcome,
        )


def _settled(ledger: Ledger, output: Path) -> list[Say]:
    """Runs that were cut off before: finished now, or given up; either way said."""
    return [
        Say("a run that was cut off was finished: {folder}", folder=str(found.folder))
        if found.folder is not None
        else Counted("{n} run that was cut off left nothing, and was given up", "{n} runs", n=1)
        for found in ledger.recover(output)
    ]


def _late(judge: Judge, judged: Sequence[Judged]) -> dict[tuple[str, str | None], bool]:
    return {key: late for one in judged for key, late in judge.late(one).items()}


def _open(judged: Judged) -> bool:
    return any(d.verdict in (Verdict.BREACHED, Verdict.NEEDS_A_PERSON) for d in judged.decisions)


def _whys(plan: Plan, fate: Fate) -> list[dict[str, object]]:
    return [
        {"task_no": f.task.task_no, "circuit_code": f.pair.circuit_code, "customer_code": f.pair.owner.customer_code,
         "why": f.why}
        for f in plan.fates
        if f.fate is fate
    ]  # fmt: skip


def _item(message: Message, written: Written | None) -> dict[str, object]:
    return {
        "customer_code": message.code,
        "customer_name": message.name,
        "change": message.change,
        "tasks": [
            {
                "notice_id": notice.notice_id,
                "task_no": notice.task.name,
                "change": notice.change,
                "sequence": notice.sequence,
                "circuit_codes": notice.circuits or (notice.last.circuit_codes if notice.last else ()),
                "late": notice.late,
            }
            for notice in message.notices
        ],
        "recipients": message.recipients,
        "files": written.paths if written else (),
        "state": "rendered",
    }


def _items(outcome: Outcome, written: Mapping[str | None, Written]) -> list[dict[str, object]]:
    """One item per customer; a customer of whom something is held is listed too, with what is held."""
    items = {message.code: _item(message, written.get(message.code)) for message in outcome.messages}
    for fated in outcome.plan.fates:
        code = fated.pair.owner.customer_code
        if fated.fate is Fate.HELD and code is not None:
            item = items.setdefault(code, _nothing_yet(code, fated.pair.owner.customer))
            tasks = item["tasks"]
            assert isinstance(tasks, list)
            tasks.append(_held(fated))
    return list(items.values())


def _nothing_yet(code: str, customer: Customer | None) -> dict[str, object]:
    name = customer.name if customer else None
    return {
        "customer_code": code,
        "customer_name": name,
        "change": None,  # what is held is not compared (D12)
        "tasks": [],
        "recipients": recipients(customer) if customer else (),
        "files": (),
        "state": "held",
    }


def _held(fated: Fated) -> dict[str, object]:
    return {
        "notice_id": notice_id(fated.task.name, fated.pair.owner.customer_code),
        "task_no": fated.task.task_no,
        "change": None,
        "sequence": None,
        "circuit_codes": [fated.pair.circuit_code] if fated.pair.circuit_code else [],
        "held": fated.why,
    }
