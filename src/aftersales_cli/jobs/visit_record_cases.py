"""The visits that are known, each with what its rules need; and the decisions on it, by the stage they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_crossing import read_crossing
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.jobs.visit_due_reading import TABLES as READ_TABLES
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.events import VisitExported
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.group_wide import NONE_KNOWN, Crossing
from aftersales_cli.visit.issue_words import wording_of
from aftersales_cli.visit.issues import Told, Wording, told
from aftersales_cli.visit.record_rules import RULE_IDS
from aftersales_cli.visit.warned import Alarm, Chains
from aftersales_cli.words import Say

TABLES = (*READ_TABLES, "circuits")
"""All that the decisions on visits may stand on."""
OPEN = (Verdict.BREACHED, Verdict.NEEDS_A_PERSON)


@dataclass(frozen=True)
class Cases:
    """Makes cases of visits; `exports` are the ledger's."""

    desk: Desk
    inputs: VisitInputs
    exports: Sequence[VisitExported] = ()
    _told: dict[str, Told] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def wording(self) -> Wording:
        """What the words of records mean."""
        return wording_of(self.desk.book, self.desk.as_of.date(), self.desk.province)

    @cached_property
    def crossing(self) -> Crossing:
        """Which customers have a circuit across domains; the circuits are read when it is first asked."""
        codes = (row.customer_code for row in self.inputs.visits)
        return read_crossing(self.desk, dict.fromkeys(codes))

    def told(self, customer_code: str) -> Told:
        """What one customer brought up at all its visits."""
        code = folded(customer_code)
        if code not in self._told:
            self._told[code] = told(self.inputs.of_customer(code), self.wording)
        return self._told[code]

    def case(self, row: Visit, *, entering: bool = True) -> VisitCase | None:
        """The case of one visit; None where nobody knows its customer.

        `entering`: whether its record is owed to the group's system may be asked, for which the circuits are read.
        """
        customer = self.inputs.customers.by_code(row.customer_code)
        if customer is None:
            return None
        later = [v for v in self.inputs.of_customer(row.customer_code) if _after(v, row)]
        alarms = self._alarms(row)
        return VisitCase(
            row, customer, self.desk.as_of, self.told(row.customer_code).issues, tuple(later), alarms,
            self.exported(row), self.wording, self.crossing.by(row.customer_code) if entering else NONE_KNOWN,
            tuple(alarm for alarm in alarms if self._chains.serves(row, alarm, customer)),
        )  # fmt: skip

    def exported(self, row: Visit) -> VisitExported | None:
        """The last time its record went to the group system."""
        return self._exported.get(folded(row.visit_no))

    @cached_property
    def _exported(self) -> dict[str, VisitExported]:
        return {folded(each.visit_no): each for each in self.exports}

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.inputs.gazetteer, (), self.desk.as_of)

    @cached_property
    def _alarms_of(self) -> dict[str, list[Alarm]]:
        found: dict[str, list[Alarm]] = {}
        for alarm in self.inputs.alarms:
            found.setdefault(folded(alarm.customer_code), []).append(alarm)
        return found

    def _alarms(self, row: Visit) -> tuple[Alarm, ...]:
        """The warnings and crises of the customer that were on that day."""
        own = self._alarms_of.get(folded(row.customer_code), ())
        return tuple(a for a in own if a.begun.value.day <= row.date and (a.last_day is None or row.date <= a.last_day))

    def decisions(self, case: VisitCase, rules: Sequence[str] = RULE_IDS) -> tuple[Decision, ...]:
        """What the rules say of a visit; those that do not speak of it are left out."""
        found = (self.desk.book.judge(rule, case, self.desk.tools, self.desk.province) for rule in rules)
        return tuple(decision for decision in found if decision.verdict is not Verdict.NOT_APPLICABLE)

    def strays(self, row: Visit) -> tuple[Problem, ...]:
        """Entries of 上次问题解决情况 that belong to nothing any earlier visit raised."""
        own = [s for s in self.told(row.customer_code).strays if folded(s.visit.visit_no) == folded(row.visit_no)]
        return tuple(
            Problem(
                Say("no earlier visit raised “{text}”", text=stray.text) if stray.unknown
                else Say("nobody can tell which issue this speaks of: “{text}”", text=stray.text),
                row.place("previous_issues"),
                "previous_issues",
                stray.text,
                Say("write the issue before it, such as 电路抖动：已解决"),
                (f"issue {stray.text}",),
                Severity.ERROR,
            )
            for stray in own
        )  # fmt: skip


def owed(decisions: Sequence[Decision]) -> bool:
    """Whether something is missing or breached."""
    return any(decision.verdict in OPEN for decision in decisions)


def _after(one: Visit, other: Visit) -> bool:
    return (one.date, one.visit_no) > (other.date, other.visit_no)
