"""Who makes a visit: the place's local engineer, else the chief engineer, else the least loaded there (R18, R85)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aftersales_cli.records.customers import Customer
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.words import Say


class Role(StrEnum):
    """By what an engineer is the one who goes."""

    LOCAL = "各省接应"
    CHIEF = "首席"
    LEAST_LOADED = "就近安排"

    def say(self) -> Say:
        """The role in words."""
        match self:
            case Role.LOCAL:
                return Say("local engineer of the place")
            case Role.CHIEF:
                return Say("chief engineer")
            case Role.LEAST_LOADED:
                return Say("least loaded at the place")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who visits. `label` tells apart those of one name; `listed` whether the table of engineers has them."""

    label: str
    capacity: int
    place: str = ""
    email: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Named:
    """The person who visits a customer, and by which role."""

    person: Person
    role: Role


class Places:
    """Whether two ways of writing a place mean the same: 广东省深圳市 lies in 深圳 and in 广东."""

    def __init__(self, provinces: Vocabulary) -> None:
        self._provinces = provinces
        self._bare: dict[str, str] = {}

    def lies_in(self, place: str, within: str | None) -> bool:
        """Whether a place is this province or city, or lies there as far as its name tells."""
        name = self.bare(within) if within else ""
        return bool(name) and name in self.bare(place)

    def bare(self, place: str) -> str:
        """A place folded, a province by its short name, without 市 at the end."""
        found = self._bare.get(place)
        if found is None:
            term = self._provinces.term(place)
            found = folded(term.word if term else place)
            found = self._bare[place] = found[:-1] if len(found) > 2 and found.endswith(("市", "省")) else found
        return found


class Staff:
    """The engineers, found by name and by place; `default` are the visits a week of those who do not say."""

    def __init__(self, engineers: Sequence[Engineer], default: int, places: Places) -> None:
        self._places, self._default = places, default
        names = [folded(row.name) for row in engineers]
        twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else set()
        self._rows = [(row, self._person(row, several=folded(row.name) in twice)) for row in engineers]
        self._labels = {person.label: person for _, person in self._rows}
        self._named: dict[str, list[tuple[Engineer, Person]]] = {}
        for row, person in self._rows:
            self._named.setdefault(folded(row.name), []).append((row, person))
        self._at: dict[str, tuple[Person, ...]] = {}
        self._outside: dict[str, Person] = {}

    def _person(self, row: Engineer, *, several: bool) -> Person:
        capacity = self._default if row.visits_per_week is None else row.visits_per_week
        place = row.city or row.province
        return Person(f"{row.name}（{place}）" if several else row.name, capacity, place, row.email)

    def row(self, person: Person) -> Engineer | None:
        """Where the table of engineers has them."""
        return next((row for row, each in self._rows if each is person), None)

    @property
    def people(self) -> Iterator[Person]:
        """Everybody in the table, in its order."""
        return (person for _, person in self._rows)

    def named(self, customer: Customer) -> Named | None:
        """The customer's own engineer for its headquarters: the local one there, else the chief engineer."""
        place = customer.headquarters
        for where, name in customer.local_engineers:
            if self._places.lies_in(place, where):
                return Named(self.person(name, where), Role.LOCAL)
        if customer.chief_engineer:
            return Named(self.person(customer.chief_engineer, place, customer.chief_engineer_email), Role.CHIEF)
        return None

    def person(self, name: str, place: str, email: tuple[str, ...] = ()) -> Person:
        """The one of that name or label, of several the one at the place; somebody the table does not have, too."""
        labelled = self._labels.get(name)
        if labelled is not None:
            return labelled
        rows = self._named.get(folded(name), [])
        near = [p for row, p in rows if any(self._places.lies_in(place, where) for where in (row.city, row.province))]
        if rows:
            return (near or [person for _, person in rows])[0]
        return self._outside.setdefault(folded(name), Person(name, self._default, "", email, listed=False))

    def at(self, place: str) -> tuple[Person, ...]:
        """Those of the place's city who make visits at all, else those of its province; in the table's order."""
        if place not in self._at:
            able = [(row, person) for row, person in self._rows if person.capacity]
            city = tuple(person for row, person in able if self._places.lies_in(place, row.city))
            province = tuple(person for row, person in able if self._places.lies_in(place, row.province))
            self._at[place] = city or province
        return self._at[place]


def assign(
    customers: Iterable[tuple[Customer, int]], staff: Staff, before: Mapping[str, str]
) -> dict[str, Named | None]:
    """Who visits each customer (with so many visits a year), by its code; None where there is nobody at the place.

    Customers without an engineer of their own go to the place's least loaded, those with the most visits first;
    `before` are the names of an earlier plan, which stay with whom they were.
    """
    found: dict[str, Named | None] = {}
    load: dict[Person, int] = {}
    open_: list[tuple[Customer, int]] = []
    for customer, visits in customers:
        own = staff.named(customer)
        if own is None:
            open_.append((customer, visits))
        else:
            found[customer.code] = own
            load[own.person] = load.get(own.person, 0) + visits
    for customer, visits in sorted(open_, key=lambda each: (-each[1], each[0].code)):
        there = staff.at(customer.headquarters)
        stays = [person for person in there if person.label == before.get(customer.code)]
        person = min(stays or there, key=lambda p: (load.get(p, 0) + visits) / p.capacity, default=None)
        found[customer.code] = None if person is None else Named(person, Role.LEAST_LOADED)
        if person is not None:
            load[person] = load.get(person, 0) + visits
    return found
