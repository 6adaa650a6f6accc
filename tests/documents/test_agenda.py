"""A person's year as a calendar file: whole days, ids that stay, text that comes back as it was."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import icalendar

from aftersales_cli.documents.agenda import Whole, agenda
from aftersales_cli.records.values import BEIJING

STAMP = datetime(2026, 1, 4, 9, tzinfo=BEIJING)
DAY = Whole("visit-1@aftersales", 2, date(2026, 12, 31), "例行走访 甲; 乙, 丙", "上海\n浦东", "第 1/2 次\n联系人\x00 –")


def read(*days: Whole) -> Any:
    """The file, read back."""
    return icalendar.Calendar.from_ical(agenda("2026年 示例甲", days, STAMP))


def test_a_day_is_the_whole_of_it_and_does_not_block_the_time() -> None:
    (event,) = read(DAY).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (str(event["transp"]), str(event["status"])) == ("TRANSPARENT", "CONFIRMED")


def test_texts_come_back_without_what_no_line_can_hold() -> None:
    (event,) = read(DAY).walk("VEVENT")
    assert str(event["summary"]) == "例行走访 甲; 乙, 丙"
    assert str(event["location"]) == "上海 浦东"
    assert str(event["description"]) == "第 1/2 次\n联系人 –"


def test_a_later_version_has_the_same_id_and_a_higher_sequence() -> None:
    (event,) = read(DAY).walk("VEVENT")
    assert (str(event["uid"]), int(event["sequence"])) == ("visit-1@aftersales", 2)


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    lines = agenda("年" * 60, [DAY], STAMP).split(b"\r\n")
    assert lines[-1] == b""
    assert max(map(len, lines)) <= 75


def test_the_same_days_give_the_same_bytes() -> None:
    assert agenda("a", [DAY], STAMP) == agenda("a", [DAY], STAMP)
