"""Ready mails: what they hold, what may not stand in their headers, and that they are always the same bytes."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aftersales_cli.documents import mail_reading
from aftersales_cli.documents.calendar import calendar_file
from aftersales_cli.documents.mail import XLSX, Attachment, Body, Content, Envelope, Invitation, body, mail
from aftersales_cli.documents.mailbox import Mailbox, UnfitError, identified
from aftersales_cli.documents.readback import ReadBackError
from aftersales_cli.documents.templates import Templates
from aftersales_cli.documents.titled import titled
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.library import content
from tests.documents.misreading import misread
from tests.documents.test_calendar import NOTICE
from tests.documents.views import TEXTBOOK, department, mixed, task, view

BEIJING = timezone(timedelta(hours=8))
FORM = bytes(range(256)) * 40
LETTER = Content(
    "您好！\n割接通知\n", "<!doctype html><p>您好！</p>\n", attachments=(Attachment("计划割接通知表.xlsx", FORM),)
)
EVENT = Invitation("notice.ics", calendar_file(NOTICE), "REQUEST")
ENVELOPE = Envelope(
    sender=Mailbox("上海政企客户网络服务中心", "s@example.cn"),
    to=(Mailbox("李女士", "li@example.cn"),),
    subject="割接通知：JT2011SHJH000160",
    date=datetime(2011, 5, 27, 9, tzinfo=BEIJING),
    key="a1b2c3d4.li",
    domain="example.cn",
)
BODY = body(LETTER)
ROOM = Templates([content("templates")])


def parsed(data: bytes) -> EmailMessage:
    """The mail as Python's modern parser reads it."""
    message = message_from_bytes(data, policy=policy.SMTP)
    assert isinstance(message, EmailMessage)
    return message


def raw(data: bytes, name: str) -> str:
    """One header as it stands in the file, unfolded."""
    head = data.split(b"\r\n\r\n", 1)[0].decode("ascii").replace("\r\n ", " ")
    return next(line.partition(": ")[2] for line in head.split("\r\n") if line.startswith(f"{name}: "))


def by_hand(value: str) -> str:
    """Encoded words decoded by the letter of RFC 2047: a third opinion beside both parsers of Python."""
    words = re.findall(r"=\?utf-8\?b\?([A-Za-z0-9+/=]*)\?=", value)
    return "".join(b64decode(word).decode() for word in words) if words else value


def leaves(data: bytes) -> list[tuple[str, str | None]]:
    return [(part.get_content_type(), part.get_filename()) for part in parsed(data).walk()]


def test_a_mail_has_the_letter_in_three_forms_and_the_form_attached() -> None:
    data = mail(ENVELOPE, body(replace(LETTER, invitations=(EVENT,))))
    assert leaves(data) == [
        ("multipart/mixed", None),
        ("multipart/alternative", None),
        ("text/plain", None),
        ("text/html", None),
        ("text/calendar", None),
        (XLSX, "计划割接通知表.xlsx"),
    ]
    event = next(part for part in parsed(data).walk() if part.get_content_type() == "text/calendar")
    assert event.get_param("method") == "REQUEST"
    assert event.get_payload(decode=True) == calendar_file(NOTICE)


def test_several_events_are_attached_because_a_program_would_show_only_the_last_alternative() -> None:
    second = Invitation("二.ics", calendar_file(replace(NOTICE, maintenance_id="X")), "CANCEL")
    data = mail(ENVELOPE, body(replace(LETTER, invitations=(EVENT, second))))
    assert leaves(data)[2:] == [
        ("text/plain", None),
        ("text/html", None),
        (XLSX, "计划割接通知表.xlsx"),
        ("text/calendar", "notice.ics"),
        ("text/calendar", "二.ics"),
    ]


def test_texts_and_attachment_come_out_as_they_went_in() -> None:
    message = parsed(mail(ENVELOPE, BODY))
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert [part.get_content() for part in message.iter_attachments()] == [FORM]


def test_headers_say_who_when_and_which() -> None:
    message = parsed(mail(replace(ENVELOPE, cc=(Mailbox("", "cc@example.cn"),)), BODY))
    assert message["Date"].datetime == ENVELOPE.date
    assert message["Date"].endswith("09:00:00 +0800")
    assert message["Message-ID"] == "<a1b2c3d4.li@example.cn>"
    assert message["Subject"] == ENVELOPE.subject
    assert [(name, message[name].addresses[0].addr_spec) for name in ("From", "To", "Cc")] == [
        ("From", "s@example.cn"),
        ("To", "li@example.cn"),
        ("Cc", "cc@example.cn"),
    ]
    assert message.defects == []
    assert message["Bcc"] is None


def test_recipients_of_one_message_share_a_body_and_differ_in_their_headers() -> None:
    other = replace(ENVELOPE, to=(Mailbox("王先生", "wang@example.cn"),), key="a1b2c3d4.wang")
    one, two = mail(ENVELOPE, BODY), mail(other, BODY)
    assert one.endswith(BODY.data)
    assert two.endswith(BODY.data)
    assert b"li@example.cn" not in two


def test_same_values_same_bytes() -> None:
    assert mail(ENVELOPE, BODY) == mail(replace(ENVELOPE), body(replace(LETTER)))


def test_lines_are_short_and_ascii() -> None:
    long = replace(ENVELOPE, subject="割接" * 200, to=(Mailbox("名" * 90, "li@example.cn"),))
    data = mail(long, body(replace(LETTER, attachments=(Attachment("长" * 60 + ".xlsx", FORM),))))
    assert data.isascii()
    assert max(len(line) for line in data.split(b"\r\n") if XLSX.encode() not in line) <= 78
    assert max(len(word) for word in re.findall(r"=\?.*?\?=", data.decode())) <= 75
    assert [part.get_filename() for part in parsed(data).iter_attachments()] == ["长" * 60 + ".xlsx"]


AWKWARD = [
    pytest.param("王,五 <a@b.cn>", id="O06: comma and address"),
    pytest.param('"王五", 经理', id="O06: quotes"),
    pytest.param("O'Brien, J. (NOC); x:y\\z@", id="O06: specials"),
    pytest.param("割接通知，" * 40, id="long Chinese"),
    pytest.param("a" * 300, id="long Latin without a space"),
    pytest.param("word " * 60 + "end", id="long Latin"),
    pytest.param("中 文 and ‘quotes’, “commas”, 逗号，" * 9, id="mixed"),
    pytest.param("  two  spaces  ", id="spaces"),
    pytest.param("👩‍👩‍👧 𠮷" * 20, id="beyond 16 bits"),
    pytest.param("?= =_ =2C", id="looks encoded"),
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_subjects_and_names_read_back_with_three_readers(text: str) -> None:
    people = (Mailbox(text, "a@example.cn"), Mailbox("ä", "b@example.cn"), Mailbox(text, "c@example.cn"))
    data = mail(replace(ENVELOPE, subject=text, sender=Mailbox(text, "s@example.cn"), to=people), BODY)
    assert parsed(data)["Subject"] == text
    assert by_hand(raw(data, "Subject")) == text
    assert [one.addr_spec for one in parsed(data)["To"].addresses] == [one.address for one in people]
    assert [by_hand(one) for one in re.split(r" <[^>]*>(?:, )?", raw(data, "To"))[:-1]] == [p.name for p in people]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=150)


@given(subject=TEXT, name=TEXT, other=TEXT)
@example("=?utf-8?b?Cg==?=", "a", "b")
@example("\u2028", "=?", "?=")
@example("é" * 24 + "=?x", " ", "a@b.cn, c@d.cn")
def test_a_header_is_refused_or_reads_back(subject: str, name: str, other: str) -> None:
    to = (Mailbox(name, "a@example.cn"), Mailbox(other, "b@example.cn"))
    try:
        data = mail(replace(ENVELOPE, subject=subject, to=to), BODY)
    except UnfitError:
        control = "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]|\n.*\n.*\n"
        assert not subject.strip() or re.search(rf"{control}|=\?.*\?=", "\n".join((subject, name, other)))
        return
    assert by_hand(raw(data, "Subject")) == subject
    assert [one.addr_spec for one in parsed(data)["To"].addresses] == ["a@example.cn", "b@example.cn"]
    assert len(re.findall(rb"^[A-Za-z-]+: ", data.split(b"\r\n\r\n", 1)[0], re.MULTILINE)) == 7


INJECTIONS = [
    pytest.param("a\r\nBcc: x@y.cn", id="CR LF"),
    pytest.param("a\nb", id="LF"),
    pytest.param("a\rb", id="CR"),
    pytest.param("a\x00b", id="NUL"),
    pytest.param("a\x0bb", id="VT"),
    pytest.param("a\x85b", id="NEL"),
    pytest.param("a\u2028b", id="U+2028"),
    pytest.param("a\u2029b", id="U+2029"),
    pytest.param("=?utf-8?q?a=0ABcc:_x@y.cn?=", id="encoded line break"),
    pytest.param("x =?utf-8?b?YQ==?= y", id="encoded word"),
    pytest.param("a\ud800", id="half a character"),
]


@pytest.mark.parametrize("text", INJECTIONS)
@pytest.mark.parametrize(
    ("field", "put"),
    [
        pytest.param("Subject", lambda text: {"subject": text}, id="subject"),
        pytest.param("From", lambda text: {"sender": Mailbox(text, "s@example.cn")}, id="sender"),
        pytest.param("To", lambda text: {"to": (Mailbox(text, "s@example.cn"),)}, id="recipient"),
        pytest.param("Cc", lambda text: {"cc": (Mailbox(text, "s@example.cn"),)}, id="copy"),
        pytest.param("To", lambda text: {"to": (Mailbox("", f"{text}@example.cn"),)}, id="address"),
        pytest.param("Message-ID", lambda text: {"key": text}, id="key"),
        pytest.param("Message-ID", lambda text: {"domain": text}, id="domain"),
    ],
)
def test_what_could_write_a_header_is_refused_by_field(field: str, put: Callable[[str], Any], text: str) -> None:
    """O05: nothing of it is cleaned and sent; the person who typed it is told."""
    with pytest.raises(UnfitError) as caught:
        mail(replace(ENVELOPE, **put(text)), BODY)
    assert (caught.value.field, caught.value.code) == (field, Exit.BAD_INPUT)


@pytest.mark.parametrize("text", [*INJECTIONS, pytest.param("", id="empty"), pytest.param(" a.xlsx", id="space")])
def test_a_file_name_cannot_write_a_header(text: str) -> None:
    with pytest.raises(UnfitError) as caught:
        body(replace(LETTER, attachments=(Attachment(text, FORM),)))
    assert caught.value.field == "filename"


@pytest.mark.parametrize(
    "address",
    ["", "a", "a@b", "a b@c.cn", "<a@b.cn>", "a@b.cn,c@d.cn", "王@b.cn", "a@-b.cn", "a..b@c.cn", "a@b.cn ",
     "a" * 250 + "@b.cn"],
)  # fmt: skip
def test_an_address_is_one_plain_address(address: str) -> None:
    with pytest.raises(UnfitError):
        mail(replace(ENVELOPE, to=(Mailbox("", address),)), BODY)


@pytest.mark.parametrize("changes", [{"to": ()}, {"subject": " "}], ids=["nobody", "no subject"])
def test_a_mail_has_a_recipient_and_a_subject(changes: dict[str, Any]) -> None:
    with pytest.raises(UnfitError):
        mail(replace(ENVELOPE, **changes), BODY)


@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120))
@example('通知; filename="x".xlsx')
@example("%41'utf-8''.xlsx")
def test_every_file_name_reads_back(name: str) -> None:
    """O07: `body` compares what Python's parser finds; here it is the other parser of Python."""
    if re.search(r"=\?.*\?=", name) or name != name.strip():
        return
    data = mail(ENVELOPE, body(Content("t", "<p>", attachments=(Attachment(name, b"x"),))))
    found = [part for part in message_from_bytes(data).walk() if part.get_content_type() == XLSX]
    assert [part.get_filename() for part in found] == [name]


@pytest.mark.parametrize(
    ("field", "was", "becomes"),
    [
        pytest.param("Subject", b"Subject: =?utf-8?b?5", b"Subject: =?utf-8?b?6", id="another subject"),
        pytest.param("To", b"li@example.cn", b"lu@example.cn", id="another recipient"),
        pytest.param("Bcc", b"MIME-Version", b"Bcc: x@y.cn\r\nMIME-Version", id="one header more"),
        pytest.param("To again", b"MIME-Version", b"To: x@y.cn\r\nMIME-Version", id="a header twice"),
        pytest.param("lines", b"\r\nMIME-Version", b"\nMIME-Version", id="a bare line feed"),
        pytest.param("Date", b"09:00:00", b"09:00:01", id="another time"),
    ],
)
def test_headers_that_read_back_differently_are_not_released(
    monkeypatch: pytest.MonkeyPatch, field: str, was: bytes, becomes: bytes
) -> None:
    misread(monkeypatch, mail_reading, "headers_say", was, becomes)
    with pytest.raises(ReadBackError) as caught:
        mail(ENVELOPE, BODY)
    assert (caught.value.field, caught.value.code) == (field, Exit.OURS)


@pytest.mark.parametrize(
    ("field", "was", "becomes"),
    [
        pytest.param("part 3", b"\r\nAAEC", b"\r\nAAED", id="a changed byte of the form"),
        pytest.param("part 3", b"utf-8''%E8", b"utf-8''%E9", id="another file name"),
        pytest.param("structure", b"multipart/alternative", b"multipart/related", id="another structure"),
        pytest.param("part 1", b"text/plain", b"text/rtf", id="another type"),
    ],
)
def test_a_body_that_reads_back_differently_is_not_released(
    monkeypatch: pytest.MonkeyPatch, field: str, was: bytes, becomes: bytes
) -> None:
    misread(monkeypatch, mail_reading, "body_says", was, becomes)
    with pytest.raises(ReadBackError) as caught:
        body(LETTER)
    assert caught.value.field == field


def test_a_date_without_a_zone_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="zone"):
        mail(replace(ENVELOPE, date=datetime(2011, 5, 27)), BODY)  # noqa: DTZ001


def test_a_key_and_a_domain_make_one_identifier() -> None:
    assert identified("UID", "a-b_c.1", "example.cn") == "a-b_c.1@example.cn"


def test_a_body_stands_under_the_headers_with_its_own() -> None:
    assert Body(BODY.data).data.startswith(b"Content-Type: multipart/mixed;")


SUBJECTS = [
    pytest.param("mail.notice.txt.j2", view(TEXTBOOK[0]), "割接通知：JT2011SHJH000160，2011年6月8日", id="one task"),
    pytest.param("mail.notice.txt.j2", view(), "割接通知：JT2011SHJH000160 等 4 个割接任务", id="four tasks"),
    pytest.param("mail.notice.en.txt.j2", view(language="en"), "Notice of planned network work: JT2011", id="English"),
    pytest.param("mail.department.txt.j2", department(), "割接信息转告：JT2011SHJH000160 等 2 个", id="department"),
    pytest.param("event.txt.j2", {**view(), "task": task(TEXTBOOK[1], "zh", "cancel")}, "割接取消：BD2011", id="event"),
    pytest.param(
        "event.en.txt.j2", {**view(), "task": task(TEXTBOOK[1], "en", "update")}, "Changed: Planned", id="English event"
    ),
]


@pytest.mark.parametrize(("name", "values", "begins"), SUBJECTS)
def test_the_first_line_of_a_mail_or_event_template_is_its_title(name: str, values: Any, begins: str) -> None:
    title, rest = titled(ROOM.text(f"cutover/{name}", values), name)
    assert title.startswith(begins)
    assert "\n" not in title
    assert rest[0] != "\n"
    assert values["message_id"] in title + rest
    assert values["sender"]["phone"] in rest


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_mails_text_tells_every_task_its_change_and_the_apology(language: str) -> None:
    values = mixed(language)
    text = ROOM.text(f"cutover/mail.notice{'' if language == 'zh' else '.en'}.txt.j2", values)
    for one in values["tasks"]:
        assert one["task_no"] in text
        assert one["window_text"] in text
        assert one["circuits"][0] in text
    assert values["tasks"][1]["changed"][0]["old"] in text
    assert ("致歉" if language == "zh" else "apologise") in text
    assert ("取消" if language == "zh" else "CANCELLED") in text


def test_a_template_without_a_first_line_is_named() -> None:
    with pytest.raises(Stop, match=r"mail\.txt\.j2: its first line is empty") as caught:
        titled("\n正文", "mail.txt.j2")
    assert caught.value.code == Exit.SETTINGS
