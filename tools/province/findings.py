"""巡检: what inspections found at customers' circuits and sites; some of it is still open."""

from __future__ import annotations

from datetime import timedelta

from tools.province.chance import chance
from tools.province.model import Circuit, Customer
from tools.province.service import FIRST, TODAY, Finding

COUNT = 140
FOUND = (
    ("客户机房设备单路供电", "断电即中断", "增加第二路电源"),
    ("尾纤没有标签", "", "整理并贴标签"),
    ("光功率接近门限", "再劣化会误码", "清洁接头，必要时更换尾纤"),
    ("主备电路进同一根管道", "外力施工时同时中断", "另选一条管道"),
    ("蓄电池超过使用年限", "停电后支撑不足一小时", "更换蓄电池"),
    ("机柜温度偏高", "夏季设备可能重启", "加装风扇或移动机柜"),
    ("设备软件版本过旧", "", "安排版本升级"),
    ("接地电阻偏大", "雷雨季易损坏接口", "整改接地"),
    ("光缆预留段无挂牌", "施工时易被误动", "挂牌并巡线"),
)
"""Finding, hazard, proposal."""


def make(seed: int, customers: tuple[Customer, ...], circuits: tuple[Circuit, ...]) -> tuple[Finding, ...]:
    """All findings, by day; of the last two months most are open, of those before few."""
    rng = chance(seed, "inspections")
    owned: dict[str, list[str]] = {}
    for line in circuits:
        owned.setdefault(line.customer, []).append(line.code)
    large = [one.code for one in customers if one.level in {"集团级", "省清单级", "省级"}]
    days = sorted(FIRST + timedelta(days=rng.randrange(20, (TODAY - FIRST).days - 3)) for _ in range(COUNT))
    made = []
    for n, day in enumerate(days, 1):
        owner = rng.choice(large)
        finding, hazard, proposal = rng.choice(FOUND)
        circuit = rng.choice(owned[owner]) if rng.random() < 0.6 else ""
        done = rng.random() < (0.3 if (TODAY - day).days < 60 else 0.9)
        closed = min(day + timedelta(days=rng.randrange(3, 45)), TODAY - timedelta(days=1))
        spelt = f"{day:%Y-%m-%d}" if n % 4 else f"{day.year}年{day.month}月{day.day}日"
        made.append(Finding(f"XJ{day:%Y%m}{n:04}", owner, circuit, spelt, finding, hazard, proposal,
                            f"{closed:%Y.%m.%d}" if done else ""))  # fmt: skip
    return tuple(made)
