"""申告: what customers report of interruptions, and what was found to be the cause (R9–R14)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import cells, milestones, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import Cause, ComplaintKind, Instant, InstantOrWord


@record("complaints", "申告", "Complaints", identity=("complaint", "complaint_no"), unique="complaint_no")
class Complaint(Row):
    """One report of one circuit. An empty `cause` is 未查实; without `began_at` only `reported_at` is known (D4)."""

    complaint_no: str = column("申告编号", cells.code, english="Complaint number", aliases=("申告单号", "投诉编号"))
    kind: ComplaintKind | None = column(
        "类型", one_of.complaint_kind, english="Kind", aliases=("申告类型",), choices=tuple(ComplaintKind), default=None
    )
    customer_code: str | None = column("客户编码", cells.code, english="Customer code", example="K0001", default=None)
    circuit_code: str = column(
        "电路代号", cells.code, english="Circuit code", aliases=("电路编号", "项目代号"), example="北京上海30N2332NP"
    )
    province: str | None = column(
        "省份", cells.text, english="Province", vocabulary="provinces", aliases=("省",), default=None
    )
    reported_at: Instant = column("申告时间", moments.instant, english="Reported at", example="2011-06-08 02:10")
    began_at: Instant | None = column(
        "中断开始时间",
        moments.instant,
        english="Began at",
        aliases=("中断时间",),
        example="2011-06-08 02:00",
        default=None,
    )
    restored_at: InstantOrWord | None = column(
        "恢复时间", milestones.restored, english="Restored at", aliases=("业务恢复时间",), example="2011-06-08 02:25",
        default=None,
    )  # fmt: skip
    cause: Cause | None = column(
        "查实原因", one_of.cause, english="Verified cause", choices=tuple(Cause), example="割接", default=None
    )
    task_no: str | None = column("割接任务号", cells.code, english="Task number", aliases=("任务号",), default=None)
    text: str | None = column("内容", cells.text, english="Text", aliases=("申告内容",), default=None)
    source: Source = field(default=NOWHERE, compare=False)
