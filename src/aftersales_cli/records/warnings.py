"""预警: warnings about customers from other systems, or from before `warning publish` was used (R22–R24, R72)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import cells, moments
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import Instant
from aftersales_cli.words import Say


@record("warnings", "预警", "Warnings", identity=("warning", "warning_no"), unique="warning_no")
class CustomerWarning(Row):
    """One warning; `responsible_place` may be several places, a `valid_until` without a time is the end of its day."""

    warning_no: str = column("预警编号", cells.code, english="Warning number")
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    level: str = column(
        "预警级别", cells.text, english="Level", vocabulary="warning_levels", strict=True, example="橙色"
    )
    issued_at: Instant = column(
        "发布时间", moments.instant, english="Issued at", aliases=("预警发布时间",), example="2026-02-13 10:00"
    )
    valid_until: Instant | None = column(
        "有效期至", moments.instant, english="Valid until", aliases=("预警有效期",), example="2026-05-13", default=None
    )
    responsible_place: tuple[str, ...] = column(
        "责任省市",
        cells.names,
        english="Responsible place",
        note=Say("one or several provinces or cities, separated by semicolons"),
        example="上海；广东深圳",
        default=(),
    )
    reason: str | None = column("预警原因", cells.text, english="Reason", default=None)
    scope: str | None = column("预警范围", cells.text, english="Scope", default=None)
    level_change_reason: str | None = column("级别变更原因", cells.text, english="Reason of the level's change",
                                             aliases=("预警级别变更原因",), default=None)  # fmt: skip
    measures: tuple[str, ...] = column(
        "已采取措施",
        cells.sentences,
        english="Measures",
        aliases=("措施",),
        note=Say("one or several measures, separated by semicolons"),
        example="更换光模块；加强巡检",
        default=(),
    )
    lifted_at: Instant | None = column("解除时间", moments.instant, english="Lifted at", default=None)
    lifted_because: str | None = column("解除原因", cells.text, english="Lifted because", default=None)
    source: Source = field(default=NOWHERE, compare=False)
