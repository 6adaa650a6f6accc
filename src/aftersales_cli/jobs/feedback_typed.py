"""One piece of feedback given by options: put into the form of a table, so that it is read as any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.feedback.case import Case, State
from aftersales_cli.feedback.memory import ANSWERED, WANTED, by_case, remembered
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.records.events import CaseEvent
from aftersales_cli.records.feedback import Feedback
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import FeedbackKind
from aftersales_cli.words import Say

NEEDED = {"kind": "--kind", "customer_code": "--customer", "received_at": "--received"}
"""What a new piece has to say, with the options that say it."""


def typed(desk: Desk, cells: Mapping[str, str], events: Iterable[CaseEvent]) -> Desk:
    """The desk whose table of feedback is this one row; what the ledger knows of its number is filled in.

    Without a number it gets one from what it says, so that the same words twice are one case. `Stop` 2 where a new
    piece says too little, or another table comes from stdin.
    """
    given = dict(cells)
    if "-" in (name for names in desk.given.files.values() for name in names):
        raise Stop(Say("a table from stdin and feedback by options do not go together"), code=Exit.USAGE)
    known = remembered(by_case(events).get(folded(given.get("feedback_no", "")), ()))
    given = (_cells(known) if known else {}) | given
    missing = [option for key, option in NEEDED.items() if not given.get(key)]
    if missing:
        raise Stop(Say("a new piece of feedback needs {options}", options=missing), code=Exit.USAGE)
    given.setdefault("feedback_no", _number(given))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(given), lineterminator="\n")
    writer.writeheader()
    writer.writerow(given)
    files = {**desk.given.files, Feedback.TABLE.key: ("-",)}
    return replace(desk, given=replace(desk.given, files=files, stdin=out.getvalue().encode()))


def refuse_second(new: Case, cases: Sequence[Case]) -> None:
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


def _cells(row: Feedback) -> dict[str, str]:
    """A row as somebody would write it."""
    fields = (*WANTED, *(field for fields in ANSWERED.values() for field in fields))
    values = {field: getattr(row, field) for field in ("feedback_no", *fields)}
    return {field: _written(value) for field, value in values.items() if value not in (None, ())}


def _written(value: object) -> str:
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _number(given: Mapping[str, str]) -> str:
    import hashlib

    said = "\x1f".join(folded(given.get(key, "")) for key in (*NEEDED, "task_no"))
    return "F-" + hashlib.sha256(said.encode()).hexdigest()[:8]
