"""The built-in documents: what they say, character for character.

After a wanted change of wording, rewrite the golden documents and read their diff like code:
`REWRITE_GOLDEN=1 pytest tests/documents/test_built_in.py`.
"""

from __future__ import annotations

import os
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from lxml import etree, html
from python_calamine import CalamineWorkbook

from aftersales_cli.documents.templates import Templates
from aftersales_cli.library import content
from tests.documents.views import FIELDS, TEXTBOOK, department, mixed, task, view

GOLDEN = Path(__file__).parent / "golden"
HEADINGS = ("割接任务号", "客户名称", "电路代号", "割接时间", "中断类型", "割接省", "割接原因分类")
ROOM = Templates([content("templates")])
VIEWS = {"notice": mixed("zh"), "notice.en": mixed("en"), "department": department()}


def said_by_letter(letter: str) -> str:
    """A letter's words, one line per paragraph, heading, row or item."""
    root = html.document_fromstring(letter.encode(), parser=html.HTMLParser(encoding="utf-8"))
    body = root.find("body")
    assert body is not None
    lines = []
    for block in body.iter("h1", "h2", "p", "li", "tr", "header", "footer", "div"):
        if next(block.iterdescendants("p", "tr", "li"), None) is None:
            words = " | ".join(text.strip() for text in map(str, block.itertext()) if text.strip())
            lines.append(f"{block.tag}: {words}")
    return "\n".join(lines) + "\n"


def form(document: bytes) -> Any:
    """The first sheet as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(document)).worksheets[0]


def said_by_workbook(document: bytes) -> str:
    """A form's cells, one line per row, then its footer and merged cells."""
    sheet = form(document)
    rows = [" | ".join("" if value is None else str(value) for value in line) for line in sheet.values]
    footer = " | ".join(
        str(part.text) for part in (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)
    )
    return "\n".join([*rows, footer, " ".join(sorted(str(area) for area in sheet.merged_cells.ranges))]) + "\n"


def rendered(name: str) -> str:
    values = VIEWS[name.removeprefix("cutover/").rsplit(".", 2)[0] if name.endswith(".j2") else Path(name).stem]
    if name.endswith(".xlsx"):
        return said_by_workbook(ROOM.workbook(name).fill(values))
    text = ROOM.text(name, values)
    return said_by_letter(text) if ".html" in name else text


DOCUMENTS = [f"cutover/{name}{kind}" for name in VIEWS for kind in (".xlsx", ".html.j2", ".txt.j2")]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_document_says_what_its_golden_twin_says(name: str) -> None:
    path = GOLDEN / f"{Path(name).name.removesuffix('.j2')}.golden"
    if os.environ.get("REWRITE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(rendered(name), "utf-8")
    assert rendered(name) == path.read_text("utf-8")


def test_the_textbooks_rows_come_out_of_the_form_character_for_character() -> None:
    document = ROOM.workbook("cutover/notice.xlsx").fill(view())
    expected = [HEADINGS, *TEXTBOOK]
    sheet = form(document)
    assert [tuple(line) for line in sheet.iter_rows(2, 6, max_col=7, values_only=True)] == expected
    ours = CalamineWorkbook.from_filelike(BytesIO(document)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [tuple(line) for line in ours[1:6]] == expected
    assert (sheet["A1"].value, "A1:G1" in sheet.merged_cells) == ("计划割接通知表", True)


def test_the_forms_cells_are_formatted_as_text() -> None:
    sheet = form(ROOM.workbook("cutover/notice.xlsx").fill(view()))
    assert {cell.number_format for line in sheet["A3:G6"] for cell in line} == {"@"}


@pytest.mark.parametrize("name", ["notice", "notice.en", "department"])
def test_a_form_prints_on_one_a4_page_across_with_its_headings_on_every_page(name: str) -> None:
    sheet = form(ROOM.workbook(f"cutover/{name}.xlsx").fill(view()))
    page = sheet.page_setup
    assert (page.orientation, int(page.paperSize), page.fitToWidth or 1, page.fitToHeight) == ("landscape", 9, 1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$1:$2"
    assert "&P" in sheet.oddFooter.center.text
    assert view()["issued_on"] in sheet.oddFooter.right.text


def test_the_textbooks_longest_values_stay_on_one_line() -> None:
    sheet = form(ROOM.workbook("cutover/notice.xlsx").fill(view()))
    assert [sheet.row_dimensions[row].height for row in range(3, 7)] == [24, 24, 24, 24]


LANGUAGES = [pytest.param("", "zh", id="Chinese"), pytest.param(".en", "en", id="English")]
CHANGES = [
    pytest.param("new", False, id="new"),
    pytest.param("update", True, id="changed and late"),
    pytest.param("cancel", False, id="cancelled"),
]


@pytest.mark.parametrize("circuits", [1, 2, 300])
@pytest.mark.parametrize(("change", "late"), CHANGES)
@pytest.mark.parametrize(("suffix", "language"), LANGUAGES)
def test_a_short_message_is_one_paragraph_of_200_characters_at_most(
    suffix: str, language: str, change: str, late: bool, circuits: int
) -> None:
    codes = [f"北京桂林30N{2010 + i}NP" for i in range(circuits)]
    tasks = [task(line, language, change, late=late, circuits=codes, count=circuits) for line in TEXTBOOK]
    values = view(language=language, tasks=tasks)
    messages = ROOM.text(f"cutover/notice{suffix}.txt.j2", values).rstrip("\n").split("\n\n")
    assert len(messages) == 4
    for message, line in zip(messages, TEXTBOOK, strict=True):
        assert "\n" not in message
        assert len(message) <= 200
        assert line[0] in message
        assert codes[0] in message
        assert values["sender"]["phone"] in message
        assert "…" not in message.partition("]")[2]


@pytest.mark.parametrize("name", ["notice.txt.j2", "notice.en.txt.j2", "department.txt.j2"])
def test_however_long_the_values_the_telephone_stays_in_the_200_characters(name: str) -> None:
    long: dict[str, Any] = task(
        TEXTBOOK[0], "zh", "update", late=True, circuits=["长" * 90] * 3, count=3, reason="长" * 90
    )
    values = view(tasks=[long | {"province": "长" * 90, "interruption_text": "长" * 300}])
    values["sender"] = {**values["sender"], "unit": "长" * 90}
    message = ROOM.text(f"cutover/{name}", values).rstrip("\n")
    assert len(message) == 200
    assert values["sender"]["phone"] in message


@pytest.mark.parametrize("name", ["notice.html.j2", "notice.en.html.j2", "department.html.j2"])
def test_a_letter_needs_nothing_from_outside(name: str) -> None:
    letter = ROOM.text(f"cutover/{name}", VIEWS[name.removesuffix(".html.j2")])
    assert re.findall(r"https?:|//|url\(|@import|<link|<script|<img| src=", letter) == []


@pytest.mark.parametrize("name", ["notice.html.j2", "notice.en.html.j2", "department.html.j2"])
def test_a_letter_escapes_what_it_is_given(name: str) -> None:
    values = view()
    values["customer"] = {**values["customer"], "name": "<script>alert(1)</script>"}
    letter = ROOM.text(f"cutover/{name}", values)
    assert "<script" not in letter
    assert "&lt;script&gt;" in letter


@pytest.mark.parametrize("name", DOCUMENTS)
def test_empty_sender_and_contact_are_no_obstacle(name: str) -> None:
    values = view(sender=dict.fromkeys(("name", "unit", "phone", "email"), ""))
    values["customer"] = {**values["customer"], "contact": ""}
    if name.endswith(".xlsx"):
        assert ROOM.workbook(name).fill(values)
    else:
        assert TEXTBOOK[0][0] in ROOM.text(name, values)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_same_view_same_bytes(name: str) -> None:
    other = Templates([content("templates")])
    if name.endswith(".xlsx"):
        assert ROOM.workbook(name).fill(view()) == other.workbook(name).fill(view())
    else:
        assert ROOM.text(name, view()) == other.text(name, view())


def test_a_letter_titles_itself_by_what_it_tells() -> None:
    def title(*changes: str) -> str:
        values = view(tasks=[task(line, "zh", change) for line, change in zip(TEXTBOOK, changes, strict=False)])
        found = re.search("<h1>(.*)</h1>", ROOM.text("cutover/notice.html.j2", values))
        assert found
        return found[1]

    assert [title("new"), title("update"), title("cancel"), title("update", "cancel"), title("new", "update")] == [
        "割接通知", "割接变更通知", "割接取消通知", "割接通知", "割接通知",
    ]  # fmt: skip


@pytest.mark.parametrize("path", sorted((content("templates") / "cutover").glob("*.xlsx")), ids=lambda path: path.name)
def test_a_form_template_asks_for_every_field_of_its_rows(path: Path) -> None:
    with ZipFile(path) as package:
        strings = etree.fromstring(package.read("xl/sharedStrings.xml"))
    asked = set(re.findall(r"row\.(\w+)", " ".join(map(str, strings.itertext()))))
    assert asked == {*FIELDS, *(("impact_range", "why") if path.name == "department.xlsx" else ())}
