"""客户意见: what customers answered to June's notices: questions, wishes to move work, requests for protection."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tools.province.chance import chance
from tools.province.model import Circuit, Feedback, Task
from tools.province.wishes import at

MET, REFUSED, OPEN = "满足", "不能满足", "处理中"
SAID = (
    ("疑问", "是否会影响备用电路？", MET, "", 6),
    ("疑问", "能否说明割接的具体步骤？", OPEN, "", None),
    ("疑问", "中断三十分钟能否缩短？", MET, "", 26),
    ("疑问", "割接期间联系哪位工程师？", "", "", None),
    ("改期要求", "当晚结算，请改到周末。", MET, "", 20),
    ("改期要求", "请改到下一周。", OPEN, "", None),
    ("改期要求", "当晚有系统上线，请改期。", REFUSED, "施工单位占道许可只批到当晚，光缆隐患不能再等。", 30),
    ("改期要求", "请错开月中盘点。", REFUSED, "", None),
)
"""Kind, words, outcome, the unit's reason, and after how many hours it was answered."""


def make(seed: int, circuits: tuple[Circuit, ...], tasks: tuple[Task, ...]) -> tuple[Feedback, ...]:
    """All opinions in the order in which they came; the requests last."""
    rng = chance(seed, "feedback")
    owners = {circuit.code: circuit.customer for circuit in circuits}
    ordinary = [task for task in tasks if task.lines and not task.about and task.start > at("06-08 00:00")]
    chosen = rng.sample(ordinary, len(SAID) + 3)
    made = []
    for n, (task, (kind, text, outcome, reason, hours)) in enumerate(zip(chosen, SAID, strict=False)):
        received = datetime.fromisoformat(f"2026-06-0{2 + n // 3}T{9 + n % 3 * 3:02}:{rng.randrange(10, 60, 5)}")
        replied = received + timedelta(hours=hours) if hours else None
        owner = owners[task.circuits[0]]
        made.append(Feedback("", task.number, owner, received, kind, text, outcome, reason, replied))
    made += [_request(owners[task.circuits[0]], task, n) for n, task in enumerate(chosen[len(SAID) :])]
    return tuple(_numbered(n, one) for n, one in enumerate(made, 1))


def _request(owner: str, task: Task, n: int) -> Feedback:
    """The first asks for all that is needed, the second leaves the level out, the third was refused."""
    level, outcome = (("二级", OPEN), ("", OPEN), ("一级", REFUSED))[n]
    start, end = (f"{task.start + timedelta(days=days):%Y-%m-%d}" for days in (-1, 2))
    text = ("视频会议期间请重点保障。", "考试期间请重点保障。", "展会期间请重点保障。")[n]
    return Feedback("", "", owner, datetime.fromisoformat(f"2026-06-0{5 + n}T10:30"), "重保要求", text, outcome,
                    level=level, start=start, end=end)  # fmt: skip


def _numbered(n: int, one: Feedback) -> Feedback:
    return replace(one, number=f"YJ202606{n:03}")
