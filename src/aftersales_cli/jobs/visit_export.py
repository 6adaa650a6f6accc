"""`visit export`: records of group-level and cross-domain customers for the group system, each once (R40)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from aftersales_cli.documents.order import Document, Order
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_due_reading import read_visit_inputs
from aftersales_cli.jobs.visit_record_cases import TABLES, Cases
from aftersales_cli.jobs.writing_run import locked, run_row
from aftersales_cli.places import Unknown
from aftersales_cli.records.events import Kept
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.export import Upload, to_ask, upload, upload_view
from aftersales_cli.words import Counted, Say

COMMAND = "visit export"
RULE = "VIS-08"
NAME = "走访记录上传表.xlsx"
TEMPLATE = "visit/upload.xlsx"
NAMED = 10
"""How many visits a note names; `to_ask` counts them all."""


@dataclass(frozen=True)
class Wishes:
    """Whether to write anything, and where."""

    dry_run: bool = False
    output: Path | None = None
    wait: float = 10


@dataclass(frozen=True)
class Exported:
    """One record of the workbook, and what VIS-08 says of it."""

    upload: Upload
    decision: Decision


def export(desk: Desk, wishes: Wishes) -> Report:
    """Write the workbook and remember what it holds, both or neither; nothing where nothing is due."""
    with ExitStack() as stack:
        output = wishes.output or desk.workspace.output
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
            with desk.ledger(write=True) as ledger:
                ledger.recover(output)
        inputs = read_visit_inputs(desk)
        with desk.ledger(write=not wishes.dry_run) as ledger:
            cases = Cases(desk, inputs, ledger.visit_exports())
            known = [case for row in inputs.visits if (case := cases.case(row)) is not None]
            open_ = [(case, why) for case in known if (why := unsettled(desk, case)) is not None]
            due = [one for case in known if (one := uploaded(desk, case)) is not None]
            folder = None
            if due:
                content = _workbook(desk, due)
                if not wishes.dry_run:
                    with RunFolder(output, f"{desk.as_of:%Y-%m-%dT%H%M}-visit-export") as made:
                        made.write(NAME, content)
                        kept = Kept(exports=tuple(one.exported for one in due))
                        folder = ledger.issue(made, run_row(desk, COMMAND, TABLES), (), kept)
    return Report(
        command=COMMAND,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=bool(open_), problems=inputs.problems),
        summary={"exported": len(due), "again": sum(one.again for one in due), "to_ask": len(open_),
                 "dry_run": wishes.dry_run},
        items=[item(one) | {"decisions": [decided(desk, one.case)]} for one in due],
        problems=inputs.problems,
        files=[folder / NAME] if folder else [],
        notes=[*_to_ask(open_), *_notes(due, folder, wishes)],
        view=tuple(Exported(one, decided(desk, one.case)) for one in due),
    )  # fmt: skip


def decided(desk: Desk, case: VisitCase) -> Decision:
    """What VIS-08 says of a visit."""
    return desk.book.judge(RULE, case, desk.tools, desk.province)


def uploaded(desk: Desk, case: VisitCase) -> Upload | None:
    """The record that the workbook would hold of a visit now, if any; also for `today`."""
    given = desk.book.given_or_none(RULE, on=case.row.date, province=desk.province)
    return upload(case, given.words("levels")) if given else None


def unsettled(desk: Desk, case: VisitCase) -> Unknown | None:
    """Why nobody knows whether the group's system has to be given the record, where that is so (VIS-08)."""
    given = desk.book.given_or_none(RULE, on=case.row.date, province=desk.province)
    return to_ask(case, given.words("levels")) if given else None


def _to_ask(open_: Sequence[tuple[VisitCase, Unknown]]) -> Iterator[Say]:
    """A sentence for each reason, with the first of its visits: silence would look as if nothing were owed."""
    reasons: dict[tuple[str, str], list[tuple[VisitCase, Unknown]]] = {}
    for case, why in open_:
        reasons.setdefault((str(why.why), str(why.place)), []).append((case, why))
    for cases in reasons.values():
        numbers = [case.number for case, _ in cases[:NAMED]] + (["…"] if len(cases) > NAMED else [])
        why = cases[0][1]
        said = why.why if why.place is None else Say("{why} [{place}]", why=why.why, place=str(why.place))
        yield Counted("nobody knows whether {n} record has to go into the group's system ({visits}): {why}",
                      "nobody knows whether {n} records have to go into the group's system ({visits}): {why}",
                      n=len(cases), visits=numbers, why=said)  # fmt: skip


def _workbook(desk: Desk, due: Sequence[Upload]) -> bytes:
    view = upload_view(due, desk.book.named(desk.province), desk.as_of)
    with desk.renderers() as renderers:
        ((_, made),) = renderers.made(desk.template_folders, [(None, Order(view, (Document(NAME, TEMPLATE),)))])
    ((_, content),) = made.files
    return content


def _notes(due: Sequence[Upload], folder: Path | None, wishes: Wishes) -> list[Say]:
    if wishes.dry_run:
        return [Say("a dry run: nothing was written")]
    if folder is None:
        return []
    entered = Say("once they are entered, write 是 into 已录入集团系统 and record the visits again")
    return [Say("written to {folder}", folder=str(folder)), *([entered] if due else [])]


def item(one: Upload) -> dict[str, object]:
    """One record of the workbook."""
    row, customer = one.case.row, one.case.customer
    return {
        "visit_no": row.visit_no,
        "customer_code": customer.code,
        "customer_name": customer.name,
        "customer_level": customer.level,
        "kind": row.kind,
        "date": row.date,
        "change": "update" if one.again else "new",
    }
