"""`visit brief CUSTOMER`: what to know before a visit, and the sheet of the customer's own results to hand over."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from aftersales_cli.documents.order import Document, Order
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.names import LONGEST_PART, safe_name
from aftersales_cli.files.writing import RunFolder
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.visit_brief_earlier import earlier, is_of
from aftersales_cli.jobs.visit_brief_earlier import part as part_of
from aftersales_cli.jobs.visit_brief_inputs import gathered
from aftersales_cli.jobs.visit_brief_owed import Owing, contents_by_level, owing
from aftersales_cli.jobs.visit_due import item as owed_item
from aftersales_cli.jobs.writing_notices import Nowhere
from aftersales_cli.places import Problem
from aftersales_cli.rules.decision import Verdict
from aftersales_cli.visit import company, leading
from aftersales_cli.visit.brief import Company, brief_view
from aftersales_cli.visit.history import History
from aftersales_cli.visit.interruptions import Since, midnight
from aftersales_cli.visit.papers import Paper
from aftersales_cli.visit.results import results_view
from aftersales_cli.words import Say

MONTHS_BACK = 12
"""How many calendar months are looked at where no day is given, the running one among them."""
Made = tuple[str, Mapping[str, object]]
"""The stem of a template below `visit/`, and what it is given."""


@dataclass(frozen=True)
class Wishes:
    """Whom to visit; the days looked at (None: this month and the eleven before it).

    `language` is that of what stays in the house.
    """

    customer: str
    start: date | None = None
    end: date | None = None
    language: str = "zh"
    dry_run: bool = False
    output: Path | None = None


def brief(desk: Desk, wishes: Wishes) -> Report:
    """Gather, judge who goes, write. It takes no lock and records nothing: a brief may be made as often as wanted."""
    history, problems = gathered(desk, wishes.customer)
    since = looked_at(wishes.start, wishes.end, desk.as_of)
    owed = owing(desk, history.customer)
    history = replace(history, held=(*history.held, *owed.problems))
    problems = (*problems, *owed.problems)
    going = _going(desk, history, owed)
    own = Paper(history, since, desk.book.vocabularies, desk.workspace.sender, wishes.language)
    theirs = Paper(history, since, desk.book.vocabularies, desk.workspace.sender, history.customer.language or "zh")
    made_before = earlier(desk.workspace.output, history.customer.code, history.visits)
    view, results = brief_view(own, going, made_before), results_view(theirs)
    names, final = write(desk, wishes, "brief", [("brief", view), ("results", results)])
    item = {
        "customer_code": history.customer.code,
        "customer_name": history.customer.name,
        "from": since.start.date(),
        "to": since.last,
        "circuits": len(history.circuits),
        "availability": view["availability"]["all"] or None,
        "faults": view["faults"]["count"] if history.has("faults") else None,
        "complaints": view["complaints"]["count"] if history.has("complaints") else None,
        "account_manager": {"yes": True, "no": False}.get(view["company"]["along"]),
        "leader": going.leader.rank if going.leader else "",
        "obligations": [owed_item(each) for each in going.obligations],
        "contents": [each["word"] for each in view["contents"]],
        "points": view["points"],
        "missing": dict(history.gaps),
        "decisions": [going.decision],
        "files": [final / name for name in names] if final else [],
    }
    return made(desk, "visit brief", item, problems, final, rule=going.decision.verdict is Verdict.NEEDS_A_PERSON)


def looked_at(start: date | None, end: date | None, as_of: datetime) -> Since:
    """The days asked for; without them the running month and those before it, to as-of. `Stop` 2 where none is left."""
    if start and end and end < start:
        message = Say("--from {start} comes after --to {end}", start=start, end=end)
        raise Stop(message, hint=Say("the first day looked at comes first"), code=Exit.USAGE)
    until = min(as_of, midnight(end + timedelta(days=1))) if end else as_of
    months = until.year * 12 + until.month - MONTHS_BACK
    first = midnight(start) if start else midnight(date(months // 12, months % 12 + 1, 1))
    if first >= until:
        message = Say("from {start} to {end} there is no day that has been", start=first.date(), end=as_of)
        raise Stop(message, hint=Say("--from comes before --to, and before the day of the run"), code=Exit.USAGE)
    return Since(first, until)


def _going(desk: Desk, history: History, owed: Owing) -> Company:
    who = company.standing(history, desk.book.vocabularies)
    decision = desk.book.judge(company.RULE, who, desk.tools, desk.province)
    given = desk.book.given_or_none(leading.RULE, on=desk.as_of.date(), province=desk.province)
    leads = company.leader(history, given, desk.book.vocabularies) if given else None
    return Company(decision, leads, owed.engineer, owed.obligations, contents_by_level(desk, history.customer))


def write(desk: Desk, wishes: Wishes, kind: str, papers: Sequence[Made]) -> tuple[tuple[str, ...], Path | None]:
    """Have the papers made as html and Word, and put them into a folder of their own; a dry run only makes them."""
    part = part_of(wishes.customer)
    orders = [(stem, _order(desk, part, stem, view)) for stem, view in papers]
    name = f"{desk.as_of:%Y-%m-%dT%H%M}-{kind}-{part}"
    room: AbstractContextManager[RunFolder | Nowhere]
    room = nullcontext(Nowhere()) if wishes.dry_run else RunFolder(wishes.output or desk.workspace.output, name)
    with room as folder, desk.renderers() as renderers:
        finished = renderers.made(desk.template_folders, orders)
        names = tuple(folder.write(file, content) for _, made in finished for file, content in made.files)
        if not isinstance(folder, RunFolder):
            return names, None
        folder.prepare()
        return names, folder.publish()


def briefs_made(output: Path) -> tuple[tuple[str, str], ...]:
    """(day, what follows in its name) of each folder of a brief: only they say that one was made."""
    if not output.is_dir():
        return ()
    found = (path.name.split("-brief-", 1) for path in output.iterdir() if "-brief-" in path.name)
    return tuple((when[:10], rest) for when, rest in found if not when.startswith("."))


def was_briefed(made: Iterable[tuple[str, str]], customer: str, since: date) -> bool:
    """Whether one of these briefs is of that customer, made on that day or later."""
    return any(when >= since.isoformat() and is_of(rest, customer) for when, rest in made)


def _order(desk: Desk, part: str, stem: str, view: Mapping[str, object]) -> Order:
    """Named by day, customer, kind, and an id made of what stands in it."""
    said = json.dumps(view, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
    number = hashlib.sha256(said).hexdigest()[:8]
    start = f"{desk.as_of:%Y%m%d}-{part}-{stem.replace('_', '-')}-{number}"
    tongue = ".en" if view["language"] == "en" else ""
    files = tuple(
        Document(safe_name(f"{start}.{ending}", limit=LONGEST_PART), f"visit/{stem}{tongue}.{template}")
        for ending, template in (("html", "html.j2"), ("docx", "docx"))
    )
    return Order({**view, "message_id": number}, files)


def made(
    desk: Desk, command: str, item: Mapping[str, object], problems: Sequence[Problem], final: Path | None, *, rule: bool
) -> Report:
    """The report of one customer's papers."""
    files = item["files"]
    assert isinstance(files, list)
    note = Say("written to {folder}", folder=str(final)) if final else Say("a dry run: nothing was written")
    return Report(
        command=command,
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=rule, problems=problems),
        summary={"customers": 1, "files": len(files), "missing": len(item["missing"]), "dry_run": final is None},  # type: ignore[arg-type]
        items=[item],
        problems=problems,
        files=files,
        notes=[note],
    )
