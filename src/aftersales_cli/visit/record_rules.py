"""VIS-03 and VIS-07 to VIS-11: what a record must say before and after the visit (R25, R26, R40–R42)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.values import Action
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Vocabularies, Vocabulary
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule, subject
from aftersales_cli.visit import leading
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.chain_rules import passed, within
from aftersales_cli.visit.during_rules import DURING, owned
from aftersales_cli.visit.group_wide import concern
from aftersales_cli.visit.hearing import clauses, heard, is_mute, only
from aftersales_cli.visit.issues import Issue, of_visit
from aftersales_cli.visit.obligations import promised
from aftersales_cli.visit.recording import RECORD_EXTRAS, case_of_row
from aftersales_cli.visit.warned import Alarm
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.counting import Due

BEFORE, AFTER = ("VIS-09", "VIS-03"), ("VIS-07", "VIS-08", "VIS-10", "VIS-11")
"""The cards of each stage of a visit (R27), in the order they are shown."""
RULE_IDS = (*BEFORE, *DURING, *AFTER)
NEXT = ("next_on", "next_manner", "next_channel", "next_agenda")
"""What has to be agreed of the next visit (R42)."""


@dataclass(frozen=True, slots=True)
class ToLead:
    """A visit that is owed because of an alarm, as VIS-03 sees it; `date` is the day it is asked about."""

    alarm: Alarm
    date: date


@subject("visits", extras=RECORD_EXTRAS)
def case_of_visit(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> VisitCase:
    """The visit of one row of a case table; see `recording.py` for what stands beside the table's columns."""
    return case_of_row(row, extras, tools)


@rule(leading.RULE)
def leader_of_matching_rank(visit: VisitCase | ToLead, given: Given, *, vocabularies: Vocabularies) -> Finding:
    """Somebody of the rank that level and customer ask for leads crisis visits, and all that count as one (R25)."""
    if isinstance(visit, ToLead):
        return _to_lead(visit.alarm, given, vocabularies[leading.RANKS])
    if not visit.is_crisis and not visit.served:
        says = Say("it is no crisis visit, and no warning or crisis asks for it")
        return Finding.not_applicable(says, visit.row.fact("kind"))
    ranks, asked_by = vocabularies[leading.RANKS], visit.alarms if visit.is_crisis else visit.served
    needed = leading.highest((leading.leader(a, given, ranks) for a in asked_by or (None,)), ranks)
    if needed is None:
        return Finding.not_applicable(Say("neither the level nor the customer asks for a rank"), visit.row.fact("kind"))
    led, least = visit.row.fact("leader_rank"), ranks.rank(needed)
    assert least is not None
    rank = ranks.rank(led.known if visit.is_crisis else led.value or "")
    if not visit.is_crisis and (rank is None or rank > least):
        return _perhaps_to_lead(visit, ranks, needed)
    if rank is None:
        unknown = Unknown("leader_rank", Say("“{word}” is no rank of the rule book", word=led.known), led.place)
        return Finding.of(
            None, Say("it has to be led by {needed} or higher", needed=ranks.worded(needed)), led, missing=[unknown]
        )
    says_who = Say("led by {led}; {needed} or higher is asked for",
                   led=ranks.worded(led.known), needed=ranks.worded(needed))  # fmt: skip
    return Finding.of(rank <= least, says_who, led)


def _perhaps_to_lead(visit: VisitCase, ranks: Vocabulary, needed: str) -> Finding:
    """A routine or follow-up visit that counts for a warning: whether it was made for it, nobody says."""
    led, kind = visit.row.fact("leader_rank"), visit.row.fact("kind")
    numbers = [alarm.number for alarm in visit.served]
    meant = Say("nobody says whether this visit was made for {numbers}", numbers=numbers)
    who = Say("{field} is empty", field=visit.row.heading("leader_rank"))
    if led.value:
        who = Say("led by {led}", led=ranks.worded(led.value))
    says = Say("{who}; visits on site for {numbers} have to be led by {needed} or higher, and this one counts as such",
               who=who, numbers=numbers, needed=ranks.worded(needed))  # fmt: skip
    return Finding.of(None, says, led, kind, missing=[Unknown("kind", meant, kind.place)])


def _to_lead(alarm: Alarm, given: Given, ranks: Vocabulary) -> Finding:
    """Of a visit that nobody has made yet nothing can be judged: who will have to lead it, and the cells that ask."""
    fields = [field for field in ("level", "demanded_rank") if getattr(alarm.row, field, None)]
    facts = [alarm.row.fact(field) for field in fields]
    needed = leading.leader(alarm, given, ranks)
    if needed is None:
        return Finding.not_applicable(Say("neither the level nor the customer asks for a rank"), *facts)
    says = Say("no visit yet; it has to be led by {needed} or higher", needed=ranks.worded(needed))
    return Finding.not_applicable(says, *facts)


@rule("VIS-07")
def next_visit_agreed(visit: VisitCase, given: Given) -> Finding:
    """Day, manner, channel and agenda of the next visit are agreed (R42); a day not after this one cannot be true."""
    open_, undecided = given.words("open"), given.words("undecided")
    facts = [_agreed(visit.row.fact(field), open_, undecided) for field in NEXT]
    missing = [fact for fact in facts if isinstance(fact, Unknown)]
    if missing:
        headings = [visit.row.heading(fact.field) for fact in missing]
        return Finding.of(None, Say("not agreed yet: {fields}", fields=headings), *facts)
    if promised(visit.row) is None:
        says = Say("the next visit ({next}) is not after this one ({day})", next=visit.row.next_on, day=visit.row.date)
        return Finding.of(None, says, *facts, missing=[Unknown("next_on", says, facts[0].place)])
    return Finding.of(True, Say("the next visit is agreed for {day}", day=visit.row.next_on), *facts)


@rule("VIS-08")
def entered_in_group_system(visit: VisitCase, given: Given, *, workdays: Workdays) -> Finding:
    """Records of group-level and cross-domain customers are entered in the group's system (R40)."""
    found = concern(visit.customer, visit.crossing, given.words("levels"))
    entered = visit.row.fact("in_group_system")
    if found.asked is False:
        says = Say("the customer is neither of the group's level nor across provinces or domains")
        return Finding.not_applicable(says, *found.facts)
    if visit.row.in_group_system:
        return Finding.of(True, Say("entered in the group's system"), entered, *found.facts)
    if found.asked is None:
        says = Say("nobody knows whether the customer has a circuit across domains, nor whether its records are owed")
        return Finding.of(None, says, *found.facts, missing=found.missing)
    due = entry_due(visit, given, workdays)
    what = Say("it is not entered in the group's system")
    if visit.exported is not None:
        what = Say("it went into an upload workbook {when}; nobody has said that it was entered",
                   when=visit.exported.exported_at)  # fmt: skip
    if passed(due, visit.now.date()):
        text = Say("{what}; it was due {due}", what=what, due=due.no_later_than)
        return Finding.of(False, text, entered, *found.facts, visit.date)
    missing = entered if isinstance(entered, Unknown) else Unknown("in_group_system", what, entered.place)
    text = Say("{what}; it is due {due}", what=what, due=due.no_earlier_than)
    return Finding.of(None, text, entered, *found.facts, visit.date, missing=[missing])


@rule("VIS-09")
def plan_before_crisis_visit(visit: VisitCase, given: Given) -> Finding:
    """Before a crisis visit the engineer has drawn up a plan of rectification (R26)."""
    if not visit.is_crisis:
        return Finding.not_applicable(Say("it is no crisis visit"), visit.row.fact("kind"))
    words = [given.words(name) for name in ("no_plan", "plan_words", "drawn_up", "open")]
    for alarm in visit.alarms:
        if any(_is_plan(text, *words) for text in alarm.measures):
            measures = alarm.row.fact("measures")
            return Finding.of(True, Say("{no} has a plan among its measures", no=alarm.number), measures)
    materials = visit.row.fact("materials")
    plans = [text for text in materials.known if _is_plan(text, *words)]
    texts = (*materials.known, *(text for alarm in visit.alarms for text in alarm.measures))
    if plans:
        return Finding.of(True, Say("handed over: {plans}", plans=plans), materials)
    unclear = [text for text in texts if _is_plan(text, *words) is None]
    if unclear:
        says = Say("nobody can tell whether there is a plan already: {plans}", plans=unclear)
        return Finding.of(None, says, materials, missing=[Unknown("materials", says, materials.place)])
    return Finding.of(False, Say("no plan of rectification is among the materials"), materials)


@rule("VIS-10")
def measures_followed_up(visit: VisitCase, given: Given) -> Finding:
    """After a crisis visit its measures are carried out, and the customer is told so (R26)."""
    if not visit.is_crisis:
        return Finding.not_applicable(Say("it is no crisis visit"), visit.row.fact("kind"))
    actions: Fact[tuple[Action, ...]] = visit.row.fact("actions")
    loose = [action.text for action in _loose(actions.known, given)]
    if loose:
        return Finding.of(False, Say("without an owner or a day: {actions}", actions=loose), actions)
    last = max(action.due for action in actions.known if action.due)
    told = _told(visit, last)
    if told is not None:
        spoken = Known("date", told.date, told.place("date"))
        return Finding.of(
            True, Say("followed up at visit {no} of {day}", no=told.visit_no, day=told.date), actions, spoken
        )
    if visit.now.date() <= last:
        return Finding.of(True, Say("measures run until {due}", due=last), actions)
    return Finding.of(
        False, Say("measures were due {due}; no later visit tells what became of them", due=last), actions
    )


@rule("VIS-11")
def progress_reported(visit: VisitCase, given: Given, *, workdays: Workdays) -> Finding:
    """What the customer brought up is followed, and progress told in good time (R41)."""
    for name in ("for_good", "still_open", "solved", "no_issue"):
        given.words(name)  # by which `visit.issues` were told
    own = list(of_visit(visit.issues, visit.row))
    if not own:
        return Finding.not_applicable(Say("the customer brought nothing up"))
    raised = visit.row.fact("issues")
    lead = given.lead("progress_within")
    dues = [(issue, within(lead, issue.last_word, workdays)) for issue in own if issue.solved_on is None]
    late = [issue for issue, due in dues if passed(due, visit.now.date())]
    unclear = [i.text for i in late if i.progress and visit.wording.is_unclear(i.progress[-1].text)]
    silent = [issue.text for issue in late if issue.text not in unclear]
    if silent:
        return Finding.of(False, Say("no word for too long: {issues}", issues=silent), raised)
    if unclear:
        says = Say("nobody can tell whether it is solved: {issues}", issues=unclear)
        return Finding.of(None, says, raised, missing=[Unknown("progress", says, visit.row.place("progress"))])
    if dues:
        soonest = min(due.no_earlier_than for _, due in dues)
        return Finding.of(True, Say("in progress; the next word is due {due}", due=soonest), raised)
    return Finding.of(True, Say("all that was brought up is solved"), raised)


def entry_due(visit: VisitCase, given: Given, workdays: Workdays) -> Due:
    """By when its record has to be in the group's system, by the card VIS-08 (R40)."""
    return within(given.lead("enter_within"), visit.row.date, workdays)


def measures_over(visit: VisitCase, given: Given) -> date | None:
    """The last day of a crisis visit's measures, on which no later visit has spoken yet, by the card VIS-10 (R26).

    None where a later visit did, where none are noted, and where one has no owner or no day.
    """
    actions = visit.row.actions
    if not visit.is_crisis or not actions or _loose(actions, given):
        return None
    last = max(each.due for each in actions if each.due)
    return last if _told(visit, last) is None else None


def _loose(actions: Sequence[Action], given: Given) -> list[Action]:
    """The measures that nobody owns or that have no day."""
    nobody = given.words("nobody")
    return [each for each in actions if each.due is None or not owned(each, nobody)]


def _told(visit: VisitCase, last: date) -> Visit | None:
    """The later visit that tells what became of measures, the last of which was due on that day."""
    spoke = [row for row in visit.later if not row.previous_issues or visit.wording.tells(row.previous_issues)]
    return next((row for row in spoke if row.date >= last or row.previous_issues), None)


def _agreed(fact: Fact[Any], open_: Sequence[str], undecided: Sequence[str]) -> Fact[Any]:
    """A text that leaves the matter open is as unknown as an empty cell."""
    if isinstance(fact, Unknown) or not isinstance(fact.known, str):
        return fact
    left = is_mute(fact.known) or only(fact.known, open_) or heard(fact.known, undecided)[0]
    return Unknown(fact.field, Say("“{text}” leaves it open", text=fact.known), fact.place) if left else fact


def _is_plan(
    text: str, no_plan: Sequence[str], plan_words: Sequence[str], drawn_up: Sequence[str], open_: Sequence[str]
) -> bool | None:
    """Whether a clause names a plan that there is; None where it is still to be written, False where it names none."""
    parts = [heard(clause, no_plan, plan_words, drawn_up, open_) for clause in clauses(text)]
    named = [left for none, plan, _drawn_up, left in parts if plan and not none]
    return not all(named) or (None if named else False)


def reminded(issue: Issue, given: Given, workdays: Workdays, today: date) -> date | None:
    """The day by which an open issue was to be heard of, where that is past: its measure's, or the next word's."""
    word = within(given.lead("progress_within"), issue.last_word, workdays)
    missed = [issue.action.due] if issue.action and issue.action.due and issue.action.due < today else []
    missed += [word.no_later_than] if word.no_later_than and passed(word, today) else []
    return min(missed, default=None)
