"""The internal decision sheet of a complaint: why it is answered so, on which cells, by which clauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from aftersales_cli.complaint.answering import Answered
from aftersales_cli.complaint.established import Established
from aftersales_cli.jobs.answer_items import (
    ANSWERS,
    ASKED_BY,
    FACTS,
    cited,
    decision_of,
    fact_words,
    in_a_sentence,
    item,
)
from aftersales_cli.jobs.answer_settling import heading, settled_by
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.plain import plain
from aftersales_cli.places import Place
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.events import AnswerGiven
from aftersales_cli.rules.decision import Decision, Evidence, Used, Verdict
from aftersales_cli.words import Say, shown

Json = dict[str, Any]
VERDICTS = {
    Verdict.MET: Say("holds"),
    Verdict.NOT_APPLICABLE: Say("does not hold"),
    Verdict.NEEDS_A_PERSON: Say("may hold"),
    Verdict.BREACHED: Say("breached"),
}
"""How an answer rule's verdict is called: none is ever breached."""


@dataclass(frozen=True)
class Sheets:
    """Makes the sheets of one run, in the language of the talk."""

    desk: Desk
    language: str

    def content(self, one: Answered) -> Json:
        """All of the decision, as plain values for a template."""
        say = self._say
        return {
            "language": self.language,
            "title": say(ANSWERS[one.answer]),
            "answer": one.answer.value,
            "sentence": say(in_a_sentence(one, self.language)),
            "rows": self._complaint(one),
            "facts": [self._fact(letter, found, one) for letter, found in one.facts.items()],
            "decisions": [self._decision(each) for each in one.decisions],
            "missing": [
                {"what": heading(each.field), "why": say(each.why), "settle": say(settled_by(each, one))}
                for each in one.missing
            ],
            "candidates": list(one.candidates),
            "cautions": [say(each) for each in one.cautions],
        }

    def view(self, content: Json, letter: str, despite: dict[str, str], earlier: Sequence[AnswerGiven]) -> Json:
        """What the template is given: the decision, and what became of its letter."""
        return {
            **content,
            "unit": self.desk.workspace.sender.get("unit", ""),
            "province": self.desk.province or "",
            "as_of": shown(self.desk.as_of, self.language),
            "letter": letter,
            "despite": [{"rule": rule, "because": because} for rule, because in despite.items()],
            "earlier": [
                {"when": shown(each.answered_at, self.language), "answer": each.answer, "rule": each.primary or "",
                 "letter": each.letter is not None}
                for each in earlier
            ],
        }  # fmt: skip

    def data(self, one: Answered, view: Json) -> Json:
        """The same for programs: the contract's item, the complaint's cells, and each fact with its evidence."""
        facts = {
            letter: {"value": item(one)["facts"][letter], "says": found.says, "evidence": found.evidence,  # type: ignore[index]
                     "missing": found.missing, "cautions": found.cautions, "values": found.values}
            for letter, found in one.facts.items()
        }  # fmt: skip
        found: Json = plain(
            {
                **item(one),
                "as_of": self.desk.as_of,
                "province": self.desk.book.named(self.desk.province),
                "rulebook": self.desk.book.fingerprint(),
                "complaint": {column.key: getattr(one.complaint, column.key) for column in Complaint.TABLE.columns},
                "source": one.complaint.place(),
                "customer_code": one.case.customer_code,
                "rules": one.rules,
                "candidates": one.candidates,
                "forbidden": one.forbidden,
                "established": facts,
                "despite": {each["rule"]: each["because"] for each in view["despite"]},
                "letter": view["letter"],
            },
            self.language,
        )
        return found

    def _say(self, what: object) -> str:
        return shown(what, self.language)

    def _complaint(self, one: Answered) -> list[Json]:
        complaint, customer = one.complaint, one.case.customer
        named = [(column.heading if self.language == "zh" else column.english, getattr(complaint, column.key))
                 for column in Complaint.TABLE.columns]  # fmt: skip
        if customer is not None:
            named.append(("客户名称" if self.language == "zh" else "Customer", f"{customer.code} {customer.name}"))
        where = ("来源" if self.language == "zh" else "Read from", str(complaint.place()))
        return [{"label": label, "value": self._say(value)} for label, value in (*named, where) if value is not None]

    def _fact(self, letter: str, found: Established, one: Answered) -> Json:
        decision = decision_of(one, ASKED_BY[letter])
        return {
            "letter": letter,
            "name": self._say(FACTS[letter]),
            "value": self._say(fact_words(found.value)),
            "known": found.value is not None,
            "says": self._say(found.says),
            "clause": cited(decision, self.language) if decision else "",
            "evidence": [self._evidence(each) for each in found.evidence],
            "values": [self._used(each) for each in found.values],
        }

    def _evidence(self, each: Evidence) -> Json:
        return {"name": heading(each.field), "value": self._say(each.value), "where": where(each.place)}

    def _used(self, used: Used) -> Json:
        clause = used.clause.cited(self.language)
        return {"name": used.name, "value": self._say(used.amount), "clause": clause}

    def _decision(self, decision: Decision) -> Json:
        clause = decision.clause
        return {
            "rule": decision.rule,
            "title": decision.title.get(self.language, ""),
            "holds": decision.verdict is Verdict.MET,
            "verdict": self._say(VERDICTS[decision.verdict]),
            "cited": cited(decision, self.language),
            "text": clause.text.get(self.language, "") if clause else "",
        }


def where(place: Place | None) -> str:
    """A cell without its heading, which is said beside it; nothing where no cell says it."""
    return str(replace(place, heading=None)) if place else ""
