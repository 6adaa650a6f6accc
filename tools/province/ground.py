"""What cutovers are chosen from: who rides on which resource, and which customers only a story may touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from tools.province.customers import TWINS, UNREACHABLE
from tools.province.model import Assurance, Circuit, Customer, Hop


@dataclass(frozen=True)
class Ground:
    """The inventory, looked up from all sides.

    `assured` has the customers of each role that an assurance is written for, by its start; `spared` are customers that
    ordinary tasks leave alone.
    """

    customers: dict[str, Customer]
    circuits: dict[str, Circuit]
    owned: dict[str, tuple[str, ...]]
    riding: dict[str, tuple[str, ...]]
    kinds: dict[str, str]
    assured: dict[str, tuple[str, ...]]
    spared: frozenset[str]

    def owner(self, circuit: str) -> str:
        """The customer code of a circuit."""
        return self.circuits[circuit].customer

    def name(self, circuit: str) -> str:
        """The name of a circuit's customer; empty for a customer there is not."""
        found = self.customers.get(self.owner(circuit))
        return found.name if found else ""

    def free(self, resource: str) -> bool:
        """Whether nothing on the resource belongs to a customer that is spared."""
        return not any(self.owner(circuit) in self.spared for circuit in self.riding[resource])

    def resource(self, rng: Random, kind: str, *, fits: Callable[[str], bool] = lambda _: True) -> str:
        """Any free resource of a kind."""
        return rng.choice([r for r, k in self.kinds.items() if k == kind and fits(r) and self.free(r)])

    def along(self, rng: Random, count: int) -> tuple[str, ...]:
        """Circuits that share a resource, of customers that are not spared."""
        shared = [r for r, kind in self.kinds.items() if kind in {"光缆", "端口"} and len(self.riding[r]) >= 2 * count]
        riders = [c for c in self.riding[rng.choice(shared)] if self.owner(c) not in self.spared]
        return tuple(rng.sample(riders, min(count, len(riders))))


def survey(
    customers: tuple[Customer, ...], circuits: tuple[Circuit, ...], hops: tuple[Hop, ...], periods: Iterable[Assurance]
) -> Ground:
    """The ground of these tables."""
    owned: dict[str, list[str]] = {}
    for circuit in circuits:
        owned.setdefault(circuit.customer, []).append(circuit.code)
    riding: dict[str, dict[str, None]] = {}
    for hop in hops:
        riding.setdefault(hop.resource, {})[hop.circuit] = None
    assured: dict[str, tuple[str, ...]] = {}
    for one in sorted(filter(lambda one: one.role, periods), key=lambda one: one.start):
        assured[one.role] = (*assured.get(one.role, ()), one.customer)
    marked = {customers[n].code for n in (*TWINS, *UNREACHABLE)}
    unknown = {circuit.customer for circuit in circuits} - {customer.code for customer in customers}
    return Ground(
        {customer.code: customer for customer in customers},
        {circuit.code: circuit for circuit in circuits},
        {code: tuple(found) for code, found in owned.items()},
        {name: tuple(found) for name, found in riding.items()},
        {hop.resource: hop.kind for hop in hops},
        assured,
        frozenset({*marked, *unknown, *(owner for owners in assured.values() for owner in owners)}),
    )
