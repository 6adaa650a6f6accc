"""`cutover notify`: calendar files, mails and paper letters, and what happens where they cannot be made."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import pytest

from aftersales_cli.cutover.impact import Impact
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.inviting import IMPACTS
from aftersales_cli.jobs.mailing import NO_SENDER
from aftersales_cli.jobs.notify import Wishes, notify
from aftersales_cli.jobs.report import Report
from tests.jobs.posted import event, everything, files, leaves, letter, signed
from tests.jobs.world import EARLY, TASK, World, circuit, customer, cut, item

SECOND = "BD2011SHJH000002"
LATER = "2011-05-28T09:00"


@pytest.fixture
def posted(world: World) -> World:
    world.customers = [
        customer("K1", "甲公司", 售后联系人="李敏", 联系邮箱="a@k1.example; b@k1.example"),
        customer("K2", "乙公司", 售后联系人="吴越", 联系邮箱="ops@k2.example"),
        customer("K3", "丙公司"),
    ]
    return signed(world)


def fields(report: Report, code: str = "K1") -> Any:
    (path,) = files(report, code, ".ics")
    return event(path)


# Calendar files


def test_each_notice_has_a_calendar_file_with_the_public_fields(posted: World) -> None:
    posted.cutovers = [cut("X1"), cut("Y1", 中断类型="瞬断: 小于5分钟")]
    calendar = fields(posted.notify())
    told = calendar.vevent

    assert (calendar.method.value, told.status.value, told.sequence.value) == ("REQUEST", "CONFIRMED", "0")
    window = (datetime(2011, 6, 7, 16, tzinfo=UTC), datetime(2011, 6, 7, 22, tzinfo=UTC))
    assert (told.dtstart.value, told.dtend.value) == window
    assert told.organizer.value == "mailto:noc@carrier.example"
    assert [person.value for person in told.attendee_list] == ["mailto:a@k1.example", "mailto:b@k1.example"]
    assert {tuple(person.params["RSVP"]) for person in told.attendee_list} == {("TRUE",)}
    said = {name: told.contents[f"x-maintnote-{name}"][0].value for name in ("provider", "account", "maintenance-id")}
    assert said == {"provider": "carrier.example", "account": "K1", "maintenance-id": TASK}
    objects = [(one.value, *one.params["X-MAINTNOTE-OBJECT-IMPACT"]) for one in told.contents["x-maintnote-object-id"]]
    assert objects == [("X1", "OUTAGE"), ("Y1", "DEGRADED")]
    assert told.contents["x-maintnote-impact"][0].value == "OUTAGE"
    assert TASK in told.summary.value


def test_two_tasks_are_two_calendar_files_attached_to_one_mail(posted: World) -> None:
    posted.cutovers = [cut("X2"), cut("X2", SECOND)]
    report = posted.notify()
    (mail,) = files(report, "K2", ".eml")
    attached = [part for part in leaves(letter(mail)) if part.get_content_type() == "text/calendar"]

    assert len(files(report, "K2", ".ics")) == 2
    assert {part.get_filename(): part.get_payload(decode=True) for part in attached} == {
        path.name: path.read_bytes() for path in files(report, "K2", ".ics")
    }


@pytest.mark.parametrize(
    ("cells", "method", "status"),
    [
        pytest.param({"割接时间": "20110609 00:00:00/20110609 06:00:00"}, "REQUEST", "CONFIRMED", id="update"),
        pytest.param({"状态": "取消"}, "CANCEL", "CANCELLED", id="cancel"),
    ],
)
def test_what_follows_bears_the_same_uid_and_the_next_number(
    posted: World, cells: dict[str, str], method: str, status: str
) -> None:
    first = fields(posted.notify())
    posted.cutovers = [cut(**cells)]
    then = fields(posted.notify(LATER))

    assert then.vevent.uid.value == first.vevent.uid.value
    assert (then.method.value, then.vevent.status.value, then.vevent.sequence.value) == (method, status, "1")
    assert [one.value for one in then.vevent.contents["x-maintnote-object-id"]] == ["X1"]


@pytest.mark.parametrize(
    ("declared", "impact"),
    [
        pytest.param("中断: 30分钟", "OUTAGE", id="outage"),
        pytest.param("瞬断", "DEGRADED", id="momentary"),
        pytest.param("不中断", "NO-IMPACT", id="none"),
    ],
)
def test_the_impact_is_said_in_the_conventions_words(posted: World, declared: str, impact: str) -> None:
    posted.settings["tell_not_interrupting"] = True
    posted.cutovers = [cut(中断类型=declared)]

    assert fields(posted.notify()).vevent.contents["x-maintnote-impact"][0].value == impact


def test_every_impact_has_a_word_and_what_nobody_knows_counts_as_an_outage() -> None:
    assert set(IMPACTS) == set(Impact)
    assert IMPACTS[Impact.UNKNOWN] == "OUTAGE"


# Mails


def test_each_address_of_the_contact_gets_a_mail_with_everything_in_it(posted: World) -> None:
    report = posted.notify()
    mails = [letter(path) for path in files(report, "K1", ".eml")]
    form, html, event_file = (files(report, "K1", ending)[0] for ending in (".xlsx", ".html", ".ics"))

    assert [mail["To"] for mail in mails] == ["甲公司 <a@k1.example>", "甲公司 <b@k1.example>"]
    for mail in mails:
        text, page, calendar, attached = leaves(mail)
        assert TASK in mail["Subject"]
        assert mail["From"] == "示例网服中心 <noc@carrier.example>"
        assert mail["Date"].datetime.isoformat() == "2011-05-27T09:00:00+08:00"
        assert "甲公司" in text.get_content()
        assert page.get_content() == html.read_text().replace("\n", "\r\n")
        assert (calendar.get_content_type(), calendar.get_param("method")) == ("text/calendar", "REQUEST")
        assert calendar.get_payload(decode=True) == event_file.read_bytes()
        assert (attached.get_filename(), attached.get_payload(decode=True)) == (form.name, form.read_bytes())


def test_one_address_is_called_by_the_contacts_name(posted: World) -> None:
    posted.cutovers = [cut("X2")]
    (mail,) = files(posted.notify(), "K2", ".eml")

    assert letter(mail)["To"] == "吴越 <ops@k2.example>"


def test_a_contact_without_mail_leaves_it_to_the_manager(posted: World) -> None:
    posted.customers[0] = customer("K1", "甲公司", 售后联系人="李敏", 客户经理="何平", 客户经理邮箱="m@carrier.example")
    (mail,) = files(posted.notify(), "K1", ".eml")

    assert letter(mail)["To"] == "何平 <m@carrier.example>"


def test_who_has_only_a_telephone_gets_no_mail_but_a_calendar_file(posted: World) -> None:
    posted.cutovers = [cut("X3")]
    report = posted.notify()

    assert [path.rpartition(".")[2] for path in item(report, "K3")["files"]] == ["xlsx", "html", "txt", "ics"]
    assert "attendee" not in fields(report, "K3").vevent.contents


def test_the_department_gets_its_mail_and_no_calendar_file(posted: World) -> None:
    posted.cutovers = [cut("Z1", 影响范围="某楼全部电路")]
    report = posted.notify()
    (mail,) = files(report, None, ".eml")

    assert letter(mail)["To"] == "政企部 <desk@carrier.example>"
    assert "某楼全部电路" in leaves(letter(mail))[0].get_content()
    assert files(report, None, ".ics") == []


def test_who_reads_along_and_the_domain_are_settings(posted: World) -> None:
    signed(posted, cc="boss@carrier.example; log@carrier.example", domain="net.example", **{"from": "out@x.example"})
    (first, _) = files(posted.notify(), "K1", ".eml")
    mail = letter(first)

    assert mail["Cc"] == "boss@carrier.example, log@carrier.example"
    assert mail["From"] == "示例网服中心 <out@x.example>"
    assert mail["Message-ID"].endswith("@net.example>")


def message_ids(report: Report) -> list[str]:
    return [str(letter(path)["Message-ID"]) for path in files(report, "K1", ".eml")]


def test_the_message_id_is_of_what_is_told_to_whom_and_of_nothing_else(
    posted: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    posted.cutovers = [cut("X1"), cut("X1", SECOND), cut("X2")]
    first = message_ids(posted.notify())
    other = World(tmp_path_factory.mktemp("again"), posted.shared, settings=posted.settings)
    other.customers, other.cutovers = posted.customers[::-1], [cut("X1", SECOND), cut("X1", 影响范围="甲楼")]
    again = message_ids(other.notify("2011-05-26T10:30"))

    assert again == first
    assert len(set(first)) == 2  # one for each recipient
    posted.cutovers[0] = cut("X1", 割接时间="20110610 00:00:00/20110610 06:00:00")
    assert not set(message_ids(posted.notify(LATER))) & set(first)


def test_an_english_customer_reads_english_in_mail_and_calendar(posted: World) -> None:
    posted.customers[1] = customer("K2", "Yi Ltd", 联系邮箱="ops@k2.example", 通知语言="en")
    posted.cutovers = [cut("X2")]
    report = posted.notify()
    (mail,) = files(report, "K2", ".eml")

    assert letter(mail)["Subject"].startswith("Notice of planned network work")
    assert fields(report, "K2").vevent.summary.value.startswith("Planned network work")


def test_a_late_notice_says_so_and_apologises_in_mail_and_calendar(posted: World) -> None:
    report = posted.notify("2011-06-06T09:00")
    (first, _) = files(report, "K1", ".eml")

    assert "致歉" in leaves(letter(first))[0].get_content()
    assert "致歉" in fields(report).vevent.description.value


# Where they cannot be made


def test_without_a_senders_address_there_are_none_and_one_note_says_why(posted: World) -> None:
    posted.settings["sender"] = {"unit": "示例网服中心", "name": "", "phone": "1", "email": ""}
    report = posted.notify()

    assert [path.rpartition(".")[2] for path in item(report, "K1")["files"]] == ["xlsx", "html", "txt"]
    assert list(report.notes).count(NO_SENDER) == 1
    assert report.exit is Exit.DONE


@pytest.mark.parametrize(
    ("key", "value"),
    [
        pytest.param("from", "nobody", id="a sender that is no address"),
        pytest.param("cc", "boss@carrier.example, nobody", id="a reader that is no address"),
        pytest.param("domain", "a b", id="a domain that is none"),
    ],
)
def test_mail_settings_that_do_not_hold_stop_before_anything_is_written(posted: World, key: str, value: str) -> None:
    signed(posted, **{key: value})
    with pytest.raises(Stop) as stopped:
        posted.notify()

    assert stopped.value.code is Exit.SETTINGS
    assert value.rpartition(" ")[2] in str(stopped.value.message)
    assert not (posted.root / "out").exists()
    assert not (posted.root / "ledger.sqlite3").exists()


def test_a_name_that_may_not_stand_in_a_mail_costs_that_customers_mail_only(posted: World) -> None:
    posted.customers[1] = customer("K2", "乙公司", 售后联系人="=?utf-8?q?x?=", 联系邮箱="ops@k2.example")
    posted.cutovers = [cut("X1"), cut("X2")]
    tried = posted.notify(dry_run=True)
    report = posted.notify()
    (problem,) = [found for found in report.problems if found.severity == "error"]

    assert (report.exit, tried.exit) == (Exit.PARTLY, Exit.PARTLY)
    assert problem in tried.problems
    assert (problem.field, problem.held) == ("contact", ("mail to customer K2",))
    assert problem.place is not None
    assert (problem.place.file, problem.place.line) == ("customers.csv", 3)
    assert [path.rpartition(".")[2] for path in item(report, "K2")["files"]] == ["xlsx", "html", "txt"]
    assert len(files(report, "K1", ".eml")) == 2
    assert len(posted.issued()) == 2


# The ledger, the letters, the folders


def test_json_and_ledger_list_all_documents(posted: World) -> None:
    report = posted.notify(letters=True)
    (issued,) = posted.issued()
    (folder,) = (posted.root / "out").iterdir()

    endings = [path.rpartition(".")[2] for path in item(report, "K1")["files"]]
    assert endings == ["xlsx", "html", "txt", "docx", "ics", "eml", "eml"]
    assert item(report, "K1")["files"] == [str(folder / name) for name in issued.files]


def test_a_letter_on_paper_is_made_when_asked_for(posted: World) -> None:
    (paper,) = files(posted.notify(letters=True), "K1", ".docx")
    said = everything(paper.name, paper.read_bytes())

    assert all(word in said for word in ("甲公司", TASK, "X1", "回执"))


def test_without_letters_word_is_not_even_loaded(posted: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "aftersales_cli.documents.word", None)

    assert files(posted.notify(), "K1", ".docx") == []


def test_two_codes_of_one_file_name_never_share_a_folder(posted: World) -> None:
    posted.customers = [customer("K/1", "甲公司"), customer("K_1", "乙公司")]
    posted.circuits = [circuit("X1", "K/1"), circuit("X2", "K_1")]
    posted.cutovers = [cut("X1"), cut("X2")]
    report = posted.notify()
    folders = [{path.parent.name for path in files(report, code, "")} for code in ("K/1", "K_1")]

    assert folders == [{"K_1"}, {"K_1-2"}]


def test_two_runs_in_two_places_give_the_same_bytes(posted: World, tmp_path_factory: pytest.TempPathFactory) -> None:
    posted.cutovers = [cut("X1"), cut("X2"), cut("X2", SECOND), cut("Z1")]
    other = World(tmp_path_factory.mktemp("copy"), posted.shared, posted.cutovers, posted.customers, posted.circuits)
    other.settings = posted.settings
    manifests = []
    for world in (posted, other):
        world.write()
        notify(world.desk(EARLY), Wishes(letters=True))
        (folder,) = (world.root / "out").iterdir()
        manifests.append((folder / "manifest.json").read_text())

    assert manifests[0] == manifests[1]
    assert manifests[0].count('"name"') == 7 + 7 + 4 + 2  # two customers, the department, the desk
