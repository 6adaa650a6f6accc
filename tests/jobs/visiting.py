"""A small invented desk in Shanghai that visits its customers; tables as rows, written as CSV for every run."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from aftersales_cli.files.confined import Confined
from aftersales_cli.jobs.desk import Desk, Given
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.visit_due import Wishes, due
from aftersales_cli.ledger import open_ledger
from aftersales_cli.ledger.store import Ledger
from aftersales_cli.records.values import BEIJING
from aftersales_cli.workspace import Workspace
from tests.jobs.world import Row, SharedDesk, text

NOW = "2026-03-20T09:00"
TABLES = ("customers", "warnings", "crises", "visits", "engineers")


def customer(code: str, name: str, **cells: str) -> Row:
    return {
        "客户编码": code, "客户名称": name, "客户级别": "省级", "总部所在地": "上海", "联系电话": "021-10000",
        "首席客户工程师": "示例甲",
    } | cells  # fmt: skip


def warning(number: str = "W1", **cells: str) -> Row:
    """An orange warning of K1, issued on 2 March 2026."""
    return {
        "预警编号": number, "客户编码": "K1", "预警级别": "橙", "发布时间": "2026-03-02 10:00",
        "有效期至": "2026-06-30",
    } | cells  # fmt: skip


def crisis(number: str = "C1", **cells: str) -> Row:
    """A crisis of K1, on 16 March 2026."""
    return {"危机编号": number, "客户编码": "K1", "发生时间": "2026-03-16 08:00", "表现形式": "网络故障"} | cells


def visit(number: str, on: str, **cells: str) -> Row:
    """A visit on site to K1 in Shanghai."""
    return {
        "走访编号": number, "客户编码": "K1", "走访类型": "例行", "走访日期": on, "走访地": "上海", "走访方式": "上门",
    } | cells  # fmt: skip


@dataclass
class Office:
    """One workspace in `root`; `province` is the desk's."""

    root: Path
    shared: Confined
    customers: list[Row] = field(default_factory=lambda: [customer("K1", "甲公司"), customer("K2", "乙公司")])
    warnings: list[Row] = field(default_factory=list)
    crises: list[Row] = field(default_factory=list)
    visits: list[Row] = field(default_factory=list)
    engineers: list[Row] = field(default_factory=lambda: [{"姓名": "示例丁", "省份": "广东", "城市": "深圳"}])
    province: str | None = "上海"
    settings: dict[str, Any] = field(default_factory=dict)

    def desk(self, as_of: str = NOW, given: Given | None = None) -> Desk:
        """Write the tables that have rows; the desk at that moment."""
        inputs = {}
        for table in TABLES:
            rows = getattr(self, table)
            if rows:
                (self.root / f"{table}.csv").write_text(text(rows), encoding="utf-8")
                inputs[table] = (f"{table}.csv",)
        workspace = Workspace(root=self.root, output=self.root / "out", inputs=inputs, **self.settings)
        at = datetime.fromisoformat(as_of).replace(tzinfo=BEIJING)
        return SharedDesk(workspace, at, self.province, given or Given(), self.shared)

    def due(self, as_of: str = NOW, *customers: str) -> Report:
        """What is owed."""
        return due(self.desk(as_of), Wishes(customers))

    def ledger(self) -> Ledger:
        """To read; close it."""
        return open_ledger("sqlite:///ledger.sqlite3", root=self.root, create=False, read_only=True)


def rows(report: Report) -> list[tuple[str, str, str, bool | None]]:
    """Kind, place, day and whether it is overdue, of each item."""
    return [
        (str(i["kind"].value), i["place"], str(i["due_by"]), i["overdue"])  # type: ignore[attr-defined, misc]
        for i in report.items
    ]


def held(report: Report) -> list[tuple[str | None, tuple[str, ...]]]:
    """The field and what is held of each error."""
    return [(p.field, p.held) for p in report.problems if p.severity == "error"]
