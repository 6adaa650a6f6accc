"""Rows become records: words, codes, times in cells, what is unique, what is held."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from aftersales_cli.files.confined import Confined
from aftersales_cli.places import Severity, Unknown
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Source
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.values import Instant
from aftersales_cli.records.vocabulary import Term, Vocabulary
from aftersales_cli.tables.binding import bind_row
from aftersales_cli.tables.parsing import Parser, Unlisted
from aftersales_cli.tables.reading import Input, read_table
from tests.tables.making import HEADINGS, ROWS, TABLE, WORDS, Reader, code, said, text, workbook, xlsx

TWO_COLUMNS = (*HEADINGS[:3], "割接开始时间", "割接结束时间", *HEADINGS[4:])
CUSTOMERS = ("客户编码", "客户名称", "客户级别", "总部所在地")


def in_two(start: Any, end: Any) -> list[Any]:
    return [*ROWS[0][:3], start, end, *ROWS[0][4:]]


MIDNIGHT, SIX, ELEVEN = (datetime.fromisoformat(f"2011-06-08T{hour}:00") for hour in ("00", "06", "23"))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        pytest.param("20110608 22:00", "20110609 02:00", "20110608 22:00:00/20110609 02:00:00", id="texts"),
        pytest.param("20110608 23:00", "02:00", "20110608 23:00:00/20110609 02:00:00", id="D02-crosses-midnight"),
        pytest.param("20110608 23:00", "次日02:00", "20110608 23:00:00/20110609 02:00:00", id="D02-next-day"),
        pytest.param(MIDNIGHT, SIX, "20110608 00:00:00/20110608 06:00:00", id="D01-date-cells"),
        pytest.param(ELEVEN, time(2), "20110608 23:00:00/20110609 02:00:00", id="D02-time-cell"),
        pytest.param(40702.0, 40702.25, "20110608 00:00:00/20110608 06:00:00", id="D01-serial-numbers"),
        pytest.param("2011/6/8 ２２：００", "2011年6月8日 24:00", "20110608 22:00:00/20110609 00:00:00", id="D03-24"),
    ],
)
def test_a_window_may_stand_in_two_columns(read: Reader, start: Any, end: Any, expected: str) -> None:
    data = workbook({"割接": [TWO_COLUMNS, in_two(start, end)]}, default_date_format="yyyy-mm-dd hh:mm:ss")
    found = read(data)
    assert said(found) == ""
    assert [str(record.window) for record in found.records] == [expected]


@pytest.mark.parametrize(
    ("start", "end", "column", "words"),
    [
        pytest.param("20110608 22:00", "20110608 02:00", "E2 (割接结束时间)", "after the start", id="D02-backwards"),
        pytest.param("20110608 22:00", "24:30", "E2 (割接结束时间)", "accepted is 00:00 to 24:00", id="D03-24:30"),
        pytest.param("6月8日 22:00", "23:00", "D2 (割接开始时间)", "the year is missing", id="D01-no-year"),
        pytest.param("20110608 22:00", "", "E2 (割接结束时间)", "割接结束时间 is empty", id="no-end"),
        pytest.param("", "", "D2 (割接开始时间)", "割接开始时间 is empty", id="neither"),
        pytest.param(2958466, 2958467, "D2 (割接开始时间)", "no day that Excel knows", id="D04-too-late"),
        pytest.param(59, 60, "D2 (割接开始时间)", "no day that Excel knows", id="D04-too-early"),
    ],
)
def test_a_bad_window_is_a_problem_at_its_own_column(
    read: Reader, start: Any, end: Any, column: str, words: str
) -> None:
    found = read(xlsx(TWO_COLUMNS, in_two(start, end), [*in_two("20110608 22:00", "23:00")]))
    assert (code(found), len(found.records), len(found.broken)) == (3, 1, 1)
    [problem] = found.problems
    assert str(problem.place).endswith(column)
    assert words in said(found)
    assert problem.held == ("task JT2011SHJH000160",)


def test_one_part_of_a_window_alone_is_a_missing_heading(read: Reader) -> None:
    found = read(xlsx([*HEADINGS[:3], "割接开始时间", *HEADINGS[4:]], ROWS[0]))
    assert (code(found), "missing: 割接结束时间" in said(found)) == (65, True)


@pytest.mark.parametrize(
    "cell", [datetime.fromisoformat("2011-05-25T09:00"), 40688.375], ids=["date-cell", "serial-number"]
)
def test_a_workbook_that_counts_days_from_1904_gives_the_same_days(read: Reader, cell: Any) -> None:
    """D01: numbers without a date format have to be shifted by ourselves."""
    if isinstance(cell, float):
        cell -= 1462
    rows = [(*HEADINGS, "发布时间"), (*ROWS[0], cell)]
    found = read(workbook({"割接": rows}, date_1904=True, default_date_format="yyyy-mm-dd hh:mm"))
    assert str(found.records[0].published_at) == "2011-05-25 09:00"


def test_a_number_of_the_clock_is_rounded_to_the_second(read: Reader) -> None:
    """D04: 23:59:59.99 is midnight"""
    found = read(xlsx((*HEADINGS, "发布时间"), (*ROWS[0], 45000.9999999)))
    assert str(found.records[0].published_at) == "2023-03-16 00:00"


def test_all_problems_of_a_file_are_collected(read: Reader) -> None:
    bad = ("JT2", "客户", "电路", "24:30", "30", "火星", "")
    found = read(xlsx(HEADINGS, ROWS[0], bad, ROWS[1]))
    assert [problem.field for problem in found.problems] == ["window", "interruption", "province", "reason"]
    assert {problem.held for problem in found.problems} == {("task JT2",)}
    [broken] = found.broken
    assert dict(broken.values) == {"task_no": "JT2", "customer_name": "客户", "circuit_code": "电路"}
    assert isinstance(broken.fact("window"), Unknown)


def test_a_row_without_its_number_is_held_by_its_place(read: Reader) -> None:
    found = read(xlsx(HEADINGS, ("", *ROWS[0][1:])))
    assert [(p.message.to("en"), p.held) for p in found.problems] == [("割接任务号 is empty", ("row 2",))]


def test_an_unlisted_word_is_kept_with_one_caution(read: Reader) -> None:
    rows = [(*row[:6], "太阳风暴") for row in ROWS]
    found = read(xlsx(HEADINGS, *rows))
    assert [(p.severity, p.found, str(p.place)) for p in found.problems] == [
        (Severity.CAUTION, "太阳风暴", "cutovers.xlsx › 割接 › G2 (割接原因分类)")
    ]
    assert {record.reason for record in found.records} == {"太阳风暴"}
    assert code(found) == 0


def test_an_unlisted_province_is_an_error_with_the_list(read: Reader) -> None:
    found = read(xlsx(HEADINGS, (*ROWS[0][:5], "上海滩", ROWS[0][6])))
    assert "“上海滩” is not in the list of 割接省; the list has: 上海" in said(found)
    assert code(found) == 3


@pytest.mark.parametrize(
    ("words", "end"), [pytest.param(12, "词11", id="whole"), pytest.param(13, "词11, …", id="cut")]
)
def test_of_a_long_list_it_is_said_that_it_goes_on(words: int, end: str) -> None:
    many = Vocabulary("reasons", tuple(Term(f"词{number}") for number in range(words)))
    found = Parser(Cutover.TABLE.column("reason"), many, from_1904=False)("太阳风暴")
    assert isinstance(found, Unlisted)
    assert found.hint.to("en").endswith(end)


def test_known_spellings_become_the_word_of_the_list(read: Reader) -> None:
    found = read(xlsx(HEADINGS, (*ROWS[0][:5], "上海市", "其它运营商割接")))
    assert [(record.province, record.reason) for record in found.records] == [("上海", "其他运营商割接")]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param("k0001", id="D09-case"),
        pytest.param("K 0001", id="D09-space"),
        pytest.param("Ｋ0001", id="D09-width"),
        pytest.param("K0001", id="D09-same"),
    ],
)
def test_one_customer_in_two_rows_is_no_customer(read: Reader, second: str) -> None:
    rows = [
        CUSTOMERS,
        ("K0001", "甲", "集团级", "上海"),
        ("K0002", "乙", "省级", "上海"),
        (second, "丙", "省级", "上海"),
    ]
    found = read(xlsx(*rows), "customers.xlsx", Customer.TABLE)
    assert [record.code for record in found.records] == ["K0002"]
    assert code(found) == 3
    assert [problem.held for problem in found.problems] == [("customer K0001",), (f"customer {second}",)]
    assert "stands in another row as well: customers.xlsx › 割接 › A4" in said(found)
    assert "stands in another row as well: customers.xlsx › 割接 › A2" in said(found)


def test_composed_and_decomposed_codes_are_one(read: Reader) -> None:
    """D09: NFC and NFD"""
    rows = [CUSTOMERS, ("CAF\u00c9", "甲", "集团级", "上海"), ("CAFE\u0301", "乙", "省级", "上海")]
    assert read(xlsx(*rows), "customers.xlsx", Customer.TABLE).records == ()


def test_a_customer_in_two_files_is_found_out(confined: Confined, tmp_path: Path) -> None:
    """D09"""
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / name).write_bytes(xlsx(CUSTOMERS, ("K0001", "甲", "集团级", "上海")))
    inputs = [Input("customers", name, tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    found = read_table(inputs, Customer.TABLE, confined=confined, vocabularies={})
    assert (found.records, found.rows) == ((), 2)


def test_one_broken_file_does_not_lose_the_other(confined: Confined, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(xlsx(*TABLE))
    (tmp_path / "b.xlsx").write_bytes(b"")
    inputs = [Input("cutovers", name, tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    found = read_table(inputs, Cutover.TABLE, confined=confined, vocabularies=WORDS)
    assert (len(found.records), found.failed, found.complete, found.stop) == (4, ("b.xlsx",), False, 65)


def test_codes_keep_their_zeros_and_lose_what_cannot_be_seen(read: Reader) -> None:
    """D08"""
    rows = [("电路代号", "客户编码"), ("\ufeff北京\u00a0上海\u200b30N", "0012"), (12.0, 7)]
    found = read(workbook({"电路": rows}), "circuits.xlsx", Circuit.TABLE)
    assert [(r.circuit_code, r.customer_code) for r in found.records] == [("北京 上海30N", "0012"), ("12", "7")]


def test_a_number_of_more_than_15_digits_is_not_a_code_any_more(read: Reader) -> None:
    """D06"""
    rows = [("电路代号", "客户编码"), (12345678901234567, "K1")]
    found = read(workbook({"电路": rows}), "circuits.xlsx", Circuit.TABLE)
    assert "its last digits may be lost" in said(found)


def test_true_and_one_are_different_cells(read: Reader) -> None:
    rows = [("电路代号", "客户编码", "产品名称"), ("a", "K1", 1), ("b", "K1", True), ("c", "K1", 1)]
    found = read(workbook({"电路": rows}), "circuits.xlsx", Circuit.TABLE)
    assert [record.product_name for record in found.records] == ["1", "TRUE", "1"]


def test_english_headings_and_keys_are_read(read: Reader) -> None:
    english = [
        "Task number",
        "Customer name",
        "circuit_code",
        "WINDOW",
        "Interruption type",
        "Cutover province",
        "reason",
    ]
    assert len(read(text([english, *ROWS]), "cutovers.csv").records) == 4


def test_an_alias_gives_way_to_the_heading_itself(read: Reader) -> None:
    found = read(xlsx((*HEADINGS, "项目代号"), (*ROWS[0], "P1")))
    assert found.records[0].circuit_code == ROWS[0][2]
    assert "H1 (项目代号) this column is not read: another one holds the same" in said(found)


def test_every_row_is_a_record_or_broken(read: Reader) -> None:
    rows = [("JT1", *ROWS[0][1:4], kind, *ROWS[0][5:]) for kind in ("瞬断", "30", "不中断", "", "中断5分")]
    found = read(xlsx(HEADINGS, *rows))
    assert len(found.records) + len(found.broken) == found.rows == 5


def test_one_row_can_be_bound_by_its_keys() -> None:
    """For the cases of the rule book."""
    row = {"task_no": "JT1", "window": ROWS[0][3], "interruption": "瞬断", "province": "上海", "reason": "外力施工"}
    bound = bind_row(Cutover.TABLE, {**row, "published_at": "2011-05-29"}, WORDS, Source("CUT-04.cases.yaml", line=7))
    assert isinstance(bound, Cutover)
    assert isinstance(bound.published_at, Instant)
    assert bound.published_at.day == date(2011, 5, 29)
    assert bound.place("window").line == 7


def test_a_case_row_without_a_required_key_is_broken() -> None:
    bound = bind_row(Cutover.TABLE, {"task_no": "JT1"}, WORDS, Source("x.yaml", line=1))
    assert isinstance(bound, Broken)
    assert set(bound.problems) == {"window", "interruption", "province", "reason"}


def test_a_case_row_with_an_unknown_key_is_a_mistake_of_its_writer() -> None:
    with pytest.raises(KeyError, match="windwo"):
        bind_row(Cutover.TABLE, {"windwo": "x"}, WORDS, Source("x.yaml", line=1))


def test_a_column_without_a_heading_is_said_not_to_be_read(read: Reader) -> None:
    found = read(xlsx(HEADINGS, (*ROWS[0], "", "张三"), ROWS[1]))
    assert said(found) == ("cutovers.xlsx › 割接 › I1 this column has cells and no heading; it is not read;  [caution]")


def test_a_cell_of_spaces_nobody_can_see_is_empty(read: Reader) -> None:
    """D08"""
    found = read(xlsx(HEADINGS, ("\u2003\u200b\u3000", *ROWS[0][1:])))
    assert [problem.message.to("en") for problem in found.problems] == ["割接任务号 is empty"]


def test_a_formula_without_result_in_one_part_of_a_window_is_named_as_that(read: Reader) -> None:
    """A16"""
    data = workbook(
        {"割接": [TWO_COLUMNS, in_two("20110608 22:00", "")]},
        lambda book: book.worksheets()[0].write_formula("E2", "=D2+1", None, ""),
    )
    found = read(data)
    assert [(str(p.place), p.message.to("en")) for p in found.problems] == [
        ("cutovers.xlsx › 割接 › E2 (割接结束时间)", "the cell is a formula without a stored result")
    ]


def test_a_small_mistake_in_a_required_heading_is_guessed_at(read: Reader) -> None:
    """C08"""
    found = read(xlsx([*HEADINGS[:3], "割接时问", *HEADINGS[4:]], ROWS[0]))
    assert "missing: 割接时间" in said(found)
    assert "did you mean “割接时间” by “割接时问”?" in said(found)


@pytest.mark.parametrize("broken_first", [True, False])
def test_a_broken_row_with_the_same_code_makes_the_good_one_no_record_either(read: Reader, broken_first: bool) -> None:
    """D09: neither of two rows of one customer can be trusted."""
    good = ("k1", "甲公司", "集团级", "北京")
    bad = ("K1", "甲公司", "集团级", "")
    rows = [("客户编码", "客户名称", "客户级别", "总部所在地"), *([bad, good] if broken_first else [good, bad])]
    found = read(workbook({"客户": rows}), "customers.xlsx", Customer.TABLE)
    assert found.records == ()
    assert len(found.broken) == 2
    assert said(found).count("stands in another row as well") == 2
