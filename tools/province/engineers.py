"""客户工程师: two or three in each city, the chief engineers of the large customers, and a few beyond the province."""

from __future__ import annotations

from collections import Counter
from random import Random

from tools.province import names
from tools.province.chance import chance
from tools.province.model import Customer
from tools.province.service import Engineer
from tools.province.wishes import HOME

BUSY_CITIES = ("澄川", "岚浦", "霁州", "鹭泽")
"""Cities with three engineers; the others have two."""
WEEKLY = ("4", "5", "5", "6", "６", "")
"""Visits a week as the cells have them; an empty one means as the rule book says."""
NEIGHBOURS = (("四川省", "晗京"), ("湖南", "砺海"))
"""Cities of other provinces with an engineer each; the names of provinces are borrowed, see the README."""
LEFT = 3
"""So many chief engineers of the archive are in no table any more."""
ON_LOAN = 1
"""The place in the list of chief engineers of the one who makes no visits this year."""


def make(seed: int, customers: tuple[Customer, ...]) -> tuple[Engineer, ...]:
    """Those of the cities first, then the chief engineers and local ones by name, then the neighbours'."""
    rng = chance(seed, "engineers")
    own = _named_by_customers(customers)
    taken = {*own, *(one.chief for one in customers)}
    places = [(HOME, city) for city in names.CITIES for _ in range(3 if city in BUSY_CITIES else 2)]
    made = [_one(rng, n, _fresh(rng, taken), *place, rng.choice(WEEKLY)) for n, place in enumerate(places)]
    chiefs = [_one(rng, 100 + n, name, HOME, city, weekly) for n, (name, (city, weekly)) in enumerate(own.items())]
    made += chiefs
    made += [_one(rng, 900 + n, _fresh(rng, taken), *place, "4") for n, place in enumerate(NEIGHBOURS)]
    return tuple(made)


def on_loan(customers: tuple[Customer, ...]) -> str:
    """The chief engineer who makes no visits."""
    return [one.chief for one in customers if one.chief][ON_LOAN]


def _named_by_customers(customers: tuple[Customer, ...]) -> dict[str, tuple[str, str]]:
    """City and visits a week of everybody whom a customer names for its own city, but for those who have left."""
    chiefs = [one for one in customers if one.chief]
    many = Counter(one.chief for one in chiefs)
    found = {one.chief: (one.city, "2" if many[one.chief] > 1 else "1") for one in reversed(chiefs[:-LEFT])}
    found[on_loan(customers)] = (chiefs[ON_LOAN].city, "0")
    for one in customers:
        for place, _, name in (each.partition(":") for each in one.local.split("；")):
            if place == one.city:
                found.setdefault(name, (one.city, "2"))
    return dict(reversed(found.items()))


def _one(rng: Random, n: int, name: str, province: str, city: str, weekly: str) -> Engineer:
    phone = names.mobile(rng) if n % 4 else names.landline(rng)
    spelt = f"{city}市" if n % 9 == 5 else city
    return Engineer(name, province, spelt, phone, f"visits{n:03}@carrier.example" if n % 17 else "", weekly)


def _fresh(rng: Random, taken: set[str]) -> str:
    """A name that nobody has yet."""
    while True:
        name = names.person(rng)
        if name not in taken:
            taken.add(name)
            return name
