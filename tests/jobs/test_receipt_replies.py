"""`cutover receipt` of customers' calendar replies: believed from a recipient, once, and never against the ledger."""

from __future__ import annotations

import pytest

from aftersales_cli.errors import Exit
from aftersales_cli.records.events import Reply
from aftersales_cli.records.values import Instant
from tests.jobs.receiving import DELIVERED_AT, kept, mail, received, replied, reply, row, stands
from tests.jobs.world import EARLY, TASK, World, customer, cut, json


@pytest.fixture
def told(world: World) -> World:
    """甲公司 was told of the task on 27 May at nine; it has an address."""
    world.customers = [customer("K1", "甲公司", 联系邮箱="noc@k1.example")]
    world.cutovers = [cut("X1"), cut("Y1")]
    world.notify(EARLY)
    return world


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param("ACCEPTED", Reply.ACCEPTED, id="accepted"),
        pytest.param("TENTATIVE", Reply.TENTATIVE, id="tentative"),
        pytest.param("declined", Reply.DECLINED, id="declined"),
    ],
)
def test_an_answer_is_a_receipt_by_its_sender(told: World, answer: str, expected: Reply) -> None:
    report = replied(told, reply(told, answer=answer))

    (one,) = kept(told)
    said = (one.delivered_at, one.confirmed_by, one.reply, one.source)
    assert said == (Instant(DELIVERED_AT), "值班 <noc@k1.example>", expected, "reply.ics › 9")
    assert report.exit is (Exit.RULE if expected is Reply.DECLINED else Exit.DONE)


def test_declining_is_an_objection_for_feedback(told: World) -> None:
    report = replied(told, reply(told, answer="DECLINED"))
    command = f"aftersales cutover feedback --task {TASK}"
    assert (report.summary["objections"], [note.to("en") for note in report.notes]) == (
        1, [f"甲公司 declines {TASK}: an objection, to be settled with “{command}”"]
    )  # fmt: skip
    assert json(stands(told))["items"][0]["tasks"][0]["objections"][0]["confirmed_by"] == "值班 <noc@k1.example>"


def test_who_accepts_after_declining_objects_no_more(told: World) -> None:
    replied(told, reply(told, answer="DECLINED"))
    replied(told, reply(told, stamp="DTSTAMP:20110527T030000Z\r\n"))
    assert stands(told).summary["objections"] == 0


def test_a_mail_from_the_attendee_is_taken_and_the_same_reply_once(told: World) -> None:
    calendar = reply(told)
    report = replied(told, calendar, mail(told, calendar, "NOC@k1.example"))
    assert (len(kept(told)), report.summary["unchanged"], report.exit) == (1, 1, Exit.DONE)


def test_a_reply_without_a_stamp_has_the_mails_date(told: World) -> None:
    replied(told, mail(told, reply(told, stamp=""), "noc@k1.example"))
    assert [str(one.delivered_at) for one in kept(told)] == ["2011-05-27 10:31"]


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        pytest.param("boss@k1.example", "boss@k1.example", id="an attendee who is no recipient"),
        pytest.param("noc@k1.example", "boss@k1.example", id="a mail from somebody else"),
    ],
)
def test_what_may_be_forged_or_forwarded_waits_for_a_person(told: World, address: str, sender: str) -> None:
    report = replied(told, mail(told, reply(told, address=address), sender))
    assert (kept(told), report.summary["unsure"], report.exit) == ((), 1, Exit.RULE)
    (caution,) = report.problems
    assert caution.hint is not None
    assert f"aftersales cutover receipt --task {TASK} --customer K1" in caution.hint.to("en")


@pytest.mark.parametrize(
    ("said", "says"),
    [
        pytest.param({"uid": "0123456789ab@carrier.example"}, "the ledger has no notice of this event", id="uid"),
        pytest.param({"method": "REQUEST"}, "this is no reply: its METHOD is REQUEST", id="an invitation"),
        pytest.param({"method": "COUNTER"}, "this is no reply: its METHOD is COUNTER", id="another time"),
        pytest.param({"answer": "NEEDS-ACTION"}, "the answer “NEEDS-ACTION” is neither", id="no answer"),
        pytest.param({"stamp": ""}, "the reply does not say when it was made", id="no time"),
        pytest.param({"stamp": "DTSTAMP:20110527T10\r\n"}, "DTSTAMP is no time", id="half a time"),
        pytest.param({"stamp": "DTSTAMP:20110501T000000Z\r\n"}, "2011-05-01 08:00 is before", id="too early"),
        pytest.param({"stamp": "DTSTAMP:20110601T000000Z\r\n"}, "2011-06-01 08:00 is still to come", id="to come"),
        pytest.param({"sequence": "SEQUENCE:4\r\n"}, "the ledger has no such version", id="a version"),
        pytest.param({"sequence": "SEQUENCE:x\r\n"}, "SEQUENCE is no number", id="no version"),
        pytest.param({"sequence": "UID:other\r\n"}, "UID stands 2 times", id="two uids"),
    ],
)
def test_a_reply_that_cannot_be_is_refused_with_its_line(told: World, said: dict[str, str], says: str) -> None:
    report = replied(told, reply(told, **said))
    (problem,) = report.problems
    assert problem.message.to("en").startswith(says)
    assert problem.place is not None
    assert (problem.place.line is not None, report.exit, kept(told)) == (True, Exit.PARTLY, ())


def test_two_attendees_are_no_one(told: World) -> None:
    more = "SEQUENCE:0\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:li@k1.example\r\n"
    report = replied(told, reply(told, sequence=more))
    assert report.problems[0].message.to("en") == "a reply has one attendee, this has 2"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", Exit.BAD_INPUT, id="empty"),
        pytest.param(b"nothing", Exit.BAD_INPUT, id="no calendar"),
        pytest.param(None, Exit.NO_INPUT, id="no file"),
    ],
)
def test_a_file_that_gives_nothing_has_its_own_code(told: World, content: bytes | None, code: Exit) -> None:
    path = told.root / "odd.ics"
    if content is not None:
        path.write_bytes(content)
    assert replied(told, path).exit is code


def test_a_name_with_a_line_break_stays_in_its_line(told: World) -> None:
    replied(told, reply(told, address="noc@k1.example", answer='ACCEPTED;CN="a^nb"'))
    assert all("\n" not in one.confirmed_by for one in kept(told))


def test_a_reply_and_a_call_at_another_time_do_not_contradict(told: World) -> None:
    """A calendar tells when somebody answered, not when it arrived."""
    received(told, row("2011-05-27 09:10"))
    assert (replied(told, reply(told)).exit, len(kept(told))) == (Exit.DONE, 2)
