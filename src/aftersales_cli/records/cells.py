"""Cells that hold texts, codes, names or addresses. As every parser: a non-empty cell → its value, or `Refused`."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import Any

from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import cleaned
from aftersales_cli.records.moments import day, normal
from aftersales_cli.records.values import Action
from aftersales_cli.words import Say

_SPLIT = re.compile(r"[;；、\r\n]+")
_SPLIT_SENTENCES = re.compile(r"[;；\r\n]+")
_SPLIT_PARTS = re.compile(r"[|｜]")
_SPLIT_MAIL = re.compile(r"[,;、\s]+")  # after width folding
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.ASCII | re.IGNORECASE)
_MAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
_EXACT_DIGITS = 10**15  # Excel keeps 15 digits of a number; what follows has become zeros

_CONTROL_HINT = Say("remove the control characters from the text")
_CODE_HINT = Say("write the code as text")
_MANGLED_HINT = Say(
    "Excel has made a number of this and its last digits may be lost: format the column as text and enter it again"
)
_PHONE_HINT = Say("write a telephone number such as 021-12345678")
_MAIL_HINT = Say("write addresses such as desk@example.com; several are separated by semicolons")
_PROVINCE_HINT = Say("write provinces and names such as 上海:张三; 广东:李四")
_ACTION_HINT = Say("write measures such as 更换光模块|负责人|2026-03-31; several are separated by semicolons")


def text(cell: Any) -> str:
    """A text, cleaned of invisible characters and doubled spaces; numbers and days as they are written."""
    match cell:
        case str():
            kept = cleaned(cell)
            if not kept.isprintable() and _CONTROL.search(kept):
                raise Refused(_CONTROL_HINT)
            return kept
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _digits(cell)
        case datetime():
            return f"{cell:%Y-%m-%d %H:%M:%S}"
        case _:
            return str(cell)


def code(cell: Any) -> str:
    """An opaque key: the text exactly, apart from cleaning; a number as its digits, unless some may be lost (D06)."""
    match cell:
        case bool() | date() | time() | timedelta():
            raise Refused(_CODE_HINT)
        case str() if _SCIENTIFIC.fullmatch(cell):
            raise Refused(_MANGLED_HINT)
        case _:
            return text(cell)


def task_number(cell: Any) -> str:
    """A task number: a code in ordinary letters and digits, where the cell has full-width ones."""
    return unicodedata.normalize("NFKC", code(cell))


def codes(cell: Any) -> tuple[str, ...]:
    """Codes of one cell, in its order, each once; split at ; ； 、 or line breaks."""
    if not isinstance(cell, str):
        return (code(cell),)
    return tuple(dict.fromkeys(code(part) for part in _SPLIT.split(cell) if cleaned(part)))


def code_lines(cell: Any) -> str:
    """One code, or several written into one cell, then a line each; the binding makes a row of each (`Column.each`)."""
    return "\n".join(codes(cell))


def names(cell: Any) -> tuple[str, ...]:
    """Names of people, places or things, in the cell's order, each once; split at ; ； 、 or line breaks."""
    parts = _SPLIT.split(cell) if isinstance(cell, str) else [text(cell)]
    return tuple(dict.fromkeys(text(part) for part in parts if cleaned(part)))


def sentences(cell: Any) -> tuple[str, ...]:
    """Sentences in the cell's order; split at ; ； or line breaks, not at 、, which stands inside sentences.

    One that stands twice is kept twice: progress is in the order of the issues (R41), and may be the same of both.
    """
    parts = _SPLIT_SENTENCES.split(cell) if isinstance(cell, str) else [text(cell)]
    return tuple(text(part) for part in parts if cleaned(part))


def entries(cell: Any) -> str:
    """A text of several entries; a line break in the cell is kept as a semicolon."""
    return "；".join(sentences(cell)) if isinstance(cell, str) and len(cell.splitlines()) > 1 else text(cell)


def actions(cell: Any) -> tuple[Action, ...]:
    """Measures with owner and day, `更换光模块|示例工程师|2026-03-31`; owner and day may be left out."""
    return tuple(_action(part) for part in sentences(cell))


def phone(cell: Any) -> str:
    """Telephone numbers as written, half width; at least three digits."""
    kept = normal(code(cell)).strip()
    if sum("0" <= character <= "9" for character in kept) < 3:
        raise Refused(_PHONE_HINT)
    return kept


def emails(cell: Any) -> tuple[str, ...]:
    """Addresses of a cell, width folded, split at , ; 、 or spaces; no display names, no encoded words (D07, O05)."""
    if not isinstance(cell, str):
        raise Refused(_MAIL_HINT)
    found = [part for part in _SPLIT_MAIL.split(normal(cell)) if part]
    if not found or not all(_MAIL.fullmatch(part) and len(part) <= 254 and "=?" not in part for part in found):
        raise Refused(_MAIL_HINT)
    return tuple(dict.fromkeys(found))


def by_province(cell: Any) -> tuple[tuple[str, str], ...]:
    """`上海:张三; 广东:李四` as pairs in the cell's order; a name alone belongs to the province before it."""
    if not isinstance(cell, str):
        raise Refused(_PROVINCE_HINT)
    pairs: list[tuple[str, str]] = []
    for part in filter(None, map(text, _SPLIT.split(cell))):
        province, colon, name = part.replace("：", ":").partition(":")
        if not colon:
            province, name = (pairs[-1][0] if pairs else ""), part
        if not province.strip() or not name.strip():
            raise Refused(_PROVINCE_HINT)
        pairs.append((province.strip(), name.strip()))
    return tuple(pairs)


def _action(written: str) -> Action:
    what, *more = (cleaned(part) for part in _SPLIT_PARTS.split(written))
    if not what or len(more) > 2:
        raise Refused(_ACTION_HINT)
    owner, due = (*more, "", "")[:2]
    try:
        return Action(what, owner or None, day(due) if due else None)
    except Refused:
        raise Refused(_ACTION_HINT) from None


def _digits(number: float) -> str:
    if not abs(number) < _EXACT_DIGITS:  # also not a number
        raise Refused(_MANGLED_HINT)
    return str(int(number)) if number == int(number) else repr(number)
