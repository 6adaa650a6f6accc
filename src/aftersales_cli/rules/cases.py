"""Case tables: rows of a table with the verdict expected of them; read, bound to records, judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.yaml_text import Node
from aftersales_cli.places import Place
from aftersales_cli.records.columns import Source, Table
from aftersales_cli.records.folding import folded
from aftersales_cli.rules import reading
from aftersales_cli.rules.book import Book
from aftersales_cli.rules.decision import Decision, Verdict
from aftersales_cli.rules.rule import SUBJECTS, Subject
from aftersales_cli.tables.binding import TABLES, bind_texts
from aftersales_cli.words import Say

RESERVED = ("case", "verdict", "cautions")


@dataclass(frozen=True, slots=True)
class Case:
    """One line of a case table: a row's cells by key or heading, what stands beside the table, and what is expected.

    `number` counts from 1 through all tables of the rule, `about` is the heading of its group. `province` is set for
    the cases of a province's editions. `cautions` is how many are expected, None where the table does not say.
    """

    rule: str
    number: int
    about: str
    name: str
    table: str
    cells: Mapping[str, str]
    expected: Verdict
    cautions: int | None
    province: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Tried:
    """A case with the decision the book came to."""

    case: Case
    decision: Decision

    @property
    def passed(self) -> bool:
        """Whether verdict and, where said, the number of cautions are the expected ones."""
        told = self.case.cautions in (None, len(self.decision.cautions))
        return self.decision.verdict is self.case.expected and told


@dataclass(frozen=True)
class Bench:
    """A book on trial: `tools` are what its rules name, `subjects` and `tables` how a row becomes what they judge."""

    book: Book
    tools: Mapping[str, object]
    subjects: Mapping[str, Subject] = field(default_factory=lambda: SUBJECTS)
    tables: Mapping[str, Table[Any]] = field(default_factory=lambda: TABLES)

    def cases(self, rule_id: str) -> tuple[Case, ...]:
        """The cases of one rule: the group's, then each province's; `Stop` 78 where a table does not hold."""
        shelf = self.book.shelf.cases
        files = [(province, shelf[province, rule]) for province, rule in sorted(shelf) if rule == rule_id]
        with reading.settings():
            rows = [case for province, path in files for case in self._read(rule_id, province or None, path)]
        return tuple(Case(**(row | {"number": number})) for number, row in enumerate(rows, start=1))

    def tried(self, case: Case) -> Tried:
        """The case, judged by the book as its rule would be in a run."""
        table = self.tables[case.table]
        own = _names(table)
        cells = {key: text for key, text in case.cells.items() if folded(key) in own and text}
        extras = {key: text for key, text in case.cells.items() if folded(key) not in own and text}
        source = Source(case.place.file, line=case.place.line)
        row = bind_texts(table, cells, source, self.book.vocabularies)
        subject = self.subjects[case.table].function(row, extras, self.tools)
        return Tried(case, self.book.judge(case.rule, subject, self.tools, case.province))

    def _read(self, rule_id: str, province: str | None, path: Path) -> Iterator[dict[str, Any]]:
        node = reading.document(path)
        found = reading.entries(node, ("table", "given", "groups", "columns", "rows"), ("table",))
        table = self._table(found["table"])
        given = self._cells(found.get("given"), table)
        groups = found["groups"].elements() if "groups" in found else (node,)
        for group in groups:
            known = ("about", "given", "columns", "rows")
            parts = reading.entries(group, known if group is not node else tuple(found), ("columns", "rows"))
            own = given | self._cells(parts.get("given"), table)
            columns = self._columns(parts["columns"], table)
            about = reading.text(parts["about"]) if "about" in parts else ""
            for row in parts["rows"].elements():
                yield _case(row, columns, own) | {
                    "rule": rule_id, "about": about, "table": table, "province": province,
                    "place": Place(node.file, line=row.line),
                }  # fmt: skip

    def _table(self, node: Node) -> str:
        name = reading.text(node)
        known = [table for table in self.subjects if table in self.tables]
        if name not in known:
            raise node.error(Say("no rules judge a table “{name}”", name=name), reading.nearest(name, known))
        return name

    def _cells(self, node: Node | None, table: str) -> dict[str, str]:
        items = node.items() if node else ()
        for key, line, _ in items:
            assert node is not None
            self._known(node, line, key, table)
        return {key: value.as_text() for key, _, value in items}

    def _columns(self, node: Node, table: str) -> tuple[str, ...]:
        columns = tuple(map(reading.text, node.elements()))
        for key in columns:
            if key not in RESERVED:
                self._known(node, node.line, key, table)
        for key in ("case", "verdict"):
            if key not in columns:
                raise node.error(Say("“{key}” is missing here", key=key))
        if len(set(columns)) < len(columns):
            raise node.error(Say("a column stands here twice"))
        return columns

    def _known(self, node: Node, line: int, key: str, table: str) -> None:
        """A key is a column of the table, or something the subject takes beside it."""
        extras = self.subjects[table].extras
        if folded(key) in _names(self.tables[table]) or key in extras:
            return
        known = [*(column.key for column in self.tables[table].columns), *extras]
        raise reading.at(node, line, Say("unknown key “{key}”", key=key), reading.nearest(key, known))


def find_case(cases: tuple[Case, ...], wanted: str) -> Case:
    """The case of that number or name; `Stop` 2 where there is none, or several of the name."""
    found = [case for case in cases if wanted in (str(case.number), case.name)]
    if len(found) == 1:
        return found[0]
    if found:
        message = Say("several cases are called “{case}”: {numbers}", case=wanted, numbers=[c.number for c in found])
    else:
        message = Say("there is no case “{case}”", case=wanted)
    hint = Say("the cases are numbered 1 to {n}", n=len(cases)) if cases else None
    raise Stop(message, hint=hint, code=Exit.USAGE)


def _case(row: Node, columns: tuple[str, ...], given: Mapping[str, str]) -> dict[str, Any]:
    texts = [element.as_text() for element in row.elements()]
    if len(texts) != len(columns):
        raise row.error(Say("{n} cells stand here, {columns} columns above", n=len(texts), columns=len(columns)))
    cells = dict(zip(columns, texts, strict=True))
    at = dict(zip(columns, row.elements(), strict=True))
    cautions = cells.pop("cautions", "")
    if cautions and not cautions.isdecimal():
        raise at["cautions"].error(Say("“{text}” is no whole number", text=cautions))
    return {
        "name": cells.pop("case"),
        "expected": reading.one_of(at["verdict"], Verdict),
        "cautions": int(cautions) if cautions else None,
        "cells": {**given, **{key: text for key, text in cells.items() if key != "verdict"}},
    }


def _names(table: Table[Any]) -> frozenset[str]:
    """Every name a column goes by: key, headings, other spellings, the headings of its parts."""
    columns = table.columns
    return frozenset(folded(name) for c in columns for name in (c.key, c.heading, c.english, *c.aliases, *c.parts))
