"""The worker's entry: one foreign file, whatever its suffix says, as raw sheets. Runs in the confined process."""

from __future__ import annotations

import stat
from pathlib import Path, PurePath
from typing import Any

from aftersales_cli.errors import Exit
from aftersales_cli.tables import delimited, parquet, structured, workbooks
from aftersales_cli.tables.unreadable import Unreadable, said, too_big
from aftersales_cli.words import Say

_SAVE_AS = Say("open it in Excel or WPS and save it as “Excel workbook (*.xlsx)”")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00")
_BOOK_SUFFIXES = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".et")
_TEXT_SUFFIXES = (".csv", ".tsv", ".txt", "", ".yaml", ".yml", ".json")


def open_table(
    source: str | bytes,
    name: str,
    encoding: str | None,
    sheet: str | None,
    table: tuple[str, str],
    limits: dict[str, float],
) -> dict[str, Any]:
    """`{"sheets": […], "hidden": […], "notes": […]}`, or `{"unreadable": …}`; all of it plain data.

    `source` is an absolute path, or the bytes themselves; `name` as the user wrote it; `table` is (key, heading),
    under which a YAML or JSON mapping holds its rows.
    """
    try:
        if PurePath(name).name.startswith("~$"):
            message = Say("this is the mark of a workbook that is open in another program")
            raise Unreadable(message, Say("close it there, and name the workbook itself"), code=Exit.NO_INPUT)
        data = source if isinstance(source, bytes) else _contents(Path(source), limits["file_mb"])
        if data.startswith(parquet.MARK):
            return _parquet(source, data, limits)
        return _opened(data, PurePath(name).suffix.lower(), encoding, sheet, table, limits)
    except Unreadable as error:
        return {"unreadable": error.plain()}


def _contents(path: Path, most_mb: float) -> bytes:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Unreadable(Say("this is no file"), code=Exit.NO_INPUT)
        if status.st_size > most_mb * 1_000_000:
            raise too_big("file_mb", most_mb)
        return path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(Say("there is no such file"), code=Exit.NO_INPUT) from None
    except PermissionError:
        hint = Say("close it in the other program, or let yourself read it")
        raise Unreadable(
            Say("the file may not be read, or another program holds it"), hint, code=Exit.NO_INPUT
        ) from None
    except OSError as error:
        raise Unreadable(Say("it cannot be read: {why}", why=error.strerror or ""), code=Exit.NO_INPUT) from None


def _parquet(source: str | bytes, data: bytes, limits: dict[str, float]) -> dict[str, Any]:
    if isinstance(source, bytes):
        raise Unreadable(Say("a Parquet file cannot be read from stdin"), Say("name the file"))
    if not data.endswith(parquet.MARK) or len(data) < 12:
        message = Say("the Parquet file is incomplete or damaged ({size} bytes)", size=len(data))
        raise Unreadable(message, Say("get it again: it has not arrived whole"))
    return parquet.opened(source, limits)


def _opened(
    data: bytes, suffix: str, encoding: str | None, sheet: str | None, table: tuple[str, str], limits: dict[str, float]
) -> dict[str, Any]:
    if not data:
        raise Unreadable(Say("the file is empty (0 bytes)"), Say("get it again: it has not arrived whole"))
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", _OLE)):
        return workbooks.opened(data, sheet, limits)
    _refuse_others(data)
    if suffix in _BOOK_SUFFIXES and b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(
            Say("this is no workbook, though it is named so: it is damaged"), Say("get it again, or save it anew")
        )
    if suffix == ".parquet" and b"\0" in data:
        raise Unreadable(
            Say("this is no Parquet file, though it is named so: it is damaged"), Say("get it again, or save it anew")
        )
    text = delimited.decoded(data, encoding)
    if suffix in {".yaml", ".yml", ".json"}:
        return {"sheets": [structured.rows(text, table, limits)], "hidden": [], "notes": []}
    notes = (
        [] if suffix in _TEXT_SUFFIXES else [said(Say("this is a text, not a workbook; it is read as a text table"))]
    )
    return {"sheets": [delimited.rows(text, limits)], "hidden": [], "notes": notes}


def _refuse_others(data: bytes) -> None:
    """Files that people take for tables, by their true name (A02)."""
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_OLD_EXCEL):
        raise Unreadable(Say("this is a workbook of an Excel older than 97"), _SAVE_AS)
    if head.startswith(b"%pdf"):
        raise Unreadable(Say("this is a PDF, not a table"))
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style", b"<div")):
        raise Unreadable(Say("this is a web page (HTML), not a workbook"), _SAVE_AS)
    if head.startswith((b"<?xml", b"<workbook")):
        if b"schemas-microsoft-com:office:spreadsheet" in head:
            raise Unreadable(Say("this is an “XML Spreadsheet 2003”, not a workbook"), _SAVE_AS)
        if b"<html" in head:
            raise Unreadable(Say("this is a web page (HTML), not a workbook"), _SAVE_AS)
        raise Unreadable(Say("this is an XML file, not a workbook"), _SAVE_AS)
