"""The network under the circuits: a ring of cities with chords, two buildings in each, two trunk systems on a link."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from tools.province.names import BEYOND, CITIES

Ends = tuple[str, str]

BUILDINGS = ("枢纽楼", "二枢纽")
"""The buildings of every city; a working path goes through the first of them, the other through the second."""
LINKS: tuple[Ends, ...] = (
    *pairwise((*CITIES, CITIES[0])),
    *((CITIES[n], CITIES[n + 5]) for n in range(6)),
)
LONG_LINKS: tuple[Ends, ...] = tuple((CITIES[n], BEYOND[n % 4]) for n in (0, 1, 2, 3, 6, 8, 9, 11))
SYSTEMS = 4
"""Trunk systems of a link: the odd ones lie north, the even ones south, so that one protects the other."""


class Resource(NamedTuple):
    """A name and its kind (设备, 端口, 光缆, 中继)."""

    name: str
    kind: str
    long_haul: bool = False


def device(city: str, building: str, number: int) -> Resource:
    """An OTN device in a building."""
    return Resource(f"{city}{building}-OTN-{number:02}", "设备", city in BEYOND)


def port(city: str, building: str, number: int) -> Resource:
    """A client port of the building's first device."""
    return Resource(f"{city}{building}-OTN-01-{number // 4 + 1}-{number % 4 + 1}", "端口")


def access(city: str, building: str, district: str) -> Resource:
    """The cable from a building to a district."""
    return Resource(f"{city}{building}-{district}接入光缆", "光缆")


def trunk(ends: Ends, system: int) -> Resource:
    """A trunk of a link."""
    return Resource(f"{ends[0]}-{ends[1]}OTN中继{system:02}", "中继", ends[1] in BEYOND)


def cable(ends: Ends, system: int) -> Resource:
    """The long-haul cable that a trunk of a link to another province lies in."""
    return Resource(f"{ends[0]}-{ends[1]}一干光缆{'南' if system % 2 == 0 else '北'}线", "光缆", True)
