"""What a notifying run keeps in the ledger of each task: that which nobody could work out again two years later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from aftersales_cli.cutover.holding import Judged
from aftersales_cli.cutover.notices import Fate, Fated, Notice, Plan
from aftersales_cli.cutover.task import Task
from aftersales_cli.files.shelf import ROOM, Shelf
from aftersales_cli.jobs.check import verdict_of
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.plain import plain
from aftersales_cli.places import Known
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.events import Change, Judgement, Kept, Paper
from aftersales_cli.rules.card import Edition, in_force
from aftersales_cli.rules.decision import Decision
from aftersales_cli.workdays.year import Year

Json = dict[str, Any]


def _rows_in(judgement: Judgement) -> int:
    return len(judgement.said["rows"])


def _worth_keeping(fates: Iterable[Fated], notices: Iterable[Notice]) -> bool:
    return any(n.change is not Change.UNCHANGED for n in notices) or any(f.fate is not Fate.NOTIFIED for f in fates)


@dataclass
class Keeper:
    """Puts tasks into JSON, one after the other; collects the cards and calendar years they were judged by, each once.

    A task of which every customer had been told already says nothing new, and leaves no judgement.
    """

    desk: Desk
    judgements: Shelf[Judgement] = field(default_factory=lambda: Shelf(room=ROOM // 10, weigh=_rows_in))
    papers: dict[tuple[str, str], Paper] = field(default_factory=dict)
    editions: dict[tuple[str, date | None], list[str]] = field(default_factory=dict)

    def take(self, one: Judged, plan: Plan) -> None:
        """Keep what was decided on one task that was told something new, or was not told everything."""
        name = one.task.name
        if name == one.task.task_no and _worth_keeping(plan.fates, plan.notices):
            self.judgements.append(Judgement(name, self._said(one, plan)))

    def kept(self) -> Kept:
        """All that was taken."""
        return Kept(self.judgements, tuple(self.papers.values()))

    def _said(self, one: Judged, plan: Plan) -> Json:
        """One judgement; its sentences in both languages."""
        task, book = one.task, self.desk.book
        return {
            "judged_at": plain(task.now, None),
            "province": book.named(self.desk.province),
            "verdict": verdict_of(one).value,
            "held": one.silent,
            "reasons": plain(one.reasons, None),
            "despite": dict(one.despite),
            "decisions": [self._decision(each) for each in one.decisions],
            "rows": [_row(row) for row in task.rows],
            "problems": plain(task.problems, None),
            "accounting": plan.accounting(),
            "circuits": [_circuit(fated) for fated in plan.fates],
            "told": [_told(notice) for notice in plan.notices],
            "standing": plain([{"customer_code": s.last.customer_code, "why": s.why} for s in plan.standing], None),
            "calendar": self._calendar(task),
        }

    def _decision(self, decision: Decision) -> Json:
        """As the contract has it, with the editions in force, and whether it holds."""
        editions = self._editions(decision.rule, decision.judged_on)
        return {**plain(decision, None), "holds": decision.holds, "editions": editions}

    def _editions(self, rule: str, day: date | None) -> list[str]:
        """The group's edition of that day, and the province's over it, by sha256."""
        if (rule, day) not in self.editions:
            self.editions[rule, day] = list(self._found(rule, day)) if day else []
        return self.editions[rule, day]

    def _found(self, rule: str, day: date) -> Iterable[str]:
        book = self.desk.book
        own = book.provinces.get(book.named(self.desk.province) or "")
        places = [("card", book.cards[rule].editions, book.shelf.cards[rule])]
        if own is not None:
            places.append(("province", own.editions.get(rule, ()), book.shelf.provinces[own.name]))
        for kind, editions, path in places:
            edition = in_force(editions, day)
            if edition is not None:
                file = self._paper(kind, path.name, path.read_bytes)
                said = {"rule": rule, "province": own.name if own and kind == "province" else None}
                name = ".".join(filter(None, (said["province"], rule, edition.start.isoformat(), "json")))
                yield self._paper("edition", name, partial(_edition, said, edition, file)).sha256

    def _paper(self, kind: str, name: str, content: Callable[[], bytes]) -> Paper:
        if (kind, name) not in self.papers:
            self.papers[kind, name] = Paper(kind, name, content())
        return self.papers[kind, name]

    def _calendar(self, task: Task) -> Json:
        """The years the counting went through, by sha256, and those of them that nobody had published."""
        published = [telling.publication.at for telling in task.tellings]
        days = [task.now.date(), *(fact.value.day for fact in published if isinstance(fact, Known))]
        days += [task.window.value.start.date()] if isinstance(task.window, Known) else []
        years, known = range(min(days).year, max(days).year + 1), self.desk.workdays.years
        december = max(days) >= self.desk.workdays.unsettled_from.of(years[-1])  # which the next year's notice amends
        used = [known[year] for year in (*years, *([years[-1] + 1] if december else [])) if year in known]
        papers = {str(year.year): self._year(year).sha256 for year in used}
        return {"years": papers, "not_published": [year for year in years if year not in known]}

    def _year(self, year: Year) -> Paper:
        return self._paper("calendar", f"{year.year}.json", partial(_days, year))


def _edition(said: Json, edition: Edition, file: Paper) -> bytes:
    """One edition: first day, clause in both languages, what it sets, and the sha256 of the file it stands in."""
    settings = {name: setting.value for name, setting in edition.settings.items()}
    said = {**said, "from": edition.start.isoformat(), "clause": plain(edition.clause, None)}
    return _bytes({**said, "values": plain(settings, None), "file": file.name, "sha256": file.sha256})


def _days(year: Year) -> bytes:
    """A year as `calendar import` reads it; its source says where it came from."""
    said = {
        "year": year.year,
        "source": ": ".join(filter(None, (Path(year.source).name, year.notice))),
        "holidays": sorted(day.isoformat() for day in year.holidays),
        "workdays": sorted(day.isoformat() for day in year.workdays),
    }
    return _bytes(said)


def _bytes(said: Json) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _row(row: Cutover | Broken) -> Json:
    """A row as it was read: its place, the cells that said something, and those that could not be read."""
    cells: Mapping[str, Any] = row.values if isinstance(row, Broken) else _cells(row)
    filled = {key: value for key, value in cells.items() if value is not None and value != ()}
    unread = row.problems if isinstance(row, Broken) else {}
    return {
        "source": plain(row.place(), None),
        "cells": plain(filled, None),
        "unread": {key: plain(problem, None) for key, problem in unread.items()},
    }


def _cells(row: Cutover) -> Json:
    return {column.key: getattr(row, column.key) for column in Cutover.TABLE.columns}


def _circuit(fated: Fated) -> Json:
    """One circuit: whose, how that is known, what is done to it, and what became of it (D6)."""
    pair, owner = fated.pair, fated.pair.owner
    return {
        "circuit_code": pair.circuit_code,
        "customer_code": owner.customer_code,
        "customer_name": owner.customer.name if owner.customer else None,
        "owner_source": plain(owner.place, None),
        "impact": pair.impact.value,
        "via": list(pair.touched.via) if pair.touched else [],
        "with": list(pair.collides),
        "fate": fated.fate.value,
        "why": plain(fated.why, None),
        "caution": plain(owner.caution, None),
    }


def _told(notice: Notice) -> Json:
    return {
        "notice_id": notice.notice_id,
        "customer_code": notice.customer.code if notice.customer else None,
        "change": notice.change.value,
        "sequence": notice.sequence,
        "late": notice.late,
    }
