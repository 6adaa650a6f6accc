"""The year's plan as `visit due` needs it: which customer is to be seen in which slot (R19)."""

from __future__ import annotations

from aftersales_cli.jobs.desk import Desk
from aftersales_cli.visit.obligations import Planned


def planned_visits(desk: Desk) -> tuple[Planned, ...]:
    """The planned visits the desk knows of."""
    del desk
    return ()
