"""Which circuits a task reaches, and whose they are: those its rows name, and those that ride on its resources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from aftersales_cli.cutover.collisions import Strike
from aftersales_cli.cutover.impact import Hop, Routes, Touched, touched
from aftersales_cli.cutover.task import Pair, Task, is_cancelled
from aftersales_cli.cutover.works import work
from aftersales_cli.places import Fact, Known, Problem, Unknown
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.register.ownership import Owner, Ownership, Whose, together
from aftersales_cli.words import Say

Row = Cutover | Broken
Found = dict[str | None, list[tuple[Row, Owner]]]
NO_NAME: Fact[str] = Unknown("customer_name", Say("no row names the customer"))
MISSED = Say("the routes could not be read completely, and more circuits may run over its resources")


def reach(rows: Sequence[Row], ownership: Ownership, routes: Routes) -> tuple[tuple[Pair, ...], list[Problem]]:
    """A pair for each circuit and one for all rows of which no circuit is known (D6); and rows that do not agree.

    Where the task names resources and a part of the routes could not be read, that one pair is held: whoever else is
    touched is not forgotten.
    """
    by_resource = [row for row in rows if row.fact("resources").value]
    if by_resource and not routes.complete:
        ownership = replace(ownership, routes=False)
    riding = _riding(by_resource, routes)
    found = _listed(rows, ownership, {id(row) for met in riding.values() for row, _ in met})
    differ = [problem for key, met in found.items() if key for problem in _repeated([row for row, _ in met])]
    for key, hops in riding.items():
        if all(is_cancelled(row) for row, _ in found.get(key, ())):
            found.setdefault(key, []).extend(_owned(hops, ownership))
    if by_resource and not routes.complete:
        missed = Owner(Whose.HELD, why=MISSED, place=by_resource[0].place("resources"))
        found.setdefault(None, []).extend((row, missed) for row in by_resource)
    impacts = _impacts(rows, routes)
    pairs = (Pair.of([row for row, _ in met], together([owner for _, owner in met])) for met in found.values())
    return tuple(_judged(pair, impacts) for pair in pairs), differ


def _listed(rows: Sequence[Row], ownership: Ownership, led_on: set[int]) -> Found:
    """The rows by the circuit they name; a row that names none is left out where its resources have led to some."""
    found: Found = {}
    for row in rows:
        circuit = row.fact("circuit_code")
        if isinstance(circuit, Unknown) and not circuit.unread and id(row) in led_on:
            continue
        owner = ownership.of(circuit, row.fact("customer_name"))
        found.setdefault(folded_circuit(owner.circuit_code) if owner.circuit_code else None, []).append((row, owner))
    return found


def _riding(rows: Sequence[Row], routes: Routes) -> dict[str, list[tuple[Row, Hop]]]:
    """Each circuit that runs over resources, with the rows that name them."""
    found: dict[str, list[tuple[Row, Hop]]] = {}
    for row in rows:
        for key, hop in routes.over(row.fact("resources").value or ()).items():
            found.setdefault(key, []).append((row, hop))
    return found


def _owned(hops: Sequence[tuple[Row, Hop]], ownership: Ownership) -> list[tuple[Row, Owner]]:
    """The row's customer name says nothing here: many may ride on one resource."""
    hop = hops[0][1]
    owner = ownership.of(Known("circuit_code", hop.circuit_code, hop.place), NO_NAME)
    return [(row, owner) for row, _ in hops]


def _impacts(rows: Sequence[Row], routes: Routes) -> Mapping[str, Touched]:
    going_on = [row for row in rows if not is_cancelled(row)]
    if not going_on or not any(row.fact("resources").value for row in going_on):
        return {}
    said = work(going_on)
    return {folded_circuit(one.circuit_code): one for one in touched(said.listed, said.resources, routes)}


def _judged(pair: Pair, impacts: Mapping[str, Touched]) -> Pair:
    found = impacts.get(folded_circuit(pair.circuit_code)) if pair.circuit_code else None
    return pair if found is None or pair.cancelled else replace(pair, touched=found)


def strikes(tasks: Iterable[Task]) -> list[Strike]:
    """The cuts that may meet others: of tasks with a number and a window."""
    return [
        Strike(task.task_no, pair.circuit_code, task.window.value, pair.touched.cut)
        for task in tasks
        if task.task_no is not None and isinstance(task.window, Known)
        for pair in task.pairs
        if pair.circuit_code and pair.touched is not None and pair.touched.cut
    ]


def collided(task: Task, met: Mapping[tuple[str, str], tuple[str, ...]]) -> Task:
    """The task with the numbers of those it collides with; `met` as `collisions.partners` gives it."""
    if not met or task.task_no is None:
        return task
    number = task.task_no
    pairs = (
        replace(pair, collides=met.get((number, folded_circuit(pair.circuit_code or "")), ())) for pair in task.pairs
    )
    return replace(task, pairs=tuple(pairs))


def _repeated(rows: Sequence[Row]) -> list[Problem]:
    """The rows of one circuit after the first, where they declare something else; broken ones hold the task anyway."""
    first, *others = rows
    if isinstance(first, Broken):
        return []
    same = (first.interruption, is_cancelled(first))
    hint = Say("leave one row ({place})", place=str(first.place("circuit_code")))
    return [
        Problem(
            Say("circuit {circuit} stands twice in this task, and the rows differ", circuit=row.circuit_code),
            row.place("circuit_code"),
            "circuit_code",
            row.circuit_code,
            hint,
        )
        for row in others
        if isinstance(row, Cutover) and (row.interruption, is_cancelled(row)) != same
    ]
