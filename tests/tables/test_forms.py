from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest

from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Column, Table
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.tables import TABLES as EVERY
from aftersales_cli.records.values import VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.tables.describing import holds, when
from aftersales_cli.tables.forms import form, heading
from aftersales_cli.tables.parsing import Parser
from aftersales_cli.tables.schema import json_schema
from aftersales_cli.tables.sheet import column_letter
from aftersales_cli.visit.corrections import corrections
from aftersales_cli.visit.issues import Wording, told
from tests.tables.making import ROWS, WORDS, Reader, code, said

TABLES: list[Table[Any]] = [Cutover.TABLE, Customer.TABLE, Circuit.TABLE, Assurance.TABLE, Department.TABLE]
FILLED = ("JT2011SHJH000160", "计划", *ROWS[0][3:7], "0012", "a;b")
every_table = pytest.mark.parametrize("table", TABLES, ids=[table.key for table in TABLES])


@every_table
@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_empty_form_has_every_heading_and_no_row(read: Reader, table: Table[Any], language: str) -> None:
    found = read(form(table, WORDS, language=language), "form.xlsx", table)
    assert code(found) == 65
    assert said(found) == "form.xlsx there are headings and no rows below them; is this the right file? [error]"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_filled_form_reads_back(read: Reader, language: str) -> None:
    found = read(form(Cutover.TABLE, WORDS, language=language, rows=[FILLED]), "form.xlsx")
    assert said(found) == ""
    [record] = found.records
    assert (record.circuit_code, record.resources, str(record.window)) == ("0012", ("a", "b"), ROWS[0][3])


@every_table
def test_a_form_is_the_same_bytes_every_time(table: Table[Any]) -> None:
    assert form(table, WORDS) == form(table, WORDS)


def test_a_form_offers_the_words_of_the_lists_and_notes_on_every_heading() -> None:
    book = openpyxl.load_workbook(io.BytesIO(form(Cutover.TABLE, WORDS)))
    sheet: Any = book["割接"]
    assert {rule.formula1 for rule in sheet.data_validations.dataValidation} >= {"'词表'!$E$2:$E$4"}
    assert all(sheet.cell(1, index).comment for index in range(1, len(Cutover.TABLE.columns) + 1))
    assert sheet.column_dimensions["A"].width > 10
    assert (sheet["A2"].number_format or sheet.column_dimensions["A"].number_format) is not None
    assert sheet.freeze_panes == "A2"
    assert book["说明"]["A2"].value == "割接任务号"
    assert book["词表"].sheet_state == "hidden"


def test_required_headings_are_marked() -> None:
    sheet: Any = openpyxl.load_workbook(io.BytesIO(form(Cutover.TABLE, WORDS)))["割接"]
    fills = {sheet.cell(1, n).fill.fgColor.rgb for n, c in enumerate(Cutover.TABLE.columns, 1) if c.required}
    others = {sheet.cell(1, n).fill.fgColor.rgb for n, c in enumerate(Cutover.TABLE.columns, 1) if not c.required}
    assert len(fills) == len(others) == 1
    assert fills != others


@every_table
def test_a_schema_has_every_field_and_says_which_are_required(table: Table[Any]) -> None:
    row = json_schema(table, WORDS)["$defs"]["row"]
    assert {column.key for column in table.columns} <= set(row["properties"])
    assert set(row["required"]) == {c.key for c in table.columns if c.required and not c.parts}


def test_a_schema_takes_a_window_in_one_or_two_fields() -> None:
    row = json_schema(Cutover.TABLE, WORDS)["$defs"]["row"]
    assert row["allOf"] == [{"anyOf": [{"required": ["window"]}, {"required": ["window_start", "window_end"]}]}]


def test_a_schema_names_the_words_of_a_strict_list() -> None:
    row = json_schema(Cutover.TABLE, WORDS)["$defs"]["row"]
    assert "上海, 广东, 广西" in row["properties"]["province"]["description"]


PEOPLE = {("visits", "our_people"), ("visits", "customer_people")}
LISTS = [(table, column) for table in EVERY.values() for column in table.columns if column.many or column.each]


@pytest.mark.parametrize(("table", "column"), LISTS, ids=[f"{table.key} {column.key}" for table, column in LISTS])
def test_a_list_says_what_it_is_a_list_of(table: Table[Any], column: Column) -> None:
    """Names are people's; and every list says how its entries are parted."""
    said = holds(column).to("en")
    assert "separated by semicolons" in said
    assert ("several names" in said) == ((table.key, column.key) in PEOPLE)


@pytest.mark.parametrize("table", EVERY.values(), ids=EVERY)
def test_every_example_is_accepted_by_its_column(table: Table[Any]) -> None:
    for column in table.columns:
        if column.example:
            assert column.parse(column.example) is not None


@pytest.mark.parametrize(
    ("table", "key"),
    [
        pytest.param(Visit.TABLE, "data_check", id="corrections"),
        pytest.param(Visit.TABLE, "previous_issues", id="what became of earlier issues"),
        pytest.param(Visit.TABLE, "issues", id="issues"),
        pytest.param(Visit.TABLE, "progress", id="their progress"),
        pytest.param(Visit.TABLE, "actions", id="measures"),
        pytest.param(Visit.TABLE, "leader_rank", id="ranks"),
        pytest.param(Visit.TABLE, "materials", id="materials"),
        pytest.param(Crisis.TABLE, "demanded_rank", id="ranks demanded"),
        pytest.param(Customer.TABLE, "local_engineers", id="engineers of provinces"),
    ],
)
def test_a_cell_with_a_syntax_of_its_own_has_a_note_and_an_example(table: Table[Any], key: str) -> None:
    column = table.column(key)
    assert holds(column).to("en") != "a text"
    assert column.example
    number = [one.key for one in table.columns].index(key) + 1
    note = _sheet(form(table, WORDS, language="en"), table.english).cell(1, number).comment.text
    assert note.startswith(holds(column).to("en"))
    assert column.example in note


def test_the_example_of_corrections_is_read_as_a_correction() -> None:
    """What the form shows is what the reader understands (R31)."""
    customer = Customer(code="K0001", name="示例", level="集团级", headquarters="上海", contact_phone="021-11111111")
    visit = Visit(
        visit_no="ZF1",
        customer_code="K0001",
        kind=VisitKind.ROUTINE,
        date=date(2026, 3, 12),
        data_check=Visit.TABLE.column("data_check").example,
    )
    [found] = corrections(visit, customer).corrections
    assert (found.column.key, found.old, found.new) == ("contact_phone", "021-11111111", "021-22222222")


def test_the_example_of_earlier_issues_names_the_issues_of_the_last_visit() -> None:
    """By its number and by its words (R38)."""
    columns = Visit.TABLE
    first = Visit(
        visit_no="ZF1",
        customer_code="K0001",
        kind=VisitKind.ROUTINE,
        date=date(2026, 3, 12),
        issues=("账单迟到", "电路抖动"),
    )
    second = replace(first, visit_no="ZF2", date=date(2026, 4, 12), issues=(),
                     previous_issues=columns.column("previous_issues").example)  # fmt: skip
    found = told((first, second), Wording(solved=("已解决",)))
    assert [(one.text, [said.text for said in one.progress]) for one in found.issues] == [
        ("账单迟到", ["已解决"]),
        ("电路抖动", ["处理中"]),
    ]
    assert found.strays == ()


@pytest.mark.parametrize(
    ("table", "key"),
    [
        pytest.param(Visit.TABLE, "leader_rank", id="a visit's leader"),
        pytest.param(Crisis.TABLE, "demanded_rank", id="a crisis"),
    ],
)
def test_a_form_offers_ranks_and_reading_leaves_their_words_alone(read: Reader, table: Table[Any], key: str) -> None:
    words = {"leader_ranks": Vocabulary("leader_ranks", (Term("省公司领导"), Term("部门主管")))}
    made = form(table, words)
    number = [column.key for column in table.columns].index(key)
    rule = _rules(made, table.heading)[f"{column_letter(number)}2:{column_letter(number)}5001"]
    assert (rule.type, rule.errorStyle) == ("list", "warning")
    assert rule.formula1 == f"'词表'!${column_letter(number)}$2:${column_letter(number)}$3"
    column = table.column(key)
    assert Parser(column, words.get(column.vocabulary or ""), from_1904=False)("别的") == "别的"


DAYS = ("1950-01-01", "9999-12-31")


def test_days_are_checked_as_dates_and_read_back_as_days(read: Reader) -> None:
    made = form(Visit.TABLE, WORDS)
    rule = _rules(made, "走访记录")["D2:D5001"]
    assert (rule.type, rule.operator, rule.errorStyle) == ("date", None, "warning")
    bounds = tuple(str(date(1899, 12, 30) + timedelta(int(n))) for n in (rule.formula1, rule.formula2))
    assert bounds == DAYS
    assert "2026-09-08" in rule.prompt
    sheet = _sheet(made, "走访记录")
    assert sheet.column_dimensions["D"].number_format == "yyyy-mm-dd"
    for letter, cell in zip("ABCD", ("ZF1", "K0001", "例行", date(2026, 3, 12)), strict=True):
        sheet[f"{letter}2"] = cell
    kept = io.BytesIO()
    sheet.parent.save(kept)
    [record] = read(kept.getvalue(), "visits.xlsx", Visit.TABLE).records
    assert record.date == date(2026, 3, 12)


def test_instants_stay_texts_that_must_read_as_dates() -> None:
    """A date cell could not tell a midnight from a day without a time."""
    made = form(Complaint.TABLE, WORDS)
    rule = _rules(made, "申告")["F2:F5001"]
    assert (rule.type, rule.formula1, rule.errorStyle) == ("custom", "ISNUMBER(VALUE(F2))", "warning")
    assert "2026-09-08 22:30" in rule.prompt
    assert _sheet(made, "申告").column_dimensions["F"].number_format == "@"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("table", "key", "word"),
    [
        pytest.param(Cutover.TABLE, "filed_at", "未填报", id="filed"),
        pytest.param(Cutover.TABLE, "published_at", "未发布", id="published"),
        pytest.param(Receipt.TABLE, "delivered_at", "未送达", id="delivered"),
        pytest.param(Complaint.TABLE, "restored_at", "未恢复", id="restored"),
    ],
)
def test_a_moment_that_may_be_a_word_has_a_hint_and_no_check(
    table: Table[Any], key: str, word: str, language: str
) -> None:
    letter = column_letter([column.key for column in table.columns].index(key))
    title = table.heading if language == "zh" else table.english
    rule = _rules(form(table, WORDS, language=language), title)[f"{letter}2:{letter}5001"]
    assert (rule.type, rule.formula1) == (None, None)
    assert word in rule.prompt
    assert "2026-09-08 22:30" in rule.prompt


@pytest.mark.parametrize("table", EVERY.values(), ids=EVERY)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_day_and_instant_has_a_hint_that_excel_can_hold(table: Table[Any], language: str) -> None:
    title = table.heading if language == "zh" else table.english
    rules = _rules(form(table, WORDS, language=language), title)
    for number, column in enumerate(table.columns):
        if hint := when(column):
            rule = rules[f"{column_letter(number)}2:{column_letter(number)}5001"]
            assert (rule.promptTitle, rule.prompt) == (heading(column, language)[:32], hint.to(language))


@every_table
def test_both_sheets_print_on_one_width_of_paper(table: Table[Any]) -> None:
    made = form(table, WORDS)
    for sheet in (_sheet(made, table.heading), _sheet(made, "说明")):
        setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (setup.orientation, setup.paperSize, setup.fitToHeight, fit) == ("landscape", 9, 0, True)


def test_a_long_explanation_has_room_for_its_lines() -> None:
    guide = _sheet(form(Visit.TABLE, WORDS, language="en"), "Guide")
    heights = {guide.cell(row, 2).value: guide.row_dimensions[row].height for row in range(2, guide.max_row + 1)}
    assert heights["data_check"] == 2 * (heights["visit_no"] or 15)


def _sheet(made: bytes, title: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(made))[title]


def _rules(made: bytes, title: str) -> dict[str, Any]:
    return {str(rule.sqref): rule for rule in _sheet(made, title).data_validations.dataValidation}
