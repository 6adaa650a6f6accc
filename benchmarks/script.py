"""The script that `notices.py` measures against: what a good user would write for one night, in one process.

Templates are compiled once, rows joined by dictionaries, the ledger filled in one transaction. With `each` the form's
template is opened for every customer, as openpyxl's users do; with `reused` it is opened once for each number of rows
and filled again, the quickest way openpyxl has.
"""

from __future__ import annotations

import csv
import hashlib
import io
import sqlite3
import sys
from collections import defaultdict
from copy import copy
from datetime import UTC, datetime, timedelta, timezone
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr
from pathlib import Path
from typing import Any

import jinja2
import openpyxl
from icalendar import Calendar, Event, vCalAddress, vText
from openpyxl.worksheet.cell_range import CellRange

TEMPLATES = Path(__file__).parent.parent / "templates"
BEIJING = timezone(timedelta(hours=8))
SENDER = {"unit": "示例网运部", "name": "值班", "phone": "021-10000", "email": "desk@carrier.example"}
XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")


def table(name: str) -> list[dict[str, str]]:
    """The rows of one of the night's tables."""
    with Path(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def short(*parts: str) -> str:
    """A digest to make numbers of."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def day(moment: datetime) -> str:
    """The day as a letter writes it."""
    return f"{moment.year}年{moment.month}月{moment.day}日"


class Forms:
    """Fills the form; `reused` keeps the opened template of each number of rows."""

    def __init__(self, reused: bool) -> None:
        self.data = (TEMPLATES / "cutover/notice.xlsx").read_bytes()
        self.kept: dict[int, Any] | None = {} if reused else None

    def opened(self, rows: int) -> Any:
        """The template with room for so many rows: what is below the first moves down."""
        if self.kept is not None and rows in self.kept:
            return self.kept[rows]
        book = openpyxl.load_workbook(io.BytesIO(self.data))
        more = rows - 1
        if more:
            sheet: Any = book.worksheets[0]
            merged = [str(area) for area in sheet.merged_cells.ranges if area.min_row > 3]
            heights = {row: sheet.row_dimensions[row].height for row in range(4, 9)}
            for area in merged:
                sheet.unmerge_cells(area)
            sheet.move_range("A4:G8", rows=more)
            for area in merged:
                sheet.merge_cells(moved(area, more))
            for row, height in heights.items():
                sheet.row_dimensions[row + more].height = height
            for row in range(4, 4 + more):
                sheet.row_dimensions[row].height = sheet.row_dimensions[3].height
                for column in range(1, 8):
                    sheet.cell(row, column)._style = copy(sheet.cell(3, column)._style)
        if self.kept is not None:
            self.kept[rows] = book
        return book

    def fill(self, view: dict[str, Any]) -> bytes:
        """The form of one customer."""
        rows = view["rows"]
        book, more = self.opened(len(rows)), len(rows) - 1
        sheet: Any = book.worksheets[0]
        sheet["A1"] = view["title"]
        for number, row in enumerate(rows, 3):
            for column, key in enumerate(
                ("task_no", "customer_name", "circuit_code", "window", "interruption", "province", "reason"), 1
            ):
                sheet.cell(number, column, row[key])
        sheet.cell(5 + more, 2, f"{view['customer']['name']}（{view['customer']['contact']} 收）")
        sheet.cell(5 + more, 6, view["message_id"])
        sheet.cell(6 + more, 2, SENDER["unit"])
        sheet.cell(6 + more, 6, view["issued_on"])
        sheet.cell(7 + more, 2, SENDER["name"])
        sheet.cell(7 + more, 6, SENDER["phone"])
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()


def moved(area: str, rows: int) -> str:
    """An area so many rows further down."""
    cells = CellRange(area)
    cells.shift(row_shift=rows)
    return cells.coord


def views(as_of: datetime) -> list[dict[str, Any]]:
    """One per customer: the form's rows, the tasks, and what identifies the message."""
    customers = {row["客户编码"]: row for row in table("customers")}
    owners = {row["电路代号"]: row["客户编码"] for row in table("circuits")}
    mine: dict[str, dict[str, list[dict[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in table("cutovers"):
        mine[owners[row["电路代号"]]][row["割接任务号"]].append(row)
    return [view(customers[code], mine[code], as_of) for code in sorted(mine)]


def view(customer: dict[str, str], tasks: dict[str, list[dict[str, str]]], as_of: datetime) -> dict[str, Any]:
    """What the templates are given for one customer."""
    code, made, forms = customer["客户编码"], [], []
    for number, rows in tasks.items():
        start, end = (
            datetime.strptime(t, "%Y%m%d %H:%M:%S").replace(tzinfo=BEIJING) for t in rows[0]["割接时间"].split("/")
        )
        minutes = rows[0]["中断类型"].removeprefix("中断: ").removesuffix("分钟")
        made.append({
            "task_no": number, "change": "new", "window": rows[0]["割接时间"], "start": start, "end": end,
            "window_text": f"{day(start)} {start:%H:%M} 至 {end:%H:%M}", "interruption": rows[0]["中断类型"],
            "interruption_text": f"中断约{minutes}分钟", "province": rows[0]["割接省"],
            "reason": rows[0]["割接原因分类"], "circuits": [row["电路代号"] for row in rows], "count": len(rows),
            "late": False, "together": "", "changed": [], "notice_id": short(number.casefold(), code.casefold())[:12],
        })  # fmt: skip
        forms += [{
            "task_no": number, "customer_name": customer["客户名称"], "circuit_code": row["电路代号"],
            "window": row["割接时间"], "interruption": row["中断类型"], "province": row["割接省"],
            "reason": row["割接原因分类"],
        } for row in rows]  # fmt: skip
    made.sort(key=lambda task: (task["start"], task["task_no"]))
    order = [task["task_no"] for task in made]
    forms.sort(key=lambda row: order.index(row["task_no"]))
    return {
        "language": "zh", "issued_on": day(as_of), "title": "计划割接通知表", "sender": SENDER, "rows": forms,
        "tasks": made, "late": False, "changes": {"new": len(made), "update": 0, "cancel": 0},
        "message_id": short(*sorted(f"{task['notice_id']}.0" for task in made))[:8], "email": customer["联系邮箱"],
        "customer": {"code": code, "name": customer["客户名称"], "contact": customer["售后联系人"]},
    }  # fmt: skip


def calendar(task: dict[str, Any], told: dict[str, Any], summary: str, text: str, as_of: datetime) -> bytes:
    """A calendar file for one task."""
    utc = UTC
    made = Calendar()
    made.add("prodid", "-//a good user//EN")
    made.add("version", "2.0")
    made.add("method", "REQUEST")
    event = Event()
    event.add("uid", f"{task['notice_id']}@carrier.example")
    event.add("sequence", 0)
    event.add("dtstamp", as_of.astimezone(utc))
    event.add("dtstart", task["start"].astimezone(utc))
    event.add("dtend", task["end"].astimezone(utc))
    event.add("summary", summary)
    event.add("description", text)
    event.add("status", "CONFIRMED")
    organizer = vCalAddress(f"mailto:{SENDER['email']}")
    organizer.params["CN"] = vText(SENDER["unit"])
    event.add("organizer", organizer, encode=False)
    attendee = vCalAddress(f"mailto:{told['email']}")
    attendee.params["CN"] = vText(told["customer"]["contact"])
    attendee.params["RSVP"] = vText("TRUE")
    event.add("attendee", attendee, encode=False)
    event.add("X-MAINTNOTE-PROVIDER", "carrier.example")
    event.add("X-MAINTNOTE-ACCOUNT", told["customer"]["code"])
    event.add("X-MAINTNOTE-MAINTENANCE-ID", task["task_no"])
    for code in task["circuits"]:
        event.add("X-MAINTNOTE-OBJECT-ID", code, parameters={"X-MAINTNOTE-OBJECT-IMPACT": "OUTAGE"})
    event.add("X-MAINTNOTE-IMPACT", "OUTAGE")
    event.add("X-MAINTNOTE-STATUS", "CONFIRMED")
    made.add_component(event)
    return bytes(made.to_ical())


def main() -> None:
    """Make the documents of as many customers as asked for, in `theirs`, and fill the ledger."""
    as_of = datetime.fromisoformat(sys.argv[1]).replace(tzinfo=BEIJING)
    forms, most = Forms(reused=sys.argv[2] == "reused"), int(sys.argv[3])
    loader = jinja2.FileSystemLoader(TEMPLATES)
    jinja = jinja2.Environment(
        loader=loader, autoescape=lambda name: ".html" in (name or ""), trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True, auto_reload=False,
    )  # fmt: skip
    letter, message, mail, event = (
        jinja.get_template(f"cutover/{name}.j2")
        for name in ("notice.html", "notice.txt", "mail.notice.txt", "event.txt")
    )
    told = []
    for each in views(as_of)[:most]:
        code, id_, date = each["customer"]["code"], each["message_id"], f"{as_of:%Y%m%d}"
        own = Path("theirs", code)
        own.mkdir(parents=True)
        form, html = forms.fill(each), letter.render(each)
        form_name = f"{date}-{code}-form-{id_}.xlsx"
        (own / form_name).write_bytes(form)
        (own / f"{date}-{code}-letter-{id_}.html").write_text(html, "utf-8")
        (own / f"{date}-{code}-message-{id_}.txt").write_text(message.render(each), "utf-8")
        invitations = []
        for task in each["tasks"]:
            summary, _, text = event.render({**each, "task": task}).partition("\n")
            name = f"{date}-{task['task_no']}-calendar-{task['notice_id']}.ics"
            invitations.append((name, calendar(task, each, summary, text.strip("\n"), as_of)))
            (own / name).write_bytes(invitations[-1][1])
        subject, _, text = mail.render(each).partition("\n")
        sent = EmailMessage(policy=SMTP)
        sent["Date"] = format_datetime(as_of)
        sent["From"] = formataddr((SENDER["unit"], SENDER["email"]))
        sent["To"] = formataddr((each["customer"]["contact"], each["email"]))
        sent["Subject"] = subject.strip()
        sent["Message-ID"] = f"<{short(code, id_)[:32]}@carrier.example>"
        sent.set_content(text.strip("\n") + "\n")
        sent.add_alternative(html, subtype="html")
        if len(invitations) == 1:
            held = invitations[0][1].decode()
            sent.add_alternative(held, subtype="calendar", params={"method": "REQUEST"})
        sent.add_attachment(form, maintype=XLSX[0], subtype=XLSX[1], filename=form_name)
        if len(invitations) > 1:
            for name, data in invitations:
                sent.add_attachment(data.decode(), subtype="calendar", filename=name, params={"method": "REQUEST"})
        (own / f"{date}-{code}-mail-1-{id_}.eml").write_bytes(sent.as_bytes())
        told += [(task["notice_id"], task["task_no"], code, 0, task["window"], "; ".join(task["circuits"]))
                 for task in each["tasks"]]  # fmt: skip
    with sqlite3.connect("theirs.sqlite3") as ledger:
        ledger.execute("CREATE TABLE notices (id, task_no, customer_code, sequence, window, circuits)")
        ledger.executemany("INSERT INTO notices VALUES (?, ?, ?, ?, ?, ?)", told)


if __name__ == "__main__":
    main()
