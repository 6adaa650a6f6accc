"""What is owed to one customer, as `visit due` works it out, and what the book has for a visit to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aftersales_cli.jobs import visit_due
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.visit_due_inputs import VisitInputs
from aftersales_cli.places import Problem, Severity
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.folding import folded
from aftersales_cli.visit.frequency import CONTENT, listed
from aftersales_cli.visit.obligations import Obligation


@dataclass(frozen=True)
class Owing:
    """The visits owed to a customer, the engineer who goes, and what is wrong with rows that only `visit due` sees."""

    obligations: tuple[Obligation, ...]
    engineer: str | None
    problems: tuple[Problem, ...]


def owing(desk: Desk, customer: Customer) -> Owing:
    """Of this customer alone, overdue first. Who goes is who `visit due` sends, else who goes to its headquarters."""
    found = visit_due.found(desk)
    key = folded(customer.code)
    own = tuple(each for each in found.obligations if folded(each.customer.code) == key)
    goes = next((each.engineer for each in own if each.engineer and each.theirs is None), None)
    if goes is None and (named := found.inputs.staff.named(customer)):
        goes = named.person.label
    return Owing(own, goes, tuple(_untrue(found.inputs, key)))


def _untrue(inputs: VisitInputs, key: str) -> Iterator[Problem]:
    """Warnings, crises and visits of the customer that could be read and cannot be true."""
    check = inputs.checking
    found = [
        *(p for row in inputs.warning_rows.records if folded(row.customer_code) == key for p in check.warning(row)),
        *(p for row in inputs.crisis_rows.records if folded(row.customer_code) == key for p in check.crisis(row)),
        *(p for row in inputs.visit_rows.records if folded(row.customer_code) == key for p in check.visit(row)),
    ]
    return (each for each in found if each.severity is Severity.ERROR)


def contents_by_level(desk: Desk, customer: Customer) -> tuple[str, ...]:
    """What PLN-2 has for the customer's level (R21, R36); nothing before its first edition."""
    given = desk.book.given_or_none(CONTENT, on=desk.as_of.date(), province=desk.province)
    level = listed(desk.book.vocabularies, "customer_levels", customer.level)
    return given.words_per_word("content_by_level").get(level, ()) if given else ()
