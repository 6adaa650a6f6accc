"""路由: the working path of every circuit, and the protecting path of most."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tools.province import network
from tools.province.chance import chance
from tools.province.model import Circuit, Hop
from tools.province.names import DISTRICTS
from tools.province.network import BUILDINGS, SYSTEMS, Resource

WORKING, PROTECTING = "主用", "备用"
UNPROTECTED = 0.15
SAME_CABLE = 0.12
"""Protected circuits that leave the customer's house in one cable all the same."""


def make(seed: int, circuits: tuple[Circuit, ...]) -> tuple[Hop, ...]:
    """All hops, circuit by circuit."""
    rng = chance(seed, "routes")
    return tuple(hop for circuit in circuits for hop in _route(rng, circuit))


def _route(rng: Random, circuit: Circuit) -> Iterator[Hop]:
    district, number, system = rng.choice(DISTRICTS), rng.choice((1, 2)), rng.choice(range(1, SYSTEMS + 1))
    yield from _hops(circuit, WORKING, _path(rng, circuit, BUILDINGS[0], district, number, system))
    if rng.random() < UNPROTECTED:
        return
    home = 0 if rng.random() < SAME_CABLE else 1
    other = system - 1 if system % 2 == 0 else system + 1
    yield from _hops(circuit, PROTECTING, _path(rng, circuit, BUILDINGS[1], district, number, other, BUILDINGS[home]))


def _path(
    rng: Random, circuit: Circuit, building: str, district: str, number: int, system: int, home: str = ""
) -> list[Resource]:
    """The resources from the customer's district on; `home` is the building its cable goes to, if another."""
    here, there = circuit.ends
    path = [network.access(here, home or building, district), network.device(here, building, number)]
    if circuit.local:
        return [path[0], network.port(here, building, rng.randrange(12)), path[1]]
    if circuit.ends in network.LONG_LINKS:
        path.append(network.cable(circuit.ends, system))
    return [*path, network.trunk(circuit.ends, system), network.device(there, building, number)]


def _hops(circuit: Circuit, path: str, resources: list[Resource]) -> Iterator[Hop]:
    for seq, (name, kind, long_haul) in enumerate(resources, 1):
        yield Hop(circuit.code, path, seq, name, kind, long_haul)
