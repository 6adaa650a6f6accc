"""Places as people write them, 广东深圳 or 上海市: whose province they are of, and whether one lies within another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from aftersales_cli.records.departments import Department
from aftersales_cli.records.engineers import Engineer
from aftersales_cli.records.folding import folded
from aftersales_cli.records.vocabulary import Term, Vocabulary


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One place: `text` as it was written first; `province` None where nobody knows it; `inside` folded, may be empty.

    Two spellings of one place are equal.
    """

    text: str = field(compare=False)
    province: str | None
    inside: str

    def within(self, other: Whereabouts) -> bool:
        """Whether whoever is here is also there: in the same city, or, where only a province is named, in it."""
        return self.province == other.province and self.inside.startswith(other.inside)


@dataclass(frozen=True)
class Gazetteer:
    """Reads places: `provinces` is the rule book's list, `cities` give the province of each city by its folded name."""

    provinces: Vocabulary
    cities: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, provinces: Vocabulary, rows: Iterable[Engineer | Department]) -> Gazetteer:
        """The cities are those of the desk's own tables: no list of them comes with the program."""
        found: dict[str, set[str]] = {}
        for row in rows:
            term = provinces.term(row.province) if row.province else None
            if row.city and term:
                found.setdefault(_city(_without(term, row.city)), set()).add(term.word)
        return cls(provinces, {city: next(iter(of)) for city, of in found.items() if len(of) == 1})

    def of_row(self, row: Engineer | Department) -> Whereabouts:
        """Where somebody works, by the two cells of their row: the city is of the province beside it."""
        term = self.provinces.term(row.province) if row.province else None
        if term is None:
            return self.place(row.city or row.province or "")
        alone = not row.city or term.word in self._cities_alone
        return Whereabouts(row.city or term.word, term.word, "" if alone else _city(_without(term, row.city or "")))

    @cached_property
    def _cities_alone(self) -> frozenset[str]:
        """Provinces that are one city, 北京市 and its like: their districts are no places of their own."""
        return frozenset(t.word for t in self.provinces.terms if any(alias.endswith("市") for alias in t.aliases))

    @cached_property
    def _spelled(self) -> tuple[tuple[str, str], ...]:
        return tuple((folded(s), term.word) for term in self.provinces.terms for s in (term.word, *term.aliases))

    @cached_property
    def _read(self) -> dict[str, Whereabouts]:
        """What was read before: many rows name few places."""
        return {}

    def place(self, text: str) -> Whereabouts:
        """The place that a cell names."""
        if text not in self._read:
            self._read[text] = self._place(text)
        return self._read[text]

    def _place(self, text: str) -> Whereabouts:
        term = self.provinces.term(text)
        if term:
            return Whereabouts(text, term.word, "")
        written, city = folded(text), _city(text)
        begun = [(spelling, word) for spelling, word in self._spelled if written.startswith(spelling)]
        spelling, word = max(begun, key=lambda pair: len(pair[0]), default=("", None))
        known = self._city_of(city, written)
        if len(known) > len(spelling):  # 海南州 of 青海 is not 海南, 吉林市 not the whole of 吉林
            word, inside = self.cities[_city(known)], city
        else:
            inside = _city(written.removeprefix(spelling))
        return Whereabouts(text, word, "" if word in self._cities_alone else inside)

    def named_in(self, sentence: str) -> tuple[Whereabouts, ...]:
        """The provinces and known cities that a sentence names, each once; a city does not name its province, too."""
        written = folded(sentence)
        cities = {city: word for city, word in self.cities.items() if city in written}
        words = dict.fromkeys(
            term.word for term in self.provinces.terms
            if any(folded(spelling) in written for spelling in (term.word, *term.aliases))
        )  # fmt: skip
        plain = [Whereabouts(word, word, "") for word in words if word not in cities.values()]
        return (*plain, *(Whereabouts(f"{word}{city}", word, city) for city, word in cities.items()))

    def _city_of(self, city: str, written: str) -> str:
        """The longest known city that a place begins with, with its 市 where that is written; empty for none."""
        near = max((name for name in self.cities if name and city.startswith(name)), key=len, default="")
        return f"{near}市" if near and written.startswith(f"{near}市") else near


def _without(term: Term, city: str) -> str:
    """A city as its own row has it, without the province that some write before it: 江苏苏州."""
    written = folded(city)
    spelled = sorted((folded(each) for each in (term.word, *term.aliases)), key=len, reverse=True)
    bare = next((written.removeprefix(each) for each in spelled if written.startswith(each)), written)
    return bare if _city(bare) else written


def _city(text: str) -> str:
    """深圳市南山区 and 深圳南山区 are written for the same place."""
    return folded(text).replace("市", "")
