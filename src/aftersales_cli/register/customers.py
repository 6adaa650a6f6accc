"""The customers of this run: found by code, or by a name that names exactly one (D10); and who can be reached."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded


class Customers:
    """The rows that could be read, and what can be told of those that could not.

    `complete` is False when a part of the customers input could not be read; `whole_files` when a file gave no rows.
    """

    def __init__(
        self,
        customers: Sequence[Customer],
        broken: Iterable[Broken] = (),
        *,
        complete: bool = True,
        whole_files: bool = True,
    ) -> None:
        rows = tuple(broken)
        self.complete = complete and whole_files and not rows
        self._customers = customers
        self._by_code = {folded(customer.code): place for place, customer in enumerate(customers)}
        self._broken = {folded(str(row.values["code"])) for row in rows if row.values.get("code")}
        self._broken_names = {folded(str(row.values["name"])) for row in rows if row.values.get("name")}
        self._names_missing = not whole_files or any(not row.values.get("name") for row in rows)
        self._first_named: dict[str, int] = {}
        self._others_named: dict[str, list[int]] = {}
        for place, customer in enumerate(customers):
            if self._by_code[folded(customer.code)] == place:
                self._name(folded(customer.name), place)

    def _name(self, name: str, place: int) -> None:
        if self._first_named.setdefault(name, place) != place:
            self._others_named.setdefault(name, []).append(place)

    def by_code(self, code: str) -> Customer | None:
        """The customer of a code, or None."""
        place = self._by_code.get(folded(code))
        return None if place is None else self._customers[place]

    def by_name(self, name: str) -> tuple[Customer, ...]:
        """All customers of a folded name: none, one, or an ambiguity."""
        key = folded(name)
        first = self._first_named.get(key)
        if first is None:
            return ()
        return (self._customers[first], *(self._customers[place] for place in self._others_named.get(key, ())))

    def is_broken(self, code: str) -> bool:
        """Whether the customer's row is there but could not be read."""
        return folded(code) in self._broken

    def broken_name(self, name: str) -> bool:
        """Whether a row that could not be read bears this name."""
        return folded(name) in self._broken_names

    def may_share(self, name: str) -> bool:
        """Whether a customer that could not be read has, or may have, this name: then one found is not the only one."""
        return self._names_missing or self.broken_name(name)


def usable_contact(customer: Customer) -> bool:
    """Whether the customer can be told directly: a contact's or manager's phone or e-mail (D6)."""
    return any((customer.contact_phone, customer.contact_email, customer.manager_phone, customer.manager_email))


def recipients(customer: Customer) -> tuple[str, ...]:
    """Where a notice goes: the contact's e-mail addresses, else the manager's, else the phones."""
    phones = tuple(phone for phone in (customer.contact_phone, customer.manager_phone) if phone)
    return customer.contact_email or customer.manager_email or phones[:1]
