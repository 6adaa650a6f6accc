"""Whose circuit is it (D6, R3): the inventory's customer, else the row's name, else the department, else held."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from aftersales_cli.places import Known, Place, Problem, Severity
from aftersales_cli.places.fact import Fact
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.customers import Customer
from aftersales_cli.register.customers import Customers, usable_contact
from aftersales_cli.register.inventory import Inventory
from aftersales_cli.words import Say


class Whose(StrEnum):
    """Who is told about a circuit."""

    CUSTOMER = "customer"
    DEPARTMENT = "department"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Owner:
    """The outcome for one circuit of one task.

    `customer_code` is set wherever it is known, even when the customer is told through the department. `circuit_code`
    is the inventory's spelling where the inventory has the circuit. `name_agrees` is None where nothing was compared.
    """

    whose: Whose
    customer: Customer | None = None
    customer_code: str | None = None
    circuit_code: str | None = None
    why: Say | None = None
    caution: Say | None = None
    problem: Problem | None = None
    name_agrees: bool | None = None
    place: Place | None = None


@dataclass(frozen=True)
class Ownership:
    """The register as one answer: the inventory's circuits and the customers of this run."""

    inventory: Inventory
    customers: Customers

    @property
    def complete(self) -> bool:
        """Whether 'we do not know it' can be said: every circuits and customers input was read completely."""
        return self.inventory.complete and self.customers.complete

    def of(self, circuit: Fact[str], name: Fact[str]) -> Owner:
        """The owner of a row's circuit; `name` is the row's customer name."""
        if not isinstance(circuit, Known):
            return self._unattributed(Say("the row names no circuit"), None, circuit.place)
        rows = self.inventory.circuits(circuit.value)
        codes = {row.customer_code for row in rows}
        if len(codes) > 1:
            return self._two_owners(circuit, rows)
        if rows:
            return self._owned(circuit, rows[0], name)
        return self._by_name(circuit, name)

    def _two_owners(self, circuit: Known[str], rows: tuple[Circuit, ...]) -> Owner:
        stood = [f"{row.customer_code} ({row.place('customer_code')})" for row in rows]
        message = Say("circuit {circuit} has more than one owner: {rows}", circuit=circuit.value, rows=stood)
        hint = Say("leave one row of this circuit in the inventory")
        return _held(circuit.value, Problem(message, circuit.place, "circuit_code", circuit.value, hint))

    def _owned(self, circuit: Known[str], row: Circuit, name: Fact[str]) -> Owner:
        customer = self.customers.by_code(row.customer_code)
        found = Owner(
            Whose.CUSTOMER,
            customer,
            customer.code if customer else row.customer_code,
            row.circuit_code,
            place=row.place("customer_code"),
        )
        if customer is None:
            return self._unknown_code(circuit, found)
        named = self.customers.by_name(name.value) if isinstance(name, Known) else ()
        if isinstance(name, Known) and named and customer not in named:
            return self._disagree(circuit, found, customer, name)
        checked = replace(found, name_agrees=bool(named) if isinstance(name, Known) else None)
        return _reachable(checked, customer)

    def _unknown_code(self, circuit: Known[str], found: Owner) -> Owner:
        code = found.customer_code or ""
        message = Say(
            "the customers have no code {code}, which owns circuit {circuit}", code=code, circuit=circuit.value
        )
        problem = Problem(
            message, circuit.place, "circuit_code", circuit.value, Say("add the customer, or mend the code")
        )
        if not self.customers.complete:
            return replace(found, whose=Whose.HELD, why=message, problem=problem)
        return replace(found, whose=Whose.DEPARTMENT, why=message, problem=problem)

    def _disagree(self, circuit: Known[str], found: Owner, customer: Customer, name: Known[str]) -> Owner:
        message = Say(
            "circuit {circuit} belongs to {owner} in the inventory, but the row says {name}",
            circuit=circuit.value,
            owner=f"{customer.code} {customer.name}",
            name=name.value,
        )
        problem = Problem(message, name.place, "customer_name", name.value, Say("mend the name or the circuit code"))
        return replace(found, whose=Whose.HELD, why=message, problem=problem, name_agrees=False)

    def _by_name(self, circuit: Known[str], name: Fact[str]) -> Owner:
        named = self.customers.by_name(name.value) if isinstance(name, Known) else ()
        if isinstance(name, Known) and len(named) > 1:
            codes = [customer.code for customer in named]
            message = Say("“{name}” names more than one customer: {codes}", name=name.value, codes=codes)
            hint = Say("add the circuit to the inventory with its customer's code")
            return _held(circuit.value, Problem(message, name.place, "customer_name", name.value, hint))
        if isinstance(name, Known) and named:
            caution = Say("circuit {circuit} is not in the inventory; attributed by name", circuit=circuit.value)
            found = Owner(Whose.CUSTOMER, named[0], named[0].code, circuit.value, caution=caution, place=name.place)
            return _reachable(found, named[0])
        why = Say("circuit {circuit} is not in the inventory", circuit=circuit.value)
        return self._unattributed(why, circuit.value, circuit.place)

    def _unattributed(self, why: Say, code: str | None, place: Place | None) -> Owner:
        if self.complete:
            return Owner(Whose.DEPARTMENT, circuit_code=code, why=why, place=place)
        broken = Say("{why}, and a part of circuits or customers could not be read", why=why)
        return _held(
            code, Problem(broken, place, "circuit_code", code, Say("mend the input named above and run again"))
        )


def _held(code: str | None, problem: Problem) -> Owner:
    return Owner(Whose.HELD, circuit_code=code, why=problem.message, problem=problem, place=problem.place)


def _reachable(found: Owner, customer: Customer) -> Owner:
    if usable_contact(customer):
        return found
    why = Say("customer {code} has neither a phone nor an e-mail on record", code=customer.code)
    hint = Say("fill in 联系电话 or 联系邮箱")
    problem = Problem(why, customer.place("contact_phone"), "contact_phone", None, hint, severity=Severity.CAUTION)
    return replace(found, whose=Whose.DEPARTMENT, why=why, problem=problem)
