"""A table as JSON Schema: for editors that complete and check YAML and JSON inputs."""

from __future__ import annotations

from typing import Any

from aftersales_cli.records import amounts, one_of
from aftersales_cli.records.columns import Column, Table
from aftersales_cli.records.vocabulary import Vocabularies
from aftersales_cli.tables.describing import described, words

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[Any, list[str]] = {one_of.yes_no: ["string", "boolean"], amounts.lead: ["string", "integer"]}


def json_schema(table: Table[Any], vocabularies: Vocabularies, *, language: str = "en") -> dict[str, Any]:
    """A bare list of rows, or a mapping that holds the list under the table's name; rows by their English keys."""
    rows = {"type": "array", "items": {"$ref": "#/$defs/row"}}
    return {
        "$schema": _DRAFT,
        "title": f"{table.english} ({table.heading})",
        "anyOf": [rows, {"type": "object", "properties": {table.key: rows}, "required": [table.key]}],
        "$defs": {"row": _row(table, vocabularies, language)},
    }


def _row(table: Table[Any], vocabularies: Vocabularies, language: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for column in table.columns:
        properties[column.key] = _property(column, vocabularies, language)
        for key, heading in zip(parts(column), column.parts, strict=True):
            properties[key] = {"title": heading, "type": "string"}
    row: dict[str, Any] = {
        "type": "object",
        "properties": properties,
        "required": [column.key for column in table.columns if column.required and not column.parts],
        "additionalProperties": False,
    }
    either = [
        {"anyOf": [{"required": [column.key]}, {"required": list(parts(column))}]}
        for column in table.columns
        if column.required and column.parts
    ]
    return row | ({"allOf": either} if either else {})


def parts(column: Column) -> tuple[str, ...]:
    """The keys of a column that stands in two: `window_start`, `window_end`."""
    return (f"{column.key}_start", f"{column.key}_end") if len(column.parts) == 2 else ()


def _property(column: Column, vocabularies: Vocabularies, language: str) -> dict[str, Any]:
    made: dict[str, Any] = {"title": column.heading, "description": described(column).to(language)}
    if column.many:
        made["anyOf"] = [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    else:
        types = _TYPES.get(column.parse, ["string"])
        made["type"] = types if len(types) > 1 else types[0]
    listed = words(column, vocabularies)
    if column.example:
        made["examples"] = [column.example]
    elif listed and not column.many:
        made["examples"] = list(listed)
    if column.strict and listed:
        made["description"] += " " + ", ".join(listed)
    return made
