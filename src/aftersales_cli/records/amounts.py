"""Cells that hold an amount: a count, a length of time, a lead time, the interruption of a cutover."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from aftersales_cli.records.cells import text
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import folded
from aftersales_cli.records.moments import normal
from aftersales_cli.records.values import Interruption, Interrupts, Lead, LeadUnit
from aftersales_cli.words import Say

_INTERRUPTION = re.compile(
    r"(?P<kind>不中断|无中断|nointerruption|none|中断|瞬断|interruption|outage|momentary)[:,]?"
    r"(?P<below>小于|少于|低于|不足|<|below|lessthan|under)?"
    r"(?:(?P<hours>\d+(?:\.\d+)?)(?:个?小时|hours?|hrs?|h))?"
    r"(?:(?P<minutes>\d+)(?:分钟|分|minutes?|mins?))?",
    re.ASCII,
)
_KINDS = {
    "不中断": Interrupts.NO, "无中断": Interrupts.NO, "nointerruption": Interrupts.NO, "none": Interrupts.NO,
    "中断": Interrupts.YES, "interruption": Interrupts.YES, "outage": Interrupts.YES,
    "瞬断": Interrupts.MOMENTARILY, "momentary": Interrupts.MOMENTARILY,
}  # fmt: skip
_LEAD = re.compile(
    r"(?P<amount>\d+)(?P<unit>个?工作日|workingdays?|businessdays?|个?自然日|天|日|calendardays?|days?|个?小时|hours?|h)?",
    re.ASCII,
)
_MINUTES = re.compile(
    r"(?:(?P<hours>\d{1,5}(?:\.\d+)?)(?:个?小时|时|hours?|hrs?|h))?"
    r"(?:(?P<minutes>\d{1,6})(?:分钟?|minutes?|mins?)?)?",
    re.ASCII,
)
_COUNT = re.compile(r"(\d{1,6})(?:\.0+)?", re.ASCII)

_INTERRUPTION_HINT = Say("write 中断: 30分钟, 瞬断: 小于5分钟, 瞬断 or 不中断")
_LEAD_HINT = Say("write a lead time such as 6个工作日, 14天 or 72小时")
_MINUTES_HINT = Say("write a length such as 95分钟 or 3小时; a bare number counts minutes")
_COUNT_HINT = Say("write a whole number such as 0 or 1")


def interruption(cell: Any) -> Interruption:
    """`中断: 30分钟`, `瞬断: 小于5分钟`, `瞬断`, `不中断`; hours become minutes; 中断 needs its minutes (facts §1)."""
    match = _INTERRUPTION.fullmatch(folded(cell)) if isinstance(cell, str) else None
    if not match:
        raise Refused(_INTERRUPTION_HINT)
    kind = _KINDS[match["kind"]]
    minutes = float(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    said = bool(match["hours"] or match["minutes"])
    below = match["below"] is not None
    needs = kind is Interrupts.YES or below
    if (needs and not said) or (said and (kind is Interrupts.NO or minutes < 1 or minutes != int(minutes))):
        raise Refused(_INTERRUPTION_HINT)
    return Interruption(kind, int(minutes) if said else None, below)


def count(cell: Any) -> int:
    """A whole number, 0 or more; `2.0`, too, which some programs write where a column has empty cells."""
    match = _COUNT.fullmatch(normal(text(cell)))
    if not match:
        raise Refused(_COUNT_HINT)
    return int(match[1])


def minutes(cell: Any) -> int:
    """A length in whole minutes: `95分钟`, `3小时`, `1小时30分`, a bare number, a spreadsheet's length of time."""
    if isinstance(cell, timedelta):
        return int(cell.total_seconds() // 60)
    match = _MINUTES.fullmatch(folded(text(cell)))
    if not match or not match[0]:
        raise Refused(_MINUTES_HINT)
    return int(float(match["hours"] or 0) * 60) + int(match["minutes"] or 0)


def lead(cell: Any) -> Lead:
    """`6个工作日`, `14天`, `72小时`; a bare number counts working days (contract §4)."""
    match = _LEAD.fullmatch(folded(text(cell)))
    if not match:
        raise Refused(_LEAD_HINT)
    return Lead(int(match["amount"]), _lead_unit(match["unit"] or ""))


def _lead_unit(unit: str) -> LeadUnit:
    if unit == "" or unit.endswith("工作日") or unit.startswith(("working", "business")):
        return LeadUnit.WORKING_DAYS
    return LeadUnit.HOURS if unit.endswith("小时") or unit.startswith("h") else LeadUnit.DAYS
