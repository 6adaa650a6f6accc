"""Visits, their plan and their exports as rows of the ledger, and back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import RowMapping

from aftersales_cli.records.events import OpenVisit, PlannedVisit, Visited, VisitExported
from aftersales_cli.words import LANGUAGES, Told


def visit_row(run_id: int | None, visited: Visited) -> dict[str, Any]:
    """The columns of one visit's record; its `run` is given by the run it is recorded with, if with any."""
    return {
        "run_id": run_id,
        "visit_no": visited.visit_no,
        "customer_code": visited.customer_code,
        "recorded_at": visited.recorded_at,
        "said": dict(visited.said),
        "source": visited.source,
    }


def visited(row: RowMapping) -> Visited:
    """A row of visits; `run` is the run's id as text, None where no document was written with it."""
    return Visited(
        visit_no=row["visit_no"],
        customer_code=row["customer_code"],
        said=row["said"],
        source=row["source"],
        recorded_at=row["recorded_at"],
        run=None if row["run_id"] is None else str(row["run_id"]),
    )


def export_row(run_id: int, exported: VisitExported) -> dict[str, Any]:
    """The columns of one export; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "visit_no": exported.visit_no,
        "customer_code": exported.customer_code,
        "exported_at": exported.exported_at,
        "content": exported.content,
        "again": int(exported.again),
    }


def visit_exported(row: RowMapping) -> VisitExported:
    """A row of exports; `run` is the run's id as text."""
    return VisitExported(
        visit_no=row["visit_no"],
        customer_code=row["customer_code"],
        content=row["content"],
        again=bool(row["again"]),
        exported_at=row["exported_at"],
        run=str(row["run_id"]),
    )


def planned_row(run_id: int, planned: PlannedVisit) -> dict[str, Any]:
    """The columns of one visit of a plan; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "year": planned.year,
        "customer_code": planned.customer_code,
        "number": planned.number,
        "out_of": planned.of,
        "day": planned.day.isoformat(),
        "place": planned.place,
        "engineer": planned.engineer,
        "slot_from": planned.slot_from.isoformat(),
        "slot_to": planned.slot_to.isoformat(),
        "content": list(planned.content),
        "filed": int(planned.filed),
        "provisional": int(planned.provisional),
        "sequence": planned.sequence,
        "role": planned.role,
        "unread": list(planned.unread),
        "superseded": int(planned.superseded),
    }


def planned_visit(row: RowMapping) -> PlannedVisit:
    """A row of planned visits; `run` is the run's id as text."""
    return PlannedVisit(
        year=row["year"],
        customer_code=row["customer_code"],
        number=row["number"],
        of=row["out_of"],
        day=date.fromisoformat(row["day"]),
        place=row["place"],
        engineer=row["engineer"],
        slot_from=date.fromisoformat(row["slot_from"]),
        slot_to=date.fromisoformat(row["slot_to"]),
        content=tuple(row["content"]),
        filed=bool(row["filed"]),
        provisional=bool(row["provisional"]),
        sequence=row["sequence"],
        run=str(row["run_id"]),
        role=row["role"],
        unread=tuple(row["unread"]),
        superseded=bool(row["superseded"]),
    )


def open_row(run_id: int, left: OpenVisit) -> dict[str, Any]:
    """The columns of one open visit of a plan; its `run` is given by the run it is recorded with."""
    return {
        "run_id": run_id,
        "year": left.year,
        "customer_code": left.customer_code,
        "number": left.number,
        "out_of": left.of,
        "place": left.place,
        "engineer": left.engineer,
        "slot_from": left.slot_from.isoformat(),
        "slot_to": left.slot_to.isoformat(),
        "because": {language: left.because.to(language) for language in LANGUAGES},
        "was": left.was and left.was.isoformat(),
        "unread": list(left.unread),
    }


def open_visit(row: RowMapping) -> OpenVisit:
    """A row of open visits; `run` is the run's id as text."""
    return OpenVisit(
        year=row["year"],
        customer_code=row["customer_code"],
        number=row["number"],
        of=row["out_of"],
        place=row["place"],
        engineer=row["engineer"],
        slot_from=date.fromisoformat(row["slot_from"]),
        slot_to=date.fromisoformat(row["slot_to"]),
        because=Told(row["because"]),
        was=date.fromisoformat(row["was"]) if row["was"] else None,
        unread=tuple(row["unread"]),
        run=str(row["run_id"]),
    )
