"""What is wrong with rows about visits: the cell, and what would be right; what cannot be true counts for nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.folding import folded
from aftersales_cli.records.values import Manner, VisitKind
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.register.customers import Customers
from aftersales_cli.visit.whereabouts import Gazetteer
from aftersales_cli.words import Say

Rows = CustomerWarning | Crisis | Visit


@dataclass(frozen=True)
class Checking:
    """Tells what is wrong; `known` are the ledger's visits by folded number, `now` is the moment of the run."""

    now: datetime
    customers: Customers
    ranks: Vocabulary
    gazetteer: Gazetteer
    known: Mapping[str, Visit]

    def visit(self, row: Visit) -> tuple[Problem, ...]:
        """Of one visit."""
        held = f"visit {row.visit_no}"
        found = [*self._stranger(row, held), *self._future(row, held), *self._other(row, held)]
        return (*found, *self._rank(row, "leader_rank", row.leader_rank), *self._placeless(row), *_backwards(row))

    def warning(self, row: CustomerWarning) -> tuple[Problem, ...]:
        """Of one warning."""
        held = f"warning {row.warning_no}"
        found = [*self._stranger(row, held), *self._later(row, "issued_at", row.issued_at.at, held)]
        for field in ("valid_until", "lifted_at"):
            end = row.value(field)
            if end is not None and end.latest <= row.issued_at.at:
                message = Say("{end} is before the warning was issued ({issued})", end=end, issued=row.issued_at)
                found.append(_problem(row, field, message, Say("mend the one that is wrong"), held))
        return (*found, *self._places(row))

    def crisis(self, row: Crisis) -> tuple[Problem, ...]:
        """Of one crisis."""
        held = f"crisis {row.crisis_no}"
        found = [*self._stranger(row, held), *self._later(row, "occurred_at", row.occurred_at.at, held)]
        if row.closed_on is not None and row.closed_on < row.occurred_at.day:
            message = Say("{end} is before the crisis happened ({when})", end=row.closed_on, when=row.occurred_at)
            found.append(_problem(row, "closed_on", message, Say("mend the one that is wrong"), held))
        return (*found, *self._rank(row, "demanded_rank", row.demanded_rank), *self._places(row))

    def stranger(self, row: Visit) -> Iterator[Problem]:
        """A visit to somebody whom no row of the customers is about."""
        return self._stranger(row, f"visit {row.visit_no}")

    def _stranger(self, row: Rows, held: str) -> Iterator[Problem]:
        """What asks for visits stands though the customer's row cannot be read: a cell there calls off nobody."""
        if self.customers.by_code(row.customer_code) is not None:
            return
        message = Say("the customers have no code {code}", code=row.customer_code)
        if self.customers.is_broken(row.customer_code):
            message = Say("customer {code} cannot be read", code=row.customer_code)
            if not isinstance(row, Visit):
                yield _problem(row, "customer_code", message, Say("mend the row of the customer"))
                return
        yield _problem(row, "customer_code", message, Say("add the customer, or mend the code"), held)

    def _future(self, row: Visit, held: str) -> Iterator[Problem]:
        if row.date > self.now.date():
            message = Say("{when} lies in the future; it is {now}", when=row.date, now=self.now.date())
            yield _problem(row, "date", message, Say("record a visit once it was made"), held)

    def _later(self, row: Rows, field: str, at: datetime, held: str) -> Iterator[Problem]:
        if at > self.now:
            message = Say("{when} lies in the future; it is {now}", when=at, now=self.now)
            yield _problem(row, field, message, Say("mend the time"), held)

    def _other(self, row: Visit, held: str) -> Iterator[Problem]:
        """The number of a visit to somebody else."""
        before = self.known.get(folded(row.visit_no))
        if before is not None and folded(before.customer_code) != folded(row.customer_code):
            message = Say("visit {no} is recorded for customer {code}", no=row.visit_no, code=before.customer_code)
            yield _problem(row, "customer_code", message, Say("mend the number or the code"), held)

    def _rank(self, row: Rows, field: str, word: str | None) -> Iterator[Problem]:
        if word is not None and self.ranks.term(word) is None:
            message = Say("“{word}” is no rank of the rule book", word=word)
            hint = Say("write one of {words}, or add it to leader_ranks.yaml", words=self.ranks.words)
            yield _problem(row, field, message, hint)

    def _placeless(self, row: Visit) -> Iterator[Problem]:
        if row.manner is Manner.ON_SITE and row.place_visited is None and row.kind is not VisitKind.ROUTINE:
            message = Say("it does not say where: the visit counts for no place (R22, R24)")
            yield _problem(row, "place_visited", message, Say("fill in the place"))

    def _places(self, row: CustomerWarning | Crisis) -> Iterator[Problem]:
        for text in row.responsible_place:
            if self.gazetteer.place(text).province is None:
                message = Say("nobody knows whose province “{place}” is of; it counts as ours", place=text)
                hint = Say("write the province before it, such as 广东深圳")
                yield _problem(row, "responsible_place", message, hint)


def _backwards(row: Visit) -> Iterator[Problem]:
    if row.next_on is not None and row.next_on <= row.date:
        message = Say("the next visit ({next}) is not after this one ({day})", next=row.next_on, day=row.date)
        yield _problem(row, "next_on", message, Say("mend the one that is wrong"))


def _problem(row: Rows, field: str, message: Say, hint: Say, *held: str) -> Problem:
    """An error where something is held, else a caution."""
    found = row.value(field)
    place: Place | None = row.place(field)
    severity = Severity.ERROR if held else Severity.CAUTION
    written = None if found is None else "；".join(map(str, found)) if isinstance(found, tuple) else str(found)
    return Problem(message, place, field, written, hint, held, severity)


def usable(problems: Sequence[Problem]) -> bool:
    """Whether nothing of it holds the row back."""
    return not any(each.severity is Severity.ERROR for each in problems)
