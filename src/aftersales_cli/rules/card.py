"""A card: what one rule asks, since when, and by which clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from aftersales_cli.files.yaml_text import Node
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.rules import reading
from aftersales_cli.rules.decision import Clause, Verdict
from aftersales_cli.rules.parameter import Parameter, Value, read_parameters
from aftersales_cli.words import Say


class Effect(StrEnum):
    """What a verdict does to the notices of a task (D11)."""

    TELL = "tell"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of one edition, with the clause that set it; `node` is where it stands, for messages."""

    value: Value
    clause: Clause
    node: Node


@dataclass(frozen=True, slots=True)
class Edition:
    """What holds from one day on: the day, the clause and the values stand together."""

    start: date
    clause: Clause
    settings: Mapping[str, Setting]


@dataclass(frozen=True, slots=True)
class Card:
    """One rule's card. `editions` are in order of their first day; every one sets every parameter.

    `judged_on` names the attribute of the subject whose day picks the edition. `file` is where the card was read.
    `answer` is set for rules that say how something is answered: it is the answer where they are met; two of different
    answers are never met together (`audit`).
    """

    id: str
    title: Mapping[str, str]
    requirement: tuple[str, ...]
    judged_on: str
    on_breach: Effect
    on_needs_a_person: Effect
    parameters: Mapping[str, Parameter]
    editions: tuple[Edition, ...]
    note: Mapping[str, str] | None
    file: str
    answer: str | None = None

    def holds(self, verdict: Verdict) -> bool:
        """Whether this verdict holds notices back (D11)."""
        if verdict is Verdict.BREACHED:
            return self.on_breach is Effect.HOLD
        return verdict is Verdict.NEEDS_A_PERSON and self.on_needs_a_person is Effect.HOLD


def in_force(editions: tuple[Edition, ...], day: date) -> Edition | None:
    """The latest edition that had begun by `day`, or None before the first."""
    return next((edition for edition in reversed(editions) if edition.start <= day), None)


_REQUIRED = ("id", "title", "requirement", "judged_on", "on_breach", "on_needs_a_person", "editions")


def read_card(node: Node, vocabularies: Vocabularies) -> Card:
    """The card in one file; `YamlError` where it does not hold."""
    found = reading.entries(node, (*_REQUIRED, "answer", "parameters", "note"), _REQUIRED)
    parameters = read_parameters(found.get("parameters"), vocabularies)
    return Card(
        id=reading.text(found["id"]),
        title=reading.both(found["title"]),
        requirement=reading.texts(found["requirement"]),
        judged_on=reading.text(found["judged_on"]),
        on_breach=reading.one_of(found["on_breach"], Effect),
        on_needs_a_person=reading.one_of(found["on_needs_a_person"], Effect),
        parameters=parameters,
        editions=read_editions(found["editions"], parameters, required=tuple(parameters)),
        note=reading.both(found["note"]) if "note" in found else None,
        file=node.file,
        answer=reading.text(found["answer"]) if "answer" in found else None,
    )


def read_editions(node: Node, parameters: Mapping[str, Parameter], *, required: tuple[str, ...]) -> tuple[Edition, ...]:
    """Editions in order of their days; the group's set every parameter, a province's (`required` empty) only some."""
    elements = node.elements()
    if not elements:
        raise node.error(Say("at least one edition is needed"))
    editions = tuple(_edition(element, parameters, required) for element in elements)
    for (earlier, later), element in zip(pairwise(editions), elements[1:], strict=True):
        if later.start <= earlier.start:
            raise element.error(Say("editions stand in order of their first days, each day once"))
    return editions


def _edition(node: Node, parameters: Mapping[str, Parameter], required: tuple[str, ...]) -> Edition:
    found = reading.entries(node, ("from", "clause", *parameters), ("from", "clause", *required))
    clause = reading.clause(found["clause"])
    settings = {
        name: Setting(parameter.read(found[name]), clause, found[name])
        for name, parameter in parameters.items()
        if name in found
    }
    return Edition(reading.day(found["from"]), clause, settings)
