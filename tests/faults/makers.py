"""What a line of the table asks for: each maker spoils one thing in the office."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import openpyxl
from docx import Document

from aftersales_cli import library
from tests.faults import texts
from tests.faults.office import Office
from tests.faults.spreadsheets import FILES, put, spoilt_workbooks
from tests.jobs.world import TASK, circuit, customer, cut
from tests.tables.making import workbook

assert texts
TWO = f"{TASK[:-1]}2"
Given = Any
MAKERS: dict[str, Callable[[Office, Given], None]] = {}


def maker(function: Callable[[Office, Given], None]) -> Callable[[Office, Given], None]:
    MAKERS[function.__name__] = function
    return function


def spoil(office: Office, name: str, given: Given) -> None:
    """Let the maker of that name do its work: one of files, or one that needs to be told what."""
    if name in FILES:
        put(office, name)
    else:
        MAKERS[name](office, given)


@maker
def raw(office: Office, given: Mapping[str, str]) -> None:
    """Files with these texts, beside a sound cutover."""
    office.cutovers = [cut("X1")]
    office.files |= {name: content.encode("utf-8", "surrogatepass") for name, content in given.items()}


@maker
def yaml(office: Office, given: str) -> None:
    office.files["cutovers/bad.yaml"] = given.encode()


@maker
def json(office: Office, given: str) -> None:
    office.files["cutovers/bad.json"] = given.encode()


@maker
def settings(office: Office, given: str) -> None:
    """Lines below the sound settings."""
    office.cutovers = [cut("X1")]
    office.settings += given


@maker
def settings_only(office: Office, given: str) -> None:
    """All there is of settings; `*100000` behind a text repeats it."""
    office.settings = _repeated(given)


@maker
def settings_bytes(office: Office, given: str) -> None:
    """Settings saved in another encoding."""
    office.files["aftersales.yaml"] = office.settings.encode(given)


@maker
def card(office: Office, given: str) -> None:
    """Lines below the shipped card CUT-04."""
    office.cutovers = [cut("X1")]
    office.settings += "rulebook: rulebook\n"
    shipped = library.content("rulebook") / "cutover" / "CUT-04.yaml"
    office.files["rulebook/cutover/CUT-04.yaml"] = shipped.read_bytes() + _repeated(given).encode()


@maker
def calendar(office: Office, given: str) -> None:
    """A calendar file of these lines."""
    office.cutovers = [cut("X1")]
    office.settings += "calendar: calendar/*\n"
    office.files["calendar/2030.yaml"] = _repeated(given).encode()


def _repeated(given: str) -> str:
    content, star, times = given.rpartition(" *")
    return content * int(times) if star and times.strip().isdigit() else given


@maker
def cutover(office: Office, given: Mapping[str, str]) -> None:
    """Task 1 with these cells (`LONG`: more than a cell of a form can hold), and task 2, which is sound."""
    cells = {heading: "长" * 40_000 if cell == "LONG" else cell for heading, cell in given.items()}
    office.cutovers = [cut("X1", **cells), cut("X2", TWO)]


@maker
def cells(office: Office, given: Mapping[str, Any]) -> None:
    """The same in a workbook, whose cells may be numbers and times; `from 1904`: its days count from that year."""
    given = dict(given)
    options: dict[str, Any] = {
        "date_1904": bool(given.pop("from 1904", False)),
        "default_date_format": "yyyy-mm-dd hh:mm:ss",
    }
    rows = [cut("X1"), cut("X2", TWO)]
    if "割接开始时间" in given:
        sound = {"割接开始时间": "20110608 00:00", "割接结束时间": "20110608 06:00"}
        rows = [{k: v for k, v in row.items() if k != "割接时间"} | sound for row in rows]
    merged: list[dict[str, Any]] = [rows[0] | given, rows[1]]
    headings = list(merged[0])
    table = [headings, *([row.get(heading, "") for heading in headings] for row in merged)]
    office.files["cutovers/bad.xlsx"] = workbook({"割接": table}, **options)


@maker
def customers(office: Office, given: Mapping[str, str]) -> None:
    """Customer K1 with these cells; tasks 1 (hers) and 2."""
    office.cutovers = [cut("X1"), cut("X2", TWO)]
    code = given.get("客户编码", "K1")
    office.customers[0] = office.customers[0] | dict(given)
    office.circuits[0] = circuit("X1", code)


@maker
def customers_too(office: Office, given: Mapping[str, str]) -> None:
    """A third customer with these cells."""
    office.cutovers = [cut("X1"), cut("X2", TWO)]
    office.customers.append(customer("K3", "丙公司") | dict(given))


@maker
def customers_book(office: Office, given: Mapping[str, Any]) -> None:
    """Customers in a workbook, K1 with these cells."""
    office.cutovers = [cut("X1"), cut("X2", TWO)]
    office.settings = office.settings.replace("customers.csv", "customers.xlsx")
    rows: list[dict[str, Any]] = [office.customers[0] | dict(given), office.customers[1]]
    headings = list(dict.fromkeys(key for row in rows for key in row))
    table = [headings, *([row.get(heading, "") for heading in headings] for row in rows)]
    office.files["data/customers.xlsx"] = workbook({"客户": table})


@maker
def circuits(office: Office, given: Mapping[str, str]) -> None:
    """Circuit X1 with these cells."""
    office.cutovers = [cut("X1"), cut("X2", TWO)]
    office.circuits[0] = office.circuits[0] | dict(given)


@maker
def template(office: Office, given: Mapping[str, str] | str) -> None:
    """Own templates with these texts; a text alone is that of the short message."""
    office.cutovers = [cut("X1"), cut("X2", TWO)]
    texts_ = {"notice.txt.j2": given} if isinstance(given, str) else given
    office.files |= {f"templates/cutover/{name}": content.encode() for name, content in texts_.items()}


@maker
def template_in_gbk(office: Office, given: str) -> None:
    office.cutovers = [cut("X1")]
    office.files["templates/cutover/notice.txt.j2"] = given.encode("gbk")


@maker
def template_form(office: Office, given: str) -> None:
    """The shipped form with this text in its first cell."""
    office.cutovers = [cut("X1")]
    book = openpyxl.load_workbook(library.content("templates") / "cutover" / "notice.xlsx")
    book.worksheets[0]["A1"] = given
    made = io.BytesIO()
    book.save(made)
    office.files["templates/cutover/notice.xlsx"] = made.getvalue()


@maker
def template_letter(office: Office, given: str) -> None:
    """The shipped letter with this text below it."""
    office.cutovers = [cut("X1")]
    document = Document(str(library.content("templates") / "cutover" / "letter.docx"))
    document.add_paragraph(given)
    made = io.BytesIO()
    document.save(made)
    office.files["templates/cutover/letter.docx"] = made.getvalue()


@maker
def folder_called_xlsx(office: Office, given: Given) -> None:
    office.settings = office.settings.replace("cutovers/*", "cutovers/bad.xlsx")
    office.files["cutovers/bad.xlsx/inside.txt"] = b"x"


@maker
def pipe_called_csv(office: Office, given: Given) -> None:
    import os

    office.settings = office.settings.replace("cutovers/*", "cutovers/bad.csv")
    (office.root / "cutovers").mkdir()
    os.mkfifo(office.root / "cutovers/bad.csv")


@maker
def stub(office: Office, given: Given) -> None:
    """A file whose content is still in the cloud: a link to nowhere."""
    office.settings = office.settings.replace("cutovers/*", "cutovers/bad.xlsx")
    (office.root / "cutovers").mkdir()
    (office.root / "cutovers/bad.xlsx").symlink_to(office.root / "not-here-yet.xlsx")


@maker
def lock_file(office: Office, given: Given) -> None:
    """What Excel puts beside a workbook it has open."""
    office.files["cutovers/~$名单.xlsx"] = b"\x05Zhang" + bytes(159)


@maker
def spoilt(office: Office, given: int) -> None:
    """So many workbooks with bytes changed."""
    office.files |= spoilt_workbooks(given)
