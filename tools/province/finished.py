"""已完成的割接: what was done in May and June, with the times it was really worked at; complaints are about these."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from tools.province.assurances import FAULT, FORBIDS, UNREADABLE
from tools.province.chance import chance
from tools.province.ground import Ground, survey
from tools.province.model import Assurance, Circuit, Customer, Hop, Line, Task
from tools.province.service import Said
from tools.province.wishes import HOME, NONE, OUTAGE, PLANNED, TEMPORARY, at

GOOD, OVERRAN, LATE, SILENT, UNPUBLISHED, UNFILED, OPEN, CALLED_OFF, TOLD_ONLY, TWICE, AGAIN, NO_KIND, NO_DURATION = (
    "good", "overran", "late", "silent", "unpublished", "unfiled", "open", "called off", "temporary", "twice", "again",
    "no category", "no interruption",
)  # fmt: skip
PROTECTED, UNSURE, FORBIDDEN = "protected", "unsure", "forbidden"


class Work(NamedTuple):
    """One finished cutover to be made: how many circuits, or whose; `worked` are minutes after the window's start."""

    kind: str
    day: str
    circuits: int = 4
    whose: tuple[str, int] | None = None
    worked: tuple[int, int] | None = (10, 250)
    published: Said = "usual"
    filed: Said = "usual"
    interruption: str = OUTAGE.format(n=30)
    category: str = PLANNED
    status: str = "完成"
    sort: str = "JH"


NIGHT = timedelta(hours=6)
WORKS = (
    *(Work(GOOD, f"05-{day} 00:00", 6) for day in (20, 21, 22, 23, 26, 27)),
    Work(OVERRAN, "05-25 00:00", worked=(15, 445)),
    Work(OVERRAN, "05-28 00:00", worked=(5, 400)),
    Work(LATE, "05-24 00:00", published=at("05-19 16:30"), filed=at("05-18 10:00")),
    Work(SILENT, "05-26 23:00", interruption=NONE),
    Work(UNPUBLISHED, "05-22 00:00", published=None),
    Work(UNFILED, "05-23 00:00", filed="未填报", published="未发布"),
    Work(OPEN, "05-27 00:00", worked=None, status=""),
    Work(CALLED_OFF, "05-29 00:00", worked=None, status="取消"),
    Work(TOLD_ONLY, "05-21 00:00", category=TEMPORARY, sort="LS"),
    Work(TWICE, "05-28 00:00", 2),
    Work(AGAIN, "05-28 08:00", 2),
    Work(NO_KIND, "05-20 00:00", 2, category="", sort="ZY"),
    Work(NO_DURATION, "05-25 23:00", 1, interruption="待定"),
    Work(PROTECTED, "06-04 00:00", whose=(FAULT, 0), category=TEMPORARY, sort="LS"),
    Work(UNSURE, "06-12 00:00", whose=(UNREADABLE, 0), category=TEMPORARY, sort="LS"),
    Work(FORBIDDEN, "06-10 00:00", whose=(FORBIDS, 0)),
)
"""Every way in which a night can end that the answer rules tell apart."""


def make(
    seed: int,
    customers: tuple[Customer, ...],
    circuits: tuple[Circuit, ...],
    hops: tuple[Hop, ...],
    assurances: tuple[Assurance, ...],
) -> tuple[Task, ...]:
    """All of them, each on circuits of its own; two share theirs."""
    rng = chance(seed, "finished")
    ground = survey(customers, circuits, hops, assurances)
    free = [c.code for c in circuits if c.customer not in ground.spared and c.customer in ground.customers]
    rng.shuffle(free)
    return tuple(_tasks(rng, ground, free))


def _tasks(rng: Random, ground: Ground, free: list[str]) -> Iterator[Task]:
    chosen: tuple[str, ...] = ()
    for n, work in enumerate(WORKS):
        if work.whose:
            role, place = work.whose
            chosen = ground.owned[ground.assured[role][place]][1:2]  # the first is the inbox's
        elif work.kind != AGAIN:
            chosen = tuple(free.pop() for _ in range(work.circuits))
        yield _task(rng, ground, work, 101 + n, chosen)


def _task(rng: Random, ground: Ground, work: Work, serial: int, circuits: tuple[str, ...]) -> Task:
    start = at(work.day)
    told = _office_hour(rng, start - timedelta(days=13))
    filed = told - timedelta(days=1) if work.filed == "usual" else work.filed
    began, ended = (start + timedelta(minutes=m) for m in work.worked) if work.worked else (None, None)
    return Task(
        number=f"BD2026GZ{work.sort}{serial:06}",
        category=work.category,
        start=start,
        end=start + NIGHT,
        interruption=work.interruption,
        province=HOME,
        reason=rng.choice(("外力施工", "故障隐患处理", "机房整治", "光线路保护维护", "系统优化升级")),
        book="done",
        lines=tuple(Line(circuit, ground.name(circuit)) for circuit in circuits),
        unit=rng.choice(("传输维护中心", "线路维护中心")),
        filed=filed,
        published=told if work.published == "usual" else work.published,
        actual=(began, ended) if began else None,
        status=work.status,
        about=work.kind,
    )


def _office_hour(rng: Random, day: datetime) -> datetime:
    return day.replace(hour=rng.randrange(9, 17), minute=rng.randrange(0, 60, 5))
