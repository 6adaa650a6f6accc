"""The customers of this run: found by code, or by a name that names exactly one (D10); and who can be reached."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded


class Customers:
    """`complete` is False when a part of the customers input could not be read; broken rows are known by code."""

    def __init__(self, customers: Iterable[Customer], broken: Iterable[Broken] = (), *, complete: bool = True) -> None:
        self.complete = complete
        self._by_code = {folded(c.code): c for c in customers}
        self._broken = {folded(str(row.values.get("code", ""))) for row in broken}
        self._by_name: dict[str, list[Customer]] = {}
        for customer in self._by_code.values():
            self._by_name.setdefault(folded(customer.name), []).append(customer)

    def by_code(self, code: str) -> Customer | None:
        """The customer of a code, or None."""
        return self._by_code.get(folded(code))

    def by_name(self, name: str) -> tuple[Customer, ...]:
        """All customers of a folded name: none, one, or an ambiguity."""
        return tuple(self._by_name.get(folded(name), ()))

    def is_broken(self, code: str) -> bool:
        """Whether the customer's row is there but could not be read."""
        return folded(code) in self._broken


def usable_contact(customer: Customer) -> bool:
    """Whether the customer can be told directly: a contact's or manager's phone or e-mail (D6)."""
    return any((customer.contact_phone, customer.contact_email, customer.manager_phone, customer.manager_email))


def recipients(customer: Customer) -> tuple[str, ...]:
    """Where a notice goes: the contact's e-mail addresses, else the manager's, else the phones."""
    phones = tuple(phone for phone in (customer.contact_phone, customer.manager_phone) if phone)
    return customer.contact_email or customer.manager_email or phones[:1]
