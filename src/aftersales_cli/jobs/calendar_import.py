"""The work of `calendar import`: a year from a file into the workspace's calendar folder, in one form for all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.writing import not_written, replace_file
from aftersales_cli.jobs.calendar import range_of
from aftersales_cli.jobs.report import Report
from aftersales_cli.words import Say
from aftersales_cli.workdays import Conventions, Range, Workdays, Year, built_in, read_year
from aftersales_cli.workdays.opening import calendar_files, conventions_of
from aftersales_cli.workdays.showing import with_weekday
from aftersales_cli.workspace import Workspace

FOLDER = "calendar"  # of a workspace whose settings name none
_GLOB = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the year goes; `advice` is what is left to do until it is read there."""

    path: Path
    advice: Say | None = None


def bring_in(
    workspace: Workspace, as_of: datetime, file: Path, *, output: Path | None = None, dry_run: bool = False
) -> Report:
    """Read a year from `file`, write it as `<year>.yaml`; `Stop` 65 or 66 where the file does not hold or is not there.

    Without `output` it goes where the workspace's setting `calendar` looks, else into its folder `calendar`; without a
    workspace that is a `Stop` 2. A year that another calendar file of the workspace holds is refused: 78.
    """
    conventions = conventions_of(workspace)
    year = read_year(file, conventions, bad=Exit.BAD_INPUT, missing=Exit.NO_INPUT)
    target = _target(workspace, file, year, output)
    if output is None:
        _refuse_second(workspace, target.path, year, conventions)
    text = _text(year, file)
    change = _change(target.path, text, file)
    before = _known(conventions, target.path)
    if change != "unchanged" and not dry_run:
        _write(target.path, text)
    item = {"year": year.year, "change": change, "file": target.path, **_content(before, year)}
    return Report(
        "calendar import",
        as_of,
        items=[item],
        files=[] if dry_run or change == "unchanged" else [target.path],
        notes=[*_changes_said(before, year), *([target.advice] if target.advice else [])],
        view=_said(target.path, change, year, dry_run=dry_run),
    )


def _target(workspace: Workspace, file: Path, year: Year, output: Path | None) -> _Target:
    name = f"{year.year}.yaml"
    if output is not None:
        return _Target(output.absolute() / name)
    if not workspace.named:
        hint = Say("run it inside a workspace, or name a folder with --output DIR")
        raise Stop(Say("there is no workspace here to import into"), hint=hint, code=Exit.USAGE)
    if any(_same(file, path) for path in calendar_files(workspace)):
        return _Target(file.absolute())
    path = _folder(workspace) / name
    if any(path.match(pattern) for pattern in workspace.calendar):
        return _Target(path)
    where = path.relative_to(workspace.root).as_posix() if path.is_relative_to(workspace.root) else str(path)
    if workspace.calendar:
        return _Target(path, Say("add {file} to “calendar” in aftersales.yaml: it is not read before", file=where))
    line = f"calendar: {FOLDER}/*"
    return _Target(path, Say("add the line “{line}” to aftersales.yaml: the year is not read before", line=line))


def _folder(workspace: Workspace) -> Path:
    """The folder of the first pattern of the setting `calendar`, else of its first file."""
    patterns = sorted(workspace.calendar, key=lambda pattern: not _GLOB.intersection(pattern))
    folder = Path(patterns[0]).parent if patterns else Path(FOLDER)
    while _GLOB.intersection(str(folder)):
        folder = folder.parent
    return workspace.root / folder


def _same(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _refuse_second(workspace: Workspace, target: Path, year: Year, conventions: Conventions) -> None:
    for path in calendar_files(workspace):
        if path != target and path.exists() and read_year(path, conventions).year == year.year:
            message = Say("{file} holds {year} already", file=path, year=str(year.year))
            raise Stop(message, hint=Say("remove it, or import that file"), code=Exit.SETTINGS)


def _change(target: Path, text: str, file: Path) -> str:
    if _same(file, target):
        return "unchanged"
    if not target.exists():
        return "new"
    return "unchanged" if target.read_bytes() == text.encode() else "update"


def _known(conventions: Conventions, target: Path) -> Workdays:
    """What was counted before: the program's years, and the file that is replaced, if it held."""
    days = built_in(conventions)
    try:
        replaced = read_year(target, conventions)
    except Stop:
        return days
    return Workdays({**days.years, replaced.year: replaced}, days.unsettled_from)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(path, error) from error
    replace_file(path, text.encode())


def _text(year: Year, file: Path) -> str:
    """Our own form: the same days give the same bytes, whatever form they came in."""
    notice = "".join(c if c.isprintable() else " " for c in year.notice or file.name)
    lines = [
        "# Working days of one year, as the notice of the State Council sets them; all other days follow the week.",
        f"year: {year.year}",
        f"source: {json.dumps(notice, ensure_ascii=False)}",
        *_list("holidays", year.holidays),
        *_list("workdays", year.workdays),
    ]
    return "\n".join(lines) + "\n"


def _list(key: str, days: Iterable[date]) -> list[str]:
    listed = [f"- {day.isoformat()}" for day in sorted(days)]
    return [f"{key}:", *listed] if listed else [f"{key}: []"]


def _content(before: Workdays, year: Year) -> dict[str, object]:
    after = _after(before, year)
    return {
        "working_days": range_of(_worked(after, year.year)),
        "holidays": sorted(year.holidays),
        "workdays": sorted(year.workdays),
        "amends": year.before,
        "changes": [{"date": day, "working": after.is_workday(day)} for day in _changed(before, after, year)],
        "notice": year.notice,
    }


def _after(before: Workdays, year: Year) -> Workdays:
    return Workdays({**before.years, year.year: year}, before.unsettled_from)


def _worked(days: Workdays, year: int) -> Range:
    known = [days.is_workday(day) for day in _from_to(date(year, 1, 1), date(year, 12, 31))]
    return Range(sum(worked is True for worked in known), sum(worked is not False for worked in known))


def _changed(before: Workdays, after: Workdays, year: Year) -> list[date]:
    """Days that were known before and are the other way now, in the year and the December before it."""
    first = date(year.year - 1, 12, 1) if year.year > 1 else date.min
    days = _from_to(first, date(year.year, 12, 31))
    return [day for day in days if before.is_workday(day) not in (None, after.is_workday(day))]


def _from_to(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _changes_said(before: Workdays, year: Year) -> Sequence[Say]:
    after = _after(before, year)
    changed = _changed(before, after, year)
    worked = [with_weekday(day) for day in changed if after.is_workday(day)]
    free = [with_weekday(day) for day in changed if after.is_workday(day) is False]
    said = []
    if worked:
        said.append(Say("counted as rest before, working days now: {days}", days=worked))
    if free:
        said.append(Say("counted as working days before, rest now: {days}", days=free))
    return said


def _said(path: Path, change: str, year: Year, *, dry_run: bool) -> Say:
    words = {"year": str(year.year), "file": path}
    if change == "unchanged":
        return Say("the calendar of {year} is there already: {file}", **words)
    if dry_run:
        return Say("the calendar of {year} would be written to {file}", **words)
    return Say("the calendar of {year} is written to {file}", **words)
