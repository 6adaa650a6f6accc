"""FBK-1, FBK-2 and FBK-3: the reason is given, the request forwarded, the question answered (R4–R6)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from aftersales_cli.feedback.case import Case
from aftersales_cli.feedback.deadline import Deadline, within
from aftersales_cli.feedback.sampling import EXTRAS, case_of_row
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.events import Happened
from aftersales_cli.records.values import FeedbackKind, Lead, Outcome
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

RULE_IDS = ("FBK-1", "FBK-2", "FBK-3")
"""The rules of feedback, in the order they are shown."""

DEADLINES = {
    FeedbackKind.OBJECTION: ("FBK-1", "reason_within"),
    FeedbackKind.ASSURANCE: ("FBK-2", "forward_within"),
    FeedbackKind.QUESTION: ("FBK-3", "answer_within"),
}
"""The card and parameter that say by when a case of this kind has to be dealt with."""


@subject("feedback", extras=EXTRAS)
def case_of_feedback(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Case:
    """The case of one row of a case table; see `sampling.py` for what stands beside the table's columns."""
    del tools
    return case_of_row(row, extras)


def deadline(case: Case, lead: Lead, workdays: Workdays) -> Deadline:
    """By when a case has to be dealt with: so long after it was received, and before the work begins.

    Work that had begun when the case was received sets no bound. A request is forwarded whatever work there is.
    """
    due = within(lead, case.received_at.known, workdays)
    begins = case.begins if case.kind is not FeedbackKind.ASSURANCE else None
    return due.before(begins if begins and begins > case.received_at.known.at else None)


@rule("FBK-1")
def reason_given(case: Case, given: Given, *, workdays: Workdays) -> Finding:
    """A wish that cannot be met is answered with the initiating unit's reason, before the work begins (R5)."""
    if case.kind is not FeedbackKind.OBJECTION:
        return Finding.not_applicable(Say("it does not ask for the work to be moved"), case.row.fact("kind"))
    if case.row.outcome is Outcome.MET:
        return Finding.not_applicable(Say("the wish was met"), case.outcome)
    due = deadline(case, given.lead("reason_within"), workdays)
    facts = (case.received_at, case.outcome, case.reason, *([case.window] if case.window else []))
    if isinstance(case.outcome, Unknown):
        return _owed(case.now, due, Say("it is not decided whether the wish can be met"), *facts)
    if isinstance(case.reason, Unknown):
        return _owed(case.now, due, Say("the initiating unit owes its reason"), *facts, missing=case.reason)
    known_by = _reason_known_by(case)
    if case.begins is None or known_by < case.begins:
        return Finding.of(True, Say("the reason was there by {when}", when=known_by), *facts)
    open_ = Unknown("replied_at", Say("nobody says whether the customer had it before the work began"),
                    case.row.place("replied_at"))  # fmt: skip
    says = Say("the reason is there; it was not seen before the work began {start}", start=case.begins)
    return Finding.of(None, says, *facts, missing=[open_])


@rule("FBK-2")
def request_forwarded(case: Case, given: Given, *, workdays: Workdays) -> Finding:
    """A request for protection goes to the approval departments at once (R6)."""
    if case.kind is not FeedbackKind.ASSURANCE:
        return Finding.not_applicable(Say("it does not ask for protection"), case.row.fact("kind"))
    due = deadline(case, given.lead("forward_within"), workdays)
    first = case.first(Happened.FORWARDED)
    if first is None:
        forwarded = Unknown("forwarded", Say("the ledger has not seen it forwarded"))
        return _owed(case.now, due, Say("it is not forwarded to the approval departments"), case.received_at,
                     missing=forwarded)  # fmt: skip
    done = Known("forwarded", first.happened_at)
    return _done(due, first.happened_at, Say("forwarded {when}", when=first.happened_at), case.received_at, done)


@rule("FBK-3")
def question_answered(case: Case, given: Given, *, workdays: Workdays) -> Finding:
    """A customer with a question gets an explanation, and soon (R4)."""
    if case.kind is not FeedbackKind.QUESTION:
        return Finding.not_applicable(Say("it is no question"), case.row.fact("kind"))
    due = deadline(case, given.lead("answer_within"), workdays)
    if isinstance(case.replied_at, Unknown):
        return _owed(case.now, due, Say("the question is not answered"), case.received_at, case.replied_at)
    replied = case.replied_at.value
    return _done(due, replied.at, Say("answered {when}", when=replied), case.received_at, case.replied_at)


def _owed(now: datetime, due: Deadline, what: Say, *facts: Fact[object], missing: Unknown | None = None) -> Finding:
    """Breached once it is too late; before that a person has to see to it, and by when."""
    if due.passed(now):
        return Finding.of(False, Say("{what}; it was due {due}", what=what, due=due.say()), *facts)
    says = Say("{what}; it is due {due}", what=what, due=due.say())
    return Finding.of(None, says, *facts, missing=[missing] if missing else ())


def _done(due: Deadline, at: datetime, what: Say, *facts: Fact[object]) -> Finding:
    """Done in time, too late, or nobody can say because days are not published."""
    late = due.passed(at)
    if late is None:
        says = Say("{what}; whether that was in time is open: it was due {due}", what=what, due=due.say())
        unknown = Unknown("calendar", Say("the exact deadline is not known"))
        return Finding.of(None, says, *facts, missing=[unknown])
    if late:
        return Finding.of(False, Say("{what}, too late: it was due {due}", what=what, due=due.say()), *facts)
    return Finding.of(True, Say("{what}; it was due {due}", what=what, due=due.say()), *facts)


def _reason_known_by(case: Case) -> datetime:
    """The earliest moment at which the reason is known to have been there."""
    recorded = case.first(Happened.REASON_GIVEN)
    moments = [case.now]
    moments += [recorded.happened_at] if recorded else []
    moments += [case.replied_at.value.at] if isinstance(case.replied_at, Known) else []
    return min(moments)
