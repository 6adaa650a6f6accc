"""Which visits are owed: every chain of every warning and crisis, what was planned, what was agreed (R19–R25, R42)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import VisitKind
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.rules.given import Given
from aftersales_cli.visit import leading
from aftersales_cli.visit.chain_rules import FIRST, JOINING, MONTHLY, first_due, joining_due, listed, monthly_day
from aftersales_cli.visit.earlier import labels_now
from aftersales_cli.visit.obligations import PLAN, Because, Obligation, Planned, agreed, in_order, merged, unmade
from aftersales_cli.visit.record_rules import ToLead
from aftersales_cli.visit.warned import Alarm, Chain, Chains
from aftersales_cli.visit.whereabouts import Whereabouts
from aftersales_cli.words import Say
from aftersales_cli.workdays.counting import Due

AGREED = "R42"


@dataclass(frozen=True)
class Owed:
    """Works out what is owed as of the desk's moment; `planned` is the year's plan as far as there is one.

    `until` is the last day that is looked at of what is planned for a slot that has not begun; None for no end.
    """

    desk: Desk
    inputs: VisitInputs
    planned: Sequence[Planned] = ()
    until: date | None = date.min

    def obligations(self) -> tuple[Obligation, ...]:
        """All of them, overdue first; one visit that serves several reasons is listed once."""
        routine = [self._planned(*each) for each in self._unmade if not self._ahead(each[0])]
        slots: dict[tuple[str, Whereabouts], list[Obligation]] = {}
        for each in routine:
            slots.setdefault((folded(each.customer.code), each.where), []).append(each)
        agreed_on = (
            _with_plan(each, slots.get((folded(each.customer.code), each.where), ())) for each in self._agreed()
        )
        found = [*self._warned(), *agreed_on, *routine]
        ranks, today = self.desk.book.vocabularies[leading.RANKS], self.desk.as_of.date()
        return tuple(in_order(merged(found, ranks, today)))

    def ahead(self) -> tuple[Planned, ...]:
        """What the plan has for later than `until`, in slots that have not begun."""
        return tuple(each for each, _customer in self._unmade if self._ahead(each))

    def strangers(self) -> tuple[str, ...]:
        """The codes of plans of this year and the next, and of promises, that the customers do not have."""
        planned = (each.customer_code for each in self.planned if each.last.year >= self.desk.as_of.year)
        codes = {folded(code): code for code in planned}
        kept = (agreed(self.inputs.of_customer(folded(visit.customer_code))) for visit in self.inputs.known.values())
        codes |= {folded(visit.customer_code): visit.customer_code for visit in kept if visit is not None}
        return tuple(sorted(code for code in codes.values() if self.inputs.customer(code) is None))

    def _ahead(self, each: Planned) -> bool:
        return self._to_begin(each) and self.until is not None and (each.day or each.last) > self.until

    def _to_begin(self, each: Planned) -> bool:
        return each.first > self.desk.as_of.date()

    @cached_property
    def _chains(self) -> Chains:
        return Chains(self.inputs.gazetteer, self.inputs.visits, self.desk.as_of, self.inputs.unread)

    @cached_property
    def _own(self) -> str | None:
        return self.desk.book.named(self.desk.province)

    def _given(self, rule: str, on: date) -> Given | None:
        return self.desk.book.given_or_none(rule, on=on, province=self.desk.province)

    def _warned(self) -> Iterator[Obligation]:
        for alarm in self.inputs.alarms:
            customer = self.inputs.customer(alarm.customer_code)
            if customer is None or alarm.over(self.desk.as_of):
                continue
            for chain in self._chains.of(alarm, customer):
                yield from self._of_chain(chain)
            given = self._given(JOINING, alarm.begun.value.day)
            for chain in self._chains.joining(alarm, customer, given.words("visit_words") if given else ()):
                yield from self._joining(chain)

    def _of_chain(self, chain: Chain) -> Iterator[Obligation]:
        """The first visit until it is made (R24), then the next of the month (R22)."""
        first = None if chain.visits else self._given(FIRST, chain.alarm.begun.value.day)
        if first is not None and listed(chain, first):
            yield from self._once(chain, FIRST, first_due(chain, first, self.desk.workdays))
            return
        monthly = self._given(MONTHLY, chain.since.value)
        if monthly is None or not listed(chain, monthly):
            return
        decision, due = self._judged(MONTHLY, chain), monthly_day(chain, monthly)
        if decision.verdict is not Verdict.NOT_APPLICABLE:
            yield self._owed(chain, decision, due, overdue=_overdue(decision))

    def _joining(self, chain: Chain) -> Iterator[Obligation]:
        given = self._given(JOINING, chain.alarm.begun.value.day)
        if given is not None and not chain.visits:
            yield from self._once(chain, JOINING, joining_due(chain, given, self.desk.workdays))

    def _once(self, chain: Chain, rule: str, due: Due) -> Iterator[Obligation]:
        decision = self._judged(rule, chain)
        if decision.verdict is Verdict.NOT_APPLICABLE:
            return
        yield self._owed(chain, decision, due.no_earlier_than, overdue=_overdue(decision), open_day=due.by is None)

    def _judged(self, rule: str, chain: Chain) -> Decision:
        return self.desk.book.judge(rule, chain, self.desk.tools, self.desk.province)

    def _owed(
        self, chain: Chain, decision: Decision, due: date, *, overdue: bool | None, open_day: bool = False
    ) -> Obligation:
        leader = None if chain.joining else self._leader(chain.alarm)
        return Obligation(
            customer=chain.customer,
            kind=VisitKind.CRISIS,
            where=chain.where,
            due_by=due,
            because=Because(decision.rule, decision.says, decision.evidence[0].place, decision),
            overdue=overdue,
            on_site=not chain.joining,
            theirs=self._theirs(chain.where),
            leader=leader,
            led=self._led(chain.alarm) if leader else None,
            engineer=self._engineer(chain.customer, chain.where),
            asked_by=(chain.alarm.number,),
            or_later=open_day and not any(unknown.field == "visits" for unknown in decision.missing),
        )

    def _theirs(self, where: Whereabouts) -> str | None:
        other = self._own is not None and where.province is not None and where.province != self._own
        return where.province if other else None

    def _engineer(self, customer: Customer, where: Whereabouts) -> str | None:
        named = self.inputs.staff.named(customer, where)
        return named.person.label if named else None

    def _leader(self, alarm: Alarm) -> str | None:
        given = self._given(leading.RULE, self.desk.as_of.date())
        ranks = self.desk.book.vocabularies[leading.RANKS]
        return leading.leader(alarm, given, ranks) if given else None

    def _led(self, alarm: Alarm) -> Decision:
        visit = ToLead(alarm, self.desk.as_of.date())
        return self.desk.book.judge(leading.RULE, visit, self.desk.tools, self.desk.province)

    def _agreed(self) -> Iterator[Obligation]:
        """What was promised to the customer and not kept yet."""
        codes = dict.fromkeys(folded(row.customer_code) for row in self.inputs.visits)
        for row in filter(None, (agreed(self.inputs.of_customer(code)) for code in codes)):
            customer = self.inputs.customer(row.customer_code)
            if customer is None or row.next_on is None:
                continue
            says = Say("agreed with the customer at visit {no} of {day}", no=row.visit_no, day=row.date)
            overdue, says = self._late(row.customer_code, row.date, row.next_on, says)
            where = self.inputs.gazetteer.place(row.place_visited or customer.headquarters)
            yield Obligation(
                customer=customer,
                kind=VisitKind.FOLLOW_UP,
                where=where,
                due_by=row.next_on,
                because=Because(AGREED, says, row.place("next_on")),
                overdue=overdue,
                theirs=self._theirs(where),
                engineer=self._engineer(customer, where),
                asked_by=(row.visit_no,),
            )

    def _late(self, code: str, since: date, due: date, says: Say) -> tuple[bool | None, Say]:
        """Whether a day is over; open where a visit that may settle it could not be read, which is said then."""
        if self.desk.as_of.date() <= due:
            return False, says
        which = [each.unknown.why for each in self.inputs.unread if each.may_be(code, since)]
        if not which:
            return True, says
        return None, Say("{says}; but there may have been one: {which}", says=says, which=which)

    @cached_property
    def _unmade(self) -> Sequence[tuple[Planned, Customer]]:
        """The visits of the plan that nobody has made."""
        by_customer: dict[str, list[Planned]] = {}
        for each in self.planned:
            by_customer.setdefault(folded(each.customer_code), []).append(each)
        return [
            (each, customer)
            for code, planned in by_customer.items()
            if (customer := self.inputs.customer(planned[0].customer_code)) is not None
            for each in unmade(planned, self.inputs.of_customer(code), self.desk.as_of)
        ]

    def _planned(self, each: Planned, customer: Customer) -> Obligation:
        where = self.inputs.gazetteer.place(each.where or customer.headquarters)
        says = Say("planned for {day}, in its slot {first}…{last}", day=each.day, first=each.first, last=each.last)
        if each.day is None:
            says = Say("the plan has no day for its slot {first}…{last}: {why}",
                       first=each.first, last=each.last, why=each.why)  # fmt: skip
        overdue, says = self._late(customer.code, each.first, each.last, says)
        return Obligation(
            customer=customer,
            kind=VisitKind.ROUTINE,
            where=where,
            due_by=each.last,
            because=Because(PLAN, says, each.place),
            overdue=overdue,
            theirs=self._theirs(where),
            engineer=self._planned_for(each) or self._engineer(customer, where),
            planned=each.day,
            begins=each.first if self._to_begin(each) else None,
        )

    def _planned_for(self, each: Planned) -> str | None:
        """Whom the plan has, called as everybody is today: a namesake may have come since."""
        return self._called[each.last.year].get(each.engineer, each.engineer) if each.engineer else None

    @cached_property
    def _called(self) -> dict[int, Mapping[str, str]]:
        """The labels of today by those of each year's plan."""
        years: dict[int, list[tuple[str, str]]] = {each.last.year: [] for each in self.planned}
        for each in self.planned:
            if each.engineer:
                years[each.last.year].append((each.engineer, each.where or ""))
        return {year: labels_now(written, self.inputs.staff) for year, written in years.items()}


def _with_plan(agreed_on: Obligation, slots: Sequence[Obligation]) -> Obligation:
    """What was agreed and what is planned at one place are one visit: of a slot that has begun, or of the day's own."""
    served = next((s for s in slots if s.begins is None or s.begins <= agreed_on.due_by <= s.due_by), None)
    return replace(agreed_on, kind=VisitKind.ROUTINE, begins=served.begins) if served else agreed_on


def _overdue(decision: Decision) -> bool | None:
    """None where a calendar that is not published, or visits that could not be read, leave it open."""
    open_ = any(unknown.field in ("calendar", "visits") for unknown in decision.missing)
    return None if open_ else decision.verdict is Verdict.BREACHED
