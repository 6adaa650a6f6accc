"""What one cell may hold: each parser takes a non-empty cell and returns the value, or raises `Refused`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import Any, Literal, TypeVar

from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import cleaned, folded
from aftersales_cli.records.moments import daily_hours, day, instant, normal, window
from aftersales_cli.records.values import (
    Action,
    Category,
    Cause,
    ComplaintKind,
    CrisisForm,
    FeedbackKind,
    InstantOrWord,
    Interruption,
    Interrupts,
    Lead,
    LeadUnit,
    Manner,
    Outcome,
    Status,
    VisitKind,
    Word,
)
from aftersales_cli.words import Say

__all__ = [
    "TIMES", "actions", "by_province", "category", "cause", "code", "codes", "complaint_kind", "count", "crisis_form",
    "daily_hours", "day", "delivered", "emails", "feedback_kind", "filed", "instant", "interruption", "language",
    "lead", "manner", "minutes", "names", "outcome", "phone", "published", "restored", "sentences", "status", "text",
    "visit_kind", "window", "yes_no",
]  # fmt: skip

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
_INTERRUPTION = re.compile(
    r"(?P<kind>不中断|无中断|nointerruption|none|中断|瞬断|interruption|outage|momentary)[:,]?"
    r"(?P<below>小于|少于|低于|不足|<|below|lessthan|under)?"
    r"(?:(?P<hours>\d+(?:\.\d+)?)(?:个?小时|hours?|hrs?|h))?"
    r"(?:(?P<minutes>\d+)(?:分钟|分|minutes?|mins?))?",
    re.ASCII,
)
_LEAD = re.compile(
    r"(?P<amount>\d+)(?P<unit>个?工作日|workingdays?|businessdays?|个?自然日|天|日|calendardays?|days?|个?小时|hours?|h)?",
    re.ASCII,
)

_EXACT_DIGITS = 10**15  # Excel keeps 15 digits of a number; what follows has become zeros

_COUNT_DIGITS = 6

_MINUTES = re.compile(
    r"(?:(?P<hours>\d{1,5}(?:\.\d+)?)(?:个?小时|时|hours?|hrs?|h))?"
    r"(?:(?P<minutes>\d{1,6})(?:分钟?|minutes?|mins?)?)?",
    re.ASCII,
)

_CONTROL_HINT = Say("remove the control characters from the text")
_CODE_HINT = Say("write the code as text")
_MANGLED_HINT = Say(
    "Excel has made a number of this and its last digits may be lost: format the column as text and enter it again"
)
_PHONE_HINT = Say("write a telephone number such as 021-12345678")
_INTERRUPTION_HINT = Say("write 中断: 30分钟, 瞬断: 小于5分钟, 瞬断 or 不中断")
_LEAD_HINT = Say("write a lead time such as 6个工作日, 14天 or 72小时")
_MAIL_HINT = Say("write addresses such as desk@example.com; several are separated by semicolons")
_PROVINCE_HINT = Say("write provinces and names such as 上海:张三; 广东:李四")
_FILED_HINT = Say("write a day and a time such as 2026-09-08 22:30, or 未填报")
_PUBLISHED_HINT = Say("write a day and a time such as 2026-09-08 22:30, or 未发布")
_DELIVERED_HINT = Say("write a day and a time such as 2026-09-08 22:30, or 未送达")
_RESTORED_HINT = Say("write a day and a time such as 2026-09-08 22:30, or 未恢复")
_ACTION_HINT = Say("write measures such as 更换光模块|负责人|2026-03-31; several are separated by semicolons")
_MINUTES_HINT = Say("write a length such as 95分钟 or 3小时; a bare number counts minutes")
_COUNT_HINT = Say("write a whole number such as 0 or 1")

E = TypeVar("E")


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


def filed(cell: Any) -> InstantOrWord:
    """When the cutover was filed, or 未填报 (D3)."""
    return _instant_or(cell, Word.NOT_FILED, "notfiled", _FILED_HINT)


def published(cell: Any) -> InstantOrWord:
    """When the cutover was published, or 未发布 (D3)."""
    return _instant_or(cell, Word.NOT_PUBLISHED, "notpublished", _PUBLISHED_HINT)


def delivered(cell: Any) -> InstantOrWord:
    """When the notice reached its customer, or 未送达 (D3)."""
    return _instant_or(cell, Word.NOT_DELIVERED, "notdelivered", _DELIVERED_HINT)


def restored(cell: Any) -> InstantOrWord:
    """When the service was back, or 未恢复 (D3)."""
    return _instant_or(cell, Word.NOT_RESTORED, "notrestored", _RESTORED_HINT)


def interruption(cell: Any) -> Interruption:
    """`中断: 30分钟`, `瞬断: 小于5分钟`, `瞬断`, `不中断`; hours become minutes; 中断 needs its minutes (facts §1)."""
    match = _INTERRUPTION.fullmatch(folded(cell)) if isinstance(cell, str) else None
    if not match:
        raise Refused(_INTERRUPTION_HINT)
    kind = _KINDS[match["kind"]]
    minutes = float(match["hours"] or 0) * 60 + int(match["minutes"] or 0)
    said = bool(match["hours"] or match["minutes"])
    below = match["below"] is not None
    needs = kind is Interrupts.YES or below
    if (needs and not said) or (said and (kind is Interrupts.NO or minutes < 1 or minutes != int(minutes))):
        raise Refused(_INTERRUPTION_HINT)
    return Interruption(kind, int(minutes) if said else None, below)


def category(cell: Any) -> Category:
    """计划, 临时, 紧急; 计划割接 and planned are read too."""
    return _one_of(cell, _CATEGORIES, "计划, 临时, 紧急")


def status(cell: Any) -> Status:
    """计划, 取消, 改期, 完成."""
    return _one_of(cell, _STATUSES, "计划, 取消, 改期, 完成")


def cause(cell: Any) -> Cause:
    """割接, 其他, 未查实, 未填报割接 (D4)."""
    return _one_of(cell, _CAUSES, "割接, 其他, 未查实, 未填报割接")


def complaint_kind(cell: Any) -> ComplaintKind:
    """申告, 投诉."""
    return _one_of(cell, _COMPLAINT_KINDS, "申告, 投诉")


def feedback_kind(cell: Any) -> FeedbackKind:
    """疑问, 改期要求, 重保要求."""
    return _one_of(cell, _FEEDBACK_KINDS, "疑问, 改期要求, 重保要求")


def outcome(cell: Any) -> Outcome:
    """满足, 不能满足, 处理中."""
    return _one_of(cell, _OUTCOMES, "满足, 不能满足, 处理中")


def count(cell: Any) -> int:
    """A whole number, 0 or more."""
    written = normal(text(cell))
    if not (written.isascii() and written.isdigit() and len(written) <= _COUNT_DIGITS):
        raise Refused(_COUNT_HINT)
    return int(written)


def minutes(cell: Any) -> int:
    """A length in whole minutes: `95分钟`, `3小时`, `1小时30分`, a bare number, a spreadsheet's length of time."""
    if isinstance(cell, timedelta):
        return int(cell.total_seconds() // 60)
    match = _MINUTES.fullmatch(folded(text(cell)))
    if not match or not match[0]:
        raise Refused(_MINUTES_HINT)
    return int(float(match["hours"] or 0) * 60) + int(match["minutes"] or 0)


def names(cell: Any) -> tuple[str, ...]:
    """Names of people, places or things, in the cell's order, each once; split at ; ； 、 or line breaks."""
    return _listed(cell, _SPLIT)


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


def visit_kind(cell: Any) -> VisitKind:
    """例行, 危机, 回访."""
    return _one_of(cell, _VISIT_KINDS, "例行, 危机, 回访")


def manner(cell: Any) -> Manner:
    """上门, 电话, 会议."""
    return _one_of(cell, _MANNERS, "上门, 电话, 会议")


def crisis_form(cell: Any) -> CrisisForm:
    """网络故障, 客户投诉, 重大隐患."""
    return _one_of(cell, _CRISIS_FORMS, "网络故障, 客户投诉, 重大隐患")


def yes_no(cell: Any) -> bool:
    """是 or 否, and what people write for them."""
    if isinstance(cell, bool):
        return cell
    return _one_of(cell, _YES_NO, "是, 否")


def language(cell: Any) -> Literal["zh", "en"]:
    """zh or en."""
    return _one_of(cell, _LANGUAGES, "zh, en")


def lead(cell: Any) -> Lead:
    """`6个工作日`, `14天`, `72小时`; a bare number counts working days (contract §4)."""
    match = _LEAD.fullmatch(folded(text(cell)))
    if not match:
        raise Refused(_LEAD_HINT)
    return Lead(int(match["amount"]), _lead_unit(match["unit"] or ""))


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


TIMES: frozenset[Callable[[Any], Any]] = frozenset({instant, filed, published, delivered, restored, window, day})
"""The parsers that take a spreadsheet's serial number for a day; a workbook that counts from 1904 is shifted first."""


def _listed(cell: Any, split: re.Pattern[str]) -> tuple[str, ...]:
    parts = split.split(cell) if isinstance(cell, str) else [text(cell)]
    return tuple(dict.fromkeys(text(part) for part in parts if cleaned(part)))


def _action(written: str) -> Action:
    what, *more = (cleaned(part) for part in _SPLIT_PARTS.split(written))
    if not what or len(more) > 2:
        raise Refused(_ACTION_HINT)
    owner, due = (*more, "", "")[:2]
    try:
        return Action(what, owner or None, day(due) if due else None)
    except Refused:
        raise Refused(_ACTION_HINT) from None


def _instant_or(cell: Any, word: Word, english: str, accepted: Say) -> InstantOrWord:
    if isinstance(cell, str) and folded(cell) in {word.value, english}:
        return word
    try:
        return instant(cell)
    except Refused as refused:
        raise Refused(accepted if isinstance(cell, str) else refused.accepted) from None


def _digits(number: float) -> str:
    if not abs(number) < _EXACT_DIGITS:  # also not a number
        raise Refused(_MANGLED_HINT)
    return str(int(number)) if number == int(number) else repr(number)


def _one_of(cell: Any, words: Mapping[str, E], accepted: str) -> E:
    found = words.get(folded(text(cell)))
    if found is None:
        raise Refused(Say("write one of: {words}", words=accepted))
    return found


def _lead_unit(unit: str) -> LeadUnit:
    if unit == "" or unit.endswith("工作日") or unit.startswith(("working", "business")):
        return LeadUnit.WORKING_DAYS
    return LeadUnit.HOURS if unit.endswith("小时") or unit.startswith("h") else LeadUnit.DAYS


def _spellings(members: type[Enum], **english: str) -> dict[str, Any]:
    named = {word: members[name] for name, words in english.items() for word in words.split()}
    return {member.value: member for member in members} | named


_KINDS = {
    "不中断": Interrupts.NO, "无中断": Interrupts.NO, "nointerruption": Interrupts.NO, "none": Interrupts.NO,
    "中断": Interrupts.YES, "interruption": Interrupts.YES, "outage": Interrupts.YES,
    "瞬断": Interrupts.MOMENTARILY, "momentary": Interrupts.MOMENTARILY,
}  # fmt: skip
_CATEGORIES: dict[str, Category] = _spellings(
    Category, PLANNED="计划割接 planned", TEMPORARY="临时割接 temporary", EMERGENCY="紧急割接 emergency"
)
_STATUSES: dict[str, Status] = _spellings(
    Status,
    PLANNED="planned",
    CANCELLED="已取消 cancelled canceled",
    RESCHEDULED="已改期 rescheduled",
    DONE="已完成 done",
)
_CAUSES: dict[str, Cause] = _spellings(
    Cause,
    CUTOVER="cutover",
    OTHER="其它 other",
    NOT_VERIFIED="未查明 notverified",
    UNFILED_CUTOVER="unfiledcutover",
)
_COMPLAINT_KINDS: dict[str, ComplaintKind] = _spellings(ComplaintKind, FAULT="fault", GRIEVANCE="complaint")
_FEEDBACK_KINDS: dict[str, FeedbackKind] = _spellings(
    FeedbackKind, QUESTION="question", OBJECTION="改期 objection", ASSURANCE="重保 assurance"
)
_OUTCOMES: dict[str, Outcome] = _spellings(Outcome, MET="met", NOT_MET="notmet", OPEN="open")
_VISIT_KINDS: dict[str, VisitKind] = _spellings(
    VisitKind, ROUTINE="例行走访 routine", CRISIS="危机走访 危机处理 crisis", FOLLOW_UP="事后回访 followup follow-up"
)
_MANNERS: dict[str, Manner] = _spellings(
    Manner, ON_SITE="上门走访 现场 onsite on-site", PHONE="phone telephone", MEETING="视频会议 meeting"
)
_CRISIS_FORMS: dict[str, CrisisForm] = _spellings(
    CrisisForm, FAULT="故障 fault", COMPLAINT="投诉 complaint", HAZARD="隐患 hazard"
)
_YES_NO = {
    "是": True, "有": True, "yes": True, "y": True, "true": True, "1": True, "√": True,
    "否": False, "无": False, "no": False, "n": False, "false": False, "0": False, "×": False,
}  # fmt: skip
_LANGUAGES: dict[str, Literal["zh", "en"]] = {
    "zh": "zh", "中文": "zh", "汉语": "zh", "chinese": "zh", "en": "en", "英文": "en", "英语": "en", "english": "en",
}  # fmt: skip
