"""The brief before a visit as its template gets it: plain values, of this customer alone (R28–R30, R33, R34, R39)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aftersales_cli.places import Problem
from aftersales_cli.records.visits import Visit
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.visit.brief_circuits import CIRCUITS, Circuits
from aftersales_cli.visit.brief_events import Events
from aftersales_cli.visit.brief_visits import Earlier, contents, kept_promise, owed_view, visits_made
from aftersales_cli.visit.company import Leader
from aftersales_cli.visit.issues import Issue
from aftersales_cli.visit.leading import RANKS
from aftersales_cli.visit.obligations import Obligation
from aftersales_cli.visit.papers import Paper, View, few
from aftersales_cli.visit.points import points
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Company:
    """Why and with whom: what BRF-1 decided, who leads, the customer engineer who goes (None: nobody is named).

    `obligations` are the visits owed to this customer, `contents` what the book has for a visit to one of its level.
    """

    decision: Decision
    leader: Leader | None
    engineer: str | None = None
    obligations: tuple[Obligation, ...] = ()
    contents: tuple[str, ...] = ()


def brief_view(paper: Paper, company: Company, earlier: Sequence[Earlier] = ()) -> View:
    """The whole brief; internal, as it speaks of warnings and of who goes. `earlier` are reports that lie there."""
    circuits = Circuits(paper)
    kept = kept_promise(paper.history.visits)
    return paper.head() | {
        "held": [_held(paper, each) for each in paper.history.held],
        "owed": owed_view(paper, company.obligations),
        "contents": contents(paper, company.contents, kept.next_agenda if kept else None),
        "agreed": _agreed(paper, kept),
        "earlier": visits_made(paper, earlier),
        "facts": _facts(paper),
        "company": _company(paper, company),
        "circuits": circuits.rows(),
        "more_circuits": max(0, len(paper.history.circuits) - CIRCUITS),
        "availability": circuits.availability(),
        "charts": {"months": paper.per_month(), "availability": circuits.chart()},
        "since_purchase": circuits.since_purchase(),
        **Events(paper).all(),
        **_follow_up(paper),
        "points": [each.to(paper.language) for each in points(paper.history, paper.since)],
    }


def _held(paper: Paper, problem: Problem) -> str:
    """Where a row stands that no figure counts, and why. Whose circuit a row names by mistake is not said here (D6)."""
    why = problem.hint if problem.field == "circuit_code" and problem.hint else problem.message
    return paper.figures.say(Say("{place}: {message}", place=str(problem.place), message=why))


def _facts(paper: Paper) -> list[View]:
    """The customer data to be checked with the customer (R31); an empty one is shown, so that it is asked for."""
    customer, term = paper.history.customer, paper.figures.term
    grade, language = customer.service_grade, paper.language
    values = {
        "level": term("customer_levels", customer.level),
        "service_grade": term("service_grades", grade) if grade else "",
        "cross_province": "" if customer.cross_province is None else (Say("yes") if customer.cross_province
                                                                      else Say("no")).to(language),
        "local_engineers": paper.figures.listed([f"{place} {name}" for place, name in customer.local_engineers]),
        "contact_email": paper.figures.listed(customer.contact_email),
        "manager_email": paper.figures.listed(customer.manager_email),
        "chief_engineer_email": paper.figures.listed(customer.chief_engineer_email),
        "notice": customer.notice.say().to(language) if customer.notice else "",
    }  # fmt: skip
    left_out = ("code", "name", "language")
    return [
        {"name": column.heading if language == "zh" else column.english,
         "value": values[column.key] if column.key in values else getattr(customer, column.key) or ""}
        for column in type(customer).TABLE.columns if column.key not in left_out
    ]  # fmt: skip


def _company(paper: Paper, company: Company) -> View:
    figures, decision = paper.figures, company.decision
    along = {Verdict.MET: "yes", Verdict.NOT_APPLICABLE: "no"}.get(decision.verdict, "open")
    return {
        "along": along,
        "says": figures.say(decision.says),
        "rule": decision.rule,
        "clause": (decision.clause.article if decision.clause else {}).get(paper.language, ""),
        "missing": [figures.say(each.why) for each in decision.missing],
        "leader": figures.term(RANKS, company.leader.rank) if company.leader else "",
        "because": figures.say(company.leader.because) if company.leader else "",
        "engineer": company.engineer or "",
        "manager": paper.history.customer.manager or "",
        "manager_phone": paper.history.customer.manager_phone or "",
    }


def _follow_up(paper: Paper) -> View:
    """What earlier visits left behind: issues with progress, and measures (R38)."""
    visits = sorted(paper.history.visits, key=lambda row: (row.date, row.visit_no), reverse=True)
    today = paper.history.now.date()
    done = {(issue.visit.visit_no, issue.action) for issue in paper.history.issues if issue.solved_on is not None}
    newest = sorted(paper.history.issues, key=lambda issue: (issue.solved_on is not None, -issue.raised_on.toordinal()))
    issues = [_issue(paper, issue) for issue in newest]
    actions = [
        {"visit": visit.visit_no, "text": action.text, "owner": action.owner or "",
         "due": paper.figures.date(action.due),
         "late": action.due is not None and action.due < today and (visit.visit_no, action) not in done}
        for visit in visits for action in visit.actions
    ]  # fmt: skip
    return {"issues": few(issues), "actions": few(actions)}


def _agreed(paper: Paper, visit: Visit | None) -> View:
    """What was agreed on for the next visit (R42), and at which visit."""
    if visit is None:
        return {"at": "", "on": "", "manner": "", "channel": "", "agenda": ""}
    return {
        "at": f"{paper.figures.date(visit.date)} {visit.visit_no}",
        "on": paper.figures.date(visit.next_on),
        "manner": paper.figures.word(visit.next_manner),
        "channel": visit.next_channel or "",
        "agenda": visit.next_agenda or "",
    }


def _issue(paper: Paper, issue: Issue) -> View:
    """An issue and what was said of it last; `solved` the day on which it was."""
    last = issue.progress[-1] if issue.progress else None
    return {
        "visit": issue.visit.visit_no,
        "date": paper.figures.date(issue.raised_on),
        "text": issue.text,
        "progress": f"{paper.figures.date(last.day)} {last.text}" if last else "",
        "solved": paper.figures.date(issue.solved_on),
    }
