"""`forms` and `schema`: a table of the data dictionary as an empty workbook, or as JSON schema."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import new_file
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.columns import Table
from aftersales_cli.records.folding import folded
from aftersales_cli.records.tables import TABLES
from aftersales_cli.tables.forms import form
from aftersales_cli.tables.schema import json_schema
from aftersales_cli.words import Say


def table_named(name: str) -> Table[Any]:
    """The table of a key or a Chinese or English name; `Stop` 2 with the nearest name for anything else."""
    spelt = {folded(word): table for table in TABLES.values() for word in (table.key, table.heading, table.english)}
    found = spelt.get(folded(name))
    if found is None:
        near = get_close_matches(name, list(TABLES), 1)
        hint = Say("did you mean “{near}”?", near=near[0]) if near else Say("tables: {names}", names=list(TABLES))
        raise Stop(Say("there is no table “{name}”", name=name), hint=hint, code=Exit.USAGE)
    return found


def forms(desk: Desk, names: Sequence[str], folder: Path, *, dry_run: bool) -> Report:
    """Write an empty workbook for each named table into `folder`; nothing there is overwritten."""
    tables = [table_named(name) for name in names]
    contents = {table.key: form(table, desk.book.vocabularies) for table in tables}
    paths = [folder / f"{key}.xlsx" for key in contents]
    if not dry_run:
        paths = [new_file(path, content) for path, content in zip(paths, contents.values(), strict=True)]
    items = [
        {"table": table.key, "heading": table.heading, "columns": len(table.columns), "files": [path]}
        for table, path in zip(tables, paths, strict=True)
    ]
    notes = [Say("a dry run: nothing was written")] if dry_run else []
    return Report("forms", desk.as_of, desk.province, items=items, files=[] if dry_run else paths, notes=notes)


def schema(desk: Desk, name: str, language: str) -> Report:
    """The JSON schema of one table's rows, described in `language`."""
    table = table_named(name)
    described = json_schema(table, desk.book.vocabularies, language=language)
    return Report("schema", desk.as_of, desk.province, items=[described])
