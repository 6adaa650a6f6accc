"""The values that cells hold: instants, windows, interruptions, lead times, and the words of people's files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from aftersales_cli.places.quick import quick, quickly_set_aside
from aftersales_cli.words import Counted, Say

BEIJING = ZoneInfo("Asia/Shanghai")


@quickly_set_aside
@dataclass(frozen=True, slots=True, order=True)
class Instant:
    """A moment in Beijing time; `whole_day` where the cell held a day without a time (then `at` is its 00:00)."""

    at: datetime
    whole_day: bool = False

    @property
    def day(self) -> date:
        """The calendar day in Beijing."""
        return self.at.date()

    @property
    def latest(self) -> datetime:
        """The last moment it can mean: itself, or the end of the day."""
        return self.at + timedelta(days=1) if self.whole_day else self.at

    def __str__(self) -> str:
        if self.whole_day:
            return self.day.isoformat()
        return self.at.strftime("%Y-%m-%d %H:%M:%S" if self.at.second else "%Y-%m-%d %H:%M")


@quick
class Window:
    """From `start` to `end`, Beijing time, start before end."""

    start: datetime
    end: datetime

    def __str__(self) -> str:
        """As the notice form prints it (R15): `20110608 00:00:00/20110608 06:00:00`."""
        return f"{self.start:%Y%m%d %H:%M:%S}/{self.end:%Y%m%d %H:%M:%S}"

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether any moment is shared; touching ends share none."""
        return self.start < end and start < self.end

    @property
    def minutes(self) -> int:
        """Its length in whole minutes."""
        return int((self.end - self.start).total_seconds() // 60)


class Interrupts(StrEnum):
    """What a cutover is declared to do to the service."""

    YES = "中断"
    MOMENTARILY = "瞬断"
    NO = "不中断"


@quick
class Interruption:
    """The declared interruption: kind, and minutes where said; `below` for 'less than that many minutes'."""

    kind: Interrupts
    minutes: int | None = None
    below: bool = False

    def __str__(self) -> str:
        """As the notice form prints it (R15): `中断: 30分钟`, `瞬断: 小于5分钟`, `不中断`."""
        if self.minutes is None:
            return self.kind.value
        return f"{self.kind.value}: {'小于' if self.below else ''}{self.minutes}分钟"


class LeadUnit(StrEnum):
    """How a lead time counts: clear working days, clear calendar days, or hours (D1)."""

    WORKING_DAYS = "working days"
    DAYS = "days"
    HOURS = "hours"


@dataclass(frozen=True, slots=True)
class Lead:
    """So many working days, calendar days or hours ahead."""

    amount: int
    unit: LeadUnit

    def __str__(self) -> str:
        return f"{self.amount} {self.unit.value}"

    def say(self) -> Say:
        """`6 working days`, to stand inside a sentence."""
        match self.unit:
            case LeadUnit.WORKING_DAYS:
                return Counted("{n} working day", "{n} working days", n=self.amount)
            case LeadUnit.DAYS:
                return Counted("{n} day", "{n} days", n=self.amount)
            case LeadUnit.HOURS:
                return Counted("{n} hour", "{n} hours", n=self.amount)


class Category(StrEnum):
    """The kind of a cutover (割接类别)."""

    PLANNED = "计划"
    TEMPORARY = "临时"
    EMERGENCY = "紧急"


class Status(StrEnum):
    """What became of a cutover (状态)."""

    PLANNED = "计划"
    CANCELLED = "取消"
    RESCHEDULED = "改期"
    DONE = "完成"


class Cause(StrEnum):
    """What was found to be the cause of a complaint (查实原因)."""

    CUTOVER = "割接"
    OTHER = "其他"
    NOT_VERIFIED = "未查实"
    UNFILED_CUTOVER = "未填报割接"


class ComplaintKind(StrEnum):
    """Whether a customer reports a fault or complains (类型)."""

    FAULT = "申告"
    GRIEVANCE = "投诉"


class FeedbackKind(StrEnum):
    """What a customer wants of us (意见类型; R4–R6)."""

    QUESTION = "疑问"
    OBJECTION = "改期要求"
    ASSURANCE = "重保要求"


class Outcome(StrEnum):
    """What became of a customer's wish (处理结果)."""

    MET = "满足"
    NOT_MET = "不能满足"
    OPEN = "处理中"


class VisitKind(StrEnum):
    """Why a customer is visited (走访类型; R18)."""

    ROUTINE = "例行"
    CRISIS = "危机"
    FOLLOW_UP = "回访"


class Manner(StrEnum):
    """How a customer is visited (走访方式); only on site counts for R22 and R24 (D7)."""

    ON_SITE = "上门"
    PHONE = "电话"
    MEETING = "会议"


class CrisisForm(StrEnum):
    """How a crisis shows itself (表现形式; R61)."""

    FAULT = "网络故障"
    COMPLAINT = "客户投诉"
    HAZARD = "重大隐患"


@dataclass(frozen=True, slots=True)
class Action:
    """A measure somebody has taken on: what, who, and by when (R32); `owner` and `due` None where nobody said."""

    text: str
    owner: str | None = None
    due: date | None = None

    def __str__(self) -> str:
        """As a cell holds it: `更换光模块|示例工程师|2026-03-31`."""
        return "|".join(part if part else "" for part in (self.text, self.owner, self.due and str(self.due))).rstrip(
            "|"
        )


class Word(StrEnum):
    """Words that stand in place of an instant and mean 'no' (D3)."""

    NOT_FILED = "未填报"
    NOT_PUBLISHED = "未发布"
    NOT_DELIVERED = "未送达"
    NOT_RESTORED = "未恢复"


InstantOrWord = Instant | Word


@dataclass(frozen=True, slots=True)
class DailyHours:
    """A stretch of every day, minutes after midnight; `end` may pass 1440 when it crosses midnight."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60 % 24:02}:{self.end % 60:02}"
