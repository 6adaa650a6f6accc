"""重保: periods in which a customer's circuits are under key protection (R6–R8)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import cells, moments
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import DailyHours, Instant
from aftersales_cli.words import Say


@record("assurances", "重保", "Assurances")
class Assurance(Row):
    """One assurance period; no circuit codes means all of the customer's; `daily` narrows it to hours of the day."""

    assurance_no: str | None = column("重保编号", cells.code, english="Assurance number", default=None)
    customer_code: str = column("客户编码", cells.code, english="Customer code")
    level: str = column(
        "重保级别",
        cells.text,
        english="Level",
        vocabulary="assurance_levels",
        strict=True,
        example="二级",
    )
    start: Instant = column(
        "重保开始时间", moments.instant, english="Start", aliases=("开始时间",), example="2011-06-07 08:00"
    )
    end: Instant = column(
        "重保结束时间", moments.instant, english="End", aliases=("结束时间",), example="2011-06-10 20:00"
    )
    daily: DailyHours | None = column(
        "每日重保时段", moments.daily_hours, english="Daily hours", example="08:00-20:00", default=None
    )
    circuit_codes: tuple[str, ...] = column(
        "电路代号",
        cells.codes,
        english="Circuit codes",
        aliases=("重保电路", "电路编号", "项目代号"),
        note=Say("one or several circuit codes, separated by semicolons; none: all of the customer's"),
        example="北京上海30N2332NP",
        default=(),
    )
    requested_at: Instant | None = column("要求时间", moments.instant, english="Requested at", default=None)
    reason: str | None = column("重保原因", cells.text, english="Reason", aliases=("原因",), default=None)
    source: Source = field(default=NOWHERE, compare=False)
