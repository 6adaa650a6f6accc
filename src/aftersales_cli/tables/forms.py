"""An empty input workbook for a table, which reads back: headings with notes, drop-downs, an explaining sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook

from aftersales_cli.records import moments
from aftersales_cli.records.columns import Column, Table
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables.describing import described, holds, when, words
from aftersales_cli.tables.sheet import column_letter
from aftersales_cli.words import Say

_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed stamp: the same table gives the same bytes
_ROWS = 5000  # how far down drop-downs and checks reach
_DAYS = (date(1950, 1, 1), date(9999, 12, 31))  # what the reader takes for a day
_GUIDE = (24, 22, 8, 56, 48, 32)  # the columns of the explaining sheet, in characters
_HEADING = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#EDEDED"}
_REQUIRED = {**_HEADING, "bg_color": "#FFE699"}
_CELL = {"border": 1, "valign": "top", "text_wrap": True, "num_format": "@"}


def form(
    table: Table[Any],
    vocabularies: Vocabularies,
    *,
    language: str = "zh",
    rows: Sequence[Sequence[str]] = (),
) -> bytes:
    """An .xlsx with the table's headings (English ones for `en`), filled with `rows` of texts in the columns' order.

    Cells are formatted as text, so that codes keep their zeros and times stay as they are typed (a midnight would be
    lost); days alone are days, which the program they are typed into checks and puts into one form.
    """
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True})
    book.set_properties({"created": _MADE, "title": table.heading if language == "zh" else table.english})
    sheet = book.add_worksheet(table.heading if language == "zh" else table.english)
    guide = book.add_worksheet("说明" if language == "zh" else "Guide")
    lists = book.add_worksheet("词表" if language == "zh" else "Words")
    lists.hide()  # a hidden sheet is not read for rows
    _headings(book, sheet, table, language)
    for number, column in enumerate(table.columns):
        _choices(sheet, lists, number, column, words(column, vocabularies), language)
        _moments(sheet, number, column, language)
    for number, row in enumerate(rows, 1):
        for index, text in enumerate(row):
            sheet.write_string(number, index, text)
    _explain(book, guide, table, language)
    book.close()
    return made.getvalue()


def heading(column: Column, language: str) -> str:
    """The heading of a column in a form."""
    return column.heading if language == "zh" else column.english


def _headings(book: Workbook, sheet: Any, table: Table[Any], language: str) -> None:
    required, optional = book.add_format(_REQUIRED), book.add_format(_HEADING)
    text, day = book.add_format({"num_format": "@"}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.set_row(0, 30)
    sheet.freeze_panes(1, 0)
    _page(sheet)
    for number, column in enumerate(table.columns):
        written = heading(column, language)
        sheet.set_column(number, number, _width(written, column.example), day if column.parse is moments.day else text)
        sheet.write_string(0, number, written, required if column.required else optional)
        sheet.write_comment(0, number, described(column).to(language), {"x_scale": 2, "author": "aftersales"})


def _page(sheet: Any) -> None:
    """A4 across, all columns on one page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _width(*texts: str) -> float:
    """Wide enough for the longest text; a Chinese character takes two columns."""
    return min(max(map(_columns, texts)) + 4, 48)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a cell; words do not fill them to the end."""
    return -(-_columns(text) // (width - 4)) or 1


def _columns(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def _choices(sheet: Any, lists: Any, number: int, column: Column, choices: Sequence[str], language: str) -> None:
    """A drop-down that warns and does not forbid: other spellings of a word are read, too."""
    if not choices:
        return
    lists.write_string(0, number, heading(column, language))
    for row, word in enumerate(choices, 1):
        lists.write_string(row, number, word)
    letter = column_letter(number)
    rule = {
        "validate": "list",
        "source": f"='{lists.get_name()}'!${letter}$2:${letter}${len(choices) + 1}",
        "error_type": "warning",
        "error_title": heading(column, language)[:32],
        "error_message": Say("This word is not in the list.").to(language),
    }
    sheet.data_validation(1, number, _ROWS, number, rule)


def _moments(sheet: Any, number: int, column: Column, language: str) -> None:
    """A hint how a day or an instant is written, and a warning about what is none; words are not checked (D3).

    An instant is a text, which no check for dates would take: its text must be one that reads as a date.
    """
    hint = when(column)
    if hint is None:
        return
    rule: dict[str, Any] = {"validate": "any"}
    if column.parse is moments.day:
        rule = {"validate": "date", "criteria": "between", "minimum": _DAYS[0], "maximum": _DAYS[1]}
    elif column.parse is moments.instant:
        rule = {"validate": "custom", "value": f"=ISNUMBER(VALUE({column_letter(number)}2))"}
    title, message = heading(column, language)[:32], hint.to(language)[:255]
    asked = {"input_title": title, "input_message": message}
    warned = {"error_type": "warning", "error_title": title, "error_message": message}
    sheet.data_validation(1, number, _ROWS, number, rule | asked | warned)


def _explain(book: Workbook, guide: Any, table: Table[Any], language: str) -> None:
    """The sheet that explains the columns, one in each row."""
    head, cell = book.add_format(_HEADING), book.add_format(_CELL)
    titles = (Say("column"), Say("key"), Say("required"), Say("what it holds"), Say("example"), Say("also read"))
    for index, (title, width) in enumerate(zip(titles, _GUIDE, strict=True)):
        guide.set_column(index, index, width)
        guide.write_string(0, index, title.to(language), head)
    guide.freeze_panes(1, 0)
    _page(guide)
    for row, column in enumerate(table.columns, 1):
        need = Say("yes") if column.required else Say("no")
        also = "; ".join((*column.aliases, " + ".join(column.parts))).strip("; ")
        texts = (
            heading(column, language),
            column.key,
            need.to(language),
            holds(column).to(language),
            column.example,
            also,
        )
        guide.set_row(row, 15 * max(map(_lines, texts, _GUIDE)))  # not every program fits rows to their texts
        for index, text in enumerate(texts):
            guide.write_string(row, index, text, cell)
