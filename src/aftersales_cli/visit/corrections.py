"""What 资料核对 found wrong in the customer's data: fields with their old and new values, for the CRM (R31, R84)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from aftersales_cli.places import Problem, Severity, shortened
from aftersales_cli.records.columns import Column, Refused
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.issues import entries_of
from aftersales_cli.words import Say

_ARROW = "→|->|－>|=>|改为|变更为"
_SIGN = re.compile("→|->|－>|=>")
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
    """What one visit `said` of the customer's data, in its order, and what of the cell could not be understood."""

    said: tuple[Correction, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Those that the archive does not have yet."""
        return tuple(each for each in self.said if not each.settled)


def corrections(visit: Visit, customer: Customer) -> Checked:
    """Read 资料核对 as changes; an entry that changes nothing is a remark, one that changes no known field is not."""
    found: list[Correction] = []
    problems: list[Problem] = []
    for entry in entries_of(visit.data_check):
        matches = [match for form in (_CHANGE, _SHOULD) if (match := form.match(entry))]
        match = next((each for each in matches if _column(each["field"])), matches[0] if matches else None)
        column = _column(match["field"]) if match else None
        if match is None or column is None:
            problems += _strange(visit, customer, entry, match["field"].strip() if match else None)
            continue
        named = match.groupdict()
        one = Correction(visit, customer, column, written(customer.value(column.key)), named.get("old"), match["new"])
        wrong = list(_wrong(one, entry, changed=named.get("old") is not None or _is_change(entry)))
        problems += wrong
        if not any(problem.severity is Severity.ERROR for problem in wrong) and _is_change(entry):
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
        if column.key != KEY and wanted in map(folded, _names(column)):
            return column
    return None


def _names(column: Column) -> tuple[str, ...]:
    return tuple(filter(None, (column.key, column.heading, column.english, *column.aliases)))


def _strange(visit: Visit, customer: Customer, entry: str, name: str | None) -> Iterator[Problem]:
    """A change of what is no field of a customer: it reaches no list, and somebody has to know.

    Words such as 改为 stand in remarks as well, so without an arrow or a field much like it there is only a caution.
    """
    signed = _SIGN.search(entry) is not None
    if not signed and (name is None or not _is_change(entry)):
        return
    near = _near(name) if name else None
    known = Say("the fields are {fields}", fields=[c.heading for c in Customer.TABLE.columns if c.key != KEY])
    message = Say("“{text}” changes no field of a customer that is known: it is on no list for the CRM",
                  text=shortened(entry))  # fmt: skip
    hint: Say | None = known
    if name is None:
        hint = HINT
    elif folded(name) in map(folded, _names(Customer.TABLE.column(KEY))):
        message = Say("“{text}”: no visit changes the customer's code, it is on no list for the CRM",
                      text=shortened(entry))  # fmt: skip
        hint = None
    elif near is not None:
        hint = Say("did you mean “{near}”? {known}", near=near, known=known)
    severity = Severity.ERROR if signed or near else Severity.CAUTION
    held = f"correction of {shortened(name or entry)} of customer {customer.code}"
    found = Problem(message, visit.place("data_check"), "data_check", entry, hint, severity=severity)
    yield found.holding(held) if severity is Severity.ERROR else found


def _near(name: str) -> str | None:
    """The heading that somebody may have meant: the shortest with the name in it, else the one most like it."""
    wanted = folded(name)
    spelled = {folded(n): c.heading for c in Customer.TABLE.columns if c.key != KEY for n in _names(c)}
    holding = sorted((n for n in spelled if wanted in n), key=len)
    found = holding[:1] or get_close_matches(wanted, spelled, 1)
    return spelled[found[0]] if found else None


def _wrong(one: Correction, entry: str, *, changed: bool) -> Iterator[Problem]:
    place = one.visit.place("data_check")
    if not changed:
        return
    held = f"correction of {one.column.heading} of customer {one.customer.code}"
    if _SIGN.search(one.new):
        message = Say("{heading}: “{value}” has another arrow in it", heading=one.column.heading,
                      value=shortened(one.new))  # fmt: skip
        yield Problem(message, place, "data_check", entry, HINT, (held,))
        return
    try:
        one.column.parse(one.new)
    except Refused as refused:
        message = Say("{heading}: “{value}” cannot be right", heading=one.column.heading, value=shortened(one.new))
        yield Problem(message, place, "data_check", entry, refused.accepted, (held,))
        return
    if one.old and folded(one.old) not in (folded(one.ours), folded(one.new)) and not one.settled:
        message = Say("{heading}: the record says that “{old}” stood there, the archive has “{ours}”",
                      heading=one.column.heading, old=shortened(one.old), ours=shortened(one.ours))  # fmt: skip
        yield Problem(message, place, "data_check", entry, severity=Severity.CAUTION)
