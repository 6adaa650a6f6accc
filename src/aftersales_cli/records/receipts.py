"""送达回执: that a notice reached its customer, or did not, as somebody confirmed (D3)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import amounts, cells, milestones
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import InstantOrWord
from aftersales_cli.words import Say


@record("receipts", "送达回执", "Receipts", identity=("task", "task_no"))
class Receipt(Row):
    """One delivery of a task's notice to a customer; no circuit codes means all of the notice."""

    task_no: str = column(
        "割接任务号", cells.code, english="Task number", aliases=("任务号",), example="JT2011SHJH000160"
    )
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    delivered_at: InstantOrWord = column(
        "送达时间", milestones.delivered, english="Delivered at", example="2011-05-27 10:30"
    )
    channel: str = column("送达方式", cells.text, english="Channel", vocabulary="channels", example="电话")
    confirmed_by: str = column("确认人", cells.text, english="Confirmed by")
    notice_id: str | None = column("通知编号", cells.code, english="Notice", default=None)
    sequence: int | None = column("版次", amounts.count, english="Sequence", aliases=("序号",), default=None)
    circuit_codes: tuple[str, ...] = column(
        "电路代号",
        cells.codes,
        english="Circuit codes",
        aliases=("电路编号", "项目代号"),
        note=Say("one or several circuit codes, separated by semicolons; none: all of the notice"),
        example="北京上海30N2332NP",
        default=(),
    )
    source: Source = field(default=NOWHERE, compare=False)
