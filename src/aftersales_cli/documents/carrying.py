"""Sentences and stops as plain data and back: how a child tells its parent why it could not do it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Counted, Say


def packed(value: object) -> Any:
    """A sentence as `{"say": …}`, its values likewise; what is no text and no number becomes a text."""
    match value:
        case None | str() | bool() | int() | float():
            return value
        case Say():
            many = value.many if isinstance(value, Counted) else None
            return {"say": value.text, "many": many, "values": {k: packed(v) for k, v in value.values.items()}}
        case list() | tuple():
            return [packed(item) for item in value]
        case _:
            return str(value)


def unpacked(data: Any) -> Any:
    """What `packed` was given, lists for tuples."""
    match data:
        case {"say": text, "many": None, "values": values}:
            return Say(text, **{name: unpacked(value) for name, value in values.items()})
        case {"say": text, "many": many, "values": values}:
            return Counted(text, many, **{name: unpacked(value) for name, value in values.items()})
        case list():
            return [unpacked(item) for item in data]
        case _:
            return data


def packed_stop(stop: Stop) -> dict[str, Any]:
    """A stop as plain data."""
    return {"message": packed(stop.message), "hint": packed(stop.hint), "code": int(stop.code)}


def unpacked_stop(data: Mapping[str, Any]) -> Stop:
    """The stop it was; of its kinds only the sentences and the code remain."""
    return Stop(unpacked(data["message"]), hint=unpacked(data["hint"]), code=Exit(data["code"]))
