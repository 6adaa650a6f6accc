"""Invented runs and notices for the tests of the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from aftersales_cli.files.writing import RunFolder
from aftersales_cli.ledger import Run, open_ledger
from aftersales_cli.ledger.store import Ledger
from aftersales_cli.records.events import Change, Issued
from aftersales_cli.records.values import BEIJING

AS_OF = datetime(2026, 6, 1, 9, 0, tzinfo=BEIJING)
URL = "sqlite:///ledger.sqlite3"
NAME = "2026-06-01T0900-notify"
RUN = Run(
    command="cutover notify",
    as_of=AS_OF,
    run_at=AS_OF,
    rulebook="f00d",
    province="上海",
    version="0.1.0",
    inputs={"cutovers.xlsx": "ab12"},
)


def notice(number: int = 1, **given: object) -> Issued:
    """One notice of task T`number`, different in every field from what an empty row would be."""
    made = Issued(
        notice_id=f"N{number}",
        task_no=f"T{number}",
        customer_code="C001",
        customer_name="海港造船有限公司",
        sequence=0,
        change=Change.NEW,
        issued_at=AS_OF,
        published_at=AS_OF - timedelta(days=2),
        published_said=True,
        window_start=AS_OF + timedelta(days=9),
        window_end=AS_OF + timedelta(days=9, hours=6),
        interruption="中断: 30分钟",
        province="上海",
        reason="外力施工",
        circuit_codes=("北京上海30N0001NP", "HKG/CT-SHI/CT 30N001"),
        recipients=("desk@example.cn",),
        inputs={"cutovers": ("cutovers.xlsx",), "circuits": ("a.csv", "b.csv")},
        files=(f"C001/N{number}.txt",),
        despite={"ASR-1": "the customer agreed"},
    )
    return replace(made, **given)  # type: ignore[arg-type]  # the fields of Issued


def writable(root: Path) -> Ledger:
    """The ledger of a workspace in `root`, made where missing."""
    return open_ledger(URL, root=root, create=True)


def readable(root: Path) -> Ledger:
    """The same, as a judging command opens it."""
    return open_ledger(URL, root=root, create=False, read_only=True)


def filled(root: Path, *notices: Issued) -> RunFolder:
    """A run folder with one document per notice."""
    folder = RunFolder(root / "out", NAME)
    for each in notices:
        folder.write(f"C001/{each.notice_id}.txt", each.customer_name.encode())
    return folder


def issue(root: Path, *notices: Issued) -> Path:
    """A complete run with these notices; gives its folder."""
    with writable(root) as ledger:
        return ledger.issue(filled(root, *notices), RUN, notices)
