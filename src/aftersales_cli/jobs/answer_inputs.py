"""What `complaint answer` reads: the tables of a cutover command, and with them complaints and receipts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aftersales_cli.complaint.received import Receipts
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import TABLES as CUTOVER_TABLES
from aftersales_cli.jobs.inputs import Inputs, inputs_with, stopped
from aftersales_cli.jobs.receipt import TO_FILL_IN
from aftersales_cli.places import TYPED, Problem, Severity
from aftersales_cli.records.columns import Broken, Refused, Source
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.events import Delivered
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import Instant, Word
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

TABLES = (*CUTOVER_TABLES, "complaints", "receipts")
OPTIONS = {
    "complaint_no": "--number",
    "circuit_code": "--circuit",
    "reported_at": "--reported",
    "began_at": "--began",
    "restored_at": "--restored",
    "cause": "--cause",
    "task_no": "--task",
    "customer_code": "--customer",
}
"""The fields of one complaint that options say."""
FOR_PEOPLE = "客户名称"
"""The column that `cutover notify` writes into its list of receipts for people; it is no column of the table."""


@dataclass(frozen=True)
class Answering:
    """All that the files said. `narrowed` tells that only some complaints were asked for."""

    inputs: Inputs
    complaints: Read[Complaint]
    receipts: Read[Receipt]
    narrowed: bool = False

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that was wrong in the files."""
        return (*self.complaints.problems, *self.inputs.problems, *self.receipts.problems)

    @property
    def every_cutover_known(self) -> bool:
        """Whether a cutover that is not found is not there: no file failed, no route that would matter is missing."""
        by_resource = any(row.fact("resources").value for row in self.inputs.rows)
        return not self.inputs.cutovers.failed and (self.inputs.asked.every_hop_known or not by_resource)

    def received(self, recorded: Iterable[Delivered]) -> Receipts:
        """The receipts of the table, and those that `cutover receipt` recorded."""
        rows = (*self.receipts.records, *map(of_ledger, recorded))
        return Receipts(rows, self.receipts.broken, complete=not self.receipts.failed)


def read_answering(desk: Desk, one: Complaint | None = None, numbers: Sequence[str] = ()) -> Answering:
    """Read all tables; of the complaints only `numbers`, where any are named, or none but `one`.

    `Stop` 66 where no complaints are named, 65 or 66 where none, or no cutover, could be read at all, 2 for a number
    that no complaint has.
    """
    if one is None:
        _named(desk)
    needed(desk, "cutovers")
    with desk.reader() as confined:
        confined.start()  # it imports its readers while the rule book is loaded here
        complaints = Read((one,), rows=1) if one else _chosen(desk.read(Complaint.TABLE, confined), numbers)
        receipts = _filled_in(desk.read(Receipt.TABLE, confined))
        circuits = [row.circuit_code for row in complaints.records]
        return Answering(inputs_with(desk, confined, circuits), complaints, receipts, bool(one or numbers))


def _named(desk: Desk) -> None:
    try:
        needed(desk, "complaints")
    except Stop as stop:
        hint = Say("give --complaints FILE, name it under “inputs:” in aftersales.yaml, or give one complaint by its "
                   "options: --circuit CODE --reported WHEN …")  # fmt: skip
        raise stop if not desk.workspace.named else Stop(stop.message, hint=hint, code=stop.code) from stop


def _chosen(read: Read[Complaint], numbers: Sequence[str]) -> Read[Complaint]:
    if read.stop is not None and not read.rows:
        raise stopped(read.problems, read.stop)
    if not numbers:
        return read
    wanted = {folded(number): number for number in numbers}
    rows = tuple(row for row in read.records if folded(row.complaint_no) in wanted)
    broken = tuple(row for row in read.broken if folded(str(row.value("complaint_no"))) in wanted)
    numbered = (*(row.complaint_no for row in rows), *(str(row.value("complaint_no")) for row in broken))
    strange = wanted.keys() - set(map(folded, numbered))
    if strange:
        raise Stop(Say("no complaint has the number {names}", names=sorted(wanted[key] for key in strange)),
                   hint=Say("complaints: {known}", known=[row.complaint_no for row in read.records[:20]]),
                   code=Exit.USAGE)  # fmt: skip
    others = {p for row in read.broken if row not in broken for p in row.problems.values()}
    return replace(read, records=rows, broken=broken, problems=tuple(p for p in read.problems if p not in others))


def _filled_in(read: Read[Receipt]) -> Read[Receipt]:
    """Without the rows of a prefilled list into which nobody has written: they say nothing, neither yes nor no."""
    waiting = [row for row in read.broken if set(TO_FILL_IN) <= row.empty and row.problems.keys() <= row.empty]
    blank = {problem for row in waiting for problem in row.problems.values()}
    broken = tuple(row for row in read.broken if row not in waiting)
    problems = tuple(p for p in read.problems if p not in blank and not _for_people(p))
    return replace(read, broken=broken, problems=problems)


def _for_people(problem: Problem) -> bool:
    place = problem.place
    return problem.severity is Severity.CAUTION and place is not None and place.heading == FOR_PEOPLE


def of_ledger(said: Delivered) -> Receipt:
    """A recorded receipt as the table would have it."""
    return Receipt(
        task_no=said.task_no,
        customer_code=said.customer_code,
        delivered_at=said.delivered_at or Word.NOT_DELIVERED,
        channel=said.channel,
        confirmed_by=said.confirmed_by,
        notice_id=said.notice_id or None,
        sequence=said.sequence if said.notice_id else None,
        circuit_codes=said.circuit_codes,
        source=Source(said.source or "ledger"),
    )


def typed(options: Mapping[str, str], desk: Desk) -> Complaint:
    """The complaint that options tell, by the table's keys; reported now where they do not say when.

    `Stop` 2 where it has no circuit, or one of them cannot be read. Without a number it gets one from what it says, so
    that the same words twice are one complaint.
    """
    if "circuit_code" not in options:
        raise Stop(Say("a complaint given by options needs {options}", options="--circuit CODE"), code=Exit.USAGE)
    given = {key: _parsed(key, text) for key, text in options.items()}
    given.setdefault("reported_at", Instant(desk.as_of))
    given.setdefault("complaint_no", _number(given))
    source = Source(TYPED, columns={key: ("", option) for key, option in OPTIONS.items()})
    return Complaint(**given, source=source)


def _parsed(key: str, text: str) -> Any:
    try:
        return Complaint.TABLE.column(key).parse(text)
    except Refused as refused:
        message = Say("{option}: “{text}” cannot be read", option=OPTIONS[key], text=text)
        raise Stop(message, hint=refused.accepted, code=Exit.USAGE) from refused


def _number(given: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(folded_circuit(given["circuit_code"]).encode()).hexdigest()
    return f"T{given['reported_at'].at:%Y%m%d-%H%M}-{digest[:6]}"


def broken_numbers(read: Read[Complaint]) -> list[str]:
    """How the complaints that could not be read are called: their numbers, else nothing."""
    return [str(row.value("complaint_no") or "–") for row in read.broken]


def concerns(problem: Problem, names: set[str]) -> bool:
    """Whether a problem may touch one of these: it names it, or it is about a whole file or an unnamed row."""
    if not problem.held:
        return problem.place is None or (problem.place.row is None and problem.place.line is None)
    return any(_names(held, names) for held in problem.held)


def _names(held: str, names: set[str]) -> bool:
    noun, space, name = held.partition(" ")
    if not space or noun in ("row", "line"):
        return True
    said = name.split(" of task ")
    return any(folded_circuit(part) in names for part in said)


def kept_problem(row: Broken) -> Problem:
    """The first thing wrong with a row that could not be read."""
    return next(iter(row.problems.values()))
