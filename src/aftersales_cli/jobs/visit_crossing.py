"""Which customers have a circuit across domains: read from the circuits, of big files only these customers' (R40)."""

from __future__ import annotations

from collections.abc import Iterable

from aftersales_cli.inventory.duck import owned_by
from aftersales_cli.jobs.desk import Desk
from aftersales_cli.places import Problem, Severity, Unknown
from aftersales_cli.records.circuits import Circuit
from aftersales_cli.tables.reading import Read
from aftersales_cli.visit.group_wide import FIELD, NOT_GIVEN, Crossing
from aftersales_cli.words import Say


def read_crossing(desk: Desk, customers: Iterable[str]) -> Crossing:
    """Of the desk's circuits; nothing stops it: what could not be read is said by the decisions that wait for it."""
    inputs = desk.inputs(Circuit.TABLE.key)
    if not inputs:
        return Crossing(lost=_none(desk))
    with desk.reader() as confined:
        confined.start()
        read = owned_by(inputs, customers, confined=confined, vocabularies=desk.book.vocabularies, limits=desk.limits)
    return Crossing.of(read.records, read.broken, _lost(read))


def _none(desk: Desk) -> Unknown:
    """Named nowhere, or by a pattern that finds no file."""
    if desk.named_nowhere(Circuit.TABLE.key):
        return Unknown(FIELD, NOT_GIVEN)
    patterns = desk.workspace.inputs[Circuit.TABLE.key]
    message = Say("no file of {table} matches {patterns}", table=Circuit.TABLE.heading, patterns=patterns)
    return Unknown(FIELD, message, unread=True)


def _lost(read: Read[Circuit]) -> Unknown | None:
    """Why rows may be missing; None where they are all there, broken or not."""
    errors = (p for p in read.problems if p.severity is Severity.ERROR)
    first = next((p for p in errors if p.place is None or (p.place.row is None and p.place.line is None)), None)
    if first is None and not read.failed:
        return None
    return _unread(first) if first else Unknown(FIELD, Say("the circuits could not all be read"), unread=True)


def _unread(problem: Problem) -> Unknown:
    return Unknown(FIELD, problem.message, problem.place, unread=True)
