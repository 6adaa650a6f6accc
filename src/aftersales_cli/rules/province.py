"""A province's editions: the same shape as a card's, only the parameters it bends, within the card's bounds (R70).

Bounds are enforced when deciding, and by the audit, not when reading: a workspace that edits a card is not stopped by
a province that is none of its business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from aftersales_cli.files.yaml_text import Node, YamlError
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
    """The province in one file; `YamlError` where it does not hold or names an unknown card."""
    found = reading.entries(node, ("province", "title", "sample", "editions"), ("province", "title", "editions"))
    for rule, line, _ in found["editions"].items():
        if rule not in cards:
            message = Say("there is no card “{rule}”", rule=rule)
            raise reading.at(node, line, message, reading.nearest(rule, list(cards)))
    return Province(
        reading.text(found["province"]),
        reading.both(found["title"]),
        "sample" in found and reading.yes(found["sample"]),
        {
            rule: read_editions(value, cards[rule].parameters, required=())
            for rule, _, value in found["editions"].items()
        },
        node.file,
    )


def out_of_bounds(card: Card, province: tuple[Edition, ...], day: date) -> YamlError | None:
    """What a province's edition in force on `day` sets that the card does not let it, at its line; else None."""
    ours, group = in_force(province, day), in_force(card.editions, day)
    if ours is None or group is None:
        return None
    for name, setting in ours.settings.items():
        theirs, parameter = group.settings[name].value, card.parameters[name]
        if not parameter.lets(setting.value, theirs):
            message = Say(
                "{rule}: a province may {may} “{name}”; the group's book has {theirs} from {day}, this is {ours}",
                rule=card.id,
                may=parameter.province_may,
                name=name,
                theirs=theirs,
                day=group.start,
                ours=setting.value,
            )
            return setting.node.error(message)
    return None


def meeting_days(card: Card, province: tuple[Edition, ...]) -> list[date]:
    """The days on which an edition of either begins: what holds on them holds on every day."""
    return sorted({edition.start for edition in (*card.editions, *province)})
