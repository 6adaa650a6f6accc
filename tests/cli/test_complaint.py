"""`aftersales complaint answer` as the person at the complaint desk uses it: by options, by file, lacking a fact."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftersales_cli.cli import output
from tests.cli.running import Ran, ran
from tests.jobs.complaining import complaint, published, received
from tests.jobs.world import circuit, customer, text

SETTINGS = """\
inputs:
  {cutovers: cutovers.csv, customers: customers.csv, circuits: circuits.csv, receipts: receipts.csv,
   complaints: complaints.csv}
sender: {unit: 示例网运部, phone: 021-10000}
"""
WHEN = ("--as-of", "2011-06-13T09:00")
PHONE = ("--circuit", "X1", "--reported", "2011-06-08 02:10", "--began", "2011-06-08 02:00", "--cause", "割接")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    tables = {
        "cutovers": [published()],
        "customers": [customer("K1", "甲公司")],
        "circuits": [circuit("X1", "K1")],
        "receipts": [received()],
        "complaints": [complaint("S1"), complaint("S2", 恢复时间="")],
    }
    (tmp_path / "aftersales.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, rows in tables.items():
        (tmp_path / f"{name}.csv").write_text(text(rows), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def answered(capsys: pytest.CaptureFixture[str], *words: object, lang: str | None = "en") -> Ran:
    return ran(capsys, *WHEN, "complaint", "answer", *words, lang=lang)


def test_one_on_the_phone_is_answered_in_a_sentence(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, *PHONE, "--restored", "2011-06-08 02:25", "--customer", "k1")
    assert found.code == 0
    first = " ".join(found.out.split())
    assert first.startswith("Answer complaint T20110608-0210-")
    assert "as a planned cutover, by ANS-3 (TB-2.3.3 answer rule 3)" in first
    assert not (workspace / "ledger.sqlite3").exists()


def test_one_that_lacks_a_fact_says_which_option_would_settle_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answered(capsys, *PHONE)
    assert found.code == 1
    assert "cannot be answered yet" in found.out
    assert "› give it: --restored WHEN" in found.out


def test_those_of_a_file_are_a_row_each(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys)
    assert found.code == 1
    assert "S1" in found.out
    assert "needs a person" in found.out
    assert found.out.rstrip().endswith(
        "2 complaints: 1 planned cutover, 0 network fault, 0 not a cutover, 1 need a person; 0 held"
    )


def test_another_file_may_be_named(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (workspace / "night.csv").write_text(text([complaint("N1")]), encoding="utf-8")
    (workspace / "day.csv").write_text(text([complaint("D1")]), encoding="utf-8")
    found = answered(capsys, "--complaints", "night.csv", "--complaints", "day.csv", "--json")
    assert [each["complaint_no"] for each in found.json["items"]] == ["N1", "D1"]


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_story_names_every_fact_with_its_cell_and_clause(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    output.console.cache_clear()
    found = answered(capsys, "S2", "--explain", lang=lang)
    assert [line[2] for line in found.out.splitlines() if line[:2] == "  " and line[2:5].strip() in [*"VKIFLDORP"]] == [
        *"VKIFLDORP"
    ]
    for cell in ("[complaints.csv", "[cutovers.csv", "[receipts.csv", "ANS-5 (TB-2.3.3"):
        assert cell in found.out
    if lang == "en":
        assert max(map(len, found.out.splitlines())) <= int(columns)


def test_letters_are_written_once(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = answered(capsys, "S1", "--letters")
    assert first.code == 0
    assert "letter written" in first.out
    assert "letter unchanged" in answered(capsys, "S1", "--letters").out


def test_a_dry_run_says_what_it_would_write(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = answered(capsys, "S1", "--letters", "--dry-run")
    assert "letter to be written" in found.out
    assert not (workspace / "out").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        pytest.param((*PHONE, "--complaints", "complaints.csv"), "not both", id="options and a file"),
        pytest.param(("S1", *PHONE), "not both", id="options and a number"),
        pytest.param(("--letters", "--despite", "ASR-1"), "--despite needs --because TEXT", id="no reason"),
        pytest.param(("--because", "x"), "--because needs --despite RULE", id="no rule"),
    ],
)
def test_what_does_not_go_together_is_said(
    workspace: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], says: str
) -> None:
    found = answered(capsys, *words)
    assert (found.code, says in found.err) == (2, True)


def test_without_complaints_and_options_both_ways_are_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = SETTINGS.replace("complaints: complaints.csv", "")
    (workspace / "aftersales.yaml").write_text(settings, encoding="utf-8")
    found = answered(capsys)
    assert found.code == 66
    assert "--complaints FILE" in found.err
    assert "--circuit CODE" in found.err
