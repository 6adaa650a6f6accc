"""The list of corrections for the CRM, a workbook (R31, R84)."""

from __future__ import annotations

from collections.abc import Sequence

from aftersales_cli.documents.sheets import Cell, Column, Sheet, workbook
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.visit.corrections import Correction

NAME = "客户资料更正单.xlsx"
TITLE = "客户资料更正单"
MADE = "编制时间 {when} · 更正 {corrections} 处，客户 {customers} 家 · 更正后请填写更正人和更正日期"
GROUP_LEVEL = "集团级"
COLUMNS = (
    Column("客户编码", 10),
    Column("客户名称", 18),
    Column("更正系统", 9, middle=True),
    Column("字段", 11),
    Column("档案现值", 15),
    Column("走访核对的旧值", 15),
    Column("更正为", 15),
    Column("走访编号", 15),
    Column("走访日期", 11, middle=True),
    Column("客户方人员", 10),
    Column("核对人", 9),
    Column("更正人", 8),
    Column("更正日期", 10),
)
"""The last two are empty: whoever corrects the archive fills them in."""


def change_list(desk: Desk, corrections: Sequence[Correction]) -> bytes:
    """One row per field to correct, in the order given, below who made the list and when."""
    customers = {each.customer.code for each in corrections}
    made = MADE.format(when=f"{desk.as_of:%Y-%m-%d %H:%M}", corrections=len(corrections), customers=len(customers))
    sender = desk.workspace.sender
    who = " ".join(filter(None, (sender.get("unit"), sender.get("name"))))
    note = " · ".join(filter(None, (who, made)))
    return workbook(TITLE, [Sheet(TITLE, TITLE, COLUMNS, [_row(each) for each in corrections], (note,), frozen=2)])


def system(correction: Correction) -> str:
    """Which CRM has to change: the group's for customers of its level and cross-province ones (R84)."""
    customer = correction.customer
    return "集团CRM" if customer.level == GROUP_LEVEL or customer.cross_province else "省CRM"


def _row(one: Correction) -> list[Cell]:
    visit = one.visit
    people = "、".join(visit.customer_people)
    return [
        one.customer.code, one.customer.name, system(one), one.column.heading, one.ours, one.old, one.new,
        visit.visit_no, visit.date, people, visit.led_by, None, None,
    ]  # fmt: skip
