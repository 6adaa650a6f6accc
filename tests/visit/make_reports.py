"""Makes the report letters and the upload workbook anew: `python -m tests.visit.make_reports templates/visit`.

They are committed as office files and meant to be restyled there; this script is how the first ones came to be.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from aftersales_cli.documents.package import Shell
from aftersales_cli.records.visits import Visit
from tests.documents import word_parts as word
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
    empty: str
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
    signs: str
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
    empty="未填",
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
    signs="记录人：　　　　　　　　　　　　　　审核人：",
    closing=('{{ sender.unit or "售后服务" }}，{{ issued_on }}',),
    page=word.PAGES["zh"],
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
    empty="not filled in",
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
    signs="Written by:　　　　　　　　　　　　　Seen by:",
    closing=('{{ sender.unit or "After-sales service" }}, {{ issued_on }}',),
    page=word.PAGES["en"],
)
PROGRESS = "{%% for each in %s.progress %%}{%% if not loop.first %%}; {%% endif %%}%s{{ each.text }}{%% endfor %%}"


def make(path: Path, words: Words) -> None:
    """Write one report; the same bytes every time."""
    document = word.blank(words.latin, words.page)
    _head(document, words)
    for number, key in enumerate(("before", "during", "after")):
        _stage(document, words, number, key)
    signs = word.written(document, words.signs).paragraph_format
    signs.space_before, signs.space_after, signs.keep_with_next = Pt(16), Pt(10), True
    for text in words.closing:
        paragraph = word.written(document, text)
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    word.save(document, path, words.title)


def _head(document: Any, words: Words) -> None:
    word.head(document, words.issuer, words.number, widths=(10.6, 6))
    word.title(document, words.title)
    facts = word.framed(document, (4.4, 12.2))
    for label, value in words.facts:
        word.label(word.row(facts, (label, value)).cells[0])
    word.written(document, "{%p if missing %}")
    word.written(document, words.missing).runs[0].font.bold = True
    word.written(document, "{%p else %}")
    word.written(document, words.complete)
    word.written(document, "{%p endif %}")


def _stage(document: Any, words: Words, number: int, key: str) -> None:
    stage = f"stages[{number}]"
    _heading(document, words.stages[number], 13)
    table = word.framed(document, (4.4, 12.2))
    said = f'{{{{ line["values"]|join("{words.semicolon}") or "{words.empty}" }}}}'
    (row,) = word.repeated(table, f'line in {stage}["lines"]', ("{{ line.label }}", said))
    word.label(row.cells[0])
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
    with _where(document, f"{stage}.checks", words.checks):
        table = word.framed(document, (2.4, 1.9, 12.3))
        cells = (mark, "{{ check.rule }}", "{{ check.title }}" + colon + "{{ check.says }}")
        (row,) = word.repeated(table, f"check in {stage}.checks", cells)
        row.cells[0].paragraphs[0].runs[0].font.bold = True


def _answered(document: Any, words: Words) -> None:
    said = PROGRESS % ("issue", "") + "{% if not issue.progress %}" + words.none_said + "{% endif %}"
    with _where(document, "answered", words.answered):
        table = word.framed(document, (6.2, 10.4))
        raised = "（%s）" if words.language == "zh-CN" else " (%s)"
        word.repeated(table, "issue in answered", ("{{ issue.text }}" + raised % "{{ issue.raised }}", said))


def _corrections(document: Any, words: Words) -> None:
    title, *heads = words.corrections
    with _where(document, "corrections", title):
        table = word.headed(document, (4.4, 6.1, 6.1), heads)
        word.repeated(table, "each in corrections", ("{{ each.field }}", '{{ each.ours or "–" }}', "{{ each.new }}"))


def _raised(document: Any, words: Words) -> None:
    title, *heads = words.issues
    solved, open_ = words.states
    said = PROGRESS % ("issue", "{{ each.on }} ") + "{% if not issue.progress %}–{% endif %}"
    comma = "，" if words.language == "zh-CN" else ", "
    owner = f'{{{{ issue.owner or "{words.nobody}" }}}}{{% if issue.due %}}{comma}{{{{ issue.due }}}}{{% endif %}}'
    state = f"{{% if issue.solved %}}{solved}{{% else %}}{open_}{{% endif %}}"
    with _where(document, "issues", title):
        table = word.headed(document, (5, 5.6, 3.8, 2.2), heads)
        word.repeated(table, "issue in issues", ("{{ issue.text }}", said, owner, state))


def _actions(document: Any, words: Words) -> None:
    title, *heads = words.actions
    owner = f'{{{{ each.owner or "{words.nobody}" }}}}'
    with _where(document, "actions", title):
        table = word.headed(document, (9, 3.8, 3.8), heads)
        word.repeated(table, "each in actions", ("{{ each.text }}", owner, '{{ each.due or "–" }}'))


@contextmanager
def _where(document: Any, condition: str, title: str) -> Iterator[None]:
    """A heading and what is written below it: there only where the condition holds."""
    word.written(document, f"{{%p if {condition} %}}")
    _heading(document, title)
    yield
    word.written(document, "{%p endif %}")


def _heading(document: Any, text: str, size: float = 10.5) -> None:
    word.heading(document, text, size, before=8).paragraph_format.space_after = Pt(3)


UPLOAD = (
    ("操作", "operation", 8), ("客户编码", "customer_code", 12), ("客户名称", "customer_name", 24),
    ("客户级别", "customer_level", 10), ("是否跨省", "cross_province", 10), ("是否跨域", "cross_domain", 10),
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
    book.properties.created = book.properties.modified = word.MADE.replace(tzinfo=None)  # openpyxl writes no zone
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        ExcelWriter(book, package).save()  # Workbook.save would write the time of day for `modified`
    path.write_bytes(Shell({}).around(parts(buffer.getvalue())))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, words in (("report.docx", ZH), ("report.en.docx", EN)):
        make(folder / name, words)
    make_upload(folder / "upload.xlsx")
