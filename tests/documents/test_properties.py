"""Nothing of whoever saved a template, nor of the customer it was once written to, goes out with a document."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from docx import Document

from aftersales_cli.documents.properties import impersonal
from aftersales_cli.documents.word import Letter
from aftersales_cli.documents.workbook import Workbook
from aftersales_cli.library import content
from tests.documents.restyled import by_xlsxwriter, parts, repacked
from tests.documents.views import view

OTHER = "乙公司"
LETTER = (content("templates") / "cutover/letter.docx").read_bytes()
CUSTOM = (
    '<?xml version="1.0" encoding="UTF-8"?><Properties '
    'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
    'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="客户"><vt:lpwstr>乙公司</vt:lpwstr></property>'
    "</Properties>"
).encode()


def typed_over(data: bytes) -> bytes:
    """A template that was the letter to another customer: in all its properties stands that name."""
    core = b"<dc:creator>aftersales</dc:creator>"
    named = f"<dc:creator>{OTHER}</dc:creator><dc:subject>{OTHER}</dc:subject><cp:category>{OTHER}</cp:category>"
    relation = (
        b'<Relationship Id="rId99" Target="docProps/custom.xml" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"/>'
    )
    own = (
        b'<Override PartName="/docProps/custom.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/>'
    )
    company = b"<Company/>" if b"<Company/>" in parts(data)["docProps/app.xml"] else b"<Company></Company>"
    return repacked(
        data,
        {
            "docProps/core.xml": (core, named.encode()),
            "docProps/app.xml": (company, f"<Company>{OTHER}</Company><Manager>{OTHER}</Manager>".encode()),
            "_rels/.rels": (b"</Relationships>", relation + b"</Relationships>"),
            "[Content_Types].xml": (b"</Types>", own + b"</Types>"),
        },
        {"docProps/custom.xml": CUSTOM},
    )


def form() -> bytes:
    """The shipped form, typed over."""
    return typed_over((content("templates") / "cutover/notice.xlsx").read_bytes())


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: Letter(typed_over(LETTER)).fill(view()), id="letter"),
        pytest.param(lambda: Workbook(form()).fill(view()), id="form"),
    ],
)
def test_what_a_template_says_of_another_customer_is_not_sent(made: object) -> None:
    assert callable(made)
    document = parts(made())
    told = [name for name, data in document.items() if OTHER.encode() in data]
    assert told == []
    assert [name for name in document if "custom" in name.lower() and name.startswith("docProps")] == []
    assert b"custom.xml" not in document["_rels/.rels"] + document["[Content_Types].xml"]


def test_the_picture_of_a_templates_first_page_is_not_sent() -> None:
    assert "docProps/thumbnail.jpeg" in parts(LETTER)
    letter = parts(Letter(LETTER).fill(view()))
    assert [name for name in letter if "thumbnail" in name] == []
    assert b"thumbnail" not in letter["_rels/.rels"]


def test_a_property_that_the_template_fills_in_is_filled_in() -> None:
    named = repacked(LETTER, {"docProps/core.xml": ("<dc:title>回执".encode(), b"<dc:title>{{ message_id }}")})
    core = Document(BytesIO(Letter(named).fill(view()))).core_properties
    assert (core.title, core.author) == (view()["message_id"], "")


def test_documents_without_properties_of_their_own_still_open() -> None:
    assert Document(BytesIO(Letter(typed_over(LETTER)).fill(view()))).tables
    assert openpyxl.load_workbook(BytesIO(Workbook(form()).fill(view()))).sheetnames == ["计划割接通知表"]


def test_a_template_without_any_properties_is_left_as_it_is() -> None:
    made = BytesIO()
    with ZipFile(made, "w") as package:
        package.writestr("word/document.xml", b"<x/>")
    assert impersonal(parts(made.getvalue()), "letter.docx") == {"word/document.xml": b"<x/>"}


def test_the_rest_of_a_template_stays_byte_for_byte() -> None:
    was = parts(by_xlsxwriter())
    now = impersonal(was, "form.xlsx")
    of_the_file = {"_rels/.rels", "[Content_Types].xml"}
    assert {name for name in was if now.get(name) != was[name]} - of_the_file <= {
        "docProps/core.xml", "docProps/app.xml", "docProps/custom.xml",
    }  # fmt: skip
