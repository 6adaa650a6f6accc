"""A lending library for ladders: a domain the program does not have, so that the engine is seen without one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records import amounts, cells, moments
from aftersales_cli.records.columns import NOWHERE, Broken, Row, Source, Table, column, record
from aftersales_cli.records.values import Lead
from aftersales_cli.rules.book import Book, load_book
from aftersales_cli.rules.cases import Bench
from aftersales_cli.rules.decision import Finding
from aftersales_cli.rules.given import Given
from aftersales_cli.rules.rule import Rule, Subject, rule, subject
from aftersales_cli.words import Say


@record("loans", "借用", "Loans")
class Loan(Row):
    """One ladder lent."""

    ladder: str = column("梯子", cells.code, english="Ladder")
    lent_on: date = column("借出", moments.day, english="Lent on")
    back_on: date | None = column("归还", moments.day, english="Back on", default=None)
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Lending:
    """What the rules judge; `contract` is what was agreed with the borrower."""

    lent_on: Fact[date]
    back_on: Fact[date]
    contract: Lead | None = None


RULES: dict[str, Rule] = {}
SUBJECTS: dict[str, Subject] = {}
TABLES: dict[str, Table[Any]] = {"loans": Loan.TABLE}


@rule("LAD-1", into=RULES)
def back_in_time(lending: Lending, given: Given, *, grace: int) -> Finding:
    """The ladder comes back within the days allowed."""
    allowed = given.lead("keep").amount + grace
    kept = (lending.back_on.known - lending.lent_on.known).days
    return Finding.of(kept <= allowed, Say("{kept} of {allowed}", kept=kept, allowed=allowed), lending.back_on)


@subject("loans", extras=("agreed",), into=SUBJECTS)
def lending(row: Row | Broken, extras: Mapping[str, str], tools: Mapping[str, object]) -> Lending:
    """A row as it is; `agreed` is the contract."""
    contract = amounts.lead(extras["agreed"]) if "agreed" in extras else None
    return Lending(row.fact("lent_on"), row.fact("back_on"), contract)


CARD = """\
id: LAD-1
title: {zh: 按时归还, en: Back in time}
requirement: L1
judged_on: lent_on
on_breach: tell
on_needs_a_person: hold
parameters:
  keep: {unit: lead, province_may: lower, contract_may: raise}
editions:
- from: 2020-01-01
  clause: {source: HOUSE, article: '1', text: {zh: 十天, en: ten days}}
  keep: 10 days
- from: 2022-01-01
  clause: {source: HOUSE-2, article: '1', text: {zh: 七天, en: seven days}}
  keep: 7 days
"""

CASES = """\
table: loans
given: {ladder: A1, back_on: ''}
columns: [case, lent_on, 归还, verdict]
rows:
- [the last day before the house had rules, 2019-12-31, 2020-01-01, not_applicable]
- [ten days, 2020-01-01, 2020-01-11, met]
- [eleven days, 2021-12-31, 2022-01-11, breached]
- [eight days under the second edition, 2022-01-01, 2022-01-09, breached]
- [not back yet, 2022-02-01, '', needs_a_person]
"""

PROVINCE = """\
province: 上海
title: {zh: 样例, en: a sample}
sample: true
editions:
  LAD-1:
  - from: 2021-01-01
    clause: {source: LOCAL, article: '3', text: {zh: 五天, en: five days}}
    keep: 5 days
"""

PROVINCE_CASES = """\
table: loans
given: {ladder: A1}
columns: [case, lent_on, back_on, verdict]
rows:
- [the day before it is ten days, 2020-12-31, 2021-01-09, met]
- [then five, 2021-01-01, 2021-01-07, breached]
"""


def lay(folder: Path, **files: str) -> Path:
    """Write a rule book: `card=…` and friends by the names below, all others as `<name>.yaml` in the card folder."""
    known = {
        "card": "ladders/LAD-1.yaml",
        "cases": "ladders/LAD-1.cases.yaml",
        "province": "provinces/上海.yaml",
        "province_cases": "provinces/上海.LAD-1.cases.yaml",
        "words": "vocabulary/levels.yaml",
    }
    for name, text in files.items():
        path = folder / known.get(name, f"ladders/{name}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def book(*folders: Path) -> Book:
    """The book in these folders with the toy's rules."""
    return load_book(folders, RULES)


def bench(*folders: Path) -> Bench:
    """The same on trial, without grace."""
    return Bench(book(*folders), {"grace": 0}, TABLES, SUBJECTS)


def lent(day: date | None, back: date | None = date(2022, 1, 9)) -> Lending:
    """A lending with known or unknown days."""
    return Lending(_fact("lent_on", day), _fact("back_on", back))


def _fact(name: str, day: date | None) -> Fact[date]:
    return Unknown(name, Say("{name} is empty", name=name)) if day is None else Known(name, day)
