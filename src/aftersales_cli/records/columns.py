"""How a record declares itself: one column per field, from which reader, form, schema and reference page are made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, ClassVar, Generic, TypeVar, dataclass_transform

from aftersales_cli.places import Fact, Known, Place, Problem, Unknown
from aftersales_cli.places.quick import quick, quickly_set_aside
from aftersales_cli.words import Say

Cell = str | int | float | bool | date | time | timedelta | None  # datetime is a date


class Refused(Exception):  # noqa: N818 - a verdict on a cell, collected as a problem
    """A parser cannot take a cell; `accepted` says what would be right, with an example."""

    def __init__(self, accepted: Say, *, part: int = 0) -> None:
        super().__init__(accepted)
        self.accepted = accepted
        self.part = part


Parse = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `heading` is the Chinese heading, `english` the English one (used in forms and references), `aliases` further
    accepted headings. `parse` turns one non-empty cell into the field's value or raises `Refused`; where `parts` is
    set the column may instead stand as several columns with those headings, and `parse` is given a tuple of cells.
    `vocabulary` names a rule-book word list whose words the field takes; `strict` says an unlisted word is an error
    (else it is a caution, the word is kept). `many` marks lists in one cell (values are tuples); `each` marks a
    single value that people also write as a list in one cell: the row then counts once for each of them.
    `note` says what it holds where the parser's own words do not fit. `offers` names a word list that forms show and
    reading leaves alone: who uses the field judges its words.
    """

    key: str
    heading: str
    english: str
    parse: Parse
    required: bool
    aliases: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    vocabulary: str | None = None
    strict: bool = False
    many: bool = False
    note: Say | None = None
    offers: str | None = None
    choices: tuple[str, ...] = ()
    example: str = ""
    each: bool = False


@quick
class Source:
    """Where one row stood, and which column each field came from (`columns`: field → (letter, heading))."""

    file: str
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    columns: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)

    def __reduce__(self) -> tuple[Any, ...]:
        """Set aside (`files/shelf.py`) without the columns, which the rows of a sheet share: this process has them."""
        _columns[id(self.columns)] = self.columns
        return _source, (self.file, self.sheet, self.row, self.line, id(self.columns))

    def place(self, field: str | None = None) -> Place:
        """The cell of one field, or the whole row."""
        letter, heading = self.columns.get(field or "", (None, None))
        return Place(self.file, self.sheet, self.row, letter, self.line, heading)


_columns: dict[int, Mapping[str, tuple[str, str]]] = {}  # held, so that no other mapping is given their numbers


def _source(file: str, sheet: str | None, row: int | None, line: int | None, columns: int) -> Source:
    return Source(file, sheet, row, line, _columns[columns])


NOWHERE = Source("")


class Row:
    """What every record has: its `source`, and each field as a fact."""

    __slots__ = ()
    TABLE: ClassVar[Table[Any]]
    source: Source

    def fact(self, field: str) -> Fact[Any]:
        """The field as a fact: `Unknown` where the cell is empty."""
        value = getattr(self, field)
        if value is None or value == ():
            empty = Say("{heading} is empty", heading=self.heading(field))
            return Unknown(field, empty, self.place(field))
        return Known(field, value, self.place(field))

    def heading(self, field: str) -> str:
        """What the field's column is called in the file, else (there are keys only) in the table."""
        found = self.place(field).heading
        return found if found and found != field else self.TABLE.column(field).heading

    def value(self, field: str) -> Any:
        """The field's value, None or () where the cell is empty: where a fact's place would not be looked at."""
        return getattr(self, field)

    def place(self, field: str | None = None) -> Place:
        """Where the field stood, or the row."""
        return self.source.place(field)


R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that is no record: the fields that could be read, and a problem for each that could not.

    `empty` are those of the problems that are required cells nobody has filled in.
    """

    values: Mapping[str, Any]
    problems: Mapping[str, Problem]
    source: Source
    empty: frozenset[str] = frozenset()

    def fact(self, field: str) -> Fact[Any]:
        """The field as a fact; `Unknown` where it could not be read or the cell is empty."""
        if field in self.problems:
            unread = field not in self.empty
            return Unknown(field, self.problems[field].message, self.place(field), unread=unread)
        value = self.values.get(field)
        if value is None or value == ():
            place = self.place(field)
            return Unknown(field, Say("{heading} is empty", heading=place.heading or field), place)
        return Known(field, value, self.place(field))

    def value(self, field: str) -> Any:
        """The field's value; None where it could not be read, None or () where the cell is empty."""
        return None if field in self.problems else self.values.get(field)

    def place(self, field: str | None = None) -> Place:
        """Where the field stood, or the row."""
        return self.source.place(field)


@dataclass(frozen=True, slots=True)
class Table(Generic[R]):
    """One table of the data dictionary: its key (`cutovers`), names, columns in order, and the record it makes.

    `identity` is the noun and the field by which a bad row is held back: (`task`, `task_no`). `unique` is a field
    whose value no two rows may share (D09). `big` marks an inventory: it has no limit of rows (reliability.md §5).
    """

    key: str
    heading: str
    english: str
    record: type[R]
    columns: tuple[Column, ...]
    identity: tuple[str, str] | None = None
    unique: str | None = None
    big: bool = False
    _by_key: Mapping[str, Column] = dataclasses.field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_key", {column.key: column for column in self.columns})

    def column(self, key: str) -> Column:
        """The column of one field; `KeyError` for a field the table does not have."""
        return self._by_key[key]


def column(
    heading: str,
    parse: Parse,
    *,
    english: str,
    default: Any = dataclasses.MISSING,
    aliases: tuple[str, ...] = (),
    parts: tuple[str, ...] = (),
    vocabulary: str | None = None,
    strict: bool = False,
    note: Say | None = None,
    offers: str | None = None,
    choices: tuple[str, ...] = (),
    example: str = "",
    each: bool = False,
) -> Any:
    """Declare a field of a record; see `Column`. Without a `default` (None, or `()` for a list) it is required."""
    required, many = default is dataclasses.MISSING, default == ()
    declared = Column(
        "", heading, english, parse, required, aliases, parts, vocabulary, strict, many, note, offers, choices, example,
        each,
    )  # fmt: skip
    return dataclasses.field(default=default, metadata={"column": declared})


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(column, dataclasses.field))
def record(
    key: str,
    heading: str,
    english: str,
    *,
    identity: tuple[str, str] | None = None,
    unique: str | None = None,
    big: bool = False,
) -> Callable[[type[R]], type[R]]:
    """Make a class with `column(...)` fields a frozen record of the table `key`; see `Table`."""

    def declare(cls: type[R]) -> type[R]:
        made = quickly_set_aside(dataclass(frozen=True, slots=True, kw_only=True)(cls))
        columns = tuple(
            dataclasses.replace(f.metadata["column"], key=f.name)
            for f in dataclasses.fields(made)  # type: ignore[arg-type]  # made a dataclass one line above
            if "column" in f.metadata
        )
        made.TABLE = Table(key, heading, english, made, columns, identity, unique, big)
        return made

    return declare
