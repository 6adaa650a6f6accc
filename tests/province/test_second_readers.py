"""Readers that had no part in the writing find what was meant: openpyxl and calamine, vobject, Python's mail parser.

What was meant is taken from the generator (windows, people), from `cutover impact` (what happens to a circuit) and from
what `cutover notify` put out (who is told of which circuits).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import getaddresses
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import vobject
from python_calamine import CalamineWorkbook

from aftersales_cli.records.folding import folded
from tests.province.desks import Night, said
from tools.province.model import Customer, Province, Task

IMPACTS = {"outage": "OUTAGE", "momentary": "DEGRADED", "reduced_redundancy": "REDUCED-REDUNDANCY", "none": "NO-IMPACT"}
WORST = tuple(reversed(IMPACTS.values()))
BEIJING = ZoneInfo("Asia/Shanghai")
Told = tuple[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def tasks(made: Province) -> dict[str, Task]:
    return {folded(task.number): task for task in made.tasks}


@pytest.fixture(scope="module")
def customers(made: Province) -> dict[str, Customer]:
    return {one.code: one for one in made.customers}


@pytest.fixture(scope="module")
def told(night: Night) -> list[Told]:
    """Every notice that went out, with its customer's code; what is held of a customer was not written."""
    return [(code, task) for code, item in night.customers.items() for task in item["tasks"] if task["change"]]


@pytest.fixture(scope="module")
def impacts(night: Night) -> dict[tuple[str, str], str]:
    """What a task does to a circuit, in the words of the public convention."""
    items = said(night.root, "impact")[0]["items"]
    return {(item["task_no"], item["circuit_code"]): IMPACTS.get(item["impact"], "OUTAGE") for item in items}


def cells(rows: Iterator[Any]) -> list[list[str]]:
    """Rows as texts, empty cells at the end left out: one reader gives them, the other does not."""
    found = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for row in found:
        while row and not row[-1]:
            row.pop()
    while found and not found[-1]:
        found.pop()
    return found


def by_openpyxl(path: Path) -> list[list[str]]:
    book = openpyxl.load_workbook(path)
    assert [sheet.sheet_state for sheet in book] == ["visible"]
    return cells(book.worksheets[0].iter_rows(values_only=True))


def by_calamine(path: Path) -> list[list[str]]:
    book = CalamineWorkbook.from_path(path)
    (sheet,) = book.sheet_names
    return cells(iter(book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)))


def test_two_readers_see_the_same_in_every_form_and_list(night: Night) -> None:
    paths = sorted(night.folder.rglob("*.xlsx"))
    assert len(paths) == len(night.customers) + 3
    assert [path.name for path in paths if by_openpyxl(path) != by_calamine(path)] == []


def test_every_form_has_a_row_for_each_circuit_of_each_task(
    night: Night, told: list[Told], tasks: Mapping[str, Task], customers: Mapping[str, Customer]
) -> None:
    """Number, customer, circuit and window, in this order; under its last row an empty one."""
    wanted: dict[str, list[list[str]]] = {}
    for code, notice in told:
        window = spelt(tasks[folded(notice["task_no"])])
        rows = ([notice["task_no"], customers[code].name, line, window] for line in notice["circuit_codes"])
        wanted.setdefault(code, []).extend(rows)
    found = {code: by_openpyxl(night.files(code, ".xlsx")[0])[2:] for code in wanted}
    body = {code: rows[: rows.index([])] for code, rows in found.items()}
    assert {code: [row[:4] for row in rows] for code, rows in body.items()} == wanted


def spelt(task: Task) -> str:
    return f"{task.start:%Y%m%d %H:%M:%S}/{task.end:%Y%m%d %H:%M:%S}"


def utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=BEIJING).astimezone(UTC)


def event(path: Path) -> Any:
    return vobject.readOne(path.read_bytes().decode())


def test_vobject_reads_every_calendar_file_as_planned(
    night: Night, told: list[Told], tasks: Mapping[str, Task], impacts: Mapping[tuple[str, str], str]
) -> None:
    paths = {path.stem.rpartition("-")[2]: (code, path) for code, path in night.documents() if path.suffix == ".ics"}
    assert len(paths) == len(told) > 400
    for code, notice in told:
        whose, path = paths[notice["notice_id"]]
        calendar, meant = event(path), tasks[folded(notice["task_no"])]
        found, objects = calendar.vevent, calendar.vevent.contents["x-maintnote-object-id"]
        hit = {line: impacts[notice["task_no"], line] for line in notice["circuit_codes"]}
        assert (whose, calendar.method.value) == (code, "REQUEST")
        assert (found.dtstart.value, found.dtend.value) == (utc(meant.start), utc(meant.end)), path.name
        assert {one.value: one.params["X-MAINTNOTE-OBJECT-IMPACT"][0] for one in objects} == hit, path.name
        assert found.x_maintnote_impact.value == max(hit.values(), key=WORST.index)
        assert (found.x_maintnote_account.value, found.x_maintnote_maintenance_id.value) == (code, notice["task_no"])
        assert (found.status.value, found.x_maintnote_status.value) == ("CONFIRMED", "CONFIRMED")
        assert found.sequence.value == str(notice["sequence"]) == "0"
        assert found.uid.value == f"{notice['notice_id']}@carrier.example"
        assert found.organizer.value == "mailto:noc@carrier.example"


def test_the_event_of_a_customer_invites_every_address_of_the_archive(
    night: Night, customers: Mapping[str, Customer]
) -> None:
    for code, path in night.documents():
        if path.suffix == ".ics":
            invited = [one.value.removeprefix("mailto:") for one in event(path).vevent.contents.get("attendee", [])]
            assert invited == addresses(customers[code]), path.name


def addresses(one: Customer) -> list[str]:
    """The customer's own, else the manager's."""
    spelt = one.email or one.manager_email
    for mark in ("；", "，", ",", "、", "\n"):
        spelt = spelt.replace(mark, ";")
    return [address.strip() for address in spelt.split(";") if address.strip()]


def mails(night: Night, code: str) -> list[EmailMessage]:
    return [message_from_bytes(path.read_bytes(), policy=default) for path in night.files(code, ".eml")]


def test_every_address_of_the_archive_has_a_mail_of_its_own(night: Night, customers: Mapping[str, Customer]) -> None:
    for code in night.customers:
        to = [[address for _, address in getaddresses([str(mail["To"])])] for mail in mails(night, code)]
        assert to == [[address] for address in addresses(customers[code])]
        assert all(mail["Cc"] is mail["Bcc"] is None for mail in mails(night, code))


def test_what_is_attached_is_what_lies_in_the_folder_byte_for_byte(night: Night) -> None:
    for code in night.customers:
        beside = {path.name: path.read_bytes() for path in night.folder.joinpath(code).iterdir()}
        form = {name: data for name, data in beside.items() if name.endswith(".xlsx")}
        events = sorted(data for name, data in beside.items() if name.endswith(".ics"))
        for mail in mails(night, code):
            parts = [part for part in mail.walk() if not part.is_multipart()]
            attached = {name: held(part) for part in parts if (name := part.get_filename())}
            assert {name: data for name, data in attached.items() if name.endswith(".xlsx")} == form
            assert sorted({held(part) for part in parts if part.get_content_type() == "text/calendar"}) == events
            assert {part.get_content_type() for part in parts} >= {"text/plain", "text/html", "text/calendar"}


def held(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    assert isinstance(found, bytes)
    return found


def test_the_letter_in_the_mail_is_the_letter_in_the_folder(night: Night) -> None:
    for code in night.customers:
        letter = night.files(code, ".html")[0].read_text()
        for mail in mails(night, code):
            body = mail.get_body(("html",))
            assert body is not None
            assert body.get_content().split() == letter.split()
