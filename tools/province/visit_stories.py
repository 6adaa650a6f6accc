"""走访记录里的看点: what one record or another lacks, one for each rule, and rows that cannot be right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from tools.province.chance import chance
from tools.province.model import Customer
from tools.province.service import TODAY, Visit

ISSUE, OTHER = "传输质量波动", "光缆沿线有施工"
GROUP = "group"
"""Customers whose records the group system has to be given."""


class Lack(NamedTuple):
    """What is to be seen in a customer's last routine visit; `change` makes it so. `rule` is the card that speaks.

    `earlier` are issues that the visit before it raised; `entered_late` picks a customer of the group's.
    """

    about: str
    rule: str
    change: Callable[[Visit], Visit]
    earlier: tuple[str, ...] = ()
    whose: str = ""


def _set(**cells: object) -> Callable[[Visit], Visit]:
    return lambda visit: replace(visit, **cells)  # type: ignore[arg-type]  # fields of Visit


def _corrected(said: str) -> Callable[[Visit], Visit]:
    return _set(checked=said)


LACKS = (
    Lack("没有核对资料", "VIS-04", _set(checked="未核对")),
    Lack("资料核对空着", "VIS-04", _set(checked="")),
    Lack("业务有变更，没有措施", "VIS-05", _set(changes="新增云专线一条", actions=())),
    Lack("措施没有责任人", "VIS-05", _set(changes="计划三季度扩容到1000M", actions=("扩容方案设计||2026-07-31",))),
    Lack("没有问业务变更", "VIS-05", _set(changes="")),
    Lack("上次的问题一个也没有答复", "VIS-06", _set(previous=""), earlier=(ISSUE,)),
    Lack("两个问题只答复了一个", "VIS-06", _set(previous=f"{ISSUE}：已完成"), earlier=(ISSUE, OTHER)),
    Lack("两个问题按次序答复", "", _set(previous="1：已完成；2：已处理"), earlier=(ISSUE, OTHER)),
    Lack("没有约定下次走访", "VIS-07", _set(next_on=None, next_manner="", next_channel="", next_agenda="")),
    Lack("下次走访没有说怎样约", "VIS-07", _set(next_channel="")),
    Lack("集团级客户，过了五个工作日还没有录入", "VIS-08", _set(entered="否"), whose=GROUP),
    Lack("集团级客户，没有写是否录入", "VIS-08", _set(entered=""), whose=GROUP),
    Lack("客户反映的问题久无进展", "VIS-11", _set(issues=(ISSUE,), progress=("处理中",), actions=())),
    Lack("反映的问题没有写进展", "VIS-11", _set(issues=(OTHER, ISSUE), progress=(), actions=())),
    Lack("措施到期没有下文", "VIS-11",
         _set(issues=(ISSUE,), progress=("处理中",), actions=(f"{ISSUE}分段测试|网络运行维护部|2026-04-30",))),
    Lack("去年的问题一直没有解决", "VIS-11", _set(previous=f"{ISSUE}：处理中"), earlier=(ISSUE,)),
    Lack("核对出联系电话有变", "", _corrected("联系电话：{phone}→11100001234")),
    Lack("核对出联系人和邮箱有变", "", _corrected("售后联系人：{contact}→示例乙；联系邮箱应为：desk@new.example")),
    Lack("更正的邮箱写错了", "", _corrected("联系邮箱：{email}→desk@@new")),
    Lack("上次问题里答复了没有人提过的事", "", _set(previous="机房空调漏水：已完成")),
    Lack("下次走访早于本次", "", _set(next_on=date(2025, 3, 2))),
    Lack("二月三十日", "", _set(spoilt="2026-02-30")),
    Lack("走访类型写成拜访", "", _set(kind="拜访")),
    Lack("没有这个客户", "", _set(customer="KH-09998")),
    Lack("将来的走访", "", _set(on=TODAY + timedelta(days=9))),
    Lack("走访编号用了两次", "", _set(number="ZF202605009999")),
    Lack("走访编号用了两次", "", _set(number="ZF202605009999")),
)  # fmt: skip
"""Each changes the last visit of another customer. An empty rule: the table's own checks speak, or nobody does."""
UNSAID = (
    Lack("没有谈到业务生存性", "VIS-13", _set(survivability="", manner="上门")),
    Lack("没有展示使用与维护情况", "VIS-13", _set(shown="来不及展示", manner="上门")),
)
"""The same, told after the others."""
RECENT = 6
"""So many visits of the last days to customers of the group's are not entered in its system yet."""


def told(seed: int, visits: Sequence[Visit], customers: Sequence[Customer], spared: set[str]) -> tuple[Visit, ...]:
    """The visits with the stories in them; `spared` are customers that no story may touch."""
    rng = chance(seed, "visit stories")
    by_code = {one.code: one for one in customers}
    owned: dict[str, list[Visit]] = {}
    for visit in visits:
        owned.setdefault(visit.customer, []).append(visit)
    fit = [code for code, own in owned.items() if _fits(own) and code not in spared and _reachable(by_code[code])]
    for lack in (*rng.sample(LACKS, len(LACKS)), *UNSAID):
        of_group = [code for code in fit if (by_code[code].level == "集团级") == (lack.whose == GROUP)]
        code = rng.choice(of_group)
        fit.remove(code)
        owned[code] = _told(owned[code], lack, by_code[code])
    return _unentered([visit for own in owned.values() for visit in own])


def _fits(own: Sequence[Visit]) -> bool:
    """Two visits, the last of them this spring the one before it without anything to speak of."""
    return (
        len(own) > 1 and date(2026, 2, 26) <= own[-1].on <= date(2026, 5, 11) and not own[-2].actions + own[-2].issues
    )


def _reachable(one: Customer) -> bool:
    return bool(one.email and one.phone and one.contact) and not one.language


def _told(own: list[Visit], lack: Lack, customer: Customer) -> list[Visit]:
    *rest, before, last = own
    plain = replace(last, previous="", issues=(), progress=(), actions=(), changes="无")
    if lack.earlier:
        before = replace(before, issues=lack.earlier, progress=("处理中",) * len(lack.earlier), actions=())
    changed = lack.change(plain)
    first = customer.email.replace("；", ";").replace("，", ";").replace(",", ";").replace("、", ";").split()[0]
    checked = changed.checked.format(phone=customer.phone, contact=customer.contact, email=first.partition(";")[0])
    return [*rest, before, replace(changed, checked=checked, about=lack.about)]


def _unentered(visits: list[Visit]) -> tuple[Visit, ...]:
    """Nobody has had the time yet to enter the last ones."""
    late = sorted((v for v in visits if v.entered and not v.about and v.on < TODAY), key=lambda v: (v.on, v.customer))
    waiting = {id(visit) for visit in late[-RECENT:]}
    return tuple(replace(visit, entered="") if id(visit) in waiting else visit for visit in visits)
