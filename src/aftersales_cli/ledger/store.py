"""The ledger: what was issued and by which run. Only added to; a run counts once it is completed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, func, insert, select

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger import folders, schema, sqlite
from aftersales_cli.ledger.faults import told
from aftersales_cli.ledger.rows import (
    answer_given,
    answer_row,
    case_event,
    case_event_row,
    delivered,
    delivery_row,
    export_row,
    issued,
    judgement,
    judgement_row,
    notice_row,
    paper,
    paper_row,
    planned_row,
    planned_visit,
    recorded_run,
    run_row,
    visit_exported,
    visit_row,
    visited,
)
from aftersales_cli.ledger.run import RecordedRun, Run, Settled, State
from aftersales_cli.places import Problem
from aftersales_cli.records.events import (
    AnswerGiven,
    CaseEvent,
    Delivered,
    Issued,
    Judgement,
    Kept,
    Paper,
    PlannedVisit,
    Visited,
    VisitExported,
)
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from types import TracebackType

    from aftersales_cli.files.writing import RunFolder

BATCH = 1000  # values in one IN (…): databases limit them; rows put in at once
NOTHING_KEPT = Kept()


class Ledger:
    """An open ledger; made by `open_ledger`. Faults of the database are `Stop`.

    A run that writes takes the workspace's lock, calls `recover`, judges, writes its folder, and calls `issue`.
    """

    def __init__(self, engine: Engine, *, where: Path | str, read_only: bool) -> None:
        self._engine = engine
        self._where = where
        self._snapshot = engine.connect() if read_only else None

    def issued(self, task_nos: Collection[str] | None = None) -> tuple[Issued, ...]:
        """The notices of completed runs, oldest first; of these tasks only, where given."""
        query = (
            select(schema.notices).where(schema.notices.c.run_id.in_(_completed())).order_by(schema.notices.c.notice_no)
        )
        with self._reading() as connection:
            rows = [
                row
                for asked in _asked(query, schema.notices.c.task_no, task_nos)
                for row in connection.execute(asked).mappings()
            ]
        return tuple(issued(row) for row in sorted(rows, key=lambda row: row["notice_no"]))

    def each_issued(self) -> Iterator[Issued]:
        """All notices of completed runs, oldest first, one after the other: a nation's need not be held at once."""
        table = schema.notices
        query = select(table).where(table.c.run_id.in_(_completed())).order_by(table.c.notice_no)
        with self._reading() as connection:
            for row in connection.execute(query.execution_options(yield_per=BATCH)).mappings():
                yield issued(row)

    def deliveries(self, task_nos: Collection[str] | None = None) -> tuple[Delivered, ...]:
        """The receipts recorded, in that order; of these tasks only, where given."""
        table = schema.deliveries
        with self._reading() as connection:
            asked = _asked(select(table), table.c.task_no, task_nos)
            rows = [row for query in asked for row in connection.execute(query).mappings()]
        return tuple(delivered(row) for row in sorted(rows, key=lambda row: row["delivery_no"]))

    def record_deliveries(self, deliveries: Iterable[Delivered]) -> None:
        """Record receipts of notices that are in the ledger: all of them, or none."""
        with self._writing() as connection:
            rows = map(delivery_row, deliveries)
            while batch := list(islice(rows, BATCH)):
                connection.execute(insert(schema.deliveries), batch)

    def tasks(self) -> tuple[str, ...]:
        """The numbers of all tasks that completed runs told of or judged, sorted, as they were written then."""
        found: set[str] = set()
        with self._reading() as connection:
            for table in (schema.notices, schema.judgements):
                query = select(table.c.task_no).where(table.c.run_id.in_(_completed())).distinct()
                found.update(connection.execute(query).scalars())
        return tuple(sorted(found))

    def judgements(self, task_nos: Collection[str]) -> tuple[Judgement, ...]:
        """What completed runs made of these tasks, oldest first; a run that changed nothing for a task kept nothing."""
        table = schema.judgements
        asked = table.c.task_no.in_(sorted(task_nos)) & table.c.run_id.in_(_completed())
        with self._reading() as connection:
            rows = connection.execute(select(table).where(asked).order_by(table.c.judgement_no)).mappings().all()
        return tuple(judgement(row) for row in rows)

    def papers(self, sha256s: Collection[str]) -> tuple[Paper, ...]:
        """The papers of these digests that are kept, by kind and name."""
        table = schema.papers
        with self._reading() as connection:
            query = select(table).where(table.c.sha256.in_(sorted(sha256s))).order_by(table.c.kind, table.c.name)
            return tuple(paper(row) for row in connection.execute(query.order_by(table.c.sha256)).mappings())

    def case_events(self) -> tuple[CaseEvent, ...]:
        """What happened to cases of feedback, oldest first; what a run recorded with documents counts with that run."""
        table = schema.case_events
        counts = table.c.run_id.is_(None) | table.c.run_id.in_(_completed())
        with self._reading() as connection:
            rows = connection.execute(select(table).where(counts).order_by(table.c.case_event_no)).mappings().all()
        return tuple(case_event(row) for row in rows)

    def record_case_events(self, events: Iterable[CaseEvent]) -> None:
        """Record what happened without any document: all of it or nothing."""
        rows = [case_event_row(None, happened) for happened in events]
        if rows:
            with self._writing() as connection:
                connection.execute(insert(schema.case_events), rows)

    def answers(self) -> tuple[AnswerGiven, ...]:
        """The answers to complaints of completed runs, oldest first."""
        table = schema.answers
        query = select(table).where(table.c.run_id.in_(_completed())).order_by(table.c.answer_no)
        with self._reading() as connection:
            return tuple(answer_given(row) for row in connection.execute(query).mappings())

    def planned_visits(self, year: int) -> tuple[PlannedVisit, ...]:
        """The routine plan of a year, as the last completed run planned it, in its order; empty where none did."""
        table = schema.planned_visits
        of_year = (table.c.year == year) & table.c.run_id.in_(_completed())
        last = select(func.max(table.c.run_id)).where(of_year).scalar_subquery()
        query = select(table).where((table.c.year == year) & (table.c.run_id == last)).order_by(table.c.planned_no)
        with self._reading() as connection:
            return tuple(planned_visit(row) for row in connection.execute(query).mappings())

    def planned_years(self) -> tuple[int, ...]:
        """The years that a completed run has planned, in order."""
        table = schema.planned_visits
        query = select(table.c.year).where(table.c.run_id.in_(_completed())).distinct().order_by(table.c.year)
        with self._reading() as connection:
            return tuple(connection.scalars(query))

    def visits(self) -> tuple[Visited, ...]:
        """The records of visits, oldest first; what a run recorded with documents counts with that run."""
        table = schema.visits
        counts = table.c.run_id.is_(None) | table.c.run_id.in_(_completed())
        with self._reading() as connection:
            rows = connection.execute(select(table).where(counts).order_by(table.c.record_no)).mappings().all()
        return tuple(visited(row) for row in rows)

    def record_visits(self, visits: Iterable[Visited]) -> None:
        """Record visits without any document: all of them or none."""
        rows = [visit_row(None, each) for each in visits]
        if rows:
            with self._writing() as connection:
                connection.execute(insert(schema.visits), rows)

    def visit_exports(self) -> tuple[VisitExported, ...]:
        """Which visits' records went to the group system with completed runs, oldest first."""
        table = schema.visit_exports
        query = select(table).where(table.c.run_id.in_(_completed())).order_by(table.c.export_no)
        with self._reading() as connection:
            return tuple(visit_exported(row) for row in connection.execute(query).mappings())

    def issue(self, folder: RunFolder, run: Run, notices: Iterable[Issued], kept: Kept = NOTHING_KEPT) -> Path:
        """Publish a run's documents and record its notices, both or neither; gives the folder's final path.

        The order that loses nothing wherever it is cut: the folder is whole on the disk, the ledger knows of it, the
        folder gets its name, the ledger counts it. `recover` goes on from each of these points.
        """
        run_id = self.record_run(run.of(folder), notices, kept)
        final = folder.publish()
        self.complete(run_id, final.name)
        return final

    def record_run(self, run: Run, notices: Iterable[Issued], kept: Kept = NOTHING_KEPT) -> int:
        """Record a prepared run, all its notices and what it keeps beside them, or nothing; gives the run's id.

        `Stop` 75 where one of the notices (id and sequence) stands in the ledger already: another run was quicker.
        """
        with self._writing() as connection:
            made = connection.execute(insert(schema.runs).values(**run_row(run)).returning(schema.runs.c.run_id))
            run_id: int = made.scalar_one()
            rows = (notice_row(run_id, notice) for notice in notices)
            while batch := list(islice(rows, BATCH)):
                connection.execute(insert(schema.notices), batch)
            _keep(connection, run_id, kept)
            connection.execute(insert(schema.events).values(run_id=run_id, state=State.PREPARED.value))
            _refuse_twice(connection, run_id)
        return run_id

    def complete(self, run_id: int, final_name: str) -> None:
        """The run's folder has its final name: its notices are issued."""
        self._settle(run_id, State.COMPLETED, final_name)

    def recover(self, output: Path) -> list[Settled]:
        """Settle every run that was interrupted between `record_run` and `complete`; the caller holds the lock.

        Its folder there, under either name: completed. Else abandoned: its notices are as if never issued. `output` is
        where to look when the folder is not where the run made it.
        """
        known = self.runs()
        settled = []
        for run in (run for run in known if run.state is State.PREPARED):
            taken = frozenset(other.final_name for other in known if other.final_name is not None)
            folder = folders.brought_home(run.run, output, taken)
            state = State.ABANDONED if folder is None else State.COMPLETED
            self._settle(run.run_id, state, folder.name if folder else None)
            settled.append(Settled(run.run_id, state, folder))
        return settled

    def runs(self) -> tuple[RecordedRun, ...]:
        """All runs with their states, oldest first."""
        ends = select(schema.events).where(schema.events.c.state != State.PREPARED.value).subquery()
        counts = (
            select(schema.notices.c.run_id, func.count().label("notices")).group_by(schema.notices.c.run_id).subquery()
        )
        query = (
            select(schema.runs, ends.c.state, ends.c.final_name, func.coalesce(counts.c.notices, 0).label("notices"))
            .outerjoin(ends, ends.c.run_id == schema.runs.c.run_id)
            .outerjoin(counts, counts.c.run_id == schema.runs.c.run_id)
            .order_by(schema.runs.c.run_id)
        )
        with self._reading() as connection:
            return tuple(recorded_run(row) for row in connection.execute(query).mappings())

    def verify(self, output: Path | None = None) -> list[Problem]:
        """Compare the ledger with itself and with the run folders; `Stop` 74 where the database is damaged."""
        with self._reading() as connection:
            if connection.dialect.name == "sqlite":
                sqlite.check(connection, self._where)
            twice = connection.execute(_issued_twice()).all()
        known = self.runs()
        places = dict.fromkeys([run.run.output for run in known] + ([output.absolute()] if output else []))
        return [
            *(
                Problem(Say("notice {notice}, sequence {number}, was issued twice", notice=n, number=s))
                for n, s in twice
            ),
            *(problem for run in known for problem in folders.compared(run, output)),
            *folders.left_over(places, frozenset(run.run.temporary for run in known if run.state is State.PREPARED)),
        ]

    def close(self) -> None:
        """Give the database back; a second time does nothing."""
        if self._snapshot is not None:
            self._snapshot.close()
        self._engine.dispose()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _settle(self, run_id: int, state: State, final_name: str | None) -> None:
        with self._writing() as connection:
            connection.execute(insert(schema.events).values(run_id=run_id, state=state.value, final_name=final_name))

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self._where):
            if self._snapshot is not None:
                yield self._snapshot  # one transaction from the first question to the last
            else:
                with self._engine.begin() as connection:
                    yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        if self._snapshot is not None:
            raise ValueError("this ledger was opened to read")
        with told(self._where), self._engine.execution_options(writes=True).begin() as connection:
            yield connection


def _completed() -> Select[Any]:
    return select(schema.events.c.run_id).where(schema.events.c.state == State.COMPLETED.value)


def _keep(connection: Connection, run_id: int, kept: Kept) -> None:
    """Judgements of this run; a paper that is there already is not written again."""
    judgements = (judgement_row(run_id, each) for each in kept.judgements)
    while batch := list(islice(judgements, BATCH // 20)):  # each has all rows of its task
        connection.execute(insert(schema.judgements), batch)
    if kept.case_events:
        connection.execute(insert(schema.case_events), [case_event_row(run_id, each) for each in kept.case_events])
    if kept.answers:
        connection.execute(insert(schema.answers), [answer_row(run_id, each) for each in kept.answers])
    if kept.visits:
        connection.execute(insert(schema.visits), [visit_row(run_id, each) for each in kept.visits])
    if kept.planned:
        connection.execute(insert(schema.planned_visits), [planned_row(run_id, each) for each in kept.planned])
    if kept.exports:
        connection.execute(insert(schema.visit_exports), [export_row(run_id, each) for each in kept.exports])
    papers = {paper.sha256: paper for paper in kept.papers}
    known = select(schema.papers.c.sha256).where(schema.papers.c.sha256.in_(sorted(papers)))
    for there in connection.execute(known).scalars().all():
        del papers[there]
    if papers:
        connection.execute(insert(schema.papers), [paper_row(paper) for paper in papers.values()])


def _asked(query: Select[Any], column: ColumnElement[str], task_nos: Collection[str] | None) -> Iterator[Select[Any]]:
    if task_nos is None:
        yield query
        return
    asked = sorted(set(task_nos))
    for start in range(0, len(asked), BATCH):
        yield query.where(column.in_(asked[start : start + BATCH]))


def _issued_twice() -> Select[Any]:
    """Notices (id, sequence) that stand more than once in runs that are not abandoned."""
    notice = schema.notices.c
    abandoned = select(schema.events.c.run_id).where(schema.events.c.state == State.ABANDONED.value)
    return (
        select(notice.notice_id, notice.sequence)
        .where(notice.run_id.not_in(abandoned))
        .group_by(notice.notice_id, notice.sequence)
        .having(func.count() > 1)
    )


def _refuse_twice(connection: Connection, run_id: int) -> None:
    ours = select(schema.notices.c.notice_id).where(schema.notices.c.run_id == run_id)
    twice = connection.execute(_issued_twice().where(schema.notices.c.notice_id.in_(ours))).first()
    if twice is not None:
        raise Stop(
            Say("notice {notice}, sequence {number}, was issued by another run", notice=twice[0], number=twice[1]),
            hint=Say("run again: it will see what the other run did; nothing was recorded"),
            code=Exit.BUSY,
        )
