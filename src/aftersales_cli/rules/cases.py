"""Case tables: rows of a table with the verdict expected of them; read, bound to records, judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
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
from aftersales_cli.tables.binding import bind_row
from aftersales_cli.tables.headings import spellings
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
    """A book on trial: `tools` are what its rules name, `tables` and `subjects` how a row becomes what they judge."""

    book: Book
    tools: Mapping[str, object]
    tables: Mapping[str, Table[Any]]
    subjects: Mapping[str, Subject] = field(default_factory=lambda: SUBJECTS)

    def cases(self, rule_id: str) -> tuple[Case, ...]:
        """The cases of one rule: the group's, then each province's; `Stop` 78 where a table does not hold."""
        shelf = self.book.shelf.cases
        files = [(province, shelf[province, rule]) for province, rule in sorted(shelf) if rule == rule_id]
        with reading.settings():
            made = [case for province, path in files for case in self._read(rule_id, province or None, path)]
        return tuple(replace(case, number=number) for number, case in enumerate(made, start=1))

    def tried(self, case: Case) -> Tried:
        """The case, judged by the book as its rule would be in a run."""
        return Tried(case, self.judged(case.rule, self.subject(case), case.province))

    def judged(self, rule_id: str, subject: Any, province: str | None) -> Decision:
        """A rule of the book on a subject of a case."""
        return self.book.judge(rule_id, subject, self.tools, province)

    def subject(self, case: Case) -> Any:
        """What the rules of a case judge."""
        table, subject = self.tables[case.table], self.subjects[case.table]
        filled = {key: text for key, text in case.cells.items() if text}
        extras = {key: text for key, text in filled.items() if key in subject.extras}
        cells = {key: text for key, text in filled.items() if key not in subject.extras}
        row = bind_row(table, cells, self.book.vocabularies, Source(case.place.file, line=case.place.line))
        return subject.function(row, extras, self.tools)

    def _read(self, rule_id: str, province: str | None, path: Path) -> Iterator[Case]:
        node = reading.document(path)
        name = reading.text(reading.entries(node, _FILE, ("table",))["table"])
        known = [table for table in self.subjects if table in self.tables]
        if name not in known:
            raise node.error(Say("no rules judge a table “{name}”", name=name), reading.nearest(name, known))
        yield from _Reader(rule_id, province, self.tables[name], self.subjects[name].extras).cases(node)


_GROUP = ("about", "given", "columns", "rows")
_FILE = ("table", "groups", *_GROUP)


@dataclass(frozen=True)
class _Reader:
    """Reads one file of cases: groups with columns and rows, or one group alone, over the cells all of them share."""

    rule: str
    province: str | None
    table: Table[Any]
    extras: tuple[str, ...]

    def cases(self, node: Node) -> Iterator[Case]:
        found = reading.entries(node, _FILE)
        if "groups" not in found:
            yield from self._group(node, {})
            return
        given = self._cells(found.get("given"))
        for group in found["groups"].elements():
            reading.entries(group, _GROUP)
            yield from self._group(group, given)

    def _group(self, node: Node, shared: Mapping[str, str]) -> Iterator[Case]:
        found = reading.entries(node, _FILE, ("columns", "rows"))
        given = self._over(shared, self._cells(found.get("given")))
        about = reading.text(found["about"]) if "about" in found else ""
        columns = self._columns(found["columns"])
        for row in found["rows"].elements():
            yield self._case(row, columns, given, about)

    def _case(self, row: Node, columns: tuple[str, ...], given: Mapping[str, str], about: str) -> Case:
        elements = row.elements()
        if len(elements) != len(columns):
            raise row.error(Say("{n} cells stand here, {columns} columns above", n=len(elements), columns=len(columns)))
        at = dict(zip(columns, elements, strict=True))
        cells = {key: node.as_text() for key, node in at.items() if key not in RESERVED}
        return Case(
            rule=self.rule,
            number=0,
            about=about,
            name=reading.text(at["case"]),
            table=self.table.key,
            cells=self._over(given, cells),
            expected=reading.one_of(at["verdict"], Verdict),
            cautions=reading.whole(at["cautions"]) if "cautions" in at else None,
            province=self.province,
            place=Place(row.file, line=row.line),
        )

    def _columns(self, node: Node) -> tuple[str, ...]:
        written = [reading.text(element) for element in node.elements()]
        columns = tuple(w if w in RESERVED else self._field(w, node, node.line) for w in written)
        for key in ("case", "verdict"):
            if key not in columns:
                raise node.error(Say("“{key}” is missing here", key=key))
        if len(set(columns)) < len(columns):
            raise node.error(Say("one column stands here twice"))
        return columns

    def _cells(self, node: Node | None) -> dict[str, str]:
        if node is None:
            return {}
        return {self._field(key, node, line): value.as_text() for key, line, value in node.items()}

    def _field(self, written: str, node: Node, line: int) -> str:
        """The key of a column, whatever it is called here; its part's heading; or what the subject takes beside it."""
        meaning = spellings(self.table).get(folded(written))
        if meaning is not None:
            return meaning.key if meaning.part is None else self.table.column(meaning.key).parts[meaning.part]
        if written in self.extras:
            return written
        known = [*(column.key for column in self.table.columns), *self.extras]
        raise reading.at(node, line, Say("unknown key “{key}”", key=written), reading.nearest(written, known))

    def _over(self, given: Mapping[str, str], cells: Mapping[str, str]) -> dict[str, str]:
        """`cells` in place of what is given; a column's parts take the place of the whole."""
        parted = {column.key for column in self.table.columns if any(part in cells for part in column.parts)}
        return {key: text for key, text in given.items() if key not in parted} | dict(cells)


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
