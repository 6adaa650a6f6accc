"""The work of `cutover deadline`: by when a cutover has to be published, and by when the statute wants users told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from aftersales_cli.cutover.ahead import latest_day, latest_moment, unit_words
from aftersales_cli.errors import Exit
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.values import Lead, LeadUnit
from aftersales_cli.rules.book import SAMPLE, Book
from aftersales_cli.rules.decision import Used
from aftersales_cli.words import Counted, Say
from aftersales_cli.workdays import Latest, Workdays
from aftersales_cli.workdays.showing import not_published, runs, with_weekday

PUBLISHED, STATUTE = "CUT-04", "CUT-06"
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deadline:
    """What people see. `used` names the clause behind `needed` (None where the command line set it) and the statute."""

    start: datetime
    needed: Lead
    latest: Latest
    statutory_by: datetime
    used: tuple[Used | None, Used]
    unpublished: tuple[int, ...]
    says: Say


def deadline(
    start: datetime,
    book: Book,
    workdays: Workdays,
    as_of: datetime,
    *,
    days: int | None = None,
    province: str | None = None,
) -> Report:
    """The latest day of publication for work that starts at `start` (D1): by CUT-04 on that day, or `days` ahead.

    `days` are clear working days. Exit 1 where unpublished years decide the day. `Stop` 78 where the book had no
    edition yet on the day of the start.
    """
    lead, clause, sample = _required(book, start.date(), province, days)
    statute = book.given(STATUTE, on=start.date(), province=province)
    by_law = latest_moment(statute.lead("notice"), start, workdays)
    latest = latest_day(lead, start, workdays)
    unpublished = workdays.unpublished(latest.possibly_by, start.date()) if latest.publish_by is None else ()
    says = _says(lead, latest, start, workdays, unpublished)
    found = Deadline(start, lead, latest, by_law, (clause, statute.used[0]), unpublished, says)
    return Report(
        "cutover deadline",
        as_of,
        province,
        exit=Exit.RULE if latest.publish_by is None else Exit.DONE,
        items=[_item(found)],
        notes=[*_passed(found, as_of), *([SAMPLE] if sample else [])],
        view=found,
    )


def lines(report: Report, language: str) -> Iterator[str]:
    """The report of `deadline` for people: the day and what lies before it, what is needed and why, the statute."""
    found = report.view
    assert isinstance(found, Deadline)
    clause, statute = found.used
    needed = unit_words(found.needed)
    yield found.says.to(language)
    if clause is None:
        yield Say("needed: {needed}, as --days says", needed=needed).to(language)
    else:
        yield Say("needed: {needed} ({clause})", needed=needed, clause=_cited(PUBLISHED, clause, language)).to(language)
    by_law = Say(
        "by law: users told by {moment} ({clause})",
        moment=_moment(found.statutory_by),
        clause=_cited(STATUTE, statute, language),
    )
    yield by_law.to(language)


def _required(book: Book, day: date, province: str | None, days: int | None) -> tuple[Lead, Used | None, bool]:
    """The lead time, its clause, and whether that is only a sample."""
    if days is not None:
        return Lead(days, LeadUnit.WORKING_DAYS), None, False
    given = book.given(PUBLISHED, on=day, province=province)
    return given.lead("notice"), given.used[0], given.rests_on_a_sample


def _says(lead: Lead, latest: Latest, start: datetime, workdays: Workdays, unpublished: tuple[int, ...]) -> Say:
    by, begins = latest.publish_by, with_weekday(start.date())
    if by is None:
        return _open(latest, begins, unpublished)
    if lead.unit is LeadUnit.HOURS:
        return Say(
            "publish by {moment}; it starts {start}", moment=_moment(latest_moment(lead, start, workdays)), start=begins
        )
    return Say(
        "publish by {day}: {worked} and {rest} lie between that day and {start}",
        day=with_weekday(by),
        start=begins,
        **_between(by, start.date(), workdays),
    )


def _between(first: date, last: date, workdays: Workdays) -> dict[str, object]:
    days = [first + DAY * n for n in range(1, (last - first).days)]
    rest = [day for day in days if workdays.is_workday(day) is False]
    worked = Counted("{n} working day", "{n} working days", n=len(days) - len(rest))
    if not rest:
        return {"worked": worked, "rest": Say("no day of rest")}
    stretches = [run.say() for run in runs(rest, workdays)]
    return {
        "worked": worked,
        "rest": Counted("{n} day of rest ({days})", "{n} days of rest ({days})", n=len(rest), days=stretches),
    }


def _open(latest: Latest, begins: Say, unpublished: tuple[int, ...]) -> Say:
    why, after = not_published(unpublished), with_weekday(latest.possibly_by)
    if latest.certainly_by is None:
        return Say(
            "no day is certainly early enough for {start}, after {after} it is late: {why}",
            start=begins, after=after, why=why,
        )  # fmt: skip
    return Say(
        "{day} is certainly early enough for {start}, after {after} it is late; between them it is open: {why}",
        day=with_weekday(latest.certainly_by), start=begins, after=after, why=why,
    )  # fmt: skip


def _passed(found: Deadline, as_of: datetime) -> Iterator[Say]:
    """Only for work that is still ahead: the day is today, or gone."""
    last = found.latest.possibly_by
    if found.start <= as_of or last > as_of.date():
        return
    yield Say("that is today") if last == as_of.date() else Say("that day has passed: published now, it is late")


def _item(found: Deadline) -> dict[str, object]:
    return {
        "publish_by": found.latest.publish_by,
        "certainly_by": found.latest.certainly_by,
        "possibly_by": found.latest.possibly_by,
        "required": found.needed.amount,
        "unit": found.needed.unit,
        "statutory_by": found.statutory_by,
        "unpublished": found.unpublished,
        "says": found.says,
        "values": [used for used in found.used if used is not None],
    }


def _cited(rule: str, used: Used, language: str) -> Say:
    clause = used.clause
    text = clause.text.get(language, "").rstrip("。.")
    return Say(
        "{rule}: {source}, {article}: {text}",
        rule=rule,
        source=clause.source,
        article=clause.article.get(language, ""),
        text=text,
    )


def _moment(at: datetime) -> Say:
    return Say("{day}, {time}", day=with_weekday(at.date()), time=f"{at:%H:%M}")
