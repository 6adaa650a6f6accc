"""How the Word papers of a visit break over pages: no row in two, headings on each, a fault's steps together."""

from __future__ import annotations

from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from aftersales_cli.library import content

PAPERS = [pytest.param(f"{stem}{tongue}.docx", id=f"{stem}{tongue}")
          for stem in ("brief", "results", "fault_report") for tongue in ("", ".en")]  # fmt: skip


def opened(name: str) -> Any:
    return Document(str(content("templates") / "visit" / name))


def marked(row: Any, mark: str) -> bool:
    return row._tr.trPr is not None and row._tr.trPr.find(qn(mark)) is not None


@pytest.mark.parametrize("name", PAPERS)
def test_no_row_is_broken_over_two_pages_and_headings_stand_on_each(name: str) -> None:
    tables = opened(name).tables[1:]  # the first is the head of the page
    rows = [row for table in tables for row in table.rows]
    shaded = [table.rows[0] for table in tables if table.rows[0]._tr.find(f".//{qn('w:shd')}") is not None]

    assert (len(rows) > 0, [row for row in rows if not marked(row, "w:cantSplit")]) == (True, [])
    assert (len(shaded) > 0, [row for row in shaded if not marked(row, "w:tblHeader")]) == (True, [])


@pytest.mark.parametrize("name", ["fault_report.docx", "fault_report.en.docx"])
def test_the_steps_of_a_fault_stay_with_its_heading(name: str) -> None:
    (steps,) = [table for table in opened(name).tables if "step in row.steps" in table.rows[0].cells[0].text]
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in steps.rows
            if "{%" not in row.cells[0].text]  # fmt: skip

    assert kept == [True, True]


@pytest.mark.parametrize("name", ["results.docx", "results.en.docx"])
def test_nobody_signs_on_a_page_of_its_own(name: str) -> None:
    paper = opened(name)

    assert paper.tables[-1].rows[-1].cells[0].paragraphs[0].paragraph_format.keep_with_next
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paper.paragraphs[-3:-1])
