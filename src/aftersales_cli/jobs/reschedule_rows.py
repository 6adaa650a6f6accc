"""The rows of a moved task as a workbook of the cutovers table, in cells that our reader takes back as they were."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from aftersales_cli.documents.lists import Column, table_workbook
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables.describing import words

SHEET = "割接改期"


def workbook(rows: Sequence[Cutover], vocabularies: Vocabularies) -> bytes:
    """One line per row, with every column of the table."""
    table = Cutover.TABLE.columns
    columns = [Column(column.heading, tuple(words(column, vocabularies))) for column in table]
    return table_workbook(SHEET, columns, [cells(row) for row in rows])


def cells(row: Cutover) -> list[str]:
    """The texts of one row, in the order of the table's columns."""
    return [written(row.value(column.key)) for column in Cutover.TABLE.columns]


def written(value: object) -> str:
    """A value as a cell holds it; windows, interruptions and moments write themselves."""
    match value:
        case None:
            return ""
        case Enum():
            return str(value.value)
        case tuple():
            return "；".join(map(written, value))
        case _:
            return str(value)
