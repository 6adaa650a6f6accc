"""走访: two years of routine visits, each customer in its slots, with what was said, promised and done about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import zip_longest
from random import Random

from tools.province import names
from tools.province.chance import chance, weighted
from tools.province.engineers import on_loan
from tools.province.model import Circuit, Customer
from tools.province.names import BEYOND
from tools.province.service import FIRST, TODAY, Engineer, Visit
from tools.province.wishes import HOME

OFTEN = {"集团级": 6, "省清单级": 4, "省清单": 4, "省级": 2}
"""Visits a year of the levels; of any other one. Gold takes one step up the ladder."""
LADDER = (1, 2, 3, 4, 6, 12)
GOLD = {"金", "金牌"}
MISSED = 3
"""Per cent of slots in which nobody went."""
RESTS = ("01-01", "01-02", "02-1", "02-20", "02-21", "02-22", "02-23", "05-01", "05-02", "05-04", "05-05", "10-0")
"""Beginnings of days on which nobody goes visiting."""
MANNERS = (("上门", 16), ("上门 ", 1), ("电话", 2), ("会议", 1))
ISSUES = (
    ("夜间割接太频繁", "夜间割接提前一周沟通"),
    ("希望增加备用路由", "备用路由方案设计"),
    ("故障后没有书面说明", "故障当天提交书面说明"),
    ("机房尾纤没有标签", "机房尾纤整理贴标签"),
    ("高峰期带宽不够用", "高峰期带宽分析与扩容建议"),
    ("值班电话不好打通", "值班电话增设专席"),
    ("运行月报送得太晚", "运行月报每月五日前送达"),
    ("网点掉线告警不及时", "网点掉线告警改为短信推送"),
    ("跨省电路时延偏大", "跨省电路时延测试与优化"),
    ("合同到期日期对不上", "合同到期日期与CRM核对"),
)
"""What customers bring up, and what is promised then."""
SURVIVAL = ("主备电路已分开", "两条电路同一路由，建议分开", "核心业务有双上联", "分支网点没有备份")
SHOWN = ("已展示开通以来的使用与维护情况", "已演示近一年可用率和故障处理情况", "已提交开通以来的运行统计")
FORGOTTEN = 4
"""Per thousand of visits whose record leaves one of the two out."""
MATERIALS = ("运行分析报告", "运行分析报告；一户一案手册", "一户一案手册", "季度运行报告、故障统计表")
CHANNELS = ("客户经理预约", "电话预约", "邮件预约", "微信群约定")
AGENDAS = ("季度运行分析", "上次问题的进展", "新业务开通计划", "备用路由方案", "年度总结")
CHANGES = ("计划三季度扩容到1000M", "总部年底搬迁", "两个网点停用", "新增云专线一条")


def make(
    seed: int,
    customers: tuple[Customer, ...],
    engineers: tuple[Engineer, ...],
    quiet: Collection[str] = (),
    across: Collection[str] = (),
) -> tuple[Visit, ...]:
    """The routine visits, by customer and day; none has a number yet. `quiet` customers bring nothing up at them.

    The records of customers `across` domains are entered in the group's system, as those of its level are.
    """
    rng = chance(seed, "visits")
    who = _who(rng, customers, engineers)
    made = (_Years(rng, one, who[one.code], one.code in quiet).visits() for one in customers)
    aims = chance(seed, "visit aims")
    told = (_aimed(aims, visit) for visits in made for visit in visits)
    return tuple(replace(visit, entered="是") if visit.customer in across else visit for visit in told)


def across(circuits: Sequence[Circuit]) -> frozenset[str]:
    """Customers with a circuit that leaves the province: 是否跨域."""
    return frozenset(circuit.customer for circuit in circuits if circuit.ends[1] in BEYOND)


def _aimed(rng: Random, visit: Visit) -> Visit:
    """With what was said of survivability and shown of use and maintenance (R33, R34), which a few leave out."""
    said, shown = rng.choice(SURVIVAL), rng.choice(SHOWN)
    forgotten = {rng.choice(("survivability", "shown"))} if rng.randrange(1000) < FORGOTTEN else set()
    if visit.manner.strip() == "电话":
        forgotten |= {"shown"}
    filled = {"survivability": visit.survivability or said, "shown": visit.shown or shown}
    return replace(visit, **{cell: "" if cell in forgotten else text for cell, text in filled.items()})  # type: ignore[arg-type]  # both are texts


def often(customer: Customer) -> int:
    """How many visits a year the customer is due."""
    number = OFTEN.get(customer.level, 1)
    return LADDER[LADDER.index(number) + 1] if customer.grade in GOLD else number


def _who(rng: Random, customers: tuple[Customer, ...], engineers: tuple[Engineer, ...]) -> dict[str, str]:
    """Who goes to each: the chief engineer, or one of the city."""
    chiefs, away = {one.chief for one in customers}, on_loan(customers)
    of_city = {
        city: [e.name for e in engineers if e.province == HOME and e.city.startswith(city) and e.name not in chiefs]
        for city in names.CITIES
    }
    return {one.code: one.chief if one.chief and one.chief != away else rng.choice(of_city[one.city])
            for one in customers}  # fmt: skip


@dataclass
class _Years:
    """One customer's two years; `open_` are the issues to be spoken of next time, and whether each is solved."""

    rng: Random
    customer: Customer
    who: str
    quiet: bool = False
    open_: dict[str, bool] = field(default_factory=dict)

    def visits(self) -> Iterator[Visit]:
        days = [day for slot in self._slots() if (day := self._day(slot)) is not None]
        return (self._visit(day, following) for day, following in zip_longest(days, days[1:]))

    def _slots(self) -> Iterator[tuple[date, int]]:
        """First day and months of each slot that has begun."""
        months = 12 // often(self.customer)
        for year in (2024, 2025, 2026):
            for n in range(often(self.customer)):
                first = date(year, 1 + n * months, 1)
                if first < TODAY:
                    yield first, months

    def _day(self, slot: tuple[date, int]) -> date | None:
        """A working day in the first two thirds of the slot; None where nobody went, or it is still to come."""
        first, months = slot
        missed = self.rng.randrange(100) < MISSED
        for _ in range(200):
            day = first + timedelta(days=self.rng.randrange(4, months * 24))
            if day.weekday() < 5 and not f"{day:%m-%d}".startswith(RESTS):
                return day if not missed and FIRST <= day < TODAY else None
        raise AssertionError("every slot has a working day")

    def _visit(self, day: date, after: date | None) -> Visit:
        rng, one = self.rng, self.customer
        answered = {text: self._answered(text, solved=solved) for text, solved in self.open_.items()}
        self.open_ = {text: False for text, said in answered.items() if "处理中" in said}
        issues, progress, actions = self._raised(day, last=after is None)
        change = rng.random() < 0.06
        if change:
            said = rng.choice(CHANGES)
            actions.append(f"{said[-4:]}配合方案|{self.who}|{day + timedelta(days=45)}")
        rich = rng.random() < 0.3
        return Visit(
            customer=one.code,
            kind="例行",
            on=day,
            place=one.city if rng.random() < 0.9 else f"{one.city}市",
            manner=weighted(rng, MANNERS),
            led=self.who,
            ours=self.who if rng.random() < 0.7 else f"{self.who}、{one.manager}",
            theirs=one.contact,
            manager=rng.choice(("是", "否", "否", "")),
            changes=said if change else rng.choice(("无", "无", "无变更", "没有变化")),
            survivability=rng.choice(SURVIVAL) if rich else "",
            shown="已展示开通以来的使用与维护情况" if rich else "",
            materials=rng.choice(MATERIALS) if rng.random() < 0.4 else "",
            staff="已提交网管工作小结" if rng.random() < 0.1 else "",
            friction="协助网络部门向业务部门说明带宽限制" if rng.random() < 0.04 else "",
            inspection=rng.choice(("尾纤未贴标签，建议整理", "设备单路供电，建议改造")) if rng.random() < 0.15 else "",
            previous="；".join(answered.values()) or rng.choice(("", "无遗留问题")),
            issues=issues,
            progress=progress,
            actions=tuple(actions),
            next_on=self._agreed(day, after),
            next_manner="上门" if rng.random() < 0.8 else "会议",
            next_channel=rng.choice(CHANNELS),
            next_agenda=rng.choice(AGENDAS),
            entered="是" if one.level == "集团级" or one.cross_province == "是" else "",
        )

    def _agreed(self, day: date, after: date | None) -> date:
        """The day agreed for the next visit: near that on which it was made; a few were let go by."""
        if after is not None:
            return max(day + timedelta(days=7), after + timedelta(days=self.rng.randrange(-5, 6)))
        usual = day + timedelta(days=365 // often(self.customer) + self.rng.randrange(-6, 7))
        if usual > TODAY or self.rng.randrange(100) < MISSED:
            return usual
        return TODAY + timedelta(days=self.rng.randrange(1, 80))

    def _answered(self, text: str, *, solved: bool) -> str:
        """What is said of an issue at the next visit: mostly that it is done."""
        return f"{text}：{'处理中，下月完成' if not solved and self.rng.random() < 0.15 else '已完成'}"

    def _raised(self, day: date, *, last: bool) -> tuple[tuple[str, ...], tuple[str, ...], list[str]]:
        """New issues with their progress and measures; most are settled at once, at the last visit nearly all."""
        rng = self.rng
        if self.quiet or rng.random() > 0.32:
            return rng.choice(((), (), ("无",))), (), []
        found = rng.sample([each for each in ISSUES if each[0] not in self.open_], rng.choice((1, 1, 2)))
        progress, actions = [], []
        for text, measure in found:
            at_once = self.open_[text] = rng.random() < (0.9 if last else 0.6)
            progress.append("已当面说明，已处理" if at_once else "处理中")
            if not at_once:
                actions.append(f"{measure}|{self.who}|{day + timedelta(days=rng.choice((20, 30, 60)))}")
        return tuple(text for text, _ in found), tuple(progress), actions


def numbered(visits: Sequence[Visit]) -> tuple[Visit, ...]:
    """All visits by day, each with its number; one that has a number keeps it."""
    ordered = sorted(visits, key=lambda one: (one.on, one.customer))
    return tuple(replace(one, number=one.number or f"ZF{one.on:%Y%m%d}{n:04}") for n, one in enumerate(ordered, 1))
