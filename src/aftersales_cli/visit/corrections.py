"""What 资料核对 found wrong in the customer's data: fields with their old and new values, for the CRM (R31, R84)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aftersales_cli.places import Problem, Severity, shortened
from aftersales_cli.records.columns import Column, Refused
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.issues import entries_of
from aftersales_cli.words import Say

_ARROW = "→|->|－>|=>|改为|变更为"
_CHANGE = re.compile(rf"^(?P<field>[^:：]{{1,20}}?)\s*[:：]\s*(?:(?P<old>.*?)\s*(?:{_ARROW})\s*)?(?P<new>.+)$")
_SHOULD = re.compile(r"^(?P<field>.{1,20}?)(?:应为|应改为|改为|变更为)\s*[:：]?\s*(?P<new>.+)$")
HINT = Say("write 联系电话：021-11111111→021-22222222; several are separated by semicolons")
KEY = "code"
"""The one field that no visit corrects: it is what the customer is found by."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One field of one customer: what the archive has, what the record says stood there, what is right."""

    visit: Visit
    customer: Customer
    column: Column
    ours: str
    old: str | None
    new: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it this one: folded visit number, field and folded new value."""
        return folded(self.visit.visit_no), self.column.key, folded(self.new)

    @property
    def settled(self) -> bool:
        """Whether the archive has the new value already."""
        return folded(self.ours) == folded(self.new)


@dataclass(frozen=True, slots=True)
class Checked:
    """The corrections of one visit, and what of the cell could not be understood."""

    corrections: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()


def corrections(visit: Visit, customer: Customer) -> Checked:
    """Read 资料核对 as changes; entries that name no field of the customers table are remarks and say nothing here."""
    found: list[Correction] = []
    problems: list[Problem] = []
    for entry in entries_of(visit.data_check):
        match = _CHANGE.match(entry) or _SHOULD.match(entry)
        column = _column(match["field"]) if match else None
        if match is None or column is None:
            continue
        named = match.groupdict()
        one = Correction(visit, customer, column, written(customer.value(column.key)), named.get("old"), match["new"])
        wrong = list(_wrong(one, entry, changed=named.get("old") is not None or _is_change(entry)))
        problems += wrong
        if not any(problem.severity is Severity.ERROR for problem in wrong) and _is_change(entry) and not one.settled:
            found.append(one)
    return Checked(tuple(found), tuple(problems))


def written(value: object) -> str:
    """A value of the archive as a cell of the change list shows it."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case tuple():
            return "；".join(":".join(each) if isinstance(each, tuple) else str(each) for each in value)
    return str(value)


def _is_change(entry: str) -> bool:
    return bool(re.search(rf"{_ARROW}|应为", entry))


def _column(name: str) -> Column | None:
    wanted = folded(name)
    for column in Customer.TABLE.columns:
        names = (column.key, column.heading, column.english, *column.aliases)
        if column.key != KEY and wanted in map(folded, names):
            return column
    return None


def _wrong(one: Correction, entry: str, *, changed: bool) -> Iterator[Problem]:
    place = one.visit.place("data_check")
    if not changed:
        return
    try:
        one.column.parse(one.new)
    except Refused as refused:
        message = Say("{heading}: “{value}” cannot be right", heading=one.column.heading, value=shortened(one.new))
        held = f"correction of {one.column.heading} of customer {one.customer.code}"
        yield Problem(message, place, "data_check", entry, refused.accepted, (held,))
        return
    if one.old and folded(one.old) not in (folded(one.ours), folded(one.new)) and not one.settled:
        message = Say("{heading}: the record says that “{old}” stood there, the archive has “{ours}”",
                      heading=one.column.heading, old=shortened(one.old), ours=shortened(one.ours))  # fmt: skip
        yield Problem(message, place, "data_check", entry, severity=Severity.CAUTION)
