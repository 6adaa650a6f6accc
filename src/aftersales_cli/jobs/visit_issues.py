"""`visit issues`: what customers brought up and is not solved: how old, whose, what was said of it, what is overdue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_due_reading import read_visit_inputs
from aftersales_cli.jobs.visit_record_cases import Cases
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.rules.decision import Decision
from aftersales_cli.visit.issues import Issue
from aftersales_cli.visit.owners import Owner, owner_of
from aftersales_cli.visit.record_rules import reminded
from aftersales_cli.words import Say

COMMAND = "visit issues"
PROGRESS = "VIS-11"


@dataclass(frozen=True)
class Wishes:
    """`customers` shows only theirs; `all_` also what is solved."""

    customers: Sequence[str] = ()
    all_: bool = False


@dataclass(frozen=True)
class Standing:
    """One issue as of the run: `held_by` has it in hand.

    `missed` is the day by which it was to be heard of, where that is past; `remind` says so in a sentence. `decision`
    is what VIS-11 says of the visit that raised it.
    """

    issue: Issue
    customer: Customer
    age: int
    held_by: Owner | None
    missed: date | None
    remind: Say | None
    decision: Decision | None = None

    @property
    def owner(self) -> str | None:
        """The name of who has it in hand."""
        return self.held_by.person if self.held_by else None


def issues(desk: Desk, wishes: Wishes) -> Report:
    """Over all visits of files and ledger; exit 1 where somebody has to be reminded. `Stop` 2 for unknown customers."""
    inputs = read_visit_inputs(desk)
    inputs.known_or_stop(wishes.customers)
    cases = Cases(desk, inputs)
    found = standings(desk, cases, wishes.customers)
    shown = sorted((e for e in found if wishes.all_ or e.issue.solved_on is None), key=_order)
    problems = (*inputs.problems, *(p for row in inputs.visits for p in cases.strays(row)))
    open_ = [each for each in found if each.issue.solved_on is None]
    return Report(
        command=COMMAND,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(each.remind for each in open_), problems=problems),
        summary={
            "open": len(open_),
            "solved": len(found) - len(open_),
            "to_remind": sum(each.remind is not None for each in open_),
            "oldest": max((each.age for each in open_), default=0),
        },
        items=[item(each) for each in shown],
        problems=problems,
        view=tuple(shown),
    )


def standings(desk: Desk, cases: Cases, customers: Sequence[str] = ()) -> list[Standing]:
    """Every issue of these customers (of all, where none are named), in the order of their first visits."""
    inputs, names = cases.inputs, [folded(name) for name in customers]
    codes = dict.fromkeys(folded(row.customer_code) for row in inputs.visits)
    asked = (inputs.customers.by_code(code) for code in codes if not names or code in names)
    return [each for customer in asked if customer for each in _of(desk, cases, customer)]


def _of(desk: Desk, cases: Cases, customer: Customer) -> Iterator[Standing]:
    today = desk.as_of.date()
    given = desk.book.given_or_none(PROGRESS, on=today, province=desk.province)
    for issue in cases.told(customer.code).issues:
        open_ = given is not None and issue.solved_on is None
        missed = reminded(issue, given, desk.workdays, today) if given and open_ else None
        end = issue.solved_on or today
        yield Standing(issue, customer, (end - issue.raised_on).days, owner_of(issue, customer), missed,
                       _remind(issue, missed), _followed(cases, issue))  # fmt: skip


def _followed(cases: Cases, issue: Issue) -> Decision | None:
    case = cases.case(issue.visit, entering=False)
    return next(iter(cases.decisions(case, (PROGRESS,))), None) if case else None


def _remind(issue: Issue, missed: date | None) -> Say | None:
    if missed is None:
        return None
    if issue.action is not None and issue.action.due == missed:
        return Say("its measure was due {day}: {text}", day=missed, text=issue.action.text)
    return Say("no word since {day}; the next was due {due}", day=issue.last_word, due=missed)


def _order(one: Standing) -> tuple[bool, bool, date, str]:
    return (one.issue.solved_on is not None, one.remind is None, one.issue.raised_on, one.issue.reference)


def item(one: Standing) -> dict[str, object]:
    """One issue, its story and its reminder."""
    issue = one.issue
    return {
        "reference": issue.reference,
        "visit_no": issue.visit.visit_no,
        "customer_code": one.customer.code,
        "customer_name": one.customer.name,
        "text": issue.text,
        "raised_on": issue.raised_on,
        "age_days": one.age,
        "owner": one.owner,
        "owner_named": one.held_by is not None and one.held_by.named,
        "due": issue.action.due if issue.action else None,
        "action": issue.action.text if issue.action else None,
        "progress": [{"visit_no": p.visit_no, "on": p.day, "text": p.text, "source": p.place} for p in issue.progress],
        "solved_on": issue.solved_on,
        "remind": one.remind,
        "decisions": [one.decision] if one.decision else [],
        "source": issue.place,
    }
