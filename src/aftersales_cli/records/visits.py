"""走访记录: visits made to customers, before, during and after (R26, R31–R42)."""

from __future__ import annotations

import datetime
from dataclasses import field

from aftersales_cli.records import cells, moments, one_of
from aftersales_cli.records.columns import NOWHERE, Row, Source, column, record
from aftersales_cli.records.values import Action, Manner, VisitKind
from aftersales_cli.words import Say


@record("visits", "走访记录", "Visits", identity=("visit", "visit_no"), unique="visit_no")
class Visit(Row):
    """One visit; only 上门 counts as on site (D7). `issues` and `progress` stand in the same order (R41)."""

    visit_no: str = column("走访编号", cells.code, english="Visit number", example="ZF20260312001")
    customer_code: str = column("客户编码", cells.code, english="Customer code", example="K0001")
    kind: VisitKind = column(
        "走访类型", one_of.visit_kind, english="Kind", aliases=("类型",), choices=tuple(VisitKind), example="例行"
    )
    date: datetime.date = column("走访日期", moments.day, english="Date", aliases=("日期",), example="2026-03-12")
    place_visited: str | None = column(
        "走访地", cells.text, english="Place", aliases=("走访地点", "place"), example="广东深圳", default=None
    )  # `place` itself says where a row stood
    manner: Manner | None = column(
        "走访方式",
        one_of.manner,
        english="Manner",
        aliases=("方式",),
        choices=tuple(Manner),
        example="上门",
        default=None,
    )
    led_by: str | None = column("带队人", cells.text, english="Led by", aliases=("走访人",), default=None)
    leader_rank: str | None = column(
        "带队领导级别",
        cells.text,
        english="Leader's rank",
        offers="leader_ranks",
        note=Say("a rank; one that is not in the list is a caution"),
        example="地市公司领导",
        default=None,
    )
    our_people: tuple[str, ...] = column(
        "我方人员", cells.names, english="Our people", example="示例甲；示例乙", default=()
    )
    customer_people: tuple[str, ...] = column(
        "客户方人员", cells.names, english="Customer's people", example="示例丙；示例丁", default=()
    )
    manager_present: bool | None = column(
        "客户经理参加", one_of.yes_no, english="Account manager present", choices=("是", "否"), default=None
    )
    data_check: str | None = column(
        "资料核对",
        cells.entries,
        english="Data check",
        note=Say("what was checked; what is wrong as field：old→new; several are separated by semicolons"),
        example="已核对；联系电话：021-11111111→021-22222222",
        default=None,
    )
    usage_changes: str | None = column(
        "业务变更",
        cells.text,
        english="Usage changes",
        note=Say("what changes in the customer's usage; 无 where nothing does"),
        example="下半年新增两条专线",
        default=None,
    )
    survivability: str | None = column("业务生存性", cells.text, english="Survivability", default=None)
    usage_shown: str | None = column(
        "使用与维护情况展示", cells.text, english="Usage and maintenance shown", default=None
    )
    materials: tuple[str, ...] = column(
        "提交材料",
        cells.names,
        english="Materials handed over",
        note=Say("one or several materials, separated by semicolons"),
        example="网络运行报告；一户一案手册",
        default=(),
    )
    staff_results: str | None = column("客户网管绩效材料", cells.text, english="Customer staff's results", default=None)
    friction: str | None = column("业务与网络部门矛盾", cells.text, english="Friction", default=None)
    inspection: str | None = column("巡检问题与建议", cells.text, english="Inspection findings", default=None)
    previous_issues: str | None = column(
        "上次问题解决情况",
        cells.entries,
        english="Previous issues",
        note=Say("issue：progress, or the issue's number at the last visit; several are separated by semicolons"),
        example="1：已解决；电路抖动：处理中",
        default=None,
    )
    issues: tuple[str, ...] = column(
        "客户反映问题",
        cells.sentences,
        english="Issues",
        note=Say("one or several issues, separated by semicolons"),
        example="电路抖动；账单迟到",
        default=(),
    )
    progress: tuple[str, ...] = column(
        "处理进展",
        cells.sentences,
        english="Progress",
        note=Say("the progress of the issues, in their order, separated by semicolons"),
        example="已更换光模块；处理中",
        default=(),
    )
    actions: tuple[Action, ...] = column(
        "优化与整改措施",
        cells.actions,
        english="Actions",
        aliases=("整改措施",),
        example="更换光模块|示例工程师|2026-03-31",
        default=(),
    )
    next_on: datetime.date | None = column(
        "下次走访日期", moments.day, english="Next visit on", aliases=("下次走访",), example="2026-06-12", default=None
    )
    next_manner: Manner | None = column(
        "下次走访方式", one_of.manner, english="Next visit's manner", choices=tuple(Manner), default=None
    )
    next_channel: str | None = column("下次走访途径", cells.text, english="Next visit's channel", default=None)
    next_agenda: str | None = column("下次走访内容", cells.text, english="Next visit's agenda", default=None)
    in_group_system: bool | None = column(
        "已录入集团系统", one_of.yes_no, english="In the group system", choices=("是", "否"), default=None
    )
    source: Source = field(default=NOWHERE, compare=False)
