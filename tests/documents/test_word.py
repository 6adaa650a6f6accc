"""Word letters: what they say, that people may restyle them, and how their mistakes are named.

Rewrite the golden files after a wanted change: `REWRITE_GOLDEN=1 pytest tests/documents/test_word.py`.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from aftersales_cli.documents.word import Letter
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.library import content
from tests.documents.make_letters import EN, ZH, make
from tests.documents.restyled import parts, repacked
from tests.documents.views import TEXTBOOK, mixed, task, view

GOLDEN = Path(__file__).parent / "golden"
LETTERS = {"zh": "letter.docx", "en": "letter.en.docx"}
TEMPLATES = {language: (content("templates") / "cutover" / name).read_bytes() for language, name in LETTERS.items()}
SHIPPED = {language: Letter(data, LETTERS[language]) for language, data in TEMPLATES.items()}


def said(document: bytes) -> str:
    """The letter's words: one line per paragraph or table row, in their order."""
    lines = []
    for block in Document(BytesIO(document)).iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = {id(cell._tc): cell.text.replace("\n", " / ") for cell in row.cells}
                lines.append(" | ".join(cells.values()))
        else:
            lines.append(block.text)
    return "\n".join(lines) + "\n"


def typed(*paragraphs: str) -> bytes:
    """A letter template somebody typed in Word."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_says_what_its_golden_twin_says(language: str) -> None:
    path = GOLDEN / f"{LETTERS[language]}.golden"
    text = said(SHIPPED[language].fill(mixed(language)))
    if os.environ.get("REWRITE_GOLDEN"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_slip_asks_who_received_which_tasks_when_and_for_a_stamp(language: str) -> None:
    slip = Document(BytesIO(SHIPPED[language].fill(view(language=language)))).tables[-1]
    words = {
        "zh": ["客户", "割接任务号", "收到时间", "签收人", "盖章"],
        "en": ["Customer", "Task numbers", "Received on"],
    }
    labels = [row.cells[0].text for row in slip.rows]
    assert labels[: len(words[language])] == words[language]
    assert slip.rows[0].cells[1].text == view()["customer"]["name"]
    assert all(line[0] in slip.rows[1].cells[1].text for line in TEXTBOOK)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_mark_of_the_template_is_left(language: str) -> None:
    for name, data in parts(SHIPPED[language].fill(mixed(language))).items():
        assert b"{{" not in data, name
        assert b"{%" not in data, name


@pytest.mark.parametrize(
    ("change", "title", "advises"),
    [
        pytest.param("new", "割接通知", True, id="new"),
        pytest.param("update", "割接变更通知", True, id="changed"),
        pytest.param("cancel", "割接取消通知", False, id="cancelled"),
    ],
)
def test_a_letter_titles_itself_by_what_it_tells(change: str, title: str, advises: bool) -> None:
    changes = {"new": 0, "update": 0, "cancel": 0, change: 1}
    text = said(SHIPPED["zh"].fill(view(tasks=[task(TEXTBOOK[0], "zh", change)], changes=changes)))
    assert text.splitlines()[1] == title
    assert ("影响与准备" in text) is advises


def test_a_late_letter_apologises_and_says_for_what() -> None:
    values = view(late=True)
    assert "这份通知发出得比应有的时间晚" not in said(SHIPPED["zh"].fill(view()))
    one_late = [{**one, "late": place == 1} for place, one in enumerate(values["tasks"])]
    text = said(SHIPPED["zh"].fill({**values, "tasks": one_late}))
    assert f"其中{TEXTBOOK[1][0]}的通知发出得比应有的时间晚" in text
    all_late = [{**one, "late": True} for one in values["tasks"]]
    assert "这份通知发出得比应有的时间晚" in said(SHIPPED["zh"].fill({**values, "tasks": all_late}))


AWKWARD = ['<w:t>&amp;</w:p> "x"', "{{ sender }} {% if %}", "]]>", "a\x00b\x0b", "𠮷👩‍👩‍👧", "第一行\n第二行"]


@pytest.mark.parametrize("name", AWKWARD)
def test_a_value_stays_text(name: str) -> None:
    values = view()
    values["customer"] = {**values["customer"], "name": name}
    document = SHIPPED["zh"].fill(values)
    expected = name.replace("\x00", "").replace("\x0b", "")
    assert Document(BytesIO(document)).tables[-1].rows[0].cells[1].text == expected


@pytest.mark.parametrize("language", ["zh", "en"])
def test_same_view_same_bytes_without_a_clock(language: str) -> None:
    document = SHIPPED[language].fill(view(language=language))
    assert document == Letter(TEMPLATES[language]).fill(view(language=language))
    with ZipFile(BytesIO(document)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = Document(BytesIO(document)).core_properties
    assert (str(core.created)[:10], str(core.modified)[:10]) == ("2011-05-27", "2011-05-27")


def test_empty_sender_and_contact_are_no_obstacle() -> None:
    values = view(sender=dict.fromkeys(("name", "unit", "phone", "email"), ""))
    values["customer"] = {**values["customer"], "contact": ""}
    text = said(SHIPPED["zh"].fill(values))
    assert "尊敬的客户" in text
    assert "联系我们" not in text


def test_what_people_restyle_stays() -> None:
    font = "仿宋_GB2312"
    was = b'w:eastAsia="Microsoft YaHei"'
    own = repacked(
        TEMPLATES["zh"], {"word/styles.xml": (was, f'w:eastAsia="{font}"'.encode())}, {"word/media/x.png": b"x"}
    )
    made = parts(Letter(own).fill(view()))
    assert font.encode() in made["word/styles.xml"]
    assert sorted(made) >= sorted(name for name in parts(TEMPLATES["zh"]))


def test_a_tag_that_word_cut_into_runs_is_one_tag() -> None:
    document = Document()
    paragraph = document.add_paragraph("编号 {{ mess")
    paragraph.add_run("age_id }}").bold = True
    buffer = BytesIO()
    document.save(buffer)
    assert said(Letter(buffer.getvalue()).fill(view())) == "编号 a1b2c3d4e5f6\n"


FAULTS = [
    pytest.param("{{ titel }}", "there is no value “titel”", "did you mean title", id="E01: unknown name"),
    pytest.param("{{ sender.fone }}", "there is no value “fone”", "did you mean phone", id="E01: unknown key"),
    pytest.param("{{ title", "", "a value is written", id="E02: braces"),
    pytest.param("{% fi %}", "unknown tag 'fi'", "", id="E02: unknown tag"),
    pytest.param("{{ title|shout }}", "No filter named 'shout'", "filters are", id="E02: unknown filter"),
    pytest.param('{% include "x" %}', "", "", id="E02: include"),
    pytest.param("{{ title.__class__ }}", "not allowed in a template", "", id="E03: attribute"),
    pytest.param("{{ ''['__class__'].__mro__ }}", "not allowed in a template", "", id="E03: class"),
    pytest.param("{{ rows.append(1) }}", "not allowed in a template", "", id="E03: changing a list"),
    pytest.param("{{ 'a' * 500000000 }}", "not allowed in a template", "", id="E04: repeated text"),
    pytest.param(
        "{% for a in range(9999) %}{% for b in range(9999) %}{{ title }}{% endfor %}{% endfor %}",
        "the document grows over 2000000 bytes",
        "",
        id="E04: loops",
    ),
    pytest.param("{{ absent }}", "would be printed as “None”", "or '–'", id="E05: None"),
    pytest.param("{{ title|safe }}", "No filter named 'safe'", "", id="E05: safe"),
    pytest.param("{% autoescape false %}{{ title }}{% endautoescape %}", "escaping is not", "", id="E05: autoescape"),
    pytest.param("{{ 1 // 0 }}", "ZeroDivisionError", "", id="E06: division"),
]


@pytest.mark.parametrize(("text", "message", "hint"), FAULTS)
def test_a_mistake_stops_with_78_and_the_file(text: str, message: str, hint: str) -> None:
    with pytest.raises(Stop) as caught:
        Letter(typed("一", text), "own/letter.docx").fill(view(absent=None))
    assert caught.value.code == Exit.SETTINGS
    assert caught.value.message.to("en").startswith("own/letter.docx")
    assert message in caught.value.message.to("en")
    assert hint in (caught.value.hint.to("en") if caught.value.hint else "")


NOT_WORD = [
    pytest.param(b"", "is not a .docx document", id="empty"),
    pytest.param(b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is not a .docx document", id="old .doc or password"),
    pytest.param(TEMPLATES["zh"][:5000], "is not a .docx document", id="cut off"),
    pytest.param((content("templates") / "cutover/notice.xlsx").read_bytes(), "is not a .docx", id="a workbook"),
    pytest.param(repacked(TEMPLATES["zh"], {}, {"word/vbaProject.bin": b"x"}), "contains macros", id="macros"),
    pytest.param(repacked(TEMPLATES["zh"], {}, {"x": b"\0" * 51_000_000}), "is too big", id="bomb"),
]


@pytest.mark.parametrize(("data", "message"), NOT_WORD)
def test_what_is_no_word_document_is_said_at_once(data: bytes, message: str) -> None:
    with pytest.raises(Stop, match=message) as caught:
        Letter(data, "letter.docx")
    assert caught.value.code == Exit.SETTINGS


def test_objects_do_not_reach_a_letter() -> None:
    values: dict[str, Any] = view(sender={"name": object()})
    with pytest.raises(TypeError, match="plain values only"):
        SHIPPED["zh"].fill(values)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_slip_never_breaks_over_two_pages(language: str) -> None:
    """All of it but its last row is kept with what follows."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = etree.fromstring(parts(TEMPLATES[language])["word/document.xml"])
    table = list(root.iter(word + "tbl"))[-1]
    rows = list(table.iter(word + "tr"))
    assert all(row.find(f"{word}trPr/{word}cantSplit") is not None for row in rows)
    kept = [all(p.find(f"{word}pPr/{word}keepNext") is not None for p in row.iter(word + "p")) for row in rows]
    assert kept == [True] * (len(rows) - 1) + [False]


@pytest.mark.parametrize(("language", "words"), [("zh", ZH), ("en", EN)])
def test_the_shipped_letters_are_those_the_script_makes(tmp_path: Path, language: str, words: Any) -> None:
    make(tmp_path / "letter.docx", words)
    assert (tmp_path / "letter.docx").read_bytes() == TEMPLATES[language]
