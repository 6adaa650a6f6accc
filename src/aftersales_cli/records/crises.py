"""危机事件: what seriously hurt a customer's service, and how it was handled (R60–R65)."""

from __future__ import annotations

from dataclasses import field
from datetime import date

from aftersales_cli.records import amounts, cells, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import CrisisForm, Instant
from aftersales_cli.words import Say


@record("crises", "危机事件", "Crises", identity=("crisis", "crisis_no"), unique="crisis_no")
class Crisis(Row):
    """One event; `duration` in minutes, `services_down` how many services; a measure may name a place (R23)."""

    crisis_no: str = column("危机编号", cells.code, english="Crisis number", aliases=("危机事件编号",))
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    occurred_at: Instant = column("发生时间", moments.instant, english="Occurred at", example="2026-02-13 08:40")
    form: CrisisForm = column(
        "表现形式", one_of.crisis_form, english="Form", choices=tuple(CrisisForm), example="网络故障"
    )
    text: str | None = column("事件描述", cells.text, english="Text", aliases=("内容",), default=None)
    circuit_codes: tuple[str, ...] = column(
        "电路代号",
        cells.codes,
        english="Circuit codes",
        aliases=("电路编号", "项目代号"),
        example="北京上海30N2332NP",
        default=(),
    )
    duration: int | None = column(
        "持续时长", amounts.minutes, english="Duration in minutes", aliases=("历时",), example="180分钟", default=None
    )
    services_down: int | None = column("中断业务数", amounts.count, english="Services down", default=None)
    responsible_place: tuple[str, ...] = column(
        "责任省市",
        cells.names,
        english="Responsible place",
        note=Say("one or several provinces or cities, separated by semicolons"),
        example="上海；广东深圳",
        default=(),
    )
    accepted_by: str | None = column("受理人", cells.text, english="Accepted by", aliases=("受理部门",), default=None)
    escalated_to: str | None = column("升级至", cells.text, english="Escalated to", default=None)
    escalated_at: Instant | None = column("升级时间", moments.instant, english="Escalated at", default=None)
    demanded_rank: str | None = column(
        "客户要求级别",
        cells.text,
        english="Rank the customer demands",
        offers="leader_ranks",
        note=Say("a rank; one that is not in the list is a caution"),
        example="省公司领导",
        default=None,
    )
    measures: tuple[str, ...] = column(
        "干预措施",
        cells.sentences,
        english="Measures",
        aliases=("措施",),
        note=Say("one or several measures, separated by semicolons"),
        example="更换光模块；上海开通备用路由",
        default=(),
    )
    outcome: str | None = column("处理结果", cells.text, english="Outcome", default=None)
    lessons: str | None = column("经验教训", cells.text, english="Lessons", default=None)
    closed_on: date | None = column("关闭日期", moments.day, english="Closed on", aliases=("关闭时间",), default=None)
    source: Source = field(default=NOWHERE, compare=False)
