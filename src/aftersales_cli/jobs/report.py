"""What a command has to say: one report, shown to people or written as the contract's JSON envelope."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from aftersales_cli.errors import Exit, worst
from aftersales_cli.places import Problem, Severity
from aftersales_cli.words import Say


@dataclass(frozen=True)
class Report:
    """The outcome of one command.

    `items` are mappings with the contract's keys (section 5); their values may be plain, or `Say`, `Decision`,
    `Place`, days, instants, enums and paths: `cli/output.py` writes each in the contract's form. `notes` are sentences
    for people (stderr), never in the JSON. `view` is what the people's view of this command needs beyond the items.
    `exit` is the code the command ends with; see `exit_for`.
    """

    command: str
    as_of: datetime | None = None
    province: str | None = None
    exit: Exit = Exit.DONE
    summary: Mapping[str, object] = field(default_factory=dict)
    items: Sequence[Mapping[str, object]] = ()
    problems: Sequence[Problem] = ()
    files: Sequence[Path] = ()
    notes: Sequence[Say] = ()
    view: object = None


def exit_for(*, rule: bool = False, problems: Sequence[Problem] = (), others: Sequence[Exit] = ()) -> Exit:
    """The code of a run that did its work: 1 for a breached or open rule, 3 for problems that held something."""
    held = any(p.severity is Severity.ERROR for p in problems)
    return worst(*others, *([Exit.PARTLY] if held else []), *([Exit.RULE] if rule else []))
