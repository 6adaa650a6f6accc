"""A province's editions: the same shape as a card's, only the parameters it bends, within the card's bounds (R70)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from aftersales_cli.files.yaml_text import Node
from aftersales_cli.rules import reading
from aftersales_cli.rules.card import Card, Edition, in_force, read_editions
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Province:
    """One province's book. `sample` marks one that no province has issued; `editions` by rule id."""

    name: str
    title: Mapping[str, str]
    sample: bool
    editions: Mapping[str, tuple[Edition, ...]]
    file: str


def read_province(node: Node, cards: Mapping[str, Card]) -> Province:
    """The province in one file; `YamlError` where it does not hold, names an unknown card or leaves the bounds."""
    found = reading.entries(node, ("province", "title", "sample", "editions"), ("province", "title", "editions"))
    for rule, line, _ in found["editions"].items():
        if rule not in cards:
            message = Say("there is no card “{rule}”", rule=rule)
            raise reading.at(node, line, message, reading.nearest(rule, list(cards)))
    return Province(
        reading.text(found["province"]),
        reading.both(found["title"]),
        "sample" in found and reading.yes(found["sample"]),
        {rule: _within_bounds(cards[rule], value) for rule, _, value in found["editions"].items()},
        node.file,
    )


def _within_bounds(card: Card, node: Node) -> tuple[Edition, ...]:
    """The editions, checked on every day on which they meet an edition of the group."""
    editions = read_editions(node, card.parameters, required=())
    for ours, group in _meetings(editions, card.editions):
        for name, setting in ours.settings.items():
            theirs, parameter = group.settings[name].value, card.parameters[name]
            if not parameter.lets(setting.value, theirs):
                message = Say(
                    "{rule}: a province may {may} “{name}”; the group's book has {theirs} from {day}, this is {ours}",
                    rule=card.id, may=parameter.province_may, name=name, theirs=theirs, day=group.start,
                    ours=setting.value,
                )  # fmt: skip
                raise setting.node.error(message)
    return editions


def _meetings(ours: tuple[Edition, ...], group: tuple[Edition, ...]) -> Iterator[tuple[Edition, Edition]]:
    for day in sorted({edition.start for edition in (*ours, *group)}):
        both = in_force(ours, day), in_force(group, day)
        if both[0] and both[1]:
            yield both[0], both[1]
