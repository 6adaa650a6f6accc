"""Durations, moments and words as the documents of a visit print them, in one of the two languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from aftersales_cli.cutover.phrases import Phrases
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.values import Instant
from aftersales_cli.visit.availability import Outage
from aftersales_cli.visit.history import Gap, Protection
from aftersales_cli.visit.interruptions import says_not_restored
from aftersales_cli.words import Say

NAMES = {
    "customers": Say("customers"),
    "circuits": Say("circuits"),
    "routes": Say("routes"),
    "faults": Say("faults"),
    "complaints": Say("complaints"),
    "cutovers": Say("cutovers"),
    "warnings": Say("warnings"),
    "crises": Say("crises"),
    "inspections": Say("inspections"),
    "visits": Say("visits"),
}
"""What the tables are called in a sentence."""
ENGLISH: Mapping[str, str] = {
    "例行": "Routine", "危机": "Crisis", "回访": "Follow-up",
    "上门": "On site", "电话": "By telephone", "会议": "In a meeting",
    "申告": "Fault report", "投诉": "Grievance",
    "割接": "Cutover", "其他": "Other", "未查实": "Not verified", "未填报割接": "Cutover nobody filed",
}  # fmt: skip
"""The closed words of visits and complaints as an English paper has them."""


@dataclass(frozen=True)
class Figures(Phrases):
    """`Phrases` with what only visits need. Nothing is `""`: templates print no None."""

    def word(self, value: Enum | None) -> str:
        """One of the closed words in the paper's language."""
        if value is None:
            return ""
        return str(value.value) if self.chinese else ENGLISH.get(value.value, str(value.value))

    def at(self, at: datetime | Instant | None) -> str:
        """`2026-05-17 09:12`; a day alone where the cell held no time."""
        return "" if at is None else str(at) if isinstance(at, Instant) else f"{at:%Y-%m-%d %H:%M}"

    def date(self, day: date | None) -> str:
        """`2026-05-17`."""
        return day.isoformat() if day else ""

    def listing(self, items: Sequence[str], most: int = 12) -> str:
        """Some of many, and how many there are."""
        if len(items) <= most:
            return self.listed(items)
        return self.say(Say("{some} and more, {n} in all", some=items[:most], n=len(items)))

    def lasted(self, time: timedelta) -> str:
        """`3小时`, `2天1小时5分钟`; `3 h`, `2 d 1 h 5 min`; whole minutes, a part of one counts as one."""
        minutes = -(-time // timedelta(minutes=1))
        parts = (minutes // 1440, minutes // 60 % 24, minutes % 60)
        units = ("天", "小时", "分钟") if self.chinese else (" d", " h", " min")
        said = [f"{n}{unit}" for n, unit in zip(parts, units, strict=True) if n]
        return ("" if self.chinese else " ").join(said) or f"0{units[2]}"

    def about(self, time: timedelta) -> str:
        """A long time in whole days, a shorter one as `lasted`."""
        return self.lasted(timedelta(days=time.days)) if time.days > 1 else self.lasted(time)

    def duration(self, outage: Outage | None) -> str:
        """How long it lasted; of one without an end, how long so far."""
        if outage is None:
            return ""
        lasted = self.lasted(outage.end - outage.start)
        return self.say(Say("{time} so far", time=lasted)) if outage.open else lasted

    def restored(self, row: Fault | Complaint) -> str:
        """When it was restored; that it was not, or that nobody says."""
        if isinstance(row.restored_at, Instant):
            return self.at(row.restored_at)
        return self.say(Say("not restored") if says_not_restored(row) else Say("not recorded"))

    def protection(self, protection: Protection) -> str:
        """Whether a circuit is protected."""
        words = {
            Protection.PROTECTED: Say("protected"),
            Protection.UNPROTECTED: Say("not protected"),
            Protection.UNKNOWN: Say("not known"),
        }
        return self.say(words[protection])

    def gap(self, table: str, gap: Gap) -> str:
        """What a table does not tell, in a sentence."""
        says = {
            Gap.NOT_GIVEN: Say("no {table} file was given", table=NAMES[table]),
            Gap.NOT_READ: Say("the {table} could not be read", table=NAMES[table]),
            Gap.IN_PART: Say("a part of the {table} could not be read: what follows may lack some", table=NAMES[table]),
        }
        return self.say(says[gap])
