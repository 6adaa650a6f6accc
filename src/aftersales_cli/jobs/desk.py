"""What a judging command stands on: the workspace's rule book, calendar and inputs, read once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from aftersales_cli import library
from aftersales_cli.documents.renderers import Renderers
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.confined import Confined
from aftersales_cli.records.columns import Row, Table
from aftersales_cli.rules.book import Book, load_book
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.reading import OPENER, Input, Read, read_table
from aftersales_cli.words import Say
from aftersales_cli.workdays import opening
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workspace import Workspace

if TYPE_CHECKING:
    from aftersales_cli.ledger.store import Ledger

R = TypeVar("R", bound=Row)


@dataclass(frozen=True)
class Given:
    """The inputs a command line names: files by table (`-` is `stdin`), and an encoding.

    The encoding is that of the files named beside it; of the workspace's own text files where none is named.
    """

    files: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    encoding: str | None = None
    stdin: bytes | None = None


@dataclass(frozen=True)
class Desk:
    """One desk at one moment."""

    workspace: Workspace
    as_of: datetime
    province: str | None = None
    given: Given = field(default_factory=Given)

    @cached_property
    def book(self) -> Book:
        """The shipped rule book and over it the workspace's own."""
        own = self.workspace.rulebook
        return load_book([library.content("rulebook"), *([own] if own else [])])

    @cached_property
    def workdays(self) -> Workdays:
        """The working-day calendar, with the years the workspace imported."""
        return opening.of_workspace(self.workspace)

    @cached_property
    def tools(self) -> Mapping[str, object]:
        """What rules may ask for by name."""
        return {"workdays": self.workdays, "vocabularies": self.book.vocabularies}

    @cached_property
    def limits(self) -> Limits:
        """How large people's files may be."""
        return Limits.of(self.workspace.limits)

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The workspace's templates first, then the shipped ones."""
        own = self.workspace.templates
        return (*([own] if own else []), library.content("templates"))

    def reader(self) -> AbstractContextManager[Confined]:
        """The child process that opens foreign files; one for the whole run."""
        return Confined(preload=(OPENER,))

    def renderers(self) -> AbstractContextManager[Renderers]:
        """The child processes in which templates run, and nowhere else; the same for the whole run."""
        return Renderers()

    def inputs(self, table: str) -> tuple[Input, ...]:
        """The files of one table: those the command line names, else the workspace's; none where neither names any."""
        named = self.given.files.get(table)
        if named is not None:
            return tuple(self._named(table, name) for name in named)
        patterns = self.workspace.inputs.get(table, ())
        return tuple(self._found(table, path) for path in self.workspace.paths(patterns))

    def _named(self, table: str, name: str) -> Input:
        if name == "-":
            return Input(table, "-", None, self.given.stdin or b"", self.given.encoding)
        return Input(table, name, Path(name).absolute(), None, self.given.encoding)

    def _found(self, table: str, path: Path) -> Input:
        inside = path.is_relative_to(self.workspace.root)
        name = path.relative_to(self.workspace.root).as_posix() if inside else str(path)
        return Input(table, name, path, None, None if self.given.files else self.given.encoding)

    def named_nowhere(self, table: str) -> bool:
        """Whether neither the command line nor the workspace names a file of this table."""
        return table not in self.given.files and not self.workspace.inputs.get(table)

    def read(self, table: Table[R], confined: Confined, *, aside: bool = False) -> Read[R]:
        """All rows of one table, with what was wrong in them; `aside` as `read_table` has it."""
        return read_table(
            self.inputs(table.key),
            table,
            confined=confined,
            vocabularies=self.book.vocabularies,
            limits=self.limits,
            aside=aside,
        )

    def ledger(self, *, write: bool) -> Ledger:
        """The ledger; for reading only, it is an empty one where none exists yet."""
        from aftersales_cli.ledger import open_ledger  # SQLAlchemy, only where a ledger is used

        return open_ledger(self.workspace.ledger, root=self.workspace.root, create=write, read_only=not write)


def needed(desk: Desk, table: str) -> None:
    """`Stop` 66 where a table the command cannot do without is named nowhere."""
    if desk.named_nowhere(table) and not desk.workspace.named:
        raise Stop(
            Say(
                "there is no workspace here or above: {folder} has no aftersales.yaml", folder=str(desk.workspace.root)
            ),
            hint=Say("go into your workspace, name it with -w DIR, or give --{table} FILE", table=table),
            code=Exit.NO_INPUT,
        )
    if desk.named_nowhere(table):
        raise Stop(
            Say("no file of {table} is named", table=table),
            hint=Say("give --{table} FILE, or name it under “inputs:” in aftersales.yaml", table=table),
            code=Exit.NO_INPUT,
        )


def sha256_of(inputs: Sequence[Input]) -> dict[str, str]:
    """The fingerprint of each input file by its name, for the ledger; unreadable ones are left out."""
    import hashlib
    import io

    found: dict[str, str] = {}
    for source in inputs:
        try:
            with io.BytesIO(source.data or b"") if source.path is None else source.path.open("rb") as content:
                found[source.name] = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            continue
    return found
