"""A desk at which complaints arrive: a world with tables of complaints and receipts, and its answers told in short."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.answer import Outcome, Wishes, answer
from aftersales_cli.jobs.report import Report
from aftersales_cli.ledger import open_ledger
from aftersales_cli.records.events import AnswerGiven
from tests.jobs.world import TASK, Row, World, cut, text

LATER = "2011-06-13T09:00"


def published(circuit: str = "X1", task: str = TASK, **cells: str) -> Row:
    """A row of work that was filed and published in good time, and ended in time."""
    return cut(
        circuit,
        task,
        **{"填报时间": "2011-05-24", "发布时间": "2011-05-25 09:00", "实际结束时间": "2011-06-08 05:30"} | cells,
    )


def complaint(number: str = "S1", circuit: str = "X1", **cells: str) -> Row:
    """A complaint of 25 minutes in the window of every cutover, verified to be one's."""
    row = {
        "申告编号": number,
        "电路代号": circuit,
        "申告时间": "2011-06-08 02:10",
        "中断开始时间": "2011-06-08 02:00",
        "恢复时间": "2011-06-08 02:25",
        "查实原因": "割接",
    }
    return row | cells


def received(customer: str = "K1", task: str = TASK, **cells: str) -> Row:
    """A receipt a fortnight ahead."""
    row = {
        "割接任务号": task,
        "客户编码": customer,
        "送达时间": "2011-05-25 10:00",
        "送达方式": "电话",
        "确认人": "张某",
    }
    return row | cells


@dataclass
class Desk:
    """A world with complaints and receipts; by default everything was done as it should be."""

    world: World
    complaints: list[Row] = field(default_factory=lambda: [complaint()])
    receipts: list[Row] = field(default_factory=lambda: [received()])
    files: dict[str, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world.cutovers = [published()]
        self.world.patterns = {"complaints": ("complaints.csv",), "receipts": ("receipts.csv",)}

    def write(self) -> None:
        """Put every table into its file; `files` in place of some."""
        self.world.write()
        for name, rows in (("complaints", self.complaints), ("receipts", self.receipts)):
            (self.world.root / f"{name}.csv").write_text(text(rows), encoding="utf-8")
        for name, content in self.files.items():
            (self.world.root / name).write_bytes(content)

    def answer(self, as_of: str = LATER, **wishes: Any) -> Report:
        """Write the tables and answer."""
        self.write()
        return answer(self.world.desk(as_of), Wishes(**wishes))

    def recorded(self) -> tuple[AnswerGiven, ...]:
        """What the ledger has of answers."""
        with open_ledger("sqlite:///ledger.sqlite3", root=self.world.root, create=False, read_only=True) as ledger:
            return ledger.answers()


def desk_of(root: Any, reader: Confined) -> Desk:
    """A desk in an empty folder."""
    return Desk(World(root, reader))


def given(report: Report) -> dict[str, tuple[str, str | None]]:
    """Number → answer and rule cited."""
    return {str(each["complaint_no"]): (str(each["answer"]), each["primary"]) for each in report.items}  # type: ignore[misc]


def letters(report: Report) -> dict[str, str]:
    """Number → what became of its letter."""
    return {str(each["complaint_no"]): str(each["letter"]) for each in report.items}


def outcome(report: Report) -> Outcome:
    """What people are shown."""
    assert isinstance(report.view, Outcome)
    return report.view
