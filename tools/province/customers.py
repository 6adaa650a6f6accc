"""客户: 400 of them, from group customers to one shop in one town."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tools.province import names
from tools.province.chance import chance, weighted
from tools.province.model import Customer

COUNT = 400
LEVELS = (("集团级", 40), ("省清单级", 80), ("省级", 120), ("地市级", 160))
"""How many customers of each level, the highest first."""
GRADES = {
    "集团级": (("金", 5), ("银", 2)),
    "省清单级": (("金", 2), ("银", 4), ("铜", 1)),
    "省级": (("银", 2), ("铜", 4), ("标准", 2)),
    "地市级": (("铜", 1), ("标准", 6), ("", 1)),
}
SPELT = {"省清单级": "省清单", "金": "金牌", "银": "AA"}
"""Other spellings of the same words, as they stand here and there."""
ENGLISH = {3: "Tonglan", 17: "Luming Freight", 46: "Yunzhou", 71: "Songheng Instruments", 150: "Hecheng", 233: "Fanchi"}
"""Customers who want their notices in English, by their place in the list."""
AGREED = {8: "72小时", 64: "8个工作日", 131: "10个工作日", 205: "14天", 260: "10个工作日"}
"""Customers whose contract asks for more notice than the book."""
UNREACHABLE = (188, 276, 351)
"""Customers without a contact of any kind."""
TWINS = (112, 113)
"""Two customers whose names one misreads for each other."""
TWIN_NAMES = ("岚浦晨舟物流有限公司", "岚浦辰舟物流有限公司")
ODD_LEVEL = (301, 377)
"""Customers of a level that the rule book does not list."""
ONE_CHIEF = ("汐阳", "溯河", "澄川", "棠湾")
"""Cities with one chief engineer; the others have one for the group's customers and one for the provincial list's."""
ON_LOAN = "KH-00002"
"""The customer whose chief engineer makes no visits this year, and has no other customer."""
LEFT = ("KH-00118", "KH-00119", "KH-00120")
"""Customers whose chief engineers are in no table any more."""


def make(seed: int) -> tuple[Customer, ...]:
    """All customers, by code."""
    rng = chance(seed, "customers")
    levels = [level for level, count in LEVELS for _ in range(count)]
    given = _names(rng)
    return _shared(tuple(_special(n, _customer(rng, n, level, *given[n])) for n, level in enumerate(levels)))


def _shared(customers: tuple[Customer, ...]) -> tuple[Customer, ...]:
    """All customers of a desk have one chief engineer, whom the first of them named whose name is nobody else's."""
    desks: dict[tuple[str, bool], str] = {}
    for one in customers:
        if _shares(one) and one.chief not in desks.values():
            desks.setdefault(_desk(one), one.chief)
    address = {desk: f"engineer{n:02}@carrier.example" for n, desk in enumerate(desks)}
    return tuple(
        replace(one, chief=desks[_desk(one)], chief_email=address[_desk(one)]) if _shares(one) else one
        for one in customers
    )


def _shares(one: Customer) -> bool:
    return bool(one.chief) and one.code not in {ON_LOAN, *LEFT}


def _desk(one: Customer) -> tuple[str, bool]:
    return one.city, one.level == "集团级" and one.city not in ONE_CHIEF


def _names(rng: Random) -> list[tuple[str, str, str]]:
    """Name, industry and city of each, no name twice."""
    made: dict[str, tuple[str, str, str]] = {}
    while len(made) < COUNT:
        city = rng.choice(names.CITIES)
        if len(made) % 9 == 4:
            name, industry = names.public_body(city, rng.randrange(12))
        else:
            industry = rng.choice(tuple(names.TRADES))
            name = names.company(rng, city, industry)
        made.setdefault(name, (name, industry, city))
    return list(made.values())


def _customer(rng: Random, n: int, level: str, name: str, industry: str, city: str) -> Customer:
    code = f"KH-{n + 1:05}"
    domain = f"kh{n + 1:05}.example"
    grade = weighted(rng, GRADES[level])
    large = level in {"集团级", "省清单级"}
    return Customer(
        code=code,
        name=name,
        level=SPELT.get(level, level) if n % 13 == 0 else level,
        industry=industry,
        grade=SPELT.get(grade, grade) if n % 11 == 0 else grade,
        city=city,
        contact=names.person(rng),
        phone=names.mobile(rng) if n % 3 else names.landline(rng),
        email=_addresses(rng, domain, many=large) if n % 10 else "",
        manager=names.person(rng),
        manager_phone=names.mobile(rng) if n % 4 else "",
        manager_email=f"manager{rng.randrange(60):02}@carrier.example",
        chief=names.person(rng) if large else "",
        chief_email=f"engineer{rng.randrange(20):02}@carrier.example" if large else "",
        local=_local(rng) if level == "集团级" else "",
        cross_province="是" if level == "集团级" or n % 7 == 0 else "否",
    )


def _addresses(rng: Random, domain: str, *, many: bool) -> str:
    """One address, or several in one cell as people separate them."""
    if not many or rng.random() < 0.5:
        return rng.choice(("noc", "it", "network", "office")) + f"@{domain}"
    mark = rng.choice((";", "；", "，", ", ", "、", "\n"))
    return f"noc@{domain}{mark}duty@{domain}"


def _local(rng: Random) -> str:
    """Who steps in for the customer elsewhere, in the one cell that the archive has for it."""
    places = sorted(rng.sample(names.CITIES, rng.choice((1, 2, 3))), key=names.CITIES.index)
    return "；".join(f"{place}:{names.person(rng)}" for place in places)


def _special(n: int, customer: Customer) -> Customer:
    if n in ENGLISH:
        name = f"{customer.name}({ENGLISH[n]})"
        return replace(customer, name=name, language="en" if n % 2 else "英文")
    if n in AGREED:
        return replace(customer, notice=AGREED[n])
    if n in UNREACHABLE:
        return replace(customer, phone="", email="", manager_phone="", manager_email="")
    if n in TWINS:
        return replace(customer, name=TWIN_NAMES[TWINS.index(n)], city="岚浦", industry="交通物流")
    if n in ODD_LEVEL:
        return replace(customer, level="区县级")
    return customer
