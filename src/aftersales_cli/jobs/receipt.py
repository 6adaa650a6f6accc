"""`cutover receipt`: what reached its customer, recorded with when, how, and who said so (D3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.receipt_ledger import Recorder, Taken
from aftersales_cli.jobs.receipt_replies import SUFFIXES, Replies, take_replies
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.status import when
from aftersales_cli.jobs.status_standing import judged
from aftersales_cli.jobs.today_line import Commands, option
from aftersales_cli.jobs.writing_run import locked, settled
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.columns import Broken, Source
from aftersales_cli.records.events import Reply
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.tables.binding import bind_row
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

COMMAND = "cutover receipt"
TO_FILL_IN = ("delivered_at", "confirmed_by")
"""A row of the prefilled 回执登记表.xlsx in which nobody has written these yet says nothing."""
NOTHING_READ: Read[Receipt] = Read()


@dataclass(frozen=True)
class Wishes:
    """What is to be recorded: the desk's receipts, or `one` by its cells; and `replies`, calendar files and mails."""

    replies: Sequence[str] = ()
    one: Mapping[str, str] = field(default_factory=dict)
    dry_run: bool = False
    wait: float = 10


def is_reply(name: str) -> bool:
    """Whether a file is a calendar or a mail by its name; all others are tables."""
    return PurePath(name).suffix.lower() in SUFFIXES


def receipt(desk: Desk, wishes: Wishes) -> Report:
    """Read, check against what was issued, record. A dry run does all but the last, and takes no lock."""
    if not wishes.one and not wishes.replies:
        needed(desk, "receipts")
    one = _one(desk, wishes.one)
    with ExitStack() as stack:
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
        ledger = stack.enter_context(desk.ledger(write=not wishes.dry_run))
        notes = [] if wishes.dry_run else settled(ledger, desk.workspace.output)
        return _Run(desk, wishes, ledger, one).report(notes)


def _one(desk: Desk, cells: Mapping[str, str]) -> Receipt | None:
    """The receipt that the options tell; `Stop` 2 where one of them cannot be read."""
    if not cells:
        return None
    row: Receipt | Broken = bind_row(Receipt.TABLE, cells, desk.book.vocabularies, Source(""))
    if isinstance(row, Broken):
        key, problem = next(iter(row.problems.items()))
        option = "--circuit" if key == "circuit_codes" else f"--{key.removesuffix('_no').removesuffix('_code')}"
        message = Say("{option}: {message}", option=option.replace("_", "-"), message=problem.message)
        raise Stop(message, hint=problem.hint, code=Exit.USAGE)
    return row


class _Run:
    """One run: what was read, and what of it the ledger takes."""

    def __init__(self, desk: Desk, wishes: Wishes, ledger: Ledger, one: Receipt | None) -> None:
        self.desk, self.wishes, self.ledger = desk, wishes, ledger
        self.recorder = Recorder(ledger.issued(), ledger.deliveries(), desk.as_of)
        self.read, self.replies = NOTHING_READ, Replies()
        if one is None:
            self._read()
        rows = [one] if one is not None else self.read.records
        outcomes = [self.recorder.take(row) for row in rows]
        self.refused = [outcome for outcome in outcomes if isinstance(outcome, Problem)]
        self.taken = [*(o for o in outcomes if isinstance(o, Taken)), *self.replies.taken]

    def _read(self) -> None:
        with self.desk.reader() as confined:
            if "receipts" in self.desk.given.files or not self.wishes.replies:
                self.read = self.desk.read(Receipt.TABLE, confined)
            if self.wishes.replies:
                encoding, limits = self.desk.given.encoding, self.desk.limits
                self.replies = take_replies(self.wishes.replies, encoding, confined, limits, self.recorder)

    @property
    def new(self) -> list[Taken]:
        return [one for one in self.taken if one.new]

    @property
    def objections(self) -> list[Taken]:
        return [one for one in self.new if one.delivered.reply is Reply.DECLINED]

    def report(self, notes: Sequence[Say]) -> Report:
        """Record, and say so."""
        waiting = [row for row in self.read.broken if _not_yet(row)]
        blank = {problem for row in waiting for problem in row.problems.values()}
        wrong = [problem for problem in self.read.problems if problem not in blank and not _our_column(problem)]
        cautions = [caution for one in self.taken for caution in one.cautions]
        problems = (*wrong, *self.refused, *self.replies.problems, *cautions)
        if self.new and not self.wishes.dry_run:
            self.ledger.record_deliveries(one.delivered for one in self.new)
        contradicting = sum(bool(one.contradicts) for one in self.new)
        summary = {
            "recorded": len(self.new),
            "unchanged": len(self.taken) - len(self.new),
            "refused": len(self.refused) + self.replies.refused + len(self.read.broken) - len(waiting),
            "not_yet": len(waiting),
            "objections": len(self.objections),
            "contradicting": contradicting,
            "unsure": self.replies.unsure,
            "dry_run": self.wishes.dry_run,
        }
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=self._exit(problems, contradicting),
            summary=summary,
            items=[self._item(one) for one in self.taken],
            problems=problems,
            notes=[*notes, *self._notes()],
            view=tuple(self.taken),
        )

    def _exit(self, problems: Sequence[Problem], contradicting: int) -> Exit:
        """Where nothing could be read at all, the files' own codes."""
        codes = [*([self.read.stop] if self.read.stop else []), *self.replies.codes]
        if codes and not self.taken and not self.read.rows and not self.replies.unsure:
            return exit_for(others=codes)
        person = bool(contradicting or self.objections or self.replies.unsure)
        return exit_for(rule=person, problems=problems)

    def _item(self, one: Taken) -> dict[str, object]:
        said = one.delivered
        return {
            "change": "recorded" if one.new else "unchanged",
            "notice_id": said.notice_id or None,
            "task_no": said.task_no,
            "sequence": said.sequence if one.notice else None,
            "customer_code": said.customer_code,
            "customer_name": one.notice.customer_name if one.notice else None,
            "circuit_codes": said.circuit_codes or (one.notice.circuit_codes if one.notice else ()),
            "delivered": said.delivered_at is not None,
            "delivered_at": when(said),
            "channel": said.channel,
            "confirmed_by": said.confirmed_by,
            "reply": said.reply,
            "source": one.receipt.place() if one.receipt.source.file else None,
            "decisions": [judged(self.desk, one.notice, self.recorder.recorded(one.notice))] if one.notice else [],
        }

    def _notes(self) -> Iterator[Say]:
        for one in self.objections:
            task, name = one.delivered.task_no, one.notice.customer_name if one.notice else one.delivered.customer_code
            command = Commands().plain("cutover", "feedback", *option("--task", task))
            yield Say("{customer} declines {task}: an objection, to be settled with “{command}”",
                      customer=name, task=task, command=command)  # fmt: skip
        if self.wishes.dry_run:
            yield Say("a dry run: nothing was recorded")


def _our_column(problem: Problem) -> bool:
    """Whether it only says that 客户名称 is not read: `notify` writes that column into its list for people."""
    return problem.severity is Severity.CAUTION and problem.place is not None and problem.place.heading == "客户名称"


def _not_yet(row: Broken) -> bool:
    """Whether nobody has written into the row yet: its other cells are the desk's own, and right."""
    said = {*TO_FILL_IN, "channel"}
    return set(TO_FILL_IN) <= row.empty and all(key in said and key in row.empty for key in row.problems)
