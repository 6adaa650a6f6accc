"""割接: one row per task and circuit, as the initiating unit files it (R15)."""

from __future__ import annotations

from dataclasses import field

from aftersales_cli.records import amounts, cells, milestones, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import Category, Instant, InstantOrWord, Interruption, Status, Window
from aftersales_cli.words import Say


@record("cutovers", "割接", "Cutovers", identity=("task", "task_no"))
class Cutover(Row):
    """One circuit (or one set of resources) touched by one cutover task."""

    task_no: str = column(
        "割接任务号", cells.task_number, english="Task number", aliases=("任务号",), example="JT2011SHJH000160"
    )
    category: Category | None = column(
        "割接类别", one_of.category, english="Category", aliases=("类别",), choices=tuple(Category), default=None
    )
    window: Window = column(
        "割接时间",
        moments.window,
        english="Cutover time",
        parts=("割接开始时间", "割接结束时间"),
        example="20110608 00:00:00/20110608 06:00:00",
    )
    interruption: Interruption = column(
        "中断类型", amounts.interruption, english="Interruption type", example="中断: 30分钟"
    )
    province: str = column(
        "割接省",
        cells.text,
        english="Cutover province",
        vocabulary="provinces",
        strict=True,
        example="上海",
    )
    reason: str = column(
        "割接原因分类", cells.text, english="Reason category", vocabulary="reasons", example="外力施工",
        aliases=("割接原因",),
    )  # fmt: skip
    circuit_code: str | None = column(
        "电路代号",
        cells.code_lines,
        english="Circuit code",
        aliases=("电路编号", "项目代号"),
        example="北京上海30N2332NP",
        default=None,
        each=True,
    )
    resources: tuple[str, ...] = column(
        "割接资源",
        cells.codes,
        english="Resources",
        note=Say("one or several resources as the routes name them, separated by semicolons"),
        example="上海-北京OTN-01",
        default=(),
    )
    customer_name: str | None = column("客户名称", cells.text, english="Customer name", default=None)
    initiating_unit: str | None = column(
        "发起单位", cells.text, english="Initiating unit", aliases=("割接发起单位",), default=None
    )
    impact_range: str | None = column("影响范围", cells.text, english="Impact range", default=None)
    filed_at: InstantOrWord | None = column(
        "填报时间", milestones.filed, english="Filed at", example="2011-05-20 10:00", default=None
    )
    published_at: InstantOrWord | None = column(
        "发布时间", milestones.published, english="Published at", example="2011-05-25 09:00", default=None
    )
    actual_start: Instant | None = column("实际开始时间", moments.instant, english="Actual start", default=None)
    actual_end: Instant | None = column("实际结束时间", moments.instant, english="Actual end", default=None)
    status: Status | None = column("状态", one_of.status, english="Status", choices=tuple(Status), default=None)
    notice_ref: str | None = column("来源通知", cells.text, english="Carrier's notice", default=None)
    source: Source = field(default=NOWHERE, compare=False)
