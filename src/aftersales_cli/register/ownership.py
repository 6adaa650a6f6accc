"""Whose circuit is it (D6, R3): the inventory's customer, else the row's name, else the department, else held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from aftersales_cli.places import Known, Place, Problem, Severity
from aftersales_cli.places.fact import Fact
from aftersales_cli.places.quick import quick
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.register.customers import Customers, usable_contact
from aftersales_cli.register.inventory import Inventory
from aftersales_cli.words import Say


class Whose(StrEnum):
    """Who is told about a circuit."""

    CUSTOMER = "customer"
    DEPARTMENT = "department"
    HELD = "held"


@quick
class Owner:
    """The outcome for one circuit of one task.

    `customer_code` is set wherever it is known, even when the customer is told through the department. `circuit_code`
    is the inventory's spelling where the inventory has the circuit. `name_agrees` tells how the row's name compares
    with the inventory's customer, None where nothing was compared. `candidates` are the codes it may belong to where
    several are named.
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
    candidates: tuple[str, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """Every customer it is, or may be."""
        return (self.customer_code,) if self.customer_code else self.candidates


@dataclass(frozen=True)
class Ownership:
    """The register as one answer: the inventory's circuits and the customers of this run.

    `routes` is False for a task given by resources where a part of the routes could not be read (D6).
    """

    inventory: Inventory
    customers: Customers
    routes: bool = True

    @property
    def complete(self) -> bool:
        """Whether 'we do not know it' can be said: every circuits and customers input was read completely."""
        return self.inventory.complete and self.customers.complete and self.routes

    def of(self, circuit: Fact[str], name: Fact[str]) -> Owner:
        """The owner of a row's circuit; `name` is the row's customer name."""
        if not isinstance(circuit, Known):
            if circuit.unread:  # a problem of its own, and said there
                return Owner(Whose.HELD, why=circuit.why, place=circuit.place)
            return self._unattributed(Say("the row names no circuit"), None, circuit.place)
        rows, claimed = self.inventory.circuits(circuit.value), self.inventory.claimed(circuit.value)
        if claimed or len(rows) > 1:
            codes = {folded(code): code for code in (*claimed, *(row.customer_code for row in rows))}
            if len(codes) > 1:
                return self._two_owners(circuit, rows, tuple(codes.values()))
        if rows:
            return self._owned(circuit, rows[0], name)
        return self._by_name(circuit, name, claimed)

    def _two_owners(self, circuit: Known[str], rows: tuple[Circuit, ...], codes: tuple[str, ...]) -> Owner:
        stood = [f"{row.customer_code} ({row.place('customer_code')})" for row in rows]
        stood += [code for code in codes if folded(code) not in {folded(row.customer_code) for row in rows}]
        message = Say("circuit {circuit} has more than one owner: {rows}", circuit=circuit.value, rows=stood)
        hint = Say("leave one row of this circuit in the inventory")
        spelled = rows[0].circuit_code if rows else circuit.value
        return _held(spelled, Problem(message, circuit.place, "circuit_code", circuit.value, hint), codes)

    def _owned(self, circuit: Known[str], row: Circuit, name: Fact[str]) -> Owner:
        customer = self.customers.by_code(row.customer_code)
        found = Owner(
            Whose.CUSTOMER,
            customer,
            customer.code if customer else row.customer_code,
            row.circuit_code,
            place=row.place("customer_code"),
        )
        named = self.customers.by_name(name.value) if isinstance(name, Known) else ()
        others = [other for other in named if folded(other.code) != folded(row.customer_code)]
        if isinstance(name, Known) and others and len(others) == len(named):
            return self._disagree(circuit, found, name)
        if customer is None:
            return self._unknown_code(circuit, found)
        agrees = customer in named
        if isinstance(name, Known) and not agrees and self.customers.broken_name(name.value):
            return self._disagree(circuit, found, name)
        return _reachable(replace(found, name_agrees=agrees) if isinstance(name, Known) else found, customer)

    def _unknown_code(self, circuit: Known[str], found: Owner) -> Owner:
        code = found.customer_code or ""
        if self.customers.is_broken(code):
            message = Say("customer {code}, which owns circuit {circuit}, cannot be read", code=code,
                          circuit=circuit.value)  # fmt: skip
            hint = Say("mend the customer's row and run again")
        else:
            message = Say("the customers have no code {code}, which owns circuit {circuit}", code=code,
                          circuit=circuit.value)  # fmt: skip
            hint = Say("add the customer, or mend the code")
        problem = Problem(message, circuit.place, "circuit_code", circuit.value, hint)
        whose = Whose.DEPARTMENT if self.customers.complete else Whose.HELD
        return replace(found, whose=whose, why=message, problem=problem)

    def _disagree(self, circuit: Known[str], found: Owner, name: Known[str]) -> Owner:
        customer = found.customer
        owner = f"{customer.code} {customer.name}" if customer else str(found.customer_code)
        message = Say(
            "circuit {circuit} belongs to {owner} in the inventory, but the row says {name}",
            circuit=circuit.value,
            owner=owner,
            name=name.value,
        )
        problem = Problem(message, name.place, "customer_name", name.value, Say("mend the name or the circuit code"))
        return replace(found, whose=Whose.HELD, why=message, problem=problem, name_agrees=False)

    def _by_name(self, circuit: Known[str], name: Fact[str], claimed: Sequence[str]) -> Owner:
        named = self.customers.by_name(name.value) if isinstance(name, Known) else ()
        if not isinstance(name, Known) or not named:
            why = Say("circuit {circuit} is not in the inventory", circuit=circuit.value)
            return self._unattributed(why, circuit.value, circuit.place, tuple(claimed))
        if len(named) > 1 or self.customers.may_share(name.value):
            return _ambiguous(circuit, name, [customer.code for customer in named])
        if claimed and folded(claimed[0]) != folded(named[0].code):
            return self._two_owners(circuit, (), (claimed[0], named[0].code))
        caution = Say("circuit {circuit} is not in the inventory; attributed by name", circuit=circuit.value)
        found = Owner(Whose.CUSTOMER, named[0], named[0].code, circuit.value, caution=caution, place=name.place)
        return _reachable(found, named[0])

    def _unattributed(self, why: Say, code: str | None, place: Place | None, candidates: tuple[str, ...] = ()) -> Owner:
        if self.complete:
            return Owner(Whose.DEPARTMENT, circuit_code=code, why=why, place=place)
        broken = Say("{why}, and a part of circuits, customers or routes could not be read", why=why)
        hint = Say("mend the input named above and run again")
        return _held(code, Problem(broken, place, "circuit_code", code, hint), candidates)


def together(owners: Sequence[Owner]) -> Owner:
    """The one owner of a circuit that stands in several rows of a task: held where they disagree or one is held."""
    held = [owner for owner in owners if owner.whose is Whose.HELD]
    if held:
        return held[0]
    codes = {folded(owner.customer_code): owner.customer_code for owner in owners if owner.customer_code}
    if len(codes) > 1:
        last = owners[-1]
        message = Say("circuit {circuit} is attributed to {codes} in rows of one task", circuit=last.circuit_code,
                      codes=list(codes.values()))  # fmt: skip
        problem = Problem(
            message, last.place, "circuit_code", last.circuit_code, Say("mend the name in one of the rows")
        )
        return _held(last.circuit_code, problem, tuple(codes.values()))
    compared = [owner for owner in owners if owner.name_agrees is not None]
    return next((owner for owner in (*compared, *owners) if owner.customer_code), owners[0])


def _held(code: str | None, problem: Problem, candidates: tuple[str, ...] = ()) -> Owner:
    return Owner(
        Whose.HELD, circuit_code=code, why=problem.message, problem=problem, place=problem.place, candidates=candidates
    )


def _ambiguous(circuit: Known[str], name: Known[str], codes: Sequence[str]) -> Owner:
    hint = Say("add the circuit to the inventory with its customer's code")
    if len(codes) > 1:
        message = Say("“{name}” names more than one customer: {codes}", name=name.value, codes=codes)
    else:
        message = Say("“{name}” may name more than {codes}: customers could not be read", name=name.value, codes=codes)
    return _held(circuit.value, Problem(message, name.place, "customer_name", name.value, hint), tuple(codes))


def _reachable(found: Owner, customer: Customer) -> Owner:
    if usable_contact(customer):
        return found
    why = Say("customer {code} has neither a phone nor an e-mail on record", code=customer.code)
    hint = Say("fill in 联系电话 or 联系邮箱")
    problem = Problem(why, customer.place("contact_phone"), "contact_phone", None, hint, severity=Severity.CAUTION)
    return replace(found, whose=Whose.DEPARTMENT, why=why, problem=problem)
