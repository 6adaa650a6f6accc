"""Calendar files: what they say in the public maintenance-notice convention, and that nothing else ever leaves.

Rewrite the golden file after a wanted change: `REWRITE_GOLDEN=1 pytest tests/documents/test_calendar.py`.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import vobject
from hypothesis import example, given
from hypothesis import strategies as st

from aftersales_cli.documents import calendar, calendar_lines, calendar_reading
from aftersales_cli.documents.calendar import CalendarNotice, Circuit, Impact, Status, calendar_file, worst
from aftersales_cli.documents.calendar_reading import NoNoticeError, read_notice
from aftersales_cli.documents.mailbox import Mailbox, UnfitError, identified
from aftersales_cli.documents.readback import ReadBackError
from aftersales_cli.errors import Exit
from tests.documents.misreading import misread

GOLDEN = Path(__file__).parent / "golden" / "notice.ics.golden"
BEIJING = timezone(timedelta(hours=8))
NOTICE = CalendarNotice(
    uid=identified("UID", "a1b2c3d4e5f6", "example.cn"),
    sequence=0,
    stamp=datetime(2011, 5, 27, 9, tzinfo=BEIJING),
    start=datetime(2011, 6, 8, tzinfo=BEIJING),
    end=datetime(2011, 6, 8, 6, tzinfo=BEIJING),
    provider="example.cn",
    account="0012",
    maintenance_id="JT2011SHJH000160",
    circuits=(
        Circuit("北京上海30N2332NP", Impact.OUTAGE),
        Circuit("HKG/CT-SHI/CT 30N198", Impact.REDUCED_REDUNDANCY),
    ),
    status=Status.CONFIRMED,
    summary="割接通知：JT2011SHJH000160，上海，预计中断约30分钟",
    organizer=Mailbox("周明", "s@example.cn"),
    attendees=(Mailbox("李女士", "li@example.cn"), Mailbox("", "noc@example.cn")),
    description="时间：2011年6月8日 00:00 至 06:00（北京时间）\n影响：中断约30分钟; 联系 021-5550 0100, 周明",
)


def lines(data: bytes) -> list[str]:
    """The content lines, unfolded."""
    return data.decode().replace("\r\n ", "").split("\r\n")


def second_opinion(data: bytes) -> Any:
    """The event as vobject reads it."""
    return vobject.readOne(data.decode()).vevent


def test_a_notice_is_written_line_by_line_as_the_golden_file_says() -> None:
    data = calendar_file(NOTICE)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_bytes(data)
    assert data == GOLDEN.read_bytes()


def test_the_convention_asks_for_one_account_one_task_number_and_each_circuit_with_its_impact() -> None:
    said = [line for line in lines(calendar_file(NOTICE)) if line.startswith("X-MAINTNOTE")]
    assert said == [
        "X-MAINTNOTE-PROVIDER:example.cn",
        "X-MAINTNOTE-ACCOUNT:0012",
        "X-MAINTNOTE-MAINTENANCE-ID:JT2011SHJH000160",
        "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=OUTAGE:北京上海30N2332NP",
        "X-MAINTNOTE-OBJECT-ID;X-MAINTNOTE-OBJECT-IMPACT=REDUCED-REDUNDANCY:HKG/CT-SHI/CT 30N198",
        "X-MAINTNOTE-IMPACT:OUTAGE",
        "X-MAINTNOTE-STATUS:CONFIRMED",
    ]


@pytest.mark.parametrize(
    ("impacts", "expected"),
    [
        pytest.param([Impact.NO_IMPACT, Impact.REDUCED_REDUNDANCY], Impact.REDUCED_REDUNDANCY, id="redundancy"),
        pytest.param([Impact.DEGRADED, Impact.REDUCED_REDUNDANCY], Impact.DEGRADED, id="degraded"),
        pytest.param([Impact.DEGRADED, Impact.OUTAGE, Impact.NO_IMPACT], Impact.OUTAGE, id="outage"),
        pytest.param([], Impact.OUTAGE, id="nothing said"),
    ],
)
def test_the_impact_of_a_notice_is_the_worst_of_its_circuits(impacts: list[Impact], expected: Impact) -> None:
    assert worst(impacts) == expected


def test_windows_stand_in_utc() -> None:
    said = lines(calendar_file(NOTICE))
    assert {"DTSTART:20110607T160000Z", "DTEND:20110607T220000Z", "DTSTAMP:20110527T010000Z"} <= set(said)


def test_each_recipient_is_asked_to_answer() -> None:
    said = [line for line in lines(calendar_file(NOTICE)) if line.startswith(("ATTENDEE", "ORGANIZER"))]
    assert said == [
        'ORGANIZER;CN="周明":mailto:s@example.cn',
        'ATTENDEE;CN="李女士";RSVP=TRUE:mailto:li@example.cn',
        "ATTENDEE;RSVP=TRUE:mailto:noc@example.cn",
    ]


def test_a_moved_cutover_keeps_its_uid_and_raises_its_sequence() -> None:
    moved = replace(NOTICE, sequence=1, start=NOTICE.start + timedelta(days=1), end=NOTICE.end + timedelta(days=1))
    before, after = second_opinion(calendar_file(NOTICE)), second_opinion(calendar_file(moved))
    assert (after.uid.value, after.sequence.value) == (before.uid.value, "1")
    assert after.dtstart.value - before.dtstart.value == timedelta(days=1)


def test_a_cancelled_cutover_cancels_the_event() -> None:
    said = lines(calendar_file(replace(NOTICE, sequence=2, status=Status.CANCELLED)))
    assert {"METHOD:CANCEL", "STATUS:CANCELLED", "X-MAINTNOTE-STATUS:CANCELLED", "SEQUENCE:2"} <= set(said)
    assert f"UID:{NOTICE.uid}" in said
    assert "METHOD:REQUEST" in lines(calendar_file(NOTICE))


def test_lines_end_with_cr_lf_and_no_byte_order_mark_begins_the_file() -> None:
    data = calendar_file(NOTICE)
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")


def test_control_characters_are_taken_out(  # O08: icalendar by itself keeps NUL and VT
) -> None:
    dirty = replace(NOTICE, summary="割接\x00通\x0b知\r\nX-EVIL:1", account="00\x0012", description="一\x07\r\n二\x0b")
    found = read_notice(calendar_file(dirty))
    assert (found.summary, found.account, found.description) == ("割接通知 X-EVIL:1", "0012", "一\n二")
    assert not re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", calendar_file(dirty))


@pytest.mark.parametrize("name", ['王"五', "a\r\nATTENDEE:mailto:evil@x.cn", "李;女,士:", "^n ^'", "back\\,slash"])
def test_a_name_stays_one_quoted_parameter(name: str) -> None:
    data = calendar_file(replace(NOTICE, organizer=Mailbox(name, "s@example.cn")))
    expected = " ".join(name.split()).replace("\\", "/")
    assert read_notice(data).organizer == Mailbox(expected, "s@example.cn")
    assert sum(line.startswith("ATTENDEE") for line in lines(data)) == 2


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(UnfitError) as caught:
        calendar_file(replace(NOTICE, attendees=(Mailbox("", "a@b.cn\r\nX:1"),)))
    assert (caught.value.field, caught.value.code) == ("ATTENDEE", Exit.BAD_INPUT)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
INSTANT = st.datetimes(timezones=st.just(BEIJING)).filter(lambda moment: 1900 < moment.year < 2100)


@given(summary=TEXT, description=TEXT, code=TEXT, name=TEXT, start=INSTANT)
@example("a;b,c\\n\\N\\,", "一\n二，“三”\r\n四", "北京;桂林,30N", '王"五', datetime(2026, 6, 1, tzinfo=BEIJING))
@example("👩‍👩‍👧" * 20, "%2C %0A \\;", "=?utf-8?b?YQ==?=\\", "a^^b", datetime(2026, 6, 1, tzinfo=BEIJING))
def test_every_text_reads_back(summary: str, description: str, code: str, name: str, start: datetime) -> None:
    """Three readers agree with what was written, and no line is longer than 75 bytes or cut inside a character."""
    try:
        data = calendar_file(
            replace(
                NOTICE,
                summary=summary,
                description=description,
                circuits=(Circuit(code, Impact.DEGRADED),),
                organizer=Mailbox(name, "s@example.cn"),
                start=start,
                end=start + timedelta(hours=6),
            )
        )
    except UnfitError:
        assert re.search("[\u2028\u2029]|=\\?.*\\?=", name)
        return
    assert calendar_lines.stated(data) == calendar_reading.stated(data)
    found = read_notice(data)
    assert found.start == start.replace(microsecond=0)
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode() is not None
    event = second_opinion(data)
    assert event.uid.value == NOTICE.uid
    assert event.dtstart.value == found.start
    if not re.search("[\u2028\u2029]", summary):  # vobject breaks lines there, too
        assert event.summary.value == found.summary


def test_a_second_library_reads_the_same_times_uid_and_summary() -> None:
    event = second_opinion(calendar_file(NOTICE))
    assert event.uid.value == "a1b2c3d4e5f6@example.cn"
    assert event.summary.value == NOTICE.summary
    assert event.description.value == NOTICE.description
    assert (event.dtstart.value, event.dtend.value) == (NOTICE.start, NOTICE.end)
    assert [person.value for person in event.attendee_list] == ["mailto:li@example.cn", "mailto:noc@example.cn"]
    assert [one.value for one in event.contents["x-maintnote-object-id"]] == [c.code for c in NOTICE.circuits]


def test_what_was_written_reads_back_as_the_notice_it_was() -> None:
    found = read_notice(calendar_file(NOTICE))
    assert found == replace(NOTICE, stamp=NOTICE.stamp, start=NOTICE.start.astimezone(UTC))


@pytest.mark.parametrize(
    ("field", "was", "becomes"),
    [
        pytest.param("start", b"DTSTART:20110607T160000Z", b"DTSTART:20110607T170000Z", id="another time"),
        pytest.param("account", b"ACCOUNT:0012", b"ACCOUNT:12", id="a lost zero"),
        pytest.param("method", b"METHOD:REQUEST\r\n", b"", id="no method"),
        pytest.param("circuits", b"IMPACT=OUTAGE:", b"IMPACT=DEGRADED:", id="a lesser impact"),
        pytest.param("event_status", b"STATUS:CONFIRMED", b"STATUS:TENTATIVE", id="another status"),
    ],
)
def test_a_file_that_says_something_else_is_not_released(
    monkeypatch: pytest.MonkeyPatch, field: str, was: bytes, becomes: bytes
) -> None:
    misread(monkeypatch, calendar_lines, "stated", was, becomes)
    with pytest.raises(ReadBackError) as caught:
        calendar.calendar_file(NOTICE)
    assert (caught.value.field, caught.value.code) == (field, Exit.OURS)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        pytest.param(b"", "not a calendar file", id="empty"),
        pytest.param(b"<html>", "not a calendar file", id="html"),
        pytest.param(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "holds 0 events", id="no event"),
        pytest.param(b"\xff\xfe\x00BEGIN", "not a calendar file", id="bytes"),
    ],
)
def test_what_is_no_notice_is_said(data: bytes, message: str) -> None:
    with pytest.raises(NoNoticeError, match=message):
        read_notice(data)


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        pytest.param(b"X-MAINTNOTE-ACCOUNT:0012\r\n", b"", "X-MAINTNOTE-ACCOUNT stands 0 times", id="no account"),
        pytest.param(
            b"SEQUENCE:0\r\n", b"SEQUENCE:0\r\nX-MAINTNOTE-ACCOUNT:1\r\n", "ACCOUNT stands 2 times", id="two accounts"
        ),
        pytest.param(b"NOTE-IMPACT:OUTAGE", b"NOTE-IMPACT:BAD", "X-MAINTNOTE-IMPACT cannot be read", id="impact"),
        pytest.param(b"DTSTART:20110607T160000Z", b"DTSTART:20110607", "DTSTART cannot be read", id="a day"),
    ],
)
def test_a_notice_that_breaks_the_convention_is_said_with_the_field(was: bytes, becomes: bytes, message: str) -> None:
    data = calendar_file(NOTICE)
    assert was in data
    with pytest.raises(NoNoticeError, match=message):
        read_notice(data.replace(was, becomes))


def test_a_circuit_without_its_own_impact_suffers_that_of_the_notice() -> None:
    data = calendar_file(NOTICE).replace(b";X-MAINTNOTE-OBJECT-IMPACT=REDUCED-REDUNDANCY", b"")
    assert [circuit.impact for circuit in read_notice(data).circuits] == [Impact.OUTAGE, Impact.OUTAGE]


def test_same_notice_same_bytes() -> None:
    assert calendar_file(NOTICE) == calendar_file(replace(NOTICE))
