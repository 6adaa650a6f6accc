"""`visit record`: visits that were made go into the ledger, and what is wrong in the archive to the CRM (R31–R42)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import stopped
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.jobs.visit_due_reading import read_visit_inputs
from aftersales_cli.jobs.visit_record_cases import TABLES, Cases, owed
from aftersales_cli.jobs.visit_record_changes import NAME, change_list
from aftersales_cli.jobs.writing_run import locked, run_row
from aftersales_cli.places import Place, Problem
from aftersales_cli.records.events import Kept, Visited
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.corrections import Checked, Correction, corrections
from aftersales_cli.visit.issues import Issue, of_visit
from aftersales_cli.visit.memory import WRITTEN, said
from aftersales_cli.visit.told_crm import History, latest
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

COMMAND = "visit record"


@dataclass(frozen=True)
class Wishes:
    """Whether to write anything, and where the list of corrections goes."""

    dry_run: bool = False
    output: Path | None = None
    wait: float = 10


@dataclass(frozen=True)
class Recorded:
    """One visit of the files: `change` is new, updated or unchanged, compared with the ledger.

    `fresh` are those of its corrections that have to go on a list for the CRM.
    """

    case: VisitCase
    change: str
    decisions: tuple[Decision, ...]
    checked: Checked
    issues: tuple[Issue, ...]
    fresh: tuple[Correction, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Those that the archive lacks, and those it has while the CRM was told something else since."""
        return tuple(each for each in self.checked.said if not each.settled or each in self.fresh)

    @property
    def is_new(self) -> bool:
        """Whether the ledger learns something."""
        return self.change != "unchanged" or bool(self.fresh)


def record(desk: Desk, wishes: Wishes) -> Report:
    """Read, check, judge, record. A dry run does all but the last, and takes no lock."""
    needed(desk, "visits")
    with ExitStack() as stack:
        if not wishes.dry_run:
            stack.enter_context(locked(desk, COMMAND, wishes.wait))
            with desk.ledger(write=True) as ledger:
                ledger.recover(wishes.output or desk.workspace.output)
        inputs = read_visit_inputs(desk)
        if inputs.visit_rows.stop is not None and not inputs.visit_rows.rows:
            raise stopped(inputs.visit_rows.problems, inputs.visit_rows.stop)
        with desk.ledger(write=not wishes.dry_run) as ledger:
            return _Run(desk, wishes, inputs, ledger).report()


class _Run:
    def __init__(self, desk: Desk, wishes: Wishes, inputs: VisitInputs, ledger: Ledger) -> None:
        self.desk, self.wishes, self.inputs, self.ledger = desk, wishes, inputs, ledger
        self.cases = Cases(desk, inputs, ledger.visit_exports())
        self.history = History(inputs.recorded)
        self.recorded = [one for row in inputs.rows if (one := self._one(row)) is not None]

    def _one(self, row: Visit) -> Recorded | None:
        case = self.cases.case(row)
        if case is None:
            return None
        before = self.inputs.known.get(folded(row.visit_no))
        change = "new" if before is None else "unchanged" if said(before) == said(row) else "updated"
        own, checked = tuple(of_visit(case.issues, row)), corrections(row, case.customer)
        visits = self.inputs.of_customer(folded(row.customer_code)) if checked.said else ()
        fresh = self.history.fresh(checked.said, latest(visits, case.customer))
        return Recorded(case, change, self.cases.decisions(case), checked, own, fresh)

    def report(self) -> Report:
        """Record what is new, and say so."""
        new = sorted((one for one in self.recorded if one.is_new), key=_by_day)  # the last word is the CRM's
        folder = None if self.wishes.dry_run else self._write(new)
        problems = (
            *self.inputs.problems,
            *(problem for one in self.recorded for problem in self.cases.strays(one.case.row)),
            *(problem for one in self.recorded for problem in one.checked.problems),
        )
        files = [folder / NAME] if folder else []
        return Report(
            command=COMMAND,
            as_of=self.desk.as_of,
            province=self.desk.province,
            exit=exit_for(rule=any(owed(one.decisions) for one in self.recorded), problems=problems),
            summary=self._summary(problems),
            items=[item(one) for one in self.recorded],
            problems=problems,
            files=files,
            notes=self._notes(folder),
            view=tuple(self.recorded),
        )

    def _write(self, new: Sequence[Recorded]) -> Path | None:
        visited = [self._visited(one) for one in new]
        changes = [each for one in new for each in one.fresh]
        if not changes:
            self.ledger.record_visits(visited)
            return None
        output = self.wishes.output or self.desk.workspace.output
        with RunFolder(output, f"{self.desk.as_of:%Y-%m-%dT%H%M}-visit-record") as folder:
            folder.write(NAME, change_list(self.desk, changes))
            return self.ledger.issue(folder, run_row(self.desk, COMMAND, TABLES), (), Kept(visits=tuple(visited)))

    def _visited(self, one: Recorded) -> Visited:
        row = one.case.row
        listed = {WRITTEN: [{"field": each.column.key, "new": each.new} for each in one.fresh]} if one.fresh else {}
        return Visited(row.visit_no, row.customer_code, said(row) | listed, str(_plain(row.place())), self.desk.as_of)

    def _summary(self, problems: Sequence[Problem]) -> dict[str, object]:
        changes = [one.change for one in self.recorded]
        refused = len(self.inputs.visit_rows.records) + len(self.inputs.visit_rows.broken) - len(self.recorded)
        return {
            **{change: changes.count(change) for change in ("new", "updated", "unchanged")},
            "refused": refused,
            "incomplete": sum(owed(one.decisions) for one in self.recorded),
            "corrections": sum(len(one.fresh) for one in self.recorded),
            "corrections_before": sum(len(one.corrections) - len(one.fresh) for one in self.recorded),
            "problems": len(problems),
            "dry_run": self.wishes.dry_run,
        }

    def _notes(self, folder: Path | None) -> list[Say]:
        if self.wishes.dry_run:
            return [Say("a dry run: nothing was recorded")]
        return [Say("written to {folder}", folder=str(folder))] if folder else []


def _by_day(one: Recorded) -> tuple[date, str]:
    return one.case.row.date, one.case.row.visit_no


def item(one: Recorded) -> dict[str, object]:
    """What was recorded of one visit, what is missing in it, and what it brought up."""
    row = one.case.row
    return {
        "visit_no": row.visit_no,
        "customer_code": one.case.customer.code,
        "customer_name": one.case.customer.name,
        "kind": row.kind,
        "date": row.date,
        "change": one.change,
        "owed": owed(one.decisions),
        "decisions": one.decisions,
        "issues": [{"reference": i.reference, "text": i.text, "solved_on": i.solved_on} for i in one.issues],
        "corrections": [
            {
                "field": c.column.key,
                "heading": c.column.heading,
                "ours": c.ours,
                "old": c.old,
                "new": c.new,
                "listed_before": c not in one.fresh,
            }
            for c in one.corrections
        ],
    }


def _plain(place: Place) -> Place:
    return Place(place.file, place.sheet, place.row, None, place.line)
