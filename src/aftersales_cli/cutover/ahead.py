"""How far ahead a publication lies, in the unit of a lead time (D1): a range where days are not published."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from aftersales_cli.records.values import Instant, Lead, LeadUnit
from aftersales_cli.words import Counted, Say
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.counting import Latest, Range

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def ahead(published: Instant, start: datetime, unit: LeadUnit, workdays: Workdays) -> Range:
    """Clear working days, clear calendar days, or whole hours from publication to the start of the window.

    Neither the day of publication nor the day of the window counts as a clear day. A publication known only by its day
    gives hours as a range from the end to the beginning of that day. Never below 0.
    """
    match unit:
        case LeadUnit.WORKING_DAYS:
            return workdays.clear_days_between(published.day, start.date())
        case LeadUnit.DAYS:
            days = max(0, (start.date() - published.day).days - 1)
            return Range(days, days)
        case LeadUnit.HOURS:
            return Range(max(0, (start - published.latest) // HOUR), max(0, (start - published.at) // HOUR))


def latest_day(lead: Lead, start: datetime, workdays: Workdays) -> Latest:
    """The last day on which publication is early enough (D1); for hours the day of the last moment."""
    match lead.unit:
        case LeadUnit.WORKING_DAYS:
            return workdays.latest_publication(start.date(), lead.amount)
        case LeadUnit.DAYS:
            day = start.date() - (lead.amount + 1) * DAY
        case LeadUnit.HOURS:
            day = (start - lead.amount * HOUR).date()
    return Latest(day, day)


def latest_moment(lead: Lead, start: datetime, workdays: Workdays) -> datetime:
    """The last moment that is early enough; for days the end of the last day that certainly is."""
    if lead.unit is LeadUnit.HOURS:
        return start - lead.amount * HOUR
    latest = latest_day(lead, start, workdays)
    return datetime.combine((latest.certainly_by or latest.possibly_by) + DAY, time(), start.tzinfo)


def unit_words(lead: Lead) -> Say:
    """The lead time in words."""
    match lead.unit:
        case LeadUnit.WORKING_DAYS:
            return Counted("{n} clear working day", "{n} clear working days", n=lead.amount)
        case LeadUnit.DAYS:
            return Counted("{n} clear day", "{n} clear days", n=lead.amount)
        case LeadUnit.HOURS:
            return Counted("{n} hour", "{n} hours", n=lead.amount)


def range_words(count: Range, unit: LeadUnit) -> Say:
    """A count in words: `5 clear working days`, or `5 to 7 clear working days` where unpublished days leave it open."""
    most = unit_words(Lead(count.possible, unit))
    return most if count.exact else Say("{certain} to {most}", certain=count.certain, most=most)
