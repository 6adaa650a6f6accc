"""The files of an evidence folder: what was issued, checked against its manifest, and the inputs behind it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePath
from typing import Any

from aftersales_cli.files.manifest import MANIFEST, sha256
from aftersales_cli.jobs.writing_notices import Folder
from aftersales_cli.ledger.run import RecordedRun
from aftersales_cli.places import Place, Problem
from aftersales_cli.records.events import Issued
from aftersales_cli.words import Say

MB = 1_000_000


class Standing(StrEnum):
    """How an issued document stands today; only `as_issued` is copied."""

    AS_ISSUED = "as_issued"
    ALTERED = "altered"
    MISSING = "missing"
    UNPROVEN = "unproven"
    """The manifest that would prove it is not the one the ledger knows."""


class Still(StrEnum):
    """How an input file stands today; only `same` is copied."""

    SAME = "same"
    SAME_LARGE = "same_large"
    CHANGED = "changed"
    GONE = "gone"
    PIPED = "piped"


@dataclass(frozen=True, slots=True)
class Document:
    """One issued file of one run: its name there, its sha256 by the manifest, and where its copy is."""

    run: int
    name: str
    standing: Standing
    sha256: str | None = None
    size: int | None = None
    copy: str | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """An input as the ledger knows it, and whether it is still that file."""

    name: str
    sha256: str
    runs: tuple[int, ...]
    still: Still
    copy: str | None = None


@dataclass
class Documents:
    """Checks and copies the documents of notices, run by run; `problems` tell of every one that is not as issued."""

    output: Path
    folder: Folder
    problems: list[Problem] = field(default_factory=list)

    def of(self, run: RecordedRun, notices: Iterable[Issued]) -> list[Document]:
        """The documents of these notices of one run, each once, in order."""
        names = list(dict.fromkeys(name for notice in notices for name in notice.files))
        here = next((place for place in (run.folder, self.output / run.folder.name) if place.is_dir()), None)
        if here is None:
            self._say(
                Say("the folder of run {run} is not in {output}", run=run.run_id, output=run.run.output), run.folder
            )
            return [Document(run.run_id, name, Standing.MISSING) for name in names]
        manifest = _read(here / MANIFEST)
        if manifest is None or sha256(manifest) != run.run.manifest_sha256:
            self._say(Say("the manifest is not the one that run {run} wrote", run=run.run_id), here)
            return [Document(run.run_id, name, Standing.UNPROVEN) for name in names]
        self.folder.write(f"documents/{here.name}/{MANIFEST}", manifest)
        known = {entry["name"]: entry for entry in json.loads(manifest)["files"]}
        return [self._one(run, here, name, known.get(name, {})) for name in names]

    def _one(self, run: RecordedRun, here: Path, name: str, entry: Mapping[str, Any]) -> Document:
        content = _read(here / name)
        proof = {"sha256": entry.get("sha256"), "size": entry.get("size")}
        words = {"folder": here, "run": run.run_id}
        if content is None:
            self._say(Say("is missing from {folder}, which run {run} wrote", **words), here / name)
            return Document(run.run_id, name, Standing.MISSING, **proof)
        if sha256(content) != entry.get("sha256"):
            self._say(Say("has changed in {folder} since run {run} wrote it", **words), here / name)
            return Document(run.run_id, name, Standing.ALTERED, **proof)
        copy = self.folder.write(f"documents/{here.name}/{name}", content)
        return Document(run.run_id, name, Standing.AS_ISSUED, copy=copy, **proof)

    def _say(self, message: Say, path: Path) -> None:
        self.problems.append(Problem(message, Place(str(path))))


def inputs(runs: Sequence[RecordedRun], root: Path, folder: Folder, *, largest: float) -> list[InputFile]:
    """Every input that these runs read, each content once; copied where it is unchanged and at most `largest` MB."""
    read: dict[tuple[str, str], list[int]] = {}
    for run in runs:
        for name, digest in run.run.inputs.items():
            read.setdefault((name, digest), []).append(run.run_id)
    return [
        _input(name, digest, tuple(ids), root, folder, largest * MB) for (name, digest), ids in sorted(read.items())
    ]


def _input(name: str, digest: str, runs: tuple[int, ...], root: Path, folder: Folder, largest: float) -> InputFile:
    if name == "-":
        return InputFile(name, digest, runs, Still.PIPED)
    still = Still.GONE
    for path in dict.fromkeys((root / name, Path(name).absolute())):
        try:
            with path.open("rb") as content:
                found = hashlib.file_digest(content, "sha256").hexdigest()
        except OSError:
            continue
        if found != digest:
            still = Still.CHANGED
            continue
        if path.stat().st_size > largest:
            return InputFile(name, digest, runs, Still.SAME_LARGE)
        content_now = _read(path)
        if content_now is not None and sha256(content_now) == digest:  # it may be saved anew while we look
            return InputFile(name, digest, runs, Still.SAME, folder.write(f"inputs/{PurePath(name).name}", content_now))
    return InputFile(name, digest, runs, still)


def _read(path: Path) -> bytes | None:
    """The content; None where it is not there or cannot be read, which for a proof is the same."""
    try:
        return path.read_bytes()
    except OSError:
        return None
