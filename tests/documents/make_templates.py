"""Makes the built-in workbook templates anew: `python tests/documents/make_templates.py templates/cutover`.

They are committed as workbooks and meant to be restyled in Excel; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

FONT = "Microsoft YaHei"
INK, PALE, LINE, GREY = "#1F3864", "#E4ECF7", "#8EA9CC", "#595959"


@dataclass(frozen=True)
class Column:
    """One column of the form: heading, width in characters, the value's name in the view's rows."""

    heading: str
    width: float
    value: str
    align: str = "center"


@dataclass(frozen=True)
class Form:
    """What differs between the forms: sheet name, columns, labels under the table, note, footer, value column span."""

    sheet: str
    columns: Sequence[Column]
    labels: Sequence[tuple[str, str, str, str]]
    note: str
    footer: str
    right: int


ZH = (
    Column("割接任务号", 20, "task_no"),
    Column("客户名称", 28, "customer_name", "left"),
    Column("电路代号", 24, "circuit_code"),
    Column("割接时间", 37, "window"),
    Column("中断类型", 16, "interruption"),
    Column("割接省", 10, "province"),
    Column("割接原因分类", 16, "reason"),
)
EN = (
    Column("Task no.", 20, "task_no"),
    Column("Customer", 28, "customer_name", "left"),
    Column("Circuit", 24, "circuit_code"),
    Column("Cutover time", 37, "window"),
    Column("Interruption", 30, "interruption"),
    Column("Province", 16, "province"),
    Column("Reason category", 32, "reason"),
)

ADDRESSEE = "{{ customer.name }}{% if customer.contact %}（{{ customer.contact }} 收）{% endif %}"
EN_ADDRESSEE = "{{ customer.name }}{% if customer.contact %} (attn. {{ customer.contact }}){% endif %}"
LABELS = (
    ("客户名称", ADDRESSEE, "通知编号", "{{ message_id }}"),
    ("发出单位", "{{ sender.unit }}", "发布日期", "{{ issued_on }}"),
    ("联系人", "{{ sender.name }}", "联系电话", "{{ sender.phone }}"),
)
EN_LABELS = (
    ("Customer", EN_ADDRESSEE, "Notice no.", "{{ message_id }}"),
    ("Issued by", "{{ sender.unit }}", "Date of issue", "{{ issued_on }}"),
    ("Contact", "{{ sender.name }}", "Telephone", "{{ sender.phone }}"),
)
DEPARTMENT_LABELS = (("接收部门", "{{ customer.name }}", "通知编号", "{{ message_id }}"), *LABELS[1:])

FORMS = {
    "notice.xlsx": Form(
        "计划割接通知表",
        ZH,
        LABELS,
        "表中时间均为北京时间。割接期间或结束后业务如有异常，请随时与发出单位联系。",
        "&L&8{{ sender.unit }}&C&8第 &P 页，共 &N 页&R&8发布日期：{{ issued_on }}",
        right=4,
    ),
    "notice.en.xlsx": Form(
        "Cutover notice",
        EN,
        EN_LABELS,
        "All times are Beijing time (UTC+8). Should your service not behave as expected during or after the work, "
        "please contact the issuing unit at any time.",
        "&L&8{{ sender.unit }}&C&8Page &P of &N&R&8Issued {{ issued_on }}",
        right=4,
    ),
    "department.xlsx": Form(
        "割接信息通知",
        (
            *ZH[:1],
            Column("客户名称", 22, "customer_name", "left"),
            *ZH[2:],
            Column("影响范围", 28, "impact_range", "left"),
            Column("未能明确客户的原因", 30, "why", "left"),
        ),
        DEPARTMENT_LABELS,
        "请根据影响范围查明所涉客户并负责告知；查明的电路归属请反馈发出单位，以便更新客户资料。表中时间均为北京时间。",
        "&L&8{{ sender.unit }}&C&8第 &P 页，共 &N 页&R&8发布日期：{{ issued_on }}",
        right=6,
    ),
}


def make(path: Path, form: Form) -> None:
    """Write one template."""
    book = xlsxwriter.Workbook(path)
    book.set_properties({"title": form.sheet, "author": "aftersales", "created": datetime(2011, 5, 27, tzinfo=UTC)})
    sheet = book.add_worksheet(form.sheet)
    last = len(form.columns) - 1
    _table(book, sheet, form, last)
    _labels(book, sheet, form, last)
    _page(sheet, form)
    book.close()


def _style(book: Any, **properties: object) -> Any:
    return book.add_format({"font_name": FONT, "font_size": 10.5, "valign": "vcenter", "text_wrap": True, **properties})


def _table(book: Any, sheet: Any, form: Form, last: int) -> None:
    box = {"border": 1, "border_color": LINE}
    sheet.merge_range(
        0, 0, 0, last, "{{ title }}", _style(book, bold=True, font_size=20, font_color=INK, align="center")
    )
    sheet.set_row(0, 46)
    heading = _style(book, bold=True, font_size=11, font_color=INK, bg_color=PALE, align="center", **box)
    sheet.set_row(1, 28)
    sheet.set_row(2, 24)  # the least: a row whose text takes more lines is made higher when it is filled
    for i, column in enumerate(form.columns):
        sheet.set_column(i, i, column.width)
        sheet.write_string(1, i, column.heading, heading)
        indent = {"indent": 1} if column.align == "left" else {}
        cell = _style(book, num_format="@", align=column.align, **indent, **box)
        sheet.write_string(2, i, f"{{{{ row.{column.value} }}}}", cell)


def _labels(book: Any, sheet: Any, form: Form, last: int) -> None:
    box = {"border": 1, "border_color": LINE}
    label = _style(book, font_color=INK, bg_color=PALE, align="center", **box)
    value = _style(book, num_format="@", align="left", indent=1, **box)
    sheet.set_row(3, 10)
    for i, (name, left, other, right) in enumerate(form.labels, start=4):
        sheet.set_row(i, 24)
        sheet.write_string(i, 0, name, label)
        sheet.merge_range(i, 1, i, form.right - 1, left, value)
        sheet.write_string(i, form.right, other, label)
        sheet.merge_range(i, form.right + 1, i, last, right, value)
    end = 4 + len(form.labels)
    sheet.set_row(end, 26)
    sheet.merge_range(end, 0, end, last, form.note, _style(book, font_size=9, font_color=GREY, align="left"))


def _page(sheet: Any, form: Form) -> None:
    sheet.hide_gridlines(2)
    sheet.freeze_panes(2, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(0, 1)
    sheet.set_footer(form.footer)


if __name__ == "__main__":
    for name, form in FORMS.items():
        make(Path(sys.argv[1]) / name, form)
