"""What the book says of a task's timing: filed and published first, early enough for contract, book and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aftersales_cli.cutover.ahead import ahead, latest_day, latest_moment, range_words, unit_words
from aftersales_cli.cutover.impact import Impact
from aftersales_cli.cutover.task import Task, Telling
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.values import Category, Instant, Lead, LeadUnit, Word
from aftersales_cli.rules.decision import Finding, Verdict
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import rule
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.counting import Range


@rule("CUT-04")
def published_in_good_time(task: Task, given: Given, *, workdays: Workdays) -> Finding:
    """Every customer hears of planned work early enough to prepare; the worst customer's publication decides."""
    if isinstance(task.category, Known) and task.category.value is not Category.PLANNED:
        says = Say("it is {category}; this lead time is for planned work", category=task.category.value)
        return Finding.not_applicable(says, task.category)
    if task.cancelled:
        return _cancelled(task)
    finding = _in_time(task, given, workdays)
    if finding.verdict is Verdict.BREACHED and isinstance(task.category, Unknown):
        says = Say("late if it is planned work: {says}", says=finding.says)
        return Finding.of(None, says, task.category, task.window, missing=[task.category])
    return finding


@rule("CUT-06")
def statutory_notice(task: Task, given: Given, *, workdays: Workdays) -> Finding:
    """Users hear of foreseeable work as early as the service rules of the state ask, whatever the contract says."""
    if isinstance(task.category, Known) and task.category.value is Category.EMERGENCY:
        return Finding.not_applicable(Say("an emergency cannot be foreseen"), task.category)
    if task.cancelled:
        return _cancelled(task)
    if task.pairs and all(pair.impact is Impact.NONE for pair in task.pairs):
        declared = [row.fact("interruption") for row in task.rows]
        return Finding.not_applicable(Say("it is declared as interrupting nobody"), *declared)
    return _in_time(task, given, workdays)


def _cancelled(task: Task) -> Finding:
    return Finding.not_applicable(Say("it is cancelled"), task.pairs[0].row.fact("status"), task.window)


def _in_time(task: Task, given: Given, workdays: Workdays) -> Finding:
    """The worst of all customers and of all lead times that bind each, with the cautions of all."""
    findings = [
        _one_in_time(task, telling, lead, workdays)
        for telling in task.tellings
        for lead in given.leads("notice", contract=_agreed(telling))
    ]
    _, worst = min(findings, key=lambda found: found[0])
    cautions = dict.fromkeys(caution for _, finding in findings for caution in finding.cautions)
    return replace(worst, cautions=tuple(cautions))


def _agreed(telling: Telling) -> Lead | None:
    return telling.customer.notice if telling.customer else None


_WORST = {Verdict.BREACHED: 0, Verdict.NEEDS_A_PERSON: 1, Verdict.MET: 2}


def _one_in_time(task: Task, telling: Telling, needed: Lead, workdays: Workdays) -> tuple[tuple[int, int], Finding]:
    told = telling.publication
    cautions = [told.caution] if told.caution else []
    if told.never:
        says = Say("the window began and it was not published")
        return (0, -1), Finding.of(False, says, task.published_cell, task.window, cautions=cautions)
    if isinstance(told.at, Unknown):
        says = Say("nobody knows when it was published")
        return (1, -1), Finding.of(None, says, told.at, task.window, cautions=cautions)
    actual = ahead(told.at.known, task.window.known.start, needed.unit, workdays)
    answer = actual.at_least(needed.amount)
    missing = _uncounted(task, told.at.known, workdays) if answer is None else []
    finding = Finding.of(
        answer, _said(task, telling, needed, actual, workdays), told.at, task.window, cautions=cautions, missing=missing
    )
    return (_WORST[finding.verdict], actual.certain - needed.amount), finding


def _said(task: Task, telling: Telling, needed: Lead, actual: Range, workdays: Workdays) -> Say:
    counted = Say("{actual} ahead, {needed} needed", actual=range_words(actual, needed.unit), needed=unit_words(needed))
    if telling.publication.as_if:
        latest = _latest(task, needed, workdays)
        says = Say("if published today: {counted}; {latest}", counted=counted, latest=latest)
    else:
        says = Say("published {day}: {counted}", day=telling.publication.at.known, counted=counted)
    whom = telling.customer.name if telling.customer else Say("the department")
    return Say("{says} ({whom})", says=says, whom=whom) if len(task.tellings) > 1 else says


def _latest(task: Task, needed: Lead, workdays: Workdays) -> Say:
    """The latest day; where unpublished days decide it, the one that is certainly early enough (D1)."""
    start = task.window.known.start
    if needed.unit is LeadUnit.HOURS:
        return Say("the latest moment is {moment}", moment=latest_moment(needed, start, workdays))
    latest = latest_day(needed, start, workdays)
    if latest.publish_by is not None:
        return Say("the latest day is {latest}", latest=latest.publish_by)
    return Say("certainly early enough is {day}", day=latest.certainly_by)


def _uncounted(task: Task, published: Instant, workdays: Workdays) -> list[Unknown]:
    years = workdays.unpublished(published.day, task.window.known.start.date())
    if not years:
        why = Say("the time of day it was published decides; only the day is known")
        return [Unknown("published_at", why)]
    why = Say("the calendar of {years} is not published; import it", years=[str(year) for year in years])
    return [Unknown("calendar", why)]


@rule("CUT-05")
def filed_and_published_first(task: Task, given: Given) -> Finding:
    """The work was filed and published before it began (R14)."""
    del given
    if task.cancelled:
        return _cancelled(task)
    if task.start > task.now:
        cautions = [Say("it is not filed yet: file it first")] if task.filed.value is Word.NOT_FILED else []
        return Finding.of(
            True, Say("the work has not begun"), task.filed, task.published_cell, task.window, cautions=cautions
        )
    begin = Known("actual_start", task.start, task.actual_start.place or task.window.place)
    filed = _before(task.filed, task)
    tellings = [_telling_before(telling, task) for telling in task.tellings]
    worst = min(tellings, key=[False, None, True].index)
    facts: list[Fact[object]] = [task.filed, task.published_cell, begin]
    if filed is None and isinstance(task.filed, Unknown) and not task.filed.unread:
        filed = worst  # a known publication with no filing time counts as filed then (D3)
        facts = facts[1:]
    cautions = _filed_after(task)
    if filed is False or worst is False:
        says = Say("it began {start}; filed {filed}, published {published}", start=task.start, **_said_when(task))
        return Finding.of(False, says, *facts, cautions=cautions)
    if filed is None or worst is None:
        return Finding.of(None, Say("nobody knows whether it was published before it began"), *facts, cautions=cautions)
    return Finding.of(
        True, Say("filed and published before it began {start}", start=task.start), *facts, cautions=cautions
    )


def _said_when(task: Task) -> Mapping[str, object]:
    told = [t.publication.at.value for t in task.tellings if isinstance(t.publication.at, Known)]
    return {"filed": task.filed.value, "published": max(told) if told else task.published_cell.value}


def _before(fact: Fact[object], task: Task) -> bool | None:
    """Whether a moment lies before the work began; a day alone is open on the day itself."""
    if isinstance(fact, Unknown):
        return None
    if isinstance(fact.value, Word):
        return False
    assert isinstance(fact.value, Instant)
    if fact.value.latest < task.start or (fact.value.whole_day and fact.value.latest == task.start):
        return True
    return False if fact.value.at >= task.start else None


def _telling_before(telling: Telling, task: Task) -> bool | None:
    told = telling.publication
    if told.never:
        return False
    if told.as_if:  # it began before its window, and no one calls it published
        return False if isinstance(task.published_cell.value, Word) else None
    return _before(told.at, task)


def _filed_after(task: Task) -> list[Say]:
    published = [t.publication.at.value for t in task.tellings if isinstance(t.publication.at, Known)]
    if not published:
        return []
    if task.filed.value is Word.NOT_FILED:
        return [Say("未填报 stands beside a publication time")]
    if isinstance(task.filed.value, Instant) and task.filed.value.at > max(p.latest for p in published):
        return [Say("it was filed after it was published")]
    return []
