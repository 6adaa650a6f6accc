"""故障: two years of them, and what customers reported of the last year's; a few cannot be right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from random import Random

from tools.province.chance import chance, weighted
from tools.province.circuits import LEFT_OVER
from tools.province.model import Circuit, Complaint
from tools.province.service import FIRST, NOW, TODAY, Fault

COUNT = 460
CAUSES = (
    (("施工挖断管道光缆", "光缆抢修、熔接，测试正常"), 20),
    (("传输设备单板故障", "更换单板，复测正常"), 14),
    (("客户端光模块老化", "更换光模块"), 12),
    (("客户机房断电", "协助客户恢复供电"), 12),
    (("尾纤松动", "重新插接并固定"), 10),
    (("雷击损坏协议转换器", "更换转换器，加装防雷"), 6),
    (("机房空调故障，设备高温告警", "修复空调，设备重启"), 5),
    (("数据配置错误", "更正配置并核对同类电路"), 5),
    (("市政道路施工拉断杆路光缆", "临时布放光缆，次日恢复杆路"), 4),
)
MONTHS = (7, 5, 6, 8, 9, 13, 14, 13, 9, 8, 7, 6)
"""How often something fails in each month: diggers and thunderstorms come in summer."""
BY_ITSELF, UNKNOWN = 8, 4
"""Per cent of faults that went away by themselves, and of those whose cause nobody wrote down."""
STRUCK = (("2026-04-10 08:20", 150), ("2026-05-08 14:05", 35), ("2026-05-27 10:40", 260))
"""Three faults within two months, with their minutes: what the textbook asks for a warning for."""
TEXTS = ("专线不通", "电路中断", "网点掉线", "丢包严重，业务慢", "视频会议中断")
GRIEVANCES = (
    "一个季度故障多次，要求书面说明",
    "故障处理太慢，值班电话打不通",
    "多次反映丢包没有答复",
    "要求减免当月费用",
)


def make(seed: int, circuits: tuple[Circuit, ...], struck: Sequence[str]) -> tuple[Fault, ...]:
    """All faults by their beginning; `struck` are customers with three within two months."""
    rng = chance(seed, "faults")
    known = [circuit for circuit in circuits if circuit.customer != LEFT_OVER]
    made = [_fault(rng, rng.choice(known), _moment(rng)) for _ in range(COUNT)]
    for owner in struck:
        own = [circuit for circuit in known if circuit.customer == owner]
        for at, minutes in STRUCK:
            began = datetime.fromisoformat(at) + timedelta(minutes=rng.randrange(50))
            one = _fault(rng, rng.choice(own), began)
            over = began + timedelta(minutes=minutes)
            if isinstance(one.escalated_at, datetime) and one.escalated_at >= over:
                one = replace(one, escalated="", escalated_at=None)
            made.append(replace(one, restored=over, about="两个月内三次故障"))
    made += _lasting(rng, known)
    made.sort(key=lambda one: str(one.began))
    numbered = [replace(one, number=f"GZ{one.began:%Y%m}{n:04}") for n, one in enumerate(made, 1)]
    return (*numbered, *_wrong(rng, numbered, known))


def _moment(rng: Random) -> datetime:
    """Any moment of the two years."""
    while True:
        day = FIRST + timedelta(days=rng.randrange((TODAY - FIRST).days - 1))
        if rng.randrange(max(MONTHS)) < MONTHS[day.month - 1]:
            return datetime.combine(day, time(rng.randrange(24), rng.randrange(60)))


def _fault(rng: Random, circuit: Circuit, began: datetime) -> Fault:
    itself = rng.randrange(100) < BY_ITSELF
    cause, handling = weighted(rng, CAUSES)
    minutes = rng.randrange(3, 40) if itself else int(rng.lognormvariate(4.7, 0.7)) + 12
    if itself:
        cause, handling = "", "现场未发现异常，持续观察"
    elif rng.randrange(100) < UNKNOWN:
        cause = ""
    told = minutes > 240
    return Fault(
        number="",
        circuit=circuit.code,
        customer=circuit.customer if rng.random() < 0.85 else "",
        began=began,
        restored=began + timedelta(minutes=minutes),
        rate=circuit.rate,
        cause=cause,
        handling=handling,
        itself="是" if itself else "否",
        accepted="故障受理台",
        escalated="网络运行维护部" if told else "",
        escalated_at=began + timedelta(minutes=45) if told else None,
    )


def _lasting(rng: Random, known: list[Circuit]) -> Iterator[Fault]:
    """Two that are not over on the morning of 1 June."""
    began = datetime.fromisoformat("2026-06-01 06:35")
    open_ = replace(_fault(rng, rng.choice(known), began), restored="未恢复", cause="", itself="", handling="抢修中")
    yield replace(open_, about="尚未恢复")
    began = datetime.fromisoformat("2026-05-30 15:10")
    yield replace(_fault(rng, rng.choice(known), began), restored=None, about="没有写恢复时间")


def _wrong(rng: Random, good: Sequence[Fault], known: list[Circuit]) -> Iterator[Fault]:
    """What must be mended; the rest counts all the same."""
    ordinary = [one for one in good if one.customer and not one.about]
    late = [one for one in ordinary if isinstance(one.began, datetime) and one.began.year == TODAY.year]
    first, second, third = rng.sample(late, 3)
    assert isinstance(first.began, datetime)
    yield replace(first, number="GZ2026059001", restored=first.began - timedelta(minutes=20), about="恢复早于开始")
    other = next(circuit for circuit in known if circuit.customer != second.customer)
    yield replace(second, number="GZ2026059002", circuit=other.code, about="电路是别的客户的")
    yield replace(third, number="GZ2026059003", began="5月32日 9:00", about="没有这一天")


def reported(seed: int, faults: tuple[Fault, ...], owners: dict[str, str]) -> tuple[Complaint, ...]:
    """Reports of the last year's faults, and a few grievances; none of them was a cutover."""
    rng = chance(seed, "reports")
    made = []
    for one in faults:
        if not isinstance(one.began, datetime) or not isinstance(one.restored, datetime) or one.restored < one.began:
            continue
        if (NOW - one.began).days > 365 or rng.random() > 0.3:
            continue
        told = one.began + timedelta(minutes=rng.randrange(4, 25))
        back = one.restored + timedelta(minutes=rng.randrange(9))
        made.append(Complaint("", owners[one.circuit], one.circuit, told, one.began if rng.random() < 0.7 else None,
                              back, "其他", "", rng.choice(TEXTS), "申告"))  # fmt: skip
        if rng.random() < 0.12 or one.about:
            later = told + timedelta(days=1, minutes=rng.randrange(300))
            made.append(Complaint("", owners[one.circuit], one.circuit, later, None, None, "其他", "",
                                  rng.choice(GRIEVANCES), "投诉"))  # fmt: skip
    made = [one for one in made if isinstance(one.reported, datetime) and one.reported < NOW]
    made.sort(key=lambda one: str(one.reported))
    return tuple(replace(one, number=f"SL{one.reported:%Y%m}{n:04}") for n, one in enumerate(made, 1))
