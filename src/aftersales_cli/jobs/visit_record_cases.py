"""The visits that are known, each with what its rules need; and the decisions on it, by the stage they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.events import VisitExported
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.rules.given import Given
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.issues import Told, Wording, told
from aftersales_cli.visit.record_rules import RULE_IDS, wording
from aftersales_cli.visit.warned import Alarm
from aftersales_cli.words import Say

OPEN = (Verdict.BREACHED, Verdict.NEEDS_A_PERSON)


@dataclass(frozen=True)
class Cases:
    """Makes cases of visits; `exports` are the ledger's."""

    desk: Desk
    inputs: VisitInputs
    exports: Sequence[VisitExported] = ()
    _told: dict[str, Told] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def _words(self) -> tuple[Wording, tuple[str, ...]]:
        progress, nothing = self._given("VIS-11"), self._given("VIS-06")
        return (
            wording(progress) if progress else Wording((), ()),
            nothing.words("nothing") if nothing else (),
        )

    def _given(self, rule: str) -> Given | None:
        return self.desk.book.given_or_none(rule, on=self.desk.as_of.date(), province=self.desk.province)

    def told(self, customer_code: str) -> Told:
        """What one customer brought up at all its visits."""
        code = folded(customer_code)
        if code not in self._told:
            self._told[code] = told(self.inputs.of_customer(code), *self._words)
        return self._told[code]

    def case(self, row: Visit) -> VisitCase | None:
        """The case of one visit; None where nobody knows its customer."""
        customer = self.inputs.customers.by_code(row.customer_code)
        if customer is None:
            return None
        later = [v for v in self.inputs.of_customer(row.customer_code) if _after(v, row)]
        return VisitCase(
            row, customer, self.desk.as_of, self.told(row.customer_code).issues, tuple(later), self._alarms(row),
            self.exported(row),
        )  # fmt: skip

    def exported(self, row: Visit) -> VisitExported | None:
        """The last time its record went to the group system."""
        return self._exported.get(folded(row.visit_no))

    @cached_property
    def _exported(self) -> dict[str, VisitExported]:
        return {folded(each.visit_no): each for each in self.exports}

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
