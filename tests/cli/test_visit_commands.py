"""`aftersales visit due | record | report | issues | export`, as a user types them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli import words as talk
from tests.cli.running import Ran, ran
from tests.jobs.visiting import customer, visit, warning
from tests.jobs.world import text

AS_OF = ("--as-of", "2026-03-20T09:00")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workspace with a warned customer of the group's level, and one visit with an open issue."""
    (tmp_path / "aftersales.yaml").write_text(
        "province: 上海\ninputs: {customers: customers.csv, warnings: warnings.csv, visits: visits.csv}\n", "utf-8"
    )
    tables = {
        "customers": [customer("K1", "甲公司", 客户级别="集团级")],
        "warnings": [warning()],
        "visits": [visit("V1", "2026-03-03", 客户反映问题="电路抖动", 资料核对="联系电话：021-10000→021-22222")],
    }
    for name, rows in tables.items():
        (tmp_path / f"{name}.csv").write_text(text(rows), encoding="utf-8")
    return tmp_path


def run(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> Ran:
    return ran(capsys, "-w", desk, *AS_OF, "visit", *words)


def test_due_shows_the_next_visit_with_its_clause(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(desk, capsys, "due")
    assert found.code == 0
    for expected in ("2026-04-03", "甲公司", "VIS-01", "led by 省网运部领导 or higher",
                     "1 visit is owed to 1 customer, 0 overdue"):  # fmt: skip
        assert expected in found.out


def test_due_as_json_has_the_contract_s_keys(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (item,) = run(desk, capsys, "due", "--json").json["items"]
    contract = {"customer_code", "kind", "place", "due_by", "because", "overdue"}
    assert contract <= set(item)
    assert {key: item[key] for key in contract - {"because"}} == {
        "customer_code": "K1", "kind": "危机", "place": "上海", "due_by": "2026-04-03", "overdue": False,
    }  # fmt: skip


@pytest.mark.parametrize("explained", [(), ("--explain",)])
def test_due_counts_what_comes_later(
    desk: Path, capsys: pytest.CaptureFixture[str], explained: tuple[str, ...]
) -> None:
    found = run(desk, capsys, "due", "--days", "0", *explained)
    assert (found.code, "no visit is due" in found.out) == (0, True)
    assert f"1 more comes after {AS_OF[1][:10]}; --days N looks further ahead" in found.out
    assert "more come" not in run(desk, capsys, "due", "--days", "99", *explained).out
    assert run(desk, capsys, "due", "--days", "-1").code == 2


def test_due_explained_shows_evidence_and_clause(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(desk, capsys, "due", "--explain")
    assert found.code == 0
    for expected in ("K1 甲公司 — Crisis 上海 — 2026-04-03", "VIS-03 A leader of matching rank", "VIS-01",
                     "visits.csv › line 2", "§ interval =", "warnings.csv › line 2", "§ leaders ="):  # fmt: skip
        assert expected in found.out


def test_a_plan_explained_shows_slots_roles_and_cards(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(desk, capsys, "plan", "--year", "2026", "--customer", "K1", "--explain")
    for expected in ("K1 甲公司", "in its slot 2026-", "示例甲, chief engineer", "customers.csv › line 2", "PLN-4",
                     "§ visits_by_level ="):  # fmt: skip
        assert expected in found.out
    assert not (desk / "out").exists()


def test_something_overdue_ends_with_one(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ran(capsys, "-w", desk, "--as-of", "2026-04-04", "visit", "due")
    assert (found.code, "overdue" in found.out) == (1, True)


def test_record_takes_a_file_and_says_what_became_of_each_visit(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(desk, capsys, "record", str(desk / "visits.csv"))
    assert found.code == 1
    assert "1 new, 0 updated, 0 known already, 0 refused; something is missing in 1" in found.out
    assert "1 correction of customer data for the CRM" in found.out
    assert "1 known already" in run(desk, capsys, "record").out


def test_a_correction_is_said_once_and_then_that_there_is_nothing_new(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(desk, capsys, "record")
    again = run(desk, capsys, "record").out
    assert "nothing new for the CRM" in again
    assert "1 correction was listed before; “aftersales visit report VISIT” lists it again" in again


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            ("record",),
            ["V1 2026-03-03 Routine — K1 甲公司", "VIS-13", "§ asked =", "not in the record", "visits.csv › line 2"],
        ),
        (("report", "V1"), ["V1 2026-03-03 Routine — K1 甲公司", "VIS-08", "§ levels =", "customers.csv › line 2"]),
        (
            ("issues",),
            ["V1/1 甲公司: 电路抖动", "brought up 2026-03-03 [visits.csv › line 2", "VIS-11", "§ progress_within ="],
        ),
        (("export",), ["V1 2026-03-03", "VIS-08", "§ enter_within =", "customers.csv › line 2"]),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_explained_each_decision_has_its_cells_and_its_clause(
    desk: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], expected: list[str]
) -> None:
    found = run(desk, capsys, *words, "--explain")
    assert [each for each in expected if each not in found.out] == []


def test_a_report_of_a_held_visit_ends_with_65_and_names_the_cell(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "bad.csv").write_text(text([visit("ZF5", "2026-02-30")]), encoding="utf-8")
    found = run(desk, capsys, "report", "ZF5", "--visits", str(desk / "bad.csv"))
    assert found.code == 65
    assert "visit ZF5 is there but held: bad.csv › line 2 (走访日期): “2026-02-30” cannot be read" in found.err


def test_record_takes_files_one_way_only(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(desk, capsys, "record", "a.csv", "--visits", "b.csv").code == 2


def test_issues_shows_what_is_open(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(desk, capsys, "issues")
    assert (found.code, "电路抖动" in found.out, "1 open, 0 solved" in found.out) == (1, True, True)


def test_report_names_its_files(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = run(desk, capsys, "report", "V1", "--json").json["files"]
    assert [Path(file).suffix for file in files] == [".html", ".docx", ".txt", ".xlsx"]
    assert all(Path(file).is_file() for file in files)


def test_report_of_an_unknown_visit_is_wrong_usage(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = run(desk, capsys, "report", "V11")
    assert (found.code, "did you mean “V1”?" in found.err) == (2, True)


def test_export_writes_each_record_once(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "1 record for the group system" in run(desk, capsys, "export").out
    again = run(desk, capsys, "export")
    assert (again.code, "0 records for the group system" in again.out) == (0, True)


@pytest.mark.parametrize("words", [("due",), ("record",), ("report", "V1"), ("issues",), ("export",)])
def test_every_command_speaks_chinese_without_failing(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(talk, "_current", "zh")  # so that the language is put back afterwards
    found = ran(capsys, "-w", desk, *AS_OF, "visit", *words, lang="zh")
    assert (found.code in (0, 1), found.out != "") == (True, True)
