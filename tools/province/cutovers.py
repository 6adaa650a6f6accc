"""割接: sixty tasks of three weeks, the stories first, then ordinary nights."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from tools.province import network
from tools.province.chance import chance, weighted
from tools.province.customers import TWINS, UNREACHABLE
from tools.province.ground import Ground, survey
from tools.province.model import Assurance, Circuit, Customer, Hop, Line, Task
from tools.province.names import CITIES, DISTRICTS
from tools.province.service import Said
from tools.province.stories import STORIES
from tools.province.wishes import EMERGENCY, HOME, MOMENTARY, NONE, OUTAGE, PLANNED, TEMPORARY, USUAL, Wish, at

COUNT = 60
REASONS = (
    "外力施工", "自然灾害", "系统还原", "故障隐患处理", "机房整治", "机房搬迁", "光线路保护维护", "为联通引接",
    "其他运营商割接", "电路还原", "系统优化升级",
)  # fmt: skip
SUDDEN = ("自然灾害", "故障隐患处理", "外力施工")
"""What makes an emergency."""
LETTERS = {HOME: "GZ", "四川": "SC", "重庆": "CQ", "广西": "GX", "湖南": "HN", "云南": "YN"}
SORTS = {PLANNED: "JH", TEMPORARY: "LS", EMERGENCY: "JJ"}
NIGHTS = ((0, 6), (0, 4), (1, 4), (22, 2), (22, 6), (23, 3), (23, 6), (2, 3))
"""Hour of the start and length of the usual windows."""
PICKS = ((("along", "1"), 3), (("along", "2"), 5), (("along", "3"), 4), (("along", "6"), 2), (("port",), 5),
         (("access",), 2), (("between",), 2))  # fmt: skip
UNITS = ("传输维护中心", "线路维护中心", "机房动力维护中心", "数据网维护中心")
SOON = at("06-11 00:00")
"""Planned work before this was published in May; for what is later this desk publishes."""


def make(
    seed: int,
    customers: tuple[Customer, ...],
    circuits: tuple[Circuit, ...],
    hops: tuple[Hop, ...],
    assurances: tuple[Assurance, ...],
) -> tuple[Task, ...]:
    """All tasks, by the start of their windows."""
    rng = chance(seed, "cutovers")
    ground = survey(customers, circuits, hops, assurances)
    wishes = [*STORIES, *(_ordinary(rng, n) for n in range(COUNT - len(STORIES)))]
    wishes.sort(key=lambda wish: (wish.start, wish.scope, wish.reason, wish.pick))
    picker = _Picker(ground, rng)
    return tuple(_task(picker, wish, 201 + n) for n, wish in enumerate(wishes))


def _ordinary(rng: Random, n: int) -> Wish:
    category = weighted(rng, ((PLANNED, 12), (TEMPORARY, 3), (EMERGENCY, 1)))
    hour, hours = rng.choice(NIGHTS)
    day = (
        rng.choice((2, 3, 4, 5, 8, 9, 10, 11, 12, 15, 16, 17, 18, 20)) if category == PLANNED else rng.choice((5, 6, 7))
    )
    kind = weighted(rng, ((OUTAGE, 6), (MOMENTARY, 3), (NONE, 1)))
    province = weighted(rng, ((HOME, 12), *((name, 1) for name in LETTERS if name != HOME)))
    return Wish(
        about="",
        start=datetime.combine(at(f"06-{day:02}").date(), time(hour)),
        hours=hours,
        reason=rng.choice(SUDDEN) if category == EMERGENCY else REASONS[n % len(REASONS)],
        pick=weighted(rng, PICKS),
        category=category,
        minutes=rng.choice((10, 20, 30, 30, 60, 80, 90)),
        kind=kind,
        scope="BD" if province == HOME and rng.random() < 0.85 else "JT",
        province=province,
        published=USUAL,
    )


def _task(picker: _Picker, wish: Wish, serial: int) -> Task:
    rng = picker.rng
    lines, resources, reach = picker.pick(wish.pick)
    filed, published = _told(rng, wish)
    letters = wish.letters or LETTERS[wish.province]
    return Task(
        number=f"{wish.scope}2026{letters}{wish.sort or SORTS[wish.category]}{serial:06}",
        category=wish.category,
        start=wish.start,
        end=wish.start + timedelta(hours=wish.hours),
        interruption=wish.kind.format(n=wish.minutes),
        province=wish.province,
        reason=wish.reason,
        book=wish.book or _book(wish, resources, serial),
        lines=lines,
        resources=resources,
        unit=rng.choice(UNITS),
        reach=reach,
        filed=filed,
        published=published,
        actual=wish.actual,
        status=wish.status,
        spoilt=wish.spoilt,
        about=wish.about,
    )


def _told(rng: Random, wish: Wish) -> tuple[Said, Said]:
    """Filing and publication: long ago for what is near, not yet for what is far."""
    published = wish.published
    if published == USUAL:
        ahead = timedelta(days=rng.randrange(12, 16)) if wish.category == PLANNED else timedelta(days=4)
        near = min(wish.start - ahead, at("05-29 23:00"))
        done = wish.category != PLANNED or wish.start < SOON or rng.random() < 0.3
        published = _office_hour(rng, near) if done else rng.choice((None, None, "未发布"))
    if wish.filed != USUAL:
        return wish.filed, published
    before = published if isinstance(published, datetime) else at(f"05-{rng.randrange(25, 30)} 12:00")
    return (_office_hour(rng, before - timedelta(days=rng.randrange(1, 4))) if rng.random() < 0.9 else None), published


def _office_hour(rng: Random, day: datetime) -> datetime:
    return datetime.combine(day.date(), time(rng.randrange(9, 17), rng.randrange(0, 60, 5)))


def _book(wish: Wish, resources: tuple[str, ...], serial: int) -> str:
    if wish.category != PLANNED:
        return "urgent"
    if resources:
        return "resources"
    return "backbone" if wish.scope == "JT" else ("plan", "transport")[serial % 2]


Picked = tuple[tuple[Line, ...], tuple[str, ...], str]
"""The rows of a task, its resources, and its impact range in words."""


class _Picker:
    """Chooses what a task touches."""

    def __init__(self, ground: Ground, rng: Random) -> None:
        self.ground, self.rng = ground, rng

    def pick(self, wanted: tuple[str, ...]) -> Picked:
        """By the first word, with the others as what it needs."""
        word, *rest = wanted
        if word in self.ground.assured:
            return self._assured(self.ground.assured[word][int(rest[0])])
        found: Picked = getattr(self, f"_{word}")(*rest)
        return found

    def _along(self, count: str) -> Picked:
        return self._rows(self.ground.along(self.rng, int(count)))

    def _rows(self, circuits: tuple[str, ...]) -> Picked:
        lines = tuple(Line(circuit, self.ground.name(circuit)) for circuit in circuits)
        return lines, (), f"{len(circuits)}条电路"

    def _on(self, *resources: str) -> Picked:
        count = len({circuit for one in resources for circuit in self.ground.riding.get(one, ())})
        return (), resources, f"承载电路{count}条" if count else "待核"

    def _port(self) -> Picked:
        return self._on(*dict.fromkeys(self.ground.resource(self.rng, "端口") for _ in range(2)))

    def _access(self) -> Picked:
        return self._on(self.ground.resource(self.rng, "光缆", fits=lambda name: "接入" in name))

    def _between(self) -> Picked:
        return self._on(self.ground.resource(self.rng, "中继"))

    def _trunk(self, link: str, system: str) -> Picked:
        return self._on(self._first(network.LINKS, int(link), int(system)))

    def _long(self, link: str, system: str) -> Picked:
        return self._on(network.trunk(network.LONG_LINKS[int(link)], int(system)).name)

    def _cable(self, link: str, system: str) -> Picked:
        return self._on(network.cable(network.LONG_LINKS[int(link)], int(system)).name)

    def _first(self, links: tuple[network.Ends, ...], skip: int, system: int) -> str:
        """A trunk of the first link, from `skip` on, of which two systems are free."""
        free = (link for link in links[skip:] if all(self.ground.free(network.trunk(link, n).name) for n in (1, 2)))
        return network.trunk(next(free), system).name

    def _device(self, city: str, number: str) -> Picked:
        return self._on(network.device(CITIES[int(city)], network.BUILDINGS[0], int(number)).name)

    def _second(self, city: str) -> Picked:
        return self._on(network.access(CITIES[int(city)], network.BUILDINGS[1], DISTRICTS[0]).name)

    def _assured(self, customer: str) -> Picked:
        return self._rows(self.ground.owned[customer][:1] + self.ground.along(self.rng, 1))

    def _twins(self) -> Picked:
        """A circuit with the name of the customer whose name looks the same."""
        first, second = (tuple(self.ground.customers.values())[n] for n in TWINS)
        lines, _, reach = self._rows(self.ground.along(self.rng, 1))
        return (Line(self.ground.owned[first.code][0], second.name), *lines), (), reach

    def _nobody(self) -> Picked:
        lines, _, _ = self._rows(self.ground.along(self.rng, 2))
        return (*lines, Line("霁州鹭泽30N0417NP")), (), "3条电路，其中1条资源系统无记录"

    def _unknown(self) -> Picked:
        """The circuit whose customer has left the archive."""
        left = tuple(c.code for c in self.ground.circuits.values() if c.customer not in self.ground.customers)
        return self._rows(left + self.ground.along(self.rng, 1))

    def _unreachable(self) -> Picked:
        owners = [tuple(self.ground.customers)[n] for n in UNREACHABLE]
        return self._rows(tuple(self.ground.owned[owner][0] for owner in owners) + self.ground.along(self.rng, 3))

    def _missing(self) -> Picked:
        return self._on("黛坪枢纽楼-OTN-09")
