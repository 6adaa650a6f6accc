"""Big files give what small ones give, row for row; B01–B03, B05, B07, B08 of the fault list."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path as File
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_cli.files.confined import Confined, Confines
from aftersales_cli.inventory import duck, opening
from aftersales_cli.inventory.duck import Asked, ask
from aftersales_cli.places import Severity
from aftersales_cli.records.folding import folded, folded_circuit
from aftersales_cli.records.routes import Path
from aftersales_cli.tables.reading import Input

CIRCUITS = (
    ("电路代号", "客户编码", "速率"),
    ("北京上海30N2332NP", "K0001", "2M"),
    ("HKG/CT- SHI/CT 30N198", "K0002", "155M"),
    ("北京桂林３０Ｎ２０１０ＮＰ", "K0003", "10M"),
    ("0012", "K0004", "2M"),
    ("30n2009np", "K0005", "2M"),
)
ROUTES = (
    ("电路编号", "路径", "序号", "资源"),
    ("北京上海30N2332NP", "主用", "1", "OTN-01/1"),
    ("北京上海30N2332NP", "备用", "1", "OTN-02/1"),
    ("HKG/CT-SHI/CT 30N198", "主用", "1", "otn-01/1"),
    ("HKG/CT-SHI/CT 30N198", "主用", "2", "ＯＴＮ-09/1"),
    ("0012", "Working", "1", "OTN-02/1"),
)
Asking = Callable[..., Asked]


@pytest.fixture(scope="module")
def confined() -> Iterator[Confined]:
    with Confined() as worker:
        yield worker


@pytest.fixture
def asked(confined: Confined, tmp_path: File, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Asks files of these bytes; `big` decides how."""

    def put(
        circuits: bytes = b"", routes: bytes = b"", codes: Sequence[str] = (), over: Sequence[str] = (), *,
        big: bool = True, suffix: str = "csv", **how: Any,
    ) -> Asked:  # fmt: skip
        monkeypatch.setattr(duck, "BIG", 0 if big else 1 << 40)
        inputs: dict[str, list[Input]] = {"circuits": [], "routes": []}
        for table, data in (("circuits", circuits), ("routes", routes)):
            if data:
                path = tmp_path / f"{table}.{suffix}"
                path.write_bytes(data)
                inputs[table].append(Input(table, path.name, path, **how))
        return ask(inputs["circuits"], inputs["routes"], codes, over, confined=confined, vocabularies={})

    return put


def text(rows: Sequence[Sequence[str]], mark: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return "".join(mark.join(row) + end for row in rows).encode(encoding)


def parquet(folder: File, rows: Sequence[Sequence[str]]) -> bytes:
    names = ", ".join(f'"{name}"' for name in rows[0])
    values = ", ".join("(" + ", ".join(f"'{cell}'" for cell in row) + ")" for row in rows[1:])
    path = folder / "made.parquet"
    with duckdb.connect(":memory:") as connection:
        connection.execute(f"COPY (SELECT * FROM (VALUES {values}) t({names})) TO '{path}' (FORMAT parquet)")
    return path.read_bytes()


def said(found: Asked) -> str:
    problems = (*found.circuits.problems, *found.routes.problems)
    return "\n".join(f"{p.place} {p.message.to('en')} [{p.severity}]" for p in problems)


CODES = ("北京上海30n2332np", "hkg/ctshi/ct30n198", "北京桂林30N2010NP", "0012", "30N-2009-NP")
SPELT = [
    pytest.param(text(CIRCUITS), id="utf-8"),
    pytest.param(text(CIRCUITS, encoding="gb18030"), id="gb18030"),
    pytest.param(text(CIRCUITS, encoding="utf-8-sig"), id="B03-bom"),
    pytest.param(codecs.BOM_UTF16_LE + text(CIRCUITS, "\t", "utf-16-le"), id="B03-unicode-text"),
    pytest.param(text(CIRCUITS, ";"), id="B07-semicolons"),
    pytest.param(text(CIRCUITS, "\t"), id="B07-tabs"),
    pytest.param(text(CIRCUITS, end="\n"), id="line-feeds"),
    pytest.param(text(CIRCUITS, end="\r"), id="carriage-returns"),
    pytest.param(text(CIRCUITS[:3]) + text(CIRCUITS[3:], end="\n"), id="mixed-line-ends"),
    pytest.param(text([["电路资源表", "", ""], ["", "", ""], *CIRCUITS]), id="A15-title-line"),
    pytest.param(b"\r\n\r\n" + text(CIRCUITS), id="blank-lines-above"),
    pytest.param(text([('"电路\n代号"', *CIRCUITS[0][1:]), *CIRCUITS[1:]]), id="heading-with-a-line-break"),
    pytest.param(text([CIRCUITS[0], *([f'"{c}"' for c in row] for row in CIRCUITS[1:])]), id="all-quoted"),
    pytest.param(text([CIRCUITS[0], *([f'="{c}"' for c in row] for row in CIRCUITS[1:])]), id="as-formulas"),
    pytest.param(text([CIRCUITS[0], ("甲1", "K9", '"2\n3"'), *CIRCUITS[1:]]), id="a-cell-with-a-line-break-above"),
    pytest.param(text(CIRCUITS)[:-2], id="no-line-end-at-the-end"),
]


@pytest.mark.parametrize("data", SPELT)
def test_a_big_text_gives_what_a_small_one_gives(asked: Asking, data: bytes) -> None:
    """Records, their lines and columns, and what is said of them."""
    small, big = (asked(data, codes=CODES, big=big).circuits for big in (False, True))
    wanted = {folded_circuit(code) for code in CODES}
    expected = [record for record in small.records if folded_circuit(record.circuit_code) in wanted]
    assert len(expected) == len(CODES)
    assert [*big.records] == expected
    assert [record.source for record in big.records] == [record.source for record in expected]
    assert (big.complete, big.problems) == (small.complete, small.problems)


def test_a_code_keeps_its_leading_zeros(asked: Asking) -> None:
    [record] = asked(text(CIRCUITS), codes=["0012"]).circuits.records
    assert (record.circuit_code, record.place("customer_code").line) == ("0012", 5)


def test_only_what_is_wanted_comes_back(asked: Asking) -> None:
    assert asked(text(CIRCUITS), codes=["NOBODY'S"]).circuits.records == ()


def test_hops_paths_and_owners_are_found_from_resources(asked: Asking) -> None:
    found = asked(text(CIRCUITS), text(ROUTES), [], ["OTN-01 / 1", "OTN-09/1"])
    hops = [(hop.circuit_code, hop.path, hop.seq, hop.source.line) for hop in found.routes.records]
    assert hops == [
        ("北京上海30N2332NP", Path.WORKING, "1", 2),
        ("HKG/CT-SHI/CT 30N198", Path.WORKING, "1", 4),
        ("HKG/CT-SHI/CT 30N198", Path.WORKING, "2", 5),
    ]
    assert found.paths == {
        "北京上海30n2332np": frozenset(Path),
        "hkg/ctshi/ct30n198": frozenset({Path.WORKING}),
    }
    assert [record.customer_code for record in found.circuits.records] == ["K0001", "K0002"]
    assert (found.circuits.complete, found.routes.complete) == (True, True)


def test_parquet_without_a_row_is_no_table(asked: Asking, tmp_path: File) -> None:
    """Nobody may believe that all circuits are gone (reliability §1); a text without rows says the same."""
    path = tmp_path / "empty.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 'a' AS 电路代号, 'b' AS 客户编码 LIMIT 0) TO '{path}' (FORMAT parquet)")
    found = asked(path.read_bytes(), codes=["0012"], suffix="parquet")

    assert [str(problem.message) for problem in found.circuits.problems] == [
        "there are headings and no rows below them"
    ]
    assert not found.circuits.complete


def test_parquet_gives_the_same_with_rows_for_lines(asked: Asking, tmp_path: File) -> None:
    circuits, routes = parquet(tmp_path, CIRCUITS), parquet(tmp_path, ROUTES)
    found = asked(circuits, routes, ["0012"], ["otn-02/1"], suffix="parquet")
    assert [(r.circuit_code, r.source.row) for r in found.circuits.records] == [("北京上海30N2332NP", 1), ("0012", 4)]
    assert [(hop.circuit_code, hop.source.row) for hop in found.routes.records] == [
        ("北京上海30N2332NP", 2),
        ("0012", 5),
    ]
    assert found.paths["0012"] == {Path.WORKING}


def test_small_and_big_files_answer_together(asked: Asking, tmp_path: File) -> None:
    """Routes in Parquet, circuits in a text that people keep."""
    found = asked(text(CIRCUITS), parquet(tmp_path, ROUTES), [], ["OTN-02/1"], big=False)
    assert {"K0001", "K0004"} <= {record.customer_code for record in found.circuits.records}
    assert found.paths["北京上海30n2332np"] == frozenset(Path)


def test_two_rows_of_one_circuit_both_come_back(asked: Asking) -> None:
    twice = (*CIRCUITS, ("北京上海-30N2332NP", "K0099", "2M"))
    found = asked(text(twice), codes=["北京上海30N2332NP"]).circuits.records
    assert [(record.customer_code, record.source.line) for record in found] == [("K0001", 2), ("K0099", 7)]


BROKEN = [
    pytest.param(("甲1", "K9"), "line 4 the row has 2 cells, the headings are 3", id="B07-short"),
    pytest.param(("甲1", "K9", "2M", "x"), "line 4 the row has 4 cells, the headings are 3", id="B07-long"),
    pytest.param(("甲1", "", "2M"), "line 4 (客户编码) 客户编码 is empty", id="no-customer"),
    pytest.param(("甲1", "\u3000 ", "2M"), "line 4 (客户编码) 客户编码 is empty", id="a-blank-customer"),
    pytest.param(("", "K9", "2M"), "line 4 (电路代号) 电路代号 is empty", id="no-circuit"),
    pytest.param(("\u200b", "K9", "2M"), "line 4 (电路代号) 电路代号 is empty", id="nothing-to-be-seen"),
]


@pytest.mark.parametrize(("row", "words"), BROKEN)
def test_a_broken_row_is_said_with_its_line_whatever_was_asked(asked: Asking, row: Sequence[str], words: str) -> None:
    """Held, not 'we do not know' (D6)."""
    rows = [*CIRCUITS[:2], ("乙", "K8", '"2\nM"'), row, *CIRCUITS[2:]]
    found = asked(text(rows, end="\n"), codes=["0012"])
    assert words.replace("line 4", "line 5") in said(found)
    assert not found.circuits.complete
    assert [record.source.line for record in found.circuits.records] == [8]


def test_broken_rows_are_said_as_in_a_small_file(asked: Asking) -> None:
    rows: list[Any] = [*CIRCUITS, *(param.values[0] for param in BROKEN)]
    small, big = (asked(text(rows), codes=CODES, big=big).circuits for big in (False, True))
    assert big.problems == small.problems
    assert [row.problems for row in big.broken] == [row.problems for row in small.broken]


def test_empty_cells_past_the_headings_do_no_harm(asked: Asking) -> None:
    found = asked(text([CIRCUITS[0], *([*row, ""] for row in CIRCUITS[1:])]), codes=CODES)
    assert said(found) == ""
    assert [record.source.line for record in found.circuits.records] == [2, 3, 4, 5, 6]


def test_a_path_that_is_no_path_makes_its_circuit_doubtful(asked: Asking) -> None:
    found = asked(b"", text([*ROUTES, ("丙3", "第三", "1", "OTN-77")]), [], ["OTN-01/1"])
    assert "line 7 (路径) “第三” cannot be read as 路径" in said(found)
    assert found.doubtful == {"丙3"}
    assert (found.every_hop_known, found.routes.complete) == (True, False)


def test_a_hop_without_its_circuit_may_belong_to_any(asked: Asking) -> None:
    found = asked(b"", text([*ROUTES, ("", "主用", "1", "OTN-77")]), [], ["OTN-01/1"])
    assert not found.every_hop_known


def test_of_very_many_broken_rows_some_are_shown_and_the_rest_counted(
    asked: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [*CIRCUITS, *[("", "K9", "2M")] * (opening.BROKEN_SHOWN + 5)]
    found = asked(text(rows), codes=["0012"]).circuits
    assert len(found.broken) == opening.BROKEN_SHOWN
    assert found.problems[-1].message.to("en") == "5 more rows cannot be read"
    assert not found.complete


REFUSED = [
    pytest.param(text(CIRCUITS, encoding="gb18030") + b"\x80\x80,K9,2M\r\n", "line 7 byte", id="B01-no-text"),
    pytest.param(b"circuit_code,customer_code\r\n\xc4\xa1\xc5\xa2,K1\r\n", "UTF-8 and as GB18030", id="B02-both-ways"),
    pytest.param(
        text(CIRCUITS).replace(b"155M", b'"155M'), "line 3 a quotation mark opened in line 3 is not", id="B05-open"
    ),
    pytest.param(text([(*CIRCUITS[0], "速 率"), *([*r, "x"] for r in CIRCUITS[1:])]), "same field", id="B08-twice"),
    pytest.param(text([("电路代号", "客户"), ("甲", "乙")]), "headings are missing: 客户编码", id="no-customer-column"),
    pytest.param(text(CIRCUITS[1:]), "no heading 电路代号", id="no-headings"),
    pytest.param(text(CIRCUITS[:1]), "headings and no rows", id="no-rows"),
    pytest.param(b"PAR1 and no more", "damaged", id="damaged-parquet"),
]


@pytest.mark.parametrize(("data", "words"), REFUSED)
def test_a_file_that_cannot_be_trusted_is_refused(asked: Asking, data: bytes, words: str) -> None:
    found = asked(data, codes=CODES).circuits
    assert words in "\n".join(f"{p.place} {p.message.to('en')}" for p in found.problems)
    assert (found.records, found.failed, found.stop) == ((), ("circuits.csv",), 65)


def test_gb18030_after_a_megabyte_of_ascii_is_still_read(asked: Asking) -> None:
    """The first lines tell nothing of the encoding."""
    rows = [
        ("circuit_code", "customer_code", "rate"),
        *((f"A{n}", f"K{n}", "2M") for n in range(90_000)),
        *CIRCUITS[1:],
    ]
    found = asked(text(rows, encoding="gb18030"), codes=["北京上海30N2332NP"]).circuits
    assert said_lines(found.problems) == []
    assert [record.source.line for record in found.records] == [90_002]


def said_lines(problems: Sequence[Any]) -> list[str]:
    return [p.message.to("en") for p in problems if p.severity is Severity.ERROR]


def test_a_missing_file_is_an_error_of_its_own(confined: Confined, tmp_path: File) -> None:
    found = ask([Input("circuits", "no.csv", tmp_path / "no.csv")], [], ["A"], [], confined=confined, vocabularies={})
    assert (found.circuits.failed, found.circuits.stop) == (("no.csv",), 66)


def test_a_child_that_dies_leaves_an_unreadable_file(asked: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duck, "CONFINES", Confines(memory=200_000_000, wall=60))
    found = asked(text(CIRCUITS), codes=CODES).circuits
    assert (found.records, found.failed, found.complete) == ((), ("circuits.csv",), False)


CELL = st.text(st.sampled_from("aA1-_ ，Ａ北\u3000=\"'é\u200b"), max_size=5)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=12), st.data())
def test_whatever_stands_in_the_cells_big_and_small_agree(
    asked: Asking, rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    """Every row is a hit, broken, or neither, in both."""
    quoted = [[f'"{cell}"' for cell in (code.replace('"', '""'), owner.replace('"', '""'))] for code, owner in rows]
    content = text([("电路代号", "客户编码"), *quoted, ("甲", "乙")])
    codes = data.draw(st.lists(st.sampled_from([code for code, _ in rows]), max_size=4))
    small, big = (asked(content, codes=codes, big=big).circuits for big in (False, True))
    wanted = set(map(folded_circuit, codes))
    expected = [record.source.line for record in small.records if folded_circuit(record.circuit_code) in wanted]
    assert [record.source.line for record in big.records] == expected
    assert big.problems == small.problems


WORD = st.sampled_from(
    ["主用", "备用", " 主用\u3000", "ＷＯＲＫＩＮＧ", "Protec\u200btion", '="备"', "第三", "", "\u200b"]
)
HOPS = st.lists(st.tuples(CELL, WORD, st.just("1"), CELL), min_size=1, max_size=12)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=HOPS, data=st.data())
def test_however_hops_are_spelt_big_and_small_find_the_same(
    asked: Asking, tmp_path: File, kind: str, rows: list[tuple[str, ...]], data: st.DataObject
) -> None:
    """Hops, paths, doubt: full width, small letters, blanks, what cannot be seen, cells in wrappings, broken rows.

    Of a circuit with a broken row the paths may differ: it is doubtful.
    """
    rows = [*rows, ("乙", "主用", "1", "OTN")]
    quoted = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    codes = data.draw(st.lists(st.sampled_from([row[0] for row in rows]), max_size=3))
    over = data.draw(st.lists(st.sampled_from([row[3] for row in rows]), max_size=3))
    small = asked(b"", text([ROUTES[0], *quoted]), codes, over, big=False)
    if kind == "parquet":
        content = parquet(tmp_path, [ROUTES[0], *([cell.replace("'", "''") for cell in row] for row in rows)])
        big = asked(b"", content, codes, over, suffix="parquet")
    else:
        big = asked(b"", text([ROUTES[0], *quoted]), codes, over)
    folds = set(map(folded, over))
    hops = [(hop, hop.source.line) for hop in small.routes.records if folded(hop.resource) in folds]
    assert [(hop, hop.source.line or (hop.source.row or 0) + 1) for hop in big.routes.records] == hops
    riding = {folded_circuit(hop.circuit_code) for hop, _ in hops}
    sure = (riding | set(map(folded_circuit, codes))) - small.doubtful - {""} if over else set()
    assert {code: big.paths.get(code) for code in sure} == {code: small.paths.get(code) for code in sure}
    if over:
        assert (big.doubtful, big.every_hop_known) == (small.doubtful, small.every_hop_known)
        assert len(big.routes.broken) == len(small.routes.broken)
