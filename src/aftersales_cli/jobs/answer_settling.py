"""What would settle a missing fact: the cell to fill in, or the command to run."""

from __future__ import annotations

from dataclasses import replace

from aftersales_cli.complaint.answering import Answered
from aftersales_cli.jobs.answer_inputs import OPTIONS
from aftersales_cli.jobs.today_line import Commands, option
from aftersales_cli.places import TYPED, Place, Unknown
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.tables import TABLES
from aftersales_cli.words import Say

SHAPES = {"began_at": "WHEN", "restored_at": "WHEN", "cause": "WORD", "task_no": "NO", "customer_code": "CODE"}
"""What follows each option on the command line."""


def settled_by(missing: Unknown, one: Answered) -> Say:
    """The command, option or cell that would tell."""
    match missing.field:
        case "receipts" if missing.place is not None:  # one says delivered, another 未送达
            return _contradicted(missing.place)
        case "receipts":
            return Say("mend the file of receipts that cannot be read") if missing.unread else _receipt(one)
        case "calendar":
            return Say("import the year: {command}", command="aftersales calendar import FILE")
        case key if key in OPTIONS and one.complaint.source.file == TYPED:
            return Say("give it: {option}", option=f"{OPTIONS[key]} {SHAPES.get(key, 'TEXT')}")
    if missing.place is None:
        return Say("a person has to find out")
    return Say("the cell {heading} in {place}", heading=heading(missing.field), place=str(_row(missing)))


def _contradicted(place: Place) -> Say:
    """What the ledger has recorded stays; only a row of the table can be mended."""
    if place.row is None and place.line is None:
        return Say("a person has to find out")
    return Say("ask the customer; mend the receipt that is wrong: {place}", place=str(place))


def _receipt(one: Answered) -> Say:
    """Of a notice that the ledger has, recorded there; of one that went out in another way, a row of the table."""
    if one.case.in_ledger:
        return Say("register the receipt: {command}", command=_register(one))
    return Say("a row in the table {table}; an empty one: {command}",
               table=Receipt.TABLE.heading, command="aftersales forms receipts")  # fmt: skip


def _register(one: Answered) -> str:
    customer = one.case.customer_code or "CODE"
    given = (*option("--task", one.task_no or "NO"), *option("--customer", customer))
    words = ("cutover", "receipt", *given, "--delivered-at", "WHEN", "--channel", "WORD", "--confirmed-by", "NAME")
    return Commands().plain(*words)


def _row(missing: Unknown) -> object:
    """The cell; its heading is said beside it."""
    return replace(missing.place, heading=None) if missing.place else ""


def heading(field: str) -> str:
    """The heading of a field in whichever of the tables has it, or of the table it is; else the field's own word."""
    if field in TABLES:
        return TABLES[field].heading
    for table in (Complaint.TABLE, Cutover.TABLE, Receipt.TABLE):
        for column in table.columns:
            if column.key == field:
                return column.heading
    return field
