"""The list of corrections for the CRM, a workbook (R31, R84)."""

from __future__ import annotations

from collections.abc import Sequence

from aftersales_cli.documents.lists import Column, table_workbook
from aftersales_cli.visit.corrections import Correction

NAME = "客户资料更正单.xlsx"
TITLE = "客户资料更正单"
GROUP_LEVEL = "集团级"
COLUMNS = (
    Column("客户编码"),
    Column("客户名称"),
    Column("更正系统"),
    Column("字段"),
    Column("档案现值"),
    Column("走访核对的旧值"),
    Column("更正为"),
    Column("走访编号"),
    Column("走访日期"),
    Column("客户方人员"),
    Column("核对人"),
    Column("更正人", to_fill_in=True),
    Column("更正日期", to_fill_in=True),
)


def change_list(corrections: Sequence[Correction]) -> bytes:
    """One row per field to correct, in the order given; the same corrections, the same bytes."""
    return table_workbook(TITLE, COLUMNS, [_row(each) for each in corrections])


def system(correction: Correction) -> str:
    """Which CRM has to change: the group's for customers of its level and cross-province ones (R84)."""
    customer = correction.customer
    return "集团CRM" if customer.level == GROUP_LEVEL or customer.cross_province else "省CRM"


def _row(one: Correction) -> list[str]:
    visit = one.visit
    people = "、".join(visit.customer_people)
    return [
        one.customer.code, one.customer.name, system(one), one.column.heading, one.ours, one.old or "", one.new,
        visit.visit_no, visit.date.isoformat(), people, visit.led_by or "", "", "",
    ]  # fmt: skip
