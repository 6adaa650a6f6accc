"""Text tables (CSV, tab-separated, text that calls itself .xls) as raw sheets. Runs in the confined process."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from statistics import median
from typing import Any, NoReturn

from aftersales_cli.tables.unreadable import Unreadable, too_big
from aftersales_cli.words import Say

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BEYOND_LATIN = re.compile("[^\\x00-\\u07ff]")
_CERTAIN = 4  # characters of three bytes: six of two bytes that are valid together do not come by chance
_SEPARATORS = ",\t;|"
_QUOTED = re.compile('"[^"]*"')
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)  # how exporters keep Excel from making numbers of codes
_GUARDED = re.compile(r"'(?=[=+\-@\t＝＋－＠])")  # how we keep Excel from making formulas of texts
_ENCODING_HINT = Say("name the encoding with --encoding, such as --encoding gb18030 or --encoding utf-8")


def decoded(data: bytes, encoding: str | None) -> str:
    """The text: by `encoding`, a byte order mark, strict UTF-8, else strict GB18030; nothing is replaced (B01)."""
    named = encoding or next((name for mark, name in _BOMS if data.startswith(mark)), None)
    if named is None and b"\0" in data:
        raise Unreadable(Say("the file holds NUL bytes and is no text"), _ENCODING_HINT)
    text = _strictly(data, named) if named else _told_apart(data)
    if "\0" in text:
        raise Unreadable(Say("the file holds NUL bytes and is no text"))
    return text.removeprefix("\ufeff")


def encoding_of(head: bytes) -> str:
    """The encoding of a text by its first lines, told apart as `decoded` tells whole texts."""
    named = next((name for mark, name in _BOMS if head.startswith(mark)), None)
    if named is None:
        if b"\0" in head:
            raise Unreadable(Say("the file holds NUL bytes and is no text"), _ENCODING_HINT)
        _told_apart(head)
    return named or ("utf-8" if _is_utf8(head) else "gb18030")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise Unreadable(Say("there is no encoding “{name}”", name=encoding), _ENCODING_HINT) from None
    except UnicodeDecodeError as error:
        _refuse_byte(data, encoding, error)


def _told_apart(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_mixture(data, error)
        return _strictly(data, "gb18030")
    if not text.isascii() and not _BEYOND_LATIN.search(text):
        # 930 characters of GB2312 are valid UTF-8 in pairs: no Chinese stands there when read as UTF-8
        raise Unreadable(Say("the text can be read as UTF-8 and as GB18030"), _ENCODING_HINT)
    return text


def _refuse_mixture(data: bytes, error: UnicodeDecodeError) -> None:
    """Lines that can only be UTF-8 beside one that is not: GB18030 would read most of it as other characters (B04)."""
    lines = data.splitlines()
    good = next((number for number, line in enumerate(lines, 1) if _only_utf8(line)), None)
    if good is None:
        return
    at = len(data[: error.start + 1].splitlines())
    message = Say(
        "line {good} is UTF-8 text, line {line} is not: byte {offset} is {bytes}",
        good=good,
        line=at,
        offset=error.start,
        bytes=data[error.start : error.start + 4].hex(" ").upper(),
    )
    raise Unreadable(message, _readings(lines[at - 1]), line=at)


def _only_utf8(line: bytes) -> bool:
    """Whether a line has so many characters of three bytes that a text of two-byte characters cannot look like it."""
    return not line.isascii() and _is_utf8(line) and len(_BEYOND_LATIN.findall(line.decode())) >= _CERTAIN


def _readings(line: bytes) -> Say:
    """Both readings of a line, from shortly before the first character they differ in."""
    foreign = line[max(next(at for at, byte in enumerate(line) if byte > 127) - 10, 0) :]
    one, other = (foreign.decode(code, "backslashreplace")[:40] for code in ("utf-8", "gb18030"))
    return Say(
        "in UTF-8 it reads “{one}”, in GB18030 “{other}”: save the file in one encoding, or name it with --encoding",
        one=one,
        other=other,
    )


def _refuse_byte(data: bytes, encoding: str, error: UnicodeDecodeError) -> NoReturn:
    line = data.count(b"\n", 0, error.start) + 1
    message = Say(
        "byte {offset} is no {encoding} text: {bytes}",
        offset=error.start,
        encoding=encoding.upper(),
        bytes=data[error.start : max(error.end, error.start + 1)][:4].hex(" ").upper(),
    )
    raise Unreadable(message, _ENCODING_HINT, line=line)


def rows(text: str, limits: dict[str, float]) -> dict[str, Any]:
    """One raw sheet; its numbers are the lines on which the rows begin; each row counts its cells (B07)."""
    kept: list[list[str]] = []
    lines: list[int] = []
    cells = 0
    cleanup = '="' in text or "'" in text
    for line, row in _parsed(text, separator(text)):
        filled = len(row) - row.count("")
        if not filled:
            continue
        cells += filled
        kept.append([unwrapped(cell) for cell in row] if cleanup else row)
        lines.append(line)
        if len(kept) > limits["rows"]:
            raise too_big("rows", limits["rows"])
    if cells > limits["cells"]:
        raise too_big("cells", limits["cells"])
    return {"name": None, "rows": kept, "numbers": lines, "is_text": True, "counted": True}


def separator(text: str) -> str:
    """The one of , tab ; | that stands equally often in most of the first 50 lines, quoted cells aside.

    A list in one cell has more marks than the line has separators, and not the same number in each line.
    """
    lines = [_QUOTED.sub("", line) for line in text[:100_000].splitlines()[:50] if line.strip()]
    counts = {mark: Counter(line.count(mark) for line in lines) for mark in _SEPARATORS}

    def regular(mark: str) -> tuple[int, float, int]:
        found = counts[mark]
        same = max((lines for count, lines in found.items() if count), default=0)
        return same, median(found.elements() if found else [0]), -_SEPARATORS.index(mark)

    return max(_SEPARATORS, key=regular)


def _parsed(text: str, mark: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            message = Say("a cell is longer than {limit} characters", limit=csv.field_size_limit())
            raise Unreadable(message, Say("a quotation mark may be missing here"), line=line) from None
        message = Say("a quotation mark opened in line {line} is not closed", line=line)
        hint = Say("close it, or write a quotation mark inside quotes twice")
        raise Unreadable(message, hint, line=line) from None


def unwrapped(cell: str) -> str:
    """A cell without what exporters (`="0012"`) and we (`'=SUM`) put around it for Excel's sake."""
    if cell.startswith('="'):
        match = _AS_FORMULA.fullmatch(cell)
        return match[1].replace('""', '"') if match else cell
    return _GUARDED.sub("", cell, 1) if cell.startswith("'") else cell
