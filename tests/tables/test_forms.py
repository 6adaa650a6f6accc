from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest

from aftersales_cli.records.assurances import Assurance
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Table
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.departments import Department
from aftersales_cli.tables.forms import form
from aftersales_cli.tables.schema import json_schema
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
def test_the_examples_of_the_columns_are_accepted_by_their_columns(table: Table[Any]) -> None:
    for column in table.columns:
        if column.example:
            assert column.parse(column.example) is not None


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
