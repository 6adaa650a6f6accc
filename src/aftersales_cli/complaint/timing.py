"""The facts that are a matter of time: filed and published first, early enough, overrun, within the window (D4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from aftersales_cli.complaint.established import Established, alike, before, both
from aftersales_cli.complaint.filing import Filing
from aftersales_cli.complaint.measures import Measure
from aftersales_cli.complaint.promise import Promise
from aftersales_cli.complaint.subject import Case
from aftersales_cli.cutover.ahead import ahead, range_words, unit_words
from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.values import Cause, Instant, Interruption, Lead, Window, Word
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays

MINUTE = timedelta(minutes=1)
ENDED = Say("nobody has said when the work ended; fill in 实际结束时间")
OPEN = Say("rows that differ, or a day without its hour, leave it open; mend 填报时间 and 发布时间")
PUBLISHED = Say("nobody has said when it was published to this customer; fill in 发布时间")


def filed_and_published_first(case: Case, told: Promise, in_good_time: object) -> Established:
    """F: filed and published before the work began, which is the actual start where it is known."""
    refused = _never_filed(case)
    if refused is not None:
        return refused
    if told.unclear is not None or case.filing is None:
        return Established.unknown(told.unclear or case.no_task)
    if told.cancelled:
        return Established.of(False, Say("the last notice before the work began was a cancel"), told.window)
    actual, facts = case.filing.actual_start, (*case.filing.filed, *told.published)
    planned = None if isinstance(told.window, Unknown) else _first(case, told, told.window.value.start)
    if isinstance(actual, Unknown):
        doubt = [actual] if actual.unread and planned is not False else []
        return _filed(case, told, None if doubt else planned, told.window, *facts, missing=doubt)
    real = _first(case, told, actual.value.at)
    doubt = _doubt(planned, real, actual, in_good_time)
    return _filed(case, told, None if doubt else real, actual, *facts, missing=doubt)


def _never_filed(case: Case) -> Established | None:
    cause: Any = case.complaint.fact("cause")
    if cause.value is Cause.UNFILED_CUTOVER:
        return Established.of(False, Say("nobody filed it"), cause)
    if case.pair is not None and case.pair.cancelled:
        return Established.of(False, Say("its row says 取消"), case.pair.row.fact("status"))
    return None


def _first(case: Case, told: Promise, start: datetime) -> bool | None:
    """Whether both lie before `start`; a known publication with no filing time counts as filed then (D3)."""
    assert case.filing is not None
    filed = [before(fact.value, start) for fact in case.filing.filed if isinstance(fact, Known) or fact.unread]
    return both(alike(before(fact.value, start) for fact in told.published), *filed)


def _doubt(planned: bool | None, real: bool | None, actual: Known[Instant], in_good_time: object) -> list[Unknown]:
    """Where planned and actual start tell otherwise and that would turn the answer, a person has to look.

    Filed after the window began, though before the work did; or published in good time before the window, though after
    an actual start that lies as far ahead of it.
    """
    if planned is False and real is not False:
        why = Say("filed or published after the window began, and before the work did ({start})", start=actual.value)
    elif real is False and planned is not False and in_good_time is True:
        why = Say("the actual start {start} lies before a publication that is in good time; check 实际开始时间",
                  start=actual.value)  # fmt: skip
    else:
        return []
    return [Unknown("actual_start", why, actual.place)]


def _filed(case: Case, told: Promise, value: bool | None, *facts: Fact[Any], missing: list[Unknown]) -> Established:
    start = facts[0].value
    began = start.start if start is not None and not isinstance(start, Instant) else start
    said = [fact.value for fact in told.published if fact.value is not None]
    assert case.filing is not None
    filed = [fact.value for fact in case.filing.filed if fact.value is not None]
    if value is None:
        says = Say("nobody can say whether it was filed and published before it began")
        empty = [
            Unknown(f.field, PUBLISHED, f.place) for f in told.published if isinstance(f, Unknown) and not f.unread
        ]
        open_ = [Unknown("published_at", OPEN, told.published[0].place)]
        return Established.of(None, says, *facts, missing=missing or empty or open_)
    text = Say("filed {filed}, published {published}, begun {start}",
               filed=filed or None, published=said or None, start=began)  # fmt: skip
    return Established.of(value, text, *facts, cautions=_odd(filed, said))


def _odd(filed: list[Any], published: list[Any]) -> list[Say]:
    times = [value for value in published if isinstance(value, Instant)]
    if not times:
        return []
    if Word.NOT_FILED in filed:
        return [Say("未填报 stands beside a publication time")]
    late = [value for value in filed if isinstance(value, Instant) and value.at > max(t.latest for t in times)]
    return [Say("it was filed after it was published")] if late else []


def in_good_time(told: Promise, needed: Measure, workdays: Workdays) -> Established:
    """L: enough clear working days between publication and the day of the window's start, never the actual one (D1)."""
    if told.unclear is not None:
        return Established.unknown(told.unclear)
    if needed.lead is None or isinstance(told.window, Unknown):
        unpublished = told.published and all(isinstance(fact.value, Word) for fact in told.published)
        if unpublished and needed.lead is not None:
            return Established.of(False, Say("it was not published"), *told.published)
        return Established.unknown(needed.missing or told.window)  # type: ignore[arg-type]  # one of them is Unknown
    start = told.window.value.start
    value = alike(_early(fact, needed.lead, start, workdays) for fact in told.published)
    counted = [_counted(fact, needed.lead, start, workdays) for fact in told.published]
    needs = {"needed": unit_words(needed.lead), "day": start.date()}
    says = Say("published {published}: {needed} needed before {day}", published=counted, **needs)
    missing = [] if value is not None else [_open(fact, start, workdays) for fact in told.published]
    cautions = (*told.cautions, *needed.cautions)
    return Established.of(
        value, says, *told.published, told.window, missing=missing, values=needed.used, cautions=cautions
    )


def _early(fact: Fact[Any], needed: Lead, start: datetime, workdays: Workdays) -> bool | None:
    match fact.value:
        case Word():
            return False
        case Instant() as at:
            return ahead(at, start, needed.unit, workdays).at_least(needed.amount)
        case _:
            return None


def _counted(fact: Fact[Any], needed: Lead, start: datetime, workdays: Workdays) -> object:
    if not isinstance(fact.value, Instant):
        return fact.value
    count = range_words(ahead(fact.value, start, needed.unit, workdays), needed.unit)
    return Say("{day} ({count})", day=fact.value, count=count)


def _open(fact: Fact[Any], start: datetime, workdays: Workdays) -> Unknown:
    if isinstance(fact, Unknown):
        return fact if fact.unread else Unknown(fact.field, PUBLISHED, fact.place)
    years = workdays.unpublished(fact.value.day, start.date()) if isinstance(fact.value, Instant) else ()
    if years:
        why = Say("the calendar of {years} is not published; import it", years=[str(year) for year in years])
        return Unknown("calendar", why)
    return Unknown(fact.field, Say("the rows do not agree on 发布时间; mend the one that is wrong"), fact.place)


def contract_missed(case: Case, told: Promise, workdays: Workdays) -> tuple[Say, ...]:
    """The caution where the customer's contract asks for more than was kept; it binds CUT-04, not the answer."""
    agreed = case.customer.notice if case.customer else None
    if agreed is None or told.unclear is not None or isinstance(told.window, Unknown):
        return ()
    start = told.window.value.start
    if alike(_early(fact, agreed, start, workdays) for fact in told.published) is not False:
        return ()
    return (Say("the customer's contract asks for {agreed}, which was not kept", agreed=agreed),)


def overrun(case: Case, told: Promise) -> Established:
    """O: the works ended after the window, or (actual start known) took longer than it.

    Against the window as filed it is the same for all complaints about the task.
    """
    if told.unclear is not None or case.filing is None:
        return Established.unknown(told.unclear or case.no_task)
    filing, window = case.filing, told.window
    return (
        filing.once("overrun", lambda: _overrun(filing, window))
        if window is filing.window
        else _overrun(filing, window)
    )


def _overrun(filing: Filing, window: Fact[Window]) -> Established:
    start, end = filing.actual_start, filing.actual_end
    if isinstance(end, Unknown):
        why = end if end.unread else Unknown("actual_end", ENDED, end.place)
        return Established.unknown(why)
    if isinstance(window, Unknown):
        return Established.unknown(window)
    late = None if (met := _until(end.value, window.value.end)) is None else not met
    long = (
        False if isinstance(start, Unknown) else _longer(start.value, end.value, window.value.end - window.value.start)
    )
    value = True if True in (late, long) else both(late, long)
    if value is None:
        why = Unknown("actual_end", Say("the time of day decides; only the day is known"), end.place)
        return Established.unknown(why, end, window)
    says = Say("the work ended {end}, the window {window}", end=end.value, window=window.value.end)
    return Established.of(value, says, end, start, window)


def _longer(start: Instant, end: Instant, planned: timedelta) -> bool | None:
    if end.at - start.latest > planned:
        return True
    return False if end.latest - start.at <= planned else None


def _until(said: Instant, moment: datetime) -> bool | None:
    """Whether it was no later than a moment."""
    if said.at > moment:
        return False
    return True if said.latest <= moment else None


def within(case: Case, told: Promise, announced_binds: Measure) -> Established:
    """R: the interruption began inside the window and ended no later than it."""
    if told.unclear is not None or isinstance(told.window, Unknown):
        return Established.unknown(told.unclear or told.window)  # type: ignore[arg-type]  # one of them is Unknown
    complaint, window = case.complaint, told.window.value
    began: Any = complaint.fact("began_at")
    restored: Any = complaint.fact("restored_at")
    value = both(_since(began.value, window.start), _restored(case, window.end))
    lasted = _lasted(began.value, restored.value)
    kept = _announced(told.interruption, lasted) if lasted is not None else None
    cautions = list(announced_binds.cautions)
    if announced_binds.value is True and kept is False:
        value = both(value, kept)
    if value is True and kept is False:
        cautions.append(Say("announced {announced}, lasted {minutes} minutes",
                            announced=told.interruption.value, minutes=_minutes(lasted)))  # fmt: skip
    says = Say("interrupted {began} to {restored}, window {start} to {end}", began=began.value, restored=restored.value,
               start=window.start, end=window.end)  # fmt: skip
    missing = _unsaid(began, restored) if value is None else []
    return Established.of(
        value, says, began, restored, told.window, missing=missing, cautions=cautions, values=announced_binds.used
    )


def _since(began: Instant | None, start: datetime) -> bool | None:
    if began is None:
        return None
    if began.at >= start:
        return True
    return False if not began.whole_day or began.latest <= start else None


def _restored(case: Case, end: datetime) -> bool | None:
    restored = case.complaint.restored_at
    if isinstance(restored, Instant):
        return _until(restored, end)
    return False if restored is Word.NOT_RESTORED and case.complaint.reported_at.at > end else None


def _lasted(began: Instant | None, restored: object) -> timedelta | None:
    exact = isinstance(restored, Instant) and began is not None and not (began.whole_day or restored.whole_day)
    return restored.at - began.at if exact and began and isinstance(restored, Instant) else None


def _minutes(lasted: timedelta | None) -> int:
    return 0 if lasted is None else -(-lasted // MINUTE)


def _announced(interruption: Fact[Interruption], lasted: timedelta) -> bool | None:
    said = interruption.value
    if said is None or said.minutes is None:
        return None
    limit = said.minutes * MINUTE
    return lasted < limit if said.below else lasted <= limit


def _unsaid(began: Fact[Any], restored: Fact[Any]) -> list[Unknown]:
    """What would tell: the cells that are empty, or known by their day or 未恢复 only."""
    found = []
    if began.value is None or began.value.whole_day:
        found.append(Unknown("began_at", Say("when did the interruption begin? fill in 中断开始时间"), began.place))
    if not isinstance(restored.value, Instant) or restored.value.whole_day:
        found.append(Unknown("restored_at", Say("when was the service restored? fill in 恢复时间"), restored.place))
    return found
