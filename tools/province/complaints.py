"""申告: eighty complaints, every rule and every fact that nobody knows among them, and a few that cannot be right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from tools.province import finished
from tools.province.chance import chance
from tools.province.model import Circuit, Complaint, Hop, Task
from tools.province.service import Said

COUNT = 80
CUTOVER, OTHER, NOBODY_FILED = "割接", "其他", "未填报割接"
DELIVERED, REFUSED, TOO_LATE, NO_RECEIPT, BOTH = "delivered", "refused", "too late", "no receipt", "both"


class Asked(NamedTuple):
    """So many complaints about one kind of night. `span` is when the interruption began and ended, in minutes after
    the window's start; None is an empty cell. `receipt` is what `receipts.py` makes of it; `named` gives the number.
    """

    many: int
    about: str
    night: str
    span: tuple[int | None, int | str | None] = (40, 65)
    receipt: str = DELIVERED
    cause: str = CUTOVER
    named: bool = False


ASKED = (
    Asked(9, "按要求通知、按时恢复", finished.GOOD),
    Asked(3, "回执写着未送达", finished.GOOD, receipt=REFUSED),
    Asked(3, "割接开始之后才送达", finished.GOOD, receipt=TOO_LATE, named=True),
    Asked(3, "没有回执", finished.GOOD, receipt=NO_RECEIPT),
    Asked(2, "两张回执互相矛盾", finished.GOOD, receipt=BOTH),
    Asked(3, "工作按时结束，业务恢复晚了", finished.GOOD, (200, 395)),
    Asked(2, "割接开始之前就中断", finished.GOOD, (-25, 30), named=True),
    Asked(2, "没有写恢复时间", finished.GOOD, (40, None)),
    Asked(1, "没有写中断开始时间", finished.GOOD, (None, 70)),
    Asked(1, "割接结束之后仍未恢复", finished.GOOD, (120, "未恢复")),
    Asked(2, "查实是别的原因", finished.GOOD, cause=OTHER),
    Asked(1, "尚未查实", finished.GOOD, cause="未查实"),
    Asked(2, "查实原因空着", finished.GOOD, cause=""),
    Asked(4, "割接超时，波及客户", finished.OVERRAN, (60, 385)),
    Asked(2, "割接超时，客户已先恢复", finished.OVERRAN, (60, 90)),
    Asked(4, "发布不足六个工作日", finished.LATE, named=True),
    Asked(3, "申报不中断却中断了", finished.SILENT, (30, 36), NO_RECEIPT),
    Asked(3, "没有写发布时间", finished.UNPUBLISHED),
    Asked(2, "未填报、未发布就实施了", finished.UNFILED, receipt=NO_RECEIPT),
    Asked(2, "没有实际时间，恢复晚了", finished.OPEN, (150, 380)),
    Asked(1, "行内写着取消，却实施了", finished.CALLED_OFF, receipt=NO_RECEIPT, named=True),
    Asked(3, "临时割接，按时发布，不涉及重保", finished.TOLD_ONLY),
    Asked(2, "同一电路一天内两次割接", finished.TWICE, (480, 500)),
    Asked(1, "同一电路一天内两次割接，写明了任务号", finished.AGAIN, named=True),
    Asked(2, "类别空着，任务号也看不出", finished.NO_KIND),
    Asked(1, "中断类型写成待定", finished.NO_DURATION),
    Asked(1, "临时割接遇一级重保", finished.PROTECTED),
    Asked(1, "所遇重保的级别写错", finished.UNSURE),
    Asked(1, "计划割接遇特级重保，本应停止", finished.FORBIDDEN),
)
"""Complaints about finished work."""
TEXTS = ("专线不通", "电路中断，业务受影响", "夜间业务闪断后恢复", "多个网点同时掉线", "丢包严重，随后中断")
OVERNIGHT = timedelta(minutes=70)


def make(
    seed: int, circuits: tuple[Circuit, ...], hops: tuple[Hop, ...], tasks: tuple[Task, ...], done: tuple[Task, ...]
) -> tuple[Complaint, ...]:
    """All complaints, by when they were reported, numbered in that order."""
    rng = chance(seed, "complaints")
    owners = {circuit.code: circuit.customer for circuit in circuits}
    made = [*_about_finished(rng, done, owners), *_about_inbox(rng, tasks, hops, owners)]
    touched = {line.circuit for task in (*tasks, *done) for line in task.lines}
    quiet = [circuit for circuit in circuits[500:900] if circuit.code not in touched]
    made += _about_nothing(rng, quiet)
    made += _wrong(rng, done, quiet, owners)
    made.sort(key=lambda one: str(one.reported))
    return tuple(replace(one, number=f"SG2026{n:05}") for n, one in enumerate(made, 1))


def _about_finished(rng: Random, done: tuple[Task, ...], owners: dict[str, str]) -> Iterator[Complaint]:
    """Each of another circuit, as long as there are any."""
    waiting = {
        kind: [(task, line.circuit) for task in done if task.about == kind for line in task.lines]
        for kind in {task.about for task in done}
    }
    for asked in ASKED:
        for _ in range(asked.many):
            task, circuit = waiting[asked.night].pop(0)
            yield _complaint(rng, asked, task, circuit, owners)


def _complaint(rng: Random, asked: Asked, task: Task, circuit: str, owners: dict[str, str]) -> Complaint:
    first, last = asked.span
    began = None if first is None else task.start + timedelta(minutes=first + rng.randrange(8))
    restored: Said = last if isinstance(last, str) else None
    if isinstance(last, int):
        restored = task.start + timedelta(minutes=last + rng.randrange(5))
    if restored == "未恢复":
        reported = task.end + timedelta(minutes=40)
    else:
        reported = (began or task.start + timedelta(minutes=45)) + timedelta(minutes=rng.randrange(9, 20))
    number = task.number if asked.named else ""
    code = owners[circuit] if rng.random() < 0.8 else ""
    text = rng.choice(TEXTS)
    return Complaint("", code, circuit, reported, began, restored, asked.cause, number, text, asked.about)


def _about_inbox(
    rng: Random, tasks: tuple[Task, ...], hops: tuple[Hop, ...], owners: dict[str, str]
) -> Iterator[Complaint]:
    """Work of the first of June: circuits that only the routes know, and one that nobody filed in time."""
    by_route = next(task for task in tasks if task.about == "今晨已实施，尚无实际时间")
    riders = dict.fromkeys(hop.circuit for hop in hops if hop.resource in by_route.resources)
    unfiled = next(task for task in tasks if task.about == "未填报就实施了")
    picked = [(by_route, circuit) for circuit in list(riders)[:2]] + [(unfiled, unfiled.circuits[0])]
    for task, circuit in picked:
        about = "电路由路由得知" if task is by_route else "未填报就实施了"
        yield _complaint(rng, Asked(1, about, ""), task, circuit, owners)


def _about_nothing(rng: Random, quiet: list[Circuit]) -> Iterator[Complaint]:
    """Circuits that no cutover touches: some that nobody filed, some that lack the cutover."""
    for cause, about in ((NOBODY_FILED, "未填报的割接"),) * 3 + ((CUTOVER, "查实为割接，却找不到割接"),) * 2:
        circuit = quiet.pop()
        began = datetime.fromisoformat(f"2026-05-{rng.randrange(11, 19)}T0{rng.randrange(1, 5)}:10")
        yield Complaint("", circuit.customer, circuit.code, began + timedelta(minutes=12), began, began + OVERNIGHT,
                        cause, "", rng.choice(TEXTS), about)  # fmt: skip


def _wrong(rng: Random, done: tuple[Task, ...], quiet: list[Circuit], owners: dict[str, str]) -> Iterator[Complaint]:
    """What must be mended first; the rest is answered all the same."""
    task = next(task for task in done if task.about == finished.GOOD)
    circuit = task.circuits[-1]
    good = _complaint(rng, Asked(1, "", ""), task, circuit, owners)
    good = replace(good, customer=owners[circuit])
    assert isinstance(good.began, datetime)
    yield replace(good, restored=good.began - timedelta(minutes=30), about="恢复早于中断")
    other = next(one for one in quiet if one.customer != owners[circuit])
    yield replace(good, customer=other.customer, about="电路是别的客户的")
    yield replace(good, task=done[-1].number, about="任务不涉及这条电路")
    yield replace(good, cause="疑似割接", about="查实原因不在词表内")
    yield replace(good, began=f"{good.began:%H:%M}", about="时间没有日期")
