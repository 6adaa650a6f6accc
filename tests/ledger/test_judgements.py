"""What a run keeps beside its notices: judgements by task, papers once each, and only of runs that were completed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import text

from aftersales_cli.ledger import sqlite
from aftersales_cli.records.events import Judgement, Kept, Paper
from tests.ledger.samples import RUN, filled, notice, readable, writable

CARD = Paper("card", "CUT-04.yaml", b"id: CUT-04\r\n")
SAID = {"verdict": "met", "says": {"zh": "提前 6 个工作日", "en": "6 working days ahead"}}


def keep(root: Path, *judgements: Judgement, papers: tuple[Paper, ...] = (CARD,), number: int = 1) -> None:
    """A complete run with one notice that keeps these."""
    one = notice(number)
    with writable(root) as ledger:
        ledger.issue(filled(root, one), RUN, [one], Kept(judgements, papers))


def test_a_judgement_comes_back_with_its_run(tmp_path: Path) -> None:
    keep(tmp_path, Judgement("T1", SAID), Judgement("T2", {"verdict": "breached"}))

    with readable(tmp_path) as ledger:
        assert ledger.judgements(["T1"]) == (Judgement("T1", SAID, "1"),)


def test_tasks_that_were_only_judged_are_known_too(tmp_path: Path) -> None:
    keep(tmp_path, Judgement("T7", SAID))

    with readable(tmp_path) as ledger:
        assert ledger.tasks() == ("T1", "T7")


def test_a_paper_is_kept_byte_by_byte_and_once(tmp_path: Path) -> None:
    keep(tmp_path, papers=(CARD, CARD))
    keep(tmp_path, papers=(CARD, Paper("card", "CUT-04.yaml", b"id: CUT-04 \xff")), number=2)

    with readable(tmp_path) as ledger:
        other = Paper("card", "CUT-04.yaml", b"id: CUT-04 \xff")
        assert set(ledger.papers([CARD.sha256, other.sha256, "no such"])) == {CARD, other}


def test_an_interrupted_run_has_judged_nothing(tmp_path: Path) -> None:
    with writable(tmp_path) as ledger:
        ledger.record_run(RUN.of(filled(tmp_path)), [], Kept((Judgement("T1", SAID),)))

    with readable(tmp_path) as ledger:
        assert (ledger.tasks(), ledger.judgements(["T1"])) == ((), ())


def test_a_file_name_that_is_no_unicode_is_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xb8\xee\xbd\xd3.csv")
    keep(tmp_path, Judgement("T1", {"file": name}))

    with readable(tmp_path) as ledger:
        assert ledger.judgements(["T1"])[0].said == {"file": name}


@pytest.mark.parametrize("table", ["judgements", "papers"])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET {column} = {column}", "DELETE FROM {table}"])
def test_what_was_kept_cannot_be_changed_or_removed(tmp_path: Path, table: str, statement: str) -> None:
    keep(tmp_path, Judgement("T1", SAID))
    engine = sqlite.writing(tmp_path / "ledger.sqlite3")
    with engine.connect() as connection, pytest.raises(Exception, match="append-only"):
        column = connection.execute(text(f"SELECT name FROM pragma_table_info('{table}')")).scalars().first()
        connection.execute(text(statement.format(table=table, column=column)))
    engine.dispose()
