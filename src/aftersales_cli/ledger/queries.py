"""What is asked of the ledger's tables: which rows count, and which stand more than once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, func, select

from aftersales_cli.ledger import schema
from aftersales_cli.ledger.run import State

BATCH = 1000  # values in one IN (…): databases limit them; rows put in or fetched at once


def completed() -> Select[Any]:
    """The ids of completed runs."""
    return select(schema.events.c.run_id).where(schema.events.c.state == State.COMPLETED.value)


def of_completed(table: Table) -> Select[Any]:
    """The rows that completed runs recorded, oldest first."""
    return select(table).where(table.c.run_id.in_(completed())).order_by(*table.primary_key)


def that_count(table: Table) -> Select[Any]:
    """The rows that were recorded without a run, or by a completed one, oldest first."""
    counts = table.c.run_id.is_(None) | table.c.run_id.in_(completed())
    return select(table).where(counts).order_by(*table.primary_key)


def of_tasks(query: Select[Any], column: ColumnElement[str], task_nos: Collection[str] | None) -> Iterator[Select[Any]]:
    """The query for these tasks only, in as many parts as it takes; once for all of them (None)."""
    if task_nos is None:
        yield query
        return
    asked = sorted(set(task_nos))
    for start in range(0, len(asked), BATCH):
        yield query.where(column.in_(asked[start : start + BATCH]))


def runs() -> Select[Any]:
    """All runs, oldest first, with their `state` (None: prepared), `final_name` and number of `notices`."""
    ends = select(schema.events).where(schema.events.c.state != State.PREPARED.value).subquery()
    counts = select(schema.notices.c.run_id, func.count().label("notices")).group_by(schema.notices.c.run_id).subquery()
    return (
        select(schema.runs, ends.c.state, ends.c.final_name, func.coalesce(counts.c.notices, 0).label("notices"))
        .outerjoin(ends, ends.c.run_id == schema.runs.c.run_id)
        .outerjoin(counts, counts.c.run_id == schema.runs.c.run_id)
        .order_by(schema.runs.c.run_id)
    )


def issued_twice() -> Select[Any]:
    """Notices (id, sequence) that stand more than once in runs that are not abandoned."""
    notice = schema.notices.c
    abandoned = select(schema.events.c.run_id).where(schema.events.c.state == State.ABANDONED.value)
    return (
        select(notice.notice_id, notice.sequence)
        .where(notice.run_id.not_in(abandoned))
        .group_by(notice.notice_id, notice.sequence)
        .having(func.count() > 1)
    )


def _last_plan(year: int) -> ColumnElement[int]:
    """The id of the last completed run that planned a year, though it found nobody to visit any more."""
    plans = schema.plans.c
    last = select(func.max(plans.run_id)).where(plans.year == year, plans.run_id.in_(completed()))
    return last.scalar_subquery()


def of_plan(table: Table, year: int) -> Select[Any]:
    """The rows of a year's last plan, in its order."""
    return select(table).where(table.c.year == year, table.c.run_id == _last_plan(year)).order_by(*table.primary_key)


def of_plans_before(year: int) -> Select[Any]:
    """Of each visit that some plan of the year had and the last has not: its row in the last plan that had it."""
    table = schema.planned_visits
    newest = select(func.max(table.c.planned_no)).where(table.c.year == year, table.c.run_id.in_(completed()))
    newest = newest.group_by(table.c.customer_code, table.c.number, table.c.out_of)
    rows = select(table).where(table.c.planned_no.in_(newest), table.c.run_id != _last_plan(year))
    return rows.order_by(*table.primary_key)


def planned_years() -> Select[Any]:
    """The years that a completed run has planned, in order."""
    plans = schema.plans.c
    return select(plans.year).where(plans.run_id.in_(completed())).distinct().order_by(plans.year)
