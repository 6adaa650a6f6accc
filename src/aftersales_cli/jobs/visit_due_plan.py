"""The year's plan as `visit due` needs it: which customer is to be seen in which slot (R19)."""

from __future__ import annotations

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.records.events import OpenVisit, PlannedVisit
from aftersales_cli.visit.obligations import Planned


def planned_visits(desk: Desk) -> tuple[Planned, ...]:
    """The visits of every year's plan up to the next one's, as the ledger has them; none where no plan was made.

    Those for which there was no day are among them. Earlier years count, too: what was missed in December is still
    owed in January (decision 0018).
    """
    with desk.ledger(write=False) as ledger:
        years = [year for year in ledger.planned_years() if year <= desk.as_of.year + 1]
        placed = [_planned(one) for year in years for one in ledger.planned_visits(year)]
        return (*placed, *(_open(one) for year in years for one in ledger.open_visits(year)))


def _planned(one: PlannedVisit) -> Planned:
    return Planned(one.customer_code, one.day, one.slot_from, one.slot_to, one.place or None, one.engineer or None)


def _open(one: OpenVisit) -> Planned:
    return Planned(one.customer_code, None, one.slot_from, one.slot_to, one.place, one.engineer, why=one.because)
