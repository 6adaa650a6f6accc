"""What files and ledger say about visits: customers, warnings, crises, visits made; read once, checked once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.jobs.today_seen import at
from aftersales_cli.places import Problem, Severity, Unknown
from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.departments import Department
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.events import Visited
from aftersales_cli.records.folding import folded
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.register.customers import Customers
from aftersales_cli.tables.reading import Read
from aftersales_cli.visit.chain_rules import JOINING
from aftersales_cli.visit.checking import Checking, usable
from aftersales_cli.visit.leading import RANKS
from aftersales_cli.visit.memory import completed, remembered
from aftersales_cli.visit.naming import Staff
from aftersales_cli.visit.unasked import columnless, unplaced
from aftersales_cli.visit.warned import Alarm, Unread, crisis_alarm, warning_alarm
from aftersales_cli.visit.whereabouts import Gazetteer
from aftersales_cli.words import Say

R = TypeVar("R", bound=Row)
NO_PLACE = "?"
"""What stands for headquarters that could not be read."""


@dataclass(frozen=True)
class VisitInputs:
    """Everything that was read; `recorded` is what the ledger has of visits."""

    desk: Desk
    customer_rows: Read[Customer]
    warning_rows: Read[CustomerWarning]
    crisis_rows: Read[Crisis]
    visit_rows: Read[Visit]
    engineers: Read[Engineer]
    departments: Read[Department]
    recorded: tuple[Visited, ...]

    @property
    def reads(self) -> tuple[Read[Any], ...]:
        """The reads, in the order of the tables."""
        return (self.customer_rows, self.warning_rows, self.crisis_rows, self.visit_rows, self.engineers,
                self.departments)  # fmt: skip

    @cached_property
    def customers(self) -> Customers:
        """The customers by code."""
        read = self.customer_rows
        return Customers(read.records, read.broken, complete=read.complete, whole_files=not read.failed)

    def customer(self, code: str) -> Customer | None:
        """The customer of a code; where not all rows could be read, as much as is known of one whose row may be lost.

        Nobody shall drop out of what is owed because of a cell in the customers.
        """
        found = self.customers.by_code(code)
        if found is not None or self.customers.complete:
            return found
        row = next((r for r in self.customer_rows.broken if folded(r.value("code") or "") == folded(code)), None)
        known = {name: row.value(name) for name in ("name", "headquarters", "chief_engineer")} if row else {}
        return Customer(
            code=code,
            name=known.get("name") or code,
            level="",
            headquarters=known.get("headquarters") or NO_PLACE,
            chief_engineer=known.get("chief_engineer"),
        )

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Which place is of which province, the desk's own tables included."""
        rows: list[Engineer | Department] = [*self.engineers.records, *self.departments.records]
        return Gazetteer.of(self.desk.book.vocabularies["provinces"], rows)

    @cached_property
    def staff(self) -> Staff:
        """The engineers, by whom a visit is made; how many visits a week they make is not asked here."""
        provinces = self.desk.book.vocabularies["provinces"]
        return Staff(self.engineers.records, 0, provinces, self.engineers.broken)

    @cached_property
    def known(self) -> dict[str, Visit]:
        """The ledger's visits by folded number."""
        return remembered(self.recorded)

    @cached_property
    def checking(self) -> Checking:
        """What tells the rows that cannot be true."""
        ranks = self.desk.book.vocabularies[RANKS]
        return Checking(self.desk.as_of, self.customers, ranks, self.gazetteer, self.known)

    @cached_property
    def rows(self) -> tuple[Visit, ...]:
        """The rows of visits that can be true, each completed by what the ledger knows of it."""
        good = _good(self.visit_rows.records, self.checking.visit)
        return tuple(completed(row, self.known.get(folded(row.visit_no))) for row in good)

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """All visits that were made, by day: those of the rows, and those that only the ledger knows."""
        rows = {folded(row.visit_no): row for row in self.rows}
        now = self.desk.as_of.date()
        return tuple(sorted(
            (row for row in {**self.known, **rows}.values() if row.date <= now),
            key=lambda row: (row.date, row.visit_no),
        ))  # fmt: skip

    @cached_property
    def alarms(self) -> tuple[Alarm, ...]:
        """The warnings and crises that can be true, in the order of the files."""
        warnings = map(warning_alarm, _good(self.warning_rows.records, self.checking.warning))
        return (*warnings, *map(crisis_alarm, _good(self.crisis_rows.records, self.checking.crisis)))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong in the files."""
        checked = (
            *(problem for row in self.warning_rows.records for problem in self.checking.warning(row)),
            *(problem for row in self.crisis_rows.records for problem in self.checking.crisis(row)),
            *(problem for row in self.visit_rows.records for problem in self.checking.visit(row)),
        )
        return (*(problem for read in self.reads for problem in read.problems), *checked, *self._unasked)

    @property
    def _unasked(self) -> Iterator[Problem]:
        """What the tables do not say, so that less is owed than may be."""
        alarms: list[CustomerWarning | Crisis] = [*self.warning_rows.records, *self.crisis_rows.records]
        yield from columnless((*alarms, *self.visit_rows.records))
        given = self.desk.book.given_or_none(JOINING, on=self.desk.as_of.date(), province=self.desk.province)
        if given is not None:
            standing = [row for row in alarms if not _alarm(row).over(self.desk.as_of)]
            yield from unplaced(standing, self.gazetteer, given.words("visit_words"), given.words("branch_words"))

    @cached_property
    def unread(self) -> tuple[Unread, ...]:
        """Visits that may have been made: rows that are held and not in the ledger, and what was not read at all."""
        read = self.visit_rows
        nowhere = not (read.rows or self.recorded or self.desk.named_nowhere("visits"))
        lost = [Unread(Unknown("visits", Say("the visits could not all be read")))] if nowhere or _rowless(read) else []
        broken = (r for r in read.broken if not self._recorded(r.value("visit_no"), r.value("customer_code")))
        return (*lost, *map(_broken_visit, broken), *self._untrue)

    @property
    def _untrue(self) -> Iterator[Unread]:
        """The rows that are held because they cannot be true."""
        for row in self.visit_rows.records:
            errors = [each for each in self.checking.visit(row) if each.severity is Severity.ERROR]
            if errors and not self._recorded(row.visit_no, row.customer_code):
                day = None if any(each.field == "date" for each in errors) else row.date
                unknown = Unknown("visits", _held(row.visit_no, errors[0]), errors[0].place, unread=True)
                yield Unread(unknown, row.customer_code, day, row.manner)

    def _recorded(self, number: str | None, code: str | None) -> bool:
        """Whether the ledger has this visit, to this customer as far as one is named."""
        visit = self.known.get(folded(number or ""))
        return visit is not None and (code is None or folded(code) == folded(visit.customer_code))

    def held_back(self, number: str) -> Problem | None:
        """What holds back the row of a visit, by folded number; of a visit that is not held, nothing."""
        for broken in self.visit_rows.broken:
            if folded(str(broken.values.get("visit_no") or "")) == number:
                return next(iter(broken.problems.values()))
        for row in self.visit_rows.records:
            if folded(row.visit_no) == number:
                return next((p for p in self.checking.visit(row) if p.severity is Severity.ERROR), None)
        recorded = self.known.get(number)
        return next(self.checking.stranger(recorded), None) if recorded else None

    @property
    def rows_are_missing(self) -> bool:
        """Whether there may be visits of which no row was read."""
        read = self.visit_rows
        return _rowless(read) or not (read.rows or self.desk.named_nowhere("visits"))

    def known_or_stop(self, codes: Iterable[str]) -> None:
        """`Stop` 2 where a code is no customer's. One whose row is held is known; any may be where not all was read."""
        for code in codes:
            if (
                _partial(self.customer_rows, "code")
                or self.customers.by_code(code) is not None
                or self.customers.is_broken(code)
            ):
                continue
            named = [each.code for each in self.customers.by_name(code)]
            hint = Say("did you mean {codes}?", codes=named) if named else None
            raise Stop(Say("there is no customer {code}", code=code), hint=hint, code=Exit.USAGE)

    def of_customer(self, code: str) -> tuple[Visit, ...]:
        """The visits to one customer, by day."""
        return self._by_customer.get(folded(code), ())

    @cached_property
    def _by_customer(self) -> dict[str, tuple[Visit, ...]]:
        found: dict[str, list[Visit]] = {}
        for row in self.visits:
            found.setdefault(folded(row.customer_code), []).append(row)
        return {code: tuple(rows) for code, rows in found.items()}


def _partial(read: Read[Any], field: str) -> bool:
    """Whether rows may be missing, or may be of anybody because this field of theirs could not be read."""
    return _rowless(read) or any(not row.values.get(field) for row in read.broken)


def _rowless(read: Read[Any]) -> bool:
    """Whether something is wrong that is of no row: then rows may be missing."""
    errors = (each.place for each in read.problems if each.severity is Severity.ERROR)
    return bool(read.failed) or any(place is None or (place.row is None and place.line is None) for place in errors)


def _broken_visit(row: Broken) -> Unread:
    """What can be told of a row that could not be read."""
    problem = next(iter(row.problems.values()))
    unknown = Unknown("visits", _held(row.value("visit_no"), problem), problem.place or row.place(), unread=True)
    return Unread(unknown, row.value("customer_code"), row.value("date"), row.value("manner"))


def _held(number: str | None, problem: Problem) -> Say:
    return Say("visit {no} is held{place}: {why}", no=number or "?", place=at(problem.place), why=problem.message)


def _alarm(row: CustomerWarning | Crisis) -> Alarm:
    return warning_alarm(row) if isinstance(row, CustomerWarning) else crisis_alarm(row)


def _good(rows: Sequence[R], check: Callable[[R], Iterable[Problem]]) -> list[R]:
    return [row for row in rows if usable(tuple(check(row)))]
