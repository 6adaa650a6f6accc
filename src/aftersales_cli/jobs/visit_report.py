"""`visit report`: what was prepared, done and agreed at a visit, and what its record lacks, as documents (R26–R42)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from aftersales_cli.documents.order import Document, Order
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.jobs.visit_due_reading import read_visit_inputs
from aftersales_cli.jobs.visit_record_cases import TABLES, Cases, owed
from aftersales_cli.jobs.visit_record_changes import NAME, change_list
from aftersales_cli.jobs.writing_run import locked, run_row
from aftersales_cli.places import Problem
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.corrections import Checked, corrections
from aftersales_cli.visit.stages import Reporting, report_id
from aftersales_cli.words import Say

COMMAND = "visit report"
ENDINGS = ("html", "docx", "txt")


@dataclass(frozen=True)
class Wishes:
    """`numbers` are the visits to report on."""

    numbers: Sequence[str]
    dry_run: bool = False
    output: Path | None = None
    wait: float = 10


@dataclass(frozen=True)
class Reported:
    """One visit with what its rules say, and the documents of it."""

    case: VisitCase
    decisions: tuple[Decision, ...]
    checked: Checked
    files: tuple[Path, ...] = ()


def report(desk: Desk, wishes: Wishes) -> Report:
    """Find the visits in files and ledger, judge them, write their reports.

    A visit whose row is held is left out and its problem said; `Stop` 65 where that is all that was asked for, 2 for a
    number nobody knows.
    """
    inputs = read_visit_inputs(desk)
    with desk.ledger(write=False) as ledger:
        cases = Cases(desk, inputs, ledger.visit_exports())
    found = [_reported(cases, row) for row in _asked(inputs, wishes.numbers)]
    folder = _written(desk, wishes, found)
    done = [_with_files(one, folder) for one in found]
    problems = (*inputs.problems, *(p for one in found for p in (*cases.strays(one.case.row), *one.checked.problems)))
    return Report(
        command=COMMAND,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(owed(one.decisions) for one in done), problems=problems),
        summary={"visits": len(done), "incomplete": sum(owed(one.decisions) for one in done),
                 "corrections": sum(len(one.checked.corrections) for one in done), "dry_run": wishes.dry_run},
        items=[item(one) for one in done],
        problems=problems,
        files=[path for one in done for path in one.files],
        notes=[Say("written to {folder}", folder=str(folder)) if folder else Say("a dry run: nothing was written")],
        view=tuple(done),
    )  # fmt: skip


def _asked(inputs: VisitInputs, numbers: Sequence[str]) -> Iterator[Visit]:
    known = {folded(row.visit_no): row for row in inputs.visits if inputs.customers.by_code(row.customer_code)}
    asked = {folded(number): number for number in numbers}
    held = {number: why for number in asked if number not in known and (why := inputs.held_back(number))}
    for number, written in asked.items():
        if number not in known and number not in held:
            raise _unknown(inputs, written, known)
    if asked and held.keys() == asked.keys():
        raise _all_held([(asked[number], why) for number, why in held.items()])
    yield from (known[number] for number in asked if number in known)


def _unknown(inputs: VisitInputs, written: str, known: Mapping[str, Visit]) -> Stop:
    """A number that no row has; it may stand in what could not be read."""
    near = get_close_matches(folded(written), known, 1)
    hint = Say("did you mean “{near}”?", near=known[near[0]].visit_no) if near else None
    if hint is None and inputs.rows_are_missing:
        hint = Say("not all visits could be read: “aftersales visit record --dry-run” says why")
    return Stop(Say("nobody has recorded a visit {no}", no=written), hint=hint, code=Exit.USAGE)


def _all_held(held: Sequence[tuple[str, Problem]]) -> Stop:
    """Nothing can be reported: the rows are there, and each says what is wrong with it."""
    said = [Say("visit {no} is there but held: {place}: {why}", no=written, place=str(why.place), why=why.message)
            for written, why in held]  # fmt: skip
    message = said[0] if len(said) == 1 else Say("{each}", each=said)
    return Stop(message, hint=next((why.hint for _, why in held if why.hint), None), code=Exit.BAD_INPUT)


def _reported(cases: Cases, row: Visit) -> Reported:
    case = cases.case(row)
    assert case is not None  # `_asked` has seen the customer
    return Reported(case, cases.decisions(case), corrections(row, case.customer))


def _written(desk: Desk, wishes: Wishes, found: Sequence[Reported]) -> Path | None:
    """The documents in one folder, recorded as a run; a dry run renders them, so that it fails where this would."""
    with ExitStack() as stack:
        renderers = stack.enter_context(desk.renderers())
        if wishes.dry_run:
            list(renderers.made(desk.template_folders, ((one, _order(desk, one)) for one in found)))
            return None
        stack.enter_context(locked(desk, COMMAND, wishes.wait))
        output = wishes.output or desk.workspace.output
        ledger = stack.enter_context(desk.ledger(write=True))
        ledger.recover(output)
        with RunFolder(output, f"{desk.as_of:%Y-%m-%dT%H%M}-visit-report") as folder:
            for one, made in renderers.made(desk.template_folders, ((one, _order(desk, one)) for one in found)):
                for name, content in made.files:
                    folder.write(name, content)
                if one.checked.corrections:
                    changes = change_list(desk, one.checked.corrections)
                    folder.write(_name(one, NAME.removesuffix(".xlsx"), "xlsx"), changes)
            return ledger.issue(folder, run_row(desk, COMMAND, TABLES), ())


def _order(desk: Desk, one: Reported) -> Order:
    pages = Reporting(desk.book.vocabularies, desk.workspace.sender)
    view = pages.view(one.case, one.decisions, one.checked.corrections)
    stem = "report.en" if view["language"] == "en" else "report"
    return Order(view, tuple(
        Document(_name(one, "report", ending), f"visit/{stem}.{ending}" + ("" if ending == "docx" else ".j2"))
        for ending in ENDINGS
    ))  # fmt: skip


def _name(one: Reported, kind: str, ending: str) -> str:
    row = one.case.row
    text = f"{row.date:%Y%m%d}-{row.customer_code}-{row.visit_no}-{kind}-{report_id(row)}.{ending}"
    return safe_name(text.replace("/", "_").replace("\\", "_"), limit=LONGEST_PART)


def _with_files(one: Reported, folder: Path | None) -> Reported:
    if folder is None:
        return one
    names = [_name(one, "report", ending) for ending in ENDINGS]
    names += [_name(one, NAME.removesuffix(".xlsx"), "xlsx")] if one.checked.corrections else []
    return Reported(one.case, one.decisions, one.checked, tuple(folder / name for name in names))


def item(one: Reported) -> dict[str, object]:
    """One visit, what is missing in its record, and where its report is."""
    row = one.case.row
    return {
        "visit_no": row.visit_no,
        "customer_code": one.case.customer.code,
        "customer_name": one.case.customer.name,
        "kind": row.kind,
        "date": row.date,
        "owed": owed(one.decisions),
        "decisions": one.decisions,
        "files": one.files,
    }
