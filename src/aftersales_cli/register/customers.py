"""The customers of this run: found by code, or by a name that names exactly one (D10); and who can be reached."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded


class Customers:
    """The rows that could be read, and what can be told of those that could not.

    `complete` is False when a part of the customers input could not be read; `whole_files` when a file gave no rows.
    """

    def __init__(
        self,
        customers: Iterable[Customer],
        broken: Iterable[Broken] = (),
        *,
        complete: bool = True,
        whole_files: bool = True,
    ) -> None:
        rows = tuple(broken)
        self.complete = complete and whole_files and not rows
        self._by_code = {folded(c.code): c for c in customers}
        self._broken = {folded(str(row.values["code"])) for row in rows if row.values.get("code")}
        self._broken_names = {folded(str(row.values["name"])) for row in rows if row.values.get("name")}
        self._names_missing = not whole_files or any(not row.values.get("name") for row in rows)
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
