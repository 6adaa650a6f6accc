"""Values in the contract's JSON form (section 5): for `--json`, and for what the ledger keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Any

from aftersales_cli.places import Place, Problem, Unknown, shortened
from aftersales_cli.records.values import BEIJING, Instant
from aftersales_cli.rules.decision import Clause, Decision, Evidence, Used
from aftersales_cli.words import LANGUAGES, Say

_DECISION = ("rule", "verdict", "says", "judged_on", "values", "evidence", "missing", "cautions")


def plain(value: object, language: str | None) -> Any:
    """A value in the contract's JSON form: instants with offset, paths absolute, sentences in `language`.

    Without a language each sentence is `{"zh": …, "en": …}`; `in_language` chooses later.
    """
    kind = type(value)
    if value is None or kind is str:
        return value
    if kind is tuple or kind is list:  # asked first: there may be a million of these
        return [plain(item, language) for item in value]  # type: ignore[attr-defined]
    if kind is dict:
        texts = value.items()  # type: ignore[attr-defined]
        return {key if type(key) is str else str(plain(key, language)): plain(item, language) for key, item in texts}
    match value:
        case Place():
            return {
                "file": value.file,
                "sheet": value.sheet,
                "row": value.row,
                "column": value.column or None,
                "line": value.line,
            }
        case bool() | int() | float():
            return value if not isinstance(value, Enum) else value.value
        case Say():
            return {each: value.to(each) for each in LANGUAGES} if language is None else value.to(language)
        case Enum():
            return value.value
        case str():
            return value
        case Instant():
            return plain(value.day if value.whole_day else value.at, language)
        case datetime():
            return value.astimezone(BEIJING).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Path():
            return str(value.absolute())
        case Mapping():
            return {str(plain(key, language)): plain(item, language) for key, item in value.items()}
        case Iterable():
            return [plain(item, language) for item in value]
        case _:
            return _house(value, language)


def in_language(kept: Any, language: str) -> Any:
    """What `plain` gave without a language, its sentences in this one."""
    match kept:
        case dict() if kept.keys() == set(LANGUAGES):
            return kept[language]
        case dict():
            return {key: in_language(item, language) for key, item in kept.items()}
        case list():
            return [in_language(item, language) for item in kept]
        case _:
            return kept


def _house(value: object, language: str | None) -> Any:
    """The values of this house; of the others, dataclasses with words of their own are said, the rest taken apart."""
    match value:
        case Problem():
            return _problem(value, language)
        case Unknown():
            return {"field": value.field, "why": plain(value.why, language), "source": plain(value.place, language)}
        case Decision():
            found = {key: plain(getattr(value, key), language) for key in _DECISION}
            return {"rule": value.rule, "title": _text(value.title, language)} | found
        case Evidence():
            source = plain(value.place, language)
            return {"field": value.field, "value": plain(value.value, language), "source": source}
        case Used():
            return {key: plain(getattr(value, key), language) for key in ("name", "value", "unit", "clause")}
        case Clause():
            texts = {key: _text(getattr(value, key), language) for key in ("article", "text")}
            return {"source": value.source} | texts
    if language is None and hasattr(value, "say"):  # a Sayable; asking the protocol itself takes ten times as long
        return plain(value.say(), None)
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {field.name: plain(getattr(value, field.name), language) for field in fields(value)}
    return str(value)


def _text(texts: Mapping[str, str], language: str | None) -> str | dict[str, str]:
    return {each: texts.get(each, "") for each in LANGUAGES} if language is None else texts.get(language, "")


def _problem(problem: Problem, language: str | None) -> dict[str, Any]:
    return {
        "source": plain(problem.place or Place(""), language),
        "field": problem.field,
        "found": None if problem.found is None else shortened(problem.found),
        "message": plain(problem.message, language),
        "hint": plain(problem.hint, language),
        "held": list(problem.held),
        "severity": problem.severity.value,
    }
