"""Section D of the fault list: one parser for every way a time is written."""

from __future__ import annotations

import os
import time as clock
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.records import milestones, moments
from aftersales_cli.records.columns import Refused
from aftersales_cli.records.values import BEIJING, DailyHours, Instant, Window


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.fixture(params=["UTC", "Asia/Shanghai", "America/New_York"])
def machine_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    clock.tzset()
    yield
    monkeypatch.delenv("TZ")
    os.environ.pop("TZ", None)
    clock.tzset()


HALF_PAST_TEN = [
    pytest.param("2026-09-08 22:30", id="iso"),
    pytest.param("2026-09-08T22:30:00", id="iso-t"),
    pytest.param("2026-09-08T22:30+08:00", id="D05-offset"),
    pytest.param("2026-09-08T14:30Z", id="D05-utc"),
    pytest.param("2026-09-08T10:30:00-0400", id="D05-west"),
    pytest.param("2026.9.8 22:30", id="D01-points"),
    pytest.param("2026/9/8 22:30", id="D01-slashes"),
    pytest.param("2026年9月8日 22:30", id="D01-chinese"),
    pytest.param("2026年9月8日22点30分", id="D03-22点30分"),
    pytest.param("2026-09-08 22点30", id="D03-22点30"),
    pytest.param("20260908 22:30:00", id="compact"),
    pytest.param("20260908 2230", id="D03-compact-time"),
    pytest.param("202609082230", id="compact-all"),
    pytest.param("２０２６－０９－０８　２２：３０", id="D03-full-width"),
    pytest.param("\ufeff2026-09-08\u00a022:30\u200b", id="D08-invisible"),
    pytest.param(46273.9375, id="D01-serial"),
    pytest.param("46273.9375", id="D01-serial-as-text"),
    pytest.param(at("2026-09-08T22:30").replace(tzinfo=None), id="D01-datetime-cell"),
]


@pytest.mark.parametrize("cell", HALF_PAST_TEN)
def test_a_moment_is_beijing_time_on_every_machine(machine_zone: None, cell: Any) -> None:
    assert moments.instant(cell) == Instant(at("2026-09-08T22:30"))


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("2026-09-08", id="iso"),
        pytest.param("2026.9.8", id="D01-points"),
        pytest.param(20260908, id="typed-number"),
        pytest.param(46273.0, id="D01-serial"),
        pytest.param(date(2026, 9, 8), id="date-cell"),
    ],
)
def test_a_day_without_a_time_is_the_whole_day(cell: Any) -> None:
    assert moments.instant(cell) == Instant(at("2026-09-08"), whole_day=True)
    assert moments.day(cell) == date(2026, 9, 8)


@pytest.mark.parametrize("text", ["2026-09-08 24:00", "20260908 2400", "2026-09-08 24:00:00", "2026年9月8日 24点"])
def test_24_is_the_next_days_midnight(text: str) -> None:
    """D03"""
    assert moments.instant(text) == Instant(at("2026-09-09"))


REFUSED = [
    pytest.param("2026-09-08 24:30", "accepted is 00:00 to 24:00", id="D03-24:30"),
    pytest.param("2026-09-08 22:60", "accepted is 00:00 to 24:00", id="60-minutes"),
    pytest.param("9月8日", "the year is missing", id="D01-no-year"),
    pytest.param("9月8日 22:30", "the year is missing", id="D01-no-year-with-time"),
    pytest.param("22:30", "a day and a time", id="no-day"),
    pytest.param("2026-02-30", "a day and a time", id="C07-no-such-day"),
    pytest.param("明天", "a day and a time", id="words"),
    pytest.param("2026-09-08 22:30-05:00", "a day and a time", id="a-range-is-no-offset"),
    pytest.param("9999-12-31 24:00", "a day and a time", id="end-of-time"),
    pytest.param(1.0, "no day that Excel knows", id="D04-1"),
    pytest.param(59, "no day that Excel knows", id="D04-59"),
    pytest.param(60, "no day that Excel knows", id="D04-60"),
    pytest.param(-1, "no day that Excel knows", id="D04-minus-1"),
    pytest.param(2958466, "no day that Excel knows", id="D04-2958466"),
    pytest.param(2026, "no day that Excel knows", id="a-year-is-no-serial"),
    pytest.param(float("inf"), "no day that Excel knows", id="infinity"),
    pytest.param(float("nan"), "no day that Excel knows", id="not-a-number"),
    pytest.param(date(1900, 1, 1), "a day and a time", id="D04-formatted-serial"),
    pytest.param(time(22, 30), "a day and a time", id="time-cell"),
    pytest.param(timedelta(hours=26), "a day and a time", id="duration-cell"),
    pytest.param(True, "a day and a time", id="boolean"),
]


@pytest.mark.parametrize(("cell", "words"), REFUSED)
def test_what_is_no_moment_is_refused_with_an_example(cell: Any, words: str) -> None:
    with pytest.raises(Refused) as refused:
        moments.instant(cell)
    assert words in refused.value.accepted.to("en")
    assert "2026-09-08" in refused.value.accepted.to("en")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param(45000.9999999, "2023-03-16T00:00:00", id="D04-up"),
        pytest.param(at("2026-09-08T23:59:59").replace(tzinfo=None, microsecond=991000), "2026-09-09", id="D04-cell"),
        pytest.param("2026-09-08 22:30:15.4", "2026-09-08T22:30:15", id="down"),
        pytest.param("2026-09-08 22:30:59.9", "2026-09-08T22:31:00", id="up"),
    ],
)
def test_times_are_rounded_to_the_second(cell: Any, expected: str) -> None:
    assert moments.instant(cell).at == at(expected)


NIGHT = Window(at("2011-06-08T23:00"), at("2011-06-09T02:00"))


@pytest.mark.parametrize(
    "cell",
    [
        pytest.param("20110608 23:00:00/20110609 02:00:00", id="form"),
        pytest.param("20110608 23:00-02:00", id="D02-crosses-midnight"),
        pytest.param("20110608 23:00～次日02:00", id="D02-next-day"),
        pytest.param("2011年6月8日23点至次日2点", id="chinese"),
        pytest.param("2011-06-08 23:00 - 2011-06-09 02:00", id="dashes"),
        pytest.param("2011/6/8 23:00/2011/6/9 2:00", id="slashes"),
        pytest.param("2011-06-08T23:00+08:00/2011-06-08T18:00Z", id="D05-offsets"),
        pytest.param(("20110608 23:00", "02:00"), id="two-cells"),
        pytest.param(("20110608 23:00", time(2)), id="time-cell"),
        pytest.param((40702 + 23 / 24, 40703 + 2 / 24), id="serials"),
    ],
)
def test_a_window_is_read_in_every_form(cell: Any) -> None:
    assert moments.window(cell) == NIGHT


@pytest.mark.parametrize(
    ("cell", "words", "part"),
    [
        pytest.param("20110608 06:00/20110608 00:00", "after the start", 1, id="D02-backwards"),
        pytest.param("20110608 06:00/20110608 06:00", "after the start", 1, id="D02-empty"),
        pytest.param("20110608 06:00-06:00", "after the start", 1, id="D02-same-time"),
        pytest.param(("20110608 06:00", "20110607 08:00"), "after the start", 1, id="D02-two-cells"),
        pytest.param("20110608/20110609", "times of day are missing", 0, id="days-only"),
        pytest.param((date(2011, 6, 8), date(2011, 6, 9)), "times of day are missing", 0, id="day-cells"),
        pytest.param("6月8日 23:00-02:00", "year is missing", 0, id="D01-no-year"),
        pytest.param("20110608 23:00-24:30", "read “24:30”", 0, id="D03-24:30"),
        pytest.param(("20110608 23:00", "soon"), "a day and a time", 1, id="second-cell"),
        pytest.param(40702.5, "two times", 0, id="number"),
    ],
)
def test_what_is_no_window_is_refused(cell: Any, words: str, part: int) -> None:
    with pytest.raises(Refused) as refused:
        moments.window(cell)
    assert words in refused.value.accepted.to("en")
    assert refused.value.part == part


some_moment = st.datetimes(at("1992-01-01").replace(tzinfo=None), at("2200-01-01").replace(tzinfo=None)).map(
    lambda moment: moment.replace(microsecond=0, tzinfo=BEIJING)
)


@given(some_moment, st.timedeltas(timedelta(seconds=1), timedelta(days=40)))
def test_a_window_is_read_back_from_what_the_form_prints(start: datetime, length: timedelta) -> None:
    window = Window(start, start + timedelta(seconds=int(length.total_seconds())))
    assert moments.window(str(window)) == window


@given(some_moment, st.booleans())
def test_an_instant_is_read_back_from_what_is_shown(moment: datetime, whole_day: bool) -> None:
    instant = Instant(moment.replace(hour=0, minute=0, second=0) if whole_day else moment, whole_day)
    assert moments.instant(str(instant)) == instant


@given(some_moment)
def test_a_serial_number_is_the_same_moment(moment: datetime) -> None:
    days = (moment.replace(tzinfo=None) - at("1899-12-30").replace(tzinfo=None)) / timedelta(days=1)
    assert moments.instant(days).at == moment


@given(st.text() | st.floats() | st.integers() | st.times() | st.timedeltas() | st.booleans())
def test_anything_is_read_or_refused(cell: Any) -> None:
    for parse in (moments.instant, moments.window, moments.day, milestones.filed, moments.daily_hours):
        try:
            parse(cell)
        except Refused as refused:
            assert refused.accepted.to("en")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("08:00-20:00", DailyHours(480, 1200), id="day"),
        pytest.param("22:00-06:00", DailyHours(1320, 1800), id="night"),
        pytest.param("8点至20点", DailyHours(480, 1200), id="chinese"),
        pytest.param("00:00-24:00", DailyHours(0, 1440), id="whole"),
        pytest.param("全天", DailyHours(0, 1440), id="all-day"),
    ],
)
def test_daily_hours(text: str, expected: DailyHours) -> None:
    assert moments.daily_hours(text) == expected


@pytest.mark.parametrize("text", ["08:00-08:00", "24:00-02:00", "白天", "08:00"])
def test_what_are_no_daily_hours(text: str) -> None:
    with pytest.raises(Refused, match="08:00-20:00"):
        moments.daily_hours(text)
