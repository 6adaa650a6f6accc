"""Rules and subjects by name: a function declares itself here, a card and a case table find it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from aftersales_cli.records.columns import Broken, Row
from aftersales_cli.rules.decision import Finding

Judges = Callable[..., Finding]
F = TypeVar("F", bound=Judges)
Makes = Callable[[Row | Broken, Mapping[str, str], Mapping[str, object]], Any]
M = TypeVar("M", bound=Makes)


@dataclass(frozen=True, slots=True)
class Rule:
    """One function `(subject, given, *, tools…) -> Finding`; `tools` are its keyword-only names."""

    id: str
    function: Judges
    tools: tuple[str, ...]
    module: str

    def pick(self, tools: Mapping[str, object]) -> dict[str, object]:
        """The tools this rule names; `KeyError` for one that is not offered."""
        return {name: tools[name] for name in self.tools}


@dataclass(frozen=True, slots=True)
class Subject:
    """How one row of a table becomes what its rules judge; `extras` are what a case may say beside the table."""

    function: Makes
    extras: tuple[str, ...]


RULES: dict[str, Rule] = {}
SUBJECTS: dict[str, Subject] = {}


def rule(id: str, *, into: dict[str, Rule] = RULES) -> Callable[[F], F]:  # noqa: A002 - the id of a rule is its name
    """Register the function that judges the card `id`; a second one for the same id is a `ValueError`."""

    def register(function: F) -> F:
        if id in into:
            raise ValueError(f"two functions for rule {id}")
        parameters = inspect.signature(function).parameters.values()
        tools = tuple(p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY)
        into[id] = Rule(id, function, tools, function.__module__)
        return function

    return register


def subject(table: str, *, extras: Sequence[str] = (), into: dict[str, Subject] = SUBJECTS) -> Callable[[M], M]:
    """Register how one row of `table` becomes what its rules judge; the case tables use it.

    The function is given the row (a record, or `Broken` where a cell could not be read), those of the `extras` that the
    case fills in (texts, for what the table has no column for), and the tools.
    """

    def register(function: M) -> M:
        if table in into:
            raise ValueError(f"two subjects for table {table}")
        into[table] = Subject(function, tuple(extras))
        return function

    return register
