"""故障: faults of circuits, how long they lasted and what was done (R28, R62, R79)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import cells, milestones, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import Instant, InstantOrWord


@record("faults", "故障", "Faults", identity=("fault", "fault_no"), unique="fault_no")
class Fault(Row):
    """One fault of one circuit; without `customer_code` it is its circuit's customer's (D6)."""

    fault_no: str = column("故障编号", cells.code, english="Fault number", aliases=("故障单号",))
    circuit_code: str = column(
        "电路代号", cells.code, english="Circuit code", aliases=("电路编号", "项目代号"), example="北京上海30N2332NP"
    )
    customer_code: str | None = column("客户编码", cells.code, english="Customer code", example="K0001", default=None)
    province: str | None = column(
        "省份", cells.text, english="Province", vocabulary="provinces", aliases=("省",), default=None
    )
    began_at: Instant = column(
        "故障开始时间",
        moments.instant,
        english="Began at",
        aliases=("故障时间", "中断开始时间"),
        example="2026-05-17 09:12",
    )
    restored_at: InstantOrWord | None = column(
        "恢复时间", milestones.restored, english="Restored at", aliases=("业务恢复时间",), example="2026-05-17 12:12",
        default=None,
    )  # fmt: skip
    rate: str | None = column("速率", cells.text, english="Rate", example="155M", default=None)
    cause: str | None = column("故障原因", cells.text, english="Cause", aliases=("原因",), default=None)
    handling: str | None = column("处理情况", cells.text, english="Handling", aliases=("处理过程",), default=None)
    self_recovered: bool | None = column(
        "是否自复", one_of.yes_no, english="Recovered by itself", aliases=("自复",), choices=("是", "否"), default=None
    )
    accepted_by: str | None = column("受理人", cells.text, english="Accepted by", aliases=("受理部门",), default=None)
    escalated_to: str | None = column("升级至", cells.text, english="Escalated to", default=None)
    escalated_at: Instant | None = column("升级时间", moments.instant, english="Escalated at", default=None)
    source: Source = field(default=NOWHERE, compare=False)
