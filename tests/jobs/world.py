"""A small invented world for the cutover jobs: its tables as rows, written as CSV, and the reports told in short."""

from __future__ import annotations

import atexit
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from aftersales_cli.cli.output import envelope
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.check import Wishes as CheckWishes
from aftersales_cli.jobs.check import check
from aftersales_cli.jobs.desk import Desk, Given
from aftersales_cli.jobs.notify import Outcome, Wishes, notify
from aftersales_cli.jobs.report import Report
from aftersales_cli.ledger import open_ledger
from aftersales_cli.records.events import Issued
from aftersales_cli.records.values import BEIJING
from aftersales_cli.workspace import Workspace

Row = dict[str, str]
TASK = "BD2011SHJH000001"
WINDOW = "20110608 00:00:00/20110608 06:00:00"
SENDER = {"unit": "网运部", "name": "", "phone": "021-10000", "email": ""}
EARLY = "2011-05-27T09:00"
"""Six clear working days before the window of every row that names none."""


def cut(circuit: str = "X1", task: str = TASK, **cells: str) -> Row:
    """A row of cutovers: circuit and task, and what differs from a planned half hour in Shanghai on 8 June 2011."""
    row = {
        "割接任务号": task,
        "割接时间": WINDOW,
        "中断类型": "中断: 30分钟",
        "割接省": "上海",
        "割接原因分类": "外力施工",
    }
    return row | {"电路代号": circuit} | cells


def customer(code: str, name: str, **cells: str) -> Row:
    """A row of customers who can be reached by telephone."""
    return {
        "客户编码": code,
        "客户名称": name,
        "客户级别": "省级",
        "总部所在地": "上海",
        "联系电话": f"021-1000{code[1:]}",
    } | cells


def circuit(code: str, owner: str, **cells: str) -> Row:
    """A row of the inventory."""
    return {"电路代号": code, "客户编码": owner} | cells


def hop(circuit: str, resource: str, path: str = "主用", **cells: str) -> Row:
    """A row of routes."""
    return {"电路代号": circuit, "路径": path, "资源": resource} | cells


def assured(owner: str = "K1", level: str = "二级", **cells: str) -> Row:
    """A row of assurances, by default over the window of every cutover."""
    return {"客户编码": owner, "重保级别": level, "开始时间": "2011-06-01", "结束时间": "2011-06-30"} | cells


RENDERERS = Renderers()
"""The children that render, shared as the reader is; they end with the tests."""
atexit.register(RENDERERS.__exit__, None, None, None)


@contextmanager
def one_reader() -> Iterator[Confined]:
    """A reader that many runs share: starting one takes longer than all they read."""
    with Confined() as shared:
        yield shared


class _Shared:
    """Shared children as each run opens and leaves them."""

    def __init__(self, children: Any) -> None:
        self.children = children

    def __enter__(self) -> Any:
        return self.children

    def __exit__(self, *_: object) -> None:
        return None


@dataclass(frozen=True)
class SharedDesk(Desk):
    """A desk that reads with `shared`."""

    shared: Any = None

    def reader(self) -> Any:
        """The shared reader, left running."""
        return _Shared(self.shared)

    def renderers(self) -> Any:
        """The shared ones, left running."""
        return _Shared(RENDERERS)


@dataclass
class World:
    """One workspace in `root`. A table is written anew for every run; `raw` are bytes in its place, `gone` no file."""

    root: Path
    shared: Confined
    cutovers: list[Row] = field(default_factory=lambda: [cut()])
    customers: list[Row] = field(
        default_factory=lambda: [customer("K1", "甲公司"), customer("K2", "乙公司"), customer("K3", "丙公司")]
    )
    circuits: list[Row] = field(
        default_factory=lambda: [circuit("X1", "K1"), circuit("Y1", "K1"), circuit("X2", "K2"), circuit("X3", "K3")]
    )
    routes: list[Row] | None = None
    assurances: list[Row] | None = None
    feedback: list[Row] | None = None
    departments: list[Row] | None = field(
        default_factory=lambda: [{"部门名称": "政企部", "角色": "政企客户部", "联系邮箱": "desk@carrier.example"}]
    )
    raw: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    settings: dict[str, Any] = field(default_factory=lambda: {"sender": dict(SENDER)})
    patterns: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def write(self) -> None:
        """Put every table into its file."""
        for table, rows in self.tables().items():
            path = self.root / f"{table}.csv"
            if table in self.gone:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(self.raw.get(table) or text(rows).encode())

    def tables(self) -> dict[str, list[Row]]:
        """The tables that are there."""
        named = ("cutovers", "customers", "circuits", "routes", "assurances", "feedback", "departments")
        return {table: rows for table in named if (rows := getattr(self, table)) is not None}

    def desk(self, as_of: str = EARLY, given: Given | None = None) -> Desk:
        """The desk at that moment."""
        inputs = {table: (f"{table}.csv",) for table in self.tables()} | self.patterns
        workspace = Workspace(root=self.root, output=self.root / "out", inputs=inputs, **self.settings)
        at = datetime.fromisoformat(as_of).replace(tzinfo=BEIJING)
        return SharedDesk(workspace, at, workspace.province, given or Given(), self.shared)

    def notify(self, as_of: str = EARLY, **wishes: Any) -> Report:
        """Write the tables and notify."""
        self.write()
        return notify(self.desk(as_of), Wishes(**wishes))

    def check(self, as_of: str = EARLY, *numbers: str) -> Report:
        """Write the tables and check."""
        self.write()
        return check(self.desk(as_of), CheckWishes(numbers))

    def issued(self) -> tuple[Issued, ...]:
        """What the ledger holds."""
        with open_ledger("sqlite:///ledger.sqlite3", root=self.root, create=False, read_only=True) as ledger:
            return ledger.issued()


def text(rows: Sequence[Row]) -> str:
    """Rows as CSV, a column for every key any row has."""
    headings = list(dict.fromkeys(key for row in rows for key in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, headings, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def changes(report: Report) -> dict[tuple[str, str | None], tuple[str, int]]:
    """What each customer gets: (task's last digit, code) → (change, sequence); the department is None."""
    outcome = report.view
    assert isinstance(outcome, Outcome)
    return {
        (notice.task.name[-1], message.code): (notice.change.value, notice.sequence)
        for message in outcome.messages
        for notice in message.notices
    }


def fates(report: Report) -> dict[tuple[str, str | None], str]:
    """The fate of every pair: (task's last digit, circuit) → notified, department, exempt or held."""
    outcome = report.view
    assert isinstance(outcome, Outcome)
    return {(one.task[-1], one.circuit_code): one.fate.value for one in outcome.account.became}


def why(report: Report, fate: str) -> list[str]:
    """The reasons given for the pairs of one fate."""
    listed = report.summary[fate]
    assert isinstance(listed, Sequence)
    return [str(each["why"]) for each in listed]


def accounting(report: Report) -> Mapping[str, int]:
    """circuits, notified, department, exempt, held; checked to balance."""
    counts: Any = report.summary["accounting"]
    assert counts["circuits"] == counts["notified"] + counts["department"] + counts["exempt"] + counts["held"]
    return dict(counts)


def json(report: Report) -> Any:
    """The report as scripts get it."""
    return envelope(report)


def item(report: Report, code: str | None) -> Any:
    """The JSON item of one customer."""
    (found,) = [each for each in json(report)["items"] if each["customer_code"] == code]
    return found


def errors(report: Report) -> list[tuple[str | None, int | None, tuple[str, ...]]]:
    """The problems that hold something: (field, row or line, held)."""
    return [
        (p.field, (p.place.row or p.place.line) if p.place else None, p.held)
        for p in report.problems
        if p.severity == "error"
    ]
