"""Section B of the fault list: text tables and their encodings."""

from __future__ import annotations

import codecs

import pytest

from tests.tables.making import HEADINGS, ROWS, TABLE, Reader, code, said, text

ENGLISH = b"task_no,window,interruption,province,reason,customer_name\r\n"
ROW = "JT1,20110608 00:00:00/20110608 06:00:00,{interruption},{province},{reason},{name}\r\n"


def spelt_two_ways() -> bytes:
    """GBK text whose every character is valid UTF-8 as well."""
    pairs = [bytes((a, b)).decode("gbk") for a in range(0xC4, 0xDF) for b in range(0xA1, 0xBF)][:4]
    return b"task_no,reason\r\nJT1," + "".join(pairs).encode("gbk")


READ = [
    pytest.param(text(encoding="utf-8"), id="utf-8"),
    pytest.param(text(encoding="gb18030"), id="gb18030"),
    pytest.param(text(encoding="utf-8-sig"), id="B03-utf-8-bom"),
    pytest.param(codecs.BOM_UTF16_LE + text(mark="\t", encoding="utf-16-le"), id="B03-unicode-text"),
    pytest.param(text(mark=";"), id="B07-semicolons"),
    pytest.param(text(mark="\t"), id="B07-tabs"),
    pytest.param(text(mark="|"), id="B07-bars"),
    pytest.param(text().replace(b"\r\n", b"\r"), id="B06-carriage-returns"),
    pytest.param(text([[f" {c}　" for c in HEADINGS], *ROWS]), id="B08-spaces-around-headings"),
    pytest.param(
        text(
            [["*割接任务号", "客户名称", "电路代号", "割 接 时 间", "中断类型(必填)", "割接省", "割接原因分类"], *ROWS]
        ),
        id="B08-marked-headings",
    ),
    pytest.param(text([["计划割接通知表"] + [""] * 6, *TABLE]), id="A15-title-line"),
]


@pytest.mark.parametrize("data", READ)
def test_the_four_rows_are_read_from_text(read: Reader, data: bytes) -> None:
    found = read(data, "cutovers.csv")
    assert said(found) == ""
    assert code(found) == 0
    assert [record.circuit_code for record in found.records] == [row[2] for row in ROWS]


REFUSED = [
    pytest.param(text(encoding="gb18030") + b"\x80", 65, "byte 573 is no GB18030 text: 80", id="B01-euro-sign"),
    pytest.param(spelt_two_ways(), 65, "can be read as UTF-8 and as GB18030; name the encoding", id="B02-both-ways"),
    pytest.param(b"a,b\0,c\r\n", 65, "NUL", id="B06-nul"),
    pytest.param(
        text().replace(",上海,".encode(), ',"上海,'.encode(), 1),
        65,
        "opened in line 2 is not closed",
        id="B05-open-quote",
    ),
    pytest.param(text(mark="，"), 65, "no heading 割接任务号", id="B07-full-width-commas"),
    pytest.param(
        text([[*HEADINGS, "割接省"], *([*row, "x"] for row in ROWS)]),
        65,
        "columns F (割接省) and H (割接省)",
        id="B08-same-heading-twice",
    ),
    pytest.param(
        text([[*HEADINGS, " 割接 省"], *([*row, "x"] for row in ROWS)]), 65, "F (割接省) and H", id="B08-folded-alike"
    ),
]


@pytest.mark.parametrize(("data", "expected", "words"), REFUSED)
def test_a_text_that_cannot_be_trusted_is_refused(read: Reader, data: bytes, expected: int, words: str) -> None:
    found = read(data, "cutovers.csv")
    assert words in said(found)
    assert code(found) == expected
    assert found.records == ()


def test_gb18030_keeps_characters_beyond_gbk(read: Reader) -> None:
    """B01"""
    row = ROW.format(interruption="瞬断", province="上海", reason="外力施工", name="𠮷祥公司")
    [record] = read(ENGLISH + row.encode("gb18030"), "cutovers.csv").records
    assert record.customer_name == "𠮷祥公司"


def test_a_bad_byte_is_named_with_its_line(read: Reader) -> None:
    """B01"""
    found = read(text(encoding="gb18030").replace("广东".encode("gb18030"), b"\x80\x80"), "cutovers.csv")
    assert found.problems[0].place is not None
    assert found.problems[0].place.line == 3


def test_a_named_encoding_settles_what_could_be_both(read: Reader) -> None:
    """B02"""
    found = read(spelt_two_ways(), "cutovers.csv", encoding="gb18030")
    assert "required headings are missing" in said(found)


def test_an_unknown_encoding_is_refused(read: Reader) -> None:
    assert "no encoding “klingon”" in said(read(text(), "cutovers.csv", encoding="klingon"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(lambda row: row[:5], "the row has 5 cells, the headings are 7", id="B07-short"),
        pytest.param(lambda row: [*row, "x"], "the row has 8 cells, the headings are 7", id="B07-long"),
    ],
)
def test_a_row_that_is_longer_or_shorter_than_the_headings_is_not_trusted(
    read: Reader, change: object, words: str
) -> None:
    assert callable(change)
    found = read(text([HEADINGS, ROWS[0], change(ROWS[1]), ROWS[2]]), "cutovers.csv")
    assert words in said(found)
    assert (code(found), len(found.records), len(found.broken)) == (3, 2, 1)
    [broken] = found.broken
    assert broken.values == {"task_no": "BD2011GDJH000473"}
    assert found.problems[0].held == ("task BD2011GDJH000473",)


def test_empty_cells_past_the_headings_do_no_harm(read: Reader) -> None:
    assert code(read(text([HEADINGS, *([*row, ""] for row in ROWS)]), "cutovers.csv")) == 0


def test_lines_are_counted_through_cells_with_line_breaks(read: Reader) -> None:
    rows = [HEADINGS, (*ROWS[0][:1], '"中国\n银联"', *ROWS[0][2:]), ROWS[1]]
    found = read(text(rows), "cutovers.csv")
    assert [record.source.line for record in found.records] == [2, 4]
    assert found.records[0].customer_name == "中国 银联"


def test_our_own_guard_against_formulas_is_taken_off(read: Reader) -> None:
    """O03: a text that begins with = is written with an apostrophe and read back without it."""
    row = ("JT1", "'=SUM(1)", *ROWS[0][2:])
    assert read(text([HEADINGS, row]), "cutovers.csv").records[0].customer_name == "=SUM(1)"
