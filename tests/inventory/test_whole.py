"""Routes that were cut off at the end of a line prove nothing of a circuit that is missing from them (D12)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as File

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_cli.files.confined import Confined
from aftersales_cli.inventory import duck
from aftersales_cli.inventory.duck import ask, on_record
from aftersales_cli.inventory.whole import OnRecord, ending, positions
from aftersales_cli.records.columns import Source
from aftersales_cli.records.folding import folded_circuit
from aftersales_cli.records.routes import Path, Route
from aftersales_cli.tables.reading import Input

Hop = tuple[str, str]
"""A circuit and a resource it runs over."""
Recording = Callable[..., OnRecord]


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as worker:
        yield worker


@pytest.fixture(params=["small", "text", "gb18030", "parquet"])
def record(
    request: pytest.FixtureRequest, confined: Confined, tmp_path: File, monkeypatch: pytest.MonkeyPatch
) -> Recording:
    """What routes of every kind have of some circuits; each list of hops is a file."""
    monkeypatch.setattr(duck, "BIG", 1 << 40 if request.param == "small" else 0)

    def put(codes: Sequence[str], *files: Sequence[Hop], end: str = "") -> OnRecord:
        inputs = []
        for number, hops in enumerate(files):
            path = tmp_path / f"{number}.{request.param}"
            if request.param == "parquet":
                values = ", ".join(f"('{code}', '主用', '{over}')" for code, over in hops)
                with duckdb.connect(":memory:") as connection:
                    query = f"SELECT * FROM (VALUES {values}) t(电路代号, 路径, 资源)"
                    connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
            else:
                lines = ["电路代号,路径,资源", *(f"{code},主用,{over}" for code, over in hops)]
                encoding = "gb18030" if request.param == "gb18030" else "utf-8"
                path.write_bytes(("\n".join(lines) + "\n" + end).encode(encoding))
            inputs.append(Input("routes", path.name, path))
        asked = ask([], inputs, codes, ["OTN-1"], confined=confined, vocabularies={})
        return on_record(asked, inputs, codes, vocabularies={})

    return put


def test_a_circuit_that_was_led_elsewhere_has_routes(record: Recording) -> None:
    """And its rows are followed by another's, so that none of them can have been cut off."""
    found = record(["x-1"], [("Y1", "OTN-1"), ("X1", "OTN-8"), ("Ｘ１", "OTN-9"), ("Z1", "OTN-9")])
    assert found.has_routes("X1") is True


def test_a_circuit_without_any_row_has_none(record: Recording) -> None:
    assert record(["X1"], [("Y1", "OTN-1"), ("Z1", "OTN-1")]).has_routes("X1") is False


def test_of_the_last_circuit_of_a_file_nobody_can_say(record: Recording) -> None:
    """The row that led the task to it may have followed."""
    assert record(["X1"], [("Y1", "OTN-1"), ("X1", "OTN-8")]).has_routes("X1") is None


def test_where_the_rows_of_a_circuit_stand_apart_more_of_it_may_have_followed(record: Recording) -> None:
    found = record(["X1", "Y1"], [("X1", "OTN-8"), ("Y1", "OTN-7"), ("X1", "OTN-9"), ("Z1", "OTN-1")])
    assert found.has_routes("X1") is None
    assert found.has_routes("Y1") is None  # this file does not keep circuits together


def test_a_circuit_in_two_files_may_have_more_in_either(record: Recording) -> None:
    found = record(["X1"], [("X1", "OTN-8"), ("Z1", "OTN-1")], [("X1", "OTN-9"), ("Z2", "OTN-1")])
    assert found.has_routes("X1") is None


def test_routes_that_cannot_be_read_have_no_answer(record: Recording) -> None:
    found = record(["X1"], [("X1", "OTN-8"), ("", "OTN-9"), ("Z1", "OTN-1")])
    assert found.has_routes("X1") is None


@pytest.mark.parametrize("record", ["small", "text", "gb18030"], indirect=True)
def test_lines_of_separators_at_the_end_are_no_rows(record: Recording) -> None:
    assert record(["X1"], [("Z1", "OTN-1"), ("X1", "OTN-8")], end=",,\n\n").has_routes("X1") is None
    assert record(["X1"], [("X1", "OTN-8"), ("Z1", "OTN-1")], end=",,\n\n").has_routes("X1") is True


@pytest.mark.parametrize("record", ["text"], indirect=True)
def test_where_the_last_line_is_no_row_nobody_can_say(record: Recording) -> None:
    assert record(["X1"], [("X1", "OTN-8"), ("Z1", "OTN-1")], end='Z1,主用,"OTN\n9"\n').has_routes("X1") is None


def rows(hops: Sequence[Hop]) -> list[Route]:
    return [
        Route(circuit_code=code, path=Path.WORKING, resource=resource, source=Source("r.csv", line=line))
        for line, (code, resource) in enumerate(hops, 2)
    ]


def recorded(hops: Sequence[Hop]) -> OnRecord:
    found = positions(rows(hops))
    return OnRecord(found, {place: ending(circuits) for place, circuits in found.items()})


over = st.lists(st.sampled_from(["OTN-1", "OTN-2", "OTN-3"]), min_size=1, max_size=4)
kept_together = st.dictionaries(st.sampled_from(["X1", "X2", "X3", "X4", "X5"]), over, min_size=1)


@given(circuits=kept_together, data=st.data())
def test_wherever_routes_kept_by_circuit_are_cut_no_circuit_that_is_lost_has_routes(
    circuits: dict[str, list[str]], data: st.DataObject
) -> None:
    """Whom the whole file leads to, and the rest of it does not, is never believed to be led elsewhere."""
    hops = [(code, resource) for code, resources in circuits.items() for resource in resources]
    rest = hops[: data.draw(st.integers(1, len(hops)))]
    lost = {code for code, resource in hops if resource == "OTN-1"} - {c for c, r in rest if r == "OTN-1"}
    found = recorded(rest)
    assert [code for code in sorted(lost) if found.has_routes(code) is True] == []


@given(circuits=kept_together)
def test_in_a_whole_file_every_circuit_but_the_last_has_routes(circuits: dict[str, list[str]]) -> None:
    """The control: absence is believed where it can be."""
    hops = [(code, resource) for code, resources in circuits.items() for resource in resources]
    found = recorded(hops)
    *others, last = circuits
    assert [found.has_routes(code) for code in others] == [True] * len(others)
    assert found.has_routes(last) is None


@pytest.mark.parametrize("record", ["text", "parquet"], indirect=True)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hops=st.lists(st.tuples(st.sampled_from(["X1", "X2", "x-3"]), st.sampled_from(["OTN-1", "OTN-2"])), min_size=1))
def test_big_files_answer_as_small_ones(record: Recording, hops: list[Hop]) -> None:
    codes = ["X1", "X2", "X3"]
    big, small = record(codes, hops), recorded(hops)
    assert [big.has_routes(code) for code in codes] == [small.has_routes(code) for code in codes]
    assert {code for code in map(folded_circuit, codes) if small.has_routes(code) is not False} == {
        folded_circuit(code) for code, _ in hops
    }
