"""Tables in Parquet, written by DuckDB: what a cell can be is read, the rest and what is damaged is a problem."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aftersales_cli.errors import Exit
from aftersales_cli.files.confined import Confined
from aftersales_cli.records.complaints import Complaint
from aftersales_cli.records.faults import Fault
from aftersales_cli.records.receipts import Receipt
from aftersales_cli.records.values import BEIJING, Instant
from aftersales_cli.tables.limits import Limits
from aftersales_cli.tables.reading import Input, read_table
from tests.tables.making import ROWS, TABLE, WORDS, Reader, code, reader, said, text

COMPLAINT = "SELECT 'S1' 申告编号, 'X1' 电路代号, TIMESTAMP '2026-06-01 02:10:00' 申告时间"
Write = Callable[..., bytes]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """The bytes of a Parquet file with the rows of a query."""

    def written(query: str) -> bytes:
        path = tmp_path / "written.parquet"
        duckdb.connect().execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
        return path.read_bytes()

    return written


def first(query: str) -> str:
    """A complaint of the query's one further column."""
    return f"{COMPLAINT}, {query}"


def test_the_four_rows_are_read(read: Reader, write: Write, tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_bytes(text(TABLE))
    data = write(f"FROM read_csv('{tmp_path / 'rows.csv'}', all_varchar = true)")
    found = read(data, "cutovers.parquet")
    assert (said(found), code(found)) == ("", 0)
    assert [(r.circuit_code, str(r.window)) for r in found.records] == [(row[2], row[3]) for row in ROWS]
    assert [str(r.place("window")) for r in found.records][1] == "cutovers.parquet › row 2 (割接时间)"
    assert found.records == read(text(TABLE), "cutovers.csv").records


def test_the_kind_is_in_the_bytes_and_not_in_the_name(read: Reader, write: Write) -> None:
    assert code(read(write(COMPLAINT), "complaints.csv", Complaint.TABLE)) == 0
    assert code(read(text(TABLE), "cutovers.parquet")) == 0


CELLS = [
    pytest.param("'示例'", "示例", id="text"),
    pytest.param("'=\"0012\"'", "0012", id="text-as-a-formula"),
    pytest.param("12::BIGINT", "12", id="whole-number"),
    pytest.param("1234567890123456789::BIGINT", "1234567890123456789", id="every-digit-of-a-long-number"),
    pytest.param("0::UTINYINT", "0", id="zero"),
    pytest.param("1001::DOUBLE", "1001", id="whole-number-with-a-point"),
    pytest.param("2.5::DOUBLE", "2.5", id="fraction"),
    pytest.param("'nan'::DOUBLE", None, id="not-a-number"),
    pytest.param("1001::DECIMAL(38, 10)", "1001", id="decimal"),
    pytest.param("100::DECIMAL(10, 0)", "100", id="decimal-without-places"),
    pytest.param("12.50::DECIMAL(10, 2)", "12.5", id="decimal-with-places"),
    pytest.param("NULL::VARCHAR", None, id="nothing"),
    pytest.param("'  '", None, id="blanks"),
    pytest.param("true", "TRUE", id="truth"),
    pytest.param("DATE '2026-06-01'", "2026-06-01", id="day"),
    pytest.param("'0357de52-0b1d-49c5-91d0-b56a0fdc1062'::UUID", "0357de52-0b1d-49c5-91d0-b56a0fdc1062", id="uuid"),
]


@pytest.mark.parametrize(("cell", "value"), CELLS)
def test_a_cell_reads_as_in_other_tables(read: Reader, write: Write, cell: str, value: str | None) -> None:
    found = read(write(first(f"{cell} 内容")), "c.parquet", Complaint.TABLE)
    assert (said(found), [record.text for record in found.records]) == ("", [value])


MOMENTS = [
    pytest.param("TIMESTAMP '2026-06-01 02:10:00'", False, id="timestamp"),
    pytest.param("TIMESTAMP_NS '2026-06-01 02:10:00'", False, id="nanoseconds"),
    pytest.param("TIMESTAMP_MS '2026-06-01 02:10:00'", False, id="milliseconds"),
    pytest.param("TIMESTAMPTZ '2026-05-31 18:10:00+00'", False, id="a-zone-is-made-beijings"),
    pytest.param("'2026-06-01 02:10'", False, id="text"),
    pytest.param("DATE '2026-06-01'", True, id="day"),
    pytest.param("20260601", True, id="digits"),
]


@pytest.mark.parametrize(("cell", "whole_day"), MOMENTS)
def test_a_moment_is_beijings(read: Reader, write: Write, cell: str, whole_day: bool) -> None:
    [complaint] = read(write(first(f"{cell} 中断开始时间")), "c.parquet", Complaint.TABLE).records
    at = datetime(2026, 6, 1, tzinfo=BEIJING) if whole_day else datetime(2026, 6, 1, 2, 10, tzinfo=BEIJING)
    assert complaint.began_at == Instant(at, whole_day=whole_day)


@pytest.mark.parametrize("cell", ["1780000000::BIGINT", "1780000000000::BIGINT", "TIME '02:10'", "true"])
def test_a_number_of_seconds_is_no_moment(read: Reader, write: Write, cell: str) -> None:
    found = read(write(first(f"{cell} 中断开始时间")), "c.parquet", Complaint.TABLE)
    assert (code(found), len(found.records)) == (3, 0)
    [problem] = found.problems
    assert (str(problem.place), problem.held) == ("c.parquet › row 1 (中断开始时间)", ("complaint S1",))


@pytest.mark.parametrize("kind", ["TIMESTAMP", "TIMESTAMPTZ"])
def test_a_moment_without_end_is_not_taken_for_an_empty_cell(read: Reader, write: Write, kind: str) -> None:
    found = read(write(first(f"'infinity'::{kind} 中断开始时间")), "c.parquet", Complaint.TABLE)
    assert (code(found), len(found.records)) == (3, 0)
    assert "“9999-12-31 23:59:59” cannot be read as 中断开始时间" in said(found)


def test_a_code_whose_digits_may_be_lost_is_refused(read: Reader, write: Write) -> None:
    """D06"""
    found = read(write(first("1234567890123456::DOUBLE 割接任务号")), "c.parquet", Complaint.TABLE)
    assert "its last digits may be lost" in said(found)


NO_CELLS = [
    pytest.param("['a', 'b']", "VARCHAR[]", id="list"),
    pytest.param("{'a': 1}", "STRUCT(a INTEGER)", id="struct"),
    pytest.param("MAP {'a': 1}", "MAP(VARCHAR, INTEGER)", id="map"),
    pytest.param("'a'::BLOB", "BLOB", id="bytes"),
]


@pytest.mark.parametrize(("cell", "kind"), NO_CELLS)
def test_what_no_cell_can_be_is_refused_where_it_is_read(read: Reader, write: Write, cell: str, kind: str) -> None:
    found = read(write(first(f"{cell} 内容")), "c.parquet", Complaint.TABLE)
    assert code(found) == 65
    assert f"the column 内容 is no column of texts, numbers or times, but of type {kind}" in said(found)
    assert found.records == ()


@pytest.mark.parametrize(("cell", "kind"), NO_CELLS)
def test_what_no_cell_can_be_does_no_harm_elsewhere(read: Reader, write: Write, cell: str, kind: str) -> None:
    found = read(write(first(f"{cell} 附件")), "c.parquet", Complaint.TABLE)
    assert (code(found), len(found.records)) == (0, 1)
    assert "this column is not read" in said(found)


def test_an_empty_column_may_be_of_any_type(read: Reader, write: Write) -> None:
    found = read(write(first("NULL::BLOB 内容")), "c.parquet", Complaint.TABLE)
    assert (said(found), [record.text for record in found.records]) == ("", [None])


def test_rows_without_anything_are_passed_over_and_the_others_keep_their_numbers(read: Reader, write: Write) -> None:
    data = write(f"{COMPLAINT} UNION ALL SELECT NULL, NULL, NULL UNION ALL {COMPLAINT.replace('S1', 'S2')}")
    records = read(data, "c.parquet", Complaint.TABLE).records
    assert [(record.complaint_no, record.source.row) for record in records] == [("S1", 1), ("S2", 3)]


def test_faults_and_receipts_are_read_too(read: Reader, write: Write) -> None:
    fault = write("SELECT 'F1' fault_no, 'X1' circuit_code, TIMESTAMP '2026-06-01 02:10:00' began_at")
    [one] = read(fault, "f.parquet", Fault.TABLE).records
    assert (one.fault_no, one.began_at.at) == ("F1", datetime(2026, 6, 1, 2, 10, tzinfo=BEIJING))
    receipt = write("SELECT 'JT1' task_no, 'K1' customer_code, DATE '2026-06-01' delivered_at, '邮件' channel, "
                    "'示例' confirmed_by")  # fmt: skip
    [other] = read(receipt, "r.parquet", Receipt.TABLE, vocabularies={}).records
    assert other.delivered_at.at.date() == date(2026, 6, 1)


REFUSED = [
    pytest.param(lambda data: data[:-40], "the Parquet file is incomplete or damaged", id="cut-off"),
    pytest.param(lambda data: data[:4], "the Parquet file is incomplete or damaged (4 bytes)", id="four-bytes"),
    pytest.param(lambda data: b"PAR1" * 3, "the file is damaged", id="marks-alone"),
    pytest.param(lambda data: data[:-8] + b"\xff\xff\xff\x7fPAR1", "the file is damaged", id="footer-beyond-the-file"),
    pytest.param(lambda data: data[:40] + data[60:], "the file is damaged", id="a-hole"),
    pytest.param(lambda data: b"PARE" + data[4:], "this is no Parquet file, though it is named so", id="encrypted"),
    pytest.param(lambda data: b"\0" * 400, "this is no Parquet file, though it is named so", id="zeros"),
    pytest.param(lambda data: b"", "the file is empty (0 bytes)", id="nothing"),
]


@pytest.mark.parametrize(("damage", "words"), REFUSED)
def test_a_damaged_file_is_refused(read: Reader, write: Write, damage: Callable[[bytes], bytes], words: str) -> None:
    found = read(damage(write(COMPLAINT)), "c.parquet", Complaint.TABLE)
    assert words in said(found)
    assert (code(found), found.records) == (65, ())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(4, 700), byte=st.integers(0, 255))
def test_a_changed_byte_never_takes_the_reader_down(
    confined: Confined, tmp_path: Path, write: Write, at: int, byte: int
) -> None:
    """Rows, problems or both; never an error nobody foresaw."""
    data = bytearray(write(COMPLAINT))
    data[at % len(data)] = byte
    found = reader(confined, tmp_path)(bytes(data), "c.parquet", Complaint.TABLE)
    assert found.records or found.problems


def test_headings_without_rows_are_no_table(read: Reader, write: Write) -> None:
    found = read(write(f"{COMPLAINT} LIMIT 0"), "c.parquet", Complaint.TABLE)
    assert "there are headings and no rows below them" in said(found)
    assert code(found) == 65


def test_missing_headings_are_named_beside_those_that_are_there(read: Reader, write: Write) -> None:
    found = read(write("SELECT 'S1' 申告编号, 1 other"), "c.parquet", Complaint.TABLE)
    assert "required headings are missing: 电路代号, 申告时间; found: 申告编号, other" in said(found)


def test_two_columns_for_one_field_are_refused(read: Reader, write: Write) -> None:
    found = read(write(first("'X2' circuit_code")), "c.parquet", Complaint.TABLE)
    assert "(电路代号) and D (circuit_code) are the same field" in said(found)


def test_a_million_rows_are_over_the_limit(read: Reader, write: Write) -> None:
    million = write(f"{COMPLAINT} FROM range(1_000_000)")
    found = read(million, "c.parquet", Complaint.TABLE)
    assert "larger than the limit rows allows (200000)" in said(found)
    assert (code(found), found.records) == (65, ())


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        pytest.param(Limits(rows=2), "the limit rows allows (2)", id="rows"),
        pytest.param(Limits(cells=8), "the limit cells allows (8)", id="cells"),
        pytest.param(Limits(file_mb=0.0001), "the limit file_mb allows", id="size"),
    ],
)
def test_limits_are_those_of_every_table(read: Reader, write: Write, limits: Limits, words: str) -> None:
    assert words in said(read(write(f"{COMPLAINT} FROM range(3)"), "c.parquet", Complaint.TABLE, limits=limits))


def test_cells_that_unpack_beyond_the_memory_cost_the_file_and_not_the_run(read: Reader, write: Write) -> None:
    """A megabyte said once and meant in every row."""
    bomb = write(first("repeat('长', 1_000_000) 内容") + " FROM range(2_000)")
    assert len(bomb) < 3_000_000
    found = read(bomb, "bomb.parquet", Complaint.TABLE)
    assert "more memory than is allowed" in said(found)
    assert code(found) == 65
    assert code(read(write(COMPLAINT), "c.parquet", Complaint.TABLE)) == 0


def test_a_name_that_means_other_files_too_is_refused(read: Reader, write: Write) -> None:
    data = write(COMPLAINT)
    assert code(read(data, "c[1].parquet", Complaint.TABLE)) == 0
    found = read(data, "c*.parquet", Complaint.TABLE)
    assert "its name means other files as well" in said(found)


def test_quotes_and_folders_in_a_path_mean_nothing(read: Reader, write: Write, tmp_path: Path) -> None:
    """A folder such as `customer_code=K9` is no column."""
    (tmp_path / "it's" / "customer_code=K9").mkdir(parents=True)
    found = read(write(COMPLAINT), "it's/customer_code=K9/c.parquet", Complaint.TABLE)
    assert [record.customer_code for record in found.records] == [None]


def test_it_does_not_come_from_stdin(confined: Confined, write: Write) -> None:
    each = Input("complaints", "-", data=write(COMPLAINT))
    found = read_table([each], Complaint.TABLE, confined=confined, vocabularies=WORDS)
    assert "a Parquet file cannot be read from stdin; name the file" in said(found)
    assert found.stop is Exit.BAD_INPUT
