"""The papers on one customer that lie in the output folder: reports of its visits, and of its faults (R28)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from aftersales_cli.files.names import safe_name
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.visit.brief_visits import Earlier

FOLDER = re.compile(r"(\d{4}-\d\d-\d\d)T\d{4}-(?:visit-report(?:-\d+)?|fault-report-(?P<whose>.+))")
"""What `visit report` and `visit fault-report` call the folders of their runs."""


def part(customer: str) -> str:
    """A customer's code as part of the name of a folder or file."""
    return customer.replace("/", "_").replace("\\", "_")


def is_of(rest: str, customer: str) -> bool:
    """Whether the end of a folder's name is this customer's; a second one of the same minute has a number."""
    own = re.compile(re.escape(folded(safe_name(part(customer)))) + r"(-\d+)?")
    return own.fullmatch(folded(rest)) is not None


def earlier(output: Path, customer: str, visits: Iterable[Visit]) -> tuple[Earlier, ...]:
    """By the names of folders and files alone: nothing is opened."""
    begins = {folded(_begin(visit)): visit.visit_no for visit in visits}
    folders = output.iterdir() if output.is_dir() else ()
    named = ((folder, FOLDER.fullmatch(folder.name)) for folder in folders)
    return tuple(each for folder, name in named if name for each in _of_folder(folder, name, customer, begins))


def _of_folder(folder: Path, name: re.Match[str], customer: str, begins: Mapping[str, str]) -> Iterator[Earlier]:
    day, whose = date.fromisoformat(name[1]), name["whose"]
    if whose is not None:
        if is_of(whose, customer):
            yield Earlier(day, "", folder.name)
        return
    for page in folder.glob("*-report-*.html"):
        number = begins.get(folded(page.name.rsplit("-report-", 1)[0]))
        if number is not None:
            yield Earlier(day, number, f"{folder.name}/{page.name}")


def _begin(visit: Visit) -> str:
    return safe_name(part(f"{visit.date:%Y%m%d}-{visit.customer_code}-{visit.visit_no}"))
