"""What was recorded comes back as it was; runs count once they are completed; nothing is issued twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.ledger import State, open_ledger
from aftersales_cli.ledger.schema import Moment
from aftersales_cli.records.events import Change
from aftersales_cli.records.values import BEIJING
from tests.ledger.samples import AS_OF, NAME, RUN, filled, issue, notice, readable, writable


def test_a_notice_comes_back_as_it_was_issued(tmp_path: Path) -> None:
    issue(tmp_path, notice(1))

    with readable(tmp_path) as ledger:
        assert ledger.issued() == (replace(notice(1), run="1"),)


def test_a_departments_notice_has_no_customer(tmp_path: Path) -> None:
    issue(tmp_path, notice(1, customer_code=None, customer_name="政企客户部", recipients=(), despite={}, inputs={}))

    with readable(tmp_path) as ledger:
        (given_back,) = ledger.issued()
    assert (given_back.customer_code, given_back.recipients, given_back.despite) == (None, (), {})


def test_notices_come_oldest_first_over_runs(tmp_path: Path) -> None:
    issue(tmp_path, notice(2), notice(1))
    issue(tmp_path, notice(1, sequence=1, change=Change.UPDATE))

    with readable(tmp_path) as ledger:
        assert [(n.notice_id, n.sequence, n.run) for n in ledger.issued()] == [
            ("N2", 0, "1"),
            ("N1", 0, "1"),
            ("N1", 1, "2"),
        ]


def test_only_the_tasks_asked_for_come_back(tmp_path: Path) -> None:
    issue(tmp_path, notice(1), notice(2), notice(3))

    with readable(tmp_path) as ledger:
        assert [n.task_no for n in ledger.issued(["T3", "T1", "T1", "T9"])] == ["T1", "T3"]
        assert ledger.issued([]) == ()


def test_thousands_of_tasks_can_be_asked_for_at_once(tmp_path: Path) -> None:
    notices = [notice(number) for number in range(2500)]
    with writable(tmp_path) as ledger:
        ledger.issue(filled(tmp_path), RUN, notices)
        found = ledger.issued({n.task_no for n in notices} | {f"X{number}" for number in range(40_000)})

    assert [n.notice_id for n in found] == [n.notice_id for n in notices]


def test_notices_of_a_run_that_is_not_completed_were_not_issued(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger:
        run_id = ledger.record_run(RUN.of(filled(tmp_path, notice(1))), [notice(1)])
        assert ledger.issued() == ()
        ledger.complete(run_id, NAME)
        assert [n.notice_id for n in ledger.issued()] == ["N1"]


def test_a_run_keeps_what_it_stood_on(tmp_path: Path) -> None:
    folder = issue(tmp_path, notice(1), notice(2))

    with readable(tmp_path) as ledger:
        (recorded,) = ledger.runs()
    assert (recorded.run_id, recorded.state, recorded.notices) == (1, State.COMPLETED, 2)
    assert recorded.folder == folder
    assert recorded.run == replace(
        RUN,
        output=tmp_path / "out",
        temporary=recorded.run.temporary,
        name=NAME,
        manifest_sha256=recorded.run.manifest_sha256,
    )


def test_the_folders_number_is_kept(tmp_path: Path) -> None:
    issue(tmp_path, notice(1))
    issue(tmp_path, notice(2))

    with readable(tmp_path) as ledger:
        assert [run.folder.name for run in ledger.runs()] == [NAME, f"{NAME}-2"]


def test_a_run_may_hold_no_notice(tmp_path: Path) -> None:
    issue(tmp_path)

    with readable(tmp_path) as ledger:
        assert [(run.notices, run.state) for run in ledger.runs()] == [(0, State.COMPLETED)]


@pytest.mark.parametrize("completed", [pytest.param(True, id="completed"), pytest.param(False, id="still prepared")])
def test_a_notice_that_another_run_has_recorded_is_refused_with_its_whole_run(tmp_path: Path, completed: bool) -> None:
    with writable(tmp_path) as ledger:
        run_id = ledger.record_run(RUN.of(filled(tmp_path, notice(1))), [notice(1)])
        if completed:
            ledger.complete(run_id, NAME)
        with pytest.raises(Stop) as stopped:
            ledger.record_run(RUN.of(filled(tmp_path, notice(2), notice(1))), [notice(2), notice(1)])

        assert stopped.value.code is Exit.BUSY
        assert [run.run_id for run in ledger.runs()] == [run_id]


def test_a_notice_of_an_abandoned_run_can_be_issued_again(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger:
        folder = filled(tmp_path, notice(1))
        ledger.record_run(RUN.of(folder), [notice(1)])
        folder.discard()
        assert [settled.state for settled in ledger.recover(tmp_path / "out")] == [State.ABANDONED]

    issue(tmp_path, notice(1))
    with readable(tmp_path) as ledger:
        assert [n.run for n in ledger.issued()] == ["2"]


def test_without_a_ledger_a_judging_command_sees_an_empty_one_and_makes_none(tmp_path: Path) -> None:
    with readable(tmp_path) as ledger:
        assert (ledger.issued(), ledger.runs(), ledger.verify()) == ((), (), [])
    with open_ledger("sqlite:///ledger.sqlite3", root=tmp_path, create=False) as ledger:
        assert ledger.issued() == ()
        with pytest.raises(ValueError, match="opened to read"):
            ledger.record_run(RUN, [])

    assert list(tmp_path.iterdir()) == []


def test_reading_writes_nothing(tmp_path: Path) -> None:
    issue(tmp_path, notice(1))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with readable(tmp_path) as ledger:
        ledger.issued()
        ledger.verify()

    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_reader_sees_one_state_although_a_writer_goes_on(tmp_path: Path) -> None:
    issue(tmp_path, notice(1))
    with readable(tmp_path) as reader:
        before = reader.issued()
        issue(tmp_path, notice(2))

        assert reader.issued() == before
        assert len(reader.runs()) == 1
    with readable(tmp_path) as later:
        assert len(later.issued()) == 2


@given(st.datetimes(datetime(1992, 1, 1), datetime(9998, 1, 1), timezones=st.sampled_from([BEIJING, UTC])))  # noqa: DTZ001
def test_an_instant_is_kept_exactly_and_read_in_beijing_time(moment: datetime) -> None:
    kept, dialect = Moment(), sqlite.dialect()
    text = kept.process_bind_param(moment, dialect)

    assert text is not None
    assert text.endswith("+00:00")
    read = kept.process_result_value(text, dialect)
    assert read == moment
    assert read.tzinfo is BEIJING


def test_instants_sort_as_text() -> None:
    kept, dialect = Moment(), sqlite.dialect()
    moments = [AS_OF, AS_OF.replace(microsecond=5), AS_OF.astimezone(UTC).replace(hour=2)]

    assert sorted(moments) == moments
    texts = [str(kept.process_bind_param(moment, dialect)) for moment in moments]
    assert sorted(texts) == texts


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Moment().process_bind_param(datetime(2026, 6, 1), sqlite.dialect())  # noqa: DTZ001
