"""What a task does to each circuit: by the resources it works on, and by what its rows declare (D6, D12).

Which of the two counts where a circuit is both listed and routed: the worse one. The unit may know of harm that no
route shows; and a route that is cut is cut whatever a row declares, which is then a caution (`Touched.caution`). Of a
circuit that only its route gives away the row declares nothing: its route alone decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from aftersales_cli.places import Place
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.routes import Path
from aftersales_cli.records.values import Interrupts
from aftersales_cli.words import Say


class Impact(StrEnum):
    """What a task does to a circuit (contract §5)."""

    OUTAGE = "outage"
    MOMENTARY = "momentary"
    REDUCED_REDUNDANCY = "reduced_redundancy"
    NONE = "none"
    UNKNOWN = "unknown"


DECLARED = {
    Interrupts.YES: Impact.OUTAGE,
    Interrupts.MOMENTARILY: Impact.MOMENTARY,
    Interrupts.NO: Impact.NONE,
}
"""The impact that a declared interruption says."""


WORST_LAST = (Impact.NONE, Impact.REDUCED_REDUNDANCY, Impact.MOMENTARY, Impact.UNKNOWN, Impact.OUTAGE)
"""Impacts in order; what nobody can read may be anything, so only an outage is worse."""

WORDS = {
    Impact.NONE: Say("no interruption"),
    Impact.REDUCED_REDUNDANCY: Say("reduced redundancy"),
    Impact.MOMENTARY: Say("a momentary interruption"),
    Impact.UNKNOWN: Say("an unknown impact"),
    Impact.OUTAGE: Say("an outage"),
}
"""Impacts as they stand in a sentence."""


_NONE: frozenset[Path] = frozenset()


class Listed(NamedTuple):
    """A circuit that a row of the task names, with the impact declared for it and where that stood."""

    circuit_code: str
    declared: Impact
    place: Place | None = None


class Hop(NamedTuple):
    """A hop of a circuit's path that runs over a resource; `place` is its row in the routes.

    `path` is None where the row does not say readably which path it is of.
    """

    circuit_code: str
    path: Path | None
    resource: str
    place: Place | None = None


class Touched(NamedTuple):
    """A circuit a task touches.

    `via` are its resources that the task works on, in the order of the routes; empty where only a row names it.
    `cut` are the paths they belong to, `paths` those that the routes have. `evidence` are the cells behind it.
    """

    circuit_code: str
    impact: Impact
    via: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()
    cut: frozenset[Path] = frozenset()
    paths: frozenset[Path] = frozenset()
    declared: Impact | None = None
    caution: Say | None = None


@dataclass(frozen=True, slots=True)
class Routes:
    """What the inventory says of the routes that matter in this run.

    `riding` has the hops over each folded resource; `paths` the paths each folded circuit has; `doubtful` are folded
    circuits of which a route row could not be read; not `complete`: hops of any circuit may be missing.
    """

    riding: Mapping[str, Sequence[Hop]] = field(default_factory=dict)
    paths: Mapping[str, frozenset[Path]] = field(default_factory=dict)
    doubtful: Collection[str] = frozenset()
    complete: bool = True

    def over(self, resources: Iterable[str]) -> dict[str, Hop]:
        """The circuits that ride on any of these resources, by folded code, each with its first hop."""
        found: dict[str, Hop] = {}
        for resource in dict.fromkeys(map(folded, resources)):
            for hop in self.riding.get(resource, ()):
                found.setdefault(folded_circuit(hop.circuit_code), hop)
        return found


def touched(listed: Iterable[Listed], resources: Iterable[str], routes: Routes) -> tuple[Touched, ...]:
    """Every circuit of one task, those its rows name first, then those found by resource; each once."""
    named: dict[str, list[Listed]] = {}
    for one in listed:
        named.setdefault(folded_circuit(one.circuit_code), []).append(one)
    hit: dict[str, list[Hop]] = {}
    for resource in dict.fromkeys(map(folded, resources)):
        for hop in routes.riding.get(resource, ()):
            hit.setdefault(folded_circuit(hop.circuit_code), []).append(hop)
    return tuple(_one(key, named.get(key, ()), hit.get(key, ()), routes) for key in dict.fromkeys((*named, *hit)))


def by_routes(cut: frozenset[Path], paths: frozenset[Path], *, doubtful: bool = False) -> Impact:
    """What cutting these paths does to a circuit that has `paths`.

    `doubtful`: a row of its routes could not be read. A protecting path may be all that is on record; then nobody
    knows what its loss does.
    """
    if not cut:
        return Impact.UNKNOWN if doubtful else Impact.NONE
    if doubtful and len(cut) < len(Path):
        return Impact.UNKNOWN
    if Path.WORKING not in cut:
        return Impact.REDUCED_REDUNDANCY if Path.WORKING in paths else Impact.UNKNOWN
    switches_over = Path.PROTECTING in paths and Path.PROTECTING not in cut
    return Impact.MOMENTARY if switches_over else Impact.OUTAGE


def worst(*impacts: Impact) -> Impact:
    """The worst of some impacts."""
    return impacts[0] if len(impacts) == 1 else max(impacts, key=WORST_LAST.index)


def _one(key: str, named: Sequence[Listed], hit: Sequence[Hop], routes: Routes) -> Touched:
    return _hit(key, named, hit, routes) if hit else _named(key, named, routes)


def _named(key: str, named: Sequence[Listed], routes: Routes) -> Touched:
    declared = worst(*(one.declared for one in named))
    places = tuple(one.place for one in named if one.place is not None)
    return Touched(named[0].circuit_code, declared, (), places, _NONE, routes.paths.get(key, _NONE), declared)


def _hit(key: str, named: Sequence[Listed], hit: Sequence[Hop], routes: Routes) -> Touched:
    cut = frozenset(hop.path for hop in hit if hop.path is not None)
    doubtful = not routes.complete or key in routes.doubtful or any(hop.path is None for hop in hit)
    paths = routes.paths.get(key, _NONE) | cut
    declared = worst(*(one.declared for one in named)) if named else None
    computed = by_routes(cut, paths, doubtful=doubtful)
    impact = computed if declared is None else worst(declared, computed)
    worse = declared is not None and declared is not Impact.UNKNOWN and impact is not declared
    places = (*(one.place for one in named), *(hop.place for hop in hit))
    return Touched(
        (named[0] if named else hit[0]).circuit_code,
        impact,
        tuple(dict.fromkeys(hop.resource for hop in hit)),
        tuple(place for place in places if place is not None),
        cut,
        paths,
        declared,
        _worse(impact, declared) if worse and declared is not None else None,
    )


def _worse(found: Impact, declared: Impact) -> Say:
    return Say("the routes say {found}, the row declares {declared}", found=WORDS[found], declared=WORDS[declared])
