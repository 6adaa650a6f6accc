"""How big a file of the user's may be (reliability.md §5); settings may say otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from difflib import get_close_matches

from aftersales_cli.errors import Exit, Stop
from aftersales_cli.words import Say


@dataclass(frozen=True, slots=True)
class Limits:
    """People's files: MB on disk, non-empty rows, cells; archives: entries, smallest ratio, MB inflated; MB of YAML.

    Tables marked `big` (inventories) have no limit of size, rows and cells.
    """

    file_mb: float = 50
    rows: float = 200_000
    cells: float = 2_000_000
    zip_entries: float = 1_000
    zip_ratio: float = 0.01
    zip_mb: float = 500
    yaml_mb: float = 20

    @classmethod
    def of(cls, settings: Mapping[str, object]) -> Limits:
        """The limits of `limits:` in the settings; `Stop` 78 for an unknown name or what is no positive number."""
        known = [field.name for field in fields(cls)]
        for name, value in settings.items():
            if name not in known:
                near = get_close_matches(name, known, 1)
                hint = (
                    Say("did you mean “{near}”?", near=near[0]) if near else Say("known limits: {names}", names=known)
                )
                raise Stop(Say("there is no limit “{name}”", name=name), hint=hint, code=Exit.SETTINGS)
            if _number(value) is None:
                message = Say("the limit {name} must be a positive number, not “{value}”", name=name, value=value)
                raise Stop(message, code=Exit.SETTINGS)
        return cls(**{name: _number(value) or 0 for name, value in settings.items()})

    def plain(self, *, big: bool = False) -> dict[str, float]:
        """As numbers by name, for the worker; for an inventory without the limits of size, rows and cells."""
        unlimited = {"file_mb": float("inf"), "rows": float("inf"), "cells": float("inf")} if big else {}
        return asdict(self) | unlimited


def _number(value: object) -> float | None:
    try:
        number = float(str(value).replace("_", ""))
    except ValueError:
        return None
    return number if 0 < number < float("inf") else None
