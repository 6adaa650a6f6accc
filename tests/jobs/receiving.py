"""Receipts for the small world: rows written as CSV, calendar replies, and what was recorded, told in short."""

from __future__ import annotations

from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aftersales_cli.jobs.desk import Given
from aftersales_cli.jobs.receipt import Wishes, receipt
from aftersales_cli.jobs.report import Report
from aftersales_cli.jobs.status import Wishes as StatusWishes
from aftersales_cli.jobs.status import status
from aftersales_cli.ledger import open_ledger
from aftersales_cli.records.events import Delivered
from aftersales_cli.records.values import BEIJING
from tests.jobs.world import TASK, Row, World, text

DELIVERED = "2011-05-27 10:30"
DELIVERED_AT = datetime(2011, 5, 27, 10, 30, tzinfo=BEIJING)
LATER = "2011-05-27T15:00"


def row(at: str = DELIVERED, task: str = TASK, whom: str = "K1", **cells: str) -> Row:
    """A filled-in row of receipts: by telephone, confirmed by 张三."""
    return {"割接任务号": task, "客户编码": whom, "送达时间": at, "送达方式": "电话", "确认人": "张三"} | cells


def received(world: World, *rows: Row, as_of: str = LATER, **wishes: Any) -> Report:
    """`cutover receipt` of a file with these rows."""
    path = world.root / "receipts.csv"
    path.write_text(text(rows), "utf-8")
    return receipt(world.desk(as_of, Given({"receipts": (str(path),)})), Wishes(**wishes))


def replied(world: World, *files: Path, as_of: str = LATER) -> Report:
    """`cutover receipt` of calendar files or mails."""
    return receipt(world.desk(as_of), Wishes(replies=[str(file) for file in files]))


def stands(world: World, as_of: str = LATER, **wishes: Any) -> Report:
    """`cutover status`."""
    return status(world.desk(as_of), StatusWishes(**wishes))


def confirm(world: World) -> None:
    """A receipt for every notice that the ledger has, at the moment it was issued."""
    rows = [
        row(f"{n.issued_at:%Y-%m-%d %H:%M}", n.task_no, n.customer_code, sequence=str(n.sequence))
        for n in world.issued()
        if n.customer_code
    ]
    received(world, *rows, as_of=max(f"{n.issued_at:%Y-%m-%dT%H:%M:%S}" for n in world.issued()))


def kept(world: World) -> tuple[Delivered, ...]:
    """The receipts in the ledger."""
    with open_ledger("sqlite:///ledger.sqlite3", root=world.root, create=False, read_only=True) as ledger:
        return ledger.deliveries()


def refused(report: Report) -> list[tuple[str | None, int | None]]:
    """Field and line of what was refused."""
    return [(p.field, p.place.line if p.place else None) for p in report.problems if p.severity == "error"]


def cautions(report: Report) -> list[str]:
    """The sentences of the cautions."""
    return [p.message.to("en") for p in report.problems if p.severity == "caution"]


def reply(world: World, name: str = "reply.ics", **said: str) -> Path:
    """A calendar's answer by the only recipient of the first notice, in good order but for what is `said`."""
    values = {
        "method": "REPLY",
        "uid": f"{world.issued()[0].notice_id}@carrier.example",
        "sequence": "SEQUENCE:0\r\n",
        "stamp": "DTSTAMP:20110527T023000Z\r\n",
        "answer": "ACCEPTED",
        "address": "noc@k1.example",
    } | said
    body = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Mail//EN\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n"
        '{sequence}{stamp}ATTENDEE;CN="值班";PARTSTAT={answer}:mailto:{address}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n'
    ).format(**values)
    path = world.root / name
    path.write_bytes(body.encode())
    return path


def mail(world: World, calendar: Path, sender: str) -> Path:
    """A mail that holds a calendar file, from that sender."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"值班 <{sender}>", "desk@carrier.example", "Accepted"
    made["Date"] = "Fri, 27 May 2011 10:31:00 +0800"
    made.set_content("好的")
    made.add_attachment(calendar.read_bytes(), maintype="text", subtype="calendar", filename="reply.ics")
    path = world.root / "reply.eml"
    path.write_bytes(bytes(made))
    return path
