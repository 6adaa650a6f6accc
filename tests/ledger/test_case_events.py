"""Events of cases: with a run's documents they count when it is completed, without any at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from aftersales_cli.records.events import CaseEvent, Happened, Kept
from tests.ledger.samples import AS_OF, RUN, filled, readable, writable

RECEIVED = CaseEvent(
    "F1", "疑问", "C001", None, Happened.RECEIVED, AS_OF, AS_OF, {"text": "何时完成？", "circuit_codes": ["X1"]}
)
FORWARDED = CaseEvent("F2", "重保要求", "C001", "T1", Happened.FORWARDED, AS_OF, AS_OF, {"level": "二级"}, ("a.html",))


def test_what_was_recorded_without_documents_is_read_back(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger:
        ledger.record_case_events([RECEIVED])
    with readable(tmp_path) as ledger:
        assert ledger.case_events() == (RECEIVED,)
        assert ledger.runs() == ()


def test_with_documents_it_counts_when_the_run_is_completed(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger, filled(tmp_path) as folder:
        run = ledger.record_run(RUN.of(folder), (), Kept(case_events=(FORWARDED,)))
        prepared = ledger.case_events()
        ledger.complete(run, folder.publish().name)

        assert prepared == ()
        assert [(each.event, each.files, each.run) for each in ledger.case_events()] == [
            (Happened.FORWARDED, ("a.html",), "1")
        ]


@pytest.mark.parametrize("act", ["DELETE FROM case_events", "UPDATE case_events SET kind = ''"])
def test_nobody_changes_them(tmp_path: Path, act: str) -> None:
    with writable(tmp_path) as ledger:
        ledger.record_case_events([RECEIVED])
    with (
        closing(sqlite3.connect(tmp_path / "ledger.sqlite3")) as other,
        pytest.raises(sqlite3.IntegrityError, match="append-only"),
    ):
        other.execute(act)


def test_nothing_to_record_writes_nothing(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger:
        ledger.record_case_events([])
        assert ledger.case_events() == ()
