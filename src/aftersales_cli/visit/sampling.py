"""How a case table's row and what stands beside it become what the rules of visiting judge."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from aftersales_cli.records import cells, moments
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.values import Manner, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.visit.warned import Chain, Chains, warning_alarm
from aftersales_cli.visit.whereabouts import Gazetteer

CHAIN_EXTRAS = ("as_of", "at", "visits", "joining")
"""What a case may say beside a warning: the run's moment, the place, the visits (`2026-02-20 上门 上海; …`)."""

AT_HOME = "上海"
CUSTOMER = Customer(code="K0001", name="示例客户", level="集团级", headquarters=AT_HOME, contact_phone="021-00000000")


def chain_of_row(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Chain:
    """The chain as a run would make it; `as_of` is the issue's moment, `at` the headquarters where not given."""
    alarm = warning_alarm(cast("CustomerWarning", row))
    now = moment(extras) or alarm.begun.value.at
    visits = tuple(_visits(extras.get("visits", "")))
    gazetteer = Gazetteer(cast("Vocabularies", tools["vocabularies"])["provinces"])
    made = Chains(gazetteer, visits, now)
    if "joining" in extras:
        where = gazetteer.place(extras["at"])
        found = made.joining(alarm, CUSTOMER, cells.sentences(extras["joining"]))
        return next((each for each in found if each.where == where), Chain(alarm, CUSTOMER, where, None, (), now))
    at = gazetteer.place(extras.get("at", AT_HOME))
    return next(each for each in made.of(alarm, CUSTOMER) if each.where == at)


def moment(extras: Mapping[str, str]) -> datetime | None:
    """The moment of the run, where the case says one."""
    return moments.instant(extras["as_of"]).at if "as_of" in extras else None


def _visits(written: str) -> list[Visit]:
    """`2026-02-20 上门 上海; 2026-03-01 电话 上海`."""
    found = []
    for number, text in enumerate(filter(None, map(str.strip, written.split(";"))), start=1):
        day, manner, where = text.split(" ")
        found.append(Visit(visit_no=f"V{number}", customer_code=CUSTOMER.code, kind=VisitKind.CRISIS,
                           date=moments.day(day), place_visited=where, manner=Manner(manner)))  # fmt: skip
    return found
