"""Lines of visits' records and papers: reminders, follow-ups, the group system, briefs (R26, R28, R38–R41)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from aftersales_cli.jobs.today_line import Line, Urgency, end_of, option
from aftersales_cli.jobs.today_seen import Seen, cited, some
from aftersales_cli.jobs.visit_brief import briefs_made, was_briefed
from aftersales_cli.jobs.visit_export import RULE as ENTERED
from aftersales_cli.jobs.visit_export import uploaded
from aftersales_cli.jobs.visit_issues import PROGRESS, Standing, standings
from aftersales_cli.jobs.visit_record_cases import OPEN, Cases
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.group_wide import FIELD as CROSSING
from aftersales_cli.visit.obligations import Planned, unmade
from aftersales_cli.visit.record_rules import entry_due, measures_over
from aftersales_cli.words import Counted, Say

FOLLOWED = "VIS-10"
Pressing = tuple[date | None, Urgency]
"""The day something is due, and how it presses."""


def records(seen: Seen) -> Iterator[Line]:
    """What the records of visits that were made still ask for."""
    if seen.visits is None:
        return
    with seen.desk.ledger(write=False) as ledger:
        cases = Cases(seen.desk, seen.visits.inputs, ledger.visit_exports())
    yield from _reminders(seen, cases)
    yield from _follow_ups(seen, cases)
    yield from _entries(seen, cases)


def _reminders(seen: Seen, cases: Cases) -> Iterator[Line]:
    """A line for each customer and owner of issues of which nothing was heard in time (R38, R41)."""
    groups: dict[tuple[str, str | None], list[Standing]] = {}
    for one in standings(seen.desk, cases):
        if one.remind is not None and one.issue.solved_on is None:
            groups.setdefault((one.customer.code, one.owner), []).append(one)
    for (code, owner), found in groups.items():
        first = min(found, key=lambda one: one.missed or one.issue.raised_on)
        values = {"customer": first.customer.name, "issues": some(one.issue.text for one in found), "owner": owner}
        what = Say("remind {owner}: {customer} has to hear what became of {issues}", **values)
        if owner is None:
            what = Say("tell {customer} what became of {issues}", **values)
        command = seen.commands.plain("visit", "issues", *option("--customer", code))
        yield Line(what, _reminded(cases, first), command, first.missed, Urgency.OVERDUE)


def _reminded(cases: Cases, one: Standing) -> Say:
    """The clause of the visit at which it came up, with the reminder's own words."""
    case = cases.case(one.issue.visit)
    assert case is not None
    assert one.remind is not None
    decision = _said(cases, case, PROGRESS)
    return cited(replace(decision, says=one.remind), one.issue.place) if decision else one.remind


def _follow_ups(seen: Seen, cases: Cases) -> Iterator[Line]:
    """A line for each crisis visit whose measures nobody has spoken of since, or that cannot be followed (R26)."""
    for case in _cases(cases):
        decision = _said(cases, case, FOLLOWED) if case.is_crisis else None
        if decision is None:
            continue
        given = seen.desk.book.given_or_none(FOLLOWED, on=case.row.date, province=seen.desk.province)
        over = measures_over(case, given) if given else None
        values = {"customer": case.customer.name, "no": case.number}
        pressing: Pressing = None, Urgency.PERSON
        if over is not None:
            what = Say("tell {customer} what became of the measures of the crisis visit {no}", **values)
            pressing = over, seen.urgency(end_of(over), otherwise=Urgency.COMING)
        elif decision.verdict in OPEN:
            what = Say("give each measure of the crisis visit {no} to {customer} an owner and a day", **values)
        else:
            continue
        command = seen.commands.plain("visit", "report", *_after(case.number))
        yield Line(what, cited(decision), command, *pressing)


def _entries(seen: Seen, cases: Cases) -> Iterator[Line]:
    """A line for the records the group system is owed by one day, or should have had; the same for the unconfirmed."""
    groups: dict[tuple[bool, date | None, Urgency], list[tuple[date | None, VisitCase, Decision]]] = {}
    unknown: list[tuple[VisitCase, Decision]] = []
    for case in _cases(cases):
        decision = _said(cases, case, ENTERED)
        if decision is None:
            continue
        if any(each.field == CROSSING for each in decision.missing):
            unknown.append((case, decision))
            continue
        due = uploaded(seen.desk, case) is not None
        if due or decision.verdict in OPEN:
            day, urgency = _entry(seen, case, decision)
            key = due, None if urgency is Urgency.OVERDUE else day, urgency
            groups.setdefault(key, []).append((day, case, decision))
    for (due, _day, urgency), found in groups.items():
        first = min(found, key=lambda one: one[0] or date.max)
        visits = some(case.number for _due, case, _decision in found)
        what = Counted("confirm that the record of {visits} is in the group's system (已录入集团系统)",
                       "confirm that the records of {visits} are in the group's system (已录入集团系统)",
                       n=len(found), visits=visits)  # fmt: skip
        if due:
            what = Counted("enter the record of {visits} into the group's system",
                           "enter the records of {visits} into the group's system",
                           n=len(found), visits=visits)  # fmt: skip
        command = seen.commands.plain("visit", "export" if due else "record")
        yield Line(what, cited(first[2]), command, first[0], urgency)
    if unknown:
        names = dict.fromkeys(case.customer.name for case, _decision in unknown)
        what = Counted(
            "find out whether {customers} has circuits across domains (是否跨域): its records may be owed",
            "find out whether {customers} have circuits across domains (是否跨域): their records may be owed",
            n=len(names), customers=some(names),
        )  # fmt: skip
        yield Line(what, cited(unknown[0][1]), seen.commands.plain("visit", "export"), None, Urgency.PERSON)


def _entry(seen: Seen, case: VisitCase, decision: Decision) -> Pressing:
    """By when a record has to be in the group's system; one that is there and has changed since is for a person."""
    given = seen.desk.book.given_or_none(ENTERED, on=case.row.date, province=seen.desk.province)
    if given is None or decision.verdict is Verdict.MET:
        return None, Urgency.PERSON
    due = entry_due(case, given, seen.desk.workdays)
    if decision.verdict is Verdict.BREACHED:
        return due.no_earlier_than, Urgency.OVERDUE
    if due.by is None:
        return due.no_earlier_than, Urgency.PERSON
    return due.by, seen.urgency(end_of(due.by), otherwise=Urgency.COMING)


def briefs(seen: Seen) -> Iterator[Line]:
    """A line for each routine visit of the coming days for which no brief was made (R28, R29)."""
    planned = _soon(seen)
    made = briefs_made(seen.desk.workspace.output) if planned else ()
    for day, one in planned:
        assert seen.visits is not None
        customer = seen.visits.inputs.customers.by_code(one.customer_code)
        last = max((row.date for row in seen.visits.inputs.of_customer(one.customer_code)), default=one.first)
        if customer is None or was_briefed(made, customer.code, max(one.first, last)):
            continue
        values = {"customer": customer.name, "day": day, "who": one.engineer}
        what = Say("prepare the visit to {customer} on {day} ({who})", **values)
        because = Say("{rule}: {says}{place}", rule="R28", place="",
                      says=Say("planned for {day}; no brief has been made", day=day))  # fmt: skip
        command = seen.commands.plain("visit", "brief", *_after(customer.code))
        yield Line(what, because, command, day, seen.urgency(end_of(day), otherwise=Urgency.COMING))


def _soon(seen: Seen) -> list[tuple[date, Planned]]:
    """The planned visits from today to the horizon that nobody has made, each with its day."""
    if seen.visits is None:
        return []
    near = [
        (one.day, one)
        for one in seen.visits.planned
        if one.day is not None and seen.now.date() <= one.day and end_of(one.day) <= seen.horizon
    ]
    by_customer: dict[str, list[Planned]] = {}
    wanted = {folded(one.customer_code) for _day, one in near}
    for one in seen.visits.planned:
        if folded(one.customer_code) in wanted:
            by_customer.setdefault(folded(one.customer_code), []).append(one)
    open_ = [
        one for code, own in by_customer.items() for one in unmade(own, seen.visits.inputs.of_customer(code), seen.now)
    ]
    return sorted((each for each in near if each[1] in open_), key=lambda each: (each[0], each[1].customer_code))


def _cases(cases: Cases) -> Iterator[VisitCase]:
    return (case for row in cases.inputs.visits if (case := cases.case(row)) is not None)


def _said(cases: Cases, case: VisitCase, rule: str) -> Decision | None:
    """What one rule says of a visit, where it speaks of it."""
    return next(iter(cases.decisions(case, (rule,))), None)


def _after(name: str) -> tuple[str, ...]:
    """A number as an argument; behind dashes where it looks like an option."""
    return ("--", name) if name.startswith("-") else (name,)
