"""What the report of one visit is given: the three stages (R27), what was brought up, what is missing; plain values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.records.values import Action
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.corrections import Correction
from aftersales_cli.visit.during_rules import DURING
from aftersales_cli.visit.figures import ENGLISH
from aftersales_cli.visit.issues import Issue, due_for_answer, of_visit
from aftersales_cli.visit.leading import RANKS
from aftersales_cli.visit.memory import said
from aftersales_cli.visit.owners import owner_of
from aftersales_cli.visit.record_rules import AFTER, BEFORE
from aftersales_cli.words import Say

View = dict[str, object]
PREPARED = ("led_by", "leader_rank", "our_people", "customer_people", "manager_present")
SEEN = (
    "data_check", "usage_changes", "survivability", "usage_shown", "materials", "staff_results", "friction",
    "previous_issues", "inspection",
)  # fmt: skip
ENTERED, ENTERING = "in_group_system", "VIS-08"
AGREED = ("next_on", "next_manner", "next_channel", "next_agenda", ENTERED)
FIELDS = {"before": PREPARED, "during": SEEN, "after": AGREED}
RULES = {"before": BEFORE, "during": DURING, "after": AFTER}


@dataclass(frozen=True)
class Reporting:
    """Makes the views; `sender` as the settings have it."""

    vocabularies: Vocabularies
    sender: Mapping[str, str]

    def view(self, case: VisitCase, decisions: Sequence[Decision], changes: Sequence[Correction]) -> View:
        """The report of one visit, in the customer's language."""
        phrases = Phrases(case.customer.language or "zh", self.vocabularies)
        pages = _Pages(case, phrases)
        row, customer = case.row, case.customer
        return {
            "language": phrases.language,
            "message_id": report_id(row),
            "issued_on": phrases.day(case.now.date()),
            "sender": dict(self.sender),
            "customer": {
                "code": customer.code, "name": customer.name, "level": phrases.term("customer_levels", customer.level),
                "headquarters": customer.headquarters, "contact": customer.contact or "",
                "manager": customer.manager or "", "engineer": customer.chief_engineer or "",
            },
            "visit": {
                "number": row.visit_no, "kind": pages.word(row.kind), "date": phrases.day(row.date),
                "place": row.place_visited or "", "manner": pages.word(row.manner),
            },
            "alarms": [_alarm(each.number, each.level, phrases) for each in case.alarms],
            "stages": [pages.stage(key, decisions) for key in FIELDS],
            "answered": [pages.issue(issue, here=True) for issue in due_for_answer(case.issues, row)],
            "issues": [pages.issue(issue) for issue in of_visit(case.issues, row)],
            "actions": [pages.action(action) for action in row.actions],
            "corrections": [_correction(each, phrases) for each in changes],
            "missing": sum(decision.verdict is not Verdict.MET for decision in decisions),
            "rows": [],
        }  # fmt: skip


@dataclass(frozen=True)
class _Pages:
    case: VisitCase
    phrases: Phrases

    def stage(self, key: str, decisions: Sequence[Decision]) -> View:
        checks = [d for d in decisions if d.rule in RULES[key]]
        return {
            "key": key,
            "lines": [self.line(field) for field in FIELDS[key] if field != ENTERED or self.is_to_enter(decisions)],
            "checks": [
                {
                    "rule": d.rule, "title": d.title.get(self.phrases.language, d.rule), "state": d.verdict.value,
                    "says": self.says(d), "met": d.verdict is Verdict.MET,
                }
                for d in checks
            ],
        }  # fmt: skip

    def says(self, decision: Decision) -> str:
        """Its sentence, and what it only mentions."""
        mark = "；" if self.phrases.chinese else "; "
        return mark.join(self.phrases.say(text) for text in (decision.says, *decision.cautions))

    def is_to_enter(self, decisions: Sequence[Decision]) -> bool:
        """Whether the group's system is to be spoken of: of most customers it wants nothing (R40)."""
        return self.case.row.in_group_system is not None or any(d.rule == ENTERING for d in decisions)

    def line(self, field: str) -> View:
        column = Visit.TABLE.column(field)
        value = self.case.row.value(field)
        if field == "leader_rank" and value:
            value = self.phrases.term(RANKS, value)
        label = column.heading if self.phrases.chinese else column.english
        return {"label": label, "values": list(self.values(value))}

    def values(self, value: object) -> Iterator[str]:
        """A cell as lines; an empty one has none."""
        match value:
            case None | ():
                return
            case bool():
                yield self.phrases.say(Say("yes") if value else Say("no"))
            case date():
                yield self.phrases.day(value)
            case Enum():
                yield self.word(value)
            case tuple():
                yield self.phrases.listed([str(each) for each in value])
            case _:
                yield from (line.strip() for line in str(value).replace("；", "\n").replace(";", "\n").splitlines())

    def word(self, value: Enum | None) -> str:
        if value is None:
            return ""
        return str(value.value) if self.phrases.chinese else ENGLISH.get(value.value, str(value.value))

    def issue(self, issue: Issue, *, here: bool = False) -> View:
        """One issue; `here` keeps only what this visit said of it."""
        own = [p for p in issue.progress if not here or p.visit_no == self.case.number]
        owner = owner_of(issue, self.case.customer)
        return {
            "reference": issue.reference,
            "text": issue.text,
            "raised": self.phrases.day(issue.raised_on),
            "owner": self.phrases.say(owner.say()) if owner else "",
            "due": self.phrases.day(issue.action.due) if issue.action and issue.action.due else "",
            "solved": self.phrases.day(issue.solved_on) if issue.solved_on else "",
            "progress": [{"on": self.phrases.day(p.day), "visit": p.visit_no, "text": p.text} for p in own],
        }

    def action(self, action: Action) -> View:
        due = self.phrases.day(action.due) if action.due else ""
        return {"text": action.text, "owner": action.owner or "", "due": due}


def report_id(row: Visit) -> str:
    """Eight hexadecimal digits from what the record says: another content, another number."""
    return hashlib.sha256(json.dumps(said(row), sort_keys=True).encode()).hexdigest()[:8]


def _alarm(number: str, level: str | None, phrases: Phrases) -> str:
    return f"{number} {phrases.term('warning_levels', level)}" if level else number


def _correction(one: Correction, phrases: Phrases) -> View:
    label = one.column.heading if phrases.chinese else one.column.english
    return {"field": label, "ours": one.ours, "new": one.new}
