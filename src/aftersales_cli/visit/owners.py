"""Who has what a customer brought up in hand: whom its measure names, else who answers for the customer (R41)."""

from __future__ import annotations

from dataclasses import dataclass

from aftersales_cli.records.customers import Customer
from aftersales_cli.visit.issues import Issue
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who has an issue in hand; `named` where its measure says so."""

    person: str
    named: bool

    def say(self) -> Say:
        """As lists and reports show it: one whom no measure names is marked, for nobody has agreed to it."""
        if self.named:
            return Say("{each}", each=self.person)
        return Say("{who} (by default)", who=self.person)


def owner_of(issue: Issue, customer: Customer) -> Owner | None:
    """The measure's; else the customer's chief engineer, who led the visit, or the account manager."""
    if issue.action is not None and issue.action.owner:
        return Owner(issue.action.owner, named=True)
    person = customer.chief_engineer or issue.visit.led_by or customer.manager
    return Owner(person, named=False) if person else None
