"""What tables leave unsaid so that fewer visits are owed: columns they do not have, branches nobody can place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from aftersales_cli.places import Place, Problem, Severity
from aftersales_cli.records.columns import Row
from aftersales_cli.records.crises import Crisis
from aftersales_cli.records.visits import Visit
from aftersales_cli.records.warnings import CustomerWarning
from aftersales_cli.visit.whereabouts import Gazetteer
from aftersales_cli.words import Say

_PARTS = re.compile("[、,，和及与]")
_ALARMS = (
    ("responsible_place", Say("only the headquarters are asked to visit (R22, R24)")),
    ("measures", Say("no branch is called in (R23)")),
)
_VISITS = (
    ("place_visited", Say("no visit counts for a place (R22, R24)")),
    ("manner", Say("no visit counts as one on site (R22, R24)")),
    ("next_on", Say("nobody knows what was agreed on (R42)")),
)
WEIGHING: dict[type[Row], Sequence[tuple[str, Say]]] = {CustomerWarning: _ALARMS, Crisis: _ALARMS, Visit: _VISITS}
"""The columns that may be missing, and what follows from it."""


def columnless(rows: Iterable[Row]) -> Iterator[Problem]:
    """A caution for each such column that a file with headings does not have; YAML and JSON leave out what is empty."""
    first = {row.source.file: row for row in rows}
    for file, row in first.items():
        sheet = any(letter for letter, _heading in row.source.columns.values())
        for field, follows in WEIGHING[type(row)] if sheet else ():
            if field not in row.source.columns:
                heading = row.TABLE.column(field).heading
                message = Say("there is no column {heading}: {follows}", heading=heading, follows=follows)
                yield Problem(message, Place(file, row.source.sheet), field, severity=Severity.CAUTION)


def unplaced(
    rows: Iterable[CustomerWarning | Crisis], gazetteer: Gazetteer, visits: Sequence[str], branches: Sequence[str]
) -> Iterator[Problem]:
    """A caution for each measure that calls in a branch (a word of both lists), part of which names no known place."""
    for row in rows:
        for measure in row.measures:
            if not (_has(measure, visits) and _has(measure, branches)):
                continue
            lost = [part for part in _PARTS.split(measure) if not gazetteer.named_in(part)]
            if lost:
                message = Say("nobody can tell which branch “{part}” calls in (R23)", part=lost[0])
                hint = Say("name its province, such as 广东配合走访")
                place = row.place("measures")
                yield Problem(message, place, "measures", measure, hint, severity=Severity.CAUTION)


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)
