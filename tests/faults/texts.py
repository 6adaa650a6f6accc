"""Makers of sections B and C: cutovers as text in encodings and shapes that people's programs write."""

from __future__ import annotations

import codecs

from tests.faults.spreadsheets import HEADINGS, ROW, SECOND, TABLE, file
from tests.tables.making import text

NAMED = (*HEADINGS, "客户名称")


def named(name: str) -> bytes:
    """The row with a customer's name, in GB18030."""
    return text([NAMED, (*ROW, name)], encoding="gb18030")


@file("bad.csv")
def euro_byte() -> bytes:
    """0x80 is the euro sign of code page 936 and nothing in GB18030."""
    return named("甲公司").replace("甲公司".encode("gb18030"), b"\x80\x80")


@file("bad.csv")
def beyond_gbk() -> bytes:
    return named("\U00020bb7祥公司")


@file("bad.csv")
def private_use() -> bytes:
    return named("\ue000公司")


@file("bad.csv")
def utf_8_with_a_bad_byte() -> bytes:
    """An UTF-8 file that was cut inside a character: it is no GB18030 either."""
    return text((*TABLE, SECOND))[:-3] + b"\xff\xff\r\n"


@file("bad.csv")
def gbk_that_is_utf_8() -> bytes:
    """Each pair of bytes is one Chinese character in GBK, and one of U+0080 to U+07FF in UTF-8."""
    pairs = [bytes((a, b)).decode("gbk") for a in range(0xC4, 0xDF) for b in range(0xA1, 0xBF)][:4]
    row = ["JT1", "20110608 00:00:00/20110608 06:00:00", "momentary", "".join(pairs), "x"]
    keys = ["task_no", "window", "interruption", "province", "reason"]
    return text([keys, row], encoding="gbk")


@file("bad.csv")
def utf_8_bom() -> bytes:
    return text(TABLE, encoding="utf-8-sig")


@file("bad.txt")
def unicode_text() -> bytes:
    """What Excel saves as "Unicode text"."""
    return codecs.BOM_UTF16_LE + text(TABLE, "\t", "utf-16-le")


@file("bad.csv")
def utf_16_big_end_first() -> bytes:
    return codecs.BOM_UTF16_BE + text(TABLE, encoding="utf-16-be")


@file("bad.csv")
def two_encodings() -> bytes:
    """The headings in UTF-8, the rows in GBK: two exports put together."""
    return text([HEADINGS]) + text([ROW], encoding="gbk")


@file("bad.csv")
def two_encodings_the_other_way() -> bytes:
    return text([HEADINGS], encoding="gbk") + text([ROW])


@file("bad.csv")
def big5() -> bytes:
    return text(
        [["割接任務號", "割接時間", "中斷類型", "割接省", "割接原因分類", "電路代號"], ROW[:1] * 6], encoding="big5"
    )


@file("bad.csv")
def open_quote() -> bytes:
    rows = text([HEADINGS, ROW, SECOND, ROW])
    return rows.replace(b",BD2011", b',"BD2011', 1).replace("上海".encode(), '"上海'.encode(), 1)


@file("bad.csv")
def stray_quote() -> bytes:
    return text([HEADINGS, ROW]).replace("上海".encode(), '"上"海'.encode(), 1)


@file("bad.csv")
def nul_bytes() -> bytes:
    return text(TABLE).replace("上海".encode(), b"\0\0")


@file("bad.csv")
def carriage_returns() -> bytes:
    return text(TABLE).replace(b"\r\n", b"\r")


@file("bad.csv")
def cell_of_200_000() -> bytes:
    return text([NAMED, (*ROW, "长" * 200_000)])


@file("bad.csv")
def short_row() -> bytes:
    return text([HEADINGS, ROW[:4], SECOND])


@file("bad.csv")
def long_row() -> bytes:
    return text([HEADINGS, (*ROW, "x", "y"), SECOND])


@file("bad.csv")
def semicolons() -> bytes:
    return text(TABLE, ";")


@file("bad.csv")
def tabs() -> bytes:
    return text(TABLE, "\t")


@file("bad.csv")
def bars() -> bytes:
    return text(TABLE, "|")


@file("bad.csv")
def full_width_commas() -> bytes:
    return text(TABLE, "，")


@file("bad.csv")
def heading_twice() -> bytes:
    return text([(*HEADINGS, "割接省"), (*ROW, "广东")])


@file("bad.csv")
def heading_twice_folded() -> bytes:
    return text([(*HEADINGS, " 割接　省"), (*ROW, "广东")])


@file("bad.csv")
def headings_with_spaces() -> bytes:
    return text([[f" {'　'.join(heading)} " for heading in HEADINGS], ROW])


@file("bad.csv")
def english_headings_full_width() -> bytes:
    keys = ["ｔａｓｋ＿ｎｏ", "ＷＩＮＤＯＷ", "Ｉｎｔｅｒｒｕｐｔｉｏｎ type", "province", "reason", "circuit_code"]
    return text([keys, ROW])


LINE = "- {{task_no: {0}, window: '20110608 22:30-24:00', interruption: 瞬断, province: 上海, reason: 外力施工}}\n"


@file("bad.yaml")
def brackets() -> bytes:
    return b"[" * 100_000


@file("bad.json")
def brackets_json() -> bytes:
    return b"[" * 100_000 + b"]" * 100_000


@file("bad.yaml")
def brackets_under_key() -> bytes:
    return b"cutovers:\n- a: " + b"[" * 100_000


@file("bad.yaml")
def dashes() -> bytes:
    """Lists in lists without a bracket."""
    return b"- " * 50_000 + b"x\n"


@file("bad.yaml")
def merge_bomb() -> bytes:
    lines = ["- &a0 {x: y}"] + [f"- &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 40)]
    return "\n".join(lines).encode()


@file("bad.yaml")
def alias_bomb() -> bytes:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 20)]
    return "\n".join(lines).encode()


@file("bad.yaml")
def too_many_values() -> bytes:
    return b"cutovers: [" + b"x," * 2_100_000 + b"]"


@file("bad.yaml")
def too_many_bytes() -> bytes:
    return b"- task_no: '" + b"x" * 20_100_000 + b"'\n"


@file("bad.yaml")
def integer_of_5000_digits() -> bytes:
    return (LINE.format("JT1").replace("20110608 22:30-24:00", "9" * 5000) + LINE.format("JT2")).encode()


@file("bad.json")
def json_integer_of_5000_digits() -> bytes:
    return b'[{"task_no": ' + b"9" * 5000 + b"}]"


@file("bad.yaml")
def gbk_yaml() -> bytes:
    return LINE.format("JT1").encode("gbk")
