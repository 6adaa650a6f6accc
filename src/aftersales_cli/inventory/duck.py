"""Circuits and routes of any size: asked for what one run needs, never loaded whole (architecture §6).

Small files are read as every table is; big ones are put to DuckDB in a confined child with limits of its own. Either
way the answer is a `Read`, narrowed to the rows that matter where the file is big.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any, TypeVar

from aftersales_cli.errors import Exit, worst
from aftersales_cli.files.confined import Confined, ConfinedError, Confines
from aftersales_cli.inventory.whole import OnRecord, ending, positions
from aftersales_cli.places import Place, Problem
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken, Row, Table
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.routes import SPELLINGS, Path, Route
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables import headings
from aftersales_cli.tables.binding import bind
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.notes import unknown_headings
from aftersales_cli.tables.reading import Input, Read, read_table
from aftersales_cli.tables.sheet import Sheet
from aftersales_cli.tables.unreadable import Unreadable
from aftersales_cli.words import Counted

R = TypeVar("R", bound=Row)

BIG = 5_000_000
"""Bytes of a text from which on DuckDB is asked: some 50,000 rows, where starting its child costs less than reading."""
CONFINES = Confines(memory=4_000_000_000, cpu=3_600, wall=3_600, answer=2_000_000_000, written=100_000_000_000)
ASKER = "aftersales_cli.inventory.asking"
_PARQUET = b"PAR1"
_NO_TEXTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_STRUCTURED = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class Asked:
    """What the inventory says of the circuits and resources of one run.

    `circuits` holds the wanted circuits and those that ride on the resources, `routes` the hops over the resources
    (of small files all rows); `paths` the paths of each folded circuit that rides on them.
    """

    circuits: Read[Circuit]
    routes: Read[Route]
    paths: Mapping[str, frozenset[Path]]

    @property
    def doubtful(self) -> frozenset[str]:
        """Folded circuits of which a row of the routes could not be read."""
        codes = (row.values.get("circuit_code") for row in self.routes.broken)
        return frozenset(folded_circuit(code) for code in codes if code)

    @property
    def every_hop_known(self) -> bool:
        """Whether what is missing from the routes belongs to `doubtful` circuits only."""
        return not self.routes.failed and all(row.values.get("circuit_code") for row in self.routes.broken)


def ask(
    circuits: Sequence[Input],
    routes: Sequence[Input],
    codes: Iterable[str],
    resources: Iterable[str],
    *,
    confined: Confined,
    vocabularies: Vocabularies,
    limits: Limits | None = None,
    aside: bool = False,
) -> Asked:
    """The circuits of these codes and all that runs over these resources. What is wrong in a file is in the `Read`s.

    `aside`: circuits of small files are set aside on a `Shelf`.

    `confined` reads the small files; for the big ones a child of their own is started, and only where there are any.
    """
    small = {
        "circuits": _small(circuits, Circuit.TABLE, confined, vocabularies, limits, aside=aside),
        "routes": _small(routes, Route.TABLE, confined, vocabularies, limits),
    }
    over = dict.fromkeys(map(folded, resources))
    riding = [folded_circuit(hop.circuit_code) for hop in small["routes"].records if folded(hop.resource) in over]
    wanted = dict.fromkeys((*map(folded_circuit, codes), *riding))
    big = [each for each in (*circuits, *routes) if is_big(each)]
    answers, pairs = _asked(big, wanted, over) if big else ([], [])
    paths: dict[str, set[Path]] = {}
    for hop in small["routes"].records:
        paths.setdefault(folded_circuit(hop.circuit_code), set()).add(hop.path)
    for circuit, word in pairs:
        if folded(word) in SPELLINGS:
            paths.setdefault(circuit, set()).add(SPELLINGS[folded(word)])
    reads = {table.key: _together(small[table.key], [_read(answer, table, vocabularies) for answer in answers
                                                     if answer["table"] == table.key])
             for table in (Circuit.TABLE, Route.TABLE)}  # fmt: skip
    return Asked(reads["circuits"], reads["routes"], {code: frozenset(found) for code, found in paths.items()})


def owned(
    circuits: Sequence[Input],
    routes: Sequence[Input],
    customer: str,
    *,
    confined: Confined,
    vocabularies: Vocabularies,
    limits: Limits | None = None,
) -> tuple[Read[Circuit], Read[Route]]:
    """The circuits of one customer and all their hops; of small files all rows, as they stand."""
    small = {
        "circuits": _small(circuits, Circuit.TABLE, confined, vocabularies, limits),
        "routes": _small(routes, Route.TABLE, confined, vocabularies, limits),
    }
    key = folded(customer)
    own = [folded_circuit(c.circuit_code) for c in small["circuits"].records if folded(c.customer_code) == key]
    big = [each for each in (*circuits, *routes) if is_big(each)]
    answers = _called("owned", big, [key], own)[0] if big else []
    read = {table.key: _together(small[table.key], [_read(answer, table, vocabularies) for answer in answers
                                                    if answer["table"] == table.key])
            for table in (Circuit.TABLE, Route.TABLE)}  # fmt: skip
    return read["circuits"], read["routes"]


def owned_by(
    circuits: Sequence[Input],
    customers: Iterable[str],
    *,
    confined: Confined,
    vocabularies: Vocabularies,
    limits: Limits | None = None,
) -> Read[Circuit]:
    """The circuits of these customers; of small files all rows, as they stand."""
    small = _small(circuits, Circuit.TABLE, confined, vocabularies, limits)
    big = [each for each in circuits if is_big(each)]
    if not big:
        return small
    answers, _rest = _called("owned", big, [*dict.fromkeys(map(folded, customers))], [])
    return _together(small, [_read(answer, Circuit.TABLE, vocabularies) for answer in answers])


def on_record(asked: Asked, routes: Sequence[Input], codes: Iterable[str], *, vocabularies: Vocabularies) -> OnRecord:
    """What the routes have of the circuits of these codes; `asked` has all rows of the small files already.

    Big files are asked once more, in one pass, and only where there are any.
    """
    big = [each for each in routes if is_big(each)]
    names = {each.name for each in big}
    every: list[Route | Broken] = [*asked.routes.records, *asked.routes.broken]
    small = positions(row for row in every if row.source.file not in names)
    last = {place: ending(circuits) for place, circuits in small.items()}
    if not big:
        return OnRecord(small, last, asked.every_hop_known)
    answers, rest = _called("recorded", big, [*dict.fromkeys(map(folded_circuit, codes))])
    reads = [_read(answer, Route.TABLE, vocabularies) for answer in answers]
    rows = small | positions(row for read in reads for row in (*read.records, *read.broken))
    ends = zip(answers, rest.get("last", [None] * len(big)), strict=True)
    last |= {(answer["name"], None): key and frozenset({key}) for answer, key in ends}
    return OnRecord(rows, last, asked.every_hop_known and not any(read.failed for read in reads))


def is_big(each: Input) -> bool:
    """Whether DuckDB is asked: Parquet, and texts from `BIG` bytes on; workbooks, YAML, JSON and stdin never."""
    if each.path is None:
        return False
    try:
        with each.path.open("rb") as file:
            head = file.read(4)
        if head == _PARQUET:
            return True
        is_text = head not in _NO_TEXTS and each.path.suffix.lower() not in _STRUCTURED
        return is_text and each.path.stat().st_size >= BIG
    except OSError:
        return False  # the ordinary reader says what is wrong


def _small(
    inputs: Sequence[Input],
    table: Table[R],
    confined: Confined,
    vocabularies: Vocabularies,
    limits: Limits | None,
    *,
    aside: bool = False,
) -> Read[R]:
    few = [each for each in inputs if not is_big(each)]
    return read_table(few, table, confined=confined, vocabularies=vocabularies, limits=limits, aside=aside)


def _asked(
    big: Sequence[Input], wanted: Collection[str], over: Collection[str]
) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """The child's answer of each file, and (folded circuit, path as written) of those that ride on the resources."""
    answers, rest = _called("ask", big, [*wanted], [*over])
    return answers, rest.get("paths", [])


def _called(question: str, big: Sequence[Input], *words: list[str]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The child's answer of each file, and all it answered; of a child that fell, what every file is said to be."""
    files = [(each.table, each.name, str(each.path), each.encoding) for each in big]
    with tempfile.TemporaryDirectory(prefix="aftersales-") as folder, Confined(CONFINES) as child:
        try:
            answer = child.call(f"{ASKER}:{question}", files, *words, str(File(folder).resolve()))
        except ConfinedError as error:
            failed = Unreadable(error.reason).plain()
            return [{"table": each.table, "name": each.name, "unreadable": failed} for each in big], {}
    return answer["files"], answer


def _read(answer: Mapping[str, Any], table: Table[R], vocabularies: Vocabularies) -> Read[R]:
    name = answer["name"]
    if answer["unreadable"]:
        error = Unreadable.of(answer["unreadable"])
        problem = Problem(error.message, Place(name, line=error.line), None, error.found, error.hint, (table.key,))
        return Read(problems=(problem,), failed=(name,), stop=error.code)
    rows, numbers = [answer["names"], *answer["rows"]], [answer["line"], *answer["numbers"]]
    sheet = Sheet(None, rows, numbers, is_text=answer["is_text"], counted=answer["is_text"])
    found = headings.match(table, answer["names"], 0)
    bound = bind(sheet, found, table, file=name, vocabularies=vocabularies)
    problems = [*unknown_headings(sheet, found, table, name), *bound.problems]
    if answer["more"]:
        message = Counted("{n} more row cannot be read", "{n} more rows cannot be read", n=answer["more"])
        problems.append(Problem(message, Place(name), held=(table.key,)))
    failed = (name,) if answer["more"] else ()  # what is wrong with those, nobody has seen
    return Read(tuple(bound.records), tuple(bound.broken), tuple(problems), bound.rows, failed)


def _together(first: Read[R], others: Sequence[Read[R]]) -> Read[R]:
    if not others:
        return first
    reads = [first, *others]
    records: list[R] = [record for read in reads for record in read.records]
    broken: list[Broken] = [row for read in reads for row in read.broken]
    codes: list[Exit] = [read.stop for read in reads if read.stop is not None]
    return Read(
        tuple(records),
        tuple(broken),
        tuple(problem for read in reads for problem in read.problems),
        sum(read.rows for read in reads),
        tuple(name for read in reads for name in read.failed),
        worst(*codes) if codes else None,
    )
