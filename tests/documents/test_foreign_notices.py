"""Other carriers' calendar files and mails as the confined child reads them: every event, with its lines."""

from __future__ import annotations

import base64
import unicodedata
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.documents.foreign_notices import open_notices
from aftersales_cli.tables.limits import Limits

LIMITS = Limits().plain()
EASTERN = """\
BEGIN:VTIMEZONE
TZID:Night Shift/East
BEGIN:STANDARD
DTSTART:19701101T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700308T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
"""


def notice(*, start: str = "DTSTART:20260615T160000Z", end: str = "DTEND:20260615T200000Z", zone: str = "",
           more: str = "", codes: tuple[str, ...] = ("NT-1",)) -> str:  # fmt: skip
    """A calendar file with one maintenance event of an invented carrier."""
    objects = "".join(f"X-MAINTNOTE-OBJECT-ID:{code}\n" for code in codes)
    return (
        f"BEGIN:VCALENDAR\nVERSION:2.0\n{zone}BEGIN:VEVENT\nUID:u1@netz.example\nSEQUENCE:3\n{start}\n{end}\n"
        "X-MAINTNOTE-PROVIDER:netz.example\nX-MAINTNOTE-MAINTENANCE-ID:WO-1\nX-MAINTNOTE-STATUS:CONFIRMED\n"
        f"{objects}{more}END:VEVENT\nEND:VCALENDAR\n"
    )


def bare(*numbers: int) -> datetime:
    """A moment in UTC that does not say so, as it comes through the pipe."""
    return datetime(*numbers)  # type: ignore[arg-type]  # noqa: DTZ001


def opened(tmp_path: Path, content: str | bytes, name: str = "notice.ics", **limits: float) -> dict[str, Any]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_notices(str(path), None, LIMITS | limits)


def event(answer: dict[str, Any]) -> dict[str, Any]:
    """The one event there is."""
    ((found,),) = [part["events"] for part in answer["parts"]]
    assert isinstance(found, dict)
    return found


def troubles(answer: dict[str, Any]) -> list[tuple[str, int]]:
    return [(t["message"][0], t["line"]) for t in event(answer)["troubles"] if t["error"]]


@pytest.mark.parametrize(
    ("start", "zone", "utc"),
    [
        pytest.param("DTSTART:20260615T160000Z", "", (15, 16), id="UTC"),
        pytest.param("DTSTART;VALUE=DATE-TIME:20260615T160000Z", "", (15, 16), id="UTC with its type said"),
        pytest.param("DTSTART;TZID=Asia/Shanghai:20260616T000000", "", (15, 16), id="IANA name"),
        pytest.param('DTSTART;TZID="America/New_York":20260615T120000', "", (15, 16), id="IANA name in summer time"),
        pytest.param("DTSTART;TZID=Night Shift/East:20260615T120000", EASTERN, (15, 16), id="zone of the file"),
        pytest.param("DTSTART;TZID=China Standard Time:20260616T000000", "", (15, 16), id="Windows' name"),
        pytest.param('DTSTART;TZID="Pacific Standard Time":20260615T090000', "", (15, 16), id="Windows' in summer"),
    ],
)
def test_a_time_is_the_moment_its_zone_says(tmp_path: Path, start: str, zone: str, utc: tuple[int, int]) -> None:
    found = event(opened(tmp_path, notice(start=start, zone=zone)))
    assert found["start"] == bare(2026, 6, *utc)
    assert found["troubles"] == []


def test_a_zone_described_after_the_event_is_used_as_well(tmp_path: Path) -> None:
    text = notice(start="DTSTART;TZID=Night Shift/East:20260615T120000")
    found = event(opened(tmp_path, text.replace("END:VCALENDAR", EASTERN + "END:VCALENDAR")))
    assert found["start"] == bare(2026, 6, 15, 16)


@given(
    at=st.datetimes(bare(2011, 1, 1), bare(2036, 1, 1)).map(lambda d: d.replace(microsecond=0)),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_every_moment_comes_back_from_its_zone(
    tmp_path_factory: pytest.TempPathFactory, at: datetime, zone: str
) -> None:
    local = at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    if local.fold:
        return  # the clock shows it twice; a calendar file cannot say which
    text = notice(
        start=f"DTSTART;TZID={zone}:{local:%Y%m%dT%H%M%S}", end=f"DTEND:{at + timedelta(hours=4):%Y%m%dT%H%M%S}Z"
    )
    assert event(opened(tmp_path_factory.mktemp("zone"), text))["start"] == at


@pytest.mark.parametrize(
    ("start", "message"),
    [
        pytest.param("DTSTART:20260616T000000", "{name} does not say in which time zone it is", id="floating"),
        pytest.param(
            "DTSTART;TZID=Beijing Standard Time:20260616T000000",
            "{name} is in a time zone that is not known: {zone}",
            id="only like a name of Windows",
        ),
        pytest.param(
            "DTSTART;TZID=Mars/Base:20260616T000000", "{name} is in a time zone that is not known: {zone}", id="unknown"
        ),
        pytest.param(
            "DTSTART;TZID=../../etc/localtime:20260616T000000",
            "{name} is in a time zone that is not known: {zone}",
            id="a path for a zone",
        ),
        pytest.param(
            "DTSTART;TZID=localtime:20260616T000000",
            "{name} is in a time zone that is not known: {zone}",
            id="this machine's zone",
        ),
        pytest.param("DTSTART;VALUE=DATE:20260616", "{name} is a day without a time", id="day"),
        pytest.param("DTSTART:20260230T000000Z", "{name} is a time that does not exist", id="30 February"),
        pytest.param("DTSTART:tomorrow", "{name} is no time", id="word"),
    ],
)
def test_a_time_nobody_can_place_is_a_trouble_of_its_line(tmp_path: Path, start: str, message: str) -> None:
    answer = opened(tmp_path, notice(start=start))
    assert troubles(answer) == [(message, 6)]
    assert event(answer)["start"] is None


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        pytest.param("X-A:b", ("the event has no {name}", 3), id="no end"),
        pytest.param("DTEND:20260615T150000Z", ("the event ends before it begins, or as it begins", 7), id="before"),
        pytest.param("DTEND:20260615T160000Z", ("the event ends before it begins, or as it begins", 7), id="as"),
        pytest.param("DURATION:forever", ("{name} is no length of time", 7), id="no duration"),
    ],
)
def test_an_end_that_is_none_is_a_trouble(tmp_path: Path, end: str, expected: tuple[str, int]) -> None:
    assert troubles(opened(tmp_path, notice(end=end))) == [expected]


def test_a_duration_stands_for_the_end(tmp_path: Path) -> None:
    assert event(opened(tmp_path, notice(end="DURATION:PT4H30M")))["end"] == bare(2026, 6, 15, 20, 30)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        pytest.param("RRULE:FREQ=DAILY;COUNT=3\n", "the event repeats ({name}); one window is expected", id="repeats"),
        pytest.param("X-MAINTNOTE-OBJECT-ID NT-2\n", "the line is no property of a calendar", id="a lost circuit"),
        pytest.param("BEGIN:VALARM\nX-MAINTNOTE-OBJECT-ID:NT-2\n",
                     "the event has no end: the file breaks off, or another one begins inside it", id="swallowed"),
        pytest.param("X-MAINTNOTE-PROVIDER:b.example\n", "{name} stands {n} times in the event, not once", id="twice"),
        pytest.param("X-MAINTNOTE-OBJECT-ID:" + "9" * 200 + "\n",
                     "{name} is empty, or longer than any circuit's code", id="no code"),
    ],
)  # fmt: skip
def test_what_could_lose_a_window_or_a_circuit_is_an_error(tmp_path: Path, more: str, message: str) -> None:
    assert [text for text, _ in troubles(opened(tmp_path, notice(more=more)))] == [message]


def test_a_file_that_breaks_off_still_names_the_circuits_it_had(tmp_path: Path) -> None:
    answer = opened(tmp_path, notice(codes=("NT-1", "NT-2")).partition("END:VEVENT")[0])
    assert [code for code, _, _ in event(answer)["objects"]] == ["NT-1", "NT-2"]
    assert len(troubles(answer)) == 1


def test_an_ordinary_invitation_is_told_apart(tmp_path: Path) -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:午餐\nEND:VEVENT\nEND:VCALENDAR\n"
    assert event(opened(tmp_path, text)) == {"line": 2, "ordinary": True, "summary": "午餐"}


def test_alarms_inside_an_event_say_nothing_about_it(tmp_path: Path) -> None:
    found = event(opened(tmp_path, notice(more="BEGIN:VALARM\nDTSTART:20200101T000000Z\nEND:VALARM\n")))
    assert (found["start"], found["troubles"]) == (bare(2026, 6, 15, 16), [])


@given(code=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=60))
def test_a_code_that_another_library_wrote_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, code: str
) -> None:
    """vobject escapes and folds; what it wrote comes back, whatever stands in the code."""
    calendar: Any = vobject.iCalendar()
    made = calendar.add("vevent")
    made.add("dtstart").value = datetime(2026, 6, 15, 16, tzinfo=vobject.icalendar.utc)
    made.add("dtend").value = datetime(2026, 6, 15, 20, tzinfo=vobject.icalendar.utc)
    made.add("summary").value = code
    made.add("x-maintnote-object-id").value = code
    found = event(opened(tmp_path_factory.mktemp("code"), calendar.serialize()))
    normal = " ".join(unicodedata.normalize("NFC", code).split())
    assert (found["objects"][0][0], found["summary"]) == (normal, normal)


def mail(calendar: bytes, *, name: str | None = None, kind: tuple[str, str] = ("text", "calendar"),
         cte: str = "base64") -> EmailMessage:  # fmt: skip
    message = EmailMessage()
    message["From"], message["Subject"] = "noc@netz.example", "维护通知"
    message.set_content("see the calendar")
    message.add_attachment(calendar, *kind, cte=cte, filename=name)
    return message


@pytest.mark.parametrize("cte", ["base64", "quoted-printable"])
def test_a_calendar_is_taken_out_of_its_transfer_encoding(tmp_path: Path, cte: str) -> None:
    text = notice(codes=("电路=甲-1",)).encode()
    answer = opened(tmp_path, mail(text, name="割接通知（二）.ics", cte=cte).as_bytes(), "mail.eml")
    assert (answer["parts"][0]["name"], event(answer)["objects"][0][0]) == ("割接通知（二）.ics", "电路=甲-1")


def test_a_calendar_is_found_by_its_file_name_and_in_a_mail_inside_a_mail(tmp_path: Path) -> None:
    inner = mail(notice().encode(), name="n.ics", kind=("application", "octet-stream"))
    outer = EmailMessage()
    outer.set_content("forwarded")
    outer.add_attachment(inner)
    assert event(opened(tmp_path, outer.as_bytes(), "mail.eml"))["maintenance_id"] == "WO-1"


def test_a_file_name_as_outlook_writes_it_is_read(tmp_path: Path) -> None:
    name = base64.b64encode("割接.ics".encode()).decode()
    raw = (
        f'Subject: x\nContent-Type: application/octet-stream; name="=?utf-8?B?{name}?="\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(notice().encode()).decode()}\n"
    )
    assert opened(tmp_path, raw, "mail.eml")["parts"][0]["name"] == "割接.ics"


def test_the_same_calendar_beside_the_text_and_as_a_file_counts_once(tmp_path: Path) -> None:
    message = mail(notice().encode())
    message.add_attachment(notice().replace("\n", "\r\n").encode(), "application", "ics", filename="n.ics")
    assert len(opened(tmp_path, message.as_bytes(), "mail.eml")["parts"]) == 1


def test_a_chinese_calendar_in_gbk_is_read_by_the_name_the_mail_gives_it(tmp_path: Path) -> None:
    raw = b"Subject: x\nContent-Type: text/calendar; charset=gb2312\nContent-Transfer-Encoding: 8bit\n\n"
    answer = opened(tmp_path, raw + notice(codes=("甲镕1",)).encode("gb18030"), "mail.eml")
    assert event(answer)["objects"][0][0] == "甲镕1"


@pytest.mark.parametrize(
    ("content", "name", "message", "code"),
    [
        pytest.param(b"Subject: x\n\nhello\n", "a.eml", "the mail holds no calendar", 65, id="no calendar"),
        pytest.param(b"", "a.ics", "the file is empty (0 bytes)", 65, id="empty"),
        pytest.param(b"hello\n", "a.txt", "this is neither a calendar file (.ics) nor a mail (.eml)", 65, id="neither"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.msg", "this is an Outlook message (.msg)", 65, id="msg"),
        pytest.param(
            b"Subject: x\n" + b"Content-Type: message/rfc822\n\n" * 5000,
            "a.eml", "the mail is nested too deeply to be read", 65, id="nested mails",
        ),
    ],
)  # fmt: skip
def test_a_file_that_is_no_notice_says_what_it_is(
    tmp_path: Path, content: bytes, name: str, message: str, code: int
) -> None:
    refused = opened(tmp_path, content, name)["unreadable"]
    assert (refused["message"][0], refused["code"]) == (message, code)


def test_a_file_that_is_not_there_is_a_missing_input(tmp_path: Path) -> None:
    assert open_notices(str(tmp_path / "none.ics"), None, LIMITS)["unreadable"]["code"] == 66


@pytest.mark.parametrize(
    ("body", "limits", "named"),
    [
        pytest.param("BEGIN:VEVENT\nEND:VEVENT\n" * 50, {"rows": 40}, "rows", id="events"),
        pytest.param(notice(codes=("a",) * 50).partition("\n")[2], {"rows": 40}, "rows", id="circuits"),
        pytest.param("BEGIN:VALARM\n" * 50, {"cells": 40}, "cells", id="lines"),
    ],
)
def test_a_bomb_is_refused_by_the_name_of_the_limit(
    tmp_path: Path, body: str, limits: dict[str, float], named: str
) -> None:
    (part,) = opened(tmp_path, "BEGIN:VCALENDAR\n" + body, "bomb.ics", **limits)["parts"]
    assert part["unreadable"]["message"][1]["limit"] == named


def test_a_line_of_ten_megabytes_is_read_and_found_too_long(tmp_path: Path) -> None:
    answer = opened(tmp_path, notice(more="X-MAINTNOTE-OBJECT-ID:" + "a" * 10_000_000 + "\n"))
    assert len(troubles(answer)) == 1
