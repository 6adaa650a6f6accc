"""The ledger: what was issued and by which run. Only added to; a run counts once it is completed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, Engine, RowMapping, Select, Table, insert, select

from aftersales_cli.ledger import folders, queries, schema, sqlite
from aftersales_cli.ledger.case_rows import answer_given, case_event, case_event_row
from aftersales_cli.ledger.faults import told
from aftersales_cli.ledger.notice_rows import delivered, delivery_row, issued
from aftersales_cli.ledger.recording import put, put_run
from aftersales_cli.ledger.run import RecordedRun, Run, Settled, State
from aftersales_cli.ledger.run_rows import judgement, paper, recorded_run
from aftersales_cli.ledger.visit_rows import open_visit, planned_visit, visit_exported, visit_row, visited
from aftersales_cli.places import Problem
from aftersales_cli.records.events import (
    AnswerGiven,
    CaseEvent,
    Delivered,
    Issued,
    Judgement,
    Kept,
    OpenVisit,
    Paper,
    PlannedVisit,
    Visited,
    VisitExported,
    YearsPlan,
)
from aftersales_cli.words import Say

if TYPE_CHECKING:
    from types import TracebackType

    from aftersales_cli.files.writing import RunFolder

R = TypeVar("R")
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
        table = schema.notices
        rows = self._rows_of_tasks(queries.of_completed(table), table, task_nos)
        return tuple(issued(row) for row in sorted(rows, key=lambda row: row["notice_no"]))

    def each_issued(self) -> Iterator[Issued]:
        """All notices of completed runs, oldest first, one after the other: a nation's need not be held at once."""
        query = queries.of_completed(schema.notices).execution_options(yield_per=queries.BATCH)
        with self._reading() as connection:
            for row in connection.execute(query).mappings():
                yield issued(row)

    def deliveries(self, task_nos: Collection[str] | None = None) -> tuple[Delivered, ...]:
        """The receipts recorded, in that order; of these tasks only, where given."""
        table = schema.deliveries
        rows = self._rows_of_tasks(select(table), table, task_nos)
        return tuple(delivered(row) for row in sorted(rows, key=lambda row: row["delivery_no"]))

    def record_deliveries(self, deliveries: Iterable[Delivered]) -> None:
        """Record receipts of notices that are in the ledger: all of them, or none."""
        with self._writing() as connection:
            put(connection, schema.deliveries, map(delivery_row, deliveries))

    def tasks(self) -> tuple[str, ...]:
        """The numbers of all tasks that completed runs told of or judged, sorted, as they were written then."""
        found: set[str] = set()
        with self._reading() as connection:
            for table in (schema.notices, schema.judgements):
                query = select(table.c.task_no).where(table.c.run_id.in_(queries.completed())).distinct()
                found.update(connection.execute(query).scalars())
        return tuple(sorted(found))

    def judgements(self, task_nos: Collection[str]) -> tuple[Judgement, ...]:
        """What completed runs made of these tasks, oldest first; a run that changed nothing for a task kept nothing."""
        table = schema.judgements
        return self._all(queries.of_completed(table).where(table.c.task_no.in_(sorted(task_nos))), judgement)

    def papers(self, sha256s: Collection[str]) -> tuple[Paper, ...]:
        """The papers of these digests that are kept, by kind and name."""
        table = schema.papers
        query = select(table).where(table.c.sha256.in_(sorted(sha256s)))
        return self._all(query.order_by(table.c.kind, table.c.name, table.c.sha256), paper)

    def case_events(self) -> tuple[CaseEvent, ...]:
        """What happened to cases of feedback, oldest first; what a run recorded with documents counts with that run."""
        return self._all(queries.that_count(schema.case_events), case_event)

    def record_case_events(self, events: Iterable[CaseEvent]) -> None:
        """Record what happened without any document: all of it or nothing."""
        self._record(schema.case_events, [case_event_row(None, happened) for happened in events])

    def answers(self) -> tuple[AnswerGiven, ...]:
        """The answers to complaints of completed runs, oldest first."""
        return self._all(queries.of_completed(schema.answers), answer_given)

    def planned_visits(self, year: int) -> tuple[PlannedVisit, ...]:
        """The routine plan of a year, as the last completed run planned it, in its order; empty where none did.

        Past visits of customers that have gone since are in it; superseded ones are not.
        """
        query = queries.of_plan(schema.planned_visits, year)
        return self._all(query.where(schema.planned_visits.c.superseded == 0), planned_visit)

    def open_visits(self, year: int) -> tuple[OpenVisit, ...]:
        """The visits of that plan for which there was no day or nobody, each with its slot and why."""
        return self._all(queries.of_plan(schema.open_visits, year), open_visit)

    def years_plan(self, year: int) -> YearsPlan:
        """All that a new plan of the year needs to know of those before it."""
        query = queries.of_plan(schema.planned_visits, year)
        return YearsPlan(
            self.planned_visits(year),
            self._all(query.where(schema.planned_visits.c.superseded == 1), planned_visit),
            self.open_visits(year),
            self._all(queries.of_plans_before(year), planned_visit),
        )

    def planned_years(self) -> tuple[int, ...]:
        """The years that a completed run has planned, in order."""
        with self._reading() as connection:
            return tuple(connection.scalars(queries.planned_years()))

    def visits(self) -> tuple[Visited, ...]:
        """The records of visits, oldest first; what a run recorded with documents counts with that run."""
        return self._all(queries.that_count(schema.visits), visited)

    def record_visits(self, visits: Iterable[Visited]) -> None:
        """Record visits without any document: all of them or none."""
        self._record(schema.visits, [visit_row(None, each) for each in visits])

    def visit_exports(self) -> tuple[VisitExported, ...]:
        """Which visits' records went to the group system with completed runs, oldest first."""
        return self._all(queries.of_completed(schema.visit_exports), visit_exported)

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
            return put_run(connection, run, notices, kept)

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
        return self._all(queries.runs(), recorded_run)

    def verify(self, output: Path | None = None) -> list[Problem]:
        """Compare the ledger with itself and with the run folders; `Stop` 74 where the database is damaged."""
        with self._reading() as connection:
            if connection.dialect.name == "sqlite":
                sqlite.check(connection, self._where)
            twice = connection.execute(queries.issued_twice()).all()
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

    def _all(self, query: Select[Any], made: Callable[[RowMapping], R]) -> tuple[R, ...]:
        """What is `made` of each row, in the query's order."""
        with self._reading() as connection:
            return tuple(made(row) for row in connection.execute(query).mappings())

    def _rows_of_tasks(self, query: Select[Any], table: Table, task_nos: Collection[str] | None) -> list[RowMapping]:
        """In parts, each in the query's order: sort them."""
        with self._reading() as connection:
            asked = queries.of_tasks(query, table.c.task_no, task_nos)
            return [row for part in asked for row in connection.execute(part).mappings()]

    def _record(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """All of them or none, and without any nothing is opened to be written."""
        if rows:
            with self._writing() as connection:
                put(connection, table, rows)

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
