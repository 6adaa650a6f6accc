"""重保: mostly by day, so that work at night may go on; a few meet cutovers, each in its own way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from tools.province.chance import chance, weighted
from tools.province.model import Assurance, Circuit, Customer

COUNT = 26
FORBIDS, FAULT, CAUTION, UNREADABLE = "forbids", "fault", "caution", "unreadable"
ROLES = (
    (FORBIDS, "特级", "2026-06-08 00:00", "2026-06-12 24:00", "大型展会通信保障"),
    (FORBIDS, "二级", "2026-06-15 18:00", "2026-06-17 08:00", "系统上线切换"),
    (FAULT, "一级", "2026-06-02 00:00", "2026-06-06 24:00", "考试期间通信保障"),
    (CAUTION, "三级", "2026-06-09 00:00", "2026-06-13 24:00", "门店开业"),
    (UNREADABLE, "五级", "2026-06-10 00:00", "2026-06-14 24:00", "年中结算"),
)
"""Whole days and nights, written for one cutover each: role, level, start, end, reason."""
REASONS = ("年中结算", "防汛值守", "大型展会通信保障", "视频会议保障", "系统上线切换", "考试期间通信保障")
HOURS = ("08:00-20:00", "08:30-18:00", "09:00-17:30", "7:00-21:00", "０８：００－１８：００", "08:00～22:00")
LEVELS = (("特级", 1), ("一级", 4), ("二级", 8), ("三级", 8), ("1级", 1))


def make(seed: int, customers: tuple[Customer, ...], circuits: tuple[Circuit, ...]) -> tuple[Assurance, ...]:
    """All assurances; those with a role first are mixed among the others."""
    rng = chance(seed, "assurances")
    owned: dict[str, list[str]] = {}
    for circuit in circuits:
        owned.setdefault(circuit.customer, []).append(circuit.code)
    small = [c.code for c in customers if 2 <= len(owned[c.code]) <= 5 and c.level == "省级" and not c.notice]
    chosen = rng.sample(small, len(ROLES))
    made = [_with_role(owner, *role) for owner, role in zip(chosen, ROLES, strict=True)]
    others = rng.sample([c.code for c in customers if c.code not in chosen], COUNT - len(ROLES))
    made += [_by_day(rng, owner, owned[owner]) for owner in others]
    rng.shuffle(made)
    return tuple(replace(one, number=f"ZB-2026-{n:04}") for n, one in enumerate(made, 1))


def _with_role(owner: str, role: str, level: str, start: str, end: str, reason: str) -> Assurance:
    return Assurance("", owner, level, start, end, requested="2026-05-28 10:00", reason=reason, role=role)


def _by_day(rng: Random, owner: str, owned: list[str]) -> Assurance:
    start = date(2026, 6, 1) + timedelta(days=rng.randrange(18))
    end = start + timedelta(days=rng.randrange(1, 6))
    some = rng.random() < 0.4
    return Assurance(
        number="",
        customer=owner,
        level=weighted(rng, LEVELS),
        start=f"{start:%Y-%m-%d}",
        end=f"{end:%Y.%m.%d}" if some else f"{end:%Y-%m-%d}",
        daily=rng.choice(HOURS),
        circuits="；".join(rng.sample(owned, min(2, len(owned)))) if some else "",
        requested=f"2026-05-{rng.randrange(18, 30)} 15:00",
        reason=rng.choice(REASONS),
    )
