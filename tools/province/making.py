"""One table after the other, each from those before it; then the files."""

from __future__ import annotations

from pathlib import Path

from tools.province import (
    archive,
    assurances,
    circuits,
    complaints,
    customers,
    cutovers,
    departments,
    feedback,
    finished,
    inbox,
    later,
    pages,
    receipts,
    routes,
    service_pages,
    serving,
)  # fmt: skip
from tools.province.model import Province

SEED = 2026
"""The seed of the example in the repository."""


def make(seed: int = SEED) -> Province:
    """The whole province."""
    owners = customers.make(seed)
    lines = circuits.make(seed, owners)
    hops = routes.make(seed, lines)
    periods = assurances.make(seed, owners, lines)
    tasks = cutovers.make(seed, owners, lines, hops, periods)
    done = finished.make(seed, owners, lines, hops, periods)
    asked = complaints.make(seed, lines, hops, tasks, done)
    delivered = receipts.make(seed, lines, done, asked)
    said = feedback.make(seed, lines, tasks)
    units = departments.make(seed)
    served = serving.make(seed, owners, lines)
    return Province(seed, owners, lines, hops, periods, units, tasks, done, asked, delivered, said, served)


def files(made: Province) -> dict[str, bytes]:
    """Every file of the workspace by its path, from / to /."""
    earlier = {**pages.files(made), **archive.files(made), **inbox.files(made.seed, made.tasks), **later.files(made)}
    return {**earlier, **service_pages.files(made)}


def write(folder: Path, contents: dict[str, bytes]) -> None:
    """Put the files there; those of the same names are replaced, others are left alone."""
    for name, content in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
