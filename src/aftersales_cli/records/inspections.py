"""巡检: what inspections of customers' circuits found, and what was proposed (R39)."""

from __future__ import annotations

import datetime
from dataclasses import field

from aftersales_cli.records import cells, moments
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record


@record("inspections", "巡检", "Inspections", identity=("inspection", "inspection_no"), unique="inspection_no")
class Inspection(Row):
    """One finding of one inspection; open until `closed_on`. No circuit means the customer's site."""

    inspection_no: str = column("巡检编号", cells.code, english="Inspection number")
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    circuit_code: str | None = column(
        "电路代号", cells.code, english="Circuit code", aliases=("电路编号", "项目代号"), default=None
    )
    date: datetime.date = column("巡检日期", moments.day, english="Date", aliases=("日期",), example="2026-03-05")
    finding: str | None = column("问题", cells.text, english="Finding", aliases=("发现问题",), default=None)
    hazard: str | None = column("隐患", cells.text, english="Hazard", aliases=("存在隐患",), default=None)
    proposal: str | None = column("建议", cells.text, english="Proposal", aliases=("解决建议",), default=None)
    closed_on: datetime.date | None = column("关闭日期", moments.day, english="Closed on", default=None)
    source: Source = field(default=NOWHERE, compare=False)
