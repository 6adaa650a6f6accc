"""The run folders that the ledger speaks of: finding them after an interruption, and comparing them with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.manifest import deviations, sealed, whole
from aftersales_cli.files.writing import PARTIAL, published
from aftersales_cli.ledger.run import RecordedRun, Run, State
from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.words import Say


def brought_home(run: Run, output: Path, taken: frozenset[str]) -> Path | None:
    """The final folder of an interrupted run, renamed now where it still had its temporary name; None: it is lost.

    Looked for where it was made and, as a workspace may have moved, in `output`. The temporary name comes first: a
    rename is one stroke, so while that is there the run has no final folder. `taken` are the final names of other runs
    in the same place, which may hold the same bytes.
    """
    try:
        for place in _places(run, output):
            if whole(place / run.temporary, run.manifest_sha256):
                return published(place / run.temporary, run.name)
            for folder in _named_like(place, run.name):
                if folder.name not in taken and sealed(folder, run.manifest_sha256):
                    return folder
    except OSError as error:
        raise Stop(
            Say("{folder} cannot be read: {why}", folder=run.output, why=error.strerror or str(error)),
            hint=Say("run {name} was interrupted; make its folder readable, then run again", name=run.name),
            code=Exit.NOT_WRITTEN,
        ) from error
    return None


def _places(run: Run, output: Path | None) -> list[Path]:
    places = [run.output] if output is None else [run.output, output.absolute()]
    return [place for place in dict.fromkeys(places) if place.is_dir()]


def _named_like(place: Path, name: str) -> Iterator[Path]:
    """`name` and `name-2`, `name-3` … as far as they are there."""
    for folder in sorted(place.iterdir()):
        rest = folder.name.removeprefix(name)
        if folder.name == name or (rest != folder.name and rest[:1] == "-" and rest[1:].isdecimal()):
            yield folder


def compared(recorded: RecordedRun, output: Path | None) -> list[Problem]:
    """What is missing or changed of the documents of one run, and a run that still waits to be settled."""
    match recorded.state:
        case State.ABANDONED:
            return []
        case State.PREPARED:
            waiting = Say("run {run} was interrupted; the next run that writes settles it", run=recorded.run_id)
            return [Problem(waiting, Place(str(recorded.folder)), severity=Severity.CAUTION)]
        case State.COMPLETED:
            try:
                return _files_of(recorded, output)
            except (OSError, ValueError) as error:  # ValueError: its manifest is no JSON
                return [_problem(Say("cannot be read: {why}", why=str(error)), recorded.folder)]


def _files_of(recorded: RecordedRun, output: Path | None) -> list[Problem]:
    folder = next((f for place in _places(recorded.run, output) if (f := place / recorded.folder.name).is_dir()), None)
    if folder is None:
        return [
            _problem(
                Say("the folder of run {run} is not in {output}", run=recorded.run_id, output=recorded.run.output),
                recorded.folder,
            )
        ]
    if not sealed(folder, recorded.run.manifest_sha256):
        return [_problem(Say("the manifest is not the one that run {run} wrote", run=recorded.run_id), folder)]
    missing, changed = deviations(folder)
    words = {"folder": folder, "run": recorded.run_id}
    return [
        *(_problem(Say("is missing from {folder}, which run {run} wrote", **words), folder / name) for name in missing),
        *(
            _problem(Say("has changed in {folder} since run {run} wrote it", **words), folder / name)
            for name in changed
        ),
    ]


def left_over(places: Iterable[Path], known: frozenset[str]) -> list[Problem]:
    """Temporary folders of runs that ended before the ledger knew of them: they were never issued."""
    return [
        Problem(
            Say("left by a run that was interrupted before anything was issued; it can be deleted"),
            Place(str(folder)),
            severity=Severity.CAUTION,
        )
        for place in places
        if place.is_dir()
        for folder in sorted(place.glob(f".*{PARTIAL}*"))
        if folder.name not in known
    ]


def _problem(message: Say, path: Path) -> Problem:
    return Problem(message, Place(str(path)))
