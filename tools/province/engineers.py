"""客户工程师: two or three in each city, the chief engineers of the large customers, and a few beyond the province."""

from __future__ import annotations

from collections import Counter
from random import Random

from tools.province import names
from tools.province.chance import chance
from tools.province.customers import LEFT, ON_LOAN
from tools.province.model import Customer
from tools.province.service import Engineer
from tools.province.wishes import HOME

BUSY_CITIES = ("澄川", "岚浦", "霁州", "鹭泽")
"""Cities with three engineers; the others have two."""
WEEKLY = ("4", "5", "5", "6", "６", "")
"""Visits a week as the cells have them; an empty one means as the rule book says."""
NEIGHBOURS = (("四川省", "晗京"), ("湖南", "砺海"))
"""Cities of other provinces with an engineer each; the names of provinces are borrowed, see the README."""
MANY = 8
"""With more customers than this a chief engineer makes two visits a week, else one."""
STRETCHED = "栖江"
"""The city whose chief engineers make one all the same: one of them has more visits than a year has weeks."""


def make(seed: int, customers: tuple[Customer, ...]) -> tuple[Engineer, ...]:
    """Those of the cities first, then whom customers name, local ones before chief engineers, then the neighbours'."""
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
    return next(one.chief for one in customers if one.code == ON_LOAN)


def _named_by_customers(customers: tuple[Customer, ...]) -> dict[str, tuple[str, str]]:
    """City and visits a week of everybody whom a customer names for its own city, but for those who have left."""
    chiefs = [one for one in customers if one.chief and one.code not in LEFT]
    many = Counter(one.chief for one in chiefs)
    found = {one.chief: (one.city, _weekly(one.city, many[one.chief])) for one in chiefs}
    found[on_loan(customers)] = (found[on_loan(customers)][0], "0")
    local = {
        name: (one.city, "2")
        for one in reversed(customers)
        for place, _, name in (each.partition(":") for each in one.local.split("；"))
        if place == one.city
    }
    return local | found


def _weekly(city: str, customers: int) -> str:
    return "2" if customers > MANY and city != STRETCHED else "1"


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
