"""The calendar of a run: the years that come with the program, and over them the years that were imported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aftersales_cli import library
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say
from aftersales_cli.workdays.calendar import Workdays
from aftersales_cli.workdays.conventions import FILE, Conventions, read_conventions
from aftersales_cli.workdays.importing import read_year
from aftersales_cli.workdays.year import Year, shipped_years
from aftersales_cli.workspace import Workspace


def built_in(conventions: Conventions) -> Workdays:
    """The years that come with the program (2004 on)."""
    return Workdays(shipped_years(), conventions.unsettled_from)


def load(files: Sequence[Path], conventions: Conventions) -> Workdays:
    """The same with calendar files over it: an imported year replaces the one of the program.

    `Stop` 78 where a file does not hold, or two files hold the same year.
    """
    imported: dict[int, Year] = {}
    for path in files:
        found = read_year(path, conventions)
        if found.year in imported:
            both = [imported[found.year].source, found.source]
            message = Say("two calendar files hold {year}: {files}", year=found.year, files=both)
            raise Stop(message, hint=Say("keep one of them"), code=Exit.SETTINGS)
        imported[found.year] = found
    return Workdays(shipped_years() | imported, conventions.unsettled_from)


def of_workspace(workspace: Workspace) -> Workdays:
    """The calendar a workspace counts by."""
    return load(calendar_files(workspace), conventions_of(workspace))


def calendar_files(workspace: Workspace) -> tuple[Path, ...]:
    """The calendar files the settings name; hidden ones that a pattern meets are passed over."""
    return tuple(path for path in workspace.paths(workspace.calendar) if not path.name.startswith("."))


def conventions_of(workspace: Workspace) -> Conventions:
    """The conventions of the workspace's rule book where it has its own, else the ones that come with the program."""
    own = workspace.rulebook
    return read_conventions(own if own and (own / FILE).is_file() else library.content("rulebook"))
