"""What a task does to each circuit (D6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftersales_cli.cutover.impact import WORST_LAST, Hop, Impact, Listed, Routes, by_routes, touched
from aftersales_cli.places import Place
from aftersales_cli.records.folding import folded
from aftersales_cli.records.routes import Path

W, P = Path.WORKING, Path.PROTECTING
NOWHERE = Routes({}, {})


def routes(*hops: tuple[str, Path, str], **paths: frozenset[Path]) -> Routes:
    riding: dict[str, list[Hop]] = {}
    for circuit, path, resource in hops:
        riding.setdefault(folded(resource), []).append(Hop(circuit, path, resource, Place("routes.csv", line=7)))
    return Routes(riding, paths)


@pytest.mark.parametrize(
    ("cut", "paths", "expected"),
    [
        pytest.param({W, P}, {W, P}, Impact.OUTAGE, id="both-paths"),
        pytest.param({W}, {W, P}, Impact.MOMENTARY, id="it-switches-over"),
        pytest.param({W}, {W}, Impact.OUTAGE, id="nothing-to-switch-to"),
        pytest.param({P}, {W, P}, Impact.REDUCED_REDUNDANCY, id="only-the-spare"),
        pytest.param({P}, {P}, Impact.UNKNOWN, id="no-working-path-on-record"),
        pytest.param(set(), {W, P}, Impact.NONE, id="neither"),
    ],
)
def test_what_cutting_paths_does(cut: set[Path], paths: set[Path], expected: Impact) -> None:
    assert by_routes(frozenset(cut), frozenset(paths)) is expected


@pytest.mark.parametrize("cut", [pytest.param(frozenset(c), id=str(len(c))) for c in (set(), {W}, {P})])
def test_a_route_that_could_not_be_read_may_hide_the_other_half(cut: frozenset[Path]) -> None:
    assert by_routes(cut, frozenset({W, P}), doubtful=True) is Impact.UNKNOWN
    assert by_routes(frozenset({W, P}), frozenset({W, P}), doubtful=True) is Impact.OUTAGE


@pytest.mark.parametrize("impact", [pytest.param(i, id=i.value) for i in Impact])
def test_a_listed_circuit_without_routes_is_touched_as_declared(impact: Impact) -> None:
    [found] = touched([Listed("C1", impact)], ["R1"], NOWHERE)
    assert (found.impact, found.via, found.caution) == (impact, (), None)


def test_an_impact_worse_than_declared_is_a_caution() -> None:
    asked = routes(("C-1", W, "R1"), c1=frozenset({W}))
    [found] = touched([Listed("C1", Impact.NONE, Place("cutovers.csv", line=2))], ["r 1"], asked)
    assert found.impact is Impact.OUTAGE
    assert found.caution is not None
    assert found.caution.to("en") == "the routes say an outage, the row declares no interruption"
    assert [place.file for place in found.evidence] == ["cutovers.csv", "routes.csv"]


def test_a_declaration_worse_than_the_routes_stands() -> None:
    [found] = touched([Listed("C1", Impact.OUTAGE)], ["R1"], routes(("C1", W, "R1"), c1=frozenset({W, P})))
    assert (found.impact, found.via, found.caution) == (Impact.OUTAGE, ("R1",), None)


def test_circuits_nobody_listed_are_found_by_what_they_run_over() -> None:
    asked = routes(("C1", W, "R1"), ("C2", P, "R1"), ("C2", W, "R2"), c1=frozenset({W, P}), c2=frozenset({W, P}))
    found = touched([], ["R1", "R2"], asked)
    assert [(one.circuit_code, one.impact, one.via) for one in found] == [
        ("C1", Impact.MOMENTARY, ("R1",)),
        ("C2", Impact.OUTAGE, ("R1", "R2")),
    ]


def test_a_circuit_spelt_two_ways_is_one_circuit() -> None:
    asked = routes(("HKG/CT-SHI/CT 30N198", W, "R1"), **{"hkg/ctshi/ct30n198": frozenset({W})})
    [found] = touched([Listed("HKG/CTSHI/CT30N198", Impact.MOMENTARY)], ["R1"], asked)
    assert found.impact is Impact.OUTAGE


SETS = st.frozensets(st.sampled_from(Path))


@given(SETS, SETS, SETS)
def test_cutting_more_is_never_better(cut: frozenset[Path], more: frozenset[Path], paths: frozenset[Path]) -> None:
    paths |= {W}
    less, all_of_it = by_routes(cut & paths, paths), by_routes((cut | more) & paths, paths)
    assert WORST_LAST.index(less) <= WORST_LAST.index(all_of_it)
