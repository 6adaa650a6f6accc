"""危机走访和回访: what was done because of warnings and crises, each record as complete as its story wants it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tools.province.alarms import AWAY, ENGINEER, HOME, PHONE, Alarmed, Seen
from tools.province.chance import chance
from tools.province.service import TODAY, Visit

ASKED = "要求书面说明故障原因"
MEASURES = ("两条主用电路分到两个汇聚节点", "更换老化光模块和尾纤", "每周通报整改进展", "主备光缆分管道敷设")


def make(seed: int, found: Sequence[Alarmed]) -> tuple[Visit, ...]:
    """The visits of every story, by day."""
    rng = chance(seed, "crisis visits")
    made = []
    for one in found:
        promised: list[str] = []
        days = [date.fromisoformat(seen.on) for seen in one.story.seen]
        for n, seen in enumerate(one.story.seen):
            measures = rng.sample(MEASURES, 2)
            made.append(_visit(one, seen, measures, promised, days[n + 1 : n + 2]))
            promised = measures
    return tuple(made)


def _visit(one: Alarmed, seen: Seen, measures: list[str], promised: list[str], after: list[date]) -> Visit:
    customer, on = one.customer, date.fromisoformat(seen.on)
    place = {HOME: customer.city, AWAY: one.away}.get(seen.where, seen.where)
    due = after[0] if after else max(on + timedelta(days=30), TODAY + timedelta(days=12))
    agreed = after[0] if after else min(due, TODAY + timedelta(days=20))
    if seen.lacks == "late":
        due, agreed = on + timedelta(days=21), on + timedelta(days=30)
    asked = not promised and (bool(after) or on > TODAY - timedelta(days=16))
    ended = one.story.lifted or (one.story.until and one.story.until < str(TODAY))
    if ended and not after and not seen.lacks:
        measures, agreed = [], on + timedelta(days=180)
    return Visit(
        customer=customer.code,
        kind=seen.kind,
        on=on,
        place=place,
        manner=seen.manner,
        led=customer.chief if seen.rank == ENGINEER else f"{seen.rank}、{customer.chief}",
        rank=seen.rank,
        ours=f"{customer.chief}；{customer.manager}",
        theirs=customer.contact,
        manager="否" if seen.manner == PHONE else "是",
        materials="故障分析报告" if seen.lacks == "no plan" else "整改方案；故障分析报告",
        previous=f"{ASKED}：已提交书面说明，已处理" if promised else "",
        survivability="主备电路走向已与客户核对" if seen.kind == "回访" else "",
        shown="已说明故障经过和处理过程",
        actions=tuple(f"{text}||" if seen.lacks == "nobody" else f"{text}|{customer.chief}|{due}" for text in measures),
        issues=(ASKED,) if asked else (),
        progress=("处理中",) if asked else (),
        next_on=agreed,
        next_manner="上门",
        next_channel="客户经理预约",
        next_agenda="整改进展",
        entered="是" if (TODAY - on).days > 8 else "",
        about=one.story.about,
    )
