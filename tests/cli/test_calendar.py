"""`aftersales calendar` as a user and a script meet it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aftersales_cli.cli.main import main
from tests.workdays.test_importing import OURS, holiday_cn


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No workspace at or above the current folder, and a language of our own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("AFTERSALES_WORKSPACE", raising=False)
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("AFTERSALES_LANG", "en")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["--as-of", "2026-11-20", *arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_a_year_is_a_table_with_its_source(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "calendar", "show", "2026")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert code == 0
    assert "02 16 02-15…02-23 02-14 Sat, 02-28 Sat" in lines
    assert "12 20 to 23" in lines
    assert "year 245 to 248" in lines
    assert "source: chinesecalendar" in out
    assert "the calendar of 2027 is not published; import it" in err


def test_an_unpublished_year_is_said_on_stdout_with_exit_1(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = said(capsys, "calendar", "show", "2027")
    assert (code, out) == (1, "the calendar of 2027 is not published; import it\n")


def test_a_negative_number_is_no_option(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "calendar", "add", "2026-10-08", "-1")[:2] == (0, "2026-09-30 (Wed)\n")


def test_json_holds_days_and_nothing_else_is_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "calendar", "add", "2026-12-31", "2", "--json")
    document = json.loads(out)
    assert (code, document["exit"], document["command"], err) == (1, 1, "calendar add", "")
    assert document["items"] == [
        {
            "date": "2026-12-31",
            "n": 2,
            "day": None,
            "no_earlier_than": "2027-01-02",
            "no_later_than": None,
            "unpublished": [2027],
        }
    ]


def test_importing_needs_a_workspace_or_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notice.yaml").write_text(OURS, encoding="utf-8")
    code, out, err = said(capsys, "calendar", "import", "notice.yaml")
    assert (code, out) == (2, "")
    assert "--output DIR" in err
    code, out, _ = said(capsys, "calendar", "import", "notice.yaml", "--output", "years", "--json")
    assert (code, json.loads(out)["files"]) == (0, [str(tmp_path / "years" / "2027.yaml")])


def test_an_empty_year_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "2027.json").write_text(holiday_cn(2027, {}), encoding="utf-8")
    code, out, err = said(capsys, "calendar", "import", "2027.json", "--output", "years")
    assert (code, out) == (65, "")
    assert "the year is not published yet" in err


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param(["add", "2026-02-30", "1"], 2, id="no such day"),
        pytest.param(["add", "tomorrow", "1"], 2, id="no day"),
        pytest.param(["add", "2026-02-03", "--2"], 2, id="no number"),
        pytest.param(["show", "0"], 2, id="no year"),
        pytest.param(["import", "nothing.yaml"], 66, id="no file"),
    ],
)
def test_wrong_words_are_refused(capsys: pytest.CaptureFixture[str], arguments: list[str], expected: int) -> None:
    code, out, err = said(capsys, "calendar", *arguments)
    assert (code, out) == (expected, "")
    assert err.startswith("error: ")
