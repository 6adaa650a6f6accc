"""A run as the ledger keeps it: what it stood on, and the folder that it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aftersales_cli.files.writing import RunFolder


class State(StrEnum):
    """How far a run came: `prepared` until its folder has its final name; an abandoned run issued nothing."""

    PREPARED = "prepared"
    COMPLETED = "completed"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class Run:
    """One writing run.

    `as_of` is the moment it pretended to be, `run_at` when it was made. `rulebook` is the rule book's fingerprint,
    `version` the program's; `inputs` gives each input file's sha256 by its name; `calendar` is the fingerprint of the
    working days it counted (None: not kept then). The last four say where its documents are, see `of`: the folder
    stands in `output` (absolute), as `temporary` until it is published as `name` or `name-2` …; `manifest_sha256` tells
    that it is this run's and whole.
    """

    command: str
    as_of: datetime
    run_at: datetime
    rulebook: str
    province: str | None
    version: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    calendar: str | None = None
    output: Path = Path()
    temporary: str = ""
    name: str = ""
    manifest_sha256: str = ""

    def of(self, folder: RunFolder) -> Run:
        """The same run, its documents in this folder, which is prepared now."""
        sha256 = folder.prepare()
        return replace(self, output=folder.output, temporary=folder.temporary, name=folder.name, manifest_sha256=sha256)


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run in the ledger: its id, how far it came, the name its folder got, and how many notices it holds."""

    run_id: int
    run: Run
    state: State
    final_name: str | None
    notices: int

    @property
    def folder(self) -> Path:
        """Where its documents are, or were to be; absolute."""
        return self.run.output / (self.final_name or self.run.name)


@dataclass(frozen=True, slots=True)
class Settled:
    """What `recover` decided about a run that had been interrupted: completed in `folder`, or abandoned (None)."""

    run_id: int
    state: State
    folder: Path | None
