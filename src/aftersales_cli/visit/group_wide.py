"""Whose records the group's system has to be given: customers of the group's level, and those across domains (R40)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aftersales_cli.places import Fact, Known, Unknown
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.words import Say

FIELD = "cross_domain"
NONE_KNOWN: Fact[bool] = Known(FIELD, False)
"""No circuit of the customer's goes across domains."""
NOT_GIVEN = Say("no circuits are given: nobody knows whether one of the customer's goes across domains (是否跨域)")


@dataclass(frozen=True)
class Crossing:
    """Which customers have a circuit across domains, by folded code; `lost` is why a customer's may not be known."""

    known: Mapping[str, Fact[bool]] = field(default_factory=dict)
    lost: Unknown | None = None

    @classmethod
    def of(cls, circuits: Iterable[Circuit], broken: Iterable[Broken], lost: Unknown | None) -> Crossing:
        """Of the rows of the circuits. An empty 是否跨域 says no; one that cannot be read may be either."""
        found: dict[str, Fact[bool]] = {}
        for row in broken:
            said, code = row.fact(FIELD), row.value("customer_code")
            unread = isinstance(said, Unknown) and said.unread
            if code is None and (unread or said.value):
                lost = lost or _whose(row)
            elif code is not None and (unread or said.value):
                _add(found, str(code), said)
        for circuit in circuits:
            if circuit.cross_domain:
                _add(found, circuit.customer_code, circuit.fact(FIELD))
        return cls(found, lost)

    def by(self, customer_code: str) -> Fact[bool]:
        """Whether the customer has one: with the cell that says so, or why nobody knows."""
        return self.known.get(folded(customer_code)) or self.lost or NONE_KNOWN


def _add(found: dict[str, Fact[bool]], code: str, said: Fact[bool]) -> None:
    """A circuit that is said to be across domains counts before one of which nobody knows."""
    before = found.get(folded(code))
    if before is None or isinstance(before, Unknown):
        found[folded(code)] = said


def _whose(row: Broken) -> Unknown:
    return Unknown(FIELD, Say("nobody knows whose circuit this is"), row.place("customer_code"), unread=True)


@dataclass(frozen=True)
class Concern:
    """Whether the group's system has to be given a customer's records; `facts` are the cells that decide it.

    `asked` is None where nobody knows; `missing` then tells what would settle it.
    """

    asked: bool | None
    facts: tuple[Fact[Any], ...]
    missing: tuple[Unknown, ...] = ()


def concern(customer: Customer, crossing: Fact[bool], levels: Sequence[str]) -> Concern:
    """By the customer's level, 是否跨省 and its circuits' 是否跨域, in this order; the first that says yes decides.

    是否跨省 = 否 stands where no circuits are given at all: it is all that anybody has said.
    """
    level, province = customer.fact("level"), customer.fact("cross_province")
    if level.known in levels:
        return Concern(True, (level,))
    if customer.cross_province:
        return Concern(True, (province,))
    if crossing.value:
        return Concern(True, (crossing,))
    if isinstance(crossing, Known):
        return Concern(False, (level,))
    if customer.cross_province is False and not crossing.unread:
        return Concern(False, (level, province))
    return Concern(None, (level,), (crossing,))
