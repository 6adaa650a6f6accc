"""电路: 3,000 of them, inside a city, between cities, and to other provinces and countries."""

from __future__ import annotations

from random import Random

from tools.province import names
from tools.province.chance import chance, weighted
from tools.province.model import Circuit, Customer
from tools.province.network import LINKS, LONG_LINKS, Ends

COUNT = 3_000
SHARES = {"集团级": 14, "省清单级": 9, "省清单": 9, "省级": 4}
"""How often a customer of a level is the owner, against once for any other."""
INSIDE, BETWEEN, LONG = "inside", "between", "long"
WHERE = ((INSIDE, 25), (BETWEEN, 57), (LONG, 18))
SERVICES = {
    "30N": ("国内专线", "2M"), "ETN": ("以太网专线", "100M"), "ANE": ("以太网专线", "1000M"),
    "S-16N": ("国内专线", "155M"), "OTN": ("OTN专线", "10G"),
}  # fmt: skip
"""What stands in a circuit's code for its service, with the service and its rate."""
LEFT_OVER = "KH-00999"
"""A customer code that no customer has any more: the owner of one circuit."""


def make(seed: int, customers: tuple[Customer, ...]) -> tuple[Circuit, ...]:
    """All circuits, in the order in which they were opened; every customer has one at least."""
    rng = chance(seed, "circuits")
    weights = [SHARES.get(customer.level, 1) for customer in customers]
    owners = [*customers, *rng.choices(customers, weights, k=COUNT - len(customers))]
    rng.shuffle(owners)
    numbers = rng.sample(range(1000, 9999), COUNT)
    made = [_circuit(rng, n, owner.code, numbers[n]) for n, owner in enumerate(owners)]
    made[-1] = _of_nobody(made[-1])
    return tuple(made)


def _circuit(rng: Random, n: int, owner: str, number: int) -> Circuit:
    where = weighted(rng, WHERE)
    ends = _ends(rng, where)
    kind = weighted(rng, (("30N", 4), ("ETN", 5), ("ANE", 2), ("S-16N", 1), ("OTN", 1)))
    service, rate = SERVICES[kind]
    year, month = 2009 + n * 17 // COUNT, 1 + n % 12
    return Circuit(
        code=_code(ends, kind, number, foreign=where == LONG and number % 12 == 0),
        customer=owner,
        ends=ends,
        order=f"{year}{month:02}{n:011}",
        service=service,
        rate=rate,
        opened=f"{year}-{month:02}-{1 + n % 28:02}",
        contract_end=f"{2026 + n % 3}-{month:02}-{1 + n % 28:02}" if n % 4 == 0 else "",
    )


def _ends(rng: Random, where: str) -> Ends:
    if where == INSIDE:
        city = rng.choice(names.CITIES)
        return city, city
    return rng.choice(LONG_LINKS if where == LONG else LINKS)


def _code(ends: Ends, kind: str, number: int, *, foreign: bool) -> str:
    if foreign:
        return f"{names.LETTERS[ends[0]]}/XT-{names.LETTERS[ends[1]]}/XT {kind}{number}"
    between = "-" if kind == "S-16N" else ""
    return f"{ends[0]}{between}{ends[1] if ends[0] != ends[1] else '本地'}{kind}{number}NP"


def _of_nobody(circuit: Circuit) -> Circuit:
    """Its customer left the archive, the circuit stayed."""
    return Circuit(
        circuit.code, LEFT_OVER, circuit.ends, circuit.order, circuit.service, circuit.rate, circuit.opened, ""
    )
