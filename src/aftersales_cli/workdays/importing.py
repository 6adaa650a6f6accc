"""A calendar file → `Year`: our own YAML, or the JSON that the public repository holiday-cn publishes per year."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.yaml_text import Elements, Entries, Node, Text, YamlError, parse_yaml
from aftersales_cli.places import shortened
from aftersales_cli.words import Say
from aftersales_cli.workdays.conventions import Conventions
from aftersales_cli.workdays.stopping import known_keys, stopped
from aftersales_cli.workdays.year import Year

LIMIT_BYTES = 1_000_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)


def read_year(
    path: Path, conventions: Conventions, *, bad: Exit = Exit.SETTINGS, missing: Exit = Exit.SETTINGS
) -> Year:
    """The year that one file holds.

    `Stop` with `missing` where the file cannot be read, with `bad` where its content does not hold: neither YAML nor
    JSON, an unknown key, days of other years (a December day of the year before may stand there: the notice amends
    it), a day named as both, a year without its certain days of rest, or an empty one, which is an unpublished year.
    """
    try:
        return _Content(str(path), conventions).year(_tree(_text(path), str(path)))
    except YamlError as error:
        raise stopped(str(path), error, bad) from error
    except OSError as error:
        message = Say("{file} cannot be read: {error}", file=path, error=error.strerror or str(error))
        raise Stop(message, code=missing) from error


def _text(path: Path) -> str:
    with path.open("rb") as stream:
        data = stream.read(LIMIT_BYTES + 1)
    if len(data) > LIMIT_BYTES:
        raise YamlError(Say("the file is larger than {limit} bytes", limit=LIMIT_BYTES))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise YamlError(Say("the file is not UTF-8 text"), hint=Say("save it as UTF-8")) from error


def _tree(text: str, file: str) -> Node:
    """JSON where it begins with a brace, else YAML; in both every scalar is text."""
    if not text.lstrip().startswith("{"):
        return parse_yaml(text, file=file, limit_bytes=LIMIT_BYTES)
    try:
        found = json.loads(text, object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str)
        return _node(found, file)
    except json.JSONDecodeError as error:
        raise YamlError(Say("this is not JSON: {why}", why=error.msg), error.lineno, error.colno) from error
    except RecursionError as error:
        raise YamlError(Say("the file is nested too deeply")) from error


class _Pairs(list[tuple[str, Any]]):
    """A JSON object as it stands, duplicate keys and all."""


def _node(value: Any, file: str) -> Node:
    match value:
        case _Pairs():
            if len({key for key, _ in value}) < len(value):
                twice = sorted({key for key, count in Counter(key for key, _ in value).items() if count > 1})
                raise YamlError(Say("a key stands twice: {keys}", keys=twice))
            return Entries(file, 0, 0, tuple((key, 0, _node(item, file)) for key, item in value))
        case list():
            return Elements(file, 0, 0, tuple(_node(item, file) for item in value))
        case bool():
            return Text(file, 0, 0, "true" if value else "false")
        case _:
            return Text(file, 0, 0, "" if value is None else str(value))


class _Content:
    """Turns the tree into a year; every refusal is a `YamlError` at its node."""

    def __init__(self, file: str, conventions: Conventions) -> None:
        self.file, self.conventions = file, conventions

    def year(self, root: Node) -> Year:
        if root.get("days") is not None:
            number, holidays, workdays, notice = self.of_holiday_cn(root)
        else:
            number, holidays, workdays, notice = self.of_ours(root)
        self.hold(root, number, frozenset(holidays), frozenset(workdays))
        return Year(number, frozenset(holidays), frozenset(workdays), self.file, notice)

    def of_ours(self, root: Node) -> tuple[int, list[date], list[date], str | None]:
        found = known_keys(root, ("year", "holidays", "workdays", "source"))
        number = self.number(root, found.get("year"))
        holidays, workdays = (self.days(found.get(key), number) for key in ("holidays", "workdays"))
        return number, holidays, workdays, found["source"].as_text() if "source" in found else None

    def of_holiday_cn(self, root: Node) -> tuple[int, list[date], list[date], str | None]:
        number = self.number(root, root.get("year"))
        holidays: list[date] = []
        workdays: list[date] = []
        for entry in self.elements(root.get("days")):
            off = self.needed(entry, "isOffDay").as_text()
            if off not in ("true", "false"):
                raise entry.error(Say("isOffDay “{text}” is neither true nor false", text=off))
            (holidays if off == "true" else workdays).append(self.day(self.needed(entry, "date"), number))
        papers = [paper.as_text() for paper in self.elements(root.get("papers"))]
        return number, holidays, workdays, " ".join(papers) or None

    def number(self, root: Node, node: Node | None) -> int:
        text = node.as_text() if node else ""
        if not _YEAR.fullmatch(text) or text == "0000":
            message = Say("“{text}” is no year", text=text) if node else Say("missing: {keys}", keys=["year"])
            raise (node or root).error(message, Say("write the year of the notice, such as year: 2027"))
        return int(text)

    def elements(self, node: Node | None) -> tuple[Node, ...]:
        """Nothing behind a key is an empty list."""
        return () if node is None or node == Text(node.file, node.line, node.column, "") else node.elements()

    def needed(self, entry: Node, key: str) -> Node:
        found = entry.get(key)
        if found is None:
            raise entry.error(Say("missing: {keys}", keys=[key]))
        return found

    def days(self, node: Node | None, number: int) -> list[date]:
        return [self.day(element, number) for element in self.elements(node)]

    def day(self, node: Node, number: int) -> date:
        found = _iso(node.as_text())
        if found is None:
            raise node.error(Say("“{text}” is no day; write it as 2027-01-31", text=shortened(node.as_text())))
        if found.year != number and (found.year, found.month) != (number - 1, 12):
            message = Say("{day} is not of {year}, nor of the December before", day=found, year=number)
            raise node.error(message, Say("each year has a file of its own"))
        return found

    def hold(self, root: Node, number: int, holidays: frozenset[date], workdays: frozenset[date]) -> None:
        if not holidays and not workdays:
            message = Say("the calendar of {year} is empty: the year is not published yet", year=number)
            raise root.error(message, Say("the State Council publishes it by the end of {year}", year=number - 1))
        if both := sorted(holidays & workdays):
            raise root.error(Say("both a holiday and a working day: {days}", days=both))
        rests = [day.of(number) for day in self.conventions.every_year_rests_on]
        if lacking := [day for day in rests if day not in holidays]:
            message = Say("the calendar of {year} is not complete: no rest on {days}", year=number, days=lacking)
            raise root.error(message, Say("import the whole year; days named in workdays.yaml rest every year"))


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
