"""A copy of the province's workspace, and its commands run in this process as a desk runs them."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from aftersales_cli.cli.main import main
from tests.province.conftest import EXAMPLE

MORNING, AFTERNOON = "2026-06-01T09:00", "2026-06-01T14:00"


@dataclass(frozen=True)
class Night:
    """One `cutover notify` over a whole province: where, and the one document it put out."""

    root: Path
    said: Mapping[str, Any]
    talk: str

    @cached_property
    def folder(self) -> Path:
        """The folder of the run."""
        (found,) = (self.root / "out").glob(f"{self.said['as_of'][:16].replace(':', '')}-notify")
        return found

    @cached_property
    def customers(self) -> dict[str, Mapping[str, Any]]:
        """The items of customers who were told something, by code."""
        return {item["customer_code"]: item for item in self.said["items"] if item["customer_code"] and item["files"]}

    @cached_property
    def changes(self) -> dict[tuple[str, str | None], tuple[str, int]]:
        """Change and sequence of every notice that says something new, by the end of its task's number and customer."""
        return {
            (task["task_no"][-3:], item["customer_code"]): (task["change"], task["sequence"])
            for item in self.said["items"]
            for task in item["tasks"]
            if task["change"] not in {"unchanged", None}
        }

    def files(self, code: str, ending: str) -> list[Path]:
        """One customer's files of a kind."""
        return [Path(path) for path in self.customers[code]["files"] if path.endswith(ending)]

    def documents(self) -> Iterator[tuple[str, Path]]:
        """Whose, and every file that lies in a customer's folder, listed by the run or not."""
        whose = {Path(path).parent: code for code, item in self.customers.items() for path in item["files"]}
        for folder, code in whose.items():
            yield from ((code, path) for path in sorted(folder.rglob("*")))


def copied(source: Path, target: Path) -> Path:
    """A workspace of its own, ledger and what was issued included."""
    return Path(shutil.copytree(source, target / "desk"))


def fresh(target: Path) -> Path:
    """The province before the first run."""
    return copied(EXAMPLE, target)


def said(desk: Path, command: str, *options: str, as_of: str = MORNING) -> tuple[Mapping[str, Any], str]:
    """The one document that a cutover command puts out, and its talk."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main(["--lang", "en", "-w", str(desk), "--as-of", as_of, "cutover", command, "--json", *options])
    document: Mapping[str, Any] = json.loads(out.getvalue())
    assert document["exit"] == code
    return document, err.getvalue()


def notified(desk: Path, *options: str, as_of: str = MORNING) -> Night:
    """`cutover notify` there and then."""
    document, talk = said(desk, "notify", *options, as_of=as_of)
    return Night(desk, document, talk)
