"""Receipts in the ledger: they come back as they were recorded, all or none, and stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from aftersales_cli.ledger import sqlite
from aftersales_cli.records.events import Delivered, Reply
from aftersales_cli.records.values import Instant
from tests.ledger.samples import AS_OF, readable, writable

SAID = Delivered("N1", 2, "T1", "C001", Instant(AS_OF), "电话", "张三", ("X1", "Y1"), "回执.xlsx › 2", AS_OF)
NOT = replace(SAID, task_no="T2", delivered_at=None, circuit_codes=(), source="")
DAY = replace(SAID, task_no="T3", delivered_at=Instant(AS_OF.replace(hour=0), whole_day=True), reply=Reply.DECLINED)


def record(root: Path, *deliveries: Delivered) -> None:
    with writable(root) as ledger:
        ledger.record_deliveries(deliveries)


def test_receipts_come_back_in_their_order(tmp_path: Path) -> None:
    record(tmp_path, SAID, NOT)
    record(tmp_path, DAY)
    with readable(tmp_path) as ledger:
        assert ledger.deliveries() == (SAID, NOT, DAY)
        assert ledger.deliveries(["T3", "T1"]) == (SAID, DAY)


def test_of_a_recording_that_breaks_nothing_is_left(tmp_path: Path) -> None:
    def broken() -> Iterator[Delivered]:
        yield from [SAID] * 1500
        raise RuntimeError("halfway")

    with writable(tmp_path) as ledger, pytest.raises(RuntimeError):
        ledger.record_deliveries(broken())
    with readable(tmp_path) as ledger:
        assert ledger.deliveries() == ()


@pytest.mark.parametrize("statement", ["UPDATE deliveries SET channel = channel", "DELETE FROM deliveries"])
def test_a_receipt_cannot_be_changed_or_removed(tmp_path: Path, statement: str) -> None:
    record(tmp_path, SAID)
    engine = sqlite.writing(tmp_path / "ledger.sqlite3")
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        connection.execute(text(statement))
    engine.dispose()
