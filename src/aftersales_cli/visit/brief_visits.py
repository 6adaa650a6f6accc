"""What a brief says of visits: those that are owed, what this one is about, and those that were made (R28, R38)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.leading import RANKS
from aftersales_cli.visit.obligations import Because, Obligation, agreed, promised
from aftersales_cli.visit.papers import Paper, View, few
from aftersales_cli.words import Say

CONTENTS = "visit_contents"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A report of ours that lies in the output folder: made on `day`, of a visit or (`""`) of faults."""

    day: date
    visit_no: str
    name: str


def owed_view(paper: Paper, owed: Sequence[Obligation]) -> list[View]:
    """A row for each visit that is owed, in the order of `visit due`: overdue first."""
    return [_owed(paper, each) for each in owed]


def _owed(paper: Paper, one: Obligation) -> View:
    figures = paper.figures
    return {
        "due": figures.date(one.due_by),
        "late": {True: "yes", False: "no", None: "open"}[one.overdue],
        "kind": figures.word(one.kind),
        "place": one.where.text,
        "on_site": one.on_site,
        "planned": figures.date(one.planned),
        "leader": figures.term(RANKS, one.leader) if one.leader else "",
        "engineer": one.engineer or "",
        "theirs": figures.term("provinces", one.theirs) if one.theirs else "",
        "asked_by": figures.listed(one.asked_by) if one.because.decision is not None else "",
        "because": [figures.say(_reason(each, paper.language)) for each in (one.because, *one.others)],
    }


def _reason(because: Because, language: str) -> Say:
    """Rule, clause and sentence, without the cell: no paper leads to one. Plan and promise speak for themselves."""
    decision = because.decision
    if decision is None or decision.clause is None:
        return because.says
    article = decision.clause.article.get(language, "")
    return Say("{rule} ({source} {article}): {says}{place}",
               rule=because.rule, source=decision.clause.source, article=article, says=because.says,
               place="")  # fmt: skip


def kept_promise(visits: Sequence[Visit]) -> Visit | None:
    """The visit whose promise of the next is still to be kept (R42), as `visit due` has it.

    Where no day was agreed on, the last visit, if it says what the next is to be about.
    """
    last = max(visits, key=lambda row: (row.date, row.visit_no), default=None)
    without_day = last is not None and promised(last) is None and last.next_agenda
    return agreed(visits) or (last if without_day else None)


def contents(paper: Paper, by_level: Sequence[str], agenda: str | None) -> list[View]:
    """What the visit is about: what the book has for the customer's level, and what the agenda names of its list."""
    terms = paper.vocabularies[CONTENTS].terms
    parts = [folded(part) for part in re.split(r"[;；、,，。/]", agenda or "") if len(part.strip()) > 1]
    agreed_on = [term.word for term in terms if any(part in folded(term.word) for part in parts)]
    return [
        {"word": word, "text": paper.figures.term(CONTENTS, word)} for word in dict.fromkeys((*by_level, *agreed_on))
    ]


def visits_made(paper: Paper, earlier: Sequence[Earlier]) -> View:
    """The visits of the past with what was handed over at each, and the reports of ours that lie there (R28)."""
    rows = sorted(paper.history.visits, key=lambda row: (row.date, row.visit_no), reverse=True)
    return few([_made(paper, row) for row in rows]) | {"reports": list(_reports(paper, earlier))}


def _made(paper: Paper, visit: Visit) -> View:
    return {
        "number": visit.visit_no,
        "date": paper.figures.date(visit.date),
        "kind": paper.figures.word(visit.kind),
        "manner": paper.figures.word(visit.manner),
        "led_by": visit.led_by or "",
        "customer_people": paper.figures.listed(visit.customer_people),
        "materials": paper.figures.listed(visit.materials),
        "shown": visit.usage_shown or "",
    }


def _reports(paper: Paper, earlier: Sequence[Earlier]) -> Iterator[View]:
    for each in sorted(earlier, key=lambda one: (one.day, one.name), reverse=True):
        yield {"date": paper.figures.date(each.day), "visit": each.visit_no, "name": each.name}
