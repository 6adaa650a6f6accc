"""`cutover impact`: which circuits each task touches, and how badly; which tasks together cut both paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from aftersales_cli.cutover.collisions import Collision, Strike, collisions, partners
from aftersales_cli.cutover.impact import Impact, Touched, touched
from aftersales_cli.cutover.works import Work, works
from aftersales_cli.errors import Exit, Stop
from aftersales_cli.files.garbage import no_collection
from aftersales_cli.inventory.duck import Asked, ask
from aftersales_cli.inventory.memory import MemoryInventory
from aftersales_cli.jobs.desk import Desk, needed
from aftersales_cli.jobs.inputs import stopped
from aftersales_cli.jobs.report import Report, exit_for
from aftersales_cli.jobs.routing import nowhere, routes_of
from aftersales_cli.places import Fact, Known, Place, Problem, Severity, Unknown
from aftersales_cli.records.columns import Broken
from aftersales_cli.records.customers import Customer
from aftersales_cli.records.cutovers import Cutover
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.register.customers import Customers
from aftersales_cli.register.ownership import Owner, Ownership
from aftersales_cli.tables.reading import Read
from aftersales_cli.words import Say

NO_NAME: Fact[str] = Unknown("customer_name", Say("no row names the customer"))


@dataclass(frozen=True)
class Wishes:
    """`numbers`: only these tasks; collisions with the others are found all the same."""

    numbers: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True)
class Reach:
    """One task with all it touches."""

    work: Work
    circuits: tuple[Touched, ...]


def impact(desk: Desk, wishes: Wishes) -> Report:
    """Ask the inventory and the routes; takes no lock, writes nothing."""
    needed(desk, "cutovers")
    with no_collection():
        return _impact(desk, wishes)


def _impact(desk: Desk, wishes: Wishes) -> Report:
    with desk.reader() as confined:
        confined.start()
        cutovers = desk.read(Cutover.TABLE, confined)
        if cutovers.stop is not None and not cutovers.rows:
            raise stopped(cutovers.problems, cutovers.stop)
        customers = desk.read(Customer.TABLE, confined)
        found = works(_in_order(cutovers))
        asked = ask(
            desk.inputs("circuits"),
            desk.inputs("routes"),
            [one.circuit_code for work in found for one in work.listed],
            [resource for work in found for resource in work.resources],
            confined=confined,
            vocabularies=desk.book.vocabularies,
            limits=desk.limits,
        )
    reaches = reached(found, asked)
    met = collisions(strikes(reaches))
    shown = _wanted(reaches, wishes.numbers)
    ownership = Ownership(
        MemoryInventory(asked.circuits.records, asked.circuits.broken, complete=asked.circuits.complete),
        Customers(customers.records, customers.broken, complete=customers.complete,
                  whole_files=not customers.failed),
    )  # fmt: skip
    items = list(_items(shown, partners(met), ownership))
    reads: tuple[Read[Any], ...] = (cutovers, customers, asked.circuits, asked.routes)
    problems = (*(problem for read in reads for problem in read.problems), *_cautions(shown, asked))
    return Report(
        command="cutover impact",
        as_of=desk.as_of,
        province=desk.province,
        exit=exit_for(rule=any(item["with"] for item in items), problems=problems),
        summary=_summary(shown, items),
        items=items,
        problems=problems,
        view=(shown, met),
    )


def reached(found: Sequence[Work], asked: Asked) -> tuple[Reach, ...]:
    """Every task with the circuits it touches."""
    routes = routes_of(asked)
    return tuple(Reach(work, touched(work.listed, work.resources, routes)) for work in found)


def strikes(reaches: Sequence[Reach]) -> Iterator[Strike]:
    """The cuts that may meet others: of tasks with a number and a window."""
    for reach in reaches:
        window, number = reach.work.window, reach.work.task_no
        for one in reach.circuits if window is not None and number is not None else ():
            if one.cut:
                assert window is not None
                assert number is not None
                yield Strike(number, one.circuit_code, window, one.cut)


def _in_order(read: Read[Cutover]) -> list[Cutover | Broken]:
    rows: list[Cutover | Broken] = [*read.records, *read.broken]
    files = {file: n for n, file in enumerate(dict.fromkeys(row.source.file for row in rows))}
    return sorted(rows, key=lambda r: (files[r.source.file], r.source.sheet or "", r.source.row or r.source.line or 0))


def _wanted(reaches: Sequence[Reach], numbers: Sequence[str]) -> tuple[Reach, ...]:
    wanted = {folded(number): number for number in numbers}
    found = tuple(reach for reach in reaches if not wanted or folded(reach.work.task_no or "") in wanted)
    missing = set(wanted) - {folded(reach.work.task_no or "") for reach in found}
    if missing:
        names = sorted(wanted[key] for key in missing)
        raise Stop(Say("no cutover row has the task number {names}", names=names), code=Exit.USAGE)
    return found


def _items(
    reaches: Sequence[Reach], met: Mapping[tuple[str, str], tuple[str, ...]], ownership: Ownership
) -> Iterator[dict[str, object]]:
    for reach in reaches:
        names = _names(reach.work)
        for one in reach.circuits:
            key = folded_circuit(one.circuit_code)
            owner = ownership.of(Known("circuit_code", one.circuit_code, _first(one)), names.get(key, NO_NAME))
            others = met.get((reach.work.task_no or "", key), ())
            yield {
                "task_no": reach.work.task_no,
                "circuit_code": owner.circuit_code or one.circuit_code,
                "customer_code": owner.customer_code,
                "customer_name": _name(owner),
                "impact": Impact.OUTAGE if others else one.impact,
                "via": one.via,
                "with": others,
            }


def _names(work: Work) -> dict[str, Fact[str]]:
    """The customer's name in the row of each folded circuit."""
    found: dict[str, Fact[str]] = {}
    for row in work.rows:
        code = row.value("circuit_code")
        if code:
            named = row.value("customer_name") is not None
            found.setdefault(folded_circuit(code), row.fact("customer_name") if named else NO_NAME)
    return found


def _first(one: Touched) -> Place | None:
    return one.evidence[0] if one.evidence else None


def _name(owner: Owner) -> str | None:
    return owner.customer.name if owner.customer else None


def _cautions(reaches: Sequence[Reach], asked: Asked) -> Iterator[Problem]:
    """Impacts worse than declared, and resources that no route has although every route was read."""
    for reach in reaches:
        for one in reach.circuits:
            if one.caution is not None:
                yield Problem(one.caution, _first(one), "interruption", severity=Severity.CAUTION)
    yield from nowhere({r: at for reach in reaches for r, at in reach.work.resources.items()}, asked)


def _summary(reaches: Sequence[Reach], items: Sequence[Mapping[str, object]]) -> dict[str, object]:
    counts = {kind.value: sum(item["impact"] == kind for item in items) for kind in Impact}
    collided = sum(bool(item["with"]) for item in items)
    return {"tasks": len(reaches), "circuits": len(items), **counts, "collisions": collided}


View = tuple[tuple[Reach, ...], tuple[Collision, ...]]
"""What people are shown beside the items: the tasks, and the pairs that meet."""
