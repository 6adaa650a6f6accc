"""What a run puts into the ledger: its notices, and what it keeps beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger import schema
from aftersales_cli.ledger.case_rows import answer_row, case_event_row
from aftersales_cli.ledger.notice_rows import notice_row
from aftersales_cli.ledger.queries import BATCH, issued_twice
from aftersales_cli.ledger.run import Run, State
from aftersales_cli.ledger.run_rows import judgement_row, paper_row, run_row
from aftersales_cli.ledger.visit_rows import export_row, open_row, planned_row, visit_row
from aftersales_cli.records.events import Issued, Kept, Paper
from aftersales_cli.words import Say


def put(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]], *, at_once: int = BATCH) -> None:
    """Add rows to a table, so many at once."""
    left = iter(rows)
    while batch := list(islice(left, at_once)):
        connection.execute(insert(table), batch)


def put_run(connection: Connection, run: Run, notices: Iterable[Issued], kept: Kept) -> int:
    """Add a prepared run with all that it records; gives its id. `Stop` 75 where another run issued a notice of it."""
    made = connection.execute(insert(schema.runs).values(**run_row(run)).returning(schema.runs.c.run_id))
    run_id: int = made.scalar_one()
    put(connection, schema.notices, (notice_row(run_id, notice) for notice in notices))
    _keep(connection, run_id, kept)
    connection.execute(insert(schema.events).values(run_id=run_id, state=State.PREPARED.value))
    _refuse_twice(connection, run_id)
    return run_id


def _keep(connection: Connection, run_id: int, kept: Kept) -> None:
    judgements = (judgement_row(run_id, each) for each in kept.judgements)
    put(connection, schema.judgements, judgements, at_once=BATCH // 20)  # each has all rows of its task
    put(connection, schema.case_events, (case_event_row(run_id, each) for each in kept.case_events))
    put(connection, schema.answers, (answer_row(run_id, each) for each in kept.answers))
    put(connection, schema.visits, (visit_row(run_id, each) for each in kept.visits))
    put(connection, schema.planned_visits, (planned_row(run_id, each) for each in kept.planned))
    years = {*kept.plans, *(each.year for each in kept.planned), *(each.year for each in kept.open_visits)}
    put(connection, schema.plans, ({"run_id": run_id, "year": year} for year in sorted(years)))
    put(connection, schema.open_visits, (open_row(run_id, each) for each in kept.open_visits))
    put(connection, schema.visit_exports, (export_row(run_id, each) for each in kept.exports))
    _keep_papers(connection, kept.papers)


def _keep_papers(connection: Connection, kept: Iterable[Paper]) -> None:
    """A paper that is there already is not written again."""
    papers = {paper.sha256: paper for paper in kept}
    known = select(schema.papers.c.sha256).where(schema.papers.c.sha256.in_(sorted(papers)))
    for there in connection.execute(known).scalars().all():
        del papers[there]
    put(connection, schema.papers, (paper_row(paper) for paper in papers.values()))


def _refuse_twice(connection: Connection, run_id: int) -> None:
    ours = select(schema.notices.c.notice_id).where(schema.notices.c.run_id == run_id)
    twice = connection.execute(issued_twice().where(schema.notices.c.notice_id.in_(ours))).first()
    if twice is not None:
        raise Stop(
            Say("notice {notice}, sequence {number}, was issued by another run", notice=twice[0], number=twice[1]),
            hint=Say("run again: it will see what the other run did; nothing was recorded"),
            code=Exit.BUSY,
        )
