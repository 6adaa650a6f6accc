"""`init`: a workspace to begin with, empty with forms to fill in, or a copy of an example."""

from __future__ import annotations

from pathlib import Path

from aftersales_cli import library
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import new_file
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.report import Report
from aftersales_cli.records.tables import TABLES
from aftersales_cli.tables.forms import form
from aftersales_cli.words import Say
from aftersales_cli.workspace import SETTINGS

BEGINNING = """\
# 客服台的设置 / the settings of this desk. 路径相对于本文件 / paths are relative to this file.
# province: 上海            # 适用哪个省的规则 / whose editions of the rule book apply
language: {language}

inputs:                     # 表格放在哪里 / where your tables are (.xlsx .xls .ods .csv .yaml .json)
  customers: data/customers*.*
  circuits: data/circuits*.*
  cutovers: inbox/*.*
  # 有了部门、重保的表，就去掉行首的 # / take the # away once you have these tables:
  # departments: data/departments*.*
  # routes: data/routes*.*
  # assurances: data/assurances*.*
  # receipts: data/receipts*.*      # 送达回执 / deliveries
  # complaints: data/complaints*.*  # 申告 / complaints
  # feedback: data/feedback*.*      # 客户意见 / questions, objections, requests

calendar: calendar/*        # 导入的年份 / years you imported: aftersales calendar import FILE
# rulebook: rulebook        # 自己的规则 / your own editions of the rule book

output: out                 # 每次运行一个文件夹 / one folder per run
ledger: sqlite:///ledger.sqlite3

sender:                     # 通知的落款 / who signs the notices
  unit: ""
  name: ""
  phone: ""
  email: ""                 # 填了才生成日历文件和邮件 / calendar files and mails need it
"""


def init(desk: Desk, folder: Path, *, example: str | None, language: str, dry_run: bool) -> Report:
    """Make `folder` a workspace; `Stop` 2 where it already is one, or where there is no such example."""
    if (folder / SETTINGS).exists():
        raise Stop(Say("{folder} is a workspace already", folder=str(folder)), code=Exit.USAGE)
    files = _example(folder, example, dry_run=dry_run) if example else _empty(desk, folder, language, dry_run=dry_run)
    item = {"folder": folder, "example": example, "try": _first_command(example)}
    notes = [Say("a dry run: nothing was written")] if dry_run else []
    return Report("init", desk.as_of, desk.province, items=[item], files=[] if dry_run else files, notes=notes)


def _first_command(example: str | None) -> str | None:
    """The first command that an example's README tells to run."""
    if example is None:
        return None
    story = (library.content("examples") / example / "README.md").read_text("utf-8")
    lines = (line.split("#")[0].strip() for line in story.splitlines())
    return next((line for line in lines if line.startswith("aftersales ")), None)


def examples() -> tuple[str, ...]:
    """The names of the examples that come with the program."""
    return tuple(sorted(path.parent.name for path in library.content("examples").glob(f"*/{SETTINGS}")))


def _example(folder: Path, name: str, *, dry_run: bool) -> list[Path]:
    if name not in examples():
        hint = Say("examples: {names}", names=examples())
        raise Stop(Say("there is no example “{name}”", name=name), hint=hint, code=Exit.USAGE)
    source = library.content("examples") / name
    kept = [path for path in sorted(source.rglob("*")) if path.is_file() and not _left_over(path.relative_to(source))]
    targets = [folder / path.relative_to(source) for path in kept]
    taken = [path for path in targets if path.exists()]
    if taken:
        raise Stop(Say("{file} is there already; nothing was written", file=str(taken[0])), code=Exit.NOT_WRITTEN)
    return targets if dry_run else [new_file(to, path.read_bytes()) for path, to in zip(kept, targets, strict=True)]


def _left_over(path: Path) -> bool:
    """What a run made inside the example folder itself."""
    return path.parts[0] == "out" or path.name.startswith(("ledger.sqlite3", ".aftersales"))


def _empty(desk: Desk, folder: Path, language: str, *, dry_run: bool) -> list[Path]:
    contents = {folder / "forms" / f"{key}.xlsx": form(table, desk.book.vocabularies) for key, table in TABLES.items()}
    contents[folder / SETTINGS] = BEGINNING.format(language=language).encode()
    if dry_run:
        return list(contents)
    for place in ("data", "inbox"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    return [new_file(path, content) for path, content in contents.items()]
