"""The year's plan as `visit due` needs it: which customer is to be seen in which slot (R19)."""

from __future__ import annotations

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.records.events import PlannedVisit
from aftersales_cli.visit.obligations import Planned


def planned_visits(desk: Desk) -> tuple[Planned, ...]:
    """The visits of this year's plan, as the ledger has it; none where no plan was made."""
    with desk.ledger(write=False) as ledger:
        return tuple(map(_planned, ledger.planned_visits(desk.as_of.year)))


def _planned(one: PlannedVisit) -> Planned:
    return Planned(one.customer_code, one.day, one.slot_from, one.slot_to, one.place or None, one.engineer or None)
