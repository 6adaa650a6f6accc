"""Makes the report letters and the upload workbook anew: `python -m tests.visit.make_reports templates/visit`.

They are committed as office files and meant to be restyled there; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from aftersales_cli.documents.package import Shell
from aftersales_cli.records.visits import Visit
from tests.documents import make_letters as kit
from tests.documents.restyled import parts


@dataclass(frozen=True)
class Words:
    """The words of one report."""

    language: str
    latin: str
    issuer: str
    number: str
    title: str
    facts: Sequence[tuple[str, str]]
    complete: str
    missing: str
    stages: tuple[str, str, str]
    answered: str
    none_said: str
    corrections: tuple[str, str, str, str]
    issues: tuple[str, str, str, str, str]
    states: tuple[str, str]
    actions: tuple[str, str, str, str]
    checks: str
    verdicts: tuple[str, str, str]
    nobody: str
    semicolon: str
    closing: Sequence[str]
    page: tuple[str, str, str]


PLACE = '{{ [visit.date, visit.place, visit.kind, visit.manner]|select|join("%s") }}'
ZH = Words(
    language="zh-CN",
    latin="Microsoft YaHei",
    issuer='{{ sender.unit or "售后服务" }}',
    number="编号 {{ message_id }}　内部文件",
    title="走访记录",
    facts=(
        ("客户", "{{ customer.name }}（{{ customer.code }}，{{ customer.level }}）"),
        ("走访", "{{ visit.number }}：" + PLACE % "，"),
        ("首席客户工程师、客户经理", '{{ [customer.engineer, customer.manager]|select|join("、") or "–" }}'),
        ("预警、危机", '{{ alarms|join("、") or "–" }}'),
    ),
    complete="记录完整，各项规则均已符合。",
    missing="{{ missing }} 项待补或不符合，见各阶段的规则核对。",
    stages=("一、走访前", "二、走访中", "三、走访后"),
    answered="此前反映的问题，本次说明",
    none_said="本次未说明",
    corrections=("需在 CRM 更正的客户资料", "字段", "档案现值", "更正为"),
    issues=("本次客户反映的问题", "问题", "处理进展", "责任人、完成日期", "状态"),
    states=("已解决", "未解决"),
    actions=("优化与整改措施", "措施", "责任人", "完成日期"),
    checks="规则核对",
    verdicts=("符合", "不符合", "待补"),
    nobody="未定",
    semicolon="；",
    closing=('{{ sender.unit or "售后服务" }}，{{ issued_on }}',),
    page=("第 ", " 页，共 ", " 页"),
)
EN = Words(
    language="en-GB",
    latin="Arial",
    issuer='{{ sender.unit or "After-sales service" }}',
    number="No. {{ message_id }}, internal",
    title="Visit report",
    facts=(
        ("Customer", "{{ customer.name }} ({{ customer.code }}, {{ customer.level }})"),
        ("Visit", "{{ visit.number }}: " + PLACE % ", "),
        ("Engineer, account manager", '{{ [customer.engineer, customer.manager]|select|join(", ") or "–" }}'),
        ("Warnings, crises", '{{ alarms|join(", ") or "–" }}'),
    ),
    complete="The record is complete; every rule is met.",
    missing="{{ missing }} to be filled in or breached; see the rules of each stage.",
    stages=("1 Before the visit", "2 During the visit", "3 After the visit"),
    answered="Earlier issues, as told at this visit",
    none_said="not spoken of",
    corrections=("Customer data to be corrected in the CRM", "Field", "Archive", "Correct"),
    issues=("Issues raised at this visit", "Issue", "Progress", "Owner, due", "State"),
    states=("solved", "open"),
    actions=("Measures", "Measure", "Owner", "Due"),
    checks="Rules",
    verdicts=("met", "breached", "to be filled in"),
    nobody="nobody yet",
    semicolon="; ",
    closing=('{{ sender.unit or "After-sales service" }}, {{ issued_on }}',),
    page=("Page ", " of ", ""),
)
PROGRESS = "{%% for each in %s.progress %%}{%% if not loop.first %%}; {%% endif %%}%s{{ each.text }}{%% endfor %%}"


def make(path: Path, words: Words) -> None:
    """Write one report; the same bytes every time."""
    document = Document()
    kit._page(document, words)  # type: ignore[arg-type]  # it asks for language, latin and page
    _head(document, words)
    for number, key in enumerate(("before", "during", "after")):
        _stage(document, words, number, key)
    for text in words.closing:
        paragraph = kit._written(document, text)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    core = document.core_properties
    core.author = core.last_modified_by = "aftersales"
    core.title, core.comments, core.revision = words.title, "", 1
    core.created = core.modified = datetime(2011, 5, 27, tzinfo=UTC)
    buffer = BytesIO()
    document.save(buffer)
    path.write_bytes(Shell({}).around(parts(buffer.getvalue())))


def _head(document: Any, words: Words) -> None:
    head = kit._table(document, (10.6, 6), framed=False)
    for cell, text in zip(head.add_row().cells, (words.issuer, words.number), strict=True):
        cell.paragraphs[0].add_run(text)
    kit._styled(head.cell(0, 0).paragraphs[0].runs[0], 12, kit.INK, bold=True)
    kit._styled(head.cell(0, 1).paragraphs[0].runs[0], 9, kit.GREY)
    head.cell(0, 1).paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    title = document.add_paragraph()
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(8), Pt(6)
    kit._styled(title.add_run(words.title), 18, kit.INK, bold=True)
    facts = kit._table(document, (4.4, 12.2))
    for label, value in words.facts:
        _labelled(kit._row(facts, (label, value)))
    kit._written(document, "{%p if missing %}")
    kit._written(document, words.missing).runs[0].font.bold = True
    kit._written(document, "{%p else %}")
    kit._written(document, words.complete)
    kit._written(document, "{%p endif %}")


def _stage(document: Any, words: Words, number: int, key: str) -> None:
    stage = f"stages[{number}]"
    _heading(document, words.stages[number], 13)
    table = kit._table(document, (4.4, 12.2))
    kit._row(table, (f'{{%tr for line in {stage}["lines"] %}}', ""))
    _labelled(kit._row(table, ("{{ line.label }}", f'{{{{ line["values"]|join("{words.semicolon}") or "–" }}}}')))
    kit._row(table, ("{%tr endfor %}", ""))
    if key == "during":
        _answered(document, words)
        _corrections(document, words)
    if key == "after":
        _raised(document, words)
        _actions(document, words)
    _checks(document, words, stage)


def _checks(document: Any, words: Words, stage: str) -> None:
    met, breached, open_ = words.verdicts
    colon = "：" if words.language == "zh-CN" else ": "
    mark = f'{{% if check.met %}}{met}{{% elif check.state == "breached" %}}{breached}{{% else %}}{open_}{{% endif %}}'
    kit._written(document, f"{{%p if {stage}.checks %}}")
    _heading(document, words.checks)
    table = kit._table(document, (2.4, 1.9, 12.3))
    kit._row(table, (f"{{%tr for check in {stage}.checks %}}", "", ""))
    row = kit._row(table, (mark, "{{ check.rule }}", "{{ check.title }}" + colon + "{{ check.says }}"))
    row.cells[0].paragraphs[0].runs[0].font.bold = True
    kit._row(table, ("{%tr endfor %}", "", ""))
    kit._written(document, "{%p endif %}")


def _answered(document: Any, words: Words) -> None:
    kit._written(document, "{%p if answered %}")
    _heading(document, words.answered)
    table = kit._table(document, (6.2, 10.4))
    kit._row(table, ("{%tr for issue in answered %}", ""))
    said = PROGRESS % ("issue", "") + "{% if not issue.progress %}" + words.none_said + "{% endif %}"
    kit._row(table, ("{{ issue.text }} ({{ issue.raised }})", said))
    kit._row(table, ("{%tr endfor %}", ""))
    kit._written(document, "{%p endif %}")


def _corrections(document: Any, words: Words) -> None:
    title, *heads = words.corrections
    kit._written(document, "{%p if corrections %}")
    _heading(document, title)
    table = _headed(document, (4.4, 6.1, 6.1), heads)
    kit._row(table, ("{%tr for each in corrections %}", "", ""))
    kit._row(table, ("{{ each.field }}", '{{ each.ours or "–" }}', "{{ each.new }}"))
    kit._row(table, ("{%tr endfor %}", "", ""))
    kit._written(document, "{%p endif %}")


def _raised(document: Any, words: Words) -> None:
    title, *heads = words.issues
    solved, open_ = words.states
    kit._written(document, "{%p if issues %}")
    _heading(document, title)
    table = _headed(document, (5, 5.6, 3.8, 2.2), heads)
    kit._row(table, ("{%tr for issue in issues %}", "", "", ""))
    said = PROGRESS % ("issue", "{{ each.on }} ") + "{% if not issue.progress %}–{% endif %}"
    owner = f'{{{{ issue.owner or "{words.nobody}" }}}}{{% if issue.due %}}, {{{{ issue.due }}}}{{% endif %}}'
    kit._row(
        table, ("{{ issue.text }}", said, owner, f"{{% if issue.solved %}}{solved}{{% else %}}{open_}{{% endif %}}")
    )
    kit._row(table, ("{%tr endfor %}", "", "", ""))
    kit._written(document, "{%p endif %}")


def _actions(document: Any, words: Words) -> None:
    title, *heads = words.actions
    kit._written(document, "{%p if actions %}")
    _heading(document, title)
    table = _headed(document, (9, 3.8, 3.8), heads)
    kit._row(table, ("{%tr for each in actions %}", "", ""))
    kit._row(table, ("{{ each.text }}", f'{{{{ each.owner or "{words.nobody}" }}}}', '{{ each.due or "–" }}'))
    kit._row(table, ("{%tr endfor %}", "", ""))
    kit._written(document, "{%p endif %}")


def _headed(document: Any, widths: Sequence[float], heads: Sequence[str]) -> Any:
    table = kit._table(document, widths)
    row = kit._row(table, heads)
    for cell in row.cells:
        kit._shade(cell)
        kit._styled(cell.paragraphs[0].runs[0], 9.5, kit.INK, bold=True)
    kit._repeated(row)
    return table


def _labelled(row: Any) -> None:
    kit._shade(row.cells[0])
    kit._styled(row.cells[0].paragraphs[0].runs[0], 9.5, kit.INK, bold=True)


def _heading(document: Any, text: str, size: float = 10.5) -> None:
    heading = kit._written(document, text)
    heading.paragraph_format.keep_with_next = True
    heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(8), Pt(3)
    kit._styled(heading.runs[0], size, kit.INK, bold=True)


UPLOAD = (
    ("操作", "operation", 8), ("客户编码", "customer_code", 12), ("客户名称", "customer_name", 24),
    ("客户级别", "customer_level", 10), ("是否跨省", "cross_province", 10),
    *((column.heading, column.key, 22 if column.many else 14) for column in Visit.TABLE.columns
      if column.key not in ("customer_code", "in_group_system")),
    ("录入省", "entered_by", 10),
)  # fmt: skip
"""The columns of the upload workbook: heading, value, width. The group system's own form is not published."""


def make_upload(path: Path) -> None:
    """Write the workbook: headings in row 1, the row that is repeated below."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "走访记录"
    line = Side(style="thin", color="B7C7DE")
    box = Border(left=line, right=line, top=line, bottom=line)
    for number, (heading, key, width) in enumerate(UPLOAD, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        head = sheet.cell(1, number, heading)
        head.font = Font(name="Microsoft YaHei", size=10, bold=True, color="1F3864")
        head.fill = PatternFill("solid", fgColor="E4ECF7")
        head.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        cell = sheet.cell(2, number, f"{{{{ row.{key} }}}}")
        cell.font = Font(name="Microsoft YaHei", size=10)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        cell.number_format = "@"
        head.border = cell.border = box
    sheet.row_dimensions[1].height = 26
    sheet.freeze_panes = "D2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8  # A3
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    book.properties.creator = "aftersales"
    book.properties.created = book.properties.modified = datetime(2011, 5, 27)  # noqa: DTZ001 - openpyxl writes no zone
    buffer = BytesIO()
    book.save(buffer)
    path.write_bytes(Shell({}).around(parts(buffer.getvalue())))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, words in (("report.docx", ZH), ("report.en.docx", EN)):
        make(folder / name, words)
    make_upload(folder / "upload.xlsx")
