"""How a case table's row of visits and what stands beside it become the visit that its rules judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import cast

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records import cells, moments, one_of
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.events import VisitExported
from aftersales_cli.records.values import BEIJING, CrisisForm, Instant, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.rules.book import Book
from aftersales_cli.visit.case import VisitCase
from aftersales_cli.visit.group_wide import FIELD, NOT_GIVEN
from aftersales_cli.visit.issue_words import wording_of
from aftersales_cli.visit.issues import told
from aftersales_cli.visit.sampling import moment
from aftersales_cli.visit.warned import Alarm, Chains, crisis_alarm, warning_alarm
from aftersales_cli.visit.whereabouts import Gazetteer

RECORD_EXTRAS = (
    "as_of", "customer_level", "cross_province", "warning_level", "demanded_rank", "measures", "exported_on",
    "earlier", "later_on", "later_says", "cross_domain",
)  # fmt: skip
"""What a case may say beside the row: customer, warning or crisis, issues of an earlier visit, a later visit.

`cross_domain` is whether a circuit of the customer's goes across domains: 是, 否 (so without it), 未知 (no circuits are
given) or 未读 (they could not be read).
"""
MONTH = timedelta(days=30)


def case_of_row(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> VisitCase:
    """The visit as a run would see it; without `as_of` the run is on the evening of the visit."""
    visit = cast("Visit", row)
    wording = wording_of(cast("Book", tools["book"]), visit.date, None)
    now = moment(extras) or datetime(visit.date.year, visit.date.month, visit.date.day, 18, tzinfo=BEIJING)
    customer = Customer(
        code=visit.customer_code,
        name="示例客户",
        level=extras.get("customer_level", "省级"),
        headquarters="上海",
        cross_province=one_of.yes_no(extras["cross_province"]) if "cross_province" in extras else None,
    )
    later = _later(visit, extras)
    known = (*_earlier(visit, extras), visit, *later)
    exported = [VisitExported(visit.visit_no, visit.customer_code, "", False, _at(text))
                for text in (extras.get("exported_on"),) if text]  # fmt: skip
    alarms = tuple(_alarms(visit, extras))
    chains = Chains(Gazetteer(cast("Vocabularies", tools["vocabularies"])["provinces"]), (), now)
    return VisitCase(visit, customer, now, told(known, wording).issues, later, alarms,
                     next(iter(exported), None), wording, _crossing(extras.get("cross_domain", "否")),
                     tuple(alarm for alarm in alarms if chains.serves(visit, alarm, customer)))  # fmt: skip


def _crossing(said: str) -> Fact[bool]:
    if said in ("未知", "未读"):
        return Unknown(FIELD, NOT_GIVEN, unread=said == "未读")
    return Known(FIELD, one_of.yes_no(said))


def _at(text: str) -> datetime:
    return moments.instant(text).at


def _earlier(visit: Visit, extras: Mapping[str, str]) -> tuple[Visit, ...]:
    """A visit a month before that raised these issues."""
    if "earlier" not in extras:
        return ()
    return (Visit(visit_no="V0", customer_code=visit.customer_code, kind=VisitKind.ROUTINE, date=visit.date - MONTH,
                  issues=cells.sentences(extras["earlier"])),)  # fmt: skip


def _later(visit: Visit, extras: Mapping[str, str]) -> tuple[Visit, ...]:
    if "later_on" not in extras:
        return ()
    return (Visit(visit_no="V9", customer_code=visit.customer_code, kind=VisitKind.FOLLOW_UP,
                  date=moments.day(extras["later_on"]), previous_issues=extras.get("later_says")),)  # fmt: skip


def _alarms(visit: Visit, extras: Mapping[str, str]) -> list[Alarm]:
    """A warning of that level, and a crisis where the customer demands a rank or measures were taken."""
    begun = Instant(datetime(visit.date.year, visit.date.month, visit.date.day, 8, tzinfo=BEIJING))
    found = []
    if "warning_level" in extras:
        found.append(warning_alarm(CustomerWarning(warning_no="W1", customer_code=visit.customer_code,
                                                   level=extras["warning_level"], issued_at=begun)))  # fmt: skip
    if "demanded_rank" in extras or "measures" in extras:
        found.append(crisis_alarm(Crisis(
            crisis_no="C1", customer_code=visit.customer_code, occurred_at=begun, form=CrisisForm.FAULT,
            demanded_rank=extras.get("demanded_rank"), measures=cells.sentences(extras.get("measures", "")),
        )))  # fmt: skip
    return found
