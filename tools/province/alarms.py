"""预警和危机: each for a reason: fresh, overdue, seen in time, over; and a few rows that cannot be right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tools.province import names
from tools.province.chance import chance
from tools.province.customers import ENGLISH
from tools.province.engineers import on_loan
from tools.province.model import Circuit, Customer
from tools.province.service import Crisis, Warned

HOME, AWAY = "总部", "责任地"
"""Where a visit was made: at the customer's headquarters, at the other responsible place."""
ON_SITE, PHONE = "上门", "电话"
GROUP, COMPANY, NETWORK, ENGINEER = "集团领导", "省公司领导", "省网运部领导", "客户工程师"


class Seen(NamedTuple):
    """One visit because of an alarm. `lacks` names what its record leaves out, see `crisis_visits.py`."""

    on: str
    where: str = HOME
    manner: str = ON_SITE
    rank: str = NETWORK
    lacks: str = ""
    kind: str = "危机"


class Story(NamedTuple):
    """One warning or crisis; `level` empty for a crisis. `far` says that another city is responsible, too."""

    about: str
    level: str
    issued: str
    until: str
    reason: str
    far: bool = False
    measures: str = "逐条排查路由单点；预警期内优先处理该客户的电路"
    seen: tuple[Seen, ...] = ()
    lifted: str = ""
    spoilt: str = ""
    demanded: str = ""
    form: str = "网络故障"


PLAN = "制定整改方案；逐条排查路由单点"
WARNINGS = (
    Story("红色，刚发布，两地都还没有走访", "红色", "2026-05-29 16:20", "2026-08-31", "一个月内四次中断", far=True),
    Story("橙色，两个工作日已过，没有人去过", "橙色", "2026-05-20 09:30", "2026-07-31", "两个月内三次故障"),
    Story("红色，每月都去了，下一次未到", "红", "2026年4月8日10时00分", "2026-07-08", "主用电路多次中断", measures=PLAN,
          seen=(Seen("2026-04-09", rank=COMPANY), Seen("2026-05-11", rank=COMPANY))),
    Story("橙色，第一次去了，以后再没有去", "橙色预警", "2026-03-16 11:00", "2026-06-30", "客户投诉升级", measures=PLAN,
          seen=(Seen("2026-03-17"),)),
    Story("橙色，只打了电话，不算上门", "橙色", "2026/5/26 15:40", "2026-08-26", "两个月内三次故障",
          seen=(Seen("2026-05-27", manner=PHONE, lacks="no plan"),)),
    Story("红色，总部去了，责任地没有去", "红色", "2026-05-27 08:50", "2026-08-27", "汇聚节点故障，两地同时中断",
          far=True, measures=PLAN, seen=(Seen("2026-05-28", rank=COMPANY),)),
    Story("措施点名外省两家公司配合走访，一家去了", "橙色", "2026-05-12 14:00", "2026-08-12", "跨省电路反复中断",
          measures="制定整改方案；请晗京、砺海公司配合走访当地分支机构",
          seen=(Seen("2026-05-13"), Seen("2026-05-21", where="砺海", manner=PHONE, rank=ENGINEER, kind="回访"))),
    Story("红色，带队的级别不够", "红色", "2026-05-18 10:10", "2026-07-18", "核心业务中断两小时", measures=PLAN,
          seen=(Seen("2026-05-19", rank=ENGINEER),)),
    Story("走访前没有整改方案", "橙色", "2026-04-27 09:00", "2026-07-27", "重大隐患", seen=(
        Seen("2026-04-28", lacks="no plan"), Seen("2026-05-25", lacks="no plan", kind="回访"))),
    Story("整改措施到期，没有回访", "橙色", "2026-03-02 09:00", "2026-05-02", "两个月内三次故障", measures=PLAN,
          seen=(Seen("2026-03-03"), Seen("2026-04-02", lacks="late"))),
    Story("整改措施没有责任人和期限", "橙色", "2026-05-14 17:30", "2026-08-14", "重大隐患", measures=PLAN,
          seen=(Seen("2026-05-18", lacks="nobody"),)),
    Story("已解除", "红色", "2026-02-26 09:00", "2026-06-30", "光缆两次被挖断", measures=PLAN,
          lifted="2026-05-20 17:00",
          seen=(Seen("2026-02-27", rank=COMPANY), Seen("2026-03-27", rank=COMPANY), Seen("2026-04-27", kind="回访"))),
    Story("已到期", "橙色", "2025-11-10 10:00", "2026-02-10", "客户投诉升级", measures=PLAN,
          seen=(Seen("2025-11-11"), Seen("2025-12-10"), Seen("2026-01-09", kind="回访"))),
    Story("去年的，按期走访、回访", "橙色", "2025-03-05 10:00", "2025-06-05", "两个月内三次故障", measures=PLAN,
          seen=(Seen("2025-03-06"), Seen("2025-04-03"), Seen("2025-05-06", kind="回访"))),
    Story("黄色，不要求走访", "黄色", "2026-05-25 10:00", "2026-06-25", "指标劣化", far=True),
    Story("蓝色，不要求走访", "蓝色", "2026-05-28 10:00", "2026-06-11", "关注"),
    Story("级别写成紫色", "紫色", "2026-05-21 10:00", "2026-06-21", "指标劣化"),
    Story("没有这个客户", "橙色", "2026-05-22 10:00", "2026-07-22", "两个月内三次故障", spoilt="KH-09999"),
    Story("有效期早于发布", "橙色", "2026-05-23 10:00", "2026-05-03", "客户投诉升级"),
    Story("责任地谁也不认识", "橙色", "2026-05-25 16:00", "2026-06-25", "接入层故障", measures=PLAN, spoilt="东片区",
          seen=(Seen("2026-05-26"),)),
)  # fmt: skip
CRISES = (
    Story("危机，两个工作日今天到，客户要求省公司领导", "", "2026-05-28 21:10", "", "总口电路中断，三个网点停业",
          far=True, demanded=COMPANY, measures="连夜抢修；制定整改方案"),
    Story("危机，集团领导已带队上门，等待回访", "", "2026-05-11 08:40", "", "省中心两条主用电路同时中断",
          demanded=GROUP, measures="上门致歉；制定整改方案；主备电路分开", seen=(Seen("2026-05-12", rank=GROUP),)),
    Story("去年的危机，已关闭", "", "2025-08-19 14:25", "2025-09-30", "雷击，全市网点中断", measures=PLAN,
          seen=(Seen("2025-08-20"), Seen("2025-09-18", kind="回访"))),
    Story("关闭早于发生", "", "2026-04-20 10:00", "2026-04-02", "客户强烈投诉", form="客户投诉"),
    Story("客户要求的级别不在词表内", "", "2026-05-06 09:15", "", "机房存在重大隐患", form="重大隐患", demanded="总裁",
          measures=PLAN, seen=(Seen("2026-05-08"),)),
)  # fmt: skip
STRUCK = ("橙色，两个工作日已过，没有人去过", "橙色，只打了电话，不算上门", "整改措施没有责任人和期限")
"""Alarms whose customers really had three faults within two months."""


@dataclass(frozen=True)
class Alarmed:
    """A story with the customer it happened to, its other responsible place, and the numbers of its tables."""

    story: Story
    customer: Customer
    away: str
    number: str


def make(seed: int, customers: tuple[Customer, ...], circuits: tuple[Circuit, ...]) -> tuple[Alarmed, ...]:
    """Every story, warnings first, each of another customer."""
    rng = chance(seed, "alarms")
    owned: dict[str, int] = {}
    for circuit in circuits:
        owned[circuit.customer] = owned.get(circuit.customer, 0) + 1
    english, busy = {customers[n].code for n in ENGLISH}, on_loan(customers)
    large = [one for one in customers
             if one.chief and one.chief != busy and one.code not in english and owned[one.code] >= 4]  # fmt: skip
    found = []
    for n, (story, one) in enumerate(zip((*WARNINGS, *CRISES), rng.sample(large, len(WARNINGS) + len(CRISES)),
                                         strict=True)):  # fmt: skip
        away = rng.choice([city for city in names.CITIES if city != one.city]) if story.far else ""
        year, month = re.findall(r"\d+", story.issued)[:2]
        number = f"{'YJ' if story.level else 'WJ'}{year}{month:0>2}{n + 1:03}"
        found.append(Alarmed(story, one, away, number))
    return tuple(found)


def warnings(found: Sequence[Alarmed]) -> tuple[Warned, ...]:
    """The rows of warnings."""
    return tuple(
        Warned(
            number=one.number,
            customer=one.story.spoilt if one.story.spoilt.startswith("KH") else one.customer.code,
            level=one.story.level,
            issued=one.story.issued,
            until=one.story.until,
            places=_places(one),
            reason=one.story.reason,
            scope=f"{one.customer.city}出口电路",
            measures=one.story.measures,
            lifted=one.story.lifted,
            lifted_because="整改完成，客户认可" if one.story.lifted else "",
            about=one.story.about,
        )
        for one in found
        if one.story.level
    )


def crises(found: Sequence[Alarmed], circuits: Sequence[Circuit]) -> tuple[Crisis, ...]:
    """The rows of crises."""
    made = []
    for one in (one for one in found if not one.story.level):
        own = [circuit.code for circuit in circuits if circuit.customer == one.customer.code]
        closed = one.story.until
        made.append(Crisis(
            number=one.number,
            customer=one.customer.code,
            occurred=one.story.issued,
            form=one.story.form,
            text=one.story.reason,
            circuits="；".join(own[:2]),
            places=_places(one),
            measures=one.story.measures,
            demanded=one.story.demanded,
            escalated=one.customer.chief,
            escalated_at=one.story.issued[:-2] + "55",
            duration="3小时20分" if one.story.form == "网络故障" else "",
            outcome="业务恢复，整改完成" if closed else "",
            lessons="主备电路不进同一管道" if closed else "",
            closed=closed,
            about=one.story.about,
        ))  # fmt: skip
    return tuple(made)


def _places(one: Alarmed) -> str:
    spoilt = one.story.spoilt if not one.story.spoilt.startswith("KH") else ""
    return "、".join(filter(None, (one.customer.city if one.away else "", one.away, spoilt)))
