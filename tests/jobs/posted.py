"""Reads what a run sent, with readers that had no part in writing it: vobject, Python's mail parser, calamine."""

from __future__ import annotations

import io
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import vobject
from python_calamine import CalamineWorkbook

from aftersales_cli.jobs.report import Report
from tests.jobs.world import World, item

SENDER = {"unit": "示例网服中心", "name": "周明", "phone": "021-5550 0100", "email": "noc@carrier.example"}


def signed(world: World, **mail: str) -> World:
    """The world with somebody who sends."""
    world.settings |= {"sender": SENDER, "mail": mail}
    return world


def files(report: Report, code: str | None, ending: str) -> list[Path]:
    """One customer's files of a kind, as the report lists them."""
    return [Path(path) for path in item(report, code)["files"] if path.endswith(ending)]


def event(path: Path) -> Any:
    """The calendar as vobject reads it."""
    return vobject.readOne(path.read_bytes().decode())


def letter(path: Path) -> EmailMessage:
    """The mail as Python's modern parser reads it."""
    return message_from_bytes(path.read_bytes(), policy=default)


def leaves(mail: EmailMessage) -> list[EmailMessage]:
    """Its parts that hold something."""
    return [part for part in mail.walk() if not part.is_multipart()]


def table(path: Path) -> list[list[Any]]:
    """The rows of the one sheet of a list."""
    (sheet,) = CalamineWorkbook.from_path(path).sheet_names
    return CalamineWorkbook.from_path(path).get_sheet_by_name(sheet).to_python()


def everything(name: str, data: bytes) -> str:
    """All a file says to whoever looks closely: every part of an archive, every header and part of a mail."""
    if name.endswith(".eml"):
        mail: EmailMessage = message_from_bytes(data, policy=default)
        headers = "\n".join(f"{key}: {value}" for part in mail.walk() for key, value in part.items())
        inside = [everything(part.get_filename() or "part", _held(part)) for part in leaves(mail)]
        return "\n".join([headers, *inside, data.decode()])
    if is_zipfile(io.BytesIO(data)):
        with ZipFile(io.BytesIO(data)) as archive:
            parts = [f"{part}\n{archive.read(part).decode(errors='replace')}" for part in archive.namelist()]
            return "\n".join([*parts, archive.comment.decode()])
    return data.decode().replace("\r\n ", "")  # the folded lines of a calendar


def _held(part: EmailMessage) -> bytes:
    held = part.get_payload(decode=True)
    assert isinstance(held, bytes)
    return held
