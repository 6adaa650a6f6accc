"""What every command starts from: the clock, the workspace, the language, the rule book's province."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aftersales_cli import words, workspace
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.records.values import BEIJING
from aftersales_cli.words import Say
from aftersales_cli.workspace import Workspace

if TYPE_CHECKING:
    from aftersales_cli.jobs.desk import Desk, Given

_AS_OF = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?")


@dataclass(frozen=True)
class GlobalOptions:
    """The options that stand before the group or after the command, as typed."""

    workspace: str | None = None
    as_of: str | None = None
    province: str | None = None
    lang: str | None = None
    quiet: bool = False
    verbose: bool = False
    debug: bool = False


_options = GlobalOptions()


def begin(options: GlobalOptions) -> None:
    """Keep the lifted options for the command that follows; called once, by `main`."""
    global _options
    _options = options
    words.use(chosen_language(options, os.environ))


def options() -> GlobalOptions:
    """The global options of this process."""
    return _options


def root_folder() -> Path | None:
    """The workspace folder: named by option or environment, else the nearest at or above the current folder."""
    named = _options.workspace or os.environ.get("AFTERSALES_WORKSPACE")
    return Path(named).absolute() if named else workspace.find(Path.cwd())


def chosen_language(given: GlobalOptions, environment: Mapping[str, str]) -> str:
    """`--lang`, `AFTERSALES_LANG`, the workspace's, gettext's variables, the system's, else English."""
    asked = given.lang or environment.get("AFTERSALES_LANG")
    if asked:
        if asked not in words.LANGUAGES:
            raise Stop(Say("“{text}” is none of {words}", text=asked, words=words.LANGUAGES), code=Exit.USAGE)
        return asked
    named = given.workspace or environment.get("AFTERSALES_WORKSPACE")
    root = Path(named) if named else workspace.find(Path.cwd())
    said = workspace.language_of(root) if root else None
    return said or _system_language(environment)


def _system_language(environment: Mapping[str, str]) -> str:
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        said = environment.get(variable, "")
        if said and said not in ("C", "POSIX", "C.UTF-8"):
            return "zh" if said.lower().startswith("zh") else "en"
    if os.name == "nt":
        import locale

        return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
    return "en"


def instant(text: str, *, option: str = "--as-of") -> datetime:
    """`2026-06-01` or `2026-06-01T09:00[:30]`, Beijing time; `Stop` 2 for anything else."""
    match = _AS_OF.fullmatch(text.strip())
    accepted = Say("write 2026-06-01 or 2026-06-01T09:00")
    if match is None:
        raise Stop(Say("{option}: “{text}” is no moment", option=option, text=text), hint=accepted, code=Exit.USAGE)
    numbers = [int(part or 0) for part in match.groups()]
    past_midnight = numbers[3:] == [24, 0, 0]
    try:
        at = datetime(*numbers[:3], 0 if past_midnight else numbers[3], *numbers[4:], tzinfo=BEIJING)  # type: ignore[misc,arg-type]
    except ValueError as error:
        stop = Stop(Say("{option}: “{text}” does not exist", option=option, text=text), hint=accepted, code=Exit.USAGE)
        raise stop from error
    return at + timedelta(days=1) if past_midnight else at


class Session:
    """One command's surroundings. `as_of` is the only clock of the program."""

    @cached_property
    def as_of(self) -> datetime:
        """The moment the run pretends to be, said on stderr where the environment sets it; else now, in Beijing."""
        if _options.as_of:
            return instant(_options.as_of)
        said = os.environ.get("AFTERSALES_AS_OF")
        if not said:
            return datetime.now(BEIJING).replace(microsecond=0)
        when = instant(said, option="AFTERSALES_AS_OF")
        if not _options.quiet:
            from aftersales_cli.cli.output import talk

            talk(str(Say("the moment of this run is {when}, from AFTERSALES_AS_OF", when=when)))
        return when

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace, or a bare one around the current folder where there is none."""
        root = root_folder()
        if root is None:
            return Workspace(root=Path.cwd(), output=Path.cwd() / "out")
        if not (root / workspace.SETTINGS).is_file():
            raise Stop(
                Say("{folder} is no workspace: it has no aftersales.yaml", folder=root),
                hint=Say("make one with “aftersales init {folder}”", folder=root),
                code=Exit.SETTINGS,
            )
        from aftersales_cli import settings

        return settings.load(root)

    @cached_property
    def province(self) -> str | None:
        """Whose editions of the rule book apply; None: the group's book."""
        return _options.province or self.workspace.province


def given(parameters: Mapping[str, Any]) -> Given:
    """The inputs a command line names: `--cutovers FILE` and the like, by table, and `--encoding`.

    Stdin is read where one of the files is `-`; `Stop` 2 where two are.
    """
    from aftersales_cli.jobs.desk import Given
    from aftersales_cli.settings import TABLES

    files = {table: tuple(parameters[table]) for table in TABLES if parameters.get(table)}
    piped = sum(name == "-" for names in files.values() for name in names)
    if piped > 1:
        raise Stop(Say("only one input can be - (stdin)"), code=Exit.USAGE)
    stdin = sys.stdin.buffer.read() if piped and sys.stdin is not None else None
    return Given(files, parameters.get("encoding"), stdin)


def desk(inputs: Given | None = None) -> Desk:
    """The desk of this command: workspace, moment, province and inputs."""
    from aftersales_cli.jobs.desk import Desk, Given

    here = Session()
    return Desk(here.workspace, here.as_of, here.province, inputs or Given())
