"""客户意见: what customers answer to a notice: questions, wishes to move it, requests for protection (R4–R6)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import cells, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import FeedbackKind, Instant, Outcome
from aftersales_cli.words import Say


@record("feedback", "客户意见", "Feedback", identity=("feedback", "feedback_no"), unique="feedback_no")
class Feedback(Row):
    """One opinion of one customer; level, start, end and circuit codes are filled in for a 重保要求 only."""

    feedback_no: str = column("意见编号", cells.code, english="Feedback number")
    task_no: str | None = column("割接任务号", cells.code, english="Task number", aliases=("任务号",), default=None)
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    received_at: Instant = column("接收时间", moments.instant, english="Received at", example="2011-05-28 10:00")
    kind: FeedbackKind = column(
        "意见类型", one_of.feedback_kind, english="Kind", aliases=("类型",), choices=tuple(FeedbackKind), example="疑问"
    )
    text: str | None = column("内容", cells.text, english="Text", aliases=("意见内容",), default=None)
    outcome: Outcome | None = column(
        "处理结果", one_of.outcome, english="Outcome", choices=tuple(Outcome), example="处理中", default=None
    )
    unit_reason: str | None = column("发起单位原因说明", cells.text, english="The unit's reason", default=None)
    replied_at: Instant | None = column("答复时间", moments.instant, english="Replied at", default=None)
    level: str | None = column(
        "重保级别",
        cells.text,
        english="Level",
        vocabulary="assurance_levels",
        strict=True,
        example="二级",
        default=None,
    )
    start: Instant | None = column(
        "重保开始时间", moments.instant, english="Start", aliases=("开始时间",), default=None
    )
    end: Instant | None = column("重保结束时间", moments.instant, english="End", aliases=("结束时间",), default=None)
    circuit_codes: tuple[str, ...] = column(
        "电路代号",
        cells.codes,
        english="Circuit codes",
        aliases=("重保电路", "电路编号", "项目代号"),
        note=Say("one or several circuit codes, separated by semicolons; none: all of the customer's"),
        example="北京上海30N2332NP",
        default=(),
    )
    source: Source = field(default=NOWHERE, compare=False)
