"""Notices gathered into one message per customer, and who receives it (R2, R3, D6)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from aftersales_cli.cutover.notices import Notice
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.departments import Department
from aftersales_cli.records.events import Change
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.register.customers import recipients

ENTERPRISE_DEPARTMENT = "政企客户部"
STRONGEST = (Change.CANCEL, Change.UPDATE, Change.NEW, Change.UNCHANGED)


@dataclass(frozen=True, slots=True)
class Message:
    """What one recipient gets of a run: a customer's notices, or (customer None) the department's."""

    customer: Customer | None
    department: Department | None
    notices: tuple[Notice, ...]
    recipients: tuple[str, ...]

    @property
    def change(self) -> Change:
        """The strongest change among its notices."""
        return min((notice.change for notice in self.notices), key=STRONGEST.index)

    @property
    def to_render(self) -> tuple[Notice, ...]:
        """The notices that say something new."""
        return tuple(notice for notice in self.notices if notice.change is not Change.UNCHANGED)

    @property
    def name(self) -> str:
        """The customer's or the department's name; its role where no department is on record."""
        return (
            self.customer.name if self.customer else self.department.name if self.department else ENTERPRISE_DEPARTMENT
        )

    @property
    def code(self) -> str | None:
        """The customer's code; None for the department."""
        return self.customer.code if self.customer else None

    @property
    def language(self) -> str:
        """The language of its documents; Chinese unless the customer's record says otherwise."""
        return (self.customer.language or "zh") if self.customer else "zh"

    @property
    def message_id(self) -> str:
        """Eight hexadecimal digits from its notices and their sequences."""
        key = sorted(f"{notice.notice_id}.{notice.sequence}" for notice in self.to_render)
        return hashlib.sha256("\x1f".join(key).encode()).hexdigest()[:8]


def messages(notices: Sequence[Notice], department: Department | None) -> tuple[Message, ...]:
    """One message per customer, by code, the department's last; each with its notices by task number."""
    by_customer: dict[str | None, list[Notice]] = {}
    for notice in notices:
        by_customer.setdefault(notice.customer.code if notice.customer else None, []).append(notice)
    ordered = sorted(by_customer.items(), key=lambda item: (item[0] is None, item[0] or ""))
    return tuple(message(found, department) for _, found in ordered)


def message(notices: Sequence[Notice], department: Department | None) -> Message:
    """The notices of one customer, or of the department, as one message."""
    ordered = tuple(sorted(notices, key=lambda n: (n.task.window.known.start, n.task.name)))
    customer = ordered[0].customer
    if customer is not None:
        return Message(customer, None, ordered, recipients(customer))
    to = department.email or tuple(filter(None, [department.phone])) if department else ()
    return Message(None, department, ordered, to)


def enterprise_department(
    departments: Sequence[Department], roles: Vocabulary, province: str | None
) -> Department | None:
    """The enterprise customer department of the desk's province, else one for all provinces, else the first."""
    found = [d for d in departments if roles.term(d.role) == roles.term(ENTERPRISE_DEPARTMENT) is not None]
    own = [d for d in found if d.province is not None and d.province == province]
    general = [d for d in found if d.province is None]
    return next(iter([*own, *general, *found]), None)
