"""Cells that hold one of a few words, with the spellings people use for each."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Generic, Literal, TypeVar

from aftersales_cli.records.cells import text
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import (
    Category,
    Cause,
    ComplaintKind,
    CrisisForm,
    FeedbackKind,
    Manner,
    Outcome,
    Status,
    VisitKind,
)
from aftersales_cli.words import Say

E = TypeVar("E")
S = TypeVar("S", bound=StrEnum)


class OneOf(Generic[E]):
    """A parser: what `spellings` has for a word, folded; `Refused` names the `accepted` words."""

    def __init__(self, spellings: Mapping[str, E], accepted: str) -> None:
        self._spellings, self._accepted = spellings, accepted

    def __call__(self, cell: Any) -> E:
        """The value of one non-empty cell."""
        found = self._spellings.get(folded(text(cell)))
        if found is None:
            raise Refused(Say("write one of: {words}", words=self._accepted))
        return found


def _members(words: type[S], **others: str) -> OneOf[S]:
    """The words themselves are accepted; `others` are further spellings of a member, by its name."""
    named = {other: words[name] for name, written in others.items() for other in written.split()}
    return OneOf({word.value: word for word in words} | named, ", ".join(words))


category = _members(
    Category, PLANNED="计划割接 planned", TEMPORARY="临时割接 temporary", EMERGENCY="紧急割接 emergency"
)
status = _members(
    Status,
    PLANNED="planned",
    CANCELLED="已取消 cancelled canceled",
    RESCHEDULED="已改期 rescheduled",
    DONE="已完成 done",
)
cause = _members(
    Cause,
    CUTOVER="cutover",
    OTHER="其它 other",
    NOT_VERIFIED="未查明 notverified",
    UNFILED_CUTOVER="unfiledcutover",
)
"""What was found to be the cause of a complaint (D4)."""
complaint_kind = _members(ComplaintKind, FAULT="fault", GRIEVANCE="complaint")
feedback_kind = _members(FeedbackKind, QUESTION="question", OBJECTION="改期 objection", ASSURANCE="重保 assurance")
outcome = _members(Outcome, MET="met", NOT_MET="notmet", OPEN="open")
visit_kind = _members(
    VisitKind, ROUTINE="例行走访 routine", CRISIS="危机走访 危机处理 crisis", FOLLOW_UP="事后回访 followup follow-up"
)
manner = _members(Manner, ON_SITE="上门走访 现场 onsite on-site", PHONE="phone telephone", MEETING="视频会议 meeting")
crisis_form = _members(CrisisForm, FAULT="故障 fault", COMPLAINT="投诉 complaint", HAZARD="隐患 hazard")

_LANGUAGES: dict[str, Literal["zh", "en"]] = {
    "zh": "zh", "中文": "zh", "汉语": "zh", "chinese": "zh", "en": "en", "英文": "en", "英语": "en", "english": "en",
}  # fmt: skip
language = OneOf(_LANGUAGES, "zh, en")

_YES_OR_NO = OneOf({
    "是": True, "有": True, "yes": True, "y": True, "true": True, "1": True, "√": True,
    "否": False, "无": False, "no": False, "n": False, "false": False, "0": False, "×": False,
}, "是, 否")  # fmt: skip


def yes_no(cell: Any) -> bool:
    """是 or 否, and what people write for them."""
    return cell if isinstance(cell, bool) else _YES_OR_NO(cell)
