"""Who makes a visit: the place's local engineer, else the chief engineer, else the least loaded there (R18, R85)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.vocabulary import Vocabulary
from aftersales_cli.visit.labels import labels, other_labels, spelled
from aftersales_cli.visit.twice import once
from aftersales_cli.visit.whereabouts import Gazetteer, Whereabouts
from aftersales_cli.words import Say


class Role(StrEnum):
    """By what an engineer is the one who goes."""

    LOCAL = "各省接应"
    CHIEF = "首席"
    LEAST_LOADED = "就近安排"
    AS_BEFORE = "照旧"

    def say(self) -> Say:
        """The role in words."""
        match self:
            case Role.LOCAL:
                return Say("local engineer of the place")
            case Role.CHIEF:
                return Say("chief engineer")
            case Role.LEAST_LOADED:
                return Say("least loaded at the place")
            case Role.AS_BEFORE:
                return Say("as planned before")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who visits. `label` tells apart those of one name; `listed` whether the table of engineers has them.

    `unread`: not listed, but a row that could not be read has, or may have, their name.
    """

    label: str
    capacity: int
    place: str = ""
    email: tuple[str, ...] = ()
    listed: bool = True
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """The person who visits a customer, and by which role.

    `others` are those of the same name of whom nothing tells that they are not meant (D10).
    """

    person: Person
    role: Role
    others: tuple[str, ...] = ()


def local_engineers(customer: Customer, here: Whereabouts, places: Gazetteer) -> Iterator[tuple[str, str]]:
    """Who of 各省接应客户工程师 is named for a place, as (place, name), in the order of the cell (R85)."""
    return ((where, name) for where, name in customer.local_engineers if here.within(places.place(where)))


class Staff:
    """The engineers, found by name and by place; `default` are the visits a week of those who do not say.

    Rows of one person are one; `problems` say where they differ. `broken` are the rows that could not be read.
    """

    def __init__(
        self, engineers: Sequence[Engineer], default: int, provinces: Vocabulary, broken: Sequence[Broken] = ()
    ) -> None:
        self._places, self._default = Gazetteer.of(provinces, engineers), default
        rows, self.problems = once(engineers, default, self._places)
        names = labels(rows)
        self._rows = [_Working(row, self._person(row, label), self._places.of_row(row))
                      for row, label in zip(rows, names, strict=True)]  # fmt: skip
        self._labels = {folded(each.person.label): each for each in self._rows}
        self._named: dict[str, list[_Working]] = {}
        self._told: dict[str, list[_Working]] = {}
        for each in self._rows:
            self._named.setdefault(folded(each.row.name), []).append(each)
            for label in other_labels(each.row):
                self._told.setdefault(label, []).append(each)
        self._broken: dict[str, Broken] = {folded(row.value("name") or ""): row for row in reversed(broken)}
        self._at: dict[str, tuple[Person, ...]] = {}
        self._outside: dict[str, Person] = {}

    def _person(self, row: Engineer, label: str) -> Person:
        capacity = self._default if row.visits_per_week is None else row.visits_per_week
        return Person(label, capacity, row.city or row.province, row.email)

    def row(self, person: Person) -> Engineer | None:
        """Where the table of engineers has them."""
        found = self._labels.get(folded(person.label)) if person.listed else None
        return found.row if found else None

    @property
    def people(self) -> Iterator[Person]:
        """Everybody in the table, in its order."""
        return (each.person for each in self._rows)

    def named(self, customer: Customer, at: Whereabouts | None = None) -> Named | None:
        """The customer's own engineer for a place, else for its headquarters: the local one there, else the chief."""
        here = at or self._places.place(customer.headquarters)
        for where, name in local_engineers(customer, here, self._places):
            return self._local(name, where, here)
        if customer.chief_engineer:
            name = customer.chief_engineer
            return self._one_of(self._called(name, here, customer.chief_engineer_email), Role.CHIEF, here)
        return None

    def _local(self, name: str, where: str, here: Whereabouts) -> Named:
        """The local engineer of that name; whoever has it in another province only is somebody else."""
        rows = self._named.get(folded(name), [])
        there = self._places.place(where)
        if rows and all(each.elsewhere(there) for each in rows):
            return Named(self._unlisted(f"{name}（{where}）"), Role.LOCAL)
        return self._one_of(self._called(name, here), Role.LOCAL, here)

    def _one_of(self, found: Sequence[Person], role: Role, here: Whereabouts) -> Named:
        """The first; a row that could not be read may be about another, unless the first works at the place."""
        others = [person.label for person in found[1:]]
        works = self._labels.get(folded(found[0].label)) if self._broken and found[0].listed else None
        if works is not None and not works.in_province(here) and (row := self._broken.get(folded(works.row.name))):
            others.append(str(row.place()))
        return Named(found[0], role, tuple(others))

    def person(self, name: str, place: str, email: tuple[str, ...] = ()) -> Person:
        """The one of that name or label, of several the likeliest; somebody the table does not have, too."""
        return self._called(name, self._places.place(place), email)[0]

    def called(self, name: str, place: str) -> list[Person]:
        """Whom of the table a name or label, of today or not, may mean for a place, in order of labels."""
        return self._listed(name, self._places.place(place))

    def _called(self, name: str, here: Whereabouts, email: tuple[str, ...] = ()) -> list[Person]:
        return self._listed(name, here, email) or [self._unlisted(name, email)]

    def _listed(self, name: str, here: Whereabouts, email: tuple[str, ...] = ()) -> list[Person]:
        """Who may be meant by a name, in order of labels: by address, else in the city, the province, or anywhere."""
        labelled = self._labels.get(folded(name))
        if labelled is not None:
            return [labelled.person]
        rows = self._named.get(folded(name)) or self._told.get(spelled(name), [])
        mails = set(map(folded, email))
        narrower = (
            [each for each in rows if not mails.isdisjoint(map(folded, each.row.email))],
            [each for each in rows if each.in_city(here)],
            [each for each in rows if each.in_province(here)],
            rows,
        )
        found = next(filter(None, narrower), [])
        return sorted((each.person for each in found), key=lambda one: one.label)

    def _unlisted(self, label: str, email: tuple[str, ...] = ()) -> Person:
        row = self._broken.get(folded(label)) or self._broken.get("")
        place = (row.value("city") or row.value("province") or "") if row and folded(label) in self._broken else ""
        person = Person(label, self._default, place, email, listed=False, unread=row is not None)
        return self._outside.setdefault(folded(label), person)

    def at(self, place: str) -> tuple[Person, ...]:
        """Those of the place's city who make visits at all, else those of its province; in the table's order.

        Nobody of another province, though its city be called the same.
        """
        if place not in self._at:
            here = self._places.place(place)
            able = [each for each in self._rows if each.person.capacity]
            city = tuple(each.person for each in able if each.in_city(here))
            self._at[place] = city or tuple(each.person for each in able if each.in_province(here))
        return self._at[place]


@dataclass(frozen=True, slots=True)
class _Working:
    """A row of the table, whom it is about, and where they work."""

    row: Engineer
    person: Person
    where: Whereabouts

    def elsewhere(self, here: Whereabouts) -> bool:
        """Whether they certainly work in another province."""
        return None not in (here.province, self.where.province) and here.province != self.where.province

    def in_city(self, here: Whereabouts) -> bool:
        """Whether a place is of their city; of which of two provinces it is, its name may not tell."""
        return bool(self.where.inside) and not self.elsewhere(here) and here.inside.startswith(self.where.inside)

    def in_province(self, here: Whereabouts) -> bool:
        """Whether a place is of their province."""
        return here.province is not None and here.province == self.where.province


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
        was = before.get(customer.code)
        same = staff.called(was, customer.headquarters)[:1] if was else []
        stays = [person for person in there if person in same]
        person = min(stays or there, key=lambda p: (load.get(p, 0) + visits) / p.capacity, default=None)
        found[customer.code] = None if person is None else Named(person, Role.LEAST_LOADED)
        if person is not None:
            load[person] = load.get(person, 0) + visits
    return found
