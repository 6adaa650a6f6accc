"""Input files made in code: nothing binary is committed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.records.columns import Row, Table
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.vocabulary import Term, Vocabularies, Vocabulary
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.reading import Input, Read, read_table

HEADINGS = ("割接任务号", "客户名称", "电路代号", "割接时间", "中断类型", "割接省", "割接原因分类")
ROWS = (
    ("JT2011SHJH000160", "中国银联股份有限公司", "北京上海30N2332NP", "20110608 00:00:00/20110608 06:00:00",
     "中断: 30分钟", "上海", "外力施工"),
    ("BD2011GDJH000473", "中信建投证券有限责任公司", "北京深圳ETN2007NP", "20110609 00:00:00/20110609 06:00:00",
     "中断: 80分钟", "广东", "故障隐患处理"),
    ("BD2011SHJH000159", "中国移动通信有限公司", "HKG/CT-SHI/CT 30N198", "20110610 00:00:00/20110610 06:00:00",
     "中断: 10分钟", "上海", "系统优化升级"),
    ("BD2011GXJH000084", "日电(中国)有限公司(NEC)", "北京桂林30N2010NP", "20110616 00:00:00/20110616 06:00:00",
     "瞬断: 小于5分钟", "广西", "故障隐患处理"),
)  # fmt: skip
TABLE = (HEADINGS, *ROWS)
WORDS: Vocabularies = {
    "provinces": Vocabulary("provinces", (Term("上海", ("上海市",)), Term("广东"), Term("广西", ("广西壮族自治区",)))),
    "reasons": Vocabulary(
        "reasons",
        (Term("外力施工"), Term("故障隐患处理"), Term("系统优化升级"), Term("其他运营商割接", ("其它运营商割接",))),
    ),
}


def xlsx(*rows: Sequence[Any], **sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook with one sheet 割接, or with the named ones; texts stay texts."""
    return workbook(sheets or {"割接": rows})


def workbook(
    sheets: Mapping[str, Sequence[Sequence[Any]]],
    touch: Callable[[Workbook], None] = lambda book: None,
    **options: Any,
) -> bytes:
    """As `xlsx`, with `touch` doing the rest before the workbook is closed."""
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, **options})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for index, cell in enumerate(row):
                if cell != "":
                    sheet.write(number, index, cell)
    touch(book)
    book.close()
    return made.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The same zip with each part changed; None leaves it out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return made.getvalue()


def without(part: str) -> Callable[[str, bytes], bytes | None]:
    return lambda name, data: None if name == part else data


def replaced(part: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes | None]:
    def change(name: str, data: bytes) -> bytes:
        if name == part:
            assert old in data
            return data.replace(old, new)
        return data

    return change


def text(rows: Sequence[Sequence[str]] = TABLE, mark: str = ",", encoding: str = "utf-8") -> bytes:
    return "".join(mark.join(row) + "\r\n" for row in rows).encode(encoding)


Reader = Callable[..., Read[Any]]


def reader(confined: Confined, folder: Path) -> Reader:
    """Reads bytes as a file of that name; by default as cutovers."""

    def read(
        data: bytes | None,
        name: str = "cutovers.xlsx",
        table: Table[Any] = Cutover.TABLE,
        *,
        limits: Limits | None = None,
        vocabularies: Vocabularies = WORDS,
        **how: Any,
    ) -> Read[Row]:
        path = folder / name
        if data is not None:
            path.write_bytes(data)
        each = Input(table.key, name, path, **how)
        return read_table([each], table, confined=confined, vocabularies=vocabularies, limits=limits)

    return read


def code(read: Read[Any]) -> int:
    """The exit code of a run that only reads."""
    return read.stop if read.stop is not None else Exit.DONE if read.complete else Exit.PARTLY


def said(read: Read[Any]) -> str:
    """All problems in English, one a line: place, message, hint, severity."""
    lines = (
        f"{p.place} {p.message.to('en')}; {p.hint.to('en') if p.hint else ''} [{p.severity}]" for p in read.problems
    )
    return "\n".join(lines)
